"""Shares of customers in journeys too large for plain Python: the same chain, as sparse matrices.

Imported only where it is needed: NumPy and SciPy take longer to load than a small workspace takes
to check.
"""

from __future__ import annotations

from typing import Any

import numpy
from scipy.sparse import csr_matrix

from journeys.automata import Ending
from journeys.customers import Customers
from journeys.equations import ITERATIONS, TOLERANCE, factorised
from journeys.prove import Question, letter_seen


def share_that_holds(question: Question, view: int, customers: Customers) -> float | None:
    """Return what `journeys.measure.share_that_holds` does.

    The mass of customers is moved step by step until all of it has come to an end; what is still
    under way bounds the error.
    """
    automaton, bit = question.automaton, 1 << view
    states = len(automaton.steps)
    size = states * len(customers.steps)
    kinds, kind_of = question.letters_by_kind
    columns = (numpy.asarray(column) for column in customers.flat_steps)
    sources, passages, targets, probabilities = columns
    seen = numpy.asarray([letter_seen(letters, bit) for letters in kinds])
    letters = seen[numpy.asarray(kind_of)[passages]]
    table = numpy.asarray(automaton.steps)
    following = table[:, letters]
    # Nobody comes back to a state that nothing leads to, such as the start of most automata.
    undecided = sorted({s for row in automaton.steps for s in row} - automaton.surely_holds)
    moving = csr_matrix(
        (
            numpy.tile(probabilities, len(undecided)),
            (
                numpy.concatenate([targets * states + following[s] for s in undecided]),
                numpy.concatenate([sources * states + s for s in undecided]),
            ),
        ),
        shape=(size, size),
    )
    ends = numpy.asarray(customers.ends)
    holding, concerned = numpy.zeros(size), numpy.zeros(size)
    for state, ending in enumerate(automaton.endings):
        nodes = slice(state, None, states)
        if state in automaton.surely_holds:
            holding[nodes] = concerned[nodes] = 1.0
        elif ending is not Ending.UNCONCERNED:
            concerned[nodes] = ends
            holding[nodes] = ends if ending is Ending.HOLDS else 0.0
    mass: Any = numpy.zeros(size)
    for stop, probability in customers.entries.items():
        state = automaton.steps[0][letter_seen(question.at_entry[stop], bit)]
        mass[stop * states + state] += probability
    begun = mass
    visits: Any = mass.copy()
    for _ in range(ITERATIONS):
        mass = moving.dot(mass)
        visits += mass
        if mass.sum() < TOLERANCE:
            break
    else:
        visits = factorised(moving, begun)
    among = float(visits @ concerned)
    return min(1.0, float(visits @ holding) / among) if among else None
