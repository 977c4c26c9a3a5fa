"""Identity: who the brand is, its markers, and how each shows on channels and for segments."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from charter.expressing import gaps
from charter.messages import N_
from charter.studio import address
from charter.studio.adaptation_table import show_adaptation_table
from charter.studio.expression_table import show_expression_table
from charter.studio.identity_frame import show_frame
from charter.studio.identity_head import show_promise, show_who
from charter.studio.marker_cards import MARKER, show_cards
from charter.studio.marker_form import show_marker
from charter.studio.panel_bar import panel_bar
from charter.studio.session import Session, current
from charter.whereabouts import Whereabouts, whereabouts

WHO, MARKERS, EXPRESSIONS, ADAPTATIONS = "who", "markers", "expressions", "adaptations"
PART = "part"
PARTS = {
    WHO: N_("Who we are"),
    MARKERS: N_("Markers"),
    EXPRESSIONS: N_("On each channel"),
    ADAPTATIONS: N_("For each segment"),
}


def show(session: Session) -> None:
    """Show the page: one marker where one is open, else all of the identity."""
    markers = session.written.charter.markers_by_id
    address.read(MARKER, list(markers))
    chosen: str | None = st.session_state.get(MARKER)
    address.write(MARKER, chosen)
    if chosen in markers:
        known = _whereabouts(session)
        marker = markers[chosen]
        show_marker(
            session, marker, known[marker.id], gaps(session.written.settings).get(chosen, ())
        )
        return
    show_promise(session)
    _parts(session)


def _parts(session: Session) -> None:
    speak = session.speak
    address.read(PART, list(PARTS), default=WHO)
    chosen = panel_bar(
        speak(N_("What is shown")),
        list(PARTS),
        key=PART,
        told=lambda part: speak(PARTS[part]),
        width=640,
    )
    address.write(PART, chosen, WHO)
    if chosen == EXPRESSIONS:
        show_expression_table(session, gaps(session.written.settings))
    elif chosen == ADAPTATIONS:
        show_adaptation_table(session)
    elif chosen == MARKERS:
        show_cards(session, _whereabouts(session))
    else:
        show_who(session)
        show_frame(session)


def _whereabouts(session: Session) -> Mapping[str, Whereabouts]:
    """Return where markers live once what is shown is so: with the plans of a what-if done."""
    return whereabouts(session.workspace)


show(current())
