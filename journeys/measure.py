"""The share of customers whose path satisfies a rule, exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from journeys.automata import Ending
from journeys.customers import PLAIN_LIMIT, Customers, Measure
from journeys.equations import Row, solve
from journeys.question import Question, letter_seen


def shares_that_hold(
    question: Question, views: Sequence[int], customers: Callable[[int], Customers]
) -> dict[int, Measure]:
    """Return by view the share of its customers whose path satisfies the rule.

    Absorbing Markov chain over the product of journey and automaton, conditional on reaching an
    exit (Kemeny & Snell, Finite Markov Chains, ch. 3). Cost: for each view passages times
    reachable states, but for the loops (`journeys.equations`).

    Args:
        question: What was asked.
        views: The views to measure.
        customers: Returns the customers of a segment on the paths of the question's graph.
    """
    if len(question.graph.stops) * len(question.automaton.steps) > PLAIN_LIMIT:
        from journeys import measure_large

        return measure_large.shares_that_hold(question, views, customers)
    return {view: _share(question, view, customers(view % question.width)) for view in views}


def _share(question: Question, view: int, customers: Customers) -> Measure:
    automaton = question.automaton
    bit = 1 << view
    numbers: dict[tuple[int, int], int] = {}
    waiting: list[tuple[int, int]] = []

    def number(stop: int, state: int) -> int:
        node = (stop, state)
        if node not in numbers:
            numbers[node] = len(numbers)
            waiting.append(node)
        return numbers[node]

    begins: list[tuple[int, float]] = []
    for stop, probability in customers.entries.items():
        letter = letter_seen(question.shown_visiting(stop), bit)
        begins.append((number(stop, automaton.steps[0][letter]), probability))
    rows: list[Row] = []
    constants: list[tuple[float, float]] = []
    # Nodes are visited in the order of their numbers, so rows are appended in that order.
    visited = 0
    while visited < len(waiting):
        stop, state = waiting[visited]
        visited += 1
        ending, end = automaton.endings[state], customers.ends[stop]
        if state in automaton.surely_holds:
            rows.append(())
            constants.append((1.0, 1.0))
            continue
        row = []
        for step in customers.steps[stop]:
            letter = letter_seen(question.shown_walking(step.passage), bit)
            row.append((number(step.target, automaton.steps[state][letter]), step.probability))
        rows.append(row)
        holds = end if ending is Ending.HOLDS else 0.0
        constants.append((holds, 0.0 if ending is Ending.UNCONCERNED else end))
    values = solve(rows, constants)
    holding = sum(weight * values[node][0] for node, weight in begins)
    concerned = sum(weight * values[node][1] for node, weight in begins)
    return Measure(min(1.0, holding / concerned) if concerned else None, min(1.0, concerned))
