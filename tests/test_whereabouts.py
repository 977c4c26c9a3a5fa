"""Where markers live, by hand on small maps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charter.whereabouts import Spot, State, Whereabouts, whereabouts
from charter.workspace import Workspace, read_files
from journeys.customers import ShareBasis
from tests.scenarios.writing import touchpoints, workspace

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}, {id: app}]
segments: [{id: newcomer, weight: 3}, {id: loyal}]
stages: [{id: discover}]
markers:
  - {id: host, name: A named host}
  - {id: hand, name: Made by hand}
  - {id: wage, name: Fair wages, role: basic}
"""
MAP = touchpoints(
    "a, entry: true, next: [{to: b, share: 3}, {to: c, share: 1}]",
    "b, markers: [host, {marker: hand, segments: [loyal]}], next: [d]",
    "c, channel: web, markers: [{marker: hand, status: planned}], next: [d]",
    "d, channel: app, markers: [{marker: hand, segments: [loyal]}], exit: x",
    "soon, status: planned, markers: [host], next: [d]",
    "gone, status: retired, markers: [wage], next: [d]",
)


def found(journey: str = MAP) -> dict[str, Whereabouts]:
    return whereabouts(workspace(journey, charter=CHARTER))


def test_a_touchpoint_carries_what_it_is_tagged_with_today():
    """What is planned is told apart, be it the tag or the touchpoint; what is retired is gone."""
    host, hand = found()["host"], found()["hand"]
    assert [(s.touchpoint, s.is_live) for s in host.spots] == [("b", True), ("soon", False)]
    assert [(s.touchpoint, s.is_live, s.segments) for s in hand.spots] == [
        ("b", True, ("loyal",)),
        ("c", False, ()),
        ("d", True, ("loyal",)),
    ]
    assert (len(hand.live), len(hand.planned)) == (2, 1)


@pytest.mark.parametrize(
    ("tags", "state"),
    [
        pytest.param("host, {marker: host, status: planned}", State.LIVE, id="live and planned"),
        pytest.param("{marker: host, status: planned}", State.PLANNED, id="planned"),
        pytest.param("hand", State.NOWHERE, id="nowhere yet"),
    ],
)
def test_the_state_of_a_marker(tags, state):
    assert found(touchpoints(f"a, entry: true, markers: [{tags}], exit: x"))["host"].state is state


def test_shares_of_a_segment_are_those_of_its_paths():
    """Three in four newcomers pass the host; what is planned meets nobody yet."""
    host, hand = found()["host"], found()["hand"]
    assert host.met_by["newcomer"].share == pytest.approx(0.75)
    assert host.met_by["newcomer"].basis is ShareBasis.STATED
    assert hand.met_by["newcomer"].share == 0.0
    assert hand.met_by["loyal"].share == pytest.approx(1.0)
    assert found()["wage"].met_by["loyal"].share == 0.0


def test_shares_that_nobody_stated_are_said_to_be_assumed():
    plain = MAP.replace("share: 3", "because: So").replace("share: 1", "because: No")
    meeting = found(plain)["host"].met_by["newcomer"]
    assert (meeting.share, meeting.basis) == (pytest.approx(0.5), ShareBasis.ASSUMED)


def named(journey: str, touchpoint: str, more: str) -> str:
    return touchpoints(touchpoint).replace("journey: buying", f"journey: {journey}\n{more}")


def two_journeys(second: str) -> Workspace:
    one = named("one", "a, entry: true, markers: [host], exit: x", "weight: 3")
    files = {"charter.yaml": CHARTER, "journeys/one.yaml": one, "journeys/two.yaml": second}
    return read_files({name: text.encode() for name, text in files.items()})


def test_journeys_weigh_as_the_brand_says():
    """Three customers of four are on the journey where everybody meets the host."""
    two = named("two", "a, entry: true, exit: x", "weight: 1")
    met = whereabouts(two_journeys(two))["host"].met_by
    assert met["newcomer"].share == pytest.approx(0.75)


def test_a_journey_that_isnt_for_a_segment_doesnt_weigh_for_it():
    two = named("two", "a, entry: true, exit: x", "segments: [loyal]")
    met = whereabouts(two_journeys(two))["host"].met_by
    assert met["newcomer"].share == pytest.approx(1.0)
    assert met["loyal"].share == pytest.approx(0.75)


def test_a_segment_without_any_path_meets_nothing():
    """It isn't said to meet it never: nobody is there to meet it."""
    only = touchpoints("a, entry: true, segments: [loyal], markers: [host], exit: x")
    assert list(found(only)["host"].met_by) == ["loyal"]


def test_what_isnt_measured_has_no_share():
    read = replace(workspace(MAP, charter=CHARTER), measure=False)
    met = whereabouts(read)["host"].met_by
    assert {meeting.share for meeting in met.values()} == {None}


def test_a_touchpoint_on_several_channels_stands_with_each():
    spot = Spot("visit", "basket", ("web", "app"), is_live=True)
    known = Whereabouts("host", (spot, Spot("visit", "a", ("web",), is_live=True)), {})
    assert {c: [s.touchpoint for s in spots] for c, spots in known.by_channel().items()} == {
        "web": ["basket", "a"],
        "app": ["basket"],
    }
    assert (spot.stop, Spot("visit", "a", ("web",), is_live=True).stop) == ("basket@web", "a")
