"""Plans in groups, put together once for what is written, not once for each answer."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import streamlit as st

from charter.action_plans import ActionPlan
from charter.findings import Report
from charter.plan_views import By, Viewed
from charter.reports.plan_views.telling import ViewTeller
from charter.studio.session import Session
from charter.usecases.plan_views import view_plans
from charter.workspace import Workspace

_MOST_KEPT = 32


def teller_of(
    session: Session, plans: Sequence[ActionPlan], by: By, today: datetime.date
) -> ViewTeller:
    """Return what tells of plans in groups."""
    viewed = _viewed(
        session.content,
        tuple(plan.id for plan in plans),
        by,
        today,
        session.written,
        session.written_report,
        plans,
    )
    return ViewTeller(viewed, session.names)


@st.cache_resource(max_entries=_MOST_KEPT, show_spinner=False)
def _viewed(
    content: str,
    names: tuple[str, ...],
    by: By,
    today: datetime.date,
    _workspace: Workspace,
    _report: Report,
    _plans: Sequence[ActionPlan],
) -> Viewed:
    del content, names  # part of the key only
    return view_plans(_workspace, today, by, plans=_plans, report=_report)
