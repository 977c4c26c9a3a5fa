"""What was accepted for a while: by whom, why, until when; taken back with one click."""

from __future__ import annotations

import datetime

import streamlit as st

from charter.amendments import Unwaive
from charter.messages import N_
from charter.reports.words import date
from charter.studio import work
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.usecases.accept import ListedWaiver, listed_waivers


def show_waivers(session: Session) -> None:
    """Show each waiver as it is written, those that expired too."""
    speak = session.speak
    listed = listed_waivers(session.files, session.written)
    if not listed:
        st.caption(
            speak(
                N_(
                    "Nothing was accepted. What can't be mended yet may be accepted for a while, "
                    "with a reason and somebody who answers for it: open its finding."
                )
            )
        )
        return
    for each in listed:
        _row(session, each)


def _row(session: Session, listed: ListedWaiver) -> None:
    speak, names, waiver = session.speak, session.names, listed.waiver
    about = [
        names.of("journey", waiver.journey) if waiver.journey else "",
        names.of("segment", waiver.segment) if waiver.segment else speak(N_("Everyone")),
        names.of("action", waiver.action) if waiver.action else "",
    ]
    if waiver.through and waiver.journey:
        through = speak.quote(names.stop(waiver.journey, waiver.through))
        about.append(speak(N_("through {touchpoint}"), touchpoint=through))
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"waiver-{listed.number}"
    ):
        st.markdown(
            f"{_badge(listed, session)} **{literal(waiver.rule)}** · "
            + " · ".join(literal(each) for each in about if each)
            + f"  \n{literal(speak.words(waiver.reason))}"
            + f"  \n:small[:gray[{literal(waiver.owner)}]]",
            width="stretch",
        )
        st.button(
            speak(N_("Take back")),
            icon=":material/undo:",
            key=f"unwaive-{listed.number}",
            disabled=not session.can_edit,
            on_click=_take_back,
            args=(listed,),
        )


def _take_back(listed: ListedWaiver) -> None:
    work.amend(
        [Unwaive(listed.number, listed.item)],
        N_("The waiver of “{rule}” taken back"),
        rule=listed.waiver.rule,
    )


def _badge(listed: ListedWaiver, session: Session) -> str:
    speak, today = session.speak, datetime.date.today()
    waiver = listed.waiver
    if waiver.has_expired(today):
        told = speak(N_("Expired on {day}"), day=date(waiver.expires, speak))
        return f":red-badge[:material/event_busy: {told}]"
    if waiver.since is not None and waiver.since > today:
        told = speak(N_("From {day} on"), day=date(waiver.since, speak))
        return f":gray-badge[:material/event_upcoming: {told}]"
    told = speak(N_("Until {day}"), day=date(waiver.expires, speak))
    return f":green-badge[:material/event_available: {told}]"
