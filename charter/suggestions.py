"""What could mend a rule where adding markers can't, tried out in memory: suggestions only."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from itertools import pairwise

from charter.checker import check, of_the_map
from charter.findings import Answer, Finding, Report, Status, Verdict
from charter.indicators import NOTHING_TO_WATCH, Watch
from charter.plan import Plan, Reason
from charter.priorities import Ranking
from charter.what_if import Try, carried_markers, tried
from charter.workspace import Workspace
from journeys.model import Status as TouchpointStatus
from journeys.model import Touchpoint


class Change(StrEnum):
    """What can be done besides adding a marker."""

    TAKE_OFF = "take-off"
    CLOSE = "close"
    RETIRE = "retire"


@dataclass(frozen=True)
class Step:
    """Something to be done.

    Attributes:
        marker: The marker to take off the touchpoint; empty elsewhere.
        to: The touchpoint to which the transition is to be closed; empty elsewhere.
    """

    change: Change
    journey: str
    touchpoint: str
    marker: str = ""
    to: str = ""


@dataclass(frozen=True)
class Suggestion:
    """Steps with which a rule holds everywhere, as the checker found."""

    rule: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Planned:
    """A plan for a workspace, and what else would help.

    Attributes:
        workspace: As it is today.
        seconds: How long the search was allowed to take.
        suggestions: What else would mend rules that the plan leaves broken.
        ranking: What to do first, where that was asked for.
        watch: What to watch where its actions change something.
    """

    workspace: Workspace
    plan: Plan
    seconds: float
    suggestions: tuple[Suggestion, ...]
    ranking: Ranking | None = None
    watch: Watch = NOTHING_TO_WATCH


_REASONS_TO_LOOK_FURTHER = (Reason.NO_TAG_HELPS, Reason.AT_ODDS)
_DEFECTS_OF_WAYS = ("CH010", "CH011", "CH012", "CH013")

MOST_STEPS = 5
"""Of more steps a suggestion is a new design."""


def suggestions(
    plan: Plan, today: datetime.date, *, seconds_left: Callable[[], float]
) -> tuple[Suggestion, ...]:
    """Return for rules that a plan leaves broken what else would make them hold.

    A marker taken off, a transition closed or a touchpoint retired, in this order of preference,
    on the paths that break the rule. Each was tried: the rule holds then, and nothing that holds
    with the plan breaks, concerns nobody any more or becomes a defect of the journey. (Opening a
    transition only adds paths, so it mends no rule over every path.)
    """
    workspace = replace(plan.repaired, measure=False)
    # How action plans hang together is no matter of what customers walk.
    start = of_the_map(check(workspace, today), workspace)
    found = []
    hopeless = (each.rule for each in plan.beyond if each.reason in _REASONS_TO_LOOK_FURTHER)
    for rule in dict.fromkeys(hopeless):
        steps = _steps(rule, workspace, start, today, seconds_left)
        if steps:
            found.append(Suggestion(rule, steps))
    return tuple(found)


def _steps(
    rule: str,
    workspace: Workspace,
    report: Report,
    today: datetime.date,
    seconds_left: Callable[[], float],
) -> tuple[Step, ...]:
    """Return steps with which a rule holds everywhere; none where they weren't found."""
    for may_mend_path_by_path in (True, False):
        found: tuple[Step, ...] = ()
        changed, outcome = workspace, report
        while finding := _first_broken(outcome, rule):
            for steps in _possible(finding, changed):
                if seconds_left() <= 0:
                    return ()
                next_changed = reduce(taken, steps, changed)
                next_outcome = of_the_map(check(next_changed, today), next_changed)
                is_take_off = steps[0].change is Change.TAKE_OFF
                mended = _mended(finding, next_outcome, path=may_mend_path_by_path and is_take_off)
                if mended and _is_harmless(outcome, next_outcome):
                    break
            else:
                break
            found += steps
            changed, outcome = next_changed, next_outcome
            if len(found) > MOST_STEPS:
                break
        else:
            return found
    return ()


def _first_broken(report: Report, rule: str) -> Finding | None:
    for finding in report.findings:
        is_open = finding.rule == rule and finding.status is not Status.WAIVED
        if is_open and any(verdict.verdict is Answer.BROKEN for verdict in finding.verdicts):
            return finding
    return None


def _possible(finding: Finding, workspace: Workspace) -> Iterator[tuple[Step, ...]]:
    """Yield steps along the path of a finding, the likeliest and least first."""
    first = finding.verdicts[0]
    if finding.journey is None or first.witness is None:
        return
    journey = finding.journey
    (setting,) = (each for each in workspace.settings if each.journey.id == journey)
    path = [setting.stop(name).touchpoint for name in first.witness]
    likely = [setting.stop(name).touchpoint for name in first.places]
    touchpoints = list({each.id: each for each in (*likely, *reversed(path))}.values())
    carriers: dict[str, list[Step]] = {}
    for touchpoint in touchpoints:
        for marker in sorted(carried_markers(touchpoint)):
            step = Step(Change.TAKE_OFF, journey, touchpoint.id, marker=marker)
            carriers.setdefault(marker, []).append(step)
            yield (step,)
    # A path may carry it several times too often.
    yield from (tuple(steps) for steps in carriers.values() if len(steps) > 1)
    ways = [(one.id, other.id) for one, other in pairwise(path)]
    for one, other in dict.fromkeys(reversed(ways)):
        yield (Step(Change.CLOSE, journey, one, to=other),)
    for touchpoint in touchpoints:
        yield (Step(Change.RETIRE, journey, touchpoint.id),)


def taken(workspace: Workspace, step: Step) -> Workspace:
    """Return the workspace as it would be after a step."""
    if step.change is Change.TAKE_OFF:
        change = Try(step.journey, step.touchpoint, step.marker, is_carried=False)
        return tried(workspace, [change])
    journeys = []
    for journey in workspace.journeys:
        if journey.id == step.journey:
            touchpoints = tuple(
                _changed(each, step) if each.id == step.touchpoint else each
                for each in journey.touchpoints
            )
            journey = journey.model_copy(update={"touchpoints": touchpoints})
        journeys.append(journey)
    return workspace.with_journeys(journeys)


def _changed(touchpoint: Touchpoint, step: Step) -> Touchpoint:
    if step.change is Change.RETIRE:
        return touchpoint.model_copy(update={"status": TouchpointStatus.RETIRED})
    left = tuple(transition for transition in touchpoint.next if transition.to != step.to)
    return touchpoint.model_copy(update={"next": left})


def _mended(finding: Finding, after: Report, *, path: bool) -> bool:
    """Return whether the verdicts of a finding hold; with ``path``, if at least its path does."""
    now = {_key(verdict): verdict for verdict in after.verdicts}
    for verdict in finding.verdicts:
        then = now.get(_key(verdict))
        if then is None:
            return False
        # The path comes before all others that break it: were it broken, it would be told.
        is_other_path = then.verdict is Answer.BROKEN and then.witness != verdict.witness
        if then.verdict is not Answer.HOLDS and not (path and is_other_path):
            return False
    return True


def _is_harmless(before: Report, after: Report) -> bool:
    """Return whether nothing is worse than before."""
    was, now = _by_scope(before), _by_scope(after)
    for key, answer in was.items():
        # That a touchpoint is no longer there to be asked about is no harm.
        if answer is Answer.HOLDS and now.get(key, Answer.HOLDS) is not Answer.HOLDS:
            return False
        if answer is Answer.VACUOUS and now.get(key) is Answer.BROKEN:
            return False
    newly = {f.fingerprint for f in _defects(after)} - {f.fingerprint for f in _defects(before)}
    return not newly


def _key(verdict: Verdict) -> tuple[str, object]:
    return verdict.rule, verdict.scope


def _by_scope(report: Report) -> dict[tuple[str, object], Answer]:
    return {_key(verdict): verdict.verdict for verdict in report.verdicts}


def _defects(report: Report) -> Iterator[Finding]:
    """Yield what keeps customers from going through the journeys."""
    return (finding for finding in report.findings if finding.code in _DEFECTS_OF_WAYS)
