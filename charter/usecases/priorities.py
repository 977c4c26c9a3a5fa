"""Ranking what could be done, beside a plan."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection

from charter.checker import check
from charter.plan import Plan
from charter.priorities import Ranking, ranking
from charter.workspace import Workspace


def rank_actions(
    workspace: Workspace,
    plan: Plan,
    today: datetime.date,
    *,
    locked: Collection[str] = (),
    seconds: float,
    clock: Callable[[], float],
) -> Ranking:
    """Return what to do first in a workspace.

    Args:
        workspace: What is to be repaired.
        plan: Its plan: what an action repairs together with others.
        today: The day of the check.
        locked: Touchpoints to leave as they are, by their ids.
        seconds: How long actions may be tried.
        clock: Returns a time in seconds that only grows.
    """
    until = clock() + seconds
    return ranking(
        workspace,
        check(workspace, today).verdicts,
        today,
        planned=plan.actions,
        locked=locked,
        seconds_left=lambda: until - clock(),
    )
