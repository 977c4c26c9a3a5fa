"""What the page of versions teaches where none are kept yet, or git isn't there."""

from __future__ import annotations

import streamlit as st

from charter.history import HistoryError
from charter.messages import N_
from charter.messages.history import sentence
from charter.studio import version_deeds as deeds
from charter.studio.literal import literal
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.usecases.versions import can_start_keeping

_GAINS = (
    N_(":material/edit_note: **Drafts**: change anything without touching what all others see."),
    N_(":material/rate_review: **Review**: others look at a draft, approve it or ask for changes."),
    N_(":material/publish: **Publish**: what it changes and what it breaks is shown before."),
    N_(":material/restore: **Restore**: every published version can be had back."),
)


def show_no_versions(session: Session, error: HistoryError) -> None:
    """Say why there are no versions, and what to do."""
    speak = session.speak
    with st.container(border=True, key="no-versions", width=760):
        st.subheader(speak(N_("No versions are kept yet")), anchor=False)
        st.markdown("\n".join(f"- {speak(gain)}" for gain in _GAINS))
        st.caption(literal(sentence(error.reason, error.parameters, speak)))
        if not can_start_keeping(error):
            return
        st.button(
            speak(N_("Start keeping versions")),
            key="start-keeping",
            icon=":material/history:",
            type="primary",
            disabled=not session.may(Role.PUBLISHER),
            on_click=deeds.start_keeping_versions,
        )
        st.caption(
            speak(
                N_(
                    "The program git keeps them, in this folder. The files of the charter stay as "
                    "they are, and nothing leaves this machine."
                )
            )
        )
