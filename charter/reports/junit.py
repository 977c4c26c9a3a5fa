"""The report as JUnit XML, for the test pages of CI: what holds is told as well.

A suite for each journey, one for the charter as a whole, and one for the defects that no rule asks
about. Each verdict is a test of the class that its rule is. An open broken verdict fails, whatever
its severity, which its type tells (``CH101/error``); what is waived, accepted or concerns nothing
is skipped; what couldn't be decided is an error. Names and classes don't change with the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from charter.checker import Checked
from charter.findings import Answer, Finding, Status, Verdict
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.telling import Telling, telling
from charter.reports.words import ANSWERS, STATUSES

CHARTER_SUITE, DEFECTS_SUITE = "charter", "defects"

# What XML has no way to write. `visible` shows controls, but not these.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(checked: Checked, speak: Speaker, page: Page) -> str:
    """Return the report as one XML document."""
    report = checked.report
    names = None if checked.workspace is None else Names(checked.workspace, speak)
    told = {
        verdict.fingerprint: (finding, _told(telling(finding, names, speak)))
        for finding in report.findings
        for verdict in finding.verdicts
    }
    root = Element("testsuites", name=_text(speak.words(report.brand)))
    for suite, verdicts in _by_suite(report.verdicts).items():
        _add_suite(root, suite, [_verdict_case(v, told, speak, page) for v in verdicts])
    defects = [finding for finding in report.findings if not finding.verdicts]
    if defects:
        cases = [_defect_case(f, _told(telling(f, names, speak)), speak, page) for f in defects]
        _add_suite(root, DEFECTS_SUITE, cases)
    _count(root)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def _by_suite(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    """Return verdicts by journey, those of the charter as a whole last."""
    found: dict[str | None, list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.journey, []).append(verdict)
    of_charter = found.pop(None, [])
    suites = {f"journey {journey}": suite for journey, suite in found.items()}
    return suites | ({CHARTER_SUITE: of_charter} if of_charter else {})


def _add_suite(root: Element, name: str, cases: Iterable[Element]) -> None:
    suite = SubElement(root, "testsuite", name=name)
    suite.extend(cases)
    _count(suite)


def _count(element: Element) -> None:
    """Write on a suite, or on all of them, how many tests it has and how they ended."""
    for name, tag in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _verdict_case(
    verdict: Verdict, told: Mapping[str, tuple[Finding, str]], speak: Speaker, page: Page
) -> Element:
    name = " · ".join(_text(part) for part in verdict.ids.values() if part) or verdict.rule
    case = Element("testcase", classname=_text(verdict.rule), name=name)
    if verdict.verdict is Answer.VACUOUS:
        SubElement(case, "skipped", message=_text(speak(ANSWERS[Answer.VACUOUS])))
    elif verdict.verdict in (Answer.BROKEN, Answer.INCONCLUSIVE):
        if verdict.fingerprint not in told:
            # Only the findings of a change are told, and this isn't one.
            SubElement(case, "skipped", message=_text(speak(N_("left out of this report"))))
        else:
            finding, message = told[verdict.fingerprint]
            _add_outcome(case, finding, message, speak, page)
    return case


def _defect_case(finding: Finding, message: str, speak: Speaker, page: Page) -> Element:
    name = f"{finding.code} {finding.fingerprint}"
    case = Element("testcase", classname=finding.code, name=name)
    _add_outcome(case, finding, message, speak, page)
    return case


def _add_outcome(case: Element, finding: Finding, message: str, speak: Speaker, page: Page) -> None:
    if finding.status is not Status.OPEN:
        SubElement(case, "skipped", message=_text(f"{speak(STATUSES[finding.status])}: {message}"))
        return
    outcome = SubElement(
        case,
        "error" if finding.is_undecided else "failure",
        type=f"{finding.code}/{finding.severity}",
        message=_text(message),
    )
    position = finding.position
    outcome.text = _text(f"{page.path(position.file)}:{position.line}:{position.column}")


def _told(telling: Telling) -> str:
    """Return a finding with what its waivers say."""
    return " ".join([telling.message, *telling.waived])


def _text(text: str) -> str:
    """Return ``text`` as XML can hold it."""
    return _FORBIDDEN.sub("\ufffd", visible(text))
