"""Taking something off: what names it is told first, and what goes along goes in the same step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from charter.amendments import Amendment, NoSuchPlace, Place, Take
from charter.mentions import (
    Mention,
    in_the_way,
    mentions,
    taking_off_marker,
    taking_off_value,
)
from charter.messages import N_
from charter.studio import work
from charter.studio.literal import literal
from charter.studio.session import Session, current
from charter.studio.taking_off_question import ask_to_take_off
from charter.usecases.desks import fingerprint

_ASKED = "taking-off"
_MOST_TOLD = 8
_ALONG: Mapping[str, tuple[str, Callable[[Mapping[str, bytes], str], list[Amendment]]]] = {
    "marker": ("touchpoint", taking_off_marker),
    "value": ("marker", taking_off_value),
}
"""What goes along with a thing, and how."""
_NAMED = {
    "marker": N_("the marker {name}"),
    "rule": N_("the rule {name}"),
    "touchpoint": N_("the touchpoint {name} of {within}"),
    "outcome": N_("the outcome {name} of {within}"),
    "action": N_("the action {name} of the plan {within}"),
    "journey": N_("the journey {within}"),
    "plan": N_("the plan {within}"),
    "waiver": N_("a waiver of the rule {name}"),
    "segment": N_("the segment {name}"),
    "charter": N_("the charter"),
}


def take_off_button(session: Session, place: Place, key: str, *, label: str = "") -> None:
    """Offer to take something off; whether it can be is told by `show_taking_off`."""
    speak = session.speak
    st.button(
        label,
        key=key,
        icon=":material/delete:",
        type="tertiary",
        help=None if label else speak(N_("Take it off")),
        disabled=not session.can_edit,
        on_click=_ask,
        args=(place,),
    )


def _ask(place: Place) -> None:
    st.session_state[_ASKED] = place


def _forget() -> None:
    st.session_state.pop(_ASKED, None)


def show_taking_off(session: Session, *what: str, within: str | None = None) -> None:
    """Ask before something is taken off that is one of these, or say why it can't be.

    With ``within``, only for the thing of that id.
    """
    place: Place | None = st.session_state.get(_ASKED)
    if place is None or place.what not in what or within not in (None, place.id):
        return
    try:
        found = _mentions(fingerprint(session.files), place, session.files)
    except NoSuchPlace:
        _forget()
        return
    speak = session.speak
    name = session.names.of(place.what, place.id)
    along = _ALONG.get(place.what, ("", None))[0]
    left = list(in_the_way(found, along))
    going = [mention for mention in found if mention not in left]
    with st.container(border=True, key="taking-off"):
        if left:
            told = speak.naming(
                N_("“{name}” can't be taken off yet. First change what names it: {what}."),
                name=name,
                what=_listed(session, left),
            )
            st.markdown(f":material/info: {literal(told)}")
            st.button(speak(N_("Close")), key="taking-off-close", on_click=_forget)
            return
        told = speak.naming(N_("Take “{name}” off?"), name=name)
        if going:
            told += " " + speak(N_("It goes from {what}, too."), what=_listed(session, going))
        ask_to_take_off(told, speak, partial(_take, place), _forget)


def _take(place: Place) -> None:
    session = current()
    made: list[Amendment] = [Take(place)]
    if place.what in _ALONG:
        made = _ALONG[place.what][1](session.files, place.id)
    name = session.names.of(place.what, place.id)
    if work.amend(made, N_("“{name}” taken off"), name=name):
        _forget()


@st.cache_data(max_entries=16, show_spinner=False)
def _mentions(name: str, place: Place, _files: Mapping[str, bytes]) -> tuple[Mention, ...]:
    del name  # part of the key only
    return mentions(_files, place)


def _listed(session: Session, found: list[Mention]) -> str:
    """Return what names something, in a sentence's words."""
    speak, names = session.speak, session.names
    told = []
    for mention in found[:_MOST_TOLD]:
        within = mention.within
        if mention.what in ("touchpoint", "outcome", "journey"):
            within = names.of("journey", mention.within)
        name = names.of(mention.what, mention.id)
        if mention.what == "touchpoint":
            name = names.stop(mention.within, mention.id)
        if mention.what == "action":
            name = names.of("action", f"{mention.within}/{mention.id}")
        words = {"name": speak.quote(name), "within": speak.quote(within)}
        told.append(speak(_NAMED[mention.what], **words))
    if len(found) > _MOST_TOLD:
        more = len(found) - _MOST_TOLD
        told.append(speak.many("{number} more", "{number} more", more))
    return speak.all_of(told)
