"""Paths that break a rule and along which little is chosen of the options that could mend it.

What a planner asks while it still chooses by halves. How much is chosen of the options that must be
left out for a way is what the way costs; then they are shortest paths in the product of graph and
automaton (Dijkstra 1959, by SciPy). From both ends at once, so that the cheapest path through each
node is known, and many paths with little in common are told together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from journeys.product import Product

_STEP = 1e-9
"""What a step costs by itself, so that of paths as cheap the short ones are told."""


class CheapPaths:
    """Finds cheap breaking paths of one view."""

    def __init__(self, product: Product) -> None:
        self._product = product
        nodes = np.arange(product.nodes + 1)
        self._leaving = np.searchsorted(product.sources, nodes)
        # The same edges by the node that they lead to.
        self._backward = np.argsort(product.targets, kind="stable")
        self._entering = np.searchsorted(product.targets[self._backward], nodes)
        owners = [number for number, way in enumerate(product.without) for _ in way]
        self._owners = np.array(owners, int)
        self._without = np.array([option for way in product.without for option in way], int)

    def find(self, chosen: np.ndarray, below: float, *, times: int = 1) -> list[frozenset[int]]:
        """Return the options left out along breaking paths along which little is chosen.

        The cheapest path first; one that no option can mend is not told. Cost: edges times the
        logarithm of nodes.

        Args:
            chosen: By option, how much of it is chosen, from 0 to 1.
            below: Only paths along which less than that is chosen, counted once a visit.
            times: Of how many paths an option may be part.
        """
        product = self._product
        prices = np.bincount(self._owners, chosen[self._without], len(product.without)) + _STEP
        ahead = self._tree(prices, is_backward=False, below=below)
        if not ahead.distance[product.last] < below:
            return []
        back = self._tree(prices, is_backward=True, below=below)
        through = ahead.distance + back.distance
        cheap = np.flatnonzero(through < below)
        used: dict[int, int] = {}
        seen = bytearray(product.nodes)
        found: dict[frozenset[int], None] = {}
        for node in cheap[np.argsort(through[cheap], kind="stable")].tolist():
            if seen[node] or ahead.closed[node] or back.closed[node]:
                continue
            first = self._to_root(node, ahead, used)
            other = self._to_root(node, back, used) if first is not None else None
            if first is None or other is None:
                continue
            without: set[int] = set()
            for tree, visited in ((ahead, first), (back, other)):
                for each in visited:
                    seen[each] = 1
                    without.update(product.without[tree.ways[each]])
            for option in without:
                used[option] = used.get(option, times) - 1
            if without:
                found[frozenset(without)] = None
        return list(found)

    def _to_root(self, node: int, tree: _Tree, used: Mapping[int, int]) -> list[int] | None:
        """Return the nodes from one to the tree's root; None where an option there is used up."""
        ways, parents, closed, without = tree.ways, tree.parents, tree.closed, self._product.without
        visited: list[int] = []
        while ways[node] >= 0:
            for option in without[ways[node]]:
                if used.get(option) == 0:
                    closed[node] = 1
            visited.append(node)
            if closed[node]:
                # Nor does anything get to the root that has to come by here.
                for each in visited:
                    closed[each] = 1
                return None
            node = parents[node]
        return visited

    def _tree(self, prices: np.ndarray, *, is_backward: bool, below: float) -> _Tree:
        """Return the cheapest paths from the first node, or to the last."""
        product = self._product
        ways, offsets, root = product.ways, self._leaving, 0
        sources, targets = product.sources, product.targets
        if is_backward:
            order, offsets, root = self._backward, self._entering, product.last
            ways, sources, targets = ways[order], targets[order], sources[order]
        costs = prices[ways]
        priced = csr_array((costs, targets, offsets), (product.nodes, product.nodes))
        distance, parents = dijkstra(priced, indices=root, limit=below, return_predecessors=True)
        # Of several edges between two nodes the cheapest is walked: written last, it stays.
        walked = np.flatnonzero(parents[targets] == sources)
        walked = walked[np.argsort(-costs[walked], kind="stable")]
        way_walked = np.full(product.nodes, -1)
        way_walked[targets[walked]] = ways[walked]
        way_walked[root] = -1
        closed = bytearray(product.nodes)
        return _Tree(distance, parents.tolist(), way_walked.tolist(), closed)


class _Tree(NamedTuple):
    """The cheapest paths between one node, the root, and all others.

    Attributes:
        distance: By node, what the path costs.
        parents: By node, the next one towards the root.
        ways: By node, the way walked between it and that one; -1 at the root.
        closed: By node, whether some option between it and the root is used up.
    """

    distance: np.ndarray
    parents: Sequence[int]
    ways: Sequence[int]
    closed: bytearray
