"""The kind `ownership`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import JourneyRule, Sentences
from charter.rules.setting import Setting
from journeys.document import Whole
from journeys.model import Touchpoint


class Ownership(JourneyRule):
    """Somebody answers for each touchpoint, and nobody for too much.

    Holds when each counted touchpoint has an owner and no owner spans more than `stages-at-most`
    (default 2) stages of a journey. There is one verdict per touchpoint, and one per owner.

    # Why it matters

    What nobody owns, nobody improves. Who owns the whole way owns it on paper: the stages are
    far apart, and the last one is always for tomorrow.

    # Breaks

        rules:
          - {id: somebody-answers, kind: ownership}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true, owner: retail,
             next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true, owner: retail,
             next: [till]}
          - {id: till, stage: buy, channel: store, owner: retail, exit: bought}

    # Options

    - `stages-at-most`: how many stages of a journey one owner may span.
    """

    code: ClassVar[str] = "CH502"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["ownership"]
    stages_at_most: Annotated[Whole, Field(ge=1, le=1000)] = 2

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that nobody owns it, or that somebody owns too much."""
        if verdict.touchpoint is not None:
            return Sentences(
                N_("Does nobody answer for {touchpoint}?"),
                N_("{touchpoint} has no owner."),
                N_("Write its “owner”."),
            )
        return Sentences(
            N_("Does {the_owner} answer for too many stages?"),
            N_("{the_owner} spans {spanned} stages of this journey; at most {stages_at_most} may."),
            N_("Share the stages out among several owners."),
        )

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each touchpoint, then of each owner."""
        scope = {"journey": setting.journey.id}
        owned: dict[str, dict[str, Touchpoint]] = {}
        stops = [stop for stop in setting.graph.stops if stop.is_counted]
        if not stops:
            yield self.verdict(Answer.VACUOUS, **scope)
        for stop in stops:
            touchpoint = stop.touchpoint
            if touchpoint.owner:
                owned.setdefault(touchpoint.owner, {}).setdefault(touchpoint.stage, touchpoint)
            yield self.verdict(
                Answer.HOLDS if touchpoint.owner else Answer.BROKEN,
                **scope,
                touchpoint=stop.name,
                place=touchpoint.position,
            )
        for owner, by_stage in owned.items():
            is_too_much = len(by_stage) > self.stages_at_most
            # Where it gets too much.
            place = list(by_stage.values())[self.stages_at_most if is_too_much else 0].position
            yield self.verdict(
                Answer.BROKEN if is_too_much else Answer.HOLDS,
                **scope,
                owner=owner,
                place=place,
                details={"the_owner": owner, "spanned": len(by_stage)},
            )
