"""The buttons that walk a path, step by step."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from charter.messages import N_, Speaker


def step_buttons(
    at: int,
    count: int,
    speak: Speaker,
    go_to: Callable[[int], None],
    *,
    key: str,
    has_shortcuts: bool = False,
) -> None:
    """Offer the step before and the one behind ``at``, from 0, of ``count``.

    With shortcuts, the arrow keys go there too.
    """
    st.button(
        speak(N_("Back")),
        icon=":material/arrow_back:",
        key=f"{key}-back",
        shortcut="Left" if has_shortcuts else None,
        disabled=at == 0,
        on_click=go_to,
        args=(at - 1,),
    )
    st.button(
        speak(N_("Next step")),
        icon=":material/arrow_forward:",
        icon_position="right",
        key=f"{key}-next",
        shortcut="Right" if has_shortcuts else None,
        type="primary",
        disabled=at == count - 1,
        on_click=go_to,
        args=(at + 1,),
    )
