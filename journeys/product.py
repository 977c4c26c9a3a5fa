"""One segment's paths together with a rule's automaton: what a planner walks instead of paths.

A node is a stop entered and what the rule remembers there; a walk from the first node to the last
is a path that breaks the rule. A visit may be seen in several ways, some of them only where certain
options are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from journeys.automata import Automaton, Ending
from journeys.graph import OpenGraph
from journeys.relaxation import Relaxation, Way


class Product(NamedTuple):
    """The nodes and edges of one view.

    Attributes:
        nodes: How many nodes there are: the first is 0, from which paths begin, and the last is
            behind all.
        sources: By edge, the node that it leaves, in order.
        targets: By edge, the node that it leads to.
        ways: By edge, the way in which it is walked.
        without: By way, the options that must be left out for it.
    """

    nodes: int
    sources: np.ndarray
    targets: np.ndarray
    ways: np.ndarray
    without: Sequence[tuple[int, ...]]

    @property
    def last(self) -> int:
        """The node that breaking paths lead to."""
        return self.nodes - 1


def products(relaxation: Relaxation) -> Iterator[Product]:
    """Yield the product of each view."""
    passages = _Passages.of(relaxation.graph)
    for segment, ways in zip(relaxation.segments, relaxation.ways, strict=True):
        yield _product(relaxation.graph, relaxation.automaton, passages, segment, ways)


class _Passages(NamedTuple):
    sources: np.ndarray
    targets: np.ndarray
    walkable: Sequence[int]

    @classmethod
    def of(cls, graph: OpenGraph) -> _Passages:
        ways = graph.ways
        return cls(np.array(ways.sources, int), np.array(ways.targets, int), graph.walkable)


def _product(
    graph: OpenGraph,
    automaton: Automaton,
    passages: _Passages,
    segment: int,
    ways: Sequence[Sequence[Way]],
) -> Product:
    mask = 1 << segment
    states = len(automaton.steps)
    every_way = [way for at_stop in ways for way in at_stop]
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
    letters = np.array([way.letter for way in every_way], int)
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
    # To end takes no option.
    edges.append((closing, np.full(len(closing), last), np.full(len(closing), len(every_way))))
    source, target, way = map(np.concatenate, zip(*edges, strict=True))
    order = np.argsort(source, kind="stable")
    without = [*(way.without for way in every_way), ()]
    return _on_paths(Product(last + 1, source[order], target[order], way[order], without))


def _on_paths(product: Product) -> Product:
    """Return only what lies between the first node and the last, its nodes numbered anew."""
    kept = _joined(product.nodes, 0, product.sources, product.targets)
    kept &= _joined(product.nodes, product.last, product.targets, product.sources)
    kept[[0, product.last]] = True
    number = np.cumsum(kept) - 1
    is_kept = kept[product.sources] & kept[product.targets]
    return Product(
        int(kept.sum()),
        number[product.sources[is_kept]],
        number[product.targets[is_kept]],
        product.ways[is_kept],
        product.without,
    )


def _joined(nodes: int, start: int, sources: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Return which nodes edges lead to from one of them on."""
    edges = csr_array((np.ones(len(sources)), (sources, targets)), (nodes, nodes))
    found = np.zeros(nodes, bool)
    found[breadth_first_order(edges, start, return_predecessors=False)] = True
    return found
