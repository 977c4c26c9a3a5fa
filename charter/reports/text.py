"""The report for a terminal."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from charter.checker import Checked
from charter.findings import Answer, Finding, Report, Severity
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.telling import tell, tell_unread
from charter.rules.path import PathRule
from charter.workspace import Workspace
from journeys.source import lines_of

_LABELS = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("info"),
}
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_BOLD, _DIM, _GREEN = "1", "2", "32"


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return the report for people."""
    if checked.workspace is None:
        return _render_problems(checked.report, checked.sources, speak, page)
    return _render_checked(checked.report, checked.workspace, speak, page)


def _render_checked(report: Report, workspace: Workspace, speak: Speaker, page: Page) -> str:
    lines = [*_heading(report, workspace, speak, page)]
    names = Names(workspace, speak)
    for title, findings in _by_journey(report, workspace, names):
        lines += ["", *(page.paint(line, _BOLD) for line in textwrap.wrap(title, page.width))]
        for finding in findings:
            lines += ["", *_finding(finding, names, page)]
    lines += ["", *_summary(report, workspace, names, page)]
    return "\n".join(lines) + "\n"


def _render_problems(report: Report, sources: Mapping[str, str], speak: Speaker, page: Page) -> str:
    """Return the report of a workspace that could not be checked: each problem at its line."""
    lines: list[str] = []
    for finding in report.findings:
        position = finding.position
        told = tell_unread(finding, speak).message
        place = page.paint(visible(str(position)), _BOLD)
        lines.append(f"{place}: {finding.code} {told}")
        lines += _source_line(sources.get(position.file, ""), position.line, position.column)
    number = len(report.findings)
    closing = speak.many(
        "{number} problem. Nothing was checked.",
        "{number} problems. Nothing was checked.",
        number,
    )
    return "\n".join([*lines, page.paint(closing, _COLOURS[Severity.ERROR])]) + "\n"


_SOURCE_WIDTH = 100


def _source_line(text: str, line: int, column: int) -> list[str]:
    """Return the line that a problem stands in, and a caret under its column."""
    written = lines_of(text)
    if not text or line > len(written):
        return []
    # One character for each, so that the caret stays under its column.
    shown = "".join(c if c.isprintable() else "·" for c in written[line - 1])
    start = max(0, column - _SOURCE_WIDTH // 2) if len(shown) > _SOURCE_WIDTH else 0
    before = "".join(map(_space_for, shown[start : column - 1]))
    return [f"    {shown[start : start + _SOURCE_WIDTH]}".rstrip(), f"    {before}^"]


def _space_for(character: str) -> str:
    """Return as many spaces as a character takes columns in a terminal."""
    if unicodedata.combining(character):
        return ""
    return "  " if unicodedata.east_asian_width(character) in "WF" else " "


def _heading(report: Report, workspace: Workspace, speak: Speaker, page: Page) -> Iterator[str]:
    counts = ", ".join(
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
    brand = speak.words(report.brand)
    first, *more = textwrap.wrap(f"{brand} · {counts}", page.width)
    yield first.replace(brand, page.paint(brand, _BOLD), 1)
    yield from more
    if workspace.charter.promise:
        promise = speak.quote(speak.words(workspace.charter.promise))
        yield from textwrap.wrap(promise, page.width)


def _by_journey(
    report: Report, workspace: Workspace, names: Names
) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the findings of each journey, then those of the charter as a whole."""
    by_journey: dict[str | None, list[Finding]] = {}
    for finding in report.findings:
        by_journey.setdefault(finding.journey, []).append(finding)
    for journey in workspace.journeys:
        if findings := by_journey.get(journey.id):
            yield f"{names.of('journey', journey.id)} ({journey.file})", findings
    if findings := by_journey.get(None):
        yield names.speak(N_("The charter")), findings


def _finding(finding: Finding, names: Names, page: Page) -> Iterator[str]:
    speak = names.speak
    told = tell(finding, names)
    label = speak(_LABELS[finding.severity])
    indent = " " * (max(len(speak(text)) for text in _LABELS.values()) + 4)
    head = _wrap(told.headline, page, indent)
    padding = " " * (len(indent) - len(label) - 2)
    yield f"  {page.paint(label, _COLOURS[finding.severity])}{padding}{head[0].lstrip()}"
    yield from head[1:]
    for caption, text in (
        (N_("Yes: {text}"), told.path),
        ("{text}", told.figures),
        (N_("Among: {text}"), told.among),
        (N_("Asked for: {text}"), told.bar),
        (N_("Who: {text}"), told.who),
        (N_("Why it matters: {text}"), told.why),
        (N_("To do: {text}"), told.advice),
    ):
        if text:
            yield from _wrap(speak(caption, text=text), page, indent)
    reference = [visible(str(finding.position)), finding.code, *filter(None, [finding.rule])]
    yield indent + page.paint("  ".join(reference), _DIM)


def _wrap(text: str, page: Page, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        max(page.width, len(indent) + 20),
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(report: Report, workspace: Workspace, names: Names, page: Page) -> Iterable[str]:
    """Return the last lines: how many verdicts hold, of how many, and in what scope."""
    speak = names.speak
    if not workspace.journeys:
        yield from textwrap.wrap(
            speak(
                N_("Nothing was proved: there is no journey. Write one in journeys/, one a file.")
            ),
            page.width,
        )
        return
    holds, broken = report.count(Answer.HOLDS), report.count(Answer.BROKEN)
    vacuous, undecided = report.count(Answer.VACUOUS), report.count(Answer.INCONCLUSIVE)
    if not holds and not broken and not undecided:
        yield from textwrap.wrap(
            speak(N_("Nothing was proved: no rule concerns anything in these journeys.")),
            page.width,
        )
        return
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
    over_paths = sum(
        verdict.verdict is Answer.HOLDS and verdict.witness is None
        for verdict in report.verdicts
        if isinstance(names.rules[verdict.rule], PathRule)
    )
    proved = speak.many(
        "Proved over every path: {number} verdict holds on this map ({scope}).",
        "Proved over every path: {number} verdicts hold on this map ({scope}).",
        over_paths,
        scope=speak(N_("; ")).join(scope),
    )
    more = holds - over_paths
    others = [
        speak.many(
            "{number} more holds (of shares, touchpoints or the charter)",
            "{number} more hold (of shares, touchpoints or the charter)",
            more,
        )
        if more
        else "",
        speak.many("{number} is broken", "{number} are broken", broken) if broken else "",
        speak.many("{number} is undecided", "{number} are undecided", undecided)
        if undecided
        else "",
        speak.many("{number} concerns nothing", "{number} concern nothing", vacuous)
        if vacuous
        else "",
    ]
    rest = speak.all_of(text for text in others if text)
    colour = _GREEN if not broken else _BOLD
    for line in textwrap.wrap(f"{proved} {rest}." if rest else proved, page.width):
        yield page.paint(line, colour)
