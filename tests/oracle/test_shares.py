"""Shares agree to 1e-9 with three ways to work them out that the engine knows nothing of.

Paths enumerated in fractions where there is no loop and steps added up until nobody is left where
there is one (as in every comparison, `customers`); and fractions solved exactly where loops repeat
with a probability near 1, where adding up would lose digits.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import numpy
import pytest

from . import generate
from .comparison import SEEDS, engine
from .customers import Crowd, moved_until_nobody_is_left, number_of_walks
from .definitions import PATH_KINDS, OpenGraph, PathRule, Record, open_graph, rules_of
from .replay import asked_in
from .verdicts import TOLERANCE, Verdict

pytestmark = pytest.mark.oracle

CASES = SEEDS[: max(20, len(SEEDS) // 10)]
LARGEST = 40
"""Most walks to tell apart that are solved in fractions."""


def question(workspace: Record, verdict: Verdict) -> tuple[OpenGraph, PathRule]:
    """Return what a verdict is the answer to, and on which graph it is asked."""
    charter = workspace["charter"]
    rule = next(rule for rule in rules_of(charter) if rule["id"] == verdict.rule)
    journey = next(j for j in workspace["journeys"] if j["journey"] == verdict.journey)
    asked = asked_in(charter, rule, verdict)
    assert asked is not None
    ask = PATH_KINDS[rule["kind"]]
    graph = open_graph(journey, str(verdict.segment))
    return graph, ask(charter, rule, asked, verdict.channel, verdict.stage)


def going_round(workspace: Record, seed: int) -> Record:
    """Return the workspace with shares far apart: some loops are left once in a million times."""
    random = Random(seed)

    def pulled(touchpoint: Record) -> Record:
        steps = [s if isinstance(s, dict) else {"to": s} for s in touchpoint.get("next", [])]
        shares = [random.choice([1, 1, 1000, 1_000_000]) for _ in steps]
        return touchpoint | {"next": [s | {"share": n} for s, n in zip(steps, shares, strict=True)]}

    journeys = [
        journey | {"touchpoints": list(map(pulled, journey["touchpoints"]))}
        for journey in workspace["journeys"]
    ]
    return workspace | {"journeys": journeys}


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_loops_that_are_hardly_ever_left_are_measured_to_nine_digits(kind: str) -> None:
    compared: Counter[str] = Counter()
    for seed in CASES:
        workspace = going_round(generate.workspace(kind, seed), seed)
        for verdict in engine(workspace):
            if verdict.share is None:
                continue
            graph, asked = question(workspace, verdict)
            crowd = Crowd(graph, asked.summary)
            if len(crowd.walks) > LARGEST:
                continue
            concerned = crowd.ending_exactly_where(asked.is_concerned)
            holding = crowd.ending_exactly_where(
                lambda path, asked=asked: asked.is_concerned(path) and asked.holds(path)
            )
            assert abs(verdict.share - float(holding / concerned)) <= TOLERANCE, f"seed {seed}"
            compared["all"] += 1
            compared["partly"] += 0 < holding < concerned
            compared["loops"] += number_of_walks(graph) is None
            compared["tight"] += float(crowd.moving.diagonal().max(initial=0)) > 0.999
    assert compared["loops"] >= 20, compared
    assert min(compared["partly"], compared["tight"]) >= 1, compared


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_shares_compared_are_of_all_sorts(kind: str) -> None:
    """With and without loops, through several channels, told by segment, narrowed to outcomes."""
    sorts: Counter[str] = Counter()
    for seed in range(200):
        if len(sorts) == 6 and min(sorts.values()) >= 2:
            break
        workspace = generate.workspace(kind, seed)
        rules = {rule["id"]: rule for rule in workspace["charter"]["rules"]}
        text = {journey["journey"]: str(journey) for journey in workspace["journeys"]}
        for verdict in engine(workspace):
            if verdict.share is not None and 0 < verdict.share < 1:
                graph, _ = question(workspace, verdict)
                sorts["loops"] += number_of_walks(graph) is None
                sorts["no loops"] += number_of_walks(graph) is not None
                sorts["channels"] += any("@" in stop.name for stop in graph.stops)
                sorts["by segment"] += "'share': {" in text[str(verdict.journey)]
                sorts["outcomes"] += "outcomes" in rules[verdict.rule]
                sorts["for a share"] += "for-share" in rules[verdict.rule]
    assert len(sorts) == 6
    assert min(sorts.values()) >= 2, sorts


def test_leaps_come_to_what_single_steps_come_to() -> None:
    """One, two, four… steps at once lose nobody on the way."""
    compared = 0
    for seed in range(10):
        workspace = generate.workspace("carries", seed)
        for verdict in engine(workspace):
            if verdict.share is not None:
                graph, asked = question(workspace, verdict)
                crowd = Crowd(graph, asked.summary)
                visits, under_way = numpy.zeros(len(crowd.walks)), beginning(crowd)
                for _ in range(20_000):
                    visits, under_way = visits + under_way, crowd.moving @ under_way
                leaps = moved_until_nobody_is_left(crowd.moving, beginning(crowd))
                assert numpy.abs(visits - leaps).max() <= 1e-11
                compared += 1
    assert compared > 10


def beginning(crowd: Crowd) -> Any:
    begun = numpy.zeros(len(crowd.walks))
    for at, chance in crowd.begun:
        begun[at] += float(chance) * (at in crowd.going_to_end)
    return begun
