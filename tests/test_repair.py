"""The cheapest choice among options: its bound, its ties, and what can be spared of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

import pytest

from journeys.halves import Halves
from journeys.options import Clause, Options
from journeys.repair import Choice, Contradiction, cheapest
from journeys.spare import Spare


def drawn(random: Random) -> tuple[Options, list[Clause]]:
    """Some options, a few of which open something, and clauses about them."""
    many = random.randint(1, 7)
    opened = [
        {random.randrange(2) for _ in range(random.choice([0, 0, 1, 2]))} for _ in range(many)
    ]
    options = Options(
        costs=[float(random.randint(1, 3)) for _ in range(many)],
        openings=[tuple(sorted(each)) for each in opened],
        opening_costs=[float(random.randint(1, 4)) for _ in range(2)],
        preferred=frozenset(o for o in range(many) if random.random() < 0.3),
    )
    clauses = []
    for _ in range(random.randint(1, 6)):
        some = random.sample(range(many), random.randint(1, min(many, 4)))
        left = random.choice([0, 0, 0, 1])
        clauses.append(Clause("source", frozenset(some[left:]), frozenset(some[:left])))
    return options, clauses


def every_choice(options: Options, clauses: Sequence[Clause]) -> list[frozenset[int]]:
    """All choices that meet the clauses."""
    numbers = range(len(options.costs))
    choices = (
        frozenset(c) for size in range(len(numbers) + 1) for c in combinations(numbers, size)
    )
    return [each for each in choices if all(clause.is_met(each) for clause in clauses)]


def found(options: Options, clauses: Sequence[Clause]) -> Choice:
    """The choice of a search that comes to know clauses one by one."""

    def unmet(chosen: frozenset[int]) -> list[Clause]:
        return [clause for clause in clauses if not clause.is_met(chosen)][:1]

    return cheapest(options, unmet, (), seconds_left=lambda: 60.0)


def rank(options: Options, chosen: frozenset[int]) -> tuple[float, int, int]:
    """What choices are compared by, word for word as documented."""
    others = chosen - options.preferred
    return options.cost(chosen), len(others), sum(option + 1 for option in chosen)


def test_the_choice_is_the_cheapest_and_the_first_by_the_rule_for_equals():
    """Fewest that aren't preferred, then those that come first."""
    contradictions = 0
    for seed in range(150):
        options, clauses = drawn(Random(seed))
        choices = every_choice(options, clauses)
        if not choices:
            contradictions += 1
            with pytest.raises(Contradiction):
                found(options, clauses)
            continue
        choice = found(options, clauses)
        best = min(rank(options, each) for each in choices)
        assert choice.chosen is not None
        assert rank(options, choice.chosen) == best, seed
        assert choice.bound == pytest.approx(best[0]), seed
    assert contradictions < 50


def test_no_choice_costs_less_than_halves_say_after_any_number_of_steps():
    """And in most cases they say as much as the cheapest costs."""
    tight = 0
    for seed in range(60):
        options, clauses = drawn(Random(seed))
        costs = [options.cost(each) for each in every_choice(options, clauses)]
        halves = Halves(options)
        for clause in clauses:
            halves.ask([clause])
            halves.improve()
            if costs:
                assert halves.bound <= min(costs) + 1e-6, seed
        for _ in range(3):
            halves.improve()
        tight += bool(costs) and halves.bound >= min(costs) - 1e-6
        if costs:
            assert halves.bound <= min(costs) + 1e-6, seed
    assert tight > 28


def test_nothing_more_can_be_spared_of_what_is_left():
    for seed in range(200):
        options, clauses = drawn(Random(seed))
        everything = frozenset(range(len(options.costs)))
        met = [clause for clause in clauses if clause.is_met(everything)]
        spare = Spare((), clauses, everything)
        for option in everything:
            before = frozenset(spare.chosen)
            can_go = all(clause.is_met(before - {option}) for clause in met)
            assert spare.leave_out(option) is can_go, seed
            assert spare.chosen == (before - {option} if can_go else before)
