"""Waivers: what somebody accepts for a while, with a reason, as waivers.yaml lists it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from journeys.document import Date, Id, Reworded, Shape, refers_to
from journeys.model import JourneyId, SegmentId, TouchpointId

if TYPE_CHECKING:
    from charter.findings import Verdict


def _as_said(value: object) -> object:
    """Refuse a text of which nothing would be seen."""
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("missing-key", "a text")
    return value


ActionName = Annotated[str, refers_to("action")]
"""An action of a plan by the ids of both: ``q4/train-hosts``."""


class Waiver(Shape):
    """Somebody's word that a rule may be broken in one scope until a day.

    Attributes:
        rule: The rule that may be broken.
        journey: Where; left out for a rule that is asked of the charter as a whole.
        segment: For whom; every segment where it isn't written.
        through: The touchpoint through which paths may break it; all that breaks it where it
            isn't written.
        action: The action that may be so, ``q4/train-hosts``, for a rule that asks of plans; every
            action where it isn't written.
        reason: Why it is accepted for now.
        owner: Who answers for it.
        expires: The last day on which it counts.
        since: The first day on which it counts; where it isn't written, it does already.
    """

    rule: Annotated[Id, refers_to("rule")]
    journey: JourneyId | None = None
    segment: SegmentId | None = None
    through: TouchpointId | None = None
    action: ActionName | None = None
    reason: Annotated[Reworded, BeforeValidator(_as_said)]
    owner: Annotated[str, BeforeValidator(_as_said)]
    expires: Date
    since: Date | None = None

    def has_expired(self, on: datetime.date) -> bool:
        """Return whether it counts no more; the expiry day itself is still covered."""
        return on > self.expires

    def is_in_force(self, on: datetime.date) -> bool:
        """Return whether it counts on a day."""
        return not self.has_expired(on) and (self.since is None or self.since <= on)

    def is_about(self, verdict: Verdict) -> bool:
        """Return whether a verdict is in its scope, its touchpoint aside."""
        return (
            verdict.rule == self.rule
            and self.journey in (None, verdict.journey)
            and self.segment in (None, verdict.segment)
            and self.action in (None, verdict.action)
        )

    def covers(self, verdict: Verdict) -> bool:
        """Return whether all that a verdict says is in its scope.

        A touchpoint stands for each of its stops: ``basket`` for ``basket@web``.
        """
        touchpoint = (verdict.touchpoint or "").partition("@")[0]
        return self.is_about(verdict) and self.through in (None, touchpoint)
