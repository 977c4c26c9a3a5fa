"""How people feel along a journey, drawn as a curve, with its table beside."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import streamlit as st

from charter.emotions import EmotionCurve, Feeling, StageFeeling, emotion_curve
from charter.messages import N_
from charter.pictures.svg import curve_through, element, group, named, number, path
from charter.reports.words import amount
from charter.studio import emotion_ground, folding
from charter.studio.drawing import drawing
from charter.studio.emotion_ground import LINE, Band, Ground
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.session import Session
from charter.studio.words import BASES

WIDTH, HEIGHT = 800, 350
MOST_POINTS = 150
"""More touchpoints aren't drawn one by one: only what stages feel like."""
_EXPECTED = "light-dark(#8A4206, #FFCB8F)"
_TRUTH = "light-dark(#F7B500, #F5C542)"
_EDGE = "light-dark(#3B2600, #14171D)"
_STAR = "M0-10L2.9-4 9.5-3.1 4.8 1.5 5.9 8.1 0 5-5.9 8.1-4.8 1.5-9.5-3.1-2.9-4Z"


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
    shown = speak.naming(
        N_("How people feel along the journey “{journey}” ({who}); the table says the same."),
        journey=view.title(),
        who=who,
    )
    drawing(emotion_picture(curve, view, shown), key="emotions")
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


def emotion_picture(curve: EmotionCurve, view: JourneyView, told: str) -> str:
    """Return the curve as SVG: stages as bands, touchpoints as dots, moments of truth as stars.

    A journey of more than `MOST_POINTS` touchpoints is drawn by its stages alone.
    """
    points = curve.points if len(curve.points) <= MOST_POINTS else ()
    stages = [sum(point.stage == stage.stage for point in points) for stage in curve.stages]
    ground = Ground(
        WIDTH,
        HEIGHT,
        [
            Band(view.names.of("stage", stage.stage), columns if points else 1, _note(stage, view))
            for stage, columns in zip(curve.stages, stages, strict=True)
        ],
        ["★ " * point.is_moment_of_truth + _named(point, view) for point in points],
        view.speak,
    )
    drawn = (_line(points, ground), _expected(curve, ground), _marks(points, ground, view))
    return ground.picture(told, *itertools.chain(*drawn))


def _note(stage: StageFeeling, view: JourneyView) -> str:
    return "" if stage.expected is None else f" · {_decimal(stage.expected, view)}"


def _named(point: Feeling, view: JourneyView) -> str:
    return view.names.stop(view.id, point.touchpoint)


def _line(points: Sequence[Feeling], ground: Ground) -> Iterator[str]:
    """Yield the curve, broken where nothing is written."""
    at: list[tuple[float, float]] = []
    for place, point in enumerate((*points, None)):
        if point is not None and point.emotion is not None:
            at.append((ground.across(place), ground.up(point.emotion)))
            continue
        if len(at) > 1:
            yield path(curve_through(at), fill="none", stroke=LINE, stroke_width=2.5)
        at = []


def _marks(points: Sequence[Feeling], ground: Ground, view: JourneyView) -> Iterator[str]:
    """Yield a dot or a star for each touchpoint, which says what it is to who points at it."""
    for place, point in enumerate(points):
        if point.emotion is None:
            continue
        x, y = ground.across(place), ground.up(point.emotion)
        stage = view.names.of("stage", point.stage)
        told = f"{_named(point, view)} · {stage} · {told_emotion(point.emotion, view)}"
        if point.is_moment_of_truth:
            mark = path(
                _STAR,
                transform=f"translate({number(x)} {number(y)})",
                fill=_TRUTH,
                stroke=_EDGE,
                stroke_linejoin="round",
            )
        else:
            mark = element("circle", cx=x, cy=y, r=5, fill=LINE)
        yield group(named(told), mark)


def _expected(curve: EmotionCurve, ground: Ground) -> Iterator[str]:
    """Yield what a visit to each stage feels like, as a dashed line across it."""
    start = 0
    for stage, band in zip(curve.stages, ground.bands, strict=True):
        end = start + band.columns
        if stage.expected is not None:
            y = number(ground.up(stage.expected))
            left, right = number(ground.across(start - 0.5)), number(ground.across(end - 0.5))
            line = path(
                f"M{left} {y}H{right}",
                stroke=_EXPECTED,
                stroke_width=2,
                stroke_dasharray="6 4",
            )
            yield group(named(band.title + band.note), line)
        start = end
