"""How a marker shows: on each channel, or why it doesn't there, and for each segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from charter.amendments import Place
from charter.brand import Expression, Marker, Priority
from charter.expressing import (
    LEFT_OUT,
    changing,
    is_bilingual,
    said,
    segments_by_priority,
)
from charter.messages import N_
from charter.studio import work
from charter.studio.block_title import block_title
from charter.studio.fields import follow
from charter.studio.literal import literal
from charter.studio.pencil import is_open, pencil
from charter.studio.said_field import said_field, told_language, untranslated
from charter.studio.session import Session, current
from charter.studio.words import PRIORITIES
from charter.whereabouts import Whereabouts
from journeys.document import Words

_SHOWS, _LEFT_OUT = "shows", "left-out"
_WAYS = {_SHOWS: N_("It shows here"), _LEFT_OUT: N_("Deliberately not here")}


def show_expressions(
    session: Session, marker: Marker, known: Whereabouts, gaps: tuple[str, ...]
) -> None:
    """Show the expressions, channel by channel; each has its pencil."""
    speak = session.speak
    by_channel = known.by_channel()
    st.subheader(speak(N_("How it shows")), anchor=False)
    for channel in session.written.charter.channels:
        expression = marker.expressions.get(channel.id)
        block = f"expression-{marker.id}-{channel.id}"
        with st.container(border=True, gap="small", key=block):
            with st.container(horizontal=True, vertical_alignment="center"):
                number = len(by_channel.get(channel.id, ()))
                used = speak.many("{number} touchpoint", "{number} touchpoints", number)
                name = literal(channel.named(speak.language))
                st.markdown(f"**{name}**" + (f" :gray[{used}]" if number else ""), width="stretch")
                pencil(session, block, speak(N_("How it shows on this channel")))
            if channel.id in gaps:
                told = speak(N_("To be written: it is used here, and nothing says how it shows."))
                st.markdown(f":orange[:material/edit_note: {told}]")
            if is_open(session, block):
                _fields(session, marker, channel.id, expression)
            else:
                _read(session, expression, is_gap=channel.id in gaps)


def _read(session: Session, expression: Expression | None, *, is_gap: bool) -> None:
    speak, language = session.speak, str(session.speak.language)
    if expression is None:
        if not is_gap:
            st.caption(speak(N_("Nothing is said.")))
        return
    if expression.not_for is not None:
        reason = literal(speak.words(expression.not_for))
        told = speak(N_("Deliberately not here:"))
        st.markdown(f":gray[{LEFT_OUT} {told}] {reason}")
        return
    if expression.text is not None:
        st.markdown(literal(speak.words(expression.text)))
        other = said(expression.text, language).other
        if other:
            told = speak(N_("Only {in_language} so far."), in_language=told_language(other, speak))
            st.caption(f":material/translate: {told}")
    for icon, colour, lines in (
        (":material/check:", "green", expression.do),
        (":material/close:", "red", expression.dont),
    ):
        told_lines = [f":{colour}[{icon}] {literal(speak.words(line))}" for line in lines]
        if told_lines:
            st.markdown("  \n".join(told_lines))
    if expression.example is not None:
        st.markdown(f"*{literal(speak.quote(speak.words(expression.example)))}*")


@dataclass(frozen=True)
class _Shown:
    """An expression whose fields are shown.

    Attributes:
        key: What the keys of its fields begin with.
    """

    marker: str
    channel: str
    key: str


def _fields(session: Session, marker: Marker, channel: str, expression: Expression | None) -> None:
    speak = session.speak
    key = f"expression-{session.version}-{marker.id}-{channel}-{speak.language}"
    shown = _Shown(marker.id, channel, key)
    is_left_out = expression is not None and expression.not_for is not None
    follow(f"{key}-way", _LEFT_OUT if is_left_out else _SHOWS)
    way = st.segmented_control(
        speak(N_("Does it show here?")),
        list(_WAYS),
        format_func=lambda each: speak(_WAYS[each]),
        required=True,
        key=f"{key}-way",
        label_visibility="collapsed",
        persist_state="page",
    )
    if way == _LEFT_OUT:
        reason = expression.not_for if expression else None
        _area(session, shown, "not-for", speak(N_("Why not here")), reason)
        st.caption(speak(N_("With a reason, it takes the place of what is said of this channel.")))
        return
    text = expression.text if expression else None
    _area(session, shown, "text", speak(N_("How it shows")), text)
    do, dont = st.columns(2)
    with do:
        _lines(session, shown, "do", speak(N_("To do")), expression.do if expression else ())
    with dont:
        _lines(
            session, shown, "dont", speak(N_("Not to do")), expression.dont if expression else ()
        )
    example = expression.example if expression else None
    _area(session, shown, "example", speak(N_("For example, in so many words")), example)


def _area(session: Session, shown: _Shown, part: str, label: str, words: Words | None) -> None:
    """Show a text of an expression; what is only said in another language is to be translated."""
    now = said(words, str(session.speak.language))
    key = f"{shown.key}-{part}"
    follow(key, "" if now.other else now.text)
    st.text_area(
        label,
        key=key,
        placeholder=now.text if now.other else "",
        on_change=_change,
        args=(shown, part),
        persist_state="page",
    )
    if now.other:
        st.caption(untranslated(now.other, session.speak))


def _lines(session: Session, shown: _Shown, part: str, label: str, lines: Sequence[Words]) -> None:
    key = f"{shown.key}-{part}"
    follow(key, "\n".join(session.speak.words(line) for line in lines))
    st.text_area(
        label,
        key=key,
        help=session.speak(N_("One a line")),
        on_change=_change,
        args=(shown, part),
        persist_state="page",
    )


def _change(shown: _Shown, part: str) -> None:
    session = current()
    marker = session.written.charter.markers_by_id.get(shown.marker)
    if marker is None:
        return
    amendment = changing(
        session.files,
        marker,
        shown.channel,
        part,
        str(session.speak.language),
        st.session_state[f"{shown.key}-{part}"],
    )
    if amendment is not None:
        names = session.names
        work.amend(
            [amendment],
            N_("How “{marker}” shows on “{channel}” said otherwise"),
            marker=names.of("marker", shown.marker),
            channel=names.of("channel", shown.channel),
        )


def show_adaptations(session: Session, marker: Marker) -> None:
    """Show how a marker is adapted to segments, those that come first for the brand first."""
    speak, charter = session.speak, session.written.charter
    segments = segments_by_priority(charter)
    if not segments:
        return
    block = f"adaptations-{marker.id}"
    hint = speak(N_("How it is adapted to each segment"))
    block_title(session, speak(N_("For some, otherwise")), block, hint)
    name = marker.named(speak.language)
    for segment in segments:
        words = marker.adaptations.get(segment.id)
        called = segment.named(speak.language)
        if is_open(session, block):
            said_field(
                session,
                literal(called),
                Place("marker", marker.id),
                ("adaptations", segment.id),
                words,
                N_("How “{name}” is adapted to “{segment}” said otherwise"),
                is_long=True,
                is_bilingual=is_bilingual(charter, marker),
                name=name,
                segment=called,
            )
            continue
        is_first = segment.priority is Priority.HIGH
        star = " :orange-badge[" + speak(PRIORITIES[Priority.HIGH]) + "]" if is_first else ""
        if words is not None:
            told = literal(speak.words(words))
        else:
            nothing = speak(N_("As for everybody."))
            told = f":gray[{nothing}]"
        st.markdown(f"**{literal(called)}**{star}  \n{told}")
