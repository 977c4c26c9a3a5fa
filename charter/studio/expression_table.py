"""Markers by channels: how each shows, edited in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from charter.expressing import (
    LEFT_OUT,
    WantsAReason,
    expressed,
    expression_cell,
)
from charter.messages import N_
from charter.studio import work
from charter.studio.cells import cell_edits, editor_key, marker_amendments, texts_config
from charter.studio.session import Session, current
from charter.studio.words import marker_label

_MARKER, _MISSING = "marker", "missing"
_CHANNELS = "expression-channels"
_KEY = "expressions"


def show_expression_table(session: Session, gaps: Mapping[str, tuple[str, ...]]) -> None:
    """Show the table. ``gaps`` are by marker the channels that it is used on without a word."""
    speak, charter = session.speak, session.written.charter
    names = session.names
    st.caption(
        speak(
            N_(
                "Double-click a cell to write. Nothing written: nothing is said. A line that "
                "begins with {dash} says why the marker deliberately doesn't show there."
            ),
            dash=LEFT_OUT,
        )
    )
    if gaps:
        number = sum(map(len, gaps.values()))
        told = speak.many(
            "{number} expression is still to be written: its marker is used on the channel, and "
            "nothing says how it shows. See the column “Still to write”.",
            "{number} expressions are still to be written: their markers are used on the channel, "
            "and nothing says how they show. See the column “Still to write”.",
            number,
        )
        st.markdown(f":orange[:material/edit_note: {told}]")
    chosen = st.pills(
        speak(N_("Channels")),
        [channel.id for channel in charter.channels],
        format_func=lambda channel: names.of("channel", channel),
        selection_mode="multi",
        key=_CHANNELS,
        persist_state="page",
    )
    shown = [c.id for c in charter.channels if not chosen or c.id in chosen]
    language = str(speak.language)
    rows = [
        {
            _MARKER: marker_label(marker.id, names),
            _MISSING: ", ".join(names.of("channel", c) for c in gaps.get(marker.id, ())),
            **{c: expression_cell(marker.expressions.get(c), language) for c in shown},
        }
        for marker in charter.markers
    ]
    columns = [_MARKER, *([_MISSING] if gaps else []), *shown]
    key = editor_key(_KEY, rows, session)
    st.data_editor(
        [{name: row[name] for name in columns} for row in rows],
        key=key,
        hide_index=True,
        width="stretch",
        height="content",
        row_height=92,
        disabled=not session.can_edit or [_MARKER, _MISSING],
        column_config={
            _MARKER: st.column_config.TextColumn(
                speak(N_("Marker")), pinned=True, width=190, disabled=True
            ),
            **texts_config({c: names.of("channel", c) for c in shown}),
            _MISSING: st.column_config.TextColumn(
                speak(N_("Still to write")), width=160, disabled=True
            ),
        },
        alt=speak(N_("How each marker shows on each channel")),
        on_change=_change,
        args=(key, [marker.id for marker in charter.markers], shown),
    )


def _change(key: str, markers: Sequence[str], channels: Sequence[str]) -> None:
    session = current()
    edits = list(cell_edits(st.session_state[key], markers, channels))
    try:
        made = marker_amendments(session.files, edits, str(session.speak.language), expressed)
    except WantsAReason:
        told = N_("Behind {dash}, say in a few words why the marker doesn't show there.")
        work.refuse(session.speak(told, dash=LEFT_OUT))
        return
    if not made:
        return
    names = session.names
    work.amend(
        made,
        N_("How “{marker}” shows on “{channel}” said otherwise"),
        marker=names.of("marker", edits[0].row),
        channel=names.of("channel", edits[0].column),
    )
