"""Seeing the action plans of a folder by target, by channel and by owner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from charter.action_plans import ActionPlan
from charter.checker import Checked, check, report_of
from charter.plan import Plan
from charter.plan_views import By, Viewed, proposed_entries, view, written_entries
from charter.usecases.indicators import watch_entries
from charter.usecases.what_if import plan_called
from charter.workspace import InvalidWorkspace, Workspace, read_folder


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
        plan: The only plan that is asked for, by its id or its file.

    Raises:
        NoPlans: There is none.
        UnknownPlan: The plan asked for isn't there.
    """
    try:
        workspace = read_folder(root)
    except InvalidWorkspace as invalid:
        return Checked(report_of(invalid), None, invalid.sources)
    if plan is not None:
        return view_plans(workspace, today, by, plans=[plan_called(workspace, root, plan)])
    if not workspace.plans:
        raise NoPlans
    return view_plans(workspace, today, by, plans=workspace.plans)


def view_plans(
    workspace: Workspace, today: datetime.date, by: By, *, plans: Iterable[ActionPlan]
) -> Viewed:
    """Return the actions of plans of a workspace, in groups."""
    plans = tuple(plans)
    # Which rules are broken is asked here, not for how many customers.
    report = check(workspace, today, measure=False)
    entries = written_entries(workspace, plans)
    to_watch = watch_entries(workspace, entries)
    return Viewed(workspace, plans, view(workspace, entries, by, report), today, to_watch)


def view_found(workspace: Workspace, plan: Plan, today: datetime.date, by: By) -> Viewed:
    """Return the actions that were found to make rules hold, in groups."""
    entries = proposed_entries(workspace, plan.actions)
    to_watch = watch_entries(workspace, entries)
    return Viewed(workspace, (), view(workspace, entries, by, plan.before), today, to_watch)
