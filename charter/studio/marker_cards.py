"""The markers as cards, by what they are to the brand; one is opened, one is added."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from charter.amendments import Add, Place, free_id
from charter.brand import Marker, Role
from charter.expressing import is_bilingual
from charter.messages import N_
from charter.studio import work
from charter.studio.literal import literal
from charter.studio.marker_words import facts, met_by, state_badge, value_badges
from charter.studio.session import Session, current
from charter.studio.words import ROLE_NAMES, ROLES
from charter.whereabouts import Whereabouts
from journeys.plain import Plain

MARKER = "marker"
"""The key of the marker that is open; the address says it too."""
CARD_WIDTH = 320
_NAME, _ROLE, _VALUES = "new-marker-name", "new-marker-role", "new-marker-values"


def show_cards(session: Session, known: Mapping[str, Whereabouts]) -> None:
    """Show all markers."""
    speak, markers = session.speak, session.written.charter.markers
    with st.container(horizontal=True, vertical_alignment="center", key="markers-title"):
        st.caption(
            speak(N_("The signs by which people recognise us. Open one to read all of it.")),
            width="stretch",
        )
        _new(session)
    for role, title in ROLES.items():
        of_role = [marker for marker in markers if marker.role is role]
        if not of_role:
            continue
        st.subheader(f"{speak(title)} :gray[{len(of_role)}]", anchor=False)
        with st.grid(min_column_width=CARD_WIDTH, key=f"cards-{role}"):
            for marker in of_role:
                _card(session, marker, known.get(marker.id))


def _card(session: Session, marker: Marker, known: Whereabouts | None) -> None:
    speak = session.speak
    name = marker.named(speak.language)
    with st.container(border=True, height="stretch", gap="small", key=f"card-{marker.id}"):
        st.button(
            f"**{literal(name)}**",
            key=f"open-{marker.id}",
            type="tertiary",
            help=speak(N_("Open it")),
            on_click=open_marker,
            args=(marker.id,),
        )
        lines = []
        if known is not None:
            lines.append(state_badge(session, marker, known))
        if marker.values:
            lines.append(value_badges(session, marker))
        st.markdown("  \n".join(lines))
        told = [facts(session, marker)]
        if known is not None and known.live:
            told.append(literal(met_by(session, known)))
        st.caption("  \n".join(each for each in told if each))


def open_marker(marker: str | None) -> None:
    """Show one marker from the next answer on, or all of them."""
    st.session_state[MARKER] = marker


def _new(session: Session) -> None:
    speak, charter = session.speak, session.written.charter
    if not session.can_edit:
        return
    with st.popover(speak(N_("Add a marker")), icon=":material/add:", key="new-marker"):
        st.text_input(
            speak(N_("Name")), key=_NAME, placeholder=speak(N_("How you would tell a colleague"))
        )
        st.selectbox(
            speak(N_("What it is to the brand")),
            list(Role),
            format_func=lambda role: speak(ROLE_NAMES[role]),
            key=_ROLE,
        )
        if charter.values:
            st.multiselect(
                speak(N_("Values that it makes concrete")),
                [value.id for value in charter.values],
                format_func=lambda value: session.names.of("value", value),
                key=_VALUES,
                placeholder=speak(N_("None yet")),
            )
        st.button(speak(N_("Add it")), key="add-marker", type="primary", on_click=_add)


def _add() -> None:
    session = current()
    name = str(st.session_state.get(_NAME, "")).strip()
    if not name:
        work.refuse(
            session.speak(N_("A marker has a name: say in a few words what people notice."))
        )
        return
    added = adding(
        session,
        name,
        Role(st.session_state.get(_ROLE, Role.SIGNATURE)),
        list(st.session_state.get(_VALUES, ())),
    )
    if work.amend([added], N_("Marker “{name}” added"), name=name):
        for key in (_NAME, _ROLE, _VALUES):
            st.session_state.pop(key, None)
        open_marker(added.place.id)


def adding(session: Session, name: str, role: Role, values: list[str]) -> Add:
    """Return what adds a marker, under an id of its own, behind the last one of its role."""
    charter = session.written.charter
    words: Plain = {str(session.speak.language): name} if is_bilingual(charter) else name
    item: dict[str, Plain] = {"name": words}
    if values:
        item["values"] = [*values]
    if role is not Role.SIGNATURE:
        item["role"] = str(role)
    alike = [marker.id for marker in charter.markers if marker.role is role]
    place = Place("marker", free_id(name, charter.markers_by_id, "marker"))
    return Add(place, item, after=alike[-1] if alike else "")
