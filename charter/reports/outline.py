"""What reports for people share: findings by journey, and in a sentence what was proved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from charter.baseline import compared
from charter.checker import Checked, proves_something
from charter.findings import Answer, Finding, Report, Severity, Status
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from charter.rules.path import PathRule
from charter.workspace import Workspace


@dataclass(frozen=True)
class Section:
    """The open findings of one journey, one plan or the charter as a whole, or all waived ones.

    Attributes:
        file: The journey's or the plan's file; empty elsewhere.
    """

    title: str
    file: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Figure:
    """A count: of open findings by severity, of what is set aside, or of verdicts by answer.

    Attributes:
        kind: The severity, status or answer.
        count: How many there are.
        number: The same as told.
        word: What is counted.
    """

    kind: str
    count: int
    number: str
    word: str


def figures(report: Report, speak: Speaker) -> list[Figure]:
    """Return what a report counts: findings, open or set aside, and verdicts that hold."""
    errors, warnings, notes = map(
        report.count_findings, (Severity.ERROR, Severity.WARNING, Severity.INFO)
    )
    waived, accepted = map(report.count_set_aside, (Status.WAIVED, Status.ACCEPTED))
    holds = report.count(Answer.HOLDS)
    found = [
        (Severity.ERROR, errors, speak.many("error", "errors", errors)),
        (Severity.WARNING, warnings, speak.many("warning", "warnings", warnings)),
        (Severity.INFO, notes, speak.many("note", "notes", notes)),
        (Status.WAIVED, waived, speak.many("waived", "waived", waived)),
        (Status.ACCEPTED, accepted, speak.many("accepted", "accepted", accepted)),
        (Answer.HOLDS, holds, speak.many("verdict holds", "verdicts hold", holds)),
    ]
    return [
        Figure(kind, count, speak.count(count), word)
        for kind, count, word in found
        if count or not isinstance(kind, Status)
    ]


def headline(checked: Checked, speak: Speaker) -> str:
    """Return what a report comes to in one sentence."""
    report = checked.report
    if checked.workspace is None:
        return speak.many(
            "{number} problem. Nothing was checked.",
            "{number} problems. Nothing was checked.",
            len(report.findings),
        )
    if not checked.workspace.journeys or not proves_something(report, checked.workspace):
        return speak(N_("Nothing was proved."))
    if report.since is not None:
        return _headline_of_change(report, speak)
    if errors := report.count_findings(Severity.ERROR):
        return speak.many(
            "The charter is broken in {number} place.",
            "The charter is broken in {number} places.",
            errors,
        )
    is_aside = any(map(report.count_set_aside, (Status.WAIVED, Status.ACCEPTED)))
    if warnings := report.count_findings(Severity.WARNING):
        if is_aside:
            return speak.many(
                "Nothing breaks the charter but what was waived or accepted; {number} thing asks "
                "for attention.",
                "Nothing breaks the charter but what was waived or accepted; {number} things ask "
                "for attention.",
                warnings,
            )
        return speak.many(
            "Nothing breaks the charter; {number} thing asks for attention.",
            "Nothing breaks the charter; {number} things ask for attention.",
            warnings,
        )
    if is_aside:
        return speak(N_("Nothing breaks the charter on this map but what was waived or accepted."))
    return speak(N_("Nothing breaks the charter on this map."))


def _headline_of_change(report: Report, speak: Speaker) -> str:
    """Return what the findings come to that a change brought."""
    brought = sum(finding.status is Status.OPEN for finding in report.findings)
    if not brought:
        return speak(N_("The change brings nothing that asks for attention."))
    return speak.many(
        "The change brings {number} thing that asks for attention.",
        "The change brings {number} things that ask for attention.",
        brought,
    )


def sections(findings: Iterable[Finding], workspace: Workspace, names: Names) -> list[Section]:
    """Return ``findings`` that are open by journey and by plan, the charter's, and those waived.

    None of them is empty. What the baseline accepts is told by its number alone.
    """
    by_journey: dict[str | None, list[Finding]] = {}
    by_plan: dict[str, list[Finding]] = {plan.file: [] for plan in workspace.plans}
    waived: list[Finding] = []
    for finding in findings:
        if finding.status is Status.OPEN and finding.position.file in by_plan:
            by_plan[finding.position.file].append(finding)
        elif finding.status is Status.OPEN:
            by_journey.setdefault(finding.journey, []).append(finding)
        elif finding.status is Status.WAIVED:
            waived.append(finding)
    found = [
        Section(names.of("journey", journey.id), journey.file, tuple(by_journey[journey.id]))
        for journey in workspace.journeys
        if journey.id in by_journey
    ]
    found += [
        Section(visible(plan.named(names.speak.language)), plan.file, tuple(by_plan[plan.file]))
        for plan in workspace.plans
        if by_plan[plan.file]
    ]
    if None in by_journey:
        found.append(Section(names.speak(N_("The charter")), "", tuple(by_journey[None])))
    if waived:
        found.append(Section(names.speak(N_("Waived")), "", tuple(waived)))
    return found


def proved(report: Report, workspace: Workspace, names: Names) -> str:
    """Return how many verdicts hold, of how many, and in what scope."""
    speak = names.speak
    if not workspace.journeys:
        return speak(
            N_("Nothing was proved: there is no journey. Write one in journeys/, one a file.")
        )
    if not proves_something(report, workspace):
        return speak(N_("Nothing was proved: no rule concerns anything in these journeys."))
    over_paths = sum(
        verdict.verdict is Answer.HOLDS and verdict.witness is None
        for verdict in report.verdicts
        if isinstance(names.rules[verdict.rule], PathRule)
    )
    told = speak.many(
        "Proved over every path: {number} verdict holds on this map ({scope}).",
        "Proved over every path: {number} verdicts hold on this map ({scope}).",
        over_paths,
        scope=_scope(workspace, names),
    )
    more = report.count(Answer.HOLDS) - over_paths
    undecided, vacuous = report.count(Answer.INCONCLUSIVE), report.count(Answer.VACUOUS)
    others = [
        _held_otherwise(more, workspace, speak) if more else "",
        _broken(report, speak),
        speak.many("{number} is undecided", "{number} are undecided", undecided)
        if undecided
        else "",
        speak.many("{number} concerns nothing", "{number} concern nothing", vacuous)
        if vacuous
        else "",
    ]
    rest = speak.all_of(text for text in others if text)
    return f"{told} {rest}." if rest else told


def _held_otherwise(number: int, workspace: Workspace, speak: Speaker) -> str:
    """Return how many verdicts hold that aren't proved over every path."""
    if workspace.plans:
        return speak.many(
            "{number} more holds (of shares, touchpoints, the charter or its plans)",
            "{number} more hold (of shares, touchpoints, the charter or its plans)",
            number,
        )
    return speak.many(
        "{number} more holds (of shares, touchpoints or the charter)",
        "{number} more hold (of shares, touchpoints or the charter)",
        number,
    )


def left_out(report: Report, speak: Speaker) -> str:
    """Return how many findings aren't told, where only those since a revision are."""
    if report.since is None:
        return ""
    return speak.many(
        "Told is only what came since {revision}; {number} finding that was there before is left "
        "out.",
        "Told is only what came since {revision}; {number} findings that were there before are "
        "left out.",
        report.since.left_out,
        revision=visible(report.since.revision),
    )


def _broken(report: Report, speak: Speaker) -> str:
    """Return how many verdicts are broken, and how many of these are set aside."""
    broken = report.count(Answer.BROKEN)
    told = speak.many("{number} is broken", "{number} are broken", broken) if broken else ""
    waived, accepted = (
        sum(verdict.status is status for verdict in report.verdicts)
        for status in (Status.WAIVED, Status.ACCEPTED)
    )
    aside = [
        speak.many("{number} of them waived", "{number} of them waived", waived) if waived else "",
        speak.many("{number} accepted", "{number} accepted", accepted) if accepted else "",
    ]
    listed = ", ".join(filter(None, aside))
    return f"{told} ({listed})" if listed else told


def against_baseline(report: Report, speak: Speaker) -> str:
    """Return how much is new, accepted and fixed, of a workspace with a baseline."""
    counts = compared(report)
    return speak(
        N_("Against the baseline: {new} new, {accepted} accepted, {fixed} fixed."),
        new=speak.count(counts.new),
        accepted=speak.count(counts.accepted),
        fixed=speak.count(counts.fixed),
    )


def accepted_elsewhere(report: Report, speak: Speaker) -> str:
    """Return how what the baseline accepts is seen, for a report that only counts it."""
    if not report.count_set_aside(Status.ACCEPTED):
        return ""
    return speak(N_("“charter check --format html” lists what is accepted."))


def comparisons(report: Report, workspace: Workspace, speak: Speaker) -> list[str]:
    """Return what a report says of an earlier version, and of the baseline, where there is one."""
    baseline = "" if workspace.baseline is None else against_baseline(report, speak)
    return [told for told in (left_out(report, speak), baseline) if told]


def _scope(workspace: Workspace, names: Names) -> str:
    """Return over how much it was proved, and what was left out."""
    speak = names.speak
    left_out = sum(
        not stop.is_counted for setting in workspace.settings for stop in setting.graph.stops
    )
    scope = [speak.many("{number} journey", "{number} journeys", len(workspace.journeys))]
    if left_out:
        scope.append(
            speak.many(
                "{number} moment run by customers left out",
                "{number} moments run by customers left out",
                left_out,
            )
        )
    return speak(N_("; ")).join(scope)


def size(workspace: Workspace, names: Names) -> str:
    """Return how many journeys, segments and rules there are."""
    speak = names.speak
    return ", ".join(
        (
            speak.many("{number} journey", "{number} journeys", len(workspace.journeys)),
            speak.many(
                "{number} segment",
                "{number} segments",
                len(workspace.charter.all_segments),
            ),
            speak.many("{number} rule", "{number} rules", len(workspace.rules)),
        )
    )
