"""Seeing the action plans of a folder by target, by channel and by owner."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from charter.action_plans import ActionPlan
from charter.checker import Checked, check, report_of
from charter.findings import Report
from charter.outlook import outlook
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
    return view_plans(workspace, today, by, plans=_chosen(workspace, root, plan))


def tabulate_folder(
    root: Path,
    today: datetime.date,
    by: By,
    *,
    plan: str | None = None,
    seconds: float,
    clock: Callable[[], float],
) -> Viewed | Checked:
    """Return what `view_folder` does, each action with the rules that it repairs.

    Those are the rules of which it mends something by itself, and those that break somewhere
    without it once all else of the plans is done; none are known of an action that was dropped, or
    that there was no time to try.

    Args:
        root: The folder.
        today: The day of the check.
        by: What the actions are seen by.
        plan: The only plan that is asked for, by its id or its file.
        seconds: How long actions may be tried one by one.
        clock: Returns a time in seconds that only grows.

    Raises:
        NoPlans: There is none.
        UnknownPlan: The plan asked for isn't there.
    """
    try:
        workspace = read_folder(root)
    except InvalidWorkspace as invalid:
        return Checked(report_of(invalid), None, invalid.sources)
    plans = _chosen(workspace, root, plan)
    return _tabulated(workspace, plans, today, by, seconds, clock)


def tabulate_workspace(
    workspace: Workspace,
    today: datetime.date,
    by: By,
    *,
    seconds: float,
    clock: Callable[[], float],
) -> Viewed:
    """Return what `tabulate_folder` does, of all plans of a workspace that was read.

    Raises:
        NoPlans: There is none.
    """
    if not workspace.plans:
        raise NoPlans
    return _tabulated(workspace, workspace.plans, today, by, seconds, clock)


def _tabulated(
    workspace: Workspace,
    plans: tuple[ActionPlan, ...],
    today: datetime.date,
    by: By,
    seconds: float,
    clock: Callable[[], float],
) -> Viewed:
    until = clock() + seconds
    # For which rules hold, not for how many customers.
    unmeasured = replace(workspace, measure=False)
    found = outlook(unmeasured, plans, today, seconds_left=lambda: until - clock())
    repairs = {
        f"{effect.plan}/{effect.action.id}": tuple(
            rule.id
            for rule in workspace.rules
            if rule.id in effect.mends or rule.id in effect.needed_for
        )
        for effect in found.effects
        if effect.changes is not None
    }
    entries = tuple(
        replace(entry, repairs=repairs.get(entry.id)) for entry in written_entries(workspace, plans)
    )
    return Viewed(workspace, plans, view(workspace, entries, by, found.before), today)


def _chosen(workspace: Workspace, root: Path, plan: str | None) -> tuple[ActionPlan, ...]:
    if plan is not None:
        return (plan_called(workspace, root, plan),)
    if not workspace.plans:
        raise NoPlans
    return workspace.plans


def view_plans(
    workspace: Workspace,
    today: datetime.date,
    by: By,
    *,
    plans: Iterable[ActionPlan],
    report: Report | None = None,
) -> Viewed:
    """Return the actions of plans of a workspace, in groups.

    ``report`` is what a check says of the workspace, where that is known already.
    """
    plans = tuple(plans)
    if report is None:
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
