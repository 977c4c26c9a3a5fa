"""Read first, edit on demand: a pencil opens a block's fields, and a button puts them away."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.studio.session import Session

_OPEN = "pencil"


def is_open(session: Session, block: str) -> bool:
    """Return whether the fields of a block are open."""
    return session.can_edit and st.session_state.get(_OPEN) == block


def open_block(block: str) -> None:
    """Open the fields of a block, and put away those of the one that was open."""
    st.session_state[_OPEN] = block


def put_away() -> None:
    """Put the fields away."""
    st.session_state.pop(_OPEN, None)


def pencil(session: Session, block: str, hint: str) -> None:
    """Offer to open a block's fields, or to put them away; nothing to whoever only reads.

    ``hint`` says in the visitor's words what is edited.
    """
    speak = session.speak
    if not session.can_edit:
        return
    if is_open(session, block):
        st.button(
            speak(N_("Done")),
            key=f"done-{block}",
            icon=":material/check:",
            type="secondary",
            on_click=put_away,
        )
    else:
        st.button(
            speak(N_("Edit")),
            key=f"edit-{block}",
            icon=":material/edit:",
            type="tertiary",
            help=hint,
            on_click=open_block,
            args=(block,),
        )
