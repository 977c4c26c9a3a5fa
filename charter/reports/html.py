"""The report as a page to be sent: one HTML file that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from charter.checker import Checked
from charter.findings import Answer, Finding, Severity, Status, Verdict
from charter.messages import N_, Speaker, visible
from charter.reports import words
from charter.reports.names import Names
from charter.reports.outline import comparisons, figures, headline, proved, sections, size
from charter.reports.page import Page
from charter.reports.telling import tell, tell_unread
from charter.reports.web import document
from charter.workspace import Workspace
from journeys.path import Round


@dataclass(frozen=True)
class Fact:
    """Something that is said of a finding.

    Attributes:
        kind: ``who``, ``todo`` or another; for its look alone.
        share: The share in [0, 1] that it tells of, if any.
    """

    kind: str
    label: str
    text: str
    share: float | None = None


@dataclass(frozen=True)
class Entry:
    """A finding as the page shows it.

    Attributes:
        kind: Its severity; its status where it is set aside.
        rounds: The path that breaks it; empty where none does.
        answer: What it is answered with, before the path.
        place: Where it is, and by which names machines know it.
    """

    kind: str
    word: str
    question: str
    answer: str
    rounds: list[Round]
    facts: list[Fact]
    place: str


@dataclass(frozen=True)
class Chapter:
    """Findings under a heading."""

    title: str
    place: str
    note: str
    entries: list[Entry]


@dataclass(frozen=True)
class Cell:
    """How the verdicts of one rule in one journey came out.

    Attributes:
        kind: The gravest answer or status among them; empty where the rule isn't asked.
        told: How many of them are that.
        word: The same in words.
    """

    kind: str
    told: str
    word: str


@dataclass(frozen=True)
class Row:
    """One rule over all journeys."""

    rule: str
    asks: str
    cells: list[Cell]


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return the report as an HTML document."""
    day = words.date(page.date, speak) if page.date else ""
    if checked.workspace is None:
        return _problems(checked, speak, day)
    workspace, report = checked.workspace, checked.report
    names = Names(workspace, speak)
    promise = workspace.charter.promise
    return document(
        "report.html",
        speak.language,
        brand=speak.words(report.brand),
        eyebrow=speak(N_("Customer-experience charter: what was proved")),
        promise=speak.quote(speak.words(promise)) if promise else "",
        headline=headline(checked, speak),
        proved=proved(report, workspace, names),
        comparisons=comparisons(report, workspace, speak),
        figures=figures(report, speak),
        size=size(workspace, names),
        day=day,
        chapters=_chapters(report.findings, workspace, names),
        matrix_title=speak(N_("Every rule, journey by journey")),
        matrix_note=speak(
            N_("In each cell, how many verdicts answer so, of how many the rule gives there.")
        ),
        rule_heading=speak(N_("Rule")),
        columns=_columns(workspace, names),
        rows=_rows(report.verdicts, workspace, names),
        legend=_legend(speak),
    )


def _problems(checked: Checked, speak: Speaker, day: str) -> str:
    entries = []
    for finding in checked.report.findings:
        told = tell_unread(finding, speak).message
        entries.append(_entry(finding, told, "", [], [], speak))
    title = headline(checked, speak)
    return document(
        "problems.html",
        speak.language,
        eyebrow=speak(N_("Customer-experience charter")),
        day=day,
        headline=title,
        entries=entries,
    )


def _chapters(findings: Iterable[Finding], workspace: Workspace, names: Names) -> list[Chapter]:
    """Return the open findings by journey, then those that are waived, then those accepted."""
    speak = names.speak
    by_status: dict[Status, list[Finding]] = {status: [] for status in Status}
    for finding in findings:
        by_status[finding.status].append(finding)
    chapters = [
        Chapter(
            section.title,
            visible(section.file),
            "",
            [_finding(finding, names) for finding in section.findings],
        )
        for section in sections(by_status[Status.OPEN], workspace, names)
    ]
    for status, title, note in (
        (
            Status.WAIVED,
            N_("Waived"),
            N_("Known, and allowed for a time: each has a reason, an owner and a last day."),
        ),
        (
            Status.ACCEPTED,
            N_("Accepted"),
            N_("There before the rules were adopted, and in the baseline since."),
        ),
    ):
        if by_status[status]:
            entries = [_finding(finding, names) for finding in by_status[status]]
            chapters.append(Chapter(speak(title), "", speak(note), entries))
    return chapters


def _finding(finding: Finding, names: Names) -> Entry:
    speak = names.speak
    told = tell(finding, names)
    rounds: list[Round] = []
    if finding.verdicts and finding.verdicts[0].witness:
        rounds = names.rounds(str(finding.journey), finding.verdicts[0].witness)
    facts = [
        Fact(kind, speak(label), text, told.share if kind == "who" else None)
        for kind, label, text in (
            ("among", N_("Among"), told.among),
            ("bar", N_("Asked for"), told.bar),
            ("who", N_("Who"), told.who),
            ("why", N_("Why it matters"), told.why),
            ("todo", N_("To do"), told.advice),
        )
        if text
    ]
    waived = speak(words.waived_label(finding))
    facts += [Fact("waived", waived, text) for text in told.waived]
    answer = speak(N_("Yes:")) if rounds else told.figures
    return _entry(finding, told.headline, answer, rounds, facts, speak)


def _entry(
    finding: Finding,
    question: str,
    answer: str,
    rounds: list[Round],
    facts: list[Fact],
    speak: Speaker,
) -> Entry:
    position = finding.position
    is_open = finding.status is Status.OPEN
    return Entry(
        kind=finding.severity if is_open else finding.status,
        word=speak(
            words.SEVERITIES[finding.severity] if is_open else words.STATUSES[finding.status]
        ),
        question=question,
        answer=answer,
        rounds=rounds,
        facts=facts,
        place="  ".join(filter(None, [visible(str(position)), finding.code, finding.rule])),
    )


def _columns(workspace: Workspace, names: Names) -> list[str]:
    """Return the heading of each journey, and of the charter as a whole."""
    journeys = [names.of("journey", journey.id) for journey in workspace.journeys]
    return [*journeys, names.speak(N_("The charter"))]


def _rows(verdicts: Iterable[Verdict], workspace: Workspace, names: Names) -> list[Row]:
    counts: dict[tuple[str, str | None], Counter[Answer | Status]] = {}
    for verdict in verdicts:
        is_open = verdict.status is Status.OPEN
        kind = verdict.verdict if is_open else verdict.status
        counts.setdefault((verdict.rule, verdict.journey), Counter())[kind] += 1
    scopes = [*(journey.id for journey in workspace.journeys), None]
    return [
        Row(
            rule.id,
            f"{rule.code} {rule.kind}",
            [_cell(counts.get((rule.id, scope), Counter()), names.speak) for scope in scopes],
        )
        for rule in workspace.rules
        if rule.gravity is not Severity.OFF
    ]


_GRAVEST_FIRST = (
    Answer.BROKEN,
    Answer.INCONCLUSIVE,
    Status.WAIVED,
    Status.ACCEPTED,
    Answer.HOLDS,
    Answer.VACUOUS,
)


def _cell(counts: Counter[Answer | Status], speak: Speaker) -> Cell:
    for kind in _GRAVEST_FIRST:
        if counts[kind]:
            told = f"{speak.count(counts[kind])}/{speak.count(counts.total())}"
            return Cell(kind, told, speak(_word(kind)))
    return Cell("", "", "")


def _word(kind: Answer | Status) -> str:
    return words.ANSWERS[kind] if isinstance(kind, Answer) else words.STATUSES[kind]


def _legend(speak: Speaker) -> list[Cell]:
    return [Cell(kind, "", speak(_word(kind))) for kind in _GRAVEST_FIRST]
