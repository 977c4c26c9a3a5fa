"""Cards that people put elsewhere on the map of a journey, for everybody who works on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from charter import locking
from charter.arrangement import Spots
from charter.messages import N_
from charter.studio.journey_map import MapMove, MapView, journey_map
from charter.studio.journey_view import JourneyView
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.usecases.arrangement import arranged, move_card, put_in_order


def spots_of(session: Session, view: JourneyView) -> Spots:
    """Return where people put the cards of a journey."""
    return arranged(session.root, view.id)


def arrangeable_map(
    session: Session,
    view: JourneyView,
    drawn: MapView,
    key: str,
    on_click: Callable[[], None] | None = None,
) -> str | None:
    """Show the map and keep where people put its cards; return the id of the stop clicked last.

    Whoever may not edit sees the cards where others put them.
    """
    drawn = replace(drawn, is_arrangeable=drawn.is_arrangeable and session.may(Role.EDITOR))

    def move(moved: MapMove) -> None:
        session.require(Role.EDITOR)
        _keep(
            session,
            lambda: move_card(session.root, session.workspace, view.id, moved.stop, moved.spot),
        )

    def reset() -> None:
        session.require(Role.EDITOR)
        _keep(session, lambda: put_in_order(session.root, view.id))

    return journey_map(drawn, key=key, on_click=on_click, on_move=move, on_reset=reset)


def _keep(session: Session, act: Callable[[], None]) -> None:
    try:
        act()
    except (OSError, locking.Busy):
        told = session.speak(
            N_("The arrangement of the map could not be kept: the folder can't be written to now.")
        )
        st.toast(told, icon=":material/error:")
