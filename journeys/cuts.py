"""The options that break every path of one view off, at the least price: a smallest cut.

As much flows from the first node of the product of graph and automaton to the last as prices let
pass, and where it can't pass is the cut (Ford and Fulkerson 1956; Dinic 1970, by SciPy). Exact
where an option stands in the way only once; where it does more often it is paid for each time, so
that the cut found is one, but there may be a cheaper.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from journeys.product import Product

_UNIT = 1_000
"""Into how many parts a price of 1 is told apart: what flows is counted whole."""
_ENDLESS = 1 << 30


class Cuts:
    """Finds smallest cuts of one view."""

    def __init__(self, product: Product) -> None:
        # All edges walked in one way to one node lead through a gate, and are closed with it.
        many = len(product.without)
        gates, at_gate = np.unique(product.targets * many + product.ways, return_inverse=True)
        numbers = product.nodes + np.arange(len(gates))
        self._nodes, self._last = product.nodes + len(gates), product.last
        self._gate_ways, self._gate_targets = gates % many, gates // many
        sources = np.append(product.sources, numbers)
        targets = np.append(product.nodes + at_gate, self._gate_targets)
        order = np.lexsort((targets, sources))
        self._is_gate = np.append(np.zeros(len(at_gate), bool), np.ones(len(gates), bool))[order]
        self._gates = (sources[order] - product.nodes)[self._is_gate]
        self._targets = targets[order].astype(np.int32)
        self._offsets = np.searchsorted(sources[order], np.arange(self._nodes + 1))
        self._offsets = self._offsets.astype(np.int32)
        # Of several options that must be left out for a way, one is enough to close it.
        self._options = [np.array(product.without[way], int) for way in self._gate_ways.tolist()]
        self._number = np.array([len(options) for options in self._options], int)
        self._first = np.cumsum(np.append(0, self._number))[:-1]
        self._flat = np.concatenate([*self._options, np.zeros(1, int)])

    def find(self, prices: np.ndarray) -> frozenset[int]:
        """Return options that stand in the way of every path; none where nothing could.

        Args:
            prices: By option, from 0 on.
        """
        has_options = self._number > 0
        if not has_options.any():
            return frozenset()
        capacities = np.full(len(self._number), float(_ENDLESS))
        priced = np.append(prices[self._flat[:-1]], 0.0) * _UNIT
        cheapest = np.minimum.reduceat(priced, self._first[has_options])
        capacities[has_options] = np.minimum(np.rint(cheapest), _ENDLESS)
        along = np.full(len(self._targets), _ENDLESS, np.int32)
        along[self._is_gate] = capacities[self._gates].astype(np.int32)
        network = csr_array((along, self._targets, self._offsets), (self._nodes, self._nodes))
        flow = maximum_flow(network, 0, self._last)
        if flow.flow_value >= _ENDLESS:
            return frozenset()
        left = network - flow.flow
        left.data = np.where(left.data > 0, left.data, 0)
        left.eliminate_zeros()
        is_before = np.zeros(self._nodes, bool)
        is_before[breadth_first_order(left, 0, return_predecessors=False)] = True
        gates = self._nodes - len(self._number) + np.arange(len(self._number))
        cut = np.flatnonzero(is_before[gates] & ~is_before[self._gate_targets])
        found = set()
        for gate in cut.tolist():
            options = self._options[gate]
            found.add(int(options[np.argmin(prices[options])]))
        return frozenset(found)
