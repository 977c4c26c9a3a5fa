"""The open graph of one segment as a networkx graph, for those who want to analyse it further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeys.graph import OpenGraph

if TYPE_CHECKING:
    import networkx


def to_networkx(graph: OpenGraph, segment: str) -> networkx.MultiDiGraph[str]:
    """Return what is open to ``segment``: stops as nodes by name, passages as edges.

    Nodes have ``touchpoint``, ``stage``, ``channel``, ``markers`` (the labels they bear for the
    segment), ``is_entry`` and ``is_exit``. Parallel transitions stay apart, as keys 0, 1, ….
    """
    # Takes longer to import than a small workspace takes to check.
    import networkx

    bit = graph.bits([segment])
    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        journey=graph.journey.id, segment=segment
    )
    open_stops = {index for index, bits in enumerate(graph.open_to) if bits & bit}
    for index in sorted(open_stops):
        stop = graph.stops[index]
        found.add_node(
            stop.name,
            touchpoint=stop.touchpoint.id,
            stage=stop.touchpoint.stage,
            channel=stop.channel,
            markers=tuple(m for m, bits in graph.labels[index].items() if bits & bit),
            is_entry=bool(graph.entries[index] & bit),
            is_exit=bool(graph.exits[index] & bit),
        )
    for passage in graph.passages:
        if passage.open_to & bit:
            found.add_edge(graph.stops[passage.source].name, graph.stops[passage.target].name)
    return found
