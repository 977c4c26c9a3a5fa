"""A few customers of a segment who walk a journey, step by step, as its shares say.

They stand for all: at each stop as many of them take each way on as its share says, up to one
customer more or fewer, and chance decides only that one (systematic sampling; Särndal, Swensson
and Wretman, Model Assisted Survey Sampling, ch. 3.4). The same journey gives the same customers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TypeVar

from charter.rules.setting import Setting
from journeys.customers import Customers, NoPath, ShareBasis

CUSTOMERS = 200
MOST_STEPS = 120
"""Whoever is still on the way then is told to be."""

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Walk:
    """The walk of one customer.

    Attributes:
        stops: The names of the stops, in order.
        outcome: How it ended; None where it was still going on after `MOST_STEPS`.
    """

    stops: tuple[str, ...]
    outcome: str | None


@dataclass(frozen=True)
class Moment:
    """Where all of them are at one step.

    Attributes:
        flows: How many went which way to get here, by the stops it leads from and to.
        at: How many are at a stop, by stop.
        ended: How many have ended before, by outcome.
    """

    flows: Mapping[tuple[str, str], int]
    at: Mapping[str, int]
    ended: Mapping[str, int]


@dataclass(frozen=True)
class Replay:
    """Customers of a segment who walk a journey.

    Attributes:
        outcomes: How it can end for them, in the journey's order.
        basis: What their shares rest on.
    """

    segment: str
    walks: tuple[Walk, ...]
    outcomes: tuple[str, ...]
    basis: ShareBasis

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Where they are, step by step, until nobody is on the way any more."""
        longest = max(len(walk.stops) for walk in self.walks)
        return tuple(self._moment(step) for step in range(longest + 1))

    def _moment(self, step: int) -> Moment:
        here = [walk for walk in self.walks if len(walk.stops) > step]
        arrived = [(walk.stops[step - 1], walk.stops[step]) for walk in here if step]
        ended = Counter(
            walk.outcome for walk in self.walks if len(walk.stops) <= step and walk.outcome
        )
        return Moment(Counter(arrived), Counter(walk.stops[step] for walk in here), ended)

    @cached_property
    def shares(self) -> dict[str, float]:
        """By outcome, the share of them whose journey ends so."""
        ended = Counter(walk.outcome for walk in self.walks)
        return {outcome: ended[outcome] / len(self.walks) for outcome in self.outcomes}

    @cached_property
    def on_the_way(self) -> int:
        """How many are still on the way in the end."""
        return sum(walk.outcome is None for walk in self.walks)

    @cached_property
    def visitors(self) -> dict[str, int]:
        """By stop, how many of them come by at least once."""
        return dict(Counter(stop for walk in self.walks for stop in dict.fromkeys(walk.stops)))


def replay(setting: Setting, segment: str, number: int = CUSTOMERS, seed: int = 0) -> Replay:
    """Return customers of a segment who walk a journey; those who reach an exit stand for all.

    Args:
        setting: The journey.
        segment: Whose customers.
        number: How many.
        seed: Another one lets chance decide otherwise, where it decides.

    Raises:
        NoPath: No customer of the segment reaches an exit.
    """
    key = ("replay", segment, number, seed)
    return setting.remembered(key, lambda: _replay(setting, segment, number, seed))


def _replay(setting: Setting, segment: str, number: int, seed: int) -> Replay:
    graph = setting.graph
    place = graph.segments.index(segment)
    customers = setting.customers_on_paths(place, None)
    if customers is None:
        raise NoPath(segment)
    chance = Random(f"{setting.journey.id}/{segment}/{number}/{seed}")
    walks = tuple(
        Walk(
            tuple(graph.stops[stop].name for stop in stops),
            graph.stops[stops[-1]].touchpoint.exit if has_ended else None,
        )
        for stops, has_ended in _walked(customers, number, chance)
    )
    declared = [outcome.id for outcome in setting.journey.outcomes or ()]
    met = [walk.outcome for walk in walks if walk.outcome is not None]
    outcomes = [o for o in dict.fromkeys([*declared, *met]) if o in met]
    return Replay(segment, walks, tuple(outcomes), setting.share_basis(place))


def _walked(
    customers: Customers, number: int, chance: Random
) -> Iterator[tuple[Sequence[int], bool]]:
    """Yield the stops of each customer's walk, and whether it has ended."""
    walks: list[list[int]] = [[] for _ in range(number)]
    going: dict[int, list[int]] = {}
    ended: set[int] = set()
    everybody = list(range(number))
    for entry, members in _dealt(everybody, customers.entries, chance):
        going[entry] = members
        for customer in members:
            walks[customer].append(entry)
    for _ in range(MOST_STEPS):
        arriving: dict[int, list[int]] = defaultdict(list)
        for stop, members in going.items():
            ways: dict[int | None, float] = defaultdict(float)
            if customers.ends[stop]:
                ways[None] = customers.ends[stop]
            for step in customers.steps[stop]:
                ways[step.target] += step.probability
            for target, taking in _dealt(members, ways, chance):
                if target is None:
                    ended.update(taking)
                    continue
                arriving[target] += taking
                for customer in taking:
                    walks[customer].append(target)
        going = arriving
    for customer, stops in enumerate(walks):
        yield stops, customer in ended


def _dealt(
    members: list[int], ways: Mapping[Choice, float], chance: Random
) -> Iterator[tuple[Choice, list[int]]]:
    """Yield who takes each way: as many as its share says, up to one."""
    if not members:
        return
    # Who is who doesn't matter at this stop, but on the way from one to the next.
    shuffled = chance.sample(members, len(members))
    start = chance.random()
    total = sum(ways.values())
    taken, reached = 0, 0.0
    last = len(ways) - 1
    for index, (way, share) in enumerate(ways.items()):
        reached += share / total * len(shuffled)
        until = len(shuffled) if index == last else min(len(shuffled), int(reached + start))
        if until > taken:
            yield way, shuffled[taken:until]
        taken = max(taken, until)
