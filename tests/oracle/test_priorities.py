"""What a ranking says of actions, on random workspaces, beside what a check of each says."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from random import Random

import pytest

from charter.brand import Priorities, Role
from charter.checker import check
from charter.findings import Answer
from charter.plan import cheapest_plan
from charter.priorities import RankedAction, ranking
from charter.what_if import Try, tried
from charter.workspace import Workspace

from .test_repair import drawn
from .verdicts import TODAY

CASES = int(os.environ.get("PRIORITY_CASES", "24"))
PARTS = 4

SEEDS = pytest.mark.parametrize("part", range(PARTS))


def weighted(workspace: Workspace, **weights: float) -> Workspace:
    """The workspace with other weights; nothing else of it is looked at anew."""
    charter = workspace.charter.model_copy(update={"priorities": Priorities.made(weights)})
    return replace(workspace, charter=charter)


def ranked(workspace: Workspace, locked: list[str]) -> list[RankedAction]:
    plan = cheapest_plan(workspace, TODAY, locked=locked, seconds_left=lambda: math.inf)
    verdicts = check(workspace, TODAY).verdicts
    found = ranking(
        workspace,
        verdicts,
        TODAY,
        planned=plan.actions,
        locked=locked,
        seconds_left=lambda: math.inf,
    )
    assert found.untried == 0
    return list(found.actions)


def place(action: RankedAction) -> tuple[str, str, str]:
    return action.journey, action.touchpoint, action.marker


def broken(workspace: Workspace) -> set[tuple[str, object]]:
    verdicts = check(workspace, TODAY, measure=False).verdicts
    return {(v.rule, v.scope) for v in verdicts if v.verdict is Answer.BROKEN}


def cases(part: int) -> range:
    return range(part, CASES, PARTS)


@SEEDS
def test_what_is_said_to_be_repaired_or_broken_is_so(part: int) -> None:
    """Each action is done, and the workspace checked as a whole, by a check of its own."""
    for seed in cases(part):
        workspace, locked = drawn(seed)
        before = broken(workspace)
        for action in ranked(workspace, locked):
            after = broken(tried(workspace, [Try(*place(action), is_carried=True)]))
            rules = {rule for rule, _ in before} - {rule for rule, _ in after}
            assert set(action.repairs_alone) == rules, (seed, place(action))
            assert set(action.breaks) == {rule for rule, _ in after - before}, (seed, action)


@SEEDS
def test_ranks_follow_scores_and_every_part_is_a_part(part: int) -> None:
    for seed in cases(part):
        workspace, locked = drawn(seed)
        actions = ranked(workspace, locked)
        assert [action.rank for action in actions] == list(range(1, len(actions) + 1))
        scores = [round(action.score, 9) for action in actions]
        assert scores == sorted(scores, reverse=True)
        roles = {marker.id: marker.role for marker in workspace.charter.markers}
        for action in actions:
            assert all(0 <= value <= 1 for value in action.parts.values())
            assert roles[action.marker] is not Role.IRRITANT
            assert action.touchpoint not in locked


@SEEDS
@pytest.mark.parametrize("name", ["reach", "severity", "repairs", "segments", "ease"])
def test_more_weight_on_a_reason_never_sets_back_whom_it_speaks_for_most(
    part: int, name: str
) -> None:
    """Only what has as much of that part may overtake, by nothing but the other weights."""
    for seed in cases(part):
        workspace, locked = drawn(seed)
        random = Random(f"weights/{seed}")
        weights = {key: float(random.randint(0, 5)) for key in Priorities.model_fields}
        weights["basic"] = 1.0
        less = ranked(weighted(workspace, **weights), locked)
        weights[name] += random.randint(1, 5)
        more = ranked(weighted(workspace, **weights), locked)
        if not less:
            continue
        most = max(action.parts[name] for action in less)
        ranks = {place(action): action.rank for action in more}
        for action in less:
            if action.parts[name] == most:
                assert ranks[place(action)] <= action.rank, (seed, place(action))
