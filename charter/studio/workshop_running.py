"""One workshop: how people join, the round where it is, its running order, its end."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.studio import background
from charter.studio import workshop_deeds as deeds
from charter.studio.literal import literal
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.studio.workshop_joining import board_address, show_joining
from charter.studio.workshop_list import badge
from charter.studio.workshop_order import show_running_order
from charter.studio.workshop_outcome import show_outcome
from charter.studio.workshop_steering import show_steering
from charter.workshop import Stage, Workshop
from charter.workshop.agreement import get_ready


def show_running(session: Session, workshop: Workshop) -> None:
    """Show the workshop."""
    speak = session.speak
    background.run(get_ready, lambda _: get_ready(), patience=0)
    _head(session, workshop)
    if not workshop.is_ended:
        left, right = st.columns([3, 2], gap="large")
        with left:
            show_steering(session, workshop)
        with right:
            show_joining(session, workshop)
    # Once it is over, what comes of it is what one has come for.
    if workshop.is_ended:
        _show_outcome(session, workshop)
    st.header(speak(N_("Running order")), anchor=False)
    show_running_order(session, workshop)
    if not workshop.is_ended:
        _show_outcome(session, workshop)


def _show_outcome(session: Session, workshop: Workshop) -> None:
    if any(each.stage is not Stage.WAITING for each in workshop.rounds):
        show_outcome(session, workshop)


def _head(session: Session, workshop: Workshop) -> None:
    speak = session.speak
    may_steer = session.may(Role.EDITOR)
    with st.container(horizontal=True, vertical_alignment="center", key="workshop-head"):
        st.button(
            speak(N_("All workshops")),
            key="workshop-back",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=deeds.look_at,
            args=("",),
        )
        st.subheader(literal(workshop.title), anchor=False, width="stretch")
        st.markdown(badge(workshop, speak), width="content")
        st.link_button(
            speak(N_("Screen of the room")),
            board_address(workshop),
            key="workshop-board",
            icon=":material/present_to_all:",
            help=speak(N_("Opens in a tab of its own, to be projected.")),
        )
        if workshop.is_ended:
            st.button(
                speak(N_("Open it again")),
                key="workshop-again",
                icon=":material/replay:",
                disabled=not may_steer,
                on_click=deeds.open_again,
                args=(workshop,),
            )
        else:
            st.button(
                speak(N_("End the workshop")),
                key="workshop-end",
                icon=":material/stop_circle:",
                disabled=not may_steer,
                on_click=deeds.end,
                args=(workshop,),
            )
        _delete(session, workshop)


def _delete(session: Session, workshop: Workshop) -> None:
    speak = session.speak
    with st.popover(
        "",
        icon=":material/delete:",
        help=speak(N_("Delete the workshop")),
        type="tertiary",
        disabled=not session.may(Role.EDITOR),
        key="workshop-delete",
    ):
        st.markdown(
            speak(
                N_(
                    "The workshop, who took part and all that was answered go for good. What was "
                    "put into a draft of the charter stays."
                )
            )
        )
        st.button(
            speak(N_("Delete for good")),
            key="workshop-delete-now",
            icon=":material/delete_forever:",
            type="primary",
            on_click=deeds.delete,
            args=(workshop,),
        )
