"""Shares of customers in journeys too large for plain Python: the same chain, as sparse matrices.

Imported only where it is needed: NumPy and SciPy take longer to load than a small workspace takes
to check.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy
from scipy.sparse import csr_matrix

from journeys import sparse
from journeys.automata import Ending
from journeys.columns import Column
from journeys.customers import Customers, Measure
from journeys.question import Question

TOGETHER = 500_000
"""Places of several views that are walked side by side: a step of few takes as long as of many."""


def shares_that_hold(
    question: Question, views: Sequence[int], customers: Callable[[int], Customers]
) -> dict[int, Measure]:
    """Return what `journeys.measure.shares_that_hold` does, by expected visits."""
    letters = _letters_seen(question, views)
    stop_kinds = numpy.asarray(question.at_stop, dtype=numpy.intp)
    if question.on_passage is None:
        passage_kinds = stop_kinds[question.graph.ways.columns.targets]
    else:
        passage_kinds = numpy.asarray(question.on_passage, dtype=numpy.intp)
    found: dict[int, Measure] = {}
    batch: list[tuple[int, _System]] = []
    for view, seen in zip(views, letters.T, strict=True):
        walking = _Walking(
            question, customers(view % question.width), seen[stop_kinds], seen[passage_kinds]
        )
        batch.append((view, walking.system()))
        if sum(system.size for _, system in batch) > TOGETHER:
            found |= _solved(batch)
            batch = []
    return found | _solved(batch)


def _letters_seen(question: Question, views: Sequence[int]) -> Column:
    """Return the letter that is seen, by kind of letters and view."""
    pairs = [pair for kind in question.kinds for pair in kind]
    size = -(-question.width * question.copies // 8)
    packed = b"".join(seeing.to_bytes(size, "little") for _, seeing in pairs)
    table = numpy.frombuffer(packed, dtype=numpy.uint8).reshape(len(pairs), size)
    wanted = numpy.asarray(views)
    sees = table[:, wanted // 8] >> (wanted % 8).astype(numpy.uint8) & 1
    # Each view sees one letter of a kind, so the sum over all is that one.
    letters = numpy.array([letter for letter, _ in pairs], dtype=numpy.int32)
    begins = numpy.cumsum([0, *(len(kind) for kind in question.kinds[:-1])])
    return numpy.add.reduceat(letters[:, None] * sees, begins, axis=0)


class _System(NamedTuple):
    """How the customers of one view are moved on.

    Attributes:
        size: How many places there are.
        lengths: By place, how many ways lead on.
        to: By way, the place it leads to.
        weights: By way, its probability.
        begun: By place, the probability to begin there.
        holding: By place, the probability that there it is decided that the rule holds.
        concerned: By place, the probability that there it is decided that it concerns the path.
        decided: The probability that the first visit decides that it holds.
    """

    size: int
    lengths: Column
    to: Column
    weights: Column
    begun: Column
    holding: Column
    concerned: Column
    decided: float


def _joined(parts: Sequence[Column], dtype: Any) -> Column:
    return numpy.concatenate(parts) if parts else numpy.zeros(0, dtype=dtype)


def _solved(batch: Sequence[tuple[int, _System]]) -> dict[int, Measure]:
    """Return the measures of some views, whose systems are solved side by side."""
    systems = [system for _, system in batch if system.size]
    visits = numpy.zeros(0)
    if systems:
        begins = numpy.cumsum([0, *(system.size for system in systems)])
        lengths = numpy.concatenate([system.lengths for system in systems])
        ways = (
            numpy.concatenate([system.weights for system in systems]),
            numpy.concatenate([s.to + begin for s, begin in zip(systems, begins, strict=False)]),
            numpy.concatenate(([0], numpy.cumsum(lengths))),
        )
        begun = numpy.concatenate([system.begun for system in systems])
        matrix = csr_matrix(ways, shape=(len(begun), len(begun))).T
        visits = sparse.solve(matrix, begun, begins[:-1])
    found = {}
    for view, system in batch:
        here, visits = visits[: system.size], visits[system.size :]
        among = system.decided + float(here @ system.concerned)
        holds = system.decided + float(here @ system.holding)
        found[view] = Measure(min(1.0, holds / among) if among else None, min(1.0, among))
    return found


class _Walking:
    """The customers of one view, on their way through the product of journey and automaton."""

    def __init__(
        self, question: Question, customers: Customers, at_stop: Column, on_passage: Column
    ) -> None:
        """Take the letters that the view sees by stop and by passage."""
        self.automaton = question.automaton
        self.customers = customers
        columns = customers.ways.columns
        probabilities = numpy.asarray(customers.probabilities)
        # Passages that this segment may not walk are left out.
        taken = numpy.flatnonzero(probabilities)
        self.probabilities = probabilities[taken]
        self.sources, self.targets = columns.sources[taken], columns.targets[taken]
        self.letters = on_passage[taken]
        self.stops = columns.stops
        self.begins = numpy.array(list(customers.entries), dtype=numpy.intp)
        self.beginning = numpy.array(list(customers.entries.values()))
        self.first_letters = at_stop[self.begins]

    def system(self) -> _System:
        """Return how they are moved on, over places: one for each state and stop."""
        table, endings = numpy.array(self.automaton.steps), self.automaton.endings
        ends = numpy.asarray(self.customers.ends)
        states = self._states_under_way()
        places = numpy.full(len(table), -1)
        places[states] = numpy.arange(len(states))
        size = self.stops * len(states)
        holding, concerned = numpy.zeros(size), numpy.zeros(size)
        lengths, to, weights = [], [], []
        for place, state in enumerate(states):
            here = slice(place * self.stops, (place + 1) * self.stops)
            following = places[table[state][self.letters]]
            goes_on = following >= 0
            decided = numpy.bincount(
                self.sources[~goes_on],
                weights=self.probabilities[~goes_on],
                minlength=self.stops,
            )
            holding[here] = decided + (ends if endings[state] is Ending.HOLDS else 0.0)
            concerned[here] = decided + (0.0 if endings[state] is Ending.UNCONCERNED else ends)
            lengths.append(numpy.bincount(self.sources[goes_on], minlength=self.stops))
            to.append(following[goes_on] * self.stops + self.targets[goes_on])
            weights.append(self.probabilities[goes_on])
        begins = places[table[0][self.first_letters]]
        is_decided = begins < 0
        begun = numpy.bincount(
            (begins * self.stops + self.begins)[~is_decided],
            weights=self.beginning[~is_decided],
            minlength=size,
        )
        return _System(
            size,
            _joined(lengths, numpy.intp),
            _joined(to, numpy.intp),
            _joined(weights, float),
            begun,
            holding,
            concerned,
            float(self.beginning[is_decided].sum()),
        )

    def _states_under_way(self) -> list[int]:
        """Return the states that somebody may be in after a visit.

        From a state that surely holds nothing else can come of a path, so it is none of them.
        """
        table = self.automaton.steps
        letters = numpy.flatnonzero(numpy.bincount(self.letters, minlength=1)).tolist()
        found = {table[0][letter] for letter in set(self.first_letters.tolist())}
        found -= self.automaton.surely_holds
        waiting = list(found)
        while waiting:
            state = waiting.pop()
            new = {table[state][letter] for letter in letters}
            new -= self.automaton.surely_holds | found
            found |= new
            waiting.extend(new)
        return sorted(found)
