"""What journeys are written against: channels, segments with their weights, and stages."""

from __future__ import annotations

import streamlit as st

from charter.brand import Charter, Priority
from charter.messages import N_, Speaker
from charter.studio.block_title import block_title
from charter.studio.cards import Card, CardGroup, CardsView, Layout, cards
from charter.studio.listed import show_listed
from charter.studio.literal import literal
from charter.studio.pencil import is_open
from charter.studio.pieces import Said, Tone
from charter.studio.session import Session
from charter.studio.words import PRIORITIES

_HINTS = {
    "segment": N_("Segments: name, weight, priority"),
    "channel": N_("Channels: name, order"),
    "stage": N_("Stages: name, order"),
}
_TITLES = {
    "segment": N_("Segments"),
    "channel": N_("Channels"),
    "stage": N_("Stages"),
}


def show_frame(session: Session) -> None:
    """Show the three lists, each with its pencil."""
    for what, title in _TITLES.items():
        with st.container(border=True, key=f"frame-{what}"):
            block_title(session, session.speak(title), what, session.speak(_HINTS[what]))
            if is_open(session, what):
                show_listed(session, what)
            else:
                _read(session, what)


def _read(session: Session, what: str) -> None:
    speak, charter = session.speak, session.written.charter
    if what == "segment":
        _segments(session, charter)
        return
    items = charter.channels if what == "channel" else charter.stages
    names = [literal(item.named(speak.language)) for item in items]
    if what == "stage":
        st.markdown(" → ".join(names))
    else:
        st.markdown(" ".join(f":gray-badge[{name}]" for name in names))


def _segments(session: Session, charter: Charter) -> None:
    speak = session.speak
    if not charter.segments:
        st.caption(speak(N_("No segment is declared: every rule is asked for everyone alike.")))
        return
    total = sum(segment.weight for segment in charter.segments)
    first = (Said(speak(PRIORITIES[Priority.HIGH]), tone=Tone.ORANGE),)
    shown = tuple(
        Card(
            segment.id,
            segment.named(speak.language),
            badges=first if segment.priority is Priority.HIGH else (),
            lines=((_share(speak, segment.weight / total),),),
        )
        for segment in charter.segments
    )
    view = CardsView(speak(_TITLES["segment"]), Layout.BARE, (CardGroup(shown),))
    cards(view, key="segments")


def _share(speak: Speaker, share: float) -> Said:
    told = speak(N_("{share} of customers"), share=speak.percent(share))
    return Said(told, tone=Tone.SOFT)
