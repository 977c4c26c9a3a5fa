"""Coverage: how much of the identity customers meet, by hand on small maps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charter.coverage import Counted, Coverages, Unknown, coverage
from charter.workspace import Workspace
from journeys.customers import ShareBasis
from tests.scenarios.writing import touchpoints, workspace

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}, {id: app}]
segments: [{id: newcomer, weight: 3}, {id: loyal}]
stages: [{id: discover}]
values: [{id: warmth}, {id: craft}]
markers:
  - {id: host, name: A named host, values: [warmth], expressions: {web: {not-for: A page.}}}
  - {id: hand, name: Made by hand, values: [craft, warmth]}
  - {id: wage, name: Fair wages, values: [craft], role: basic}
"""
RICH = touchpoints(
    "a, entry: true, next: [{to: b, share: 3}, {to: c, share: 1}]",
    "b, markers: [host], next: [d]",
    "c, channel: web, markers: [wage], next: [d]",
    "d, channel: app, markers: [{marker: hand, segments: [loyal]}], exit: x",
)


def covered(journey: str = RICH, charter: str = CHARTER) -> Coverages:
    return coverage(workspace(journey, charter=charter))


def test_the_poorest_path_stands_beside_the_average():
    """A newcomer meets warmth in the shop, three times out of four, and craft nowhere."""
    newcomer = covered().by_segment["newcomer"]
    assert (newcomer.fewest, newcomer.counted, newcomer.least) == (0, 2, 0.0)
    assert newcomer.average == pytest.approx(0.75 * 1 / 2)
    assert newcomer.poorest is not None
    assert newcomer.poorest.path == ("a", "c", "d")
    assert newcomer.poorest.missed == ("warmth", "craft")
    assert (newcomer.whole, newcomer.as_poor) == (0.0, pytest.approx(0.25))
    assert newcomer.basis is ShareBasis.STATED


def test_one_marker_may_stand_for_several_values():
    """To a loyal customer the handmade lamp says both."""
    loyal = covered().by_segment["loyal"]
    assert (loyal.fewest, loyal.average, loyal.whole, loyal.as_poor) == (2, 1.0, 1.0, 1.0)
    assert loyal.poorest is not None
    assert (loyal.poorest.path, loyal.poorest.missed) == (("a", "b", "d"), ())
    assert loyal.poorest.met_at == ((), ("warmth",), ("warmth", "craft"))


def test_segments_weigh_as_many_as_they_are():
    """Three newcomers to each loyal customer."""
    overall = covered().overall
    assert overall.average == pytest.approx(0.75 * 0.375 + 0.25 * 1.0)
    assert overall.whole == pytest.approx(0.25)
    assert overall.as_poor == pytest.approx(0.75 * 0.25)
    assert overall.poorest == covered().by_segment["newcomer"].poorest


@pytest.mark.parametrize(
    ("channel", "fewest", "counted", "average"),
    [
        pytest.param("store", 0, 2, (3 * 0.75 + 1 * 0.75) / 4 / 2, id="some visits of two"),
        pytest.param("web", 0, 2, 0.0, id="basic needs don't count"),
        pytest.param("app", 0, 2, 0.25, id="for loyal customers only"),
    ],
)
def test_a_channel_is_seen_by_its_own_visits(
    channel: str, fewest: int, counted: int, average: float
):
    """What is met elsewhere on the way isn't the channel's."""
    found = covered().by_channel[channel]
    assert (found.fewest, found.counted, found.whole) == (fewest, counted, None)
    assert found.average == pytest.approx(average)


def test_only_paths_that_touch_a_channel_are_its_own():
    """On the web, one customer in four; whoever goes there meets nothing, all others don't ask."""
    journey = touchpoints(
        "a, entry: true, markers: [hand], next: [{to: b, share: 3}, c]",
        "b, exit: x",
        "c, channel: web, markers: [hand], exit: x",
    )
    found = covered(journey).by_channel["web"]
    assert (found.fewest, found.average) == (2, 1.0)
    assert found.poorest is not None
    assert found.poorest.path == ("a", "c")


def test_a_channel_is_not_asked_for_what_is_deliberately_left_out():
    """No marker of warmth is meant for the web once the handmade lamp isn't either."""
    charter = CHARTER.replace(
        "values: [craft, warmth]}", "values: [craft], expressions: {web: {not-for: No.}}}"
    )
    found = covered(charter=charter)
    assert (found.by_channel["web"].counted, found.by_channel["web"].fewest) == (0, None)
    assert found.by_channel["web"].reason is Unknown.NOTHING_COUNTED
    assert found.by_channel["store"].counted == 2


def test_a_value_without_a_signature_marker_is_not_counted():
    """Nobody can meet it, and the charter is told so by CH018."""
    charter = CHARTER.replace("{id: craft}]", "{id: craft}, {id: calm}]")
    found = covered(charter=charter)
    assert (list(found.pillars.markers), found.pillars.bare) == (["warmth", "craft"], ("calm",))
    assert found.overall.counted == 2


def test_signature_markers_are_counted_where_no_value_has_any():
    charter = CHARTER.replace("values: [{id: warmth}, {id: craft}]\n", "")
    for written in (", values: [warmth]", ", values: [craft, warmth]", ", values: [craft]"):
        charter = charter.replace(written, "")
    found = covered(charter=charter)
    assert found.pillars.counted is Counted.MARKERS
    assert list(found.pillars.markers) == ["host", "hand"]
    assert found.by_segment["loyal"].fewest == 1


def test_without_signature_markers_nothing_is_claimed():
    charter = CHARTER.replace("values: [warmth],", "values: [warmth], role: basic,").replace(
        "values: [craft, warmth]}", "values: [craft], role: irritant}"
    )
    found = covered(charter=charter).overall
    assert (found.fewest, found.average, found.reason) == (None, None, Unknown.NOTHING_COUNTED)


def test_a_segment_without_a_path_is_left_out_of_the_whole():
    """Only loyal customers get through: what they meet is what is met."""
    journey = touchpoints(
        "a, entry: true, next: [{to: d, segments: [loyal]}]",
        "d, markers: [hand], exit: x",
    )
    found = covered(journey)
    assert found.by_segment["newcomer"].reason is Unknown.NO_PATH
    assert (found.overall.fewest, found.overall.average) == (2, 1.0)


def test_planned_tags_and_touchpoints_are_not_met_yet():
    journey = touchpoints(
        "a, entry: true, markers: [{marker: hand, status: planned}], next: [b, c]",
        "b, exit: x",
        "c, markers: [host], status: planned, exit: x",
    )
    assert covered(journey).overall.average == 0.0


def test_what_customers_meet_where_the_public_speaks_counts():
    """As for the rules that ask whether something is carried at all."""
    journey = touchpoints(
        "a, control: customer, entry: true, markers: [hand], next: [b]", "b, exit: x"
    )
    assert covered(journey).overall.fewest == 2


def test_where_customers_are_among_themselves_nothing_is_asked_of_the_brand():
    """As no rule over paths is concerned: nobody of the house could show anything there."""
    journey = touchpoints(
        "a, control: customer, entry: true, next: [b, {to: c, share: 3}]",
        "b, channel: web, control: customer, markers: [host], exit: x",
        "c, markers: [hand], exit: x",
    )
    found = covered(journey)
    assert (found.overall.fewest, found.overall.average, found.overall.whole) == (2, 1.0, 1.0)
    assert found.met_by == {"warmth": 1.0, "craft": 1.0}
    assert found.by_channel["web"].reason is Unknown.NO_PATH


def test_loops_are_walked_as_often_as_it_takes():
    """Half of those at the window go round again, and meet the host on the way."""
    journey = touchpoints(
        "a, entry: true, next: [b], exit: x",
        "b, markers: [host], next: [a]",
    )
    found = covered(journey).overall
    assert (found.fewest, found.average) == (0, pytest.approx(0.25))


def of_many(values: int, *, met: int = 1) -> Workspace:
    """Return a map on which any of so many values may be met, one a round, ``met`` surely."""
    named = [f"v{number}" for number in range(values)]
    charter = CHARTER[: CHARTER.index("values:")] + (
        f"values: [{', '.join(f'{{id: {each}}}' for each in named)}]\n"
        f"markers: [{', '.join(f'{{id: m-{v}, name: M, values: [{v}]}}' for v in named)}]\n"
    )
    first = ", ".join(f"m-{each}" for each in named[:met])
    ways = ", ".join(named)
    stops = [f"{each}, markers: [m-{each}], next: [hub]" for each in named]
    journey = touchpoints(
        f"door, entry: true, markers: [{first}], next: [hub]",
        f"hub, exit: x, next: [{ways}]",
        *stops,
    )
    return workspace(journey, charter=charter)


def test_twelve_values_are_told_apart():
    """4,096 combinations can be met; each path but one through the door meets more."""
    found = coverage(of_many(12), with_shares=False).overall
    assert (found.fewest, found.counted) == (1, 12)


def test_more_values_than_can_be_told_apart_are_no_guess():
    """Of thirteen and more the poorest path is known only where it meets few."""
    assert coverage(of_many(20, met=1), with_shares=False).overall.fewest == 1
    undecided = coverage(of_many(20, met=9), with_shares=False)
    assert (undecided.overall.fewest, undecided.overall.least) == (None, None)
    assert undecided.overall.reason is Unknown.TOO_MANY
    assert undecided.overall.poorest is None
    assert undecided.overall.average is not None


def test_averages_are_left_out_where_shares_are_not_measured():
    found = coverage(replace(workspace(RICH, charter=CHARTER), measure=False))
    assert (found.overall.fewest, found.overall.average, found.overall.whole) == (0, None, None)
    assert set(found.met_by.values()) == {None}


def test_the_work_can_be_ended():
    class Enough(Exception):
        pass

    def enough() -> None:
        raise Enough

    with pytest.raises(Enough):
        coverage(workspace(RICH, charter=CHARTER), between=enough)
