"""What a budget buys is worth as much as any choice of tags within it, as trying them all tells."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import combinations
from random import Random

import pytest

from charter.budget import _Search, plan_within
from charter.checker import check
from charter.findings import Answer, Report, Scope, Verdict
from charter.plan import Plan
from charter.what_if import Try, tried
from charter.workspace import Workspace

from .test_repair import cost, drawn, options, tag_rules
from .verdicts import TODAY

CASES = int(os.environ.get("BUDGET_CASES", "50"))
# The last ones catch what hardly any other does: an idle action, and a bound that forgot harm.
SEEDS = sorted({*range(CASES), 212, 293})


def verdicts(report: Report) -> dict[tuple[str, Scope], Verdict]:
    return {(v.rule, v.scope): v for v in report.verdicts}


def value(workspace: Workspace, before: Report, report: Report, asked: Iterable[str]) -> float:
    """The definition of `plan_within`, word for word."""
    segments = {s.id: s for s in workspace.charter.all_segments}
    wanted = tag_rules(workspace) & set(asked)
    now = verdicts(report)
    places: dict[tuple[str, str], list[float]] = {}
    for key, today in verdicts(before).items():
        if today.rule not in wanted or today.segment is None:
            continue
        verdict = now.get(key)
        share = 1.0
        if verdict is not None and verdict.verdict in (Answer.BROKEN, Answer.INCONCLUSIVE):
            concerned = 1.0 if verdict.concerned is None else verdict.concerned
            share = 0.0 if verdict.share is None else 1.0 - concerned * (1.0 - verdict.share)
        places.setdefault((str(today.journey), today.segment), []).append(share)
    weights = {}
    for journey, segment in places:
        weight = next(j.weight for j in workspace.journeys if j.id == journey)
        weight *= segments[segment].weight
        weights[journey, segment] = weight * (2 if segments[segment].priority == "high" else 1)
    total = sum(weights.values())
    return sum(w * sum(places[p]) / len(places[p]) / total for p, w in weights.items())


def broken(workspace: Workspace, report: Report) -> set[tuple[str, Scope]]:
    kinds = tag_rules(workspace)
    return {
        key for key, v in verdicts(report).items() if v.verdict is Answer.BROKEN and v.rule in kinds
    }


@pytest.mark.oracle
@pytest.mark.parametrize("part", range(4))
def test_no_choice_within_the_budget_is_worth_more(
    part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And none of its actions could be left out; none breaks what holds today.

    Every other case is searched without a good choice to begin with, which would often do.
    """
    if part % 2:
        monkeypatch.setattr(_Search, "_greedy", lambda self, seconds_left: frozenset())
        monkeypatch.setattr(_Search, "_fitting", lambda self, start, seconds_left: frozenset())
    improved = short = 0
    for seed in SEEDS:
        if seed % 4 != part:
            continue
        workspace, locked = drawn(seed)
        budget = Random(f"budget/{seed}").choice([1, 2, 3, 4])
        asked = [rule.id for rule in workspace.rules if rule.gravity == "error"]
        tags = options(workspace, locked)
        before = check(workspace, TODAY)
        worth: dict[frozenset[Try], float] = {}
        for size in range(len(tags) + 1):
            for choice in map(frozenset, combinations(tags, size)):
                if cost(workspace, choice) > budget:
                    continue
                report = check(tried(workspace, choice), TODAY)
                if broken(workspace, report) <= broken(workspace, before):
                    worth[choice] = value(workspace, before, report, asked)
        found: Plan = plan_within(
            workspace, TODAY, budget, locked=locked, seconds_left=lambda: 60.0
        )
        chosen = frozenset(
            Try(a.journey, a.touchpoint, a.marker, is_carried=True) for a in found.actions
        )
        where = f"seed {seed}"
        assert found.reach is not None, where
        if found.is_proved and not found.actions:
            assert not {v.rule for v in before.verdicts if v.verdict is Answer.BROKEN} & set(asked)
            continue
        assert chosen in worth, where
        assert worth[chosen] == pytest.approx(max(worth.values())), where
        assert found.cost == pytest.approx(cost(workspace, chosen)), where
        if asked and worth[frozenset()]:
            assert found.reach.before == pytest.approx(worth[frozenset()]), where
            assert found.reach.value == pytest.approx(worth[chosen]), where
            assert found.reach.at_most == pytest.approx(worth[chosen]), where
        for action in chosen:
            assert worth.get(chosen - {action}, -1.0) < worth[chosen] - 1e-10, where
        improved += bool(chosen)
        short += bool(chosen) and not found.is_proved
    print(improved, short)
    assert improved > CASES / 4 / 5
    assert short
