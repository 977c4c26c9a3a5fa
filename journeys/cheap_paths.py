"""The path that breaks a rule and along which least of the options is chosen that could mend it.

What a planner asks while it still chooses by halves. A visit may be seen in several ways, some of
them only where certain options are left out; how much of these is chosen is what the way costs.
Then it is a shortest path in the product of graph and automaton (Dijkstra 1959, by SciPy).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from journeys.automata import Ending
from journeys.graph import OpenGraph
from journeys.options import Clause
from journeys.relaxation import Relaxation, Way


class CheapPaths:
    """Finds, for each view of a rule, the breaking path along which least is chosen."""

    def __init__(self, relaxation: Relaxation) -> None:
        passages = _Passages.of(relaxation.graph)
        self._sources = relaxation.sources
        self._views = [
            _View(relaxation, passages, segment, ways)
            for segment, ways in zip(relaxation.segments, relaxation.ways, strict=True)
        ]

    def find(self, chosen: np.ndarray, below: float) -> list[Clause]:
        """Return what a breaking path asks, for each view that has such a path.

        It is that along which least is chosen of the options, counted once a visit, and only where
        that is less than ``below``; one that no option can mend is left out. Cost: for each view
        passages times states, times their logarithm.

        Args:
            chosen: By option, how much of it is chosen, from 0 to 1.
            below: How much is too much.
        """
        found = (view.find(chosen, below) for view in self._views)
        pairs = zip(self._sources, found, strict=True)
        return [Clause(source, without) for source, without in pairs if without]


class _Passages(NamedTuple):
    sources: np.ndarray
    targets: np.ndarray
    walkable: Sequence[int]

    @classmethod
    def of(cls, graph: OpenGraph) -> _Passages:
        ways = graph.ways
        return cls(np.array(ways.sources, int), np.array(ways.targets, int), graph.walkable)


class _View:
    """The product of one segment's paths and the automaton, its edges priced by ways."""

    def __init__(
        self,
        relaxation: Relaxation,
        passages: _Passages,
        segment: int,
        ways: Sequence[Sequence[Way]],
    ) -> None:
        graph, automaton = relaxation.graph, relaxation.automaton
        mask = 1 << segment
        states = len(automaton.steps)
        self._ways = [way for at_stop in ways for way in at_stop]
        self._write_prices()
        steps = np.array(automaton.steps, int)
        can_break = np.zeros(states, bool)
        can_break[list(automaton.can_break)] = True
        # Edges by stop entered and state before; the node 0 is before all, the last behind all.
        last = len(graph.stops) * states + 1
        is_open = np.array([bool(bits & mask) for bits in passages.walkable], bool)
        entries = [stop for stop, bits in enumerate(graph.entries) if bits & mask]
        before = np.append(passages.sources[is_open], np.full(len(entries), -1))
        entered = np.append(passages.targets[is_open], np.array(entries, int))
        first_way = np.cumsum([0, *map(len, ways)])
        many = np.diff(first_way)
        letters = np.array([way.letter for way in self._ways], int)
        edges: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        for number in range(int(many.max(initial=0))):
            has_way = many[entered] > number
            way = first_way[entered[has_way]] + number
            for state in range(states):
                is_start = before[has_way] < 0
                following = steps[state, letters[way]]
                kept = can_break[following] & (~is_start | (state == 0))
                source = np.where(is_start, 0, before[has_way] * states + state + 1)
                target = entered[has_way] * states + following + 1
                edges.append((source[kept], target[kept], way[kept]))
        breaks = [s for s, ending in enumerate(automaton.endings) if ending is Ending.BREAKS]
        ends = [stop for stop, bits in enumerate(graph.exits) if bits & mask]
        closing = np.array([stop * states + state + 1 for stop in ends for state in breaks], int)
        free = len(self._ways)
        edges.append((closing, np.full(len(closing), last), np.full(len(closing), free)))
        source, target, way = map(np.concatenate, zip(*edges, strict=True))
        order = np.argsort(source, kind="stable")
        self._targets, self._way_walked = target[order], way[order]
        self._offsets = np.searchsorted(source[order], np.arange(last + 2))
        self._last = last

    def _write_prices(self) -> None:
        owners = [number for number, way in enumerate(self._ways) for _ in way.without]
        self._owners = np.array(owners, int)
        self._without = np.array([o for way in self._ways for o in way.without], int)

    def find(self, chosen: np.ndarray, below: float) -> frozenset[int] | None:
        weights = chosen[self._without]
        prices = np.bincount(self._owners, weights, minlength=len(self._ways) + 1)
        size = self._last + 1
        priced = csr_array((prices[self._way_walked], self._targets, self._offsets), (size, size))
        distance, predecessors = dijkstra(priced, indices=0, limit=below, return_predecessors=True)
        if not distance[self._last] < below:
            return None
        without: set[int] = set()
        node = self._last
        while node:
            before = int(predecessors[node])
            edges = range(self._offsets[before], self._offsets[before + 1])
            walked = [self._way_walked[e] for e in edges if self._targets[e] == node]
            way = min(walked, key=prices.__getitem__)
            if way < len(self._ways):
                without.update(self._ways[way].without)
            node = before
        return frozenset(without)
