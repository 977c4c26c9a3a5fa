"""Mending one finding by the cheapest markers, looked at before it is done."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from charter.amendments import Amendment, Place, Tag, amended
from charter.findings import Answer, Finding, Report, Scope, Severity, Status
from charter.plan import Action, cheapest_plan
from charter.rules.planned import PlanRule
from charter.suggestions import Planned, suggestions
from charter.usecases.check import check_workspace
from charter.usecases.desks import check_files
from charter.workspace import Workspace
from journeys.model import Tag as WrittenTag
from journeys.plain import Plain


@dataclass(frozen=True)
class Repair:
    """What would mend a finding.

    Attributes:
        planned: The cheapest markers, and what else would help.
        amendments: What brings them.
        before: What a check says today.
        after: What it says once they are brought.
        is_mended: Whether nothing that the finding tells is broken then.
    """

    planned: Planned
    amendments: tuple[Amendment, ...]
    before: Report
    after: Report
    is_mended: bool


def can_be_planned(finding: Finding, workspace: Workspace) -> bool:
    """Return whether markers may have a part in a finding: it is of a rule about journeys."""
    rules = {rule.id: rule for rule in workspace.rules}
    rule = rules.get(finding.rule or "")
    return (
        rule is not None
        and not isinstance(rule, PlanRule)
        and rule.gravity is not Severity.OFF
        and any(verdict.verdict is Answer.BROKEN for verdict in finding.verdicts)
        and finding.status is not Status.WAIVED
    )


def find_repair(
    files: Mapping[str, bytes],
    read: Workspace,
    finding: Finding,
    today: datetime.date,
    *,
    is_whole_rule: bool = False,
    seconds: float,
    clock: Callable[[], float],
) -> Repair:
    """Return the cheapest markers with which what a finding tells holds.

    What holds today is kept.

    Args:
        files: The files of the workspace, as they would be saved.
        read: What they say.
        finding: One of its check; see `can_be_planned`.
        today: The day of the check.
        is_whole_rule: Whether all is to hold that its rule asks for, wherever it is broken.
        seconds: How long the search may take.
        clock: Returns a time in seconds that only grows.
    """
    until = clock() + seconds

    def seconds_left() -> float:
        return until - clock()

    scopes = None if is_whole_rule else {verdict.scope for verdict in finding.verdicts}
    plan = cheapest_plan(
        read.without_plans(),
        today,
        rules=[str(finding.rule)],
        scopes=scopes,
        measure=None,
        seconds_left=seconds_left,
    )
    found = suggestions(plan, today, seconds_left=seconds_left)
    made = tuple(amendments_of(plan.actions, read))
    before = check_workspace(read, today).report
    after = before
    if made:
        after = check_files({**files, **amended(files, made)}, today, earlier=read).report
    wanted = scopes if scopes is not None else _broken_scopes(before, str(finding.rule))
    is_left = _broken_scopes(after, str(finding.rule)) & frozenset(wanted)
    return Repair(
        planned=Planned(read, plan, seconds, found),
        amendments=made,
        before=before,
        after=after,
        is_mended=bool(made) and not is_left,
    )


def amendments_of(actions: Iterable[Action], workspace: Workspace) -> Iterable[Amendment]:
    """Yield what brings the markers of a plan to their touchpoints, for everyone, from now on.

    How a marker shows there, and how well that is known, stays as it is written.
    """
    touchpoints = {
        (journey.id, touchpoint.id): touchpoint
        for journey in workspace.journeys
        for touchpoint in journey.touchpoints
    }
    for action in actions:
        there = [
            tag
            for tag in touchpoints[action.journey, action.touchpoint].markers
            if tag.marker == action.marker
        ]
        place = Place("touchpoint", action.touchpoint, action.journey)
        yield Tag(place, action.marker, _kept(there))


def _kept(tags: Collection[WrittenTag]) -> dict[str, Plain]:
    if len(tags) != 1:
        return {}
    (tag,) = tags
    if tag.how is None:
        return {}
    texts: dict[str, Plain] = dict(tag.how.texts)
    return {"how": texts.get("", texts)}


def _broken_scopes(report: Report, rule: str) -> frozenset[Scope]:
    return frozenset(
        verdict.scope
        for verdict in report.verdicts
        if verdict.rule == rule
        and verdict.verdict is Answer.BROKEN
        and verdict.status is not Status.WAIVED
    )
