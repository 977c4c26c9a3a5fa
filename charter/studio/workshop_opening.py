"""Opens a workshop: what it is called, what it is for, which journey it is about."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.studio import workshop_deeds as deeds
from charter.studio.drop_down import drop_down
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.usecases.running_orders import TEMPLATES

_TITLE, _TEMPLATES, _JOURNEY = "workshop-title", "workshop-templates", "workshop-journey"


def show_opening(session: Session) -> None:
    """Offer to open a workshop."""
    speak = session.speak
    may_open = session.may(Role.EDITOR)
    with st.container(border=True, key="workshop-opening", width=860):
        st.subheader(speak(N_("Open a workshop")), anchor=False)
        if not may_open:
            st.caption(speak(N_("Opening a workshop needs the role of an editor.")))
        st.text_input(
            speak(N_("What it is called")),
            key=_TITLE,
            placeholder=speak(N_("Our markers, spring")),
            max_chars=200,
            disabled=not may_open,
            persist_state="session",
        )
        st.multiselect(
            speak(N_("What it is for, in this order")),
            list(TEMPLATES),
            format_func=lambda each: speak(TEMPLATES[each][0]),
            key=_TEMPLATES,
            placeholder=speak(N_("Choose one, or several one after the other")),
            disabled=not may_open,
            persist_state="session",
        )
        for each in st.session_state.get(_TEMPLATES) or ():
            name, brings = TEMPLATES[each]
            st.caption(f"**{speak(name)}**: {speak(brings)}")
        journeys = [each.id for each in session.written.journeys]
        if len(journeys) > 1:
            drop_down(
                speak(N_("Journey that it is about")),
                journeys,
                key=_JOURNEY,
                told=lambda id: session.names.of("journey", id),
                disabled=not may_open,
            )
        st.button(
            speak(N_("Open the workshop")),
            key="workshop-open",
            icon=":material/door_open:",
            type="primary",
            disabled=not may_open,
            on_click=deeds.open_workshop,
            args=(_TITLE, _TEMPLATES, _JOURNEY),
        )
