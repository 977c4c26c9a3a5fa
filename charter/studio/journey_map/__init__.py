"""The map of one journey: stages from left to right, touchpoints, passages, a witness.

A Streamlit component around vis-network. `MapView` says what to show, in values; `journey_map`
shows it and answers which touchpoint was clicked:

    clicked = journey_map(MapView(title="Buying a lamp", stages=…, stops=…, passages=…), key="map")

Where the view `is_arrangeable`, people may put cards elsewhere, and `on_move` hears of it.

Texts are drawn as they are, never read as markup. Nothing is fetched from outside.
"""

from charter.studio.journey_map.component import journey_map
from charter.studio.journey_map.view import (
    Change,
    MapChannel,
    MapFlow,
    MapMove,
    MapPassage,
    MapReplay,
    MapReplayStep,
    MapStage,
    MapStop,
    MapView,
    MapWords,
)

__all__ = [
    "Change",
    "MapChannel",
    "MapFlow",
    "MapMove",
    "MapPassage",
    "MapReplay",
    "MapReplayStep",
    "MapStage",
    "MapStop",
    "MapView",
    "MapWords",
    "journey_map",
]
