"""Who the brand is: its name and promise, what it stands for, and how it relates to people."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from charter.amendments import CHARTER, Put
from charter.brand import Value
from charter.expressing import is_bilingual, relisted, said
from charter.messages import N_
from charter.reports.words import date
from charter.studio import work
from charter.studio.block_title import block_title
from charter.studio.cards import Card, CardGroup, CardsView, Layout, cards
from charter.studio.fields import date_field, follow
from charter.studio.listed import show_listed
from charter.studio.literal import literal
from charter.studio.pencil import is_open, pencil
from charter.studio.pieces import Said, Tone
from charter.studio.said_field import as_written, said_field, told_language, translation
from charter.studio.session import Session, current
from journeys.document import Words
from journeys.plain import Plain


def show_who(session: Session) -> None:
    """Show what the brand stands for, beside how it relates to people."""
    stands_for, posture = st.columns([3, 2], gap="large")
    with stands_for:
        _values(session)
    with posture:
        _posture(session)


def show_promise(session: Session) -> None:
    """Show the brand's name and its promise."""
    speak, charter = session.speak, session.written.charter
    bilingual = is_bilingual(charter)
    with st.container(horizontal=True, vertical_alignment="top", key="promise"):
        with st.container(width="stretch", gap="small"):
            if is_open(session, "promise"):
                said_field(
                    session,
                    speak(N_("Brand")),
                    CHARTER,
                    ("brand",),
                    charter.brand,
                    N_("The brand's name said otherwise"),
                    is_bilingual=bilingual,
                    missing=speak(N_("A brand has a name.")),
                )
                said_field(
                    session,
                    speak(N_("Promise: what customers can count on")),
                    CHARTER,
                    ("promise",),
                    charter.promise,
                    N_("The promise said otherwise"),
                    is_long=True,
                    is_bilingual=bilingual,
                )
                translation(
                    session,
                    CHARTER,
                    ("promise",),
                    charter.promise,
                    N_("The promise said in another language"),
                )
                date_field(
                    speak(N_("Charter last read through on")),
                    CHARTER,
                    ("reviewed",),
                    charter.reviewed,
                    N_("When the charter was last read through said otherwise"),
                )
            else:
                _quoted_promise(session, charter.promise)
                read = speak(N_("nothing says when the charter was last read through"))
                if charter.reviewed:
                    day = date(charter.reviewed, speak)
                    read = speak(N_("charter last read through on {day}"), day=day)
                st.caption(f"**{literal(speak.words(charter.brand))}** · {read}")
        pencil(session, "promise", speak(N_("Brand, promise, date")))


def _quoted_promise(session: Session, promise: Words | None) -> None:
    speak = session.speak
    if promise is None:
        st.markdown(speak(N_("Nothing says yet what customers can count on.")))
        return
    now = said(promise, str(speak.language))
    st.header(f"*{literal(speak.quote(now.text))}*", anchor=False)
    if now.other:
        told = speak(N_("Only {in_language} so far."), in_language=told_language(now.other, speak))
        st.caption(f":material/translate: {told}")


def _values(session: Session) -> None:
    speak, charter = session.speak, session.written.charter
    hint = speak(N_("Values: name, meaning, order"))
    block_title(session, speak(N_("What we stand for")), "values", hint)
    if is_open(session, "values"):
        show_listed(session, "value")
        return
    if not charter.values:
        st.caption(
            speak(
                N_("No value is declared yet. Values are what the markers of the brand stand for.")
            )
        )
        return
    shown = tuple(_value_card(session, value) for value in charter.values)
    cards(CardsView(speak(N_("What we stand for")), Layout.GRID, (CardGroup(shown),)), key="values")


def _value_card(session: Session, value: Value) -> Card:
    speak = session.speak
    number = len(session.written.charter.markers_of_value(value.id))
    concrete = (
        speak.many("{number} marker makes it concrete", "{number} markers make it concrete", number)
        if number
        else speak(N_("No marker makes it concrete yet"))
    )
    meaning = ((Said(speak.words(value.meaning)),),) if value.meaning else ()
    return Card(
        value.id,
        value.named(speak.language),
        lines=(*meaning, (Said(concrete, tone=Tone.SOFT),)),
    )


def _posture(session: Session) -> None:
    speak, posture = session.speak, session.written.charter.posture
    hint = speak(N_("What we are to people, and what never"))
    block_title(session, speak(N_("How we relate to people")), "posture", hint)
    sides = (
        ("is", N_("We are"), posture.is_ if posture else (), "green"),
        ("is-not", N_("We are never"), posture.is_not if posture else (), "red"),
    )
    for key, title, chips, colour in sides:
        if is_open(session, "posture"):
            _chips(session, key, speak(title), chips)
            continue
        shown = " ".join(f":{colour}-badge[{literal(speak.words(chip))}]" for chip in chips)
        nothing = speak(N_("Nothing is said yet."))
        st.markdown(f":gray[{speak(title)}]\n\n{shown or f':small[:gray[{nothing}]]'}")


def _chips(session: Session, side: str, title: str, chips: Sequence[Words]) -> None:
    """Show one side of the posture as chips: taken off by their cross, added by typing."""
    speak = session.speak
    shown = list(dict.fromkeys(speak.words(chip) for chip in chips))
    key = f"posture-{side}-{speak.language}"
    follow(key, shown)
    st.multiselect(
        title,
        shown,
        key=key,
        accept_new_options=True,
        placeholder=speak(N_("Type a word and press Enter")),
        on_change=_change_posture,
        args=(side, key),
        persist_state="page",
    )


def _change_posture(side: str, key: str) -> None:
    session = current()
    charter = session.written.charter
    language = str(session.speak.language)
    posture = charter.posture
    chips = () if posture is None else posture.is_ if side == "is" else posture.is_not
    was: list[Plain] = [as_written(chip) for chip in chips]
    now = relisted(was, language, st.session_state[key], is_by_language=is_bilingual(charter))
    if now != was:
        work.amend([Put(CHARTER, ("posture", side), now or None)], N_("Posture said otherwise"))
