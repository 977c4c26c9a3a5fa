"""What is projected: how people join, the question, how many have answered, what came of it."""

from __future__ import annotations

import time

import streamlit as st

from charter.messages import N_, Speaker
from charter.messages.workshop import QUESTIONS, refusal
from charter.studio import background
from charter.studio import workshop_deeds as deeds
from charter.studio.board_results import (
    has_agreement,
    show_agreement,
    show_results,
    show_table,
)
from charter.studio.literal import literal
from charter.studio.phones import door
from charter.studio.session import Session
from charter.studio.workshop_joining import show_picture
from charter.studio.workshop_looking import Seen, seen_now
from charter.studio.workshop_steering import shown_time
from charter.usecases.running_orders import cards_by_stage
from charter.workshop import CannotKeep, NoSuchWorkshop, Round, Stage
from charter.workshop.agreement import Rating, Scale, alpha
from charter.workshop.telling import round_name
from charter.workshop.workshops import shown_code

LOOKS_EVERY = 0.5


def get_agreement_ready() -> None:
    """Load what agreement is worked out with: nobody waits for it when a round is revealed."""
    ratings = [Rating(participant, ("",), 0) for participant in (1, 2)]
    background.run("agreement", lambda _: alpha(ratings, Scale.NOMINAL), patience=0.0)


def show_board(session: Session, id: str) -> None:
    """Show the screen of a workshop; it looks again by itself.

    What it shows is worked out once for each state of the database.
    """

    @st.fragment(run_every=LOOKS_EVERY)
    def look() -> None:
        try:
            seen = seen_now(session.root, id)
        except NoSuchWorkshop:
            st.title(refusal("no-workshop", {}, session.speak), anchor=False)
        except CannotKeep as error:
            st.title(literal(deeds.why(error, session.speak) or ""), anchor=False)
        else:
            _show(session, seen)

    look()


def _show(session: Session, seen: Seen) -> None:
    speak, workshop = session.speak, seen.workshop
    round = workshop.round
    is_begun = any(each.stage is not Stage.WAITING for each in workshop.rounds)
    _head(seen, speak, round if is_begun and not workshop.is_ended else None)
    if workshop.is_ended:
        _say(speak(N_("The workshop is over. Thank you.")))
        return
    if not is_begun or round is None:
        _gather(session, seen)
        return
    if round.stage is Stage.WAITING:
        _say(speak(N_("This round begins in a moment.")))
    elif round.is_revealed:
        show_results(session, seen)
    else:
        _show_progress(session, seen, round)
    _foot(session, seen)


def _say(told: str) -> None:
    """Say one thing in the middle of the screen."""
    with st.container(
        horizontal_alignment="center", vertical_alignment="center", key="board-saying"
    ):
        st.header(told, anchor=False, width="content", text_alignment="center")


def _question(round: Round, speak: Speaker) -> str:
    return literal(round.title) if round.title else speak(QUESTIONS[round.kind])


def _head(seen: Seen, speak: Speaker, round: Round | None) -> None:
    """Show what is asked, by what time, and how many have answered; else what the workshop is."""
    workshop = seen.workshop
    if round is None:
        st.title(literal(workshop.title), anchor=False)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="board-head"):
        with st.container(gap="xsmall"):
            place = speak(
                N_("Round {number} of {count}"),
                number=workshop.current + 1,
                count=len(workshop.rounds),
            )
            st.caption(
                " · ".join(
                    literal(each) for each in (workshop.title, place, round_name(round, speak))
                )
            )
            st.title(_question(round, speak), anchor=False)
        if round.stage is not Stage.WAITING:
            _measure(seen, speak, round)


def _measure(seen: Seen, speak: Speaker, round: Round) -> None:
    answered, people = seen.answered, len(seen.participants)
    with st.container(horizontal=True, width="content", gap="large", key="board-measures"):
        if round.is_open:
            left = round.remaining(time.time())
            told = speak(N_("Time left")) if left else speak(N_("Time is up"))
            st.metric(told, shown_time(left), width="content")
        st.metric(
            speak(N_("Have answered")),
            speak(N_("{answered} of {people}"), answered=answered, people=people),
            width="content",
        )
        if round.is_revealed and has_agreement(round) and answered:
            show_agreement(seen.results, speak)


def _gather(session: Session, seen: Seen) -> None:
    """Show how people join, large."""
    speak, workshop = session.speak, seen.workshop
    entrance = door(session.root)
    if entrance.problem:
        st.header(literal(entrance.tell(speak)), anchor=False)
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="large", key="board-joining"
    ):
        with st.container(width="content", key="board-picture"):
            show_picture(entrance.link(workshop.code), 740, speak)
        with st.container(gap="small", key="board-how"):
            st.header(speak(N_("Take part with your phone")), anchor=False)
            st.markdown(speak(N_("Scan the picture with its camera, or open this address:")))
            with st.container(key="board-address"):
                st.markdown(literal(entrance.address))
            st.markdown(speak(N_("and type this code:")))
            with st.container(key="board-code"):
                st.markdown(shown_code(workshop.code))
            with st.container(key="board-here"):
                people = len(seen.participants)
                told = (
                    speak.many("{number} person is here", "{number} people are here", people)
                    if people
                    else speak(N_("Nobody is here yet."))
                )
                st.markdown(f":material/group: {told}")


def _show_progress(session: Session, seen: Seen, round: Round) -> None:
    """Show how far answers are, and nothing of what they say."""
    speak, people = session.speak, len(seen.participants)
    with st.container(vertical_alignment="center", gap="large", key="board-progress"):
        st.progress(
            seen.answered / people if people else 0.0,
            text=speak(
                N_("{answered} of {people} have answered"), answered=seen.answered, people=people
            ),
        )
        if round.kind in ("tag", "emotion", "effort") and people:
            _show_stages(session, seen, round)


def _show_stages(session: Session, seen: Seen, round: Round) -> None:
    """Show how far the room is on each stage of the journey."""
    speak, people = session.speak, len(seen.participants)
    stages = cards_by_stage(round, session.written)
    if not stages:
        return
    answered: dict[str, int] = {}
    for each in seen.answers:
        answered[each.key] = answered.get(each.key, 0) + 1
    with st.container(key="board-stages"):
        st.markdown(speak(N_("How far the room is on the journey:")))
        for name, cards in stages:
            told = speak.words(name) if name else speak(N_("Not on the journey any more"))
            share = sum(answered.get(card.key, 0) for card in cards) / (people * len(cards))
            share = min(share, 1.0)
            st.progress(share, text=f"{literal(told)} · {speak.percent(round_share(share))}")


def round_share(share: float) -> float:
    """Return a share in whole hundredths: what changes each second is read at a glance."""
    return round(share * 100) / 100


def _foot(session: Session, seen: Seen) -> None:
    """Show the code, for who comes late, and a table of what is shown."""
    speak, round = session.speak, seen.workshop.round
    entrance = door(session.root)
    with st.container(horizontal=True, vertical_alignment="center", key="board-foot"):
        if not entrance.problem:
            told = speak(
                N_("Join: {address} · {code}"),
                address=literal(entrance.address),
                code=shown_code(seen.workshop.code),
            )
            st.caption(f":material/smartphone: {told}", width="stretch")
        if round is not None and round.is_revealed and seen.answers:
            show_table(seen, speak)
