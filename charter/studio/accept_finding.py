"""A form that accepts what a finding tells for a while."""

from __future__ import annotations

import datetime

import streamlit as st

from charter.amendments import Waive
from charter.findings import Finding, Status
from charter.messages import N_
from charter.reports.telling import tell
from charter.studio import work
from charter.studio.literal import literal
from charter.studio.session import Session, current
from charter.usecases.accept import (
    DAYS,
    Terms,
    can_be_accepted,
    owners_of,
    segments_of,
    touchpoints_of,
    waivers_for,
)

_EVERYONE, _WHEREVER = "", ""


def show_accept(session: Session, finding: Finding) -> None:
    """Show the form, or why nothing is to be accepted."""
    speak = session.speak
    if finding.status is Status.WAIVED:
        for text in tell(finding, session.names).waived:
            st.success(literal(text), icon=":material/event_available:")
        st.caption(speak(N_("It is taken back in the list of what was accepted, below.")))
        return
    if not can_be_accepted(finding):
        st.info(
            speak(
                N_("Only a broken rule is accepted for a while. This is to be mended, or decided.")
            )
        )
        return
    st.markdown(
        speak(
            N_(
                "Accept it for a while, with a reason and somebody who answers for it. It is "
                "told as accepted until that day, and as broken again after it."
            )
        )
    )
    with st.form(f"accept-{finding.fingerprint}", border=False):
        _fields(session, finding)
        st.form_submit_button(
            speak(N_("Accept until then")),
            type="primary",
            icon=":material/event_available:",
            key="accept",
            disabled=not session.can_edit,
            on_click=_accept,
            args=(finding,),
        )


def _key(part: str, finding: Finding) -> str:
    return f"accept-{part}-{finding.fingerprint}"


def _fields(session: Session, finding: Finding) -> None:
    speak, names = session.speak, session.names
    journey = finding.journey or ""
    st.text_area(
        speak(N_("Reason")),
        key=_key("reason", finding),
        placeholder=speak(N_("The shop is being rebuilt until spring.")),
        height=80,
        persist_state="session",
    )
    today = datetime.date.today()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            speak(N_("Who answers for it")),
            _owners(session),
            index=None,
            key=_key("owner", finding),
            placeholder=speak(N_("Choose or type a name")),
            accept_new_options=True,
            width=260,
            persist_state="session",
        )
        st.date_input(
            speak(N_("Until")),
            value=today + datetime.timedelta(days=DAYS),
            min_value=today + datetime.timedelta(days=1),
            key=_key("expires", finding),
            format="DD/MM/YYYY" if speak.language == "fr" else "YYYY-MM-DD",
            width=160,
            persist_state="session",
        )
    segments = segments_of(finding)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if segments:
            st.selectbox(
                speak(N_("For whom")),
                [_EVERYONE, *segments],
                index=1 if len(segments) == 1 else 0,
                format_func=lambda s: names.of("segment", s) if s else speak(N_("Everyone")),
                key=_key("segment", finding),
                width=260,
                persist_state="session",
            )
        if journey and touchpoints_of(finding):
            st.selectbox(
                speak(N_("Only what goes through")),
                [_WHEREVER, *touchpoints_of(finding)],
                format_func=lambda t: names.stop(journey, t) if t else speak(N_("Any touchpoint")),
                key=_key("through", finding),
                width=260,
                persist_state="session",
            )


def _owners(session: Session) -> list[str]:
    visitor = session.visitor.name
    return list(dict.fromkeys(filter(None, [*owners_of(session.written), visitor])))


def _accept(finding: Finding) -> None:
    session, state = current(), st.session_state
    speak = session.speak
    why = str(state.get(_key("reason", finding)) or "").strip()
    owner = str(state.get(_key("owner", finding)) or "").strip()
    expires: datetime.date | None = state.get(_key("expires", finding))
    missing = [
        sentence
        for is_missing, sentence in (
            (not why, N_("Say why it is accepted.")),
            (not owner, N_("Say who answers for it.")),
            (
                expires is None or expires <= datetime.date.today(),
                N_("Say until when, a day to come."),
            ),
        )
        if is_missing
    ]
    if missing or expires is None:
        work.refuse(" ".join(map(speak, missing)))
        return
    segment = state.get(_key("segment", finding)) or ""
    terms = Terms(
        why,
        owner,
        expires,
        segments=(segment,) if segment else (),
        through=state.get(_key("through", finding)) or "",
    )
    work.amend(
        [Waive(item) for item in waivers_for(finding, terms)],
        N_("“{rule}” accepted until {day}"),
        rule=str(finding.rule),
        day=expires.isoformat(),
    )
