"""How people feel along a journey, worked out by hand on small maps."""

from __future__ import annotations

import pytest

from charter.emotions import EmotionCurve, emotion_curve
from charter.rules.setting import Setting
from journeys.customers import ShareBasis
from tests.scenarios.writing import touchpoints, workspace

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}]
segments: [{id: newcomer, weight: 3}, {id: loyal}]
stages: [{id: discover}, {id: buy}, {id: keep}]
markers: [{id: host, name: A named host}]
"""
VISIT = touchpoints(
    "till, stage: buy, emotion: -1, moment-of-truth: true, next: [home]",
    "window, entry: true, emotion: 2, next: [{to: shelf, share: {newcomer: 1, loyal: 3}},"
    " {to: till, share: {newcomer: 1, loyal: 1}}]",
    "shelf, emotion: -2, next: [till]",
    "home, stage: keep, exit: bought",
    "vault, segments: [loyal], emotion: 2, exit: bought",
)


def curve(segment: str | None, journey: str = VISIT, *, measure: bool = True) -> EmotionCurve:
    whole = workspace(journey, charter=CHARTER)
    return emotion_curve(Setting(whole.charter, whole.journeys[0], measure), segment)


def told(curve: EmotionCurve) -> list[tuple[str, int | None]]:
    return [(point.touchpoint, point.emotion) for point in curve.points]


def test_touchpoints_come_stage_by_stage_and_then_as_declared():
    """What is on no path of theirs isn't told, and what says nothing stays a gap."""
    assert told(curve("newcomer")) == [("window", 2), ("shelf", -2), ("till", -1), ("home", None)]
    assert [p.is_moment_of_truth for p in curve("newcomer").points] == [False, False, True, False]


@pytest.mark.parametrize(
    ("segment", "discover"),
    [
        pytest.param("newcomer", (2 - 0.5 * 2) / 1.5, id="half of them see the shelf"),
        pytest.param("loyal", (2 - 0.75 * 2) / 1.75, id="three out of four do"),
        pytest.param(None, (2 - 0.5625 * 2) / 1.5625, id="everyone, weighed by segment"),
    ],
)
def test_a_stage_feels_like_its_visits_on_average(segment: str | None, discover: float):
    found = curve(segment)
    first, second, third = found.stages
    assert (first.stage, second.stage, third.stage) == ("discover", "buy", "keep")
    assert first.expected == pytest.approx(discover)
    assert second.expected == pytest.approx(-1)
    assert third.expected is None
    assert (first.said, second.said, third.said) == (pytest.approx(1), pytest.approx(1), 0)
    assert found.basis is ShareBasis.STATED


def test_visits_where_nothing_is_said_are_left_out():
    first = curve("newcomer", VISIT.replace("shelf, emotion: -2", "shelf")).stages[0]
    assert first.expected == pytest.approx(2)
    assert first.said == pytest.approx(1 / 1.5)


def test_rounds_count_as_often_as_they_are_walked():
    """Half of those at the shelf look at the window again: two visits each, on average."""
    rounds = touchpoints(
        "window, entry: true, emotion: 2, next: [shelf]",
        "shelf, emotion: 0, next: [{to: window, share: 50}, {to: home, share: 50}]",
        "home, stage: keep, exit: bought",
    )
    found = curve("newcomer", rounds)
    assert [point.visits for point in found.points] == [pytest.approx(v) for v in (2, 2, 1)]
    assert found.stages[0].expected == pytest.approx(1)


def test_unwritten_shares_are_said_to_be_assumed():
    assumed = VISIT.replace(", share: {newcomer: 1, loyal: 3}", "")
    assert curve("newcomer", assumed).basis is ShareBasis.ASSUMED


def test_channels_of_one_touchpoint_are_one_point():
    several = touchpoints(
        "window, entry: true, emotion: 1, channels: {store: 1, web: 3}, next: [home]",
        "home, exit: bought",
    )
    found = curve("newcomer", several)
    assert told(found) == [("window", 1), ("home", None)]
    assert found.points[0].visits == pytest.approx(1)


def test_nothing_is_weighed_where_nothing_is_measured():
    found = curve("newcomer", measure=False)
    assert told(found)[0] == ("window", 2)
    assert found.basis is None
    assert {stage.expected for stage in found.stages} == {None}


def test_a_segment_without_a_path_has_no_curve():
    closed = touchpoints("window, entry: true, segments: [loyal], emotion: 1, exit: bought")
    found = curve("newcomer", closed)
    assert (found.points, found.stages, found.is_said) == ((), (), False)
