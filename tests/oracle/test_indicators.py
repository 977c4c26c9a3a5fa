"""Who comes by what is watched, held against paths enumerated in fractions.

The engine has it from a system of equations; here every path is walked (or, where there is a loop,
customers are moved on until none is left), and asked as a whole whether it comes by.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache

import pytest

from charter.indicators import Reach, stage_steps, watched
from charter.workspace import Workspace, read_files

from . import generate
from .customers import share_that_holds
from .definitions import (
    Asked,
    EntersAndEndsAsWanted,
    PathRule,
    Record,
    Stop,
    Walk,
    is_live,
    open_graph,
    segments_of,
)

pytestmark = pytest.mark.oracle

SEEDS = range(60)
SOMETHING = {"quantitative": ["How many"]}


class ComesBy(PathRule):
    """Of all paths, those that come by a touchpoint, or enter a stage by a counted visit."""

    def is_meant(self, stop: Stop) -> bool:
        if "touchpoint" in self.rule:
            return bool(stop.touchpoint == self.rule["touchpoint"])
        return bool(stop.stage == self.rule["stage"] and stop.is_counted)

    def is_concerned(self, path: Walk) -> bool:
        return True

    def holds(self, path: Walk) -> bool:
        return any(map(self.is_meant, path.stops))

    def summary(self, walk: Walk) -> Hashable:
        return self.holds(walk)


@cache
def drawn(seed: int) -> tuple[Record, Workspace]:
    """Return a small workspace in which everything is watched; journeys weigh differently."""
    workspace = generate.workspace("conversion-rises", seed)
    for stage in workspace["charter"]["stages"]:
        stage["indicators"] = SOMETHING
    for number, journey in enumerate(workspace["journeys"], 2):
        journey["weight"] = number * number
        for touchpoint in journey["touchpoints"]:
            touchpoint["indicators"] = SOMETHING
    return workspace, read_files(generate.files(workspace))


def asked(workspace: Record, journey: Record, segment: str, **of: str) -> float | None:
    """Return the share of a segment's customers who come by; None of nobody."""
    graph = open_graph(journey, segment)
    return share_that_holds(graph, ComesBy(workspace["charter"], of, Asked(frozenset())))


def expected(workspace: Record, journeys: list[Record], **of: str) -> dict[str | None, float]:
    """Return the share of those who come by, of each segment and under None of all together."""
    weights = {s["id"]: s.get("weight", 1) for s in workspace["charter"].get("segments", [])}
    coming: dict[str | None, float] = {}
    everybody: dict[str | None, float] = {}
    for journey in journeys:
        inside = segments_of(workspace["charter"], journey)
        together = sum(weights.get(segment, 1) for segment in inside)
        for segment in inside:
            share = asked(workspace, journey, segment, **of)
            if share is None:
                continue
            weight = journey["weight"] * weights.get(segment, 1) / together
            for whose in (segment, None):
                coming[whose] = coming.get(whose, 0) + weight * share
                everybody[whose] = everybody.get(whose, 0) + weight
    return {whose: coming[whose] / everybody[whose] for whose in everybody}


def found(reach: Reach) -> dict[str | None, float]:
    return {**reach.by_segment} | ({} if reach.share is None else {None: reach.share})


def test_who_comes_by_is_who_walks_there() -> None:
    """By touchpoint and by stage, for each segment and for all of them."""
    shares = []
    for seed in SEEDS:
        written, read = drawn(seed)
        journeys = {journey["journey"]: journey for journey in written["journeys"]}
        for each in watched(read):
            if each.touchpoint is None:
                right = expected(written, list(journeys.values()), stage=each.stage)
            else:
                of = journeys[str(each.journey)]
                right = expected(written, [of], touchpoint=each.touchpoint)
            assert found(each.reach) == pytest.approx(right), f"seed {seed}: {each}"
            shares += right.values()
    # Neither nobody nor everybody, mostly.
    assert sum(0 < share < 1 for share in shares) > len(shares) / 4


def test_everything_is_watched_once() -> None:
    """What isn't there yet, or any more, is come by nobody."""
    for seed in SEEDS:
        written, read = drawn(seed)
        of_stages = [(None, None) for _ in written["charter"]["stages"]]
        of_touchpoints = [
            (journey["journey"], touchpoint["id"])
            for journey in written["journeys"]
            for touchpoint in journey["touchpoints"]
        ]
        all_watched = watched(read)
        assert [(w.journey, w.touchpoint) for w in all_watched] == of_stages + of_touchpoints
        gone = {
            (journey["journey"], touchpoint["id"])
            for journey in written["journeys"]
            for touchpoint in journey["touchpoints"]
            if not is_live(touchpoint)
        }
        for each in all_watched:
            if (each.journey, each.touchpoint) in gone:
                assert not any(found(each.reach).values())


def test_from_stage_to_stage_go_those_who_enter_both() -> None:
    """How many enter, and how many of them end as wanted."""
    told = 0
    for seed in SEEDS:
        written, read = drawn(seed)
        journeys = {journey["journey"]: journey for journey in written["journeys"]}
        for step in stage_steps(read):
            told += 1
            journey = journeys[step.journey]
            enter = expected(written, [journey], stage=step.stage)
            enter_next = expected(written, [journey], stage=step.next_stage)
            assert step.entering == pytest.approx(enter[step.segment])
            assert step.entering_next == pytest.approx(enter_next[step.segment])
            if step.segment is not None:
                for stage, chance in (
                    (step.stage, step.chance),
                    (step.next_stage, step.chance_next),
                ):
                    right = ending_as_wanted(written, journey, step.segment, stage)
                    assert chance == (None if right is None else pytest.approx(right))
    assert told > len(SEEDS)


def ending_as_wanted(workspace: Record, journey: Record, segment: str, stage: str) -> float | None:
    wanted = [each["id"] for each in journey.get("outcomes", []) if each.get("wanted")]
    if not wanted:
        return None
    question = EntersAndEndsAsWanted(
        workspace["charter"], {"wanted": wanted}, Asked(frozenset()), stage=stage
    )
    return share_that_holds(open_graph(journey, segment), question)
