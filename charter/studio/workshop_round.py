"""The words of a round, and what it is about, to be changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from charter.messages import N_
from charter.studio import session as sessions
from charter.studio import work
from charter.studio import workshop_deeds as deeds
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.usecases.running_orders import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    About,
    about,
    asking,
    expression_cards,
    with_words,
)
from charter.workshop import Card, Kind, Round, Stage, Workshop
from charter.workshop.rounds import LONGEST_ROUND, MOST_CARDS, MOST_DOTS
from charter.workshop.telling import round_name

_Value = TypeVar("_Value")
_OF_JOURNEY = ("cards", "choices")
"""Fields that offer something else for another journey."""
_CHOICES = {
    Kind.PROPOSE: N_("Values that an idea may serve"),
    Kind.TAG: N_("Markers that may be felt"),
    Kind.IRRITANTS: N_("Touchpoints that may be named"),
}


def show_round_dialog(session: Session, workshop: Workshop, round: Round) -> None:
    """Let a round be changed."""
    speak = session.speak

    @st.dialog(
        literal(round_name(round, speak)),
        width="large",
        icon=":material/edit:",
        on_dismiss=deeds.stop_editing,
    )
    def dialog() -> None:
        if reason := work.refused():
            st.error(literal(reason), icon=":material/error:")
        _words(session, round)
        offered = _subject(session, workshop, round)
        if st.button(
            speak(N_("Save the round")),
            key="round-save",
            icon=":material/check:",
            type="primary",
            on_click=_save,
            args=(workshop, round, offered),
        ):
            st.rerun()

    dialog()


def _words(session: Session, round: Round) -> None:
    speak = session.speak
    st.text_input(
        speak(N_("Title")),
        round.title,
        key=_key("title", round),
        placeholder=round_name(round, speak),
        max_chars=LONGEST_TITLE,
    )
    st.text_area(
        speak(N_("What you tell the room")),
        round.note,
        key=_key("note", round),
        max_chars=LONGEST_NOTE,
        height=100,
    )
    with st.container(horizontal=True):
        st.number_input(
            speak(N_("Minutes")),
            1,
            LONGEST_ROUND,
            round.minutes,
            key=_key("minutes", round),
            width=160,
        )
        if round.kind is Kind.DOTS:
            st.number_input(
                speak(N_("Dots for each")),
                1,
                MOST_DOTS,
                round.dots,
                key=_key("dots", round),
                width=160,
                disabled=round.stage is not Stage.WAITING,
            )


def _subject(session: Session, workshop: Workshop, round: Round) -> About:
    """Let what the round is about be chosen, as long as it wasn't begun."""
    speak, workspace = session.speak, session.written
    if round.stage is not Stage.WAITING:
        st.caption(speak(N_("It was begun, so what it asks about stays as it is.")))
        return About()
    offered = about(round, workspace, workshop.rounds)
    if offered.journeys:
        journey = _one(
            round,
            "journey",
            speak(N_("Journey")),
            {each.key: session.names.of("journey", each.key) for each in offered.journeys},
            round.journey,
        )
        offered = about(round, workspace, workshop.rounds, journey)
    for field, label, cards, chosen in (
        ("cards", N_("What is asked about"), offered.cards, round.cards),
        ("choices", _CHOICES.get(round.kind, ""), offered.choices, round.choices),
    ):
        if cards:
            _several(session, round, field, speak(label), cards, [each.key for each in chosen])
    if offered.markers:
        _expressions(session, round, offered)
    if offered.of:
        names = {each.id: round_name(each, speak) for each in offered.of}
        _one(round, "of", speak(N_("Dots on the ideas of")), names, round.of)
    return offered


def _one(round: Round, field: str, label: str, names: Mapping[str, str], chosen: str) -> str:
    ids = list(names)
    return str(
        st.selectbox(
            label,
            ids,
            index=ids.index(chosen) if chosen in ids else 0,
            format_func=lambda id: names[id],
            key=_key(field, round),
        )
    )


def _several(
    session: Session,
    round: Round,
    field: str,
    label: str,
    offered: Sequence[Card],
    chosen: Collection[str],
) -> None:
    speak = session.speak
    names = {each.key: speak.words(each.name) for each in offered}
    # Of another journey, all: nobody has chosen of it yet.
    is_of_other = field in _OF_JOURNEY and _chosen("journey", round, "") not in ("", round.journey)
    st.multiselect(
        label,
        list(names),
        [key for key in names if is_of_other or key in chosen],
        format_func=lambda key: names[key],
        key=_key(field, round),
        max_selections=MOST_CARDS,
        placeholder=speak(N_("Choose at least one")),
    )


def _expressions(session: Session, round: Round, offered: About) -> None:
    speak = session.speak
    pairs = [each.key.partition("/") for each in round.cards]
    markers, channels = {pair[0] for pair in pairs}, {pair[2] for pair in pairs}
    _several(session, round, "markers", speak(N_("Markers")), offered.markers, markers)
    _several(session, round, "channels", speak(N_("Channels")), offered.channels, channels)
    unsaid = {each.key for each in expression_cards(session.written, markers, channels)}
    with_said = st.toggle(
        speak(N_("Also where the charter says already how it shows")),
        any(each.key not in unsaid for each in round.cards),
        key=_key("with-said", round),
    )
    found = expression_cards(
        session.written,
        _chosen("markers", round, ()),
        _chosen("channels", round, ()),
        with_said=with_said,
    )
    st.caption(speak.many("{number} card", "{number} cards", len(found)))


def _save(seen: Workshop, round: Round, offered: About) -> None:
    workspace = sessions.current().written
    changed = with_words(
        round,
        _chosen("title", round, round.title),
        _chosen("note", round, round.note),
        _chosen("minutes", round, round.minutes),
        _chosen("dots", round, round.dots),
    )
    if offered != About():
        changed = asking(
            changed,
            workspace,
            seen.rounds,
            journey=_chosen("journey", round, round.journey),
            cards=_chosen("cards", round, ()),
            choices=_chosen("choices", round, ()),
            markers=_chosen("markers", round, ()),
            channels=_chosen("channels", round, ()),
            with_said=_chosen("with-said", round, False),
            of=_chosen("of", round, round.of),
        )
    if deeds.amend(seen, changed):
        deeds.stop_editing()


def _chosen(field: str, round: Round, default: _Value) -> _Value:
    """Return what a field of the dialog says."""
    said: _Value | None = st.session_state.get(_key(field, round))
    return default if said is None else said


def _key(field: str, round: Round) -> str:
    key = f"round-{field}-of-{round.id}"
    # What is chosen of one journey says nothing of another one.
    journey = st.session_state.get(f"round-journey-of-{round.id}") if field in _OF_JOURNEY else ""
    return f"{key}-{journey}" if journey else key
