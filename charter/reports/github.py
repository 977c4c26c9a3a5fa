"""The report as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from charter.checker import Checked
from charter.findings import Finding, Severity, Status
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from charter.reports.outline import proved
from charter.reports.page import Page
from charter.reports.telling import telling

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SHOWN = 10
"""GitHub shows so many of each level for a step, and drops the rest without a word."""


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return a command for each open finding, the gravest first.

    At most `SHOWN` of each level: what that leaves out, and what is waived or accepted, is counted
    in one last notice.
    """
    workspace = checked.workspace
    names = None if workspace is None else Names(workspace, speak)
    findings = checked.report.findings
    opened = [finding for finding in findings if finding.status is Status.OPEN]
    shown = _shown(opened, SHOWN)
    lines = [_annotation(finding, names, speak, page) for finding in shown]
    counts = _counts(opened, shown, findings, speak)
    if counts and sum(finding.severity is Severity.INFO for finding in shown) == SHOWN:
        shown = _shown(opened, SHOWN, notices=SHOWN - 1)
        lines = [_annotation(finding, names, speak, page) for finding in shown]
        counts = _counts(opened, shown, findings, speak)
    if counts:
        lines.append(_command("notice", {"title": speak(N_("Charter"))}, counts))
    if workspace is not None and names is not None:
        lines.append(proved(checked.report, workspace, names))
    return "".join(f"{line}\n" for line in lines)


def _shown(findings: Iterable[Finding], most: int, notices: int | None = None) -> list[Finding]:
    """Return the first ``most`` of each level, or so many ``notices``."""
    limits = {Severity.INFO: most if notices is None else notices}
    seen: Counter[Severity] = Counter()
    found = []
    for finding in findings:
        seen[finding.severity] += 1
        if seen[finding.severity] <= limits.get(finding.severity, most):
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


def _counts(
    opened: list[Finding], shown: list[Finding], findings: Iterable[Finding], speak: Speaker
) -> str:
    """Return how many findings aren't shown above; empty where all are."""
    left_out = len(opened) - len(shown)
    statuses = Counter(finding.status for finding in findings)
    waived, accepted = statuses[Status.WAIVED], statuses[Status.ACCEPTED]
    told = [
        speak.many(
            "{number} more finding isn't shown here; the whole report has it.",
            "{number} more findings aren't shown here; the whole report has them.",
            left_out,
        )
        if left_out
        else "",
        speak.many("{number} finding is waived.", "{number} findings are waived.", waived)
        if waived
        else "",
        speak.many("{number} finding is accepted.", "{number} findings are accepted.", accepted)
        if accepted
        else "",
    ]
    return " ".join(filter(None, told))
