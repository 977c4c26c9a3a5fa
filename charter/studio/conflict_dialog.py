"""Asks what is to become of what two people changed in different ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from charter.merging import FileConflict
from charter.merging.settling import Choice
from charter.messages import N_, Speaker
from charter.messages.conflicts import sentence
from charter.reports.names import Names
from charter.studio.literal import literal
from journeys.merge import Side


def show_conflicts(
    conflicts: Sequence[FileConflict],
    speak: Speaker,
    names: Names,
    on_settle: Callable[[Sequence[Choice]], None],
) -> None:
    """Show each conflict, and hand what people choose to ``on_settle``."""
    del names

    @st.dialog(speak(N_("Changed by two people")), width="large")
    def dialog() -> None:
        for conflict in conflicts:
            st.markdown(literal(sentence(conflict, speak)))
        for label, side in ((N_("Keep all of mine"), Side.MINE), (N_("Take theirs"), Side.THEIRS)):
            if st.button(speak(label), key=f"settle-{side}"):
                on_settle([Choice(conflict, side) for conflict in conflicts])
                st.rerun()

    dialog()
