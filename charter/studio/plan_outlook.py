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
from charter.studio.session import Session


def show_outlook(session: Session, plans: Sequence[ActionPlan], today: datetime.date) -> None:
    """Show the broken verdicts of today beside those left once the plans are done."""
    speak = session.speak
    chosen = tuple(plan.id for plan in plans)
    decided = sessions.report_once_done(session, chosen, is_committed_only=True)
    done = sessions.report_once_done(session, chosen, is_committed_only=False)
    with st.grid(4, min_column_width=170):
        today_broken = _broken(session.written_report, session)
        for label, report, hint in (
            (
                N_("Broken today"),
                session.written_report,
                N_("Errors and warnings; what is waived or accepted isn't counted."),
            ),
            (
                N_("Once the decided is done"),
                decided,
                N_("Ideas aren't counted, nor what was dropped."),
            ),
            (
                N_("Once all is done"),
                done,
                N_("Ideas too, but not what was dropped."),
            ),
        ):
            broken = _broken(report, session)
            st.metric(
                speak(label),
                speak.count(broken),
                delta=None if report is session.written_report else broken - today_broken,
                delta_color="inverse",
                border=True,
                help=speak(hint),
            )
        late = [action for plan in plans for action in plan.actions if action.is_late(today)]
        st.metric(
            speak(N_("Late actions")),
            speak.count(len(late)),
            border=True,
            help=speak(N_("They should be done by now, and aren't.")),
        )
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


def _broken(report: Report, session: Session) -> int:
    """Return how many errors and warnings are broken, and open; not of how plans hang together."""
    return sum(
        verdict.verdict is Answer.BROKEN
        and verdict.status is Status.OPEN
        and verdict.severity is not Severity.INFO
        for verdict in of_the_map(report, session.written).verdicts
    )
