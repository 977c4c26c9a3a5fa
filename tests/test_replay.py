"""A few customers who walk a journey."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from charter import replay as replays
from charter.replay import Replay, replay
from charter.rules.setting import Setting
from journeys.customers import NoPath, ShareBasis
from journeys.visits import expected_visits, share_of_endings
from tests.scenarios.writing import touchpoints, workspace

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}]
segments: [{id: newcomer, weight: 3}, {id: loyal}]
stages: [{id: discover}]
markers: [{id: host, name: A named host}]
"""
VISIT = touchpoints(
    "window, entry: true, arrives: 3, next: [{to: shelf, share: 60}, {to: door, share: 40}]",
    "call, entry: true, arrives: 1, next: [{to: shelf, share: 1}]",
    "shelf, next: [{to: window, share: 20}, {to: till, share: 50}, {to: door, share: 30}]",
    "till, exit: bought",
    "door, exit: left",
)


def setting(journey: str = VISIT) -> Setting:
    whole = workspace(journey, charter=CHARTER)
    return Setting(whole.charter, whole.journeys[0])


def replayed(journey: str = VISIT, number: int = 200, seed: int = 0) -> Replay:
    return replay(setting(journey), "newcomer", number, seed)


def test_the_same_journey_gives_the_same_customers():
    assert replayed().walks == replayed().walks
    assert replayed().walks != replayed(seed=1).walks


def test_each_customer_walks_a_path_of_the_journey():
    graph = setting().graph
    names = [stop.name for stop in graph.stops]
    open_ways = {
        (names[source], names[target])
        for source, target in zip(graph.ways.sources, graph.ways.targets, strict=True)
    }
    ends = {"till": "bought", "door": "left"}
    for walk in replayed().walks:
        assert walk.stops[0] in ("window", "call")
        assert set(pairwise(walk.stops)) <= open_ways
        assert walk.outcome == ends[walk.stops[-1]]


@pytest.mark.parametrize("seed", range(5))
def test_as_many_take_each_way_as_its_share_says(seed: int):
    """Beginnings to the very customer, endings and visits nearly."""
    found, where = replayed(seed=seed), setting()
    customers = where.customers(0, None)
    names = [stop.name for stop in where.graph.stops]
    begun = Counter(walk.stops[0] for walk in found.walks)
    assert begun == {"window": 150, "call": 50}
    till = share_of_endings(customers, {names.index("till")})
    bought = sum(share * till[stop] for stop, share in customers.entries.items())
    assert found.shares["bought"] == pytest.approx(bought, abs=0.02)
    assert found.shares["left"] == pytest.approx(1 - bought, abs=0.02)
    visits = Counter(stop for walk in found.walks for stop in walk.stops)
    for name, expected in zip(names, expected_visits(customers), strict=True):
        assert visits[name] / 200 == pytest.approx(expected, abs=0.03)


@pytest.mark.parametrize("seed", range(20))
def test_of_even_numbers_each_way_takes_its_part_exactly(seed: int):
    even = touchpoints(
        "window, entry: true, next: [{to: a, share: 25}, {to: b, share: 75}]",
        "a, exit: left",
        "b, exit: bought",
    )
    assert replayed(even, number=8, seed=seed).shares == {"left": 0.25, "bought": 0.75}


def test_one_customer_goes_one_way_or_the_other_in_proportion():
    """What chance decides, it decides as the share says."""
    odd = touchpoints(
        "window, entry: true, next: [{to: a, share: 25}, {to: b, share: 75}]",
        "a, exit: left",
        "b, exit: bought",
    )
    left = sum(replayed(odd, number=1, seed=seed).shares.get("left", 0) for seed in range(400))
    assert left / 400 == pytest.approx(0.25, abs=0.07)


def test_nobody_is_lost_on_the_way():
    """At each moment everybody is somewhere, or has ended; flows lead to where they are."""
    found = replayed()
    assert found.moments[0].flows == {}
    for moment in found.moments:
        assert sum(moment.at.values()) + sum(moment.ended.values()) == 200
    for moment in found.moments[1:]:
        arriving: Counter[str] = Counter()
        for (_, target), number in moment.flows.items():
            arriving[target] += number
        assert arriving == moment.at
    last = found.moments[-1]
    assert last.at == {}
    assert {o: n / 200 for o, n in last.ended.items()} == found.shares


def test_visitors_are_counted_once_each():
    found = replayed()
    assert found.visitors["till"] == round(found.shares["bought"] * 200)
    assert max(found.visitors.values()) <= 200
    twice = sum(walk.stops.count("window") > 1 for walk in found.walks)
    assert twice > 0


def test_those_who_never_end_are_told_to_be_on_the_way(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(replays, "MOST_STEPS", 1)
    found = replayed()
    assert found.on_the_way > 0
    assert found.on_the_way + sum(found.moments[-1].ended.values()) == 200
    assert sum(found.shares.values()) == pytest.approx(1 - found.on_the_way / 200)


def test_outcomes_come_as_the_journey_declares_them():
    declared = VISIT.replace(
        "touchpoints:", "outcomes: [{id: left}, {id: bought, wanted: true}]\ntouchpoints:", 1
    )
    assert replayed(declared).outcomes == ("left", "bought")


@pytest.mark.parametrize(
    ("journey", "basis"),
    [
        pytest.param(VISIT, ShareBasis.STATED, id="written"),
        pytest.param(VISIT.replace(", share: 60", ""), ShareBasis.ASSUMED, id="not all"),
    ],
)
def test_it_says_what_its_shares_rest_on(journey: str, basis: ShareBasis):
    assert replayed(journey).basis is basis


def test_where_no_path_ends_there_is_nobody_to_follow():
    closed = touchpoints("window, entry: true, segments: [loyal], exit: bought")
    with pytest.raises(NoPath):
        replayed(closed)
