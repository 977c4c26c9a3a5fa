"""What to do first: a matrix of effect and effort, and the reasons in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import streamlit as st

from charter.messages import N_, Speaker
from charter.pictures.svg import element, group, named, number, path, plain
from charter.priorities import GREAT_EFFECT, LITTLE_EFFORT, Quarter, RankedAction, Ranking
from charter.reports.names import Names
from charter.reports.priorities.telling import QUARTERS, in_short, sentence
from charter.studio import folding
from charter.studio.drawing import drawing
from charter.studio.in_turn import InTurn
from charter.studio.literal import literal
from charter.studio.ranked import show_ranked
from charter.studio.session import Session
from charter.usecases.priorities import first_to_do

MOST_SHOWN = 12
_WIDE, _HIGH = 0.3, 0.08
"""How wide and high a mark is, in the units of the axes."""
_WIDTH, _HEIGHT = 560, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 546, 16, 326
_LABEL = "light-dark(#3A4250, #C3CAD6)"
_NUMBER = "light-dark(#FFFFFF, #14171D)"
_COLOURS = {
    Quarter.QUICK_WIN: "light-dark(#10613A, #7FE0AE)",
    Quarter.FOUNDATION: "light-dark(#224E99, #B6CDFB)",
    Quarter.LATER: "light-dark(#8A4206, #FFCB8F)",
    Quarter.NOT_NOW: "light-dark(#4A5260, #C3CAD6)",
}
_SHAPES = {
    Quarter.QUICK_WIN: "M-12 0a12 12 0 1 0 24 0a12 12 0 1 0-24 0z",
    Quarter.FOUNDATION: "M-11-11h22v22h-22z",
    Quarter.LATER: "M0-16l15 25h-30z",
    Quarter.NOT_NOW: "M0-16l16 16l-16 16l-16-16z",
}
"""A circle, a square, a triangle, a diamond."""


def show_priorities(session: Session) -> None:
    """Show what to do first, once it is worked out."""
    st.header(session.speak(N_("What to do first")), anchor=False)
    show_ranked(session, InTurn(session.speak), partial(_show, session))


def _show(session: Session, found: Ranking) -> None:
    speak, names = session.speak, session.names
    if not found.actions:
        st.success(
            speak(N_("Nothing that a marker could help is broken.")), icon=":material/check_circle:"
        )
        return
    shown = first_to_do(found, MOST_SHOWN)
    chart, listed = st.columns([1, 1], gap="large")
    with chart:
        drawing(matrix(shown, names), key="priorities")
    with listed:
        _list(shown, session)
    _say_what_is_left(found, shown, session)


def _list(shown: tuple[RankedAction, ...], session: Session) -> None:
    told = []
    for quarter in Quarter:
        own = [action for action in shown if action.quarter is quarter]
        if own:
            told.append(f"**{literal(session.speak(QUARTERS[quarter]))}**")
        told.extend(_told(action, session) for action in own)
    st.markdown("\n\n".join(told))


def _told(action: RankedAction, session: Session) -> str:
    return f"{action.rank}\\. {literal(sentence(action, session.names))}"


def _say_what_is_left(found: Ranking, shown: tuple[RankedAction, ...], session: Session) -> None:
    """Tell the other ways to the same, and what there was no time for."""
    speak = session.speak
    others = [action for action in found.actions if action not in shown]
    if others:
        told = speak.many("{number} other way", "{number} other ways", len(others))
        with folding.expander(told, key="unfold-ways", icon=":material/alt_route:") as is_open:
            if is_open:
                st.markdown("\n\n".join(_told(action, session) for action in others))
    if found.untried:
        st.caption(
            speak.many(
                "There was no time to try {number} more.",
                "There was no time to try {number} more.",
                found.untried,
            )
        )


def matrix(actions: tuple[RankedAction, ...], names: Names) -> str:
    """Return the actions as numbered marks, by effort from left to right and effect upwards.

    It is SVG, 560 by 380; each mark tells what it is to those who point at it.
    """
    speak: Speaker = names.speak
    most = max(max(action.cost for action in actions) + 1, 2 * LITTLE_EFFORT)
    marks = (
        _mark(
            action,
            (_across(effort, most), _up(action.effect)),
            f"{action.rank}. {in_short(action, names)} · {speak(QUARTERS[action.quarter])}",
        )
        for action, effort in _apart(actions)
    )
    return element(
        "svg",
        *_ground(most, speak),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_label=speak(N_("Effect and effort of each action; the list beside it says the same.")),
    )


def _across(effort: float, most: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * effort / most


def _up(effect: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * effect


def _ground(most: float, speak: Speaker) -> Iterator[str]:
    """Yield the axes, and the lines between little and much."""
    for effort in range(math.floor(most) + 1):
        yield _label(speak.count(effort), (_across(effort, most), _BOTTOM + 22), "middle")
    for effect in (0.0, 0.5, 1.0):
        yield _label(speak.percent(effect), (_LEFT - 10, _up(effect) + 4), "end")
    middle = ((_LEFT + _RIGHT) / 2, (_TOP + _BOTTOM) / 2)
    yield _label(speak(N_("Effort")), (middle[0], _BOTTOM + 46), "middle")
    upright = _label(speak(N_("Effect")), (0, 0), "middle")
    yield group(upright, transform=f"translate(14 {number(middle[1])}) rotate(-90)")
    across, up = _across(LITTLE_EFFORT + 0.5, most), _up(GREAT_EFFECT)
    lines = f"M{number(across)} {_TOP}V{_BOTTOM}M{_LEFT} {number(up)}H{_RIGHT}"
    yield path(lines, stroke=_LABEL, stroke_dasharray="4 4")


def _label(words: str, at: tuple[float, float], anchor: str) -> str:
    x, y = at
    return element("text", plain(words), x=x, y=y, fill=_LABEL, font_size=13, text_anchor=anchor)


def _mark(action: RankedAction, at: tuple[float, float], told: str) -> str:
    """Return a mark with its number; its shape tells the quarter as well as its colour does."""
    x, y = at
    return group(
        named(told),
        path(_SHAPES[action.quarter], fill=_COLOURS[action.quarter]),
        element(
            "text",
            str(action.rank),
            y=4,
            fill=_NUMBER,
            font_size=11,
            font_weight=700,
            text_anchor="middle",
        ),
        transform=f"translate({number(x)} {number(y)})",
    )


def _apart(actions: tuple[RankedAction, ...]) -> Iterator[tuple[RankedAction, float]]:
    """Yield each action with the effort to draw it at, so that none lies on another."""
    drawn: list[tuple[float, float]] = []
    for action in actions:
        effort = float(action.cost)
        while any(abs(effort - x) < _WIDE and abs(action.effect - y) < _HIGH for x, y in drawn):
            effort += _WIDE
        drawn.append((effort, action.effect))
        yield action, effort
