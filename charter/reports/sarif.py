"""The report as SARIF 2.1.0, for code scanning and for editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. A result for each finding; the
path that breaks a rule is its code flow, each stop at the line of its touchpoint. What is waived or
accepted is suppressed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from charter import __version__
from charter.checker import Checked
from charter.defects import SEVERITIES
from charter.findings import Finding, Severity, Status, Verdict
from charter.messages import N_, Speaker
from charter.messages.codes import CODES
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.telling import Telling, telling
from charter.rules import KINDS, Rule
from charter.rules.documentation import documentation, own_documentation
from journeys.source import Position

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "charterFingerprint/v1"
ROOT = "%SRCROOT%"
"""What places are relative to: the folder that the report is read from."""


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return the report as one SARIF log of one run."""
    report, workspace = checked.report, checked.workspace
    names = None if workspace is None else Names(workspace, speak)
    rules = () if workspace is None else workspace.rules
    codes = _codes(rules, report.findings)
    has_baseline = workspace is not None and workspace.baseline is not None
    run = {
        "tool": {
            "driver": {
                "name": "charter",
                "version": __version__,
                "rules": [_rule(code, speak) for code in codes],
            }
        },
        "language": speak.language,
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, codes, names, speak, page)
            | ({"baselineState": _baseline_state(finding)} if has_baseline else {})
            for finding in report.findings
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _codes(rules: Iterable[Rule], findings: Iterable[Finding]) -> list[str]:
    """Return the codes of the rules that are asked and of what was found."""
    return sorted({rule.code for rule in rules} | {finding.code for finding in findings})


def _rule(code: str, speak: Speaker) -> dict[str, object]:
    for kind in KINDS:
        if kind.code == code:
            title, definition, *_ = own_documentation(kind, speak.language).split("\n\n")
            name, help_text = kind.name(), documentation(kind, speak.language)
            severity = kind.default_severity
            break
    else:
        name, definition, severity = code, speak(CODES[code]), SEVERITIES[code]
        title, help_text = _first_sentence(definition), definition
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": _one_line(title)},
        "fullDescription": {"text": _one_line(definition)},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": LEVELS[severity]},
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].removesuffix(".") + "."


def _result(
    finding: Finding, codes: Sequence[str], names: Names | None, speak: Speaker, page: Page
) -> dict[str, object]:
    told = telling(finding, names, speak)
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        # Whatever isn't known to fail has no level, says the standard (3.27.10).
        **(
            {"kind": "open", "level": "none"}
            if finding.is_undecided
            else {"level": LEVELS[finding.severity]}
        ),
        "message": {"text": told.message},
        "locations": [{"physicalLocation": _place(finding.position, page)}],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            "severity": finding.severity,
            "rule": finding.rule,
            "verdicts": [_verdict(verdict) for verdict in finding.verdicts],
        },
    }
    if names is not None and finding.verdicts and finding.verdicts[0].witness:
        result["codeFlows"] = [_flow(finding, finding.verdicts[0].witness, names, page)]
    if finding.status is not Status.OPEN:
        result["suppressions"] = [_suppression(finding, told, speak)]
    return result


def _place(position: Position, page: Page) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": quote(page.path(position.file)), "uriBaseId": ROOT},
        "region": {"startLine": position.line, "startColumn": position.column},
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    """Return what a verdict is about, as the report for machines tells it."""
    return {
        **{name: value for name, value in verdict.ids.items() if value is not None},
        "verdict": verdict.verdict,
        "share": verdict.share,
        "share-basis": verdict.share_basis,
        "fingerprint": verdict.fingerprint,
    }


def _flow(finding: Finding, witness: Sequence[str], names: Names, page: Page) -> dict[str, object]:
    journey = str(finding.journey)
    setting = names.settings[journey]
    locations = [
        {
            "location": {
                "physicalLocation": _place(setting.stop_position(stop), page),
                "message": {"text": names.stop(journey, stop)},
            },
            "executionOrder": number,
        }
        for number, stop in enumerate(witness, 1)
    ]
    return {"threadFlows": [{"locations": locations}]}


def _suppression(finding: Finding, told: Telling, speak: Speaker) -> dict[str, object]:
    suppression: dict[str, object] = {"kind": "external", "state": "accepted"}
    if finding.status is Status.ACCEPTED:
        return suppression | {"justification": speak(N_("accepted in the baseline"))}
    return suppression | {"justification": speak(N_("; ")).join(told.waived)}


def _baseline_state(finding: Finding) -> str:
    return "unchanged" if finding.status is Status.ACCEPTED else "new"
