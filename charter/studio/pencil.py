"""Read first, edit on demand: a pencil opens a block's fields, and a button puts them away."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.studio.deeds import Deed
from charter.studio.session import Session

_EDIT, _DONE = "edit", "done"
_OPEN = "pencil"


def is_open(session: Session, block: str) -> bool:
    """Return whether the fields of a block are open."""
    return session.can_edit and st.session_state.get(_OPEN) == block


def offered(session: Session, block: str, hint: str) -> tuple[Deed, ...]:
    """Return what is done with a block: to open it or put it away; nothing for who only reads.

    ``hint`` says in the visitor's words what is edited.
    """
    speak = session.speak
    if not session.can_edit:
        return ()
    if is_open(session, block):
        return (Deed(_DONE, speak(N_("Done")), icon="check", icon_is_first=True),)
    return (Deed(_EDIT, speak(N_("Edit")), told=hint, icon="edit", icon_is_first=True),)


def turn(block: str, name: object) -> None:
    """Open the fields of a block, and put away those of the one that was open; or its own."""
    if name == _EDIT:
        st.session_state[_OPEN] = block
    elif name == _DONE:
        st.session_state.pop(_OPEN, None)


def pencil(session: Session, block: str, hint: str) -> None:
    """Show what is offered, as a button by itself; `block_title` shows it beside a title."""
    for deed in offered(session, block, hint):
        st.button(
            deed.label,
            key=f"{deed.name}-{block}",
            icon=f":material/{deed.icon}:",
            type="tertiary" if deed.name == _EDIT else "secondary",
            help=deed.told or None,
            on_click=turn,
            args=(block, deed.name),
        )
