"""Seeing the action plans of a folder by target, by channel and by owner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from charter.action_plans import ActionPlan
from charter.checker import Checked, check, report_of
from charter.plan import Plan
from charter.plan_views import By, Viewed, proposed_entries, view, written_entries
from charter.usecases.plan import UnknownId, UnknownIds
from charter.workspace import InvalidWorkspace, Workspace, read_folder
from journeys.document import closest


class NoPlans(Exception):
    """A workspace has no action plan yet."""


def view_folder(
    root: Path, today: datetime.date, by: By, *, plan: str | None = None
) -> Viewed | Checked:
    """Return the action plans of the workspace in a folder; that it is invalid is an answer too.

    Nothing is searched: the workspace is checked once, for what is broken where.

    Args:
        root: The folder.
        today: The day of the check.
        by: What the actions are seen by.
        plan: The id of the only plan that is asked for.

    Raises:
        NoPlans: There is none.
        UnknownIds: The plan asked for isn't there.
    """
    try:
        workspace = read_folder(root)
    except InvalidWorkspace as invalid:
        return Checked(report_of(invalid), None, invalid.sources)
    if not workspace.plans:
        raise NoPlans
    return view_plans(workspace, today, by, plans=chosen(workspace, plan))


def chosen(workspace: Workspace, plan: str | None) -> tuple[ActionPlan, ...]:
    """Return the plan with an id, or all of them.

    Raises:
        UnknownIds: It isn't there.
    """
    known = {each.id: each for each in workspace.plans}
    if plan is None:
        return workspace.plans
    if plan not in known:
        raise UnknownIds((UnknownId("plan", plan, closest(plan, known)),))
    return (known[plan],)


def view_plans(
    workspace: Workspace, today: datetime.date, by: By, *, plans: Iterable[ActionPlan]
) -> Viewed:
    """Return the actions of plans of a workspace, in groups."""
    plans = tuple(plans)
    # Which rules are broken is asked here, not for how many customers.
    report = check(workspace, today, measure=False)
    entries = written_entries(workspace, plans)
    return Viewed(workspace, plans, view(workspace, entries, by, report), today)


def view_found(workspace: Workspace, plan: Plan, today: datetime.date, by: By) -> Viewed:
    """Return the actions that were found to make rules hold, in groups."""
    entries = proposed_entries(workspace, plan.actions)
    return Viewed(workspace, (), view(workspace, entries, by, plan.before), today)
