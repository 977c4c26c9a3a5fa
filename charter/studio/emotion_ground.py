"""What emotions are drawn on: stages as bands, touchpoints below, a face for each emotion."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from charter.emotions import EMOTIONS
from charter.messages import Speaker
from charter.studio.journey_view import signed
from charter.studio.words import EMOTION_WORDS

MOST_LABELS = 45
"""More touchpoints can't be named below."""
ROOM_FOR_FACE = 34
_LIGHT = {
    "line": "#3344A8",
    "expected": "#8A4206",
    "truth": "#F7B500",
    "edge": "#3B2600",
    "label": "#3A4250",
    "grid": "#DCE0E8",
    "band": "#1E283C",
}
_DARK = {
    "line": "#A9B5FF",
    "expected": "#FFCB8F",
    "truth": "#F5C542",
    "edge": "#14171D",
    "label": "#C3CAD6",
    "grid": "#343C49",
    "band": "#FFFFFF",
}
SCALE = {"domain": [EMOTIONS[0] - 0.4, EMOTIONS[-1] + 0.8], "nice": False}
_ROUND = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z"
_FACE = f"{_ROUND}M-0.36,-0.38L-0.36,-0.16M0.36,-0.38L0.36,-0.16"
_FACES = {
    2: f"{_FACE}M-0.52,0.16Q0,0.95,0.52,0.16",
    1: f"{_FACE}M-0.45,0.28Q0,0.66,0.45,0.28",
    0: f"{_FACE}M-0.42,0.4L0.42,0.4",
    -1: f"{_FACE}M-0.45,0.54Q0,0.16,0.45,0.54",
    -2: f"{_FACE}M-0.52,0.66Q0,-0.12,0.52,0.66",
}
STAR = (
    "M0,-1L0.29,-0.4L0.95,-0.31L0.48,0.15L0.59,0.81L0,0.5L-0.59,0.81L-0.48,0.15L-0.95,-0.31"
    "L-0.29,-0.4Z"
)


def told_emotion(emotion: int, speak: Speaker) -> str:
    """Return an emotion as a number and a word."""
    return f"{signed(emotion) if emotion else 0} · {speak(EMOTION_WORDS[emotion])}"


def colours_of(*, is_dark: bool) -> Mapping[str, str]:
    """Return the colours to draw with."""
    return _DARK if is_dark else _LIGHT


def ground(
    bands: Sequence[Mapping[str, Any]],
    points: Sequence[Mapping[str, Any]],
    colours: Mapping[str, str],
    larger: float = 1.0,
) -> list[dict[str, Any]]:
    """Return a band for each stage with its name, and the names of touchpoints below.

    Args:
        bands: Each with its ``title``, its ``start``, ``middle`` and ``end`` in touchpoints, and
            its ``opacity``.
        points: Each with its ``label``, and whether it is a moment of ``truth``.
        colours: Those of `colours_of`.
        larger: How much larger letters are than on the page of journeys.
    """
    are_named = 0 < len(points) <= MOST_LABELS
    labels = json.dumps(["★ " * point["truth"] + point["label"] for point in points])
    names_below = {
        "title": None,
        "values": list(range(len(points))) if are_named else [],
        "labelExpr": f"{labels}[datum.value]",
        "labelAngle": -42,
        "labelAlign": "right",
        "labelLimit": 130 * larger**1.7,
        "labelOverlap": False,
        "labelColor": colours["label"],
        "labelFontSize": 11 * larger,
        "domain": False,
        "ticks": False,
        "grid": False,
    }
    end = max((band["end"] for band in bands), default=0.5)
    scale = {"domain": [-0.5, end], "nice": False, "zero": False}
    drawn = {
        "data": {"values": [*bands]},
        "mark": {"type": "rect"},
        "encoding": {
            "x": {**field("start"), "scale": scale, "axis": names_below},
            "x2": {"field": "end"},
            "color": {"value": colours["band"]},
            "opacity": {"field": "opacity", "type": "quantitative", "scale": None, "legend": None},
        },
    }
    names = {
        "data": {"values": [*bands]},
        "mark": {
            "type": "text",
            "baseline": "top",
            "fontSize": 12 * larger,
            "fontWeight": 600,
            "limit": 200 * larger,
            "dy": 2,
        },
        "encoding": {
            "x": field("middle"),
            "y": {"value": 0},
            "text": {"field": "title"},
            "color": {"value": colours["label"]},
        },
    }
    return [drawn, names]


def faces(colours: Mapping[str, str]) -> dict[str, Any]:
    """Return a face for each emotion, beside the axis."""
    return {
        "data": {"values": [{"emotion": each} for each in EMOTIONS]},
        "mark": {"type": "point", "size": 180, "filled": False, "strokeWidth": 1.4, "opacity": 1},
        "encoding": {
            "x": {"value": -ROOM_FOR_FACE / 2},
            "y": {**field("emotion"), "scale": SCALE},
            "color": {"value": colours["label"]},
            "shape": {
                "field": "emotion",
                "type": "nominal",
                "legend": None,
                "scale": {
                    "domain": [*EMOTIONS],
                    "range": [_FACES[each] for each in EMOTIONS],
                },
            },
        },
    }


def field(name: str) -> dict[str, str]:
    """Return a field of numbers, as Vega-Lite has it written."""
    return {"field": name, "type": "quantitative"}


def axis(speak: Speaker, colours: Mapping[str, str], larger: float = 1.0) -> dict[str, Any]:
    """Return the axis of emotions, each as a number and a word."""
    words = json.dumps({str(each): told_emotion(each, speak) for each in EMOTIONS})
    return {
        "title": None,
        "values": [*EMOTIONS],
        "labelExpr": f"{words}[datum.value]",
        "labelColor": colours["label"],
        "labelFontSize": 12 * larger,
        "labelLimit": 160 * larger,
        "labelOverlap": False,
        "labelPadding": ROOM_FOR_FACE,
        "domain": False,
        "ticks": False,
        "grid": True,
        "gridColor": colours["grid"],
    }
