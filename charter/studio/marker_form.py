"""One marker, open: what it is, how it shows on channels and for segments, where it lives."""

from __future__ import annotations

import datetime

import streamlit as st

from charter.amendments import Place, Put
from charter.brand import Bearer, Marker, Role
from charter.expressing import is_bilingual
from charter.messages import N_
from charter.studio import work
from charter.studio.fields import (
    choice_field,
    date_field,
    field_key,
    follow,
    several_field,
    text_field,
)
from charter.studio.literal import literal
from charter.studio.marker_cards import open_marker
from charter.studio.marker_cues import show_cues
from charter.studio.marker_expressions import show_adaptations, show_expressions
from charter.studio.marker_places import show_places
from charter.studio.marker_words import facts, state_badge, value_badges
from charter.studio.pencil import is_open, pencil
from charter.studio.said_field import said_field
from charter.studio.session import Session, current
from charter.studio.taking_off import show_taking_off, take_off_button
from charter.studio.words import BEARERS, ROLE_NAMES
from charter.whereabouts import Whereabouts


def show_marker(
    session: Session, marker: Marker, known: Whereabouts, gaps: tuple[str, ...]
) -> None:
    """Show all of a marker. ``gaps`` are channels where it is tagged and nothing is said."""
    speak = session.speak
    block = f"marker-{marker.id}"
    with st.container(horizontal=True, vertical_alignment="center", key="marker-title"):
        st.button(
            speak(N_("All markers")),
            key="all-markers",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=open_marker,
            args=(None,),
        )
        st.space("stretch")
        pencil(session, block, speak(N_("Name, values, role, owner")))
        if session.can_edit:
            take_off_button(
                session,
                Place("marker", marker.id),
                "take-marker",
                label=speak(N_("Take this marker off")),
            )
    show_taking_off(session, "marker", within=marker.id)
    with st.container(border=True, key="marker-facts"):
        st.header(literal(marker.named(speak.language)), anchor=False)
        if is_open(session, block):
            _fields(session, marker)
        else:
            st.markdown(f"{state_badge(session, marker, known)} {value_badges(session, marker)}")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"{speak(ROLE_NAMES[marker.role])} · {facts(session, marker)}")
                _read_through(session, marker)
    shows, lives = st.columns([3, 2], gap="large")
    with shows:
        show_expressions(session, marker, known, gaps)
        show_adaptations(session, marker)
    with lives:
        show_places(session, known)
        show_cues(session, marker)


def _fields(session: Session, marker: Marker) -> None:
    speak, charter = session.speak, session.written.charter
    place, name = Place("marker", marker.id), marker.named(session.speak.language)
    said_field(
        session,
        speak(N_("Name")),
        place,
        ("name",),
        marker.name,
        N_("“{name}” renamed"),
        is_bilingual=is_bilingual(charter),
        missing=speak(N_("A marker has a name: say in a few words what people notice.")),
        name=name,
    )
    with st.grid(2, min_column_width=260):
        choice_field(
            speak(N_("What it is to the brand")),
            place,
            ("role",),
            {role: speak(ROLE_NAMES[role]) for role in Role},
            marker.role,
            N_("What “{name}” is to the brand changed"),
            default=Role.SIGNATURE,
            name=name,
        )
        several_field(
            speak(N_("Values that it makes concrete")),
            place,
            ("values",),
            {value.id: value.named(speak.language) for value in charter.values},
            marker.values,
            N_("Values of “{name}” changed"),
            placeholder=speak(N_("None yet")),
            name=name,
        )
        text_field(
            speak(N_("Who answers for it")),
            place,
            ("owner",),
            marker.owner,
            N_("Who answers for “{name}” changed"),
            placeholder=speak(N_("A team")),
            name=name,
        )
        choice_field(
            speak(N_("What bears it")),
            place,
            ("borne-by",),
            {"": speak(N_("Not said")), **{each: speak(BEARERS[each]) for each in Bearer}},
            marker.borne_by or "",
            N_("What bears “{name}” changed"),
            name=name,
        )
        with st.container(gap="small"):
            date_field(
                speak(N_("Last read through on")),
                place,
                ("reviewed",),
                marker.reviewed,
                N_("When “{name}” was read through changed"),
                name=name,
            )
            _read_through(session, marker)
        _opening_cost(session, marker)


def _read_through(session: Session, marker: Marker) -> None:
    today = datetime.date.today()
    if session.can_edit and marker.reviewed != today:
        st.button(
            session.speak(N_("Read through today")),
            key=f"reviewed-{marker.id}",
            icon=":material/event_available:",
            type="tertiary",
            on_click=_note_reading,
            args=(marker.id, today),
        )


def _note_reading(marker: str, today: datetime.date) -> None:
    work.amend(
        [Put(Place("marker", marker), ("reviewed",), today.isoformat())],
        N_("“{name}” read through today"),
        name=current().names.of("marker", marker),
    )


def _opening_cost(session: Session, marker: Marker) -> None:
    speak = session.speak
    key = field_key(Place("marker", marker.id), ("opening-cost",))
    follow(key, marker.opening_cost)
    st.number_input(
        speak(N_("Cost of a first use on a channel")),
        value=None,
        key=key,
        min_value=0.0,
        step=1.0,
        format="%g",
        placeholder=speak(N_("Not said: 1")),
        help=speak(
            N_("What plans count for its first use on a channel where nothing says how it shows.")
        ),
        disabled=not session.can_edit,
        on_change=_cost,
        args=(marker.id, key),
        persist_state="page",
    )


def _cost(marker: str, key: str) -> None:
    session = current()
    cost: float | None = st.session_state[key]
    if cost is not None and cost <= 0:
        work.refuse(session.speak(N_("A cost is a number greater than 0.")))
        return
    work.amend(
        [Put(Place("marker", marker), ("opening-cost",), None if cost is None else f"{cost:g}")],
        N_("Cost of “{name}” changed"),
        name=session.names.of("marker", marker),
    )
