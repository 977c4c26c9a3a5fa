"""Defects of a journey's shape: what no rule needs to ask."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.graph import OpenGraph
from journeys.model import Status
from journeys.source import Position, Problem


def defects(graph: OpenGraph) -> Iterator[Problem]:
    """Yield what is wrong with the shape of a journey.

    CH010 a touchpoint that no path reaches, CH011 a dead end (or a loop without a way out),
    CH012 a segment without any path, CH013 an entry or exit missing. Cost: stops plus passages.
    """
    journey = graph.journey
    live = [t for t in journey.touchpoints if t.status is Status.LIVE]
    missing = [
        key
        for key, is_there in (
            ("entry", any(t.entry for t in live)),
            ("exit", any(t.exit is not None for t in live)),
        )
        if not is_there
    ]
    for key in missing:
        yield Problem(
            "CH013", f"no-{key}", journey.position_of("touchpoints"), {"journey": journey.id}
        )
    if missing:
        # Everything else that could be said follows from it.
        return
    yield from _segments_without_path(graph)
    yield from _unreached(graph)
    yield from _dead_ends(graph)


def _segments_without_path(graph: OpenGraph) -> Iterator[Problem]:
    with_path = 0
    for entering, leading_out in zip(graph.entries, graph.leading_out, strict=True):
        with_path |= entering & leading_out
    for segment in graph.names(graph.journey_segments & ~with_path):
        position = graph.journey.position_of("segments")
        yield Problem(
            "CH012", "no-path", position, {"journey": graph.journey.id, "segment": segment}
        )


def _unreached(graph: OpenGraph) -> Iterator[Problem]:
    reached_somewhere = {
        stop.touchpoint.id for stop, bits in zip(graph.stops, graph.reached, strict=True) if bits
    }
    names: dict[str, Position] = {}
    for stop, bits in zip(graph.stops, graph.reached, strict=True):
        if not bits:
            # A touchpoint that is reached on none of its channels is told once.
            is_partly = stop.touchpoint.id in reached_somewhere
            names[stop.name if is_partly else stop.touchpoint.id] = stop.touchpoint.position
    for name, position in names.items():
        yield _at(graph, "CH010", "unreached", position, touchpoint=name)


def _dead_ends(graph: OpenGraph) -> Iterator[Problem]:
    stuck = tuple(r & ~out for r, out in zip(graph.reached, graph.leading_out, strict=True))
    onward = [0] * len(graph.stops)
    for source, bits in zip(graph.ways.sources, graph.walkable, strict=True):
        onward[source] |= bits
    for index, stop in enumerate(graph.stops):
        if dead := stuck[index] & ~onward[index]:
            segments = graph.names(dead)
            is_everyone = dead == graph.reached[index]
            yield _at(
                graph,
                "CH011",
                "dead-end" if is_everyone else "dead-end-for",
                stop.touchpoint.position,
                touchpoint=stop.name,
                segments=segments,
            )
    # What is left of the stuck goes round for ever: named by the first of each round.
    ending = tuple(s & ~o for s, o in zip(stuck, onward, strict=True))
    told = list(graph.leading_to(ending))
    for index, stop in enumerate(graph.stops):
        if endless := stuck[index] & ~told[index]:
            told = [a | b for a, b in zip(told, graph.around(index, endless), strict=True)]
            yield _at(
                graph,
                "CH011",
                "endless",
                stop.touchpoint.position,
                touchpoint=stop.name,
                segments=graph.names(endless),
            )


def _at(
    graph: OpenGraph, code: str, reason: str, position: Position, **parameters: object
) -> Problem:
    return Problem(code, reason, position, {"journey": graph.journey.id, **parameters})
