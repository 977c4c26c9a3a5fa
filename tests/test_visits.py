"""What customers come by on their paths, held against the walks of a long iteration."""

from __future__ import annotations

import random
from array import array
from dataclasses import replace
from itertools import accumulate

import pytest

from journeys import equations, visits
from journeys.customers import Customers
from journeys.visits import (
    expected_at_first_visit,
    expected_visits,
    share_of_endings,
    share_that_visits,
)
from journeys.ways import Ways

SEEDS = range(60)


def chain(
    entries: dict[int, float], steps: dict[int, dict[int, float]], ends: dict[int, float]
) -> Customers:
    """Return customers who walk as written; stops are numbered."""
    size = 1 + max([*steps, *ends, *(target for ways in steps.values() for target in ways)])
    passages = [
        (source, target, share)
        for source in range(size)
        for target, share in steps.get(source, {}).items()
    ]
    sources, targets, shares = zip(*passages, strict=True) if passages else ((), (), ())
    counts = [sources.count(stop) for stop in range(size)]
    return Customers(
        ways=Ways(
            offsets=array("i", accumulate(counts, initial=0)),
            sources=array("i", sources),
            targets=array("i", targets),
            transitions=(),
            portions=array("d"),
        ),
        entries=entries,
        probabilities=shares,
        ends=tuple(ends.get(stop, 0.0) for stop in range(size)),
    )


def random_chain(seed: int) -> Customers:
    """Return up to nine stops with loops; some are never visited."""
    dice = random.Random(seed)
    size = dice.randint(1, 9)
    steps: dict[int, dict[int, float]] = {}
    ends: dict[int, float] = {}
    for stop in range(size):
        targets = dice.sample(range(size), dice.randint(0, min(3, size)))
        weights = [dice.randint(1, 9) for _ in targets]
        ending = dice.randint(1, 9)
        total = sum(weights) + ending
        steps[stop] = {t: weight / total for t, weight in zip(targets, weights, strict=True)}
        ends[stop] = ending / total
    begins = dice.sample(range(size), dice.randint(1, min(2, size)))
    return chain({stop: 1 / len(begins) for stop in begins}, steps, ends)


def walked(customers: Customers, rounds: int = 800) -> list[float]:
    """Return by stop how many visits there are, by letting everybody walk."""
    here = [customers.entries.get(stop, 0.0) for stop in range(len(customers.steps))]
    found = list(here)
    for _ in range(rounds):
        following = [0.0] * len(here)
        for stop, leaving in enumerate(customers.steps):
            for step in leaving:
                following[step.target] += here[stop] * step.probability
        here = following
        found = [a + b for a, b in zip(found, here, strict=True)]
    return found


def stopped_at(customers: Customers, stops: set[int]) -> Customers:
    """Return the same customers, each ending at the first visit to one of ``stops``."""
    ways = customers.ways
    shares = tuple(
        0.0 if source in stops else share
        for source, share in zip(ways.sources, customers.probabilities, strict=True)
    )
    return Customers(ways, customers.entries, shares, customers.ends)


@pytest.fixture(params=["by elimination", "factorised", "sparse"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the three ways to solve the equations, whatever the size."""
    if request.param == "factorised":
        monkeypatch.setattr(equations, "DENSE_LIMIT", 0)
    if request.param == "sparse":
        monkeypatch.setattr(visits, "PLAIN_LIMIT", 0)
    return str(request.param)


def test_visits_are_those_of_walking_customers(way: str) -> None:
    for seed in SEEDS:
        customers = random_chain(seed)
        assert expected_visits(customers) == pytest.approx(walked(customers), abs=1e-9), seed


def test_who_visits_some_stops_is_who_gets_there_first_or_not_at_all(way: str) -> None:
    for seed in SEEDS:
        customers = random_chain(seed)
        stops = set(random.Random(seed).sample(range(len(customers.steps)), 1))
        arrived = walked(stopped_at(customers, stops))
        expected = sum(arrived[stop] for stop in stops)
        assert share_that_visits(customers, stops) == pytest.approx(expected, abs=1e-9), seed


def test_the_first_visit_counts_with_its_own_value(way: str) -> None:
    for seed in SEEDS:
        customers = random_chain(seed)
        dice = random.Random(seed)
        count = min(2, len(customers.steps))
        values = {stop: dice.random() for stop in dice.sample(range(len(customers.steps)), count)}
        arrived = walked(stopped_at(customers, set(values)))
        expected = sum(arrived[stop] * value for stop, value in values.items())
        found = expected_at_first_visit(customers, values)
        assert found == pytest.approx(expected, abs=1e-9), seed


def test_endings_are_those_of_customers_who_begin_there(way: str) -> None:
    for seed in SEEDS:
        customers = random_chain(seed)
        endings = {0, len(customers.steps) - 1}
        found = share_of_endings(customers, endings)
        for stop, share in enumerate(found):
            begun = replace(customers, entries={stop: 1.0})
            expected = sum(walked(begun)[end] * customers.ends[end] for end in endings)
            assert share == pytest.approx(expected, abs=1e-9), seed


def test_a_loop_that_is_hardly_ever_left_is_walked_as_often_as_that(way: str) -> None:
    rarely = 2.0**-30
    customers = chain({0: 1.0}, {0: {1: 1.0}, 1: {0: 1 - rarely}}, {1: rarely})
    assert expected_visits(customers) == pytest.approx([2.0**30, 2.0**30], rel=1e-6)


def test_who_meets_nothing_counts_for_nothing(way: str) -> None:
    customers = chain({0: 1.0}, {0: {1: 0.5}}, {0: 0.5, 1: 1.0})
    assert share_that_visits(customers, []) == 0
    assert expected_visits(customers) == [1.0, 0.5]
