"""Workshop: a room of people answers from their phones; what they decide becomes a draft."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from charter.messages.workshop import refusal
from charter.studio import address
from charter.studio import workshop_deeds as deeds
from charter.studio.literal import literal
from charter.studio.session import Session, current
from charter.studio.workshop_list import show_workshops
from charter.studio.workshop_opening import show_opening
from charter.studio.workshop_running import show_running
from charter.workshop import CannotKeep


def show(session: Session) -> None:
    """Show the page."""
    try:
        found = {each.id: each for each in deeds.workshops(session).all()}
    except CannotKeep as error:
        st.error(literal(deeds.why(error, session.speak) or ""), icon=":material/error:")
        return
    chosen = _chosen(session, found)
    if chosen:
        show_running(session, found[chosen])
        return
    show_workshops(session, list(found.values()))
    show_opening(session)


def _chosen(session: Session, ids: Collection[str]) -> str | None:
    """Return the workshop that is looked at; the address remembers it."""
    linked = st.query_params.get(deeds.CHOSEN) if address.is_new(deeds.CHOSEN) else None
    wanted = linked or st.session_state.get(deeds.CHOSEN)
    if wanted and wanted not in ids:
        st.info(refusal("no-workshop", {}, session.speak), icon=":material/info:")
    address.read(deeds.CHOSEN, ids)
    chosen: str | None = st.session_state.get(deeds.CHOSEN)
    address.write(deeds.CHOSEN, chosen)
    return chosen


show(current())
