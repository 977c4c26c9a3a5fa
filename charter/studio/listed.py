"""What the charter lists, edited: values, channels, segments and stages, each on a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from charter.amendments import Add, Amendment, Move, Place, Put, free_id
from charter.brand import Channel, Charter, Priority, Segment, Stage, Value
from charter.expressing import is_bilingual
from charter.messages import N_
from charter.studio import work
from charter.studio.fields import choice_field, field_key, follow
from charter.studio.literal import literal
from charter.studio.said_field import said_field
from charter.studio.session import Session, current
from charter.studio.taking_off import show_taking_off, take_off_button
from charter.studio.words import PRIORITIES
from journeys.plain import Plain

_Listed = Value | Channel | Segment | Stage


@dataclass(frozen=True)
class _Kind:
    """What is listed, in words.

    Attributes:
        new: What the field for one more is called.
        named: Why its name can't be empty.
    """

    new: str
    named: str


KINDS: Mapping[str, _Kind] = {
    "value": _Kind(N_("A new value"), N_("A value has a name.")),
    "channel": _Kind(N_("A new channel"), N_("A channel has a name.")),
    "segment": _Kind(N_("A new segment"), N_("A segment has a name.")),
    "stage": _Kind(N_("A new stage"), N_("A stage has a name.")),
}


def listed(charter: Charter, what: str) -> Sequence[_Listed]:
    """Return what the charter lists of a kind."""
    lists: Mapping[str, Sequence[_Listed]] = {
        "value": charter.values,
        "channel": charter.channels,
        "segment": charter.segments,
        "stage": charter.stages,
    }
    return lists[what]


def show_listed(session: Session, what: str) -> None:
    """Show the fields of all that is listed of a kind, and one for more."""
    items = listed(session.written.charter, what)
    for number, item in enumerate(items):
        _line(session, what, items, number)
        show_taking_off(session, what, within=item.id)
    _add_field(session, what)


def _line(session: Session, what: str, items: Sequence[_Listed], number: int) -> None:
    speak, item = session.speak, items[number]
    place = Place(what, item.id)
    name = item.named(speak.language)
    bilingual = is_bilingual(session.written.charter)
    with st.container(
        horizontal=True,
        vertical_alignment="top" if isinstance(item, Value) else "bottom",
        gap="small",
        key=f"line-{what}-{item.id}",
    ):
        with st.container(width="stretch", gap="small"):
            said_field(
                session,
                speak(N_("Name")),
                place,
                ("name",),
                item.name,
                N_("“{name}” renamed"),
                is_bilingual=bilingual,
                missing=speak(KINDS[what].named) if item.name else "",
                placeholder=item.id,
                label_visibility="collapsed",
                name=name,
            )
            if isinstance(item, Value):
                said_field(
                    session,
                    speak(N_("Meaning")),
                    place,
                    ("meaning",),
                    item.meaning,
                    N_("What “{name}” means said otherwise"),
                    is_long=True,
                    is_bilingual=bilingual,
                    placeholder=speak(N_("What we understand by it")),
                    label_visibility="collapsed",
                    name=name,
                )
        if isinstance(item, Segment):
            _weight(session, item)
            with st.container(width=170):
                choice_field(
                    speak(N_("Priority")),
                    place,
                    ("priority",),
                    {each: speak(PRIORITIES[each]) for each in Priority},
                    item.priority,
                    N_("Priority of “{name}” changed"),
                    default=Priority.STANDARD,
                    name=name,
                )
        for step, icon, hint in (
            (-1, ":material/arrow_upward:", N_("Further up")),
            (1, ":material/arrow_downward:", N_("Further down")),
        ):
            st.button(
                "",
                key=f"move-{what}-{item.id}-{'up' if step < 0 else 'down'}",
                icon=icon,
                type="tertiary",
                help=speak(hint),
                disabled=not session.can_edit or not 0 <= number + step < len(items),
                on_click=_move,
                args=(what, item.id, step),
            )
        take_off_button(session, place, f"take-{what}-{item.id}")


def _weight(session: Session, item: Segment) -> None:
    key = field_key(Place("segment", item.id), ("weight",))
    follow(key, item.weight)
    st.number_input(
        session.speak(N_("Weight")),
        key=key,
        min_value=0.0,
        step=1.0,
        format="%g",
        width=130,
        help=session.speak(N_("How many customers are of it, in any unit, beside the others.")),
        disabled=not session.can_edit,
        on_change=_weigh,
        args=(item.id, key),
        persist_state="page",
    )


def _weigh(segment: str, key: str) -> None:
    session = current()
    weight: float = st.session_state[key]
    if weight <= 0:
        work.refuse(session.speak(N_("A weight is a number greater than 0.")))
        return
    work.amend(
        [Put(Place("segment", segment), ("weight",), f"{weight:g}")],
        N_("Weight of “{name}” changed"),
        name=session.names.of("segment", segment),
    )


def _move(what: str, identifier: str, step: int) -> None:
    session = current()
    ids = [item.id for item in listed(session.written.charter, what)]
    if identifier not in ids:
        return
    others = [each for each in ids if each != identifier]
    before = max(0, ids.index(identifier) + step)
    after = others[before - 1] if before else ""
    name = session.names.of(what, identifier)
    work.amend([Move(Place(what, identifier), after)], N_("“{name}” moved"), name=name)


def _add_field(session: Session, what: str) -> None:
    speak = session.speak
    key = f"new-{what}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            speak(KINDS[what].new),
            key=key,
            placeholder=speak(N_("Its name")),
            disabled=not session.can_edit,
        )
        st.button(
            speak(N_("Add it")),
            key=f"add-{what}",
            icon=":material/add:",
            disabled=not session.can_edit,
            on_click=_add,
            args=(what, key),
        )


def _add(what: str, key: str) -> None:
    session = current()
    name = str(st.session_state.get(key, "")).strip()
    if not name:
        work.refuse(session.speak(KINDS[what].named))
        return
    added = adding(session.written.charter, what, name, str(session.speak.language))
    if work.amend([added], N_("“{name}” added"), name=name):
        st.session_state[key] = ""


def adding(charter: Charter, what: str, name: str, language: str) -> Amendment:
    """Return what adds something of a kind, under an id of its own."""
    identifier = free_id(name, [item.id for item in listed(charter, what)], what)
    words: Plain = {language: name} if is_bilingual(charter) else name
    return Add(Place(what, identifier), {"name": words})


def told_line(session: Session, item: _Listed) -> str:
    """Return in Markdown what is listed, as one reads it."""
    speak = session.speak
    told = literal(item.named(speak.language))
    if isinstance(item, Segment) and item.priority is Priority.HIGH:
        told = f":material/star: {told}"
    return told
