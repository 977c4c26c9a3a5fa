"""The kind `variety`, where the combinations of its markers are too many to tell apart."""

import datetime
import math

import pytest

from charter.checker import check
from charter.findings import Verdict
from journeys.automata import STATE_LIMIT
from tests.scenarios.writing import touchpoints, workspace

PATH = touchpoints(
    "a, entry: true, markers: [m0, m1], next: [b]",
    "b, channel: web, stage: buy, segments: [newcomer], exit: x",
)


def verdicts(markers: int, options: str, journey: str = PATH) -> list[Verdict]:
    """Return the verdicts of one rule that asks for so many markers."""
    ids = [f"m{number}" for number in range(markers)]
    charter = (
        "charter: 1\nbrand: B\nchannels: [{id: store}, {id: web}]\n"
        "segments: [{id: newcomer}, {id: loyal}]\nstages: [{id: discover}, {id: buy}]\n"
        f"markers: [{', '.join(f'{{id: {id}, name: {id}}}' for id in ids)}]\n"
    )
    rule = f"\n- {{id: r, kind: variety, any-of: [{', '.join(ids)}], {options}}}\n"
    asked = workspace(journey, charter=charter, rules=rule)
    return list(check(asked, datetime.date(2026, 11, 2)).verdicts)


def of_newcomers(verdicts: list[Verdict]) -> Verdict:
    return next(verdict for verdict in verdicts if verdict.segment == "newcomer")


@pytest.mark.parametrize(
    ("markers", "at_least", "answer"),
    [
        pytest.param(13, 7, "broken", id="as many as can be told apart"),
        pytest.param(13, 8, "inconclusive", id="more than can be told apart"),
        pytest.param(12, 13, "broken", id="more than there are of few"),
        pytest.param(14, 2, "holds", id="few of many"),
    ],
)
def test_what_cannot_be_decided_is_inconclusive(markers: int, at_least: int, answer: str):
    """Up to 4,096 combinations of fewer markers than are asked for are told apart."""
    assert of_newcomers(verdicts(markers, f"at-least: {at_least}")).verdict == answer


def test_an_undecided_verdict_says_why_and_where():
    verdict = of_newcomers(verdicts(13, "at-least: 8"))
    assert verdict.details == {
        "markers": 13,
        "combinations": sum(math.comb(13, met) for met in range(8)),
        "limit": STATE_LIMIT,
    }
    assert str(verdict.place) == "rules.yaml:2:3"
    assert (verdict.journey, verdict.witness, verdict.share) == ("buying", None, None)


def test_who_has_no_path_is_not_undecided():
    """The loyal get to no exit here."""
    found = verdicts(13, "at-least: 8")
    assert {v.segment: v.verdict for v in found} == {
        "newcomer": "inconclusive",
        "loyal": "vacuous",
    }


@pytest.mark.parametrize(
    ("per", "expected"),
    [
        pytest.param("channel", {("store", None), ("web", None)}, id="channel by channel"),
        pytest.param("stage", {(None, "discover"), (None, "buy")}, id="stage by stage"),
    ],
)
def test_each_scope_is_undecided_by_itself(per: str, expected: set[tuple[str | None, str | None]]):
    found = verdicts(13, f"at-least: 8, per: {per}")
    undecided = {(v.channel, v.stage) for v in found if v.verdict == "inconclusive"}
    assert undecided == expected
