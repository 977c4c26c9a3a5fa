"""The screen of the room: what a workshop projects, live and without names."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.studio import workshop_deeds as deeds
from charter.studio.board import get_agreement_ready, show_board
from charter.studio.session import Session, current


def show(session: Session) -> None:
    """Show the page."""
    id = st.query_params.get(deeds.CHOSEN) or st.session_state.get(deeds.CHOSEN)
    with st.container(key="board"):
        if id:
            get_agreement_ready()
            show_board(session, id)
        else:
            st.title(session.speak(N_("Open this screen from a workshop.")), anchor=False)


show(current())
