"""What people do with the toolkit; the command line and the app both call these."""

from __future__ import annotations

import datetime
import os
import tempfile
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from charter import starter
from charter.checker import check, report_of
from charter.defects import SEVERITIES
from charter.findings import Answer, Report, Severity
from charter.messages import Language, Speaker
from charter.messages.codes import CODES
from charter.reports import json, text
from charter.rules import KINDS
from charter.rules.documentation import documentation
from charter.workspace import InvalidWorkspace, Workspace, read_folder
from journeys.document import closest


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


def check_folder(root: Path, today: datetime.date, *, measure: bool | None = None) -> Checked:
    """Check the workspace in a folder; that it is invalid is an answer too.

    ``measure`` says whether shares of customers are worked out; by default in all but huge
    journeys.
    """
    try:
        workspace = read_folder(root)
    except InvalidWorkspace as invalid:
        return Checked(report_of(invalid), None, invalid.sources)
    return check_workspace(workspace, today, measure=measure)


def check_workspace(
    workspace: Workspace, today: datetime.date, *, measure: bool | None = None
) -> Checked:
    """Check a workspace that was read."""
    return Checked(check(workspace, today, measure=measure), workspace, workspace.sources)


EXIT_FINE, EXIT_FINDINGS, EXIT_INPUT, EXIT_FAULT, EXIT_UNPROVED = range(5)
"""Exit statuses of the command line: nothing to report; findings; unusable input; our own fault;
nothing could be concluded."""


def exit_status(checked: Checked, fail_on: Severity) -> int:
    """Return the exit status of a check that fails on findings of ``fail_on`` and graver."""
    if checked.workspace is None:
        return EXIT_INPUT
    report = checked.report
    grave = [finding for finding in report.findings if finding.severity.rank <= fail_on.rank]
    if not all(finding.is_undecided for finding in grave):
        return EXIT_FINDINGS
    if grave or all(verdict.verdict is Answer.VACUOUS for verdict in report.verdicts):
        return EXIT_UNPROVED
    return EXIT_FINE


def render_text(checked: Checked, speak: Speaker, page: text.Page) -> str:
    """Return the report for people."""
    if checked.workspace is None:
        return text.render_problems(checked.report, checked.sources, speak, page)
    return text.render(checked.report, checked.workspace, speak, page)


def render_json(checked: Checked, speak: Speaker, page: text.Page) -> str:
    """Return the report for machines."""
    del page
    return json.render(checked.report, checked.workspace, speak)


FORMATS = {"text": render_text, "json": render_json}
"""The formats of a report. A new one is a file in `charter.reports` and a line here."""


def write_report(file: Path, rendered: str) -> None:
    """Write a report, wholly or not at all.

    Raises:
        OSError: It can't be written there; what stood there still does.
    """
    if file.exists() and not file.is_file():
        # A pipe or a device is written to; replacing it would take it away from everybody.
        file.write_text(rendered, encoding="utf-8")
        return
    target = Path(os.path.realpath(file))
    # A folder of its own, so that the file gets the modes of any other.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".charter-report-") as folder:
        made = Path(folder) / target.name
        made.write_text(rendered, encoding="utf-8", newline="\n")
        made.replace(target)


class UnknownTopic(Exception):
    """There is nothing to explain under this name.

    Attributes:
        suggestion: What was probably meant.
        topics: What can be explained.
    """

    def __init__(self, topic: str) -> None:
        super().__init__(topic)
        self.topics = topics()
        self.suggestion = closest(topic, self.topics)


def topics() -> tuple[str, ...]:
    """Return every code and rule kind that can be explained."""
    kinds = [name for kind in KINDS for name in (kind.name(), kind.code)]
    return (*kinds, *CODES)


def explain(topic: str, speak: Speaker) -> str:
    """Return what a code or rule kind means and how grave it is, as Markdown.

    Raises:
        UnknownTopic: It is neither.
    """
    for kind in KINDS:
        if topic.casefold() in (kind.name(), kind.code.casefold()):
            heading = f"{kind.name()} · {kind.code} · {kind.default_severity}"
            return f"{heading}\n\n{documentation(kind, speak.language)}"
    code = topic.upper()
    if code in CODES:
        told = textwrap.fill(speak(CODES[code]), 96, break_long_words=False, break_on_hyphens=False)
        return f"{code} · {SEVERITIES[code]}\n\n{told}\n"
    raise UnknownTopic(topic)


def start_workspace(root: Path, language: Language, sample: str | None = None) -> tuple[str, ...]:
    """Write a new workspace into ``root``: a small start, or a sample; return its files' names.

    Raises:
        starter.NotEmpty: The folder holds something. Nothing is written.
        starter.UnknownSample: There is no such sample. Nothing is written.
        OSError: It can't be written there.
    """
    return starter.write(root, language, sample)
