"""What to do next: the three actions that come first, and why."""

from __future__ import annotations

from functools import partial

import streamlit as st

from charter.findings import Answer, Status
from charter.messages import N_
from charter.priorities import RankedAction, Ranking
from charter.reports.priorities.telling import in_short, sentence
from charter.studio.cards import Card, CardGroup, CardsView, Layout, cards
from charter.studio.deeds import Deed
from charter.studio.in_turn import InTurn
from charter.studio.literal import literal
from charter.studio.pieces import Said
from charter.studio.ranked import show_ranked
from charter.studio.session import Session
from charter.usecases.priorities import first_to_do

SHOWN = 3
_TITLE = N_("What to do next")


def show_next_actions(session: Session, in_turn: InTurn) -> None:
    """Show what to do next, once it is worked out."""
    speak = session.speak
    with st.container(border=True, key="next-actions"):
        st.subheader(speak(_TITLE), anchor=False)
        if not _is_anything_broken(session):
            st.markdown(
                ":green[:material/check_circle:] "
                + literal(speak(N_("Nothing: no rule is broken on any path.")))
            )
            return
        show_ranked(session, in_turn, partial(_show, session))


def _is_anything_broken(session: Session) -> bool:
    return any(
        verdict.verdict is Answer.BROKEN and verdict.status is Status.OPEN
        for verdict in session.report.verdicts
    )


def _show(session: Session, ranking: Ranking) -> None:
    speak = session.speak
    first = first_to_do(ranking, SHOWN)
    if not first:
        told = N_(
            "No marker added anywhere mends what is broken: it takes another way for customers to "
            "go, or another rule. Each finding says what to change."
        )
        st.markdown(literal(speak(told)))
        st.page_link(
            "page/consistency.py",
            label=speak(N_("See the findings")),
            icon=":material/arrow_forward:",
            icon_position="right",
        )
        return
    listed = tuple(_card(session, number, action) for number, action in enumerate(first, 1))
    cards(CardsView(speak(_TITLE), Layout.LIST, (CardGroup(listed),)), key="first-to-do")
    st.page_link(
        "page/plan.py",
        label=speak(N_("See the whole plan")),
        icon=":material/checklist:",
    )
    if ranking.untried:
        st.caption(
            speak.many(
                "There was no time to try {number} more action.",
                "There was no time to try {number} more actions.",
                ranking.untried,
            )
        )


def _card(session: Session, number: int, action: RankedAction) -> Card:
    setting = session.names.settings[action.journey]
    asked = {"journey": action.journey}
    for place in setting.places_of.get(action.touchpoint, ())[:1]:
        asked["touchpoint"] = setting.graph.stops[place].name
    return Card(
        str(number),
        f"{number}. {in_short(action, session.names)}",
        lines=((Said(sentence(action, session.names)),),),
        deeds=(Deed.leading("journeys", session.speak(N_("Go there")), **asked),),
    )
