"""Plan: what is to be done, what comes of it, what to do first, and what would be cheapest."""

from __future__ import annotations

import datetime

import streamlit as st

from charter.messages import N_
from charter.plan_views import By
from charter.studio import address
from charter.studio.drop_down import drop_down
from charter.studio.panel_bar import panel_bar
from charter.studio.plan_action import show_action
from charter.studio.plan_board import show_board
from charter.studio.plan_finder import show_finder
from charter.studio.plan_groups import show_groups
from charter.studio.plan_outlook import show_outlook
from charter.studio.plan_writing import show_first_plan, show_writing
from charter.studio.priority_matrix import show_priorities
from charter.studio.session import Session, current

BOARD = "board"
SEEN = {
    BOARD: N_("As a board"),
    By.TARGET: N_("By target"),
    By.CHANNEL: N_("By channel"),
    By.OWNER: N_("By owner"),
}


def show(session: Session) -> None:
    """Show the page."""
    today = datetime.date.today()
    if session.written.plans:
        _plans(session, today)
    else:
        show_first_plan(session)
    show_priorities(session)
    show_finder(session, today)


def _plans(session: Session, today: datetime.date) -> None:
    speak = session.speak
    plans = {plan.id: plan for plan in session.written.plans}
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan-filters"):
        address.read("plan", ["", *plans], default="")
        chosen = drop_down(
            speak(N_("Plan")),
            ["", *plans],
            key="plan",
            told=lambda id: plans[id].named(speak.language) if id else speak(N_("All plans")),
            width=320,
        )
        address.write("plan", chosen)
        address.read("seen", list(SEEN), default=BOARD)
        seen = panel_bar(
            speak(N_("Seen")),
            list(SEEN),
            key="seen",
            told=lambda each: speak(SEEN[each]),
            width=420,
        )
        address.write("seen", seen, BOARD)
        show_writing(session, chosen)
    shown = [plans[chosen]] if chosen else list(plans.values())
    show_outlook(session, shown, today)
    show_action(session)
    if seen == BOARD:
        show_board(session, shown, today)
    else:
        show_groups(session, shown, By(seen), today)


show(current())
