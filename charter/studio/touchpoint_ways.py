"""The ways on from a touchpoint: where to, how many take them, for whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from charter.amendments import (
    Amendment,
    Connect,
    Disconnect,
    Lead,
    NoSuchPlace,
    in_language,
    written_item,
)
from charter.messages import N_
from charter.reports.words import amount
from charter.studio import folding, work
from charter.studio.chosen_touchpoint import Chosen, touchpoint_names
from charter.studio.fields import field_key, follow
from charter.studio.literal import literal
from charter.studio.said_field import as_written
from charter.studio.session import Session, current
from charter.studio.share_fields import share_fields
from charter.touchpoint_changes import leading_to, numbered_ways, passage_markers
from journeys.model import Transition
from journeys.plain import Plain

_CHANGED = N_("The way from “{source}” to “{target}” changed")


def show_ways(session: Session, chosen: Chosen) -> None:
    """Show the ways on, each with its fields, and let one lead to another touchpoint."""
    speak = session.speak
    names = touchpoint_names(session, chosen.journey)
    if not chosen.touchpoint.next:
        st.caption(speak(N_("No way leads on from here yet.")))
    for place, number in numbered_ways(chosen.touchpoint):
        _way(session, chosen, chosen.touchpoint.next[place], number, names)
    _connect(session, chosen)
    before = [literal(names[each]) for each in leading_to(chosen.journey, chosen.touchpoint.id)]
    if before:
        st.caption(speak(N_("Ways lead here from: {names}"), names=", ".join(before)))


def _way(
    session: Session, chosen: Chosen, way: Transition, number: int, names: dict[str, str]
) -> None:
    speak = session.speak
    told = f":material/arrow_forward: **{literal(names.get(way.to, way.to))}**"
    if way.share is not None and way.share.everyone is not None:
        told += f" :gray-badge[{amount(way.share.everyone, speak)}]"
    if way.segments:
        who = speak.all_of(session.names.of("segment", each) for each in way.segments)
        told += f" :gray-badge[{literal(who)}]"
    for tag in way.markers:
        told += f" :blue-badge[{literal(session.names.of('marker', tag.marker))}]"
    with folding.expander(told, key=_named(chosen, way, number, "way")) as is_open:
        if is_open:
            _show_fields(session, chosen, way, number)


def _show_fields(session: Session, chosen: Chosen, way: Transition, number: int) -> None:
    speak = session.speak

    def share(value: Plain, *segment: str) -> None:
        made = [Lead(chosen.place, way.to, ("share", *segment), value, number)]
        _amend(chosen, way, made, _CHANGED)

    share_fields(
        session,
        speak(N_("How many go this way, beside the other ways")),
        way.share,
        chosen.segments(session),
        key=partial(_named, chosen, way, number),
        amend=share,
    )
    key = _key(chosen, way, number, "segments", list(way.segments or ()))
    st.multiselect(
        speak(N_("For whom")),
        [segment.id for segment in session.written.charter.all_segments],
        format_func=lambda each: session.names.of("segment", each),
        placeholder=speak(N_("Everyone")),
        key=key,
        disabled=not session.can_edit,
        on_change=_change,
        args=(chosen, way, number, "segments", key),
        persist_state="page",
    )
    because = way.because.in_language(speak.language) if way.because else ""
    key = _key(chosen, way, number, "because", because)
    st.text_input(
        speak(N_("Why customers go this way")),
        key=key,
        disabled=not session.can_edit,
        on_change=_change,
        args=(chosen, way, number, "because", key),
        persist_state="page",
    )
    key = _key(chosen, way, number, "markers", [tag.marker for tag in way.markers])
    st.multiselect(
        speak(N_("Markers of the passage itself")),
        [marker.id for marker in session.written.charter.markers],
        format_func=lambda each: session.names.of("marker", each),
        placeholder=speak(N_("None")),
        help=speak(
            N_(
                "What shows while a customer is handed on: that their file is there already, for "
                "one. Only rules about hand-offs ask for it."
            )
        ),
        key=key,
        disabled=not session.can_edit,
        on_change=_mark,
        args=(chosen, way, number, key),
        persist_state="page",
    )
    target = next((each for each in chosen.journey.touchpoints if each.id == way.to), None)
    if target is not None and len(target.channel_shares) > 1:
        key = _key(chosen, way, number, "cross", way.cross)
        st.toggle(
            speak(N_("Customers may change channel on the way")),
            key=key,
            disabled=not session.can_edit,
            on_change=_change,
            args=(chosen, way, number, "cross", key),
            persist_state="page",
        )
    st.button(
        speak(N_("Take this way off")),
        key=_named(chosen, way, number, "take"),
        icon=":material/link_off:",
        type="tertiary",
        disabled=not session.can_edit,
        on_click=_amend,
        args=(
            chosen,
            way,
            [Disconnect(chosen.place, way.to, number)],
            N_("The way from “{source}” to “{target}” taken off"),
        ),
    )


def _change(chosen: Chosen, way: Transition, number: int, field: str, key: str) -> None:
    value: Plain = st.session_state[key]
    if field == "because":
        language = str(current().speak.language)
        value = in_language(as_written(way.because), language, str(value))
    elif field == "cross":
        value = "true" if value else None
    made = [Lead(chosen.place, way.to, (field,), value or None, number)]
    _amend(chosen, way, made, _CHANGED)


def _mark(chosen: Chosen, way: Transition, number: int, key: str) -> None:
    try:
        item = written_item(current().files, chosen.place)
    except NoSuchPlace:
        # Somebody took the touchpoint off meanwhile, which amending tells.
        item = {}
    value = passage_markers(item, way.to, number, st.session_state[key])
    _amend(chosen, way, [Lead(chosen.place, way.to, ("markers",), value, number)], _CHANGED)


def _amend(chosen: Chosen, way: Transition, made: Sequence[Amendment], told: str) -> None:
    names = touchpoint_names(current(), chosen.journey)
    work.amend(made, told, source=chosen.name, target=names.get(way.to, way.to))


def _named(chosen: Chosen, way: Transition, number: int, field: str) -> str:
    return field_key(chosen.place, ("way", way.to, str(number), field))


def _key(chosen: Chosen, way: Transition, number: int, field: str, written: object) -> str:
    key = _named(chosen, way, number, field)
    follow(key, written)
    return key


def _connect(session: Session, chosen: Chosen) -> None:
    speak = session.speak
    others = chosen.others(session)
    key = field_key(chosen.place, ("connect",))
    if not session.can_edit or not others:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="connect"):
        st.selectbox(
            speak(N_("Lead to another touchpoint")),
            list(others),
            index=None,
            format_func=lambda each: others.get(each, each),
            placeholder=speak(N_("Choose a touchpoint")),
            key=key,
        )
        st.button(
            speak(N_("Connect")),
            key="connect-do",
            icon=":material/add_link:",
            on_click=_lead_to,
            args=(chosen, key),
        )


def _lead_to(chosen: Chosen, key: str) -> None:
    session = current()
    to: str | None = st.session_state.get(key)
    if to is None:
        work.refuse(session.speak(N_("Choose the touchpoint that the way leads to.")))
        return
    names = touchpoint_names(session, chosen.journey)
    if work.amend(
        [Connect(chosen.place, to)],
        N_("“{source}” leads to “{target}” now"),
        source=chosen.name,
        target=names.get(to, to),
    ):
        st.session_state[key] = None
