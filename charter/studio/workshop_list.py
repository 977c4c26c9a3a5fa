"""The workshops of a workspace, the latest first; or what a workshop is, where there was none."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import streamlit as st

from charter.messages import N_, Speaker
from charter.reports.words import moment
from charter.studio import workshop_deeds as deeds
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.workshop import CannotKeep, Stage, Workshop

_STEPS = (
    N_(
        ":material/format_list_numbered: **Choose what it is for**: the running order is made of "
        "your charter's own markers and journeys. Change it as you like, before and during it."
    ),
    N_(
        ":material/qr_code_2: **People join from their phones**, with a nickname and no account, "
        "by a picture that they scan or by a code."
    ),
    N_(
        ":material/how_to_vote: **You start each round**, they answer, and the screen of the room "
        "shows what came of it once you reveal it. Nobody sees who said what."
    ),
    N_(
        ":material/edit_note: **At the end you tick** what goes into a draft of the charter. "
        "Nothing is written before."
    ),
)


def show_workshops(session: Session, workshops: Sequence[Workshop]) -> None:
    """Show the list."""
    speak = session.speak
    if not workshops:
        with st.container(border=True, key="no-workshops", width=860):
            st.subheader(speak(N_("No workshop yet")), anchor=False)
            st.markdown("\n".join(f"- {speak(step)}" for step in _STEPS))
        return
    for each in workshops:
        _show(session, each)


def _show(session: Session, workshop: Workshop) -> None:
    speak = session.speak
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"workshop-of-{workshop.id}",
        width=860,
    ):
        with st.container(gap="small"):
            st.markdown(f"**{literal(workshop.title)}** {badge(workshop, speak)}")
            st.caption(" · ".join(_told(session, workshop)))
        st.button(
            speak(N_("Open")),
            key=f"workshop-look-{workshop.id}",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=deeds.look_at,
            args=(workshop.id,),
        )


def badge(workshop: Workshop, speak: Speaker) -> str:
    """Return in Markdown how far a workshop is."""
    if workshop.is_ended:
        look, told = ":gray-badge[:material/check: {}]", N_("Over")
    elif any(each.stage is not Stage.WAITING for each in workshop.rounds):
        look, told = ":green-badge[:material/play_arrow: {}]", N_("Under way")
    else:
        look, told = ":blue-badge[:material/door_open: {}]", N_("People can join")
    return look.format(speak(told))


def _told(session: Session, workshop: Workshop) -> list[str]:
    speak = session.speak
    when = datetime.datetime.fromtimestamp(workshop.opened).astimezone()
    told = [
        literal(speak(N_("{when}, by {who}"), when=moment(when, speak), who=workshop.by)),
        speak.many("{number} round", "{number} rounds", len(workshop.rounds)),
    ]
    try:
        people = len(deeds.workshops(session).participants(workshop.id))
    except CannotKeep:
        return told
    return [*told, speak.many("{number} participant", "{number} participants", people)]
