"""The report for machines: ``charter-report/1``."""

from __future__ import annotations

import json

from charter.baseline import compared
from charter.checker import Checked
from charter.findings import Answer, Finding, Severity, Status, Verdict
from charter.messages import Speaker
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.telling import tell, tell_unread
from charter.waivers import Waiver

SCHEMA = "charter-report/1"


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return the report as one JSON object; without a workspace, that of an input error.

    Only ``brand`` and the messages are in the speaker's language.
    """
    del page
    report = checked.report
    names = None if checked.workspace is None else Names(checked.workspace, speak)
    summary = {str(s): report.count_findings(s) for s in Severity if s is not Severity.OFF}
    summary |= {str(s): report.count_set_aside(s) for s in (Status.WAIVED, Status.ACCEPTED)}
    summary |= {str(answer): report.count(answer) for answer in Answer}
    if checked.workspace is not None and checked.workspace.baseline is not None:
        against = compared(report)
        summary |= {"new": against.new, "fixed": against.fixed}
    content: dict[str, object] = {
        "schema": SCHEMA,
        "brand": report.brand.in_language(speak.language),
        "verdicts": [_verdict(verdict) for verdict in report.verdicts],
        "findings": [_finding(finding, names, speak) for finding in report.findings],
        "summary": summary,
    }
    if report.since is not None:
        since = report.since
        content["since"] = {"revision": since.revision, "left-out": since.left_out}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def about(verdict: Verdict) -> dict[str, object]:
    """Return which rule a verdict is of, how bad it is, and what it is about."""
    return {
        "rule": verdict.rule,
        "code": verdict.code,
        "severity": verdict.severity,
        **verdict.ids,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        **about(verdict),
        "verdict": verdict.verdict,
        "share": verdict.share,
        "share-basis": verdict.share_basis,
        "witness": None if verdict.witness is None else list(verdict.witness),
        "waived": verdict.status is Status.WAIVED,
        **({"accepted": True} if verdict.status is Status.ACCEPTED else {}),
        "fingerprint": verdict.fingerprint,
    }


def _finding(finding: Finding, names: Names | None, speak: Speaker) -> dict[str, object]:
    told = tell_unread(finding, speak) if names is None else tell(finding, names)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "rule": finding.rule,
        "message": told.message,
        "file": finding.position.file,
        "line": finding.position.line,
        "column": finding.position.column,
        "fingerprint": finding.fingerprint,
        **_set_aside(finding, speak),
    }


def _set_aside(finding: Finding, speak: Speaker) -> dict[str, object]:
    """Return the keys that only what is waived or accepted has, wholly or in part."""
    found: dict[str, object] = {}
    if finding.status is not Status.OPEN:
        found["status"] = finding.status
    if finding.waivers:
        found["waivers"] = [_waiver(waiver, speak) for waiver in finding.waivers]
    return found


def _waiver(waiver: Waiver, speak: Speaker) -> dict[str, object]:
    return {
        "through": waiver.through,
        "reason": waiver.reason.in_language(speak.language),
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
        "since": waiver.since and waiver.since.isoformat(),
        "file": waiver.position.file,
        "line": waiver.position.line,
    }
