"""The touchpoints of a journey as a grid, edited in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from charter.expressing import is_bilingual
from charter.grids import Edits, Unfinished, touchpoint_amendments
from charter.messages import N_, Speaker
from charter.studio import work
from charter.studio.cells import editor_key
from charter.studio.chosen_touchpoint import told_apart, written_journey
from charter.studio.session import Session, current
from charter.studio.words import EMOTION_WORDS, marker_label
from journeys.model import Journey

COLUMNS = {
    "name": N_("Touchpoint"),
    "stage": N_("Stage"),
    "channels": N_("Channels"),
    "markers": N_("Markers"),
    "emotion": N_("Emotion"),
    "moment-of-truth": N_("Moment of truth"),
    "segments": N_("For whom"),
    "owner": N_("Owner"),
    "from": N_("From"),
    "to": N_("To"),
    "share": N_("Share"),
}


def show_touchpoint_grid(session: Session, journey: Journey) -> None:
    """Show the grid."""
    speak, names = session.speak, session.names
    charter = session.written.charter
    stages, channels, segments = (
        told_apart({each.id: names.of(what, each.id) for each in listed})
        for what, listed in (
            ("stage", charter.stages),
            ("channel", charter.channels),
            ("segment", charter.all_segments),
        )
    )
    markers = told_apart({each.id: marker_label(each.id, names) for each in charter.markers})
    rows: list[dict[str, Any]] = [
        {
            "name": each.named(speak.language),
            "stage": each.stage,
            "channels": list(each.channel_shares),
            "markers": list(dict.fromkeys(tag.marker for tag in each.markers)),
            "emotion": each.emotion,
            "moment-of-truth": each.moment_of_truth,
            "segments": list(each.segments or ()),
            "owner": each.owner,
        }
        for each in journey.touchpoints
    ]
    titles = {each: speak(told) for each, told in COLUMNS.items()}
    st.caption(
        speak(
            N_(
                "Double-click a cell to change it. A line typed below the last one is a new "
                "touchpoint."
            )
        )
    )
    key = editor_key(f"touchpoints-{journey.id}", rows, session)
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        width="stretch",
        num_rows="dynamic" if session.can_edit else "fixed",
        disabled=not session.can_edit,
        column_config={
            "name": st.column_config.TextColumn(titles["name"], pinned=True, width=210),
            "stage": _one(titles["stage"], stages, 120),
            "channels": _several(titles["channels"], channels, 170),
            "markers": _several(titles["markers"], markers, 330),
            "emotion": _one(
                titles["emotion"],
                {each: speak(EMOTION_WORDS[each]) for each in sorted(EMOTION_WORDS)},
                110,
            ),
            "moment-of-truth": st.column_config.CheckboxColumn(
                titles["moment-of-truth"], width=120
            ),
            "segments": _several(titles["segments"], segments, 160),
            "owner": st.column_config.TextColumn(titles["owner"], width=150),
        },
        alt=speak(N_("Touchpoints as a grid")),
        on_change=_change,
        args=(key, journey.id),
    )


def _one(label: str, options: Mapping[Any, str], width: int) -> Any:
    return st.column_config.SelectboxColumn(
        label,
        options=list(options),
        format_func=lambda each: options.get(each, str(each)),
        width=width,
    )


def _several(label: str, options: Mapping[str, str], width: int) -> Any:
    return st.column_config.MultiselectColumn(
        label,
        options=list(options),
        color="auto",
        format_func=lambda each: options.get(str(each), str(each)),
        width=width,
    )


def edits_of(state: Mapping[str, Any]) -> Edits:
    """Return what Streamlit says of its editor, as a value."""
    return Edits(
        {int(number): cells for number, cells in (state.get("edited_rows") or {}).items()},
        [cells for cells in state.get("added_rows") or () if any(cells.values())],
        list(state.get("deleted_rows") or ()),
    )


def told_missing(unfinished: Unfinished, speak: Speaker) -> str:
    """Return the sentence that says what a new line lacks."""
    told = speak.all_of(speak(COLUMNS[each]) for each in unfinished.columns)
    return speak(N_("The line isn't complete yet: {columns} is missing."), columns=told)


def _change(key: str, identifier: str) -> None:
    session = current()
    journey = written_journey(session, identifier)
    if journey is None:
        return
    try:
        made = touchpoint_amendments(
            journey,
            edits_of(st.session_state[key]),
            str(session.speak.language),
            is_by_language=is_bilingual(session.written.charter),
        )
    except Unfinished as unfinished:
        work.refuse(told_missing(unfinished, session.speak))
        return
    if made:
        work.amend(made, N_("Grid of touchpoints changed"))
