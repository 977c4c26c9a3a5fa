"""Asks before something is taken off."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from charter.messages import N_, Speaker
from charter.studio.literal import literal


def ask_to_take_off(
    told: str, speak: Speaker, take: Callable[[], None], keep: Callable[[], None]
) -> None:
    """Ask what ``told`` asks, as people read it."""
    st.markdown(f":material/delete: {literal(told)}")
    with st.container(horizontal=True):
        st.button(speak(N_("Take it off")), key="taking-off-do", type="primary", on_click=take)
        st.button(speak(N_("Keep it")), key="taking-off-keep", on_click=keep)
