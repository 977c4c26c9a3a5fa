"""Where a new touchpoint stands: its stage and its channel."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.studio.session import Session


def choose_stage_and_channel(session: Session, stage_key: str, channel_key: str) -> None:
    """Let both be chosen, beside each other where there is room."""
    speak, names, charter = session.speak, session.names, session.written.charter
    with st.grid(2, min_column_width=150):
        st.selectbox(
            speak(N_("Stage")),
            [stage.id for stage in charter.stages],
            format_func=lambda stage: names.of("stage", stage),
            key=stage_key,
            persist_state="page",
        )
        st.selectbox(
            speak(N_("Channel")),
            [channel.id for channel in charter.channels],
            format_func=lambda channel: names.of("channel", channel),
            key=channel_key,
            persist_state="page",
        )
