"""The report for a terminal."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

from charter.checker import Checked, proves_something
from charter.findings import Answer, Finding, Report, Severity, Status
from charter.messages import Speaker, visible
from charter.reports.names import Names
from charter.reports.outline import (
    accepted_elsewhere,
    against_baseline,
    headline,
    left_out,
    proved,
    sections,
    size,
)
from charter.reports.page import Page
from charter.reports.telling import facts, tell, tell_unread
from charter.reports.words import SEVERITIES
from charter.workspace import Workspace
from journeys.source import lines_of

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_BOLD, _DIM, _GREEN = "1", "2", "32"


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return the report for people."""
    if checked.workspace is None:
        return _render_problems(checked, speak, page)
    return _render_checked(checked.report, checked.workspace, speak, page)


def _render_checked(report: Report, workspace: Workspace, speak: Speaker, page: Page) -> str:
    names = Names(workspace, speak)
    lines = [*_heading(report, workspace, names, page)]
    for section in sections(report.findings, workspace, names):
        title = f"{section.title} ({section.file})" if section.file else section.title
        lines += ["", *(page.paint(line, _BOLD) for line in textwrap.wrap(title, page.width))]
        for finding in section.findings:
            lines += ["", *_finding(finding, names, page)]
    lines += ["", *_summary(report, workspace, names, page)]
    return "\n".join(lines) + "\n"


def _render_problems(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return the report of a workspace that could not be checked: each problem at its line."""
    lines: list[str] = []
    for finding in checked.report.findings:
        position = finding.position
        told = tell_unread(finding, speak).message
        place = page.paint(visible(str(position)), _BOLD)
        lines.append(f"{place}: {finding.code} {told}")
        lines += _source_line(
            checked.sources.get(position.file, ""), position.line, position.column
        )
    closing = headline(checked, speak)
    return "\n".join([*lines, page.paint(closing, COLOURS[Severity.ERROR])]) + "\n"


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


def _heading(report: Report, workspace: Workspace, names: Names, page: Page) -> Iterator[str]:
    speak = names.speak
    brand = speak.words(report.brand)
    first, *more = textwrap.wrap(f"{brand} · {size(workspace, names)}", page.width)
    yield first.replace(brand, page.paint(brand, _BOLD), 1)
    yield from more
    if workspace.charter.promise:
        promise = speak.quote(speak.words(workspace.charter.promise))
        yield from textwrap.wrap(promise, page.width)


def _finding(finding: Finding, names: Names, page: Page) -> Iterator[str]:
    speak = names.speak
    told = tell(finding, names)
    label = speak(SEVERITIES[finding.severity])
    indent = " " * (max(len(speak(text)) for text in SEVERITIES.values()) + 4)
    head = wrap(told.headline, page, indent)
    padding = " " * (len(indent) - len(label) - 2)
    yield f"  {page.paint(label, COLOURS[finding.severity])}{padding}{head[0].lstrip()}"
    yield from head[1:]
    for text in facts(finding, told, speak):
        yield from wrap(text, page, indent)
    reference = [visible(str(finding.position)), finding.code, *filter(None, [finding.rule])]
    yield indent + page.paint("  ".join(reference), _DIM)


def wrap(text: str, page: Page, indent: str) -> list[str]:
    """Return the lines of a text, as wide as the page, what is too long for a line kept whole."""
    return textwrap.wrap(
        text,
        max(page.width, len(indent) + 20),
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(report: Report, workspace: Workspace, names: Names, page: Page) -> Iterator[str]:
    """Yield the last lines: what was proved, in green where nothing is broken."""
    yield from textwrap.wrap(left_out(report, names.speak), page.width)
    lines = textwrap.wrap(proved(report, workspace, names), page.width)
    if not workspace.journeys or not proves_something(report, workspace):
        yield from lines
        return
    is_open = any(v.verdict is Answer.BROKEN and v.status is Status.OPEN for v in report.verdicts)
    colour = _BOLD if is_open else _GREEN
    yield from (page.paint(line, colour) for line in lines)
    if workspace.baseline is not None:
        told = (against_baseline(report, names.speak), accepted_elsewhere(report, names.speak))
        yield from textwrap.wrap(" ".join(filter(None, told)), page.width)
