"""The ways on of a journey as a grid, with their shares, edited in place."""

from __future__ import annotations

from typing import Any

import streamlit as st

from charter.grids import Unfinished, transition_amendments, way_rows
from charter.messages import N_
from charter.studio import work
from charter.studio.cells import editor_key
from charter.studio.chosen_touchpoint import told_apart, touchpoint_names, written_journey
from charter.studio.session import Session, current
from charter.studio.touchpoint_grid import COLUMNS, edits_of, told_missing
from journeys.model import Journey, Shares


def show_transition_grid(session: Session, journey: Journey) -> None:
    """Show the grid. Where a share goes by segment, it is changed beside the map."""
    speak = session.speak
    names = touchpoint_names(session, journey)
    segments = told_apart(
        {
            each.id: session.names.of("segment", each.id)
            for each in session.written.charter.all_segments
        }
    )
    ways = [(each, way) for each in journey.touchpoints for way in each.next]
    rows: list[dict[str, Any]] = [
        {
            "from": source,
            "to": to,
            "share": way.share.everyone if way.share else None,
            "by-segment": _told(session, way.share),
            "segments": list(way.segments or ()),
        }
        for (source, to, _), (_, way) in zip(way_rows(journey), ways, strict=True)
    ]
    titles = {each: speak(told) for each, told in COLUMNS.items()}
    st.caption(
        speak(
            N_("Double-click a share to change it. A line typed below the last one is a new way.")
        )
    )
    key = editor_key(f"ways-{journey.id}", rows, session)
    ends = {
        each: st.column_config.SelectboxColumn(
            titles[each],
            options=list(names),
            format_func=lambda id: names.get(str(id), str(id)),
            width=230,
        )
        for each in ("from", "to")
    }
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        width="stretch",
        num_rows="dynamic" if session.can_edit else "fixed",
        disabled=["by-segment"] if session.can_edit else True,
        column_config={
            **ends,
            "share": st.column_config.NumberColumn(titles["share"], min_value=0, width=90),
            "by-segment": st.column_config.TextColumn(
                speak(N_("Shares by segment")), width=260, disabled=True
            ),
            "segments": st.column_config.MultiselectColumn(
                titles["segments"],
                options=list(segments),
                color="auto",
                format_func=lambda each: segments.get(str(each), str(each)),
            ),
        },
        alt=speak(N_("Ways on as a grid")),
        on_change=_change,
        args=(key, journey.id),
    )


def _told(session: Session, shares: Shares | None) -> str:
    if shares is None:
        return ""
    return " · ".join(
        f"{session.names.of('segment', segment)} {weight:g}"
        for segment, weight in shares.by_segment.items()
    )


def _change(key: str, identifier: str) -> None:
    session = current()
    journey = written_journey(session, identifier)
    if journey is None:
        return
    edits = edits_of(st.session_state[key])
    if any({"from", "to"} & cells.keys() for cells in edits.changed.values()):
        work.refuse(
            session.speak(N_("A way keeps its ends: take it off, and write another one below."))
        )
        return
    try:
        made = transition_amendments(journey, edits)
    except Unfinished as unfinished:
        work.refuse(told_missing(unfinished, session.speak))
        return
    if made:
        work.amend(made, N_("Grid of ways on changed"))
