"""Ranking what could be done, beside a plan."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection

from charter.checker import check
from charter.plan import Plan, cheapest_plan
from charter.priorities import RankedAction, Ranking, ranking
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


def what_first(
    workspace: Workspace, today: datetime.date, *, seconds: float, clock: Callable[[], float]
) -> Ranking:
    """Return what to do first in a workspace, beside its cheapest plan.

    Args:
        workspace: What is to be repaired.
        today: The day of the check.
        seconds: How long the plan may be searched for, and as long again actions may be tried.
        clock: Returns a time in seconds that only grows.
    """
    # Markers mend the map; no marker mends what plans say.
    of_the_map = workspace.without_plans()
    until = clock() + seconds
    plan = cheapest_plan(
        of_the_map,
        today,
        rules=None,
        locked=(),
        measure=None,
        seconds_left=lambda: until - clock(),
    )
    return rank_actions(of_the_map, plan, today, seconds=seconds, clock=clock)


def first_to_do(ranking: Ranking, number: int) -> tuple[RankedAction, ...]:
    """Return the first actions of a ranking that each put something else right.

    Left out is what an earlier one of them makes needless: an action whose gravest concern it
    puts right by itself.
    """
    chosen: list[RankedAction] = []
    put_right: set[str] = set()
    for action in ranking.actions:
        if len(chosen) == number:
            break
        main = {verdict.fingerprint for verdict in action.concerns[0].verdicts}
        if action.instead_of or action.covered_by or main <= put_right:
            continue
        chosen.append(action)
        for concern in action.concerns:
            if concern.remaining == 0:
                put_right |= {verdict.fingerprint for verdict in concern.verdicts}
    return tuple(chosen)
