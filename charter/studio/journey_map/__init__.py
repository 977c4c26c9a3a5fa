"""The map of one journey: stages from left to right, touchpoints, passages, a witness.

A Streamlit component around vis-network. `MapView` says what to show, in values; `journey_map`
shows it and answers which touchpoint was clicked:

    clicked = journey_map(MapView(title="Buying a lamp", stages=…, stops=…, passages=…), key="map")

Texts are drawn as they are, never read as markup. Nothing is fetched from outside.
"""

from charter.studio.journey_map.component import journey_map
from charter.studio.journey_map.view import (
    MapChannel,
    MapPassage,
    MapStage,
    MapStop,
    MapView,
    MapWords,
)

__all__ = [
    "MapChannel",
    "MapPassage",
    "MapStage",
    "MapStop",
    "MapView",
    "MapWords",
    "journey_map",
]
