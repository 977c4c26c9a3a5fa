"""The report as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from charter.checker import Checked
from charter.findings import Finding, Report, Severity, Status
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from charter.reports.outline import comparisons, proved
from charter.reports.page import Page
from charter.reports.telling import telling

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SHOWN = {Severity.ERROR: 10, Severity.WARNING: 10, Severity.INFO: 9}
"""GitHub shows ten of each level for a step, and drops the rest without a word; our last notice,
which counts what isn't shown, is one of them."""


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return a command for each open finding, the gravest first.

    As many as `SHOWN`: what that leaves out, and what is waived or accepted, is counted in one
    last notice.
    """
    workspace = checked.workspace
    names = None if workspace is None else Names(workspace, speak)
    report = checked.report
    opened = [finding for finding in report.findings if finding.status is Status.OPEN]
    shown = _shown(opened)
    counts = _counts(report, len(opened) - len(shown), speak)
    lines = [_annotation(finding, names, speak, page) for finding in shown]
    if counts:
        lines.append(_command("notice", {"title": speak(N_("Charter"))}, counts))
    if workspace is not None and names is not None:
        lines += [*comparisons(report, workspace, speak), proved(report, workspace, names)]
    return "".join(f"{line}\n" for line in lines)


def _shown(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first findings of each level."""
    seen: Counter[Severity] = Counter()
    found = []
    for finding in findings:
        seen[finding.severity] += 1
        if seen[finding.severity] <= SHOWN[finding.severity]:
            found.append(finding)
    return found


def _annotation(finding: Finding, names: Names | None, speak: Speaker, page: Page) -> str:
    position = finding.position
    properties = {
        "file": page.path(position.file),
        "line": str(position.line),
        "col": str(position.column),
        "title": " ".join(filter(None, [finding.code, finding.rule])),
    }
    message = telling(finding, names, speak).message
    return _command(LEVELS[finding.severity], properties, message)


def _command(level: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {told}::{_data(message)}"


def _data(text: str) -> str:
    """Return a message that ends no line, as GitHub's own toolkit writes it."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return the value of a property, which a comma or a colon would end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _counts(report: Report, more: int, speak: Speaker) -> str:
    """Return how much isn't shown above; empty where all is."""
    waived, accepted = map(report.count_set_aside, (Status.WAIVED, Status.ACCEPTED))
    told = [
        speak.many(
            "{number} more finding isn't shown here; the whole report has it.",
            "{number} more findings aren't shown here; the whole report has them.",
            more,
        )
        if more
        else "",
        speak.many("{number} verdict is waived.", "{number} verdicts are waived.", waived)
        if waived
        else "",
        speak.many(
            "{number} verdict or defect is accepted.",
            "{number} verdicts or defects are accepted.",
            accepted,
        )
        if accepted
        else "",
    ]
    return " ".join(filter(None, told))
