"""What a change brought, of all that a check finds."""

from __future__ import annotations

from dataclasses import replace

from charter.checker import Checked, findings_of, in_order
from charter.compare.renames import find_renames
from charter.compare.verdicts import brought_verdicts
from charter.findings import Finding, Since


def only_since(before: Checked, after: Checked, revision: str) -> Checked:
    """Return what was checked with the findings alone that weren't there before.

    Those are of verdicts that are broken now and weren't, or can't be decided any more, and
    defects that are new. The verdicts stay whole.

    Raises:
        ValueError: A version couldn't be checked.
    """
    was, now = before.valid, after.valid
    report = after.report
    renames = find_renames(was, now)
    brought = tuple(brought_verdicts(before.report.verdicts, report.verdicts, renames))
    fingerprints = {verdict.fingerprint for verdict in brought}
    known = {finding.fingerprint for finding in before.report.findings if not finding.verdicts}

    def is_brought(finding: Finding) -> bool:
        if finding.verdicts:
            return any(verdict.fingerprint in fingerprints for verdict in finding.verdicts)
        return finding.fingerprint not in known

    kept = [finding for finding in report.findings if is_brought(finding)]
    defects = (finding for finding in kept if not finding.verdicts)
    findings = in_order([*findings_of(now, brought), *defects])
    since = Since(revision, left_out=len(report.findings) - len(kept))
    return replace(after, report=replace(report, findings=findings, since=since))
