"""Adopting a charter: what is broken today is accepted once, and only what is new counts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from charter import store
from charter.baseline import Baseline
from charter.checker import Checked
from charter.usecases.check import check_folder
from charter.workspace import BASELINE_FILE


class NoBaseline(Exception):
    """There is no baseline to prune."""


@dataclass(frozen=True)
class Adopted:
    """What became of the baseline.

    Attributes:
        checked: What was checked; where the workspace is invalid, nothing was written.
        entries: How many the baseline has now.
        removed: How many were taken off.
    """

    checked: Checked
    entries: int = 0
    removed: int = 0


def write_baseline(root: Path, today: datetime.date, *, measure: bool | None = None) -> Adopted:
    """Write the baseline of the workspace in a folder anew: all that is broken and not waived.

    Raises:
        store.CannotSave: It can't be written.
        store.Conflicted: Somebody else wrote it meanwhile.
    """

    def anew(checked: Checked) -> Baseline:
        return Baseline.of(checked.report)

    return _rewrite(root, today, anew, measure=measure)


def prune_baseline(root: Path, today: datetime.date, *, measure: bool | None = None) -> Adopted:
    """Take the entries off the baseline of which nothing is broken any more; none is added.

    Raises:
        NoBaseline: The workspace has none.
        store.CannotSave: It can't be written.
        store.Conflicted: Somebody else wrote it meanwhile.
    """

    def pruned(checked: Checked) -> Baseline:
        baseline = checked.valid.baseline
        if baseline is None:
            raise NoBaseline
        report = checked.report
        return baseline.without(baseline.stale(report.verdicts, report.findings))

    return _rewrite(root, today, pruned, measure=measure)


def _rewrite(
    root: Path,
    today: datetime.date,
    baseline_of: Callable[[Checked], Baseline],
    *,
    measure: bool | None,
) -> Adopted:
    checked = check_folder(root, today, measure=measure)
    if checked.workspace is None:
        return Adopted(checked)
    baseline, before = baseline_of(checked), checked.workspace.baseline
    started_from = store.contents(root, [BASELINE_FILE])
    found = started_from[BASELINE_FILE]
    if (None if found is None else found.decode("utf-8-sig")) != checked.sources.get(BASELINE_FILE):
        raise store.Conflicted(())
    store.save(root, {BASELINE_FILE: baseline.text().encode()}, started_from)
    removed = before.fingerprints - baseline.fingerprints if before else frozenset()
    return Adopted(checked, len(baseline.entries), len(removed))
