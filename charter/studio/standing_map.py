"""Where each marker stands, channel by channel."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.standings import Standing, standings
from charter.studio import address, folding
from charter.studio.heat_map import heat_map
from charter.studio.session import Session
from charter.studio.tables import heat_cells, heat_table
from charter.studio.words import (
    IRRITANT_SIGN,
    STANDING_MARKS,
    STANDING_MEANINGS,
    STANDINGS,
)


def show_standings(session: Session) -> None:
    """Show how each marker stands on each channel, for everyone or for a segment."""
    speak, charter = session.speak, session.workspace.charter
    st.header(speak(N_("Where each marker stands")), anchor=False)
    segments = [segment.id for segment in charter.all_segments]
    options = ["", *segments] if len(segments) > 1 else [""]
    address.read("for", options, default="")
    chosen = st.selectbox(
        speak(N_("For whom")),
        options,
        format_func=lambda s: session.names.of("segment", s) if s else speak(N_("Everyone")),
        width=300,
        key="for",
        persist_state="session",
    )
    address.write("for", chosen)
    found = standings(session.workspace, session.report.verdicts, chosen or None)
    cells = list(heat_cells(charter, found, session.names, speak))
    is_dark = st.context.theme.type == "dark"
    st.vega_lite_chart(
        spec=heat_map(cells, speak, is_dark=is_dark),
        width="stretch",
        key="heat-map",
        alt=speak(N_("How each marker stands on each channel; the table below says the same.")),
    )
    shown = dict.fromkeys(found.values())
    meanings = [
        speak(
            N_("{mark} **{standing}**: {meaning}"),
            mark=STANDING_MARKS[standing],
            standing=speak(STANDINGS[standing]),
            meaning=speak(STANDING_MEANINGS[standing]),
        )
        for standing in Standing
        if standing in shown
    ]
    if any(session.names.is_irritant(marker.id) for marker in charter.markers):
        told = N_(
            "{mark} **Irritant**: a practice that the brand wants gone; its {holds} says that the "
            "rule against it holds there"
        )
        meanings.append(speak(told, mark=IRRITANT_SIGN, holds=STANDING_MARKS[Standing.HOLDS]))
    st.caption("  \n".join(meanings))
    title = speak(N_("The same as a table"))
    with folding.expander(title, key="unfold-standings", icon=":material/table:") as is_open:
        if is_open:
            st.dataframe(
                heat_table(charter, found, session.names, speak), hide_index=True, width="stretch"
            )
