"""How people feel along a journey, drawn as a curve, with its table beside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from charter.emotions import EMOTIONS, EmotionCurve, StageFeeling, emotion_curve
from charter.messages import N_
from charter.reports.words import amount
from charter.studio import folding
from charter.studio.journey_view import JourneyView, Looking, signed
from charter.studio.session import Session
from charter.studio.words import BASES, EMOTION_WORDS

HEIGHT = 340
MOST_LABELS = 45
"""More touchpoints can't be named below the curve."""
MOST_POINTS = 150
"""More touchpoints aren't drawn one by one: only what stages feel like."""
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
_SCALE = {"domain": [EMOTIONS[0] - 0.4, EMOTIONS[-1] + 0.8], "nice": False}
_ROUND = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z"
_FACE = f"{_ROUND}M-0.36,-0.38L-0.36,-0.16M0.36,-0.38L0.36,-0.16"
_FACES = {
    2: f"{_FACE}M-0.52,0.16Q0,0.95,0.52,0.16",
    1: f"{_FACE}M-0.45,0.28Q0,0.66,0.45,0.28",
    0: f"{_FACE}M-0.42,0.4L0.42,0.4",
    -1: f"{_FACE}M-0.45,0.54Q0,0.16,0.45,0.54",
    -2: f"{_FACE}M-0.52,0.66Q0,-0.12,0.52,0.66",
}
_STAR = (
    "M0,-1L0.29,-0.4L0.95,-0.31L0.48,0.15L0.59,0.81L0,0.5L-0.59,0.81L-0.48,0.15L-0.95,-0.31"
    "L-0.29,-0.4Z"
)


def show_emotions(session: Session, view: JourneyView, looking: Looking) -> None:
    """Show how the segment looked at feels along the journey, or everyone."""
    speak = session.speak
    segment = looking.segment if looking.segment in view.segments() else None
    curve = emotion_curve(view.setting, segment)
    who = session.names.of("segment", segment) if segment else speak(N_("Everyone"))
    if not curve.is_said:
        st.caption(
            speak(
                N_(
                    "No touchpoint on these paths says how people feel there: write an emotion, "
                    "from −2 to 2, to see the curve."
                )
            )
        )
        return
    is_dark = st.context.theme.type == "dark"
    with st.container(key="emotions"):
        st.vega_lite_chart(
            spec=emotion_chart(curve, view, is_dark=is_dark),
            width="stretch",
            alt=speak(
                N_(
                    "How people feel along the journey “{journey}” ({who}); the table says the "
                    "same."
                ),
                journey=view.title(),
                who=who,
            ),
        )
    told = [speak(N_(":material/star: moment of truth"))]
    if any(stage.expected is not None for stage in curve.stages):
        told.append(speak(N_("dashed line: what a visit to the stage feels like on average")))
    if curve.basis:
        told.append(speak(BASES[curve.basis]))
    st.caption(" · ".join(told))
    with folding.expander(speak(N_("Emotions as a table")), key="unfold-emotions") as is_open:
        if not is_open:
            return
        st.dataframe(
            list(stage_rows(curve, view)), hide_index=True, width="stretch", key="emotion-stages"
        )
        if len(curve.points) <= MOST_POINTS:
            st.dataframe(
                list(emotion_rows(curve, view)),
                hide_index=True,
                width="stretch",
                key="emotion-table",
            )


def emotion_rows(curve: EmotionCurve, view: JourneyView) -> Iterator[dict[str, object]]:
    """Yield one row for each touchpoint, in the journey's order."""
    speak = view.speak
    for point in curve.points:
        yield {
            speak(N_("Stage")): view.names.of("stage", point.stage),
            speak(N_("Touchpoint")): view.names.stop(view.id, point.touchpoint),
            speak(N_("Emotion")): told_emotion(point.emotion, view),
            speak(N_("Moment of truth")): speak(N_("yes")) if point.is_moment_of_truth else "",
            speak(N_("Visits for each customer")): _visits(point.visits, view),
        }


def stage_rows(curve: EmotionCurve, view: JourneyView) -> Iterator[dict[str, object]]:
    """Yield one row for each stage."""
    speak = view.speak
    for stage in curve.stages:
        yield {
            speak(N_("Stage")): view.names.of("stage", stage.stage),
            speak(N_("A visit feels like, on average")): _decimal(stage.expected, view),
            speak(N_("Share of visits where an emotion is written")): (
                "" if stage.said is None else speak.percent(stage.said)
            ),
        }


def told_emotion(emotion: int | None, view: JourneyView) -> str:
    """Return an emotion as a number and a word; that nothing is written, where nothing is."""
    if emotion is None:
        return view.speak(N_("not written"))
    return f"{signed(emotion) if emotion else 0} · {view.speak(EMOTION_WORDS[emotion])}"


def _visits(visits: float | None, view: JourneyView) -> str:
    return "" if visits is None else amount(visits, view.speak)


def _decimal(number: float | None, view: JourneyView) -> str:
    if number is None:
        return view.speak(N_("not written"))
    rounded = round(number, 1)
    sign = "" if not rounded else "+" if rounded > 0 else "−"
    return f"{sign}{amount(abs(rounded), view.speak)}"


def emotion_chart(curve: EmotionCurve, view: JourneyView, *, is_dark: bool) -> dict[str, Any]:
    """Return the curve: stages as bands, touchpoints as points, stars for moments of truth.

    It is a Vega-Lite specification, written down: making it with Altair takes a quarter of a
    second, at each change of the journey.
    """
    colours = _DARK if is_dark else _LIGHT
    is_large = len(curve.points) > MOST_POINTS
    bands = list(_bands(curve, view, is_large=is_large))
    points = [] if is_large else list(_points(curve, view))
    return {
        "height": HEIGHT,
        "config": {"view": {"stroke": None}},
        "resolve": {"scale": {"shape": "independent"}},
        "layer": [
            *_ground(bands, points, colours),
            _faces(colours),
            *_curve_layers(points, view, colours),
            _expected(bands, view, colours),
        ],
    }


def _bands(curve: EmotionCurve, view: JourneyView, *, is_large: bool) -> Iterator[dict[str, Any]]:
    start = 0
    for number, stage in enumerate(curve.stages):
        inside = sum(point.stage == stage.stage for point in curve.points)
        end = start + (1 if is_large else inside)
        yield {
            "stage": view.names.of("stage", stage.stage),
            "title": _title(stage, view),
            "start": start - 0.5,
            "end": end - 0.5,
            "middle": (start + end - 1) / 2,
            "opacity": 0.0 if number % 2 else 0.05,
            "expected": stage.expected,
            "told": _decimal(stage.expected, view),
        }
        start = end


def _title(stage: StageFeeling, view: JourneyView) -> str:
    name = view.names.of("stage", stage.stage)
    return name if stage.expected is None else f"{name} · {_decimal(stage.expected, view)}"


def _points(curve: EmotionCurve, view: JourneyView) -> Iterator[dict[str, Any]]:
    """Yield the touchpoints; those between two gaps share a run, which is drawn as one line."""
    run = 0
    for place, point in enumerate(curve.points):
        run += point.emotion is None
        yield {
            "place": place,
            "label": view.names.stop(view.id, point.touchpoint),
            "stage": view.names.of("stage", point.stage),
            "emotion": point.emotion,
            "told": told_emotion(point.emotion, view),
            "truth": point.is_moment_of_truth,
            "run": run,
        }


def _ground(
    bands: list[dict[str, Any]], points: list[dict[str, Any]], colours: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return a band for each stage with its name, and the names of touchpoints below."""
    are_named = 0 < len(points) <= MOST_LABELS
    labels = json.dumps(["★ " * point["truth"] + point["label"] for point in points])
    axis = {
        "title": None,
        "values": list(range(len(points))) if are_named else [],
        "labelExpr": f"{labels}[datum.value]",
        "labelAngle": -42,
        "labelAlign": "right",
        "labelLimit": 130,
        "labelOverlap": False,
        "labelColor": colours["label"],
        "labelFontSize": 11,
        "domain": False,
        "ticks": False,
        "grid": False,
    }
    end = max((band["end"] for band in bands), default=0.5)
    scale = {"domain": [-0.5, end], "nice": False, "zero": False}
    ground = {
        "data": {"values": bands},
        "mark": {"type": "rect"},
        "encoding": {
            "x": {**_field("start"), "scale": scale, "axis": axis},
            "x2": {"field": "end"},
            "color": {"value": colours["band"]},
            "opacity": {"field": "opacity", "type": "quantitative", "scale": None, "legend": None},
        },
    }
    names = {
        "data": {"values": bands},
        "mark": {
            "type": "text",
            "baseline": "top",
            "fontSize": 12,
            "fontWeight": 600,
            "limit": 200,
            "dy": 2,
        },
        "encoding": {
            "x": _field("middle"),
            "y": {"value": 0},
            "text": {"field": "title"},
            "color": {"value": colours["label"]},
        },
    }
    return [ground, names]


def _faces(colours: Mapping[str, str]) -> dict[str, Any]:
    """Return a face for each emotion, beside the axis."""
    return {
        "data": {"values": [{"emotion": each} for each in EMOTIONS]},
        "mark": {"type": "point", "size": 180, "filled": False, "strokeWidth": 1.4, "opacity": 1},
        "encoding": {
            "x": {"value": -ROOM_FOR_FACE / 2},
            "y": {**_field("emotion"), "scale": _SCALE},
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


def _curve_layers(
    points: list[dict[str, Any]], view: JourneyView, colours: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the line, broken where nothing is written, its points, and stars."""
    speak = view.speak
    said = [point for point in points if point["emotion"] is not None]
    base = {
        "x": _field("place"),
        "y": {**_field("emotion"), "scale": _SCALE, "axis": _axis(view, colours)},
        "tooltip": [
            {"field": "label", "title": speak(N_("Touchpoint"))},
            {"field": "stage", "title": speak(N_("Stage"))},
            {"field": "told", "title": speak(N_("Emotion"))},
        ],
    }
    line = {
        "data": {"values": said},
        "mark": {"type": "line", "strokeWidth": 2.5, "interpolate": "monotone"},
        "encoding": {
            **base,
            "detail": {"field": "run", "type": "nominal"},
            "color": {"value": colours["line"]},
        },
    }
    plain = {"type": "point", "size": 80, "filled": True, "fill": colours["line"], "opacity": 1}
    star = {
        "type": "point",
        "shape": _STAR,
        "size": 330,
        "filled": True,
        "fill": colours["truth"],
        "stroke": colours["edge"],
        "strokeWidth": 1,
        "opacity": 1,
    }
    dots = [
        {
            "data": {"values": [point for point in said if point["truth"] is is_truth]},
            "mark": mark,
            "encoding": base,
        }
        for is_truth, mark in ((False, plain), (True, star))
    ]
    return [line, *dots]


def _expected(
    bands: list[dict[str, Any]], view: JourneyView, colours: Mapping[str, str]
) -> dict[str, Any]:
    """Return what a visit to each stage feels like, as a dashed line across it."""
    speak = view.speak
    return {
        "data": {"values": [band for band in bands if band["expected"] is not None]},
        "mark": {"type": "rule", "strokeDash": [6, 4], "strokeWidth": 2},
        "encoding": {
            "x": _field("start"),
            "x2": {"field": "end"},
            "y": {**_field("expected"), "scale": _SCALE, "axis": _axis(view, colours)},
            "color": {"value": colours["expected"]},
            "tooltip": [
                {"field": "stage", "title": speak(N_("Stage"))},
                {"field": "told", "title": speak(N_("A visit feels like, on average"))},
            ],
        },
    }


def _field(name: str) -> dict[str, str]:
    return {"field": name, "type": "quantitative"}


def _axis(view: JourneyView, colours: Mapping[str, str]) -> dict[str, Any]:
    words = json.dumps({str(each): told_emotion(each, view) for each in EMOTIONS})
    return {
        "title": None,
        "values": [*EMOTIONS],
        "labelExpr": f"{words}[datum.value]",
        "labelColor": colours["label"],
        "labelFontSize": 12,
        "labelLimit": 160,
        "labelOverlap": False,
        "labelPadding": ROOM_FOR_FACE,
        "domain": False,
        "ticks": False,
        "grid": True,
        "gridColor": colours["grid"],
    }
