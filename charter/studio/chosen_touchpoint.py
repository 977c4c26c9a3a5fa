"""The touchpoint that is chosen on the map, as it is written."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from charter.amendments import Place
from charter.messages import visible
from charter.studio import address
from charter.studio.journey_view import JourneyView
from charter.studio.session import Session
from journeys.model import Journey, Touchpoint

SELECTED = "touchpoint"
_WITHIN = "touchpoint-within"


@dataclass(frozen=True)
class Chosen:
    """A touchpoint.

    Attributes:
        journey: The journey it belongs to, as written.
        stop: What was chosen on the map: with its channel, where it is on several.
    """

    journey: Journey
    touchpoint: Touchpoint
    stop: str
    name: str

    @property
    def place(self) -> Place:
        """Where it is written."""
        return Place("touchpoint", self.touchpoint.id, self.journey.id)

    def others(self, session: Session) -> dict[str, str]:
        """Return the other touchpoints of the journey with their names, all told apart."""
        named = touchpoint_names(session, self.journey)
        return {id: name for id, name in named.items() if id != self.touchpoint.id}

    def segments(self, session: Session) -> list[str]:
        """Return the segments that come by: those of the journey, without those it isn't for."""
        every = [each.id for each in session.written.charter.all_segments]
        own = self.touchpoint.segments
        return [each for each in self.journey.segments or every if own is None or each in own]


def touchpoint_names(session: Session, journey: Journey) -> dict[str, str]:
    """Return the names of a journey's touchpoints by id; those named alike with their ids."""
    language = session.speak.language
    return told_apart({t.id: visible(t.named(language)) for t in journey.touchpoints})


def told_apart(names: dict[str, str]) -> dict[str, str]:
    """Return names by id, each followed by its id where another is called the same."""
    said = list(names.values())
    return {id: name if said.count(name) == 1 else f"{name} ({id})" for id, name in names.items()}


def written_journey(session: Session, journey: str) -> Journey | None:
    """Return a journey as written; None where it isn't there."""
    return next((each for each in session.written.journeys if each.id == journey), None)


def chosen_touchpoint(session: Session, view: JourneyView) -> tuple[Chosen | None, bool]:
    """Return the touchpoint that is chosen, and whether one was that isn't there any more.

    The address remembers it. It is chosen in one journey: another one shows none.
    """
    if address.is_new(SELECTED):
        choose(view.id, st.query_params[SELECTED])
    stop: str | None = st.session_state.get(SELECTED)
    journey = written_journey(session, view.id)
    if st.session_state.get(_WITHIN, view.id) != view.id or not stop:
        stop = None
    address.write(SELECTED, stop)
    if journey is None or stop is None:
        return None, False
    identifier = stop.partition("@")[0]
    found = next((each for each in journey.touchpoints if each.id == identifier), None)
    if found is None:
        return None, True
    return Chosen(journey, found, stop, visible(found.named(session.speak.language))), False


def choose(journey: str, stop: str | None) -> None:
    """Choose a stop of a journey; none for None."""
    st.session_state[_WITHIN] = journey
    st.session_state[SELECTED] = stop
