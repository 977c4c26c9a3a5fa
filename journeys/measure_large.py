"""Shares of customers in journeys too large for plain Python: the same chain, as sparse matrices.

Imported only where it is needed: NumPy and SciPy take longer to load than a small workspace takes
to check.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy
from scipy.sparse import csr_matrix

from journeys import sparse
from journeys.automata import Ending
from journeys.customers import Customers, Measure
from journeys.question import Question, letter_seen


def share_that_holds(question: Question, view: int, customers: Customers) -> Measure:
    """Return what `journeys.measure.share_that_holds` does, by expected visits."""
    automaton, bit = question.automaton, 1 << view
    kinds, at_stop, on_passage = question.kinds_of_letters
    sources, passages, targets, probabilities = _columns(customers)
    seen = numpy.asarray([letter_seen(letters, bit) for letters in kinds])
    kind_of = numpy.asarray(at_stop)[targets] if on_passage is None else numpy.asarray(on_passage)[passages]
    letters = seen[kind_of]
    stops = len(customers.steps)
    ends = numpy.asarray(customers.ends)
    # Nobody comes back to a state that nothing leads to, such as the start of most automata, and
    # from a state that surely holds nothing else can come of a path.
    states = sorted({s for row in automaton.steps for s in row} - automaton.surely_holds)
    places = numpy.full(len(automaton.steps), -1)
    places[states] = numpy.arange(len(states))
    holding, concerned = numpy.zeros(stops * len(states)), numpy.zeros(stops * len(states))
    moves = []
    for place, state in enumerate(states):
        here = slice(place * stops, (place + 1) * stops)
        following = places[numpy.asarray(automaton.steps[state])[letters]]
        is_decided = following < 0
        decided = numpy.bincount(
            sources[is_decided], weights=probabilities[is_decided], minlength=stops
        )
        ending = automaton.endings[state]
        holding[here] = decided + (ends if ending is Ending.HOLDS else 0.0)
        concerned[here] = decided + (0.0 if ending is Ending.UNCONCERNED else ends)
        goes_on = ~is_decided
        moves.append(
            (
                probabilities[goes_on],
                following[goes_on] * stops + targets[goes_on],
                place * stops + sources[goes_on],
            )
        )
    weights, to, at = (numpy.concatenate(parts) for parts in zip(*moves, strict=True))
    moving = csr_matrix((weights, (to, at)), shape=(holding.size, holding.size))
    begun: Any = numpy.zeros(holding.size)
    decided_at_once = 0.0
    for stop, probability in customers.entries.items():
        place = places[automaton.steps[0][letter_seen(question.at_stop[stop], bit)]]
        if place < 0:
            decided_at_once += probability
        else:
            begun[place * stops + stop] += probability
    visits = sparse.solve(moving, begun)
    among = decided_at_once + float(visits @ concerned)
    holds = decided_at_once + float(visits @ holding)
    return Measure(min(1.0, holds / among) if among else None, min(1.0, among))


@functools.lru_cache(maxsize=16)
def _columns(customers: Customers) -> tuple[Any, ...]:
    """Return all steps as columns: sources, passages, targets, probabilities."""
    steps = [(source, *step) for source, leaving in enumerate(customers.steps) for step in leaving]
    return tuple(map(numpy.asarray, zip(*steps, strict=True)))
