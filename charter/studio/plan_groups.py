"""Plans seen by target, by channel or by owner."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import streamlit as st

from charter.action_plans import ActionPlan
from charter.messages import N_
from charter.plan_views import By
from charter.reports.plan_views.telling import Chapter, EntryTold
from charter.studio.literal import literal
from charter.studio.plan_viewing import teller_of
from charter.studio.session import Session


def show_groups(
    session: Session, plans: Sequence[ActionPlan], by: By, today: datetime.date
) -> None:
    """Show the actions for each segment, on each channel, or by each owner."""
    for chapter in teller_of(session, plans, by, today).chapters():
        _chapter(session, chapter)


def _chapter(session: Session, chapter: Chapter) -> None:
    speak = session.speak
    with st.container(border=True, gap="small"):
        st.subheader(literal(chapter.title), anchor=False)
        st.markdown(f":gray[{literal(chapter.sums)}]")
        if chapter.is_bare:
            st.markdown(
                ":orange[:material/warning: "
                + speak(N_("Nothing is planned here, though rules are broken."))
                + "]"
            )
        if chapter.broken:
            st.caption(literal(chapter.broken))
        for entry in chapter.entries:
            _entry(entry)


def _entry(entry: EntryTold) -> None:
    state = f":red[{literal(entry.state)}]" if entry.is_late else literal(entry.state)
    with st.expander(f"**{literal(entry.what)}** — {state}"):
        st.markdown(
            "  \n".join(
                f":gray[{literal(fact.caption)}] {literal(fact.text)}" for fact in entry.facts
            )
        )
