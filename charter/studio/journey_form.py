"""A journey as a whole: its name, who it is for, how it ends; and a new one."""

from __future__ import annotations

import streamlit as st

from charter.amendments import Add, Amendment, Place, Put, Take, free_id
from charter.expressing import is_bilingual
from charter.messages import N_
from charter.studio import work
from charter.studio.chosen_touchpoint import choose
from charter.studio.fields import field_key, follow, several_field, text_field, truth_field
from charter.studio.journey_filters import JOURNEY
from charter.studio.said_field import said_field
from charter.studio.session import Session, current
from charter.studio.where_it_stands import choose_stage_and_channel
from journeys.model import Journey, Outcome
from journeys.plain import Plain

_CHANGED = N_("Journey “{name}”: {field} changed")
_NAME, _FIRST, _STAGE, _CHANNEL = (
    f"new-journey-{each}" for each in ("name", "first", "stage", "channel")
)


def show_journey_form(session: Session, journey: Journey) -> None:
    """Show what can be said of the journey as a whole."""
    speak, place = session.speak, Place("journey", journey.id)
    name = session.names.of("journey", journey.id)
    said_field(
        session,
        speak(N_("Name")),
        place,
        ("name",),
        journey.name,
        N_("“{name}” renamed"),
        is_bilingual=is_bilingual(session.written.charter),
        placeholder=journey.id,
        name=name,
    )
    several_field(
        speak(N_("For whom")),
        place,
        ("segments",),
        {each.id: each.named(speak.language) for each in session.written.charter.all_segments},
        journey.segments or (),
        _CHANGED,
        placeholder=speak(N_("Everyone")),
        name=name,
        field=speak(N_("for whom")),
    )
    _weight(session, journey, name)
    _outcomes(session, journey)
    said_field(
        session,
        speak(N_("Where the shares were observed")),
        place,
        ("shares", "source"),
        journey.shares.source if journey.shares else None,
        _CHANGED,
        is_bilingual=is_bilingual(session.written.charter),
        placeholder=speak(N_("Nowhere yet: they are estimates")),
        name=name,
        field=speak(N_("where the shares were observed")),
    )
    if journey.shares:
        text_field(
            speak(N_("When")),
            place,
            ("shares", "observed"),
            journey.shares.observed,
            _CHANGED,
            name=name,
            field=speak(N_("when the shares were observed")),
        )


def _weight(session: Session, journey: Journey, name: str) -> None:
    speak = session.speak
    key = field_key(Place("journey", journey.id), ("weight",))
    follow(key, journey.weight)

    def change() -> None:
        weight: float = st.session_state[key]
        if weight <= 0:
            work.refuse(speak(N_("A weight is a number greater than 0.")))
            return
        work.amend(
            [Put(Place("journey", journey.id), ("weight",), f"{weight:g}")],
            _CHANGED,
            name=name,
            field=speak(N_("weight")),
        )

    st.number_input(
        speak(N_("Weight")),
        key=key,
        min_value=0.0,
        step=1.0,
        format="%g",
        help=speak(N_("How many customers take it, in any unit, beside the other journeys.")),
        disabled=not session.can_edit,
        on_change=change,
        persist_state="page",
    )


def _outcomes(session: Session, journey: Journey) -> None:
    speak = session.speak
    st.markdown("**" + speak(N_("How it can end")) + "**")
    exits = {each.exit for each in journey.touchpoints}
    for outcome in journey.outcomes or ():
        _outcome(session, journey, outcome, is_used=outcome.id in exits)
    key = field_key(Place("journey", journey.id), ("outcome", "new"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(speak(N_("Another way to end")), key=key, disabled=not session.can_edit)
        st.button(
            speak(N_("Add it")),
            key="add-outcome",
            icon=":material/add:",
            disabled=not session.can_edit,
            on_click=_add_outcome,
            args=(journey, key),
        )


def _outcome(session: Session, journey: Journey, outcome: Outcome, *, is_used: bool) -> None:
    speak, place = session.speak, Place("outcome", outcome.id, journey.id)
    name = outcome.name.in_language(speak.language) if outcome.name else outcome.id
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        said_field(
            session,
            speak(N_("Name")),
            place,
            ("name",),
            outcome.name,
            N_("“{name}” renamed"),
            is_bilingual=is_bilingual(session.written.charter),
            placeholder=outcome.id,
            label_visibility="collapsed",
            name=name,
        )
        truth_field(
            speak(N_("Wanted")),
            place,
            ("wanted",),
            outcome.wanted,
            N_("Whether “{name}” is wanted changed"),
            name=name,
        )
        st.button(
            "",
            key=field_key(place, ("take",)),
            icon=":material/delete:",
            type="tertiary",
            help=speak(N_("Paths end so: first let them end otherwise."))
            if is_used
            else speak(N_("Take it off")),
            disabled=is_used or not session.can_edit,
            on_click=_take_outcome,
            args=(place, name),
        )


def _take_outcome(place: Place, name: str) -> None:
    work.amend([Take(place)], N_("“{name}” taken off"), name=name)


def _add_outcome(journey: Journey, key: str) -> None:
    session = current()
    name = str(st.session_state.get(key, "")).strip()
    if not name:
        work.refuse(session.speak(N_("An ending has a name.")))
        return
    made = adding_outcome(journey, name, _words(session, name))
    if work.amend(made, N_("“{name}” added"), name=name):
        st.session_state[key] = ""


def adding_outcome(journey: Journey, name: str, words: Plain) -> list[Amendment]:
    """Return what declares one more outcome, and those that exits name where none is declared."""
    declared = [each.id for each in journey.outcomes or ()]
    made: list[Amendment] = []
    if journey.outcomes is None:
        named = dict.fromkeys(each.exit for each in journey.touchpoints if each.exit)
        made += [Add(Place("outcome", each, journey.id)) for each in named]
        declared += named
    new = free_id(name, declared, "outcome")
    return [*made, Add(Place("outcome", new, journey.id), {"name": words})]


def show_new_journey(session: Session) -> None:
    """Show the form of a new journey, with its first touchpoint: none is without one."""
    speak = session.speak
    st.text_input(
        speak(N_("Name of the journey")),
        key=_NAME,
        placeholder=speak(N_("Having a lamp repaired")),
        persist_state="page",
    )
    st.text_input(
        speak(N_("Where it begins: its first touchpoint")),
        key=_FIRST,
        placeholder=speak(N_("A call to the workshop")),
        persist_state="page",
    )
    choose_stage_and_channel(session, _STAGE, _CHANNEL)
    st.button(
        speak(N_("Begin this journey")),
        key="new-journey-do",
        type="primary",
        icon=":material/add:",
        on_click=_begin,
    )


def _begin() -> None:
    session = current()
    state = st.session_state
    name, first = (str(state.get(key, "")).strip() for key in (_NAME, _FIRST))
    if not name or not first:
        work.refuse(session.speak(N_("A journey has a name, and begins at a touchpoint.")))
        return
    journey = free_id(name, [each.id for each in session.written.journeys], "journey")
    touchpoint: dict[str, Plain] = {
        "id": free_id(first, (), "touchpoint"),
        "name": _words(session, first),
        "stage": state[_STAGE],
        "channel": state[_CHANNEL],
        "entry": "true",
    }
    item: dict[str, Plain] = {"name": _words(session, name), "touchpoints": [touchpoint]}
    if work.amend([Add(Place("journey", journey), item)], N_("Journey “{name}” begun"), name=name):
        state[_NAME] = state[_FIRST] = ""
        state[JOURNEY] = journey
        choose(journey, str(touchpoint["id"]))


def _words(session: Session, text: str) -> Plain:
    is_by_language = is_bilingual(session.written.charter)
    return {str(session.speak.language): text} if is_by_language else text
