"""Where each marker stands, channel by channel."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from charter.brand import Charter, Marker, Role
from charter.messages import N_
from charter.reports.names import Names
from charter.standings import Standing, standings
from charter.studio import address
from charter.studio.drop_down import drop_down
from charter.studio.matrix_table import CellView, MatrixView, RowView, clicked, matrix_table
from charter.studio.session import Session
from charter.studio.words import (
    IRRITANT_MEANINGS,
    IRRITANT_SIGN,
    STANDING_MARKS,
    STANDING_MEANINGS,
    STANDINGS,
    marker_label,
)

_TABLE = "standings"


def show_standings(session: Session) -> None:
    """Show how each marker stands on each channel, for everyone or for a segment."""
    speak, charter = session.speak, session.workspace.charter
    st.header(speak(N_("Where each marker stands")), anchor=False)
    segments = [segment.id for segment in charter.all_segments]
    options = ["", *segments] if len(segments) > 1 else [""]
    address.read("for", options, default="")
    chosen = drop_down(
        speak(N_("For whom")),
        options,
        key="for",
        told=lambda s: session.names.of("segment", s) if s else speak(N_("Everyone")),
        width=300,
    )
    address.write("for", chosen)
    found = standings(session.workspace, session.report.verdicts, chosen or None)
    if not charter.markers or not charter.channels:
        return
    matrix_table(standings_view(charter, found, session.names), key=_TABLE)
    cell = clicked(_TABLE)
    if cell is not None and cell in found:
        _go_to(*cell, found[cell])
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


def standings_view(
    charter: Charter, found: Mapping[tuple[str, str], Standing], names: Names
) -> MatrixView:
    """Return how each marker stands on each channel, in people's words."""
    speak = names.speak

    def cell(marker: Marker, channel: str) -> CellView:
        standing = found[marker.id, channel]
        meanings = STANDING_MEANINGS | (IRRITANT_MEANINGS if marker.role is Role.IRRITANT else {})
        word = speak(STANDINGS[standing])
        told = speak(
            N_("{marker}, {channel}: {standing}, {meaning}"),
            marker=marker_label(marker.id, names),
            channel=names.of("channel", channel),
            standing=word,
            meaning=speak(meanings[standing]),
        )
        return CellView(standing.value, STANDING_MARKS[standing], word, told)

    channels = [channel.id for channel in charter.channels]
    return MatrixView(
        title=speak(N_("Where each marker stands")),
        corner=speak(N_("Marker")),
        columns=tuple((channel, names.of("channel", channel)) for channel in channels),
        rows=tuple(
            RowView(
                marker.id,
                marker_label(marker.id, names),
                "",
                tuple(cell(marker, channel) for channel in channels),
            )
            for marker in charter.markers
        ),
    )


def _go_to(marker: str, channel: str, standing: Standing) -> None:
    """Show what is broken on a channel; of what isn't, the marker and where it lives."""
    if standing in (Standing.BROKEN, Standing.ASIDE):
        st.switch_page("page/consistency.py", query_params={"where-channel": channel})
    st.switch_page("page/identity.py", query_params={"marker": marker})
