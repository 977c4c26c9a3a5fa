"""Checking a folder, and what becomes of the answer."""

from __future__ import annotations

import datetime
import os
import tempfile
from pathlib import Path

from charter.checker import Checked, check, proves_something, report_of
from charter.findings import Severity, Status
from charter.workspace import InvalidWorkspace, Workspace, is_workspace_file, read_folder


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
    grave = [
        finding
        for finding in report.findings
        if finding.status is Status.OPEN and finding.severity.rank <= fail_on.rank
    ]
    if not all(finding.is_undecided for finding in grave):
        return EXIT_FINDINGS
    if grave or not proves_something(report, checked.workspace):
        return EXIT_UNPROVED
    return EXIT_FINE


def is_of_workspace(file: Path, root: Path) -> bool:
    """Return whether the workspace in ``root`` is read from ``file``, or would be if it were."""
    target, folder = (Path(os.path.realpath(each)) for each in (file, root))
    return target.is_relative_to(folder) and is_workspace_file(
        target.relative_to(folder).as_posix()
    )


def write_report(file: Path, rendered: str) -> None:
    """Write a report, wholly or not at all.

    Raises:
        OSError: It can't be written there; what stood there still does.
    """
    write_whole(file, rendered.encode())


def write_whole(file: Path, content: bytes) -> None:
    """Write a file that is none of the workspace's, wholly or not at all.

    Raises:
        OSError: It can't be written there; what stood there still does.
    """
    if file.exists() and not file.is_file():
        # A pipe or a device is written to; replacing it would take it away from everybody.
        file.write_bytes(content)
        return
    target = Path(os.path.realpath(file))
    # A folder of its own, so that the file gets the modes of any other.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".charter-report-") as folder:
        made = Path(folder) / target.name
        made.write_bytes(content)
        made.replace(target)
