"""Asking what will hold once action plans are done."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from charter.action_plans import ActionPlan
from charter.checker import Checked, report_of
from charter.findings import Severity
from charter.outlook import Outlook, outlook
from charter.usecases import check
from charter.usecases.proposals import NotAPlanFile, plan_file
from charter.workspace import InvalidWorkspace, Workspace, read_folder
from journeys.document import closest


class UnknownPlan(Exception):
    """The workspace has no such plan.

    Attributes:
        written: How it was asked for.
        suggestion: What was probably meant.
        known: The files of the plans there are.
    """

    def __init__(self, written: str, known: Sequence[str]) -> None:
        super().__init__(written)
        self.written, self.known = written, tuple(known)
        self.suggestion = closest(written, known)


def foresee(
    root: Path,
    today: datetime.date,
    plans: Sequence[str],
    *,
    is_committed_only: bool = False,
    seconds: float,
    clock: Callable[[], float],
) -> Outlook | Checked:
    """Return what holds in a folder once plans are done; that it is invalid is an answer too.

    Args:
        root: The folder.
        today: The day of the check.
        plans: Plans by their files, or by their ids.
        is_committed_only: Count only what is decided, under way or done.
        seconds: How long actions may be tried one by one.
        clock: Returns a time in seconds that only grows.

    Raises:
        UnknownPlan: One of the plans isn't there.
    """
    try:
        workspace = read_folder(root)
    except InvalidWorkspace as invalid:
        return Checked(report_of(invalid), None, invalid.sources)
    until = clock() + seconds
    return outlook(
        workspace,
        list(
            {
                plan.id: plan for plan in (plan_called(workspace, root, each) for each in plans)
            }.values()
        ),
        today,
        is_committed_only=is_committed_only,
        seconds_left=lambda: until - clock(),
    )


def plan_called(workspace: Workspace, root: Path, written: str) -> ActionPlan:
    """Return a plan by its id or its file.

    Raises:
        UnknownPlan: It isn't there.
    """
    known = {plan.file: plan for plan in workspace.plans}
    by_id = {plan.id: plan for plan in workspace.plans}
    if written in by_id:
        return by_id[written]
    try:
        file = plan_file(root, Path(written))
    except NotAPlanFile:
        file = ""
    if file not in known:
        raise UnknownPlan(written, [*known])
    return known[file]


def exit_status(foreseen: Outlook) -> int:
    """Return the exit status: as that of a check of the workspace once all is done."""
    checked = Checked(foreseen.after, foreseen.done, foreseen.done.sources)
    return check.exit_status(checked, Severity.ERROR)
