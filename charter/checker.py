"""Checking: every rule asked of every journey. No clock, no disk, no environment inside."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from charter.baseline import STALE
from charter.defects import as_finding, defects
from charter.findings import Answer, Finding, Report, Severity, Status, Verdict, numbered
from charter.rules import Rule
from charter.rules.planned import PlanRule
from charter.rules.setting import Landscape, Setting
from charter.waivers import Waiver
from charter.workspace import InvalidWorkspace, Workspace
from journeys.document import Words
from journeys.source import Position, Problem, paused_garbage_collection

Told = TypeVar("Told", Verdict, Finding)


@dataclass(frozen=True)
class Checked:
    """A workspace that was checked, or why it could not be.

    Attributes:
        workspace: None where it is invalid; the report then lists its problems.
        sources: The text of each of its files, by name.
    """

    report: Report
    workspace: Workspace | None
    sources: Mapping[str, str]

    @property
    def valid(self) -> Workspace:
        """The workspace.

        Raises:
            ValueError: It is invalid.
        """
        if self.workspace is None:
            raise ValueError("the workspace is invalid")
        return self.workspace


def check(workspace: Workspace, today: datetime.date, *, measure: bool | None = None) -> Report:
    """Return every verdict and finding of a workspace as of ``today``.

    Shares of customers are measured in all but huge journeys (`MEASURE_LIMIT`), or as ``measure``
    says, and wherever a rule asks for a share. Pure: the same workspace and day give the same
    report. Cost: for each rule and journey, passages times automaton states.
    """
    if measure is not None:
        workspace = replace(workspace, measure=measure)
    with paused_garbage_collection():
        landscape = Landscape(workspace.charter, workspace.settings, today, workspace.plans)
        verdicts = tuple(
            _accepted(workspace, verdict)
            for verdict in verdicts_of(workspace.rules, workspace.waivers, landscape)
        )
        found = _defects(workspace, verdicts, today)
        findings = (*findings_of(workspace, verdicts), *found)
    return Report(workspace.charter.brand, verdicts, in_order(findings))


def verdicts_of(
    rules: Iterable[Rule], waivers: Iterable[Waiver], landscape: Landscape
) -> Iterator[Verdict]:
    """Yield every verdict of ``rules``, marked with the waivers that are in force.

    They come as the rules are declared, though those that ask of plans are asked last: they are
    told what the others answered.
    """
    in_force = [waiver for waiver in waivers if waiver.is_in_force(landscape.today)]
    asked = [rule for rule in rules if rule.gravity is not Severity.OFF]
    found: dict[str, tuple[Verdict, ...]] = {}

    def ask(rule: Rule, landscape: Landscape) -> tuple[Verdict, ...]:
        verdicts = tuple(rule.verdicts(landscape))
        own = [waiver for waiver in in_force if waiver.rule == rule.id]
        return tuple(rule.waive(landscape, verdicts, own)) if own else verdicts

    for rule in asked:
        if not isinstance(rule, PlanRule):
            found[rule.id] = ask(rule, landscape)
    answered = tuple(verdict for verdicts in found.values() for verdict in verdicts)
    for rule in asked:
        if isinstance(rule, PlanRule):
            found[rule.id] = ask(rule, replace(landscape, answered=answered))
    for rule in asked:
        yield from found[rule.id]


def proves_something(report: Report, workspace: Workspace) -> bool:
    """Return whether any verdict on the charter and its journeys is more than vacuous."""
    verdicts = of_the_map(report, workspace).verdicts
    return any(verdict.verdict is not Answer.VACUOUS for verdict in verdicts)


def of_the_map(report: Report, workspace: Workspace) -> Report:
    """Return a report without what is asked of plans: what it says of charter and journeys."""
    of_plans = {rule.id for rule in workspace.rules if isinstance(rule, PlanRule)}
    return replace(
        report,
        verdicts=tuple(v for v in report.verdicts if v.rule not in of_plans),
        findings=tuple(f for f in report.findings if f.rule not in of_plans),
    )


def _defects(
    workspace: Workspace, verdicts: Iterable[Verdict], today: datetime.date
) -> Iterator[Finding]:
    """Yield every defect, marked with the baseline, and those of the baseline itself."""
    found = tuple(defects(workspace, verdicts, today))
    for defect in found:
        yield _accepted(workspace, defect)
    if workspace.baseline is not None:
        for entry in workspace.baseline.stale(verdicts, found):
            parameters = {"entry": entry.told}
            yield as_finding(Problem(STALE, "stale-entry", entry.position, parameters))


def _accepted(workspace: Workspace, told: Told) -> Told:
    """Return a verdict or a defect, marked where the baseline accepts it."""
    if workspace.baseline is not None and workspace.baseline.accepts(told):
        return replace(told, status=Status.ACCEPTED)
    return told


def report_of(invalid: InvalidWorkspace) -> Report:
    """Return the report of a workspace that can't be checked: its problems, no verdicts."""
    return Report(Words.of(""), (), numbered(map(as_finding, invalid.problems)))


def _order(finding: Finding) -> tuple[object, ...]:
    """Gravest first, then by customers concerned, then as written."""
    return finding.severity.rank, -round(finding.concerned, 9), finding.position, finding.code


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings as reports list them."""
    return tuple(sorted(findings, key=_order))


def findings_of(workspace: Workspace, verdicts: Iterable[Verdict]) -> Iterable[Finding]:
    """Return what doesn't hold, verdicts that share rule, journey and witness as one finding."""
    settings = {setting.journey.id: setting for setting in workspace.settings}
    total = sum(setting.journey.weight for setting in settings.values())
    together: dict[object, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.verdict in (Answer.BROKEN, Answer.INCONCLUSIVE):
            place = verdict.touchpoint or verdict.place
            told = (verdict.verdict, verdict.reason, *verdict.details.items())
            accepted = (verdict.status, *(waiver.position for waiver in verdict.waivers))
            about = (verdict.rule, verdict.journey, verdict.action, verdict.witness, place)
            key = (*about, *told, *accepted)
            together.setdefault(key, []).append(verdict)
    positions = {rule.id: rule.position for rule in workspace.rules}
    for verdicts_told in together.values():
        first = verdicts_told[0]
        setting = settings.get(first.journey or "")
        yield Finding(
            code=first.code,
            severity=first.severity,
            position=_position(setting, first) or positions[first.rule],
            rule=first.rule,
            journey=first.journey,
            verdicts=tuple(verdicts_told),
            status=first.status,
            waivers=first.waivers,
            concerned=_concerned(setting, verdicts_told) * setting.journey.weight / total
            if setting
            else _concerned_anywhere(workspace, verdicts_told),
        )


def _position(setting: Setting | None, verdict: Verdict) -> Position | None:
    """Return where a broken verdict is most likely mended; None if its rule alone says."""
    if verdict.place is not None or setting is None:
        return verdict.place
    names = verdict.places or (verdict.witness or ("",))[-1:]
    return setting.stop_position(names[0])


def _concerned_anywhere(workspace: Workspace, told: Iterable[Verdict]) -> float:
    """Return the share of all customers in the segments that verdicts of no journey name."""
    named = {verdict.segment for verdict in told}
    weights = {segment.id: segment.weight for segment in workspace.charter.all_segments}
    if None in named:
        return 1.0
    return sum(w for s, w in weights.items() if s in named) / sum(weights.values())


def _concerned(setting: Setting, told: Iterable[Verdict]) -> float:
    """Return the share of the journey's customers whom some of the verdicts concern."""
    broken = setting.broken_by_segment(told)
    if not broken:
        return 1.0
    return sum(
        setting.segment_weights[segment] * (1.0 if share is None else share)
        for segment, share in broken.items()
    )
