"""Journeys: the map of one journey, the chosen touchpoint beside it, and grids of both."""

from __future__ import annotations

from functools import partial

import streamlit as st

from charter.findings import Finding
from charter.messages import N_, visible
from charter.studio import folding
from charter.studio.arranging import arrangeable_map, spots_of
from charter.studio.chosen_touchpoint import (
    Chosen,
    choose,
    chosen_touchpoint,
    written_journey,
)
from charter.studio.drawn_map import drawn_map
from charter.studio.emotion_curve import show_emotions
from charter.studio.journey_filters import show_filters
from charter.studio.journey_form import show_journey_form, show_new_journey
from charter.studio.journey_pictures import offer_pictures
from charter.studio.journey_view import MOST_STOPS, JourneyView, Looking
from charter.studio.literal import literal
from charter.studio.new_touchpoint import ask_for_touchpoint, show_new_touchpoint
from charter.studio.part import part
from charter.studio.pieces import happened
from charter.studio.replaying import offer_replay, show_replay_table
from charter.studio.session import Session, current
from charter.studio.stage_channel_map import show_stage_channel_map
from charter.studio.touchpoint import show_nothing_chosen, show_touchpoint
from charter.studio.touchpoint_grid import show_touchpoint_grid
from charter.studio.transition_grid import show_transition_grid
from charter.studio.walk import walk
from journeys.model import Journey, Status

MAP = "map"


def show(session: Session) -> None:
    """Show the page."""
    speak = session.speak
    if not session.workspace.journeys:
        st.info(speak(N_("There is no journey yet.")), icon=":material/route:")
        if session.can_edit:
            with st.container(border=True, width=640):
                show_new_journey(session)
        return
    part(partial(_journey, session))


def _journey(session: Session) -> None:
    """Show the journey that is chosen; what is chosen otherwise makes nothing else anew."""
    speak = session.speak
    view, looking, finding = show_filters(session)
    journey = written_journey(session, view.id)
    if journey is not None:
        _bar(session, journey)
    opened = part(lambda: _map_and_panel(session, view, looking, finding, journey))
    if journey is not None:
        grids = (
            ("grid", N_("Touchpoints as a grid"), ":material/grid_on:", show_touchpoint_grid),
            ("ways", N_("Ways on as a grid"), ":material/mediation:", show_transition_grid),
        )
        for key, title, icon, show_grid in grids:
            with folding.expander(speak(title), key=f"unfold-{key}", icon=icon) as is_open:
                if is_open:
                    show_grid(session, journey)
    _tables(session, view, opened)


def _map_and_panel(
    session: Session,
    view: JourneyView,
    looking: Looking,
    finding: Finding | None,
    journey: Journey | None,
) -> Looking:
    """Show the map and what is chosen on it, and return how the map is looked at."""
    chosen, is_gone = chosen_touchpoint(session, view)
    with st.container(key="map-and-panel"):
        left, right = st.columns([62, 38], gap="medium")
    with left:
        opened = _map(session, view, looking, finding, chosen)
        if journey is not None:
            _beside_the_map(session, journey)
        show_emotions(session, view, looking)
        offer_pictures(session, view, looking, finding)
    with right:
        if not show_new_touchpoint(session, view.id):
            if chosen is not None:
                show_touchpoint(session, chosen)
            else:
                show_nothing_chosen(session, is_gone=is_gone)
    return opened


def _bar(session: Session, journey: Journey) -> None:
    """Show what can be done with the journey as a whole."""
    speak = session.speak
    if not session.can_edit:
        return
    with st.container(horizontal=True, gap="small", key="journey-bar"):
        st.button(
            speak(N_("Add a touchpoint")),
            key="add-to-journey",
            icon=":material/add_circle:",
            on_click=ask_for_touchpoint,
        )
        with folding.popover(
            speak(N_("This journey")), icon=":material/tune:", key="journey-form", width="content"
        ) as is_open:
            if is_open:
                show_journey_form(session, journey)
        with folding.popover(
            speak(N_("New journey")), icon=":material/add_road:", key="new-journey", width="content"
        ) as is_open:
            if is_open:
                show_new_journey(session)


def _map(
    session: Session,
    view: JourneyView,
    looking: Looking,
    finding: Finding | None,
    chosen: Chosen | None,
) -> Looking:
    """Show the map, and return how it is looked at."""
    step = walk(session, view, finding) if finding else None
    opened: Looking | None = looking
    if len(view.setting.graph.stops) > MOST_STOPS:
        opened = show_stage_channel_map(session, view, looking)
    if opened is None:
        return looking
    drawn = drawn_map(session, view, opened, spots_of(session, view)).pointing_out(
        witness=finding.verdicts[0].witness if finding else None,
        step=step,
        selected=chosen.stop if chosen else None,
        replay=offer_replay(session, view, opened),
    )
    arrangeable_map(session, view, drawn, key=MAP, on_click=lambda: _clicked(view.id))
    if drawn.replay:
        show_replay_table(session, view, looking)
    return opened


def _clicked(journey: str) -> None:
    stop = happened(MAP, "clicked")
    choose(journey, stop if isinstance(stop, str) else None)


def _beside_the_map(session: Session, journey: Journey) -> None:
    """Show the touchpoints that no map shows: planned and retired ones."""
    speak = session.speak
    asleep = [each for each in journey.touchpoints if each.status is not Status.LIVE]
    if not asleep:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="asleep"):
        st.caption(speak(N_("Not on the map, as they are planned or retired:")), width="content")
        for touchpoint in asleep:
            st.button(
                literal(visible(touchpoint.named(speak.language))),
                key=f"asleep-{touchpoint.id}",
                type="tertiary",
                on_click=choose,
                args=(journey.id, touchpoint.id),
            )


def _tables(session: Session, view: JourneyView, looking: Looking) -> None:
    """Show the same as a table."""
    title = session.speak(N_("The same as a table"))
    with folding.expander(title, key="unfold-stops", icon=":material/table:") as is_open:
        if is_open:
            st.dataframe(
                [
                    {key: value for key, value in row.items() if key != "id"}
                    for row in view.rows(looking)
                ],
                hide_index=True,
                width="stretch",
                key="stops",
            )


show(current())
