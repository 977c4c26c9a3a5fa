"""Markers by segments: how each is adapted, edited in place."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from charter.brand import Priority, Segment
from charter.expressing import adapted, cell, segments_by_priority
from charter.messages import N_
from charter.studio import work
from charter.studio.cells import cell_edits, editor_key, marker_amendments, texts_config
from charter.studio.session import Session, current
from charter.studio.words import marker_label

_MARKER = "marker"
_KEY = "adaptations"


def show_adaptation_table(session: Session) -> None:
    """Show the table: the segments that come first for the brand stand first."""
    speak, charter, names = session.speak, session.written.charter, session.names
    segments = segments_by_priority(charter)
    if not segments:
        st.caption(speak(N_("No segment is declared, so there is nobody to adapt a marker to.")))
        return
    st.caption(
        speak(
            N_(
                "Double-click a cell to write how a marker is modulated for a segment. Nothing "
                "written: as for everybody. A star marks the segments that come first."
            )
        )
    )
    language = str(speak.language)
    columns = [segment.id for segment in segments]
    rows = []
    for marker in charter.markers:
        cells = {s: cell(marker.adaptations.get(s), language) for s in columns}
        rows.append({_MARKER: marker_label(marker.id, names), **cells})
    key = editor_key(_KEY, rows, session)
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        width="stretch",
        height="content",
        row_height=72,
        disabled=not session.can_edit or [_MARKER],
        column_config={
            _MARKER: st.column_config.TextColumn(
                speak(N_("Marker")), pinned=True, width=190, disabled=True
            ),
            **texts_config({segment.id: _title(session, segment) for segment in segments}),
        },
        alt=speak(N_("How each marker is adapted to each segment")),
        on_change=_change,
        args=(key, [marker.id for marker in charter.markers], columns),
    )


def _title(session: Session, segment: Segment) -> str:
    name = session.names.of("segment", segment.id)
    return f"★ {name}" if segment.priority is Priority.HIGH else name


def _change(key: str, markers: Sequence[str], segments: Sequence[str]) -> None:
    session = current()
    edits = list(cell_edits(st.session_state[key], markers, segments))
    made = marker_amendments(session.files, edits, str(session.speak.language), adapted)
    if made:
        names = session.names
        work.amend(
            made,
            N_("How “{name}” is adapted to “{segment}” said otherwise"),
            name=names.of("marker", edits[0].row),
            segment=names.of("segment", edits[0].column),
        )
