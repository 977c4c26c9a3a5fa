"""What comes of plans: what is broken today, and what would be once they are done."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import streamlit as st

from charter.action_plans import ActionPlan
from charter.checker import of_the_map
from charter.findings import Answer, Report, Severity, Status
from charter.messages import N_
from charter.studio import session as sessions
from charter.studio.figures import Figure, show_figures
from charter.studio.session import Session


def show_outlook(session: Session, plans: Sequence[ActionPlan], today: datetime.date) -> None:
    """Show the broken verdicts of today beside those left once the plans are done."""
    speak = session.speak
    chosen = tuple(plan.id for plan in plans)
    decided = sessions.report_once_done(session, chosen, is_committed_only=True)
    done = sessions.report_once_done(session, chosen, is_committed_only=False)
    today_broken = _broken(session.written_report, session)
    late = [action for plan in plans for action in plan.actions if action.is_late(today)]
    figures = (
        Figure(
            speak(N_("Broken today")),
            speak.count(today_broken),
            speak(N_("Errors and warnings; what is waived or accepted isn't counted.")),
        ),
        _left(
            session,
            decided,
            N_("Once the decided is done"),
            N_("Ideas aren't counted, nor what was dropped."),
        ),
        _left(session, done, N_("Once all is done"), N_("Ideas too, but not what was dropped.")),
        Figure(
            speak(N_("Late actions")),
            speak.count(len(late)),
            speak(N_("They should be done by now, and aren't.")),
        ),
    )
    show_figures(figures, key="outlook")
    is_shown = set(session.planned) == set(chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            speak(N_("Show everything as it is today"))
            if is_shown
            else speak(N_("Show everything as it will be")),
            key="what-if-switch",
            icon=":material/science:",
            type="primary" if is_shown else "secondary",
            on_click=sessions.suppose_done,
            args=((),) if is_shown else (chosen,),
        )
        st.caption(
            speak(N_("Every page then shows the charter as it is once these plans are done."))
        )


def _left(session: Session, report: Report, label: str, told: str) -> Figure:
    """Return how many are broken once plans are done, and what that changes."""
    speak = session.speak
    broken = _broken(report, session)
    more = broken - _broken(session.written_report, session)
    change = ""
    if more:
        change = (
            speak.many("{number} more than today", "{number} more than today", more)
            if more > 0
            else speak.many("{number} fewer than today", "{number} fewer than today", -more)
        )
    return Figure(speak(label), speak.count(broken), speak(told), change, is_better=more < 0)


def _broken(report: Report, session: Session) -> int:
    """Return how many errors and warnings are broken, and open; not of how plans hang together."""
    return sum(
        verdict.verdict is Answer.BROKEN
        and verdict.status is Status.OPEN
        and verdict.severity is not Severity.INFO
        for verdict in of_the_map(report, session.written).verdicts
    )
