"""Where a marker lives: journey by journey, with links to the map, and who meets it there."""

from __future__ import annotations

import itertools

import streamlit as st

from charter.messages import N_
from charter.studio.literal import literal
from charter.studio.marker_words import basis_told
from charter.studio.session import Session
from charter.whereabouts import Spot, Whereabouts
from journeys.customers import weakest_basis


def show_places(session: Session, known: Whereabouts) -> None:
    """Show the touchpoints that carry a marker, and how many customers meet it."""
    speak = session.speak
    _meetings(session, known)
    st.subheader(speak(N_("Where it lives")), anchor=False)
    if not known.spots:
        st.caption(speak(N_("On no touchpoint yet. Put it on one on the page Journeys.")))
        st.page_link(
            "page/journeys.py", label=speak(N_("To the journeys")), icon=":material/route:"
        )
    for journey, spots in itertools.groupby(known.spots, key=lambda spot: spot.journey):
        st.markdown(f"**{literal(session.names.of('journey', journey))}**")
        with st.container(gap=None, key=f"spots-{journey}"):
            for spot in spots:
                _spot(session, spot)


def _spot(session: Session, spot: Spot) -> None:
    speak, names = session.speak, session.names
    told = [", ".join(names.of("channel", channel) for channel in spot.channels)]
    if spot.segments:
        told.append(speak.all_of(names.of("segment", segment) for segment in spot.segments))
    if not spot.is_live:
        told.append(speak(N_("planned")))
    name = names.stop(spot.journey, spot.touchpoint)
    st.page_link(
        "page/journeys.py",
        label=f"{literal(name)} :gray[{literal(' · '.join(told))}]",
        icon=":material/location_on:" if spot.is_live else ":material/schedule:",
        query_params={"journey": spot.journey, "touchpoint": spot.stop},
    )


def _meetings(session: Session, known: Whereabouts) -> None:
    speak = session.speak
    st.subheader(speak(N_("Who meets it")), anchor=False)
    if not known.met_by:
        st.caption(speak(N_("No segment walks any journey yet.")))
        return
    if any(meeting.share is None for meeting in known.met_by.values()):
        st.caption(speak(N_("Not measured: the journeys are too large.")))
        return
    lines = [
        f"**{speak.percent(meeting.share or 0.0)}** "
        + literal(session.names.of("segment", segment))
        for segment, meeting in known.met_by.items()
    ]
    st.markdown("  \n".join(lines))
    basis = weakest_basis(each.basis for each in known.met_by.values() if each.basis)
    st.caption(basis_told(session, basis))
