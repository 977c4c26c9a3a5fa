"""The round where a workshop is: its time, how many have answered, and what happens next."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charter.messages import N_, Speaker
from charter.messages.workshop import KINDS, QUESTIONS
from charter.studio import workshop_deeds as deeds
from charter.studio.literal import literal
from charter.studio.part import make_all_anew_if_concerned
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.studio.workshop_looking import Seen, seen_now
from charter.studio.workshop_merging import show_merging
from charter.workshop import CannotKeep, NoSuchWorkshop, Round, Stage, Workshop
from charter.workshop.telling import round_name

LOOKS_EVERY = 1.0
MORE_TIME = 2
"""Minutes that a round is given more at a time."""
_STAGES = {
    Stage.WAITING: (":gray-badge[:material/schedule: {}]", N_("Not begun")),
    Stage.OPEN: (":green-badge[:material/play_arrow: {}]", N_("Answers are taken")),
    Stage.CLOSED: (":gray-badge[:material/stop: {}]", N_("Stopped")),
}


def show_steering(session: Session, workshop: Workshop) -> None:
    """Show the round, and what can be done with it; it looks again by itself."""

    @st.fragment(run_every=LOOKS_EVERY)
    def look() -> None:
        make_all_anew_if_concerned()
        try:
            seen = seen_now(session.root, workshop.id)
        except NoSuchWorkshop:
            st.rerun()
        except CannotKeep as error:
            st.error(literal(deeds.why(error, session.speak) or ""), icon=":material/error:")
            return
        if seen.workshop.revision != workshop.revision:
            # Another facilitator moved it: all of the page is to tell so.
            st.rerun()
        _show(session, seen)

    look()


def _show(session: Session, seen: Seen) -> None:
    speak, workshop = session.speak, seen.workshop
    round = workshop.round
    with st.container(border=True, key="workshop-round"):
        if round is None:
            st.subheader(speak(N_("No round yet")), anchor=False)
            st.markdown(speak(N_("Add what the workshop is for to the running order below.")))
            return
        _say(round, workshop, speak)
        _measure(seen, round, speak)
        _steer(session, workshop, round)
    if round.stage is not Stage.WAITING:
        show_merging(session, seen)


def _say(round: Round, workshop: Workshop, speak: Speaker) -> None:
    place = speak(
        N_("Round {number} of {count}"), number=workshop.current + 1, count=len(workshop.rounds)
    )
    st.caption(f"{place} · {speak(KINDS[round.kind])}" if round.title else place)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(literal(round_name(round, speak)), anchor=False)
        st.markdown(stage_badge(round, speak), width="content")
    st.markdown(speak(QUESTIONS[round.kind]))
    if round.note:
        st.markdown(f":material/sticky_note_2: {literal(round.note)}")


def stage_badge(round: Round, speak: Speaker) -> str:
    """Return in Markdown how far a round is, and whether what was answered is for all to see."""
    look, told = _STAGES[round.stage]
    badge = look.format(speak(told))
    if round.is_revealed:
        badge += " :blue-badge[:material/visibility: {}]".format(speak(N_("Revealed")))
    return badge


def shown_time(seconds: float) -> str:
    """Return a time as minutes and seconds."""
    whole = int(seconds + 0.999)
    return f"{whole // 60}:{whole % 60:02}"


def _measure(seen: Seen, round: Round, speak: Speaker) -> None:
    left = round.remaining(time.time())
    with st.container(horizontal=True, key="workshop-measures"):
        st.metric(
            speak(N_("Time left")) if left else speak(N_("Time is up")),
            shown_time(left),
            width=150,
        )
        st.metric(
            speak(N_("Have answered")),
            speak(
                N_("{answered} of {people}"),
                answered=seen.answered,
                people=len(seen.participants),
            ),
            width=180,
        )
        st.metric(speak(N_("Answers")), speak.count(len(seen.answers)), width=120)


def _steer(session: Session, workshop: Workshop, round: Round) -> None:
    speak = session.speak
    may = session.may(Role.EDITOR)
    is_open, is_waiting = round.is_open, round.stage is Stage.WAITING
    is_last = workshop.current == len(workshop.rounds) - 1
    # What leads to another round, or begins one, is another button for each round: one that is
    # pressed twice does nothing to the round that it led to.
    with st.container(horizontal=True, vertical_alignment="center", key="workshop-steering"):
        _place("workshop-previous").button(
            speak(N_("Back")),
            key=f"workshop-previous-{round.id}",
            icon=":material/skip_previous:",
            disabled=not may or workshop.current == 0,
            on_click=deeds.go_to,
            args=(workshop, workshop.current - 1),
        )
        if is_open:
            st.button(
                speak(N_("Stop")),
                key="workshop-stop",
                icon=":material/stop:",
                type="primary",
                disabled=not may,
                on_click=deeds.stop,
                args=(workshop,),
            )
        else:
            _place("workshop-start").button(
                speak(N_("Start")) if is_waiting else speak(N_("Take answers again")),
                key=f"workshop-start-{round.id}",
                icon=":material/play_arrow:",
                type="primary" if is_waiting else "secondary",
                disabled=not may,
                on_click=deeds.start,
                args=(workshop,),
            )
        if round.is_revealed:
            st.button(
                speak(N_("Hide")),
                key="workshop-hide",
                icon=":material/visibility_off:",
                disabled=not may,
                on_click=deeds.reveal,
                args=(workshop, False),
            )
        else:
            st.button(
                speak(N_("Reveal")),
                key="workshop-reveal",
                icon=":material/visibility:",
                type="primary" if round.stage is Stage.CLOSED else "secondary",
                disabled=not may or is_waiting,
                on_click=deeds.reveal,
                args=(workshop, True),
            )
        _place("workshop-next").button(
            speak(N_("Next round")),
            key=f"workshop-next-{round.id}",
            icon=":material/skip_next:",
            icon_position="right",
            type="primary" if round.stage is Stage.CLOSED and round.is_revealed else "secondary",
            disabled=not may or is_last,
            on_click=deeds.go_to,
            args=(workshop, workshop.current + 1),
        )
        st.button(
            speak.many("{number} minute more", "{number} minutes more", MORE_TIME),
            key="workshop-more-time",
            icon=":material/more_time:",
            type="tertiary",
            disabled=not may,
            on_click=deeds.give_more_time,
            args=(workshop, MORE_TIME),
        )


def _place(key: str) -> DeltaGenerator:
    """Return where a button stands that is another one for each round."""
    return st.container(width="content", key=key)
