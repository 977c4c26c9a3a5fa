"""What became of each verdict: what broke, what was repaired, what is asked anew or no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from charter.compare.parts import What
from charter.compare.renames import Renames
from charter.findings import Answer, Scope, Status, Verdict


class Turn(StrEnum):
    """What became of a verdict, what matters most first."""

    NEWLY_BROKEN = "newly-broken"
    REPAIRED = "repaired"
    STILL_BROKEN = "still-broken"
    NEWLY_ASKED = "newly-asked"
    NO_LONGER_ASKED = "no-longer-asked"
    HOLDS = "holds"


@dataclass(frozen=True)
class VerdictChange:
    """A verdict before and after, by the ids of each; one of them may be missing."""

    turn: Turn
    before: Verdict | None
    after: Verdict | None

    @property
    def latest(self) -> Verdict:
        """The verdict of after; where there is none, that of before."""
        verdict = self.after or self.before
        if verdict is None:
            raise AssertionError("a verdict that never was")
        return verdict

    @property
    def witness(self) -> tuple[str, ...] | None:
        """The path that breaks it; where none does any more, the one that did."""
        if self.after is not None and self.after.witness is not None:
            return self.after.witness
        is_over = self.turn in (Turn.REPAIRED, Turn.NO_LONGER_ASKED)
        return self.before.witness if is_over and self.before else None


_ANSWERS = (Answer.HOLDS, Answer.BROKEN)
_TO_BE_TOLD = (Answer.BROKEN, Answer.INCONCLUSIVE)


def find_verdict_changes(
    before: Iterable[Verdict], after: Iterable[Verdict], renames: Renames
) -> Iterator[VerdictChange]:
    """Yield what became of each verdict that has an answer on one side at least.

    They come in the order of after, then those that are gone.
    """
    known = {_key_now(verdict, renames): verdict for verdict in before}
    for verdict in after:
        earlier = known.pop(_key(verdict), None)
        turn = _turn(earlier, verdict)
        if turn is not None:
            yield VerdictChange(turn, earlier, verdict)
    for earlier in known.values():
        if earlier.verdict in _ANSWERS:
            yield VerdictChange(Turn.NO_LONGER_ASKED, earlier, None)


def brought_verdicts(
    before: Iterable[Verdict], after: Iterable[Verdict], renames: Renames
) -> Iterator[Verdict]:
    """Yield the verdicts of after that must be told and didn't have to before.

    Those are broken now and weren't, can't be decided any more, or are no longer set aside.
    """
    known = {_key_now(verdict, renames): verdict for verdict in before}
    for verdict in after:
        was = known.get(_key(verdict))
        is_same = was is not None and was.verdict is verdict.verdict
        is_set_aside = was is not None and was.status is not Status.OPEN
        if verdict.verdict in _TO_BE_TOLD and not (
            is_same and (not is_set_aside or verdict.status is not Status.OPEN)
        ):
            yield verdict


def _turn(before: Verdict | None, after: Verdict) -> Turn | None:
    """Return what became of a verdict; None where it has no answer on either side."""
    was = before.verdict if before is not None and before.verdict in _ANSWERS else None
    if after.verdict not in _ANSWERS:
        return Turn.NO_LONGER_ASKED if was else None
    if was is None:
        return Turn.NEWLY_ASKED
    if after.verdict is Answer.BROKEN:
        return Turn.STILL_BROKEN if was is Answer.BROKEN else Turn.NEWLY_BROKEN
    return Turn.REPAIRED if was is Answer.BROKEN else Turn.HOLDS


_Key = tuple[str, Scope]
"""A rule's id, and what a verdict of it is about."""


def _key(verdict: Verdict) -> _Key:
    return verdict.rule, verdict.scope


def _key_now(verdict: Verdict, renames: Renames) -> _Key:
    """Return which verdict of before it is, by the ids of now."""

    def now(what: What, identifier: str | None) -> str | None:
        return identifier and renames.of(what, identifier, verdict.journey)

    touchpoint, at, channel = (verdict.touchpoint or "").partition("@")
    stop = f"{now(What.TOUCHPOINT, touchpoint)}{at}{now(What.CHANNEL, channel) or ''}"
    return renames.of(What.RULE, verdict.rule, verdict.journey), Scope(
        journey=now(What.JOURNEY, verdict.journey),
        segment=now(What.SEGMENT, verdict.segment),
        marker=now(What.MARKER, verdict.marker),
        value=now(What.VALUE, verdict.value),
        channel=now(What.CHANNEL, verdict.channel),
        stage=now(What.STAGE, verdict.stage),
        touchpoint=stop if verdict.touchpoint else None,
        owner=verdict.owner,
        action=verdict.action,
    )
