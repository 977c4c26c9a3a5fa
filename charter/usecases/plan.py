"""Planning what to do in a folder, and what becomes of the answer."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from charter.budget import plan_within
from charter.checker import Checked, report_of
from charter.findings import Severity
from charter.plan import cheapest_plan
from charter.rules.planned import PlanRule
from charter.suggestions import Planned, suggestions
from charter.usecases.check import EXIT_FINDINGS, EXIT_FINE, EXIT_UNPROVED
from charter.usecases.indicators import watch_actions
from charter.usecases.priorities import rank_actions
from charter.workspace import InvalidWorkspace, Workspace, read_files, read_folder
from journeys.document import closest


@dataclass(frozen=True)
class UnknownId:
    """An id that can't be planned for.

    Attributes:
        what: ``rule`` or ``touchpoint``; ``rule-off`` for a rule that asks nothing,
            ``rule-of-plans`` for one that asks of plans.
        suggestion: What was probably meant.
    """

    what: str
    id: str
    suggestion: str | None


class UnknownIds(Exception):
    """What was asked for isn't in the workspace.

    Attributes:
        ids: All of it, rules first.
    """

    def __init__(self, ids: tuple[UnknownId, ...]) -> None:
        super().__init__(", ".join(each.id for each in ids))
        self.ids = ids


def plan_folder(
    root: Path,
    today: datetime.date,
    *,
    rules: Collection[str] = (),
    locked: Collection[str] = (),
    budget: float | None = None,
    is_ranked: bool = False,
    seconds: float,
    clock: Callable[[], float],
) -> Planned | Checked:
    """Plan for the workspace in a folder; that it is invalid is an answer too.

    Args:
        root: The folder.
        today: The day of the check.
        rules: The rules asked for; where there are none, those of severity ``error``.
        locked: Touchpoints to leave as they are.
        budget: What the actions may cost together, above 0; None for whatever is needed.
        is_ranked: Whether to say what to do first.
        seconds: How long the search may take; as long again may take what comes first.
        clock: Returns a time in seconds that only grows.

    Raises:
        UnknownIds: A rule or touchpoint isn't there.
    """
    try:
        read = read_folder(root)
    except InvalidWorkspace as invalid:
        return Checked(report_of(invalid), None, invalid.sources)
    return plan_workspace(
        read,
        today,
        rules=rules,
        locked=locked,
        budget=budget,
        is_ranked=is_ranked,
        seconds=seconds,
        clock=clock,
    )


def plan_workspace(
    read: Workspace,
    today: datetime.date,
    *,
    rules: Collection[str] = (),
    locked: Collection[str] = (),
    budget: float | None = None,
    is_ranked: bool = False,
    seconds: float,
    clock: Callable[[], float],
) -> Planned:
    """Plan for a workspace that was read; see `plan_folder`.

    Raises:
        UnknownIds: A rule or touchpoint isn't there.
    """
    unknown = (*_unknown_rules(read, rules), *_unknown_touchpoints(read, locked))
    if unknown:
        raise UnknownIds(unknown)
    # Markers mend the map; no marker mends what plans say.
    workspace = read.without_plans()
    until = clock() + seconds

    def seconds_left() -> float:
        return until - clock()

    wanted = rules or None
    if budget is None:
        plan = cheapest_plan(
            workspace,
            today,
            rules=wanted,
            locked=locked,
            measure=None,
            seconds_left=seconds_left,
        )
    else:
        plan = plan_within(
            workspace, today, budget, rules=wanted, locked=locked, seconds_left=seconds_left
        )
    found = suggestions(plan, today, seconds_left=seconds_left)
    ranking = None
    if is_ranked:
        ranking = rank_actions(workspace, plan, today, locked=locked, seconds=seconds, clock=clock)
    to_watch = watch_actions(workspace, plan.actions)
    return Planned(read, plan, seconds, found, ranking, to_watch)


def plan_files(
    files: Mapping[str, bytes],
    today: datetime.date,
    *,
    rules: Collection[str] = (),
    budget: float | None = None,
    seconds: float,
) -> Planned:
    """Plan for the workspace that files hold, by the computer's own clock; see `plan_folder`.

    Raises:
        InvalidWorkspace: They aren't a valid workspace.
        UnknownIds: A rule isn't there.
    """
    return plan_workspace(
        read_files(files),
        today,
        rules=rules,
        budget=budget,
        seconds=seconds,
        clock=time.monotonic,
    )


def _unknown_rules(workspace: Workspace, rules: Iterable[str]) -> list[UnknownId]:
    known = {rule.id: rule for rule in workspace.rules}
    found = []
    for each in dict.fromkeys(rules):
        if each not in known:
            found.append(UnknownId("rule", each, closest(each, known)))
        elif known[each].gravity is Severity.OFF:
            found.append(UnknownId("rule-off", each, None))
        elif isinstance(known[each], PlanRule):
            found.append(UnknownId("rule-of-plans", each, None))
    return found


def _unknown_touchpoints(workspace: Workspace, touchpoints: Iterable[str]) -> list[UnknownId]:
    known = {each.id: None for journey in workspace.journeys for each in journey.touchpoints}
    return [
        UnknownId("touchpoint", each, closest(each, known))
        for each in dict.fromkeys(touchpoints)
        if each not in known
    ]


def exit_status(planned: Planned) -> int:
    """Return the exit status of a plan: fine where every rule asked for holds by it."""
    if planned.plan.is_proved:
        return EXIT_FINE
    return EXIT_FINDINGS if planned.plan.is_found else EXIT_UNPROVED
