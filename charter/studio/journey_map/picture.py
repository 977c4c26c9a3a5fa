"""From a view of a journey to the nodes, edges and options that vis-network draws.

pyvis builds the nodes and edges; its own page is never used, because it injects texts as markup
and asks other sites for files.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from charter.arrangement import spot_of
from charter.pictures.channel_looks import PATHS, channel_looks
from charter.studio.journey_map.view import MapMove, MapPassage, MapStop, MapView
from journeys.layout import Band, Layout, Passage, Place, Point, Route, Stop, lay_out

if TYPE_CHECKING:
    from pyvis.network import Network

COLUMN_WIDTH = 226
ROW_HEIGHT = 128
CORRIDOR_MARK = "\N{SYMBOL FOR RECORD SEPARATOR}"
"""Begins the ids of corridor points, which no touchpoint's id can hold."""

WITHIN_STAGE = 0.25
"""How near to the edge of its stage, in columns, the middle of a card may be put."""

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
    return {**_drawn(_as_it_stays(view)), **_as_it_changes(view)}


def sent(view: MapView) -> dict[str, Any]:
    """Return the same as it is sent: what no click changes is one text, made once, of JSON."""
    return {"drawn": _drawn_text(_as_it_stays(view)), **_as_it_changes(view)}


def _as_it_stays(view: MapView) -> MapView:
    return replace(view, witness=None, step=None, selected=None, replay=None)


def _as_it_changes(view: MapView) -> dict[str, Any]:
    return {"replay": _replay(view), "witness": _witness(view), "selected": view.selected}


# Visitors click about on the same few maps.
@lru_cache(maxsize=32)
def _drawn_text(view: MapView) -> str:
    return json.dumps(_drawn(view), separators=(",", ":"))


@lru_cache(maxsize=32)
def _drawn(view: MapView) -> Mapping[str, Any]:
    """Return all but what a click changes; nobody changes it."""
    layout = _laid_out(view)
    # It brings much that the first page does without.
    from pyvis.network import Network

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
        "options": _options(view),
        "units": {"x": COLUMN_WIDTH, "y": ROW_HEIGHT, "margin": WITHIN_STAGE * COLUMN_WIDTH},
        "moved": [stop.id for stop in view.stops if stop.spot is not None],
        "is_arrangeable": view.is_arrangeable,
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
                "id": view.stages[band.stage].id,
                "label": view.stages[band.stage].label,
                "left": band.left * COLUMN_WIDTH,
                "right": band.right * COLUMN_WIDTH,
            }
            for band in layout.bands
        ],
    }


def move_of(said: object, view: MapView) -> MapMove | None:
    """Return the move that the browser reports; None where it can't be one.

    It says where the middle of a card is now, in pixels of the drawing.
    """
    if not view.is_arrangeable or not isinstance(said, Mapping):
        return None
    stop = next((stop for stop in view.stops if stop.id == said.get("id")), None)
    spot = spot_of(said.get("x"), said.get("y"))
    if stop is None or spot is None:
        return None
    band = _band_of(stop, view, _lay_out(*_laid(view)).bands)
    across = _within(spot.x / COLUMN_WIDTH, band) - band.left
    put = spot_of(across, spot.y / ROW_HEIGHT)
    return MapMove(stop.id, put) if put else None


def _laid_out(view: MapView) -> Layout:
    """Return the layout, with the cards that people put elsewhere where they put them.

    All else stays; passages of moved cards go straight, for their corridors led elsewhere.
    """
    layout = _lay_out(*_laid(view))
    moved = {stop.id: _put(stop, view, layout) for stop in view.stops if stop.spot}
    if not moved:
        return layout
    straight = {
        passage.id: Route()
        for passage in view.passages
        if passage.source in moved or passage.target in moved
    }
    return replace(layout, places={**layout.places, **moved}, routes={**layout.routes, **straight})


@lru_cache(maxsize=32)
def _lay_out(stops: tuple[Stop, ...], passages: tuple[Passage, ...]) -> Layout:
    return lay_out(stops, passages)


def _laid(view: MapView) -> tuple[tuple[Stop, ...], tuple[Passage, ...]]:
    stage_index = {stage.id: index for index, stage in enumerate(view.stages)}
    return (
        tuple(Stop(stop.id, stage_index[stop.stage]) for stop in view.stops),
        tuple(Passage(passage.id, passage.source, passage.target) for passage in view.passages),
    )


def _put(stop: MapStop, view: MapView, layout: Layout) -> Place:
    assert stop.spot is not None
    band = _band_of(stop, view, layout.bands)
    at = Point(_within(band.left + stop.spot.x, band), stop.spot.y)
    return replace(layout.places[stop.id], at=at)


def _band_of(stop: MapStop, view: MapView, bands: Sequence[Band]) -> Band:
    return next(band for band in bands if view.stages[band.stage].id == stop.stage)


def _within(x: float, band: Band) -> float:
    """Return the place within a stage that is nearest to one: a card never leaves its stage."""
    return min(max(x, band.left + WITHIN_STAGE), band.right - WITHIN_STAGE)


def _options(view: MapView) -> dict[str, Any]:
    return OPTIONS | {"interaction": OPTIONS["interaction"] | {"dragNodes": view.is_arrangeable}}


def _pixels(point: Point) -> dict[str, float]:
    return {"x": round(point.x * COLUMN_WIDTH, 1), "y": round(point.y * ROW_HEIGHT, 1)}


def _card(stop: MapStop, view: MapView) -> dict[str, Any]:
    stage = next(stage.label for stage in view.stages if stage.id == stop.stage)
    shown = asdict(stop)
    card = {name: value for name, value in shown.items() if value not in ("", False, (), None)}
    card.pop("spot", None)
    return card | {"stage": stage, "stage_id": stop.stage}


def _add_passage(network: Network, passage: MapPassage, route: Route) -> None:
    """Draw a passage as one edge, or as one edge for each stretch of its corridor."""
    chain = [passage.source]
    for index, point in enumerate(route.via):
        corridor = f"{CORRIDOR_MARK}{passage.id}{CORRIDOR_MARK}{index}"
        network.add_node(
            corridor,
            label=" ",
            shape="dot",
            size=0.1,
            opacity=0,
            chosen=False,
            fixed=True,
            **_pixels(point),
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
            change=passage.change,
            bears_sign=index == len(chain) // 2 - 1,
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


def _replay(view: MapView) -> dict[str, Any] | None:
    """Say where customers are step by step; stops by their place, for there may be many steps."""
    replay = view.replay
    if replay is None:
        return None
    place = {stop.id: index for index, stop in enumerate(view.stops)}
    return {
        "title": replay.title,
        "note": replay.note,
        "number": replay.number,
        "outcomes": replay.outcomes,
        "shares": replay.shares,
        "stops": [stop.id for stop in view.stops],
        "steps": [
            {
                "flows": [
                    [place[flow.source], place[flow.target], flow.number]
                    for flow in step.flows
                    if flow.source in place and flow.target in place
                ],
                "at": [[place[stop], number] for stop, number in step.at.items() if stop in place],
                "ended": step.ended,
                "told": step.told,
            }
            for step in replay.steps
        ],
    }
