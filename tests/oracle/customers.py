"""How many customers walk which paths: shares by enumeration in fractions, or by long iteration.

Where the open graph has no loop, every path is enumerated with its exact probability. Where it
has one, or too many paths, customers are moved on step by step until none is left under way: the
distribution over stops and summaries (see `walks`) is what matters of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from fractions import Fraction
from functools import cached_property

import numpy

from .definitions import OpenGraph, PathRule, Record, Stop, Walk, channels_of, is_live, is_open
from .walks import every_walk

MOST_PATHS = 2_000
"""More paths than that aren't enumerated, though there be no loop."""
LEFT = 1e-15
"""The part of customers still under way that is too small to matter."""
MOST_DOUBLINGS = 60
"""Nobody takes more than 2^60 steps."""


def chance_to_begin(graph: OpenGraph, stop: Stop) -> Fraction:
    return stop.arriving / sum(entry.arriving for entry in graph.entries)


def weight_leaving(graph: OpenGraph, stop: Stop) -> Fraction:
    return sum((p.weight for p in graph.leaving(stop)), stop.ending)


def chance_of(graph: OpenGraph, path: Walk) -> Fraction:
    """Return the probability that a customer of the segment walks just this path."""
    chance = chance_to_begin(graph, path.stops[0])
    for passage in path.passages:
        chance *= passage.weight / weight_leaving(graph, passage.start)
    return chance * path.stops[-1].ending / weight_leaving(graph, path.stops[-1])


def number_of_walks(graph: OpenGraph) -> int | None:
    """Return how many walks begin at entries; None where there is a loop or too many."""
    level = {stop.name: 1 for stop in graph.entries}
    total = 0
    for _ in graph.stops:
        total += sum(level.values())
        if total > MOST_PATHS:
            return None
        following: dict[str, int] = {}
        for passage in graph.passages:
            if passage.start.name in level:
                before = following.get(passage.end.name, 0)
                following[passage.end.name] = before + level[passage.start.name]
        level = following
    return None if level else total


def paths(graph: OpenGraph) -> Iterator[tuple[Walk, Fraction]]:
    """Give every path of a graph without loops, with its probability."""
    for walk in every_walk(graph, len(graph.stops)):
        if walk.is_path:
            yield walk, chance_of(graph, walk)


def share_that_holds(graph: OpenGraph, rule: PathRule) -> float | None:
    """Return for which part of the customers on concerned paths the rule holds."""
    concerned: Fraction | float
    holding: Fraction | float
    if number_of_walks(graph) is not None:
        walked = [(path, chance) for path, chance in paths(graph) if rule.is_concerned(path)]
        concerned = sum((chance for _, chance in walked), Fraction(0))
        holding = sum((chance for path, chance in walked if rule.holds(path)), Fraction(0))
    else:
        crowd = Crowd(graph, rule.summary)
        concerned = crowd.ending_where(rule.is_concerned)
        holding = crowd.ending_where(lambda path: rule.is_concerned(path) and rule.holds(path))
    return float(holding / concerned) if concerned else None


def expected_visits(graph: OpenGraph, outcomes: list[str] | None) -> dict[str, float]:
    """Return by stop's name how often a customer who ends in the outcomes comes by; {} of nobody.

    Without ``outcomes``, of those who end at all.
    """

    def ends_so(path: Walk) -> bool:
        return outcomes is None or path.stops[-1].outcome in outcomes

    visits = {stop.name: Fraction(0) for stop in graph.stops}
    if number_of_walks(graph) is not None:
        walked = [(path, chance) for path, chance in paths(graph) if ends_so(path)]
        total = sum((chance for _, chance in walked), Fraction(0))
        for path, chance in walked:
            for stop in path.stops:
                visits[stop.name] += chance
        return {name: float(v / total) for name, v in visits.items()} if total else {}
    crowd = Crowd(graph, lambda _: None)
    ending = crowd.ending_where(ends_so)
    if not ending:
        return {}
    # Who passes a stop and ends so later: how many pass, times how many of them end so.
    return {
        walk.stops[-1].name: passing * onward / ending
        for walk, passing, onward in zip(
            crowd.walks, crowd.visits, crowd.going_on_to(ends_so), strict=True
        )
    }


class Crowd:
    """Customers moved on until none is under way any more.

    ``walks`` are one walk for each stop and summary; ``visits`` how often customers come to it.
    """

    def __init__(self, graph: OpenGraph, summary: Callable[[Walk], Hashable]) -> None:
        self.graph = graph
        numbers: dict[Hashable, int] = {}
        self.walks: list[Walk] = []

        def number(walk: Walk) -> int:
            place = walk.stops[-1].name, summary(walk)
            if place not in numbers:
                numbers[place] = len(self.walks)
                self.walks.append(walk)
            return numbers[place]

        self.begun = [(number(Walk((e,))), chance_to_begin(graph, e)) for e in graph.entries]
        self.moves: list[tuple[int, int, Fraction]] = []
        for at, walk in enumerate(self.walks):  # It grows as it is walked through.
            here = weight_leaving(graph, walk.stops[-1])
            for passage in graph.leaving(walk.stops[-1]):
                self.moves.append((number(walk.along(passage)), at, passage.weight / here))

    @cached_property
    def moving(self) -> numpy.ndarray:
        """By walk one comes to and walk one comes from, the probability of the step."""
        size = len(self.walks)
        moving = numpy.zeros((size, size))
        for to, at, chance in self.moves:
            moving[to, at] += float(chance) * (to in self.going_to_end)
        return moving

    @cached_property
    def visits(self) -> numpy.ndarray:
        beginning = numpy.zeros(len(self.walks))
        for at, chance in self.begun:
            beginning[at] += float(chance) * (at in self.going_to_end)
        return moved_until_nobody_is_left(self.moving, beginning)

    @cached_property
    def going_to_end(self) -> set[int]:
        """The walks that may be carried on to an exit: others go round for ever."""
        going = {at for at, walk in enumerate(self.walks) if walk.stops[-1].is_exit}
        while more := {at for to, at, _ in self.moves if to in going} - going:
            going |= more
        return going

    def chance_to_end(self, walk: Walk, counts: Callable[[Walk], bool]) -> Fraction:
        """Return the probability to end just here, on a path that counts."""
        if not walk.is_path or not counts(walk):
            return Fraction(0)
        return walk.stops[-1].ending / weight_leaving(self.graph, walk.stops[-1])

    def ending_where(self, counts: Callable[[Walk], bool]) -> float:
        """Return the part of all customers who end on a path that counts."""
        ending = numpy.array([float(self.chance_to_end(walk, counts)) for walk in self.walks])
        return float(ending @ self.visits) if self.walks else 0.0

    def going_on_to(self, counts: Callable[[Walk], bool]) -> numpy.ndarray:
        """Return of each walk the chance to end, later or here, on a path that counts."""
        ending = numpy.array([float(self.chance_to_end(walk, counts)) for walk in self.walks])
        return moved_until_nobody_is_left(self.moving.T, ending)

    def ending_exactly_where(self, counts: Callable[[Walk], bool]) -> Fraction:
        """Return what `ending_where` does, solved in fractions: slow, and exact at any loop.

        Walk after walk is left out by substituting what is known of it into the others.
        """
        onward = {at: {at: Fraction(0)} for at in self.going_to_end}
        for to, at, chance in self.moves:
            if to in self.going_to_end:
                onward[at][to] = onward[at].get(to, Fraction(0)) + chance
        ending = {at: self.chance_to_end(self.walks[at], counts) for at in onward}
        for known in onward:
            row = onward[known]
            once = 1 / (1 - row.pop(known, Fraction(0)))
            onward[known] = row = {to: chance * once for to, chance in row.items()}
            ending[known] *= once
            for at, other in onward.items():
                if at != known and (weight := other.pop(known, Fraction(0))):
                    ending[at] += weight * ending[known]
                    for to, chance in row.items():
                        other[to] = other.get(to, Fraction(0)) + weight * chance
        return sum((chance * ending.get(at, 0) for at, chance in self.begun), Fraction(0))


def moved_until_nobody_is_left(moving: numpy.ndarray, begun: numpy.ndarray) -> numpy.ndarray:
    """Return how often customers come by, summed up over one, two, four… steps."""
    visits, leap = begun, moving
    for _ in range(MOST_DOUBLINGS):
        later = leap @ visits
        visits = visits + later
        if later.sum() <= LEFT:
            return visits
        leap = leap @ leap
    raise AssertionError("customers are still under way")


# ── What shares rest on ──────────────────────────────────────────────────────────────────────


def basis(
    journey: Record, segment: str, graph: OpenGraph, is_on_path: Callable[[Stop], bool]
) -> str:
    """Return whether the shares of a segment are observed, stated or assumed.

    Stated they are if each choice on its paths is written: where to begin, where to go on from a
    touchpoint or to end there, and on which of several channels.
    """
    if "shares" in journey:
        return "observed"
    touchpoints = {t["id"]: t for t in journey["touchpoints"]}
    on_paths = [stop for stop in graph.stops if is_on_path(stop)]
    choices = [
        {
            stop.touchpoint: is_said(touchpoints[stop.touchpoint].get("arrives"), segment)
            for stop in on_paths
            if stop.is_entry
        }
    ]
    spread = [touchpoints[stop.touchpoint] for stop in on_paths if stop.is_entry]
    for stop in on_paths:
        here = touchpoints[stop.touchpoint]
        said: dict[object, bool] = {}
        for number, step in enumerate(here.get("next", [])):
            step = step if isinstance(step, dict) else {"to": step}
            target = touchpoints[step["to"]]
            if is_live(target) and is_open(target, segment) and is_open(step, segment):
                said[number] = is_said(step.get("share"), segment)
                if stop.channel not in channels_of(target) or step.get("cross", False):
                    spread.append(target)
        if stop.is_exit:
            said["ending here"] = is_said(here.get("ends"), segment)
        choices.append(said)
    is_stated = all(all(said.values()) for said in choices if len(said) > 1) and not any(
        isinstance(t.get("channels"), list) and len(t["channels"]) > 1 for t in spread
    )
    return "stated" if is_stated else "assumed"


def is_said(shares: object, segment: str) -> bool:
    return segment in shares if isinstance(shares, dict) else shares is not None
