"""Two versions of a workspace compared by what they mean: what changed, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from charter.checker import Checked
from charter.compare.changes import Change, find_changes
from charter.compare.renames import find_renames
from charter.compare.verdicts import Turn as Turn
from charter.compare.verdicts import VerdictChange as VerdictChange
from charter.compare.verdicts import find_verdict_changes


@dataclass(frozen=True)
class Comparison:
    """Two versions of a workspace, and what lies between them.

    Attributes:
        changes: The charter's parts, then journey by journey.
        verdicts: What became of each verdict that has an answer on one side at least, in the
            order of after.
        old: What the version of before is called: a revision.
        new: Likewise; empty for the files as they lie in the folder.
    """

    before: Checked
    after: Checked
    changes: tuple[Change, ...]
    verdicts: tuple[VerdictChange, ...]
    old: str = ""
    new: str = ""

    def of(self, turn: Turn) -> tuple[VerdictChange, ...]:
        """Return the verdicts of which the same became."""
        return tuple(change for change in self.verdicts if change.turn is turn)


def compare(before: Checked, after: Checked, *, old: str = "", new: str = "") -> Comparison:
    """Return what changed between two versions, called ``old`` and ``new``.

    Cost: the parts of both, and nothing twice that is the same object in both.

    Raises:
        ValueError: A version couldn't be checked.
    """
    was, now = before.valid, after.valid
    renames = find_renames(was, now)
    return Comparison(
        before,
        after,
        tuple(find_changes(was, now, renames)),
        tuple(find_verdict_changes(before.report.verdicts, after.report.verdicts, renames)),
        old,
        new,
    )
