"""The share of customers whose path satisfies a rule, exactly."""

from __future__ import annotations

from journeys.automata import Ending
from journeys.customers import PLAIN_LIMIT, Customers, Measure
from journeys.equations import Row, solve
from journeys.question import Question, letter_seen


def share_that_holds(question: Question, view: int, customers: Customers) -> Measure:
    """Return the share of a view's customers whose path satisfies the rule.

    ``customers`` are those of the view's segment, on the
    paths of the question's graph. Absorbing Markov chain over the product of journey and
    automaton, conditional on reaching an exit (Kemeny & Snell, Finite Markov Chains, ch. 3).
    Cost: passages times reachable states, but for the loops (`journeys.equations`).
    """
    automaton = question.automaton
    if len(customers.steps) * len(automaton.steps) > PLAIN_LIMIT:
        from journeys import measure_large

        return measure_large.share_that_holds(question, view, customers)
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
        letter = letter_seen(question.at_stop[stop], bit)
        begins.append((number(stop, automaton.steps[0][letter]), probability))
    rows: list[Row] = []
    constants: list[tuple[float, float]] = []
    # Nodes are visited in the order of their numbers, so rows are appended in that order.
    visited = 0
    while visited < len(waiting):
        stop, state = waiting[visited]
        visited += 1
        ending = automaton.endings[state]
        if state in automaton.surely_holds:
            rows.append(())
            constants.append((1.0, 1.0))
            continue
        end = customers.ends[stop]
        constants.append(
            (
                end if ending is Ending.HOLDS else 0.0,
                end if ending is not Ending.UNCONCERNED else 0.0,
            )
        )
        rows.append(
            [
                (
                    number(
                        step.target,
                        automaton.steps[state][letter_seen(question.letters_walking(step.passage), bit)],
                    ),
                    step.probability,
                )
                for step in customers.steps[stop]
            ]
        )
    values = solve(rows, constants)
    holding = sum(weight * values[node][0] for node, weight in begins)
    concerned = sum(weight * values[node][1] for node, weight in begins)
    return Measure(min(1.0, holding / concerned) if concerned else None, min(1.0, concerned))
