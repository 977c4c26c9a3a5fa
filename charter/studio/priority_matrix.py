"""What to do first: a matrix of effect and effort, and the reasons in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import streamlit as st

from charter.messages import N_, Speaker
from charter.priorities import GREAT_EFFECT, LITTLE_EFFORT, Quarter, RankedAction, Ranking
from charter.reports.names import Names
from charter.reports.priorities.telling import QUARTERS, in_short, sentence
from charter.studio import folding
from charter.studio.in_turn import InTurn
from charter.studio.literal import literal
from charter.studio.ranked import show_ranked
from charter.studio.session import Session
from charter.usecases.priorities import first_to_do

MOST_SHOWN = 12
_WIDE, _HIGH = 0.3, 0.08
"""How wide and high a mark is, in the units of the axes."""
_COLOURS = {
    Quarter.QUICK_WIN: ("#10613A", "#7FE0AE"),
    Quarter.FOUNDATION: ("#224E99", "#B6CDFB"),
    Quarter.LATER: ("#8A4206", "#FFCB8F"),
    Quarter.NOT_NOW: ("#4A5260", "#C3CAD6"),
}
_SHAPES = {
    Quarter.QUICK_WIN: "circle",
    Quarter.FOUNDATION: "square",
    Quarter.LATER: "triangle-up",
    Quarter.NOT_NOW: "diamond",
}


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
        is_dark = st.context.theme.type == "dark"
        st.vega_lite_chart(
            spec=matrix(shown, names, is_dark=is_dark),
            width="stretch",
            key="priorities",
            alt=speak(N_("Effect and effort of each action; the list beside it says the same.")),
        )
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


def matrix(actions: tuple[RankedAction, ...], names: Names, *, is_dark: bool) -> dict[str, Any]:
    """Return the actions as numbered marks, by effort from left to right and effect upwards.

    It is a Vega-Lite specification.
    """
    speak: Speaker = names.speak
    label = "#C3CAD6" if is_dark else "#3A4250"
    rows = [
        {
            "rank": str(action.rank),
            "effort": effort,
            "effect": action.effect,
            "quarter": speak(QUARTERS[action.quarter]),
            "what": in_short(action, names),
        }
        for action, effort in _apart(actions)
    ]
    most = max(action.cost for action in actions)
    axis = {"grid": False, "labelColor": label, "titleColor": label}
    base = {
        "x": {
            "field": "effort",
            "type": "quantitative",
            "title": speak(N_("Effort")),
            "scale": {"domain": [0, max(most + 1, 2 * LITTLE_EFFORT)]},
            "axis": {**axis, "tickMinStep": 1},
        },
        "y": {
            "field": "effect",
            "type": "quantitative",
            "title": speak(N_("Effect")),
            "scale": {"domain": [0, 1]},
            "axis": {**axis, "format": "%", "values": [0, 0.5, 1]},
        },
        "tooltip": [
            {"field": "what", "type": "nominal", "title": speak(N_("What"))},
            {"field": "quarter", "type": "nominal", "title": speak(N_("Where it lies"))},
        ],
    }
    lines = [
        {
            "data": {"values": [{"at": at}]},
            "mark": {"type": "rule", "strokeDash": [4, 4], "color": label, "opacity": 0.5},
            "encoding": {side: {"field": "at", "type": "quantitative"}},
        }
        for side, at in (("x", LITTLE_EFFORT + 0.5), ("y", GREAT_EFFECT))
    ]
    marks = {
        "data": {"values": rows},
        "mark": {"type": "point", "size": 420, "filled": True, "opacity": 1},
        "encoding": {
            **base,
            "color": _by_quarter([_COLOURS[each][is_dark] for each in Quarter], speak),
            "shape": _by_quarter([_SHAPES[each] for each in Quarter], speak),
        },
    }
    numbers = {
        "data": {"values": rows},
        "mark": {"type": "text", "fontSize": 11, "fontWeight": 700},
        "encoding": {
            **base,
            "text": {"field": "rank", "type": "nominal"},
            "color": {"value": "#14171D" if is_dark else "#FFFFFF"},
        },
    }
    return {
        "height": 380,
        "config": {"view": {"stroke": None}},
        "layer": [*lines, marks, numbers],
    }


def _by_quarter(looks: list[str], speak: Speaker) -> dict[str, Any]:
    quarters = [speak(QUARTERS[each]) for each in Quarter]
    return {
        "field": "quarter",
        "type": "nominal",
        "scale": {"domain": quarters, "range": looks},
        "legend": None,
    }


def _apart(actions: tuple[RankedAction, ...]) -> Iterator[tuple[RankedAction, float]]:
    """Yield each action with the effort to draw it at, so that none lies on another."""
    drawn: list[tuple[float, float]] = []
    for action in actions:
        effort = float(action.cost)
        while any(abs(effort - x) < _WIDE and abs(action.effect - y) < _HIGH for x, y in drawn):
            effort += _WIDE
        drawn.append((effort, action.effect))
        yield action, effort
