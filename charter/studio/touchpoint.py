"""The panel of the chosen touchpoint: what it is, its markers, the ways on, and the rest."""

from __future__ import annotations

from functools import partial

import streamlit as st

from charter.messages import N_
from charter.studio.chosen_touchpoint import Chosen
from charter.studio.literal import literal
from charter.studio.new_touchpoint import ask_for_touchpoint
from charter.studio.panel_bar import panel_bar
from charter.studio.session import Session
from charter.studio.touchpoint_deeds import deeds_of, do, show_question
from charter.studio.touchpoint_form import show_touchpoint_form
from charter.studio.touchpoint_markers import show_markers
from charter.studio.touchpoint_particulars import show_particulars
from charter.studio.touchpoint_ways import show_ways
from charter.studio.words import TOUCHPOINT_STATUSES
from journeys.model import Status

_PART = "touchpoint-part"
_PARTS = {
    "markers": N_("Markers"),
    "what": N_("What it is"),
    "ways": N_("Ways on"),
    "more": N_("More"),
}


def show_touchpoint(session: Session, chosen: Chosen) -> None:
    """Show the panel."""
    speak, touchpoint = session.speak, chosen.touchpoint
    with st.container(border=True, key="touchpoint"):
        st.header(literal(chosen.name), anchor=False)
        facts = [
            session.names.of("stage", touchpoint.stage),
            *(session.names.of("channel", channel) for channel in touchpoint.channel_shares),
        ]
        if touchpoint.status is not Status.LIVE:
            facts.append(speak(TOUCHPOINT_STATUSES[touchpoint.status]))
        st.caption(" · ".join(map(literal, facts)))
        if session.planned:
            st.info(
                speak(
                    N_(
                        "The map shows what would be once the plans are done. What you change "
                        "here is what is written today."
                    )
                ),
                icon=":material/science:",
            )
        part = panel_bar(
            speak(N_("Part")),
            list(_PARTS),
            key=_PART,
            told=lambda each: speak(_PARTS[each]),
            deeds=deeds_of(session, chosen),
            on_deed=partial(do, chosen),
        )
        show_question(session, chosen)
        if part == "what":
            show_touchpoint_form(session, chosen)
        elif part == "ways":
            show_ways(session, chosen)
        elif part == "more":
            show_particulars(session, chosen)
        else:
            show_markers(session, chosen)
        st.caption(f"`{touchpoint.position}`")


def show_nothing_chosen(session: Session, *, is_gone: bool) -> None:
    """Say what can be done while no touchpoint is chosen; that one is gone, where it is."""
    speak = session.speak
    with st.container(border=True, key="nothing-chosen"):
        if is_gone:
            st.info(
                speak(
                    N_(
                        "The touchpoint that you had chosen isn't there any more: it was taken "
                        "off, or its name for files changed. Choose another on the map."
                    )
                ),
                icon=":material/info:",
            )
        st.subheader(speak(N_("Choose a touchpoint")), anchor=False)
        st.markdown(
            "\n".join(
                f"- {speak(told)}"
                for told in (
                    N_("**Click** one on the map to read and change it: name, channel, markers…"),
                    N_("**Drag** one to put it elsewhere on the map, for everybody."),
                    N_("Change many at once in the **grids** below the map."),
                )
            )
        )
        if session.can_edit:
            st.button(
                speak(N_("Add a touchpoint")),
                key="add-touchpoint",
                type="primary",
                icon=":material/add_circle:",
                on_click=ask_for_touchpoint,
            )
