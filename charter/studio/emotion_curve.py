"""How people feel along a journey, drawn as a curve, with its table beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from charter.emotions import EmotionCurve, StageFeeling, emotion_curve
from charter.messages import N_
from charter.reports.words import amount
from charter.studio import emotion_ground, folding
from charter.studio.emotion_ground import SCALE, STAR, axis, faces, field, ground
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.session import Session
from charter.studio.words import BASES

HEIGHT = 340
MOST_POINTS = 150
"""More touchpoints aren't drawn one by one: only what stages feel like."""


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
            alt=speak.naming(
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
    return emotion_ground.told_emotion(emotion, view.speak)


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
    colours = emotion_ground.colours_of(is_dark=is_dark)
    is_large = len(curve.points) > MOST_POINTS
    bands = list(_bands(curve, view, is_large=is_large))
    points = [] if is_large else list(_points(curve, view))
    return {
        "height": HEIGHT,
        "config": {"view": {"stroke": None}},
        "resolve": {"scale": {"shape": "independent"}},
        "layer": [
            *ground(bands, points, colours),
            faces(colours),
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


def _curve_layers(
    points: list[dict[str, Any]], view: JourneyView, colours: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the line, broken where nothing is written, its points, and stars."""
    speak = view.speak
    said = [point for point in points if point["emotion"] is not None]
    base = {
        "x": field("place"),
        "y": {**field("emotion"), "scale": SCALE, "axis": axis(view.speak, colours)},
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
        "shape": STAR,
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
            "x": field("start"),
            "x2": {"field": "end"},
            "y": {**field("expected"), "scale": SCALE, "axis": axis(view.speak, colours)},
            "color": {"value": colours["expected"]},
            "tooltip": [
                {"field": "stage", "title": speak(N_("Stage"))},
                {"field": "told", "title": speak(N_("A visit feels like, on average"))},
            ],
        },
    }
