"""The report in GitHub-flavoured Markdown, for a job's summary or a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from charter.checker import Checked
from charter.findings import Finding, Status
from charter.messages import N_, Speaker
from charter.reports.markdown_text import code, details, escape, table
from charter.reports.names import Names
from charter.reports.outline import (
    accepted_elsewhere,
    comparisons,
    figures,
    headline,
    proved,
    sections,
)
from charter.reports.page import Page
from charter.reports.telling import facts, tell, tell_unread
from charter.reports.words import SEVERITIES, STATUSES
from charter.workspace import Workspace

TOLD = 200
"""GitHub takes a summary of up to 1 MiB: more findings than that are counted, not told."""


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return the report: a headline, the counts, and the findings by journey."""
    if checked.workspace is None:
        parts = _problems(checked, speak, page)
    else:
        parts = _checked(checked, checked.workspace, Names(checked.workspace, speak), page)
    return "\n".join(parts)


def _checked(checked: Checked, workspace: Workspace, names: Names, page: Page) -> Iterator[str]:
    report, speak = checked.report, names.speak
    yield f"## {escape(speak.words(report.brand))}\n"
    yield f"**{escape(headline(checked, speak))}**\n"
    counted = figures(report, speak)
    yield table([f.word for f in counted], [[f.number for f in counted]])
    yield f"{escape(proved(report, workspace, names))}\n"
    besides = [*comparisons(report, workspace, speak), accepted_elsewhere(report, speak)]
    for told_besides in filter(None, besides):
        yield f"{escape(told_besides)}\n"
    told = [finding for finding in report.findings if finding.status is not Status.ACCEPTED]
    for section in sections(islice(told, TOLD), workspace, names):
        place = f" ({code(page.path(section.file))})" if section.file else ""
        yield f"### {escape(section.title)}{place}\n"
        yield _table(section.findings, names, page)
        more = [_details(finding, names, page) for finding in section.findings]
        yield details(speak(N_("Paths, and what to do")), "\n".join(more))
    if len(told) > TOLD:
        yield escape(
            speak.many(
                "{number} more finding isn't shown here; the whole report has it.",
                "{number} more findings aren't shown here; the whole report has them.",
                len(told) - TOLD,
            )
        )


def _table(findings: Iterable[Finding], names: Names, page: Page) -> str:
    speak = names.speak
    heading = [N_("Gravity"), N_("Finding"), N_("Who"), N_("Where")]
    rows = []
    for finding in findings:
        told = tell(finding, names)
        label = _label(finding, speak)
        rows.append([label, escape(told.headline), escape(told.who), _place(finding, page)])
    return table([speak(title) for title in heading], rows)


def _label(finding: Finding, speak: Speaker) -> str:
    if finding.status is not Status.OPEN:
        return escape(speak(STATUSES[finding.status]))
    return f"{_SIGNS[finding.severity]} {escape(speak(SEVERITIES[finding.severity]))}"


_SIGNS = {"error": "✕", "warning": "▲", "info": "●"}


def _place(finding: Finding, page: Page) -> str:
    position = finding.position
    return code(f"{page.path(position.file)}:{position.line}:{position.column}")


def _details(finding: Finding, names: Names, page: Page) -> str:
    """Return a finding with its path, its reason and its advice, as an item of a list."""
    speak = names.speak
    told = tell(finding, names)
    lines = [f"- **{escape(told.headline)}**"]
    lines += [f"  - {escape(text)}" for text in facts(finding, told, speak)]
    reference = " ".join(filter(None, [finding.code, finding.rule]))
    lines.append(f"  - {_place(finding, page)} {escape(reference)}")
    return "\n".join(lines)


def _problems(checked: Checked, speak: Speaker, page: Page) -> Iterator[str]:
    yield f"## {escape(headline(checked, speak))}\n"
    rows = [
        [_place(finding, page), finding.code, escape(tell_unread(finding, speak).message)]
        for finding in islice(checked.report.findings, TOLD)
    ]
    yield table([speak(N_("Where")), speak(N_("Code")), speak(N_("Problem"))], rows)
