"""From a view of a journey to the nodes, edges and options that vis-network draws.

pyvis builds the nodes and edges; its own page is never used, because it injects texts as markup
and asks other sites for files.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pyvis.network import Network

from charter.pictures.channel_looks import PATHS, channel_looks
from charter.studio.journey_map.view import MapPassage, MapStop, MapView
from journeys.layout import Layout, Passage, Point, Route, Stop, lay_out

COLUMN_WIDTH = 226
ROW_HEIGHT = 128
CORRIDOR_MARK = "\N{SYMBOL FOR RECORD SEPARATOR}"
"""Begins the ids of corridor points, which no touchpoint's id can hold."""

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "zoomView": False,
        "hover": True,
        "keyboard": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 350,
    },
}


def picture(view: MapView) -> dict[str, Any]:
    """Return what the browser needs to draw the view: plain data, ready for JSON."""
    layout = _laid_out(view)
    network = Network(directed=True)
    looks = channel_looks([channel.id for channel in view.channels])
    for stop in view.stops:
        place = _pixels(layout.places[stop.id].at)
        network.add_node(stop.id, label=stop.label, shape="custom", **place)
    for passage in view.passages:
        _add_passage(network, passage, layout.routes[passage.id])
    used = {stop.channel for stop in view.stops}
    return {
        "title": view.title,
        "words": asdict(view.words),
        "nodes": network.nodes,
        "edges": network.edges,
        "options": OPTIONS,
        "cards": {stop.id: _card(stop, view) for stop in view.stops},
        "channels": [
            {
                "id": channel.id,
                "label": channel.label,
                "colour": looks[channel.id].colour,
                "icon": PATHS[looks[channel.id].icon],
            }
            for channel in view.channels
            if channel.id in used
        ],
        "bands": [
            {
                "label": view.stages[band.stage].label,
                "left": band.left * COLUMN_WIDTH,
                "right": band.right * COLUMN_WIDTH,
            }
            for band in layout.bands
        ],
        "witness": _witness(view),
        "selected": view.selected,
    }


def _laid_out(view: MapView) -> Layout:
    stage_index = {stage.id: index for index, stage in enumerate(view.stages)}
    return lay_out(
        [Stop(stop.id, stage_index[stop.stage]) for stop in view.stops],
        [Passage(passage.id, passage.source, passage.target) for passage in view.passages],
    )


def _pixels(point: Point) -> dict[str, float]:
    return {"x": round(point.x * COLUMN_WIDTH, 1), "y": round(point.y * ROW_HEIGHT, 1)}


def _card(stop: MapStop, view: MapView) -> dict[str, Any]:
    stage = next(stage.label for stage in view.stages if stage.id == stop.stage)
    card = {name: value for name, value in asdict(stop).items() if value not in ("", False, ())}
    return card | {"stage": stage}


def _add_passage(network: Network, passage: MapPassage, route: Route) -> None:
    """Draw a passage as one edge, or as one edge for each stretch of its corridor."""
    chain = [passage.source]
    for index, point in enumerate(route.via):
        corridor = f"{CORRIDOR_MARK}{passage.id}{CORRIDOR_MARK}{index}"
        network.add_node(
            corridor, label=" ", shape="dot", size=0.1, opacity=0, chosen=False, **_pixels(point)
        )
        chain.append(corridor)
    chain.append(passage.target)
    last = len(chain) - 2
    for index, (source, target) in enumerate(itertools.pairwise(chain)):
        network.add_edge(
            source,
            target,
            id=f"{passage.id}{CORRIDOR_MARK}{index}",
            passage=passage.id,
            ends=[passage.source, passage.target],
            text=passage.label if index == len(chain) // 2 - 1 else "",
            arrows={"to": {"enabled": index == last, "scaleFactor": 0.55}},
            smooth=_smooth(route, index),
        )


def _smooth(route: Route, index: int) -> Mapping[str, Any]:
    """Choose the curve of one stretch of a passage."""
    if route.goes_around:
        # Sideways out of the one stop, then sideways into the other.
        return {"enabled": True, "type": "vertical" if index else "horizontal", "roundness": 1}
    if route.bend:
        # On a page whose y grows downwards, vis-network bows "curvedCW" to the left of travel.
        way = "curvedCCW" if route.bend > 0 else "curvedCW"
        return {"enabled": True, "type": way, "roundness": abs(route.bend)}
    return {
        "enabled": True,
        "type": "cubicBezier",
        "forceDirection": "horizontal",
        "roundness": 0.6,
    }


def _witness(view: MapView) -> dict[str, Any] | None:
    """Say which stops carry which step numbers, and which passages the path takes."""
    if view.witness is None:
        return None
    steps: dict[str, list[int]] = {}
    for index, stop in enumerate(view.witness):
        steps.setdefault(stop, []).append(index + 1)
    by_ends: dict[tuple[str, str], str] = {}
    for passage in view.passages:
        by_ends.setdefault((passage.source, passage.target), passage.id)
    taken = [
        by_ends.get((source, target))
        for source, target in zip(view.witness, view.witness[1:], strict=False)
    ]
    current = view.step
    return {
        "steps": steps,
        "passages": [passage for passage in taken if passage is not None],
        "length": len(view.witness),
        "step": current,
        "stop": None if current is None else view.witness[current],
        "passage": taken[current - 1] if current else None,
    }
