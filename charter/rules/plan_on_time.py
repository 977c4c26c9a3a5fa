"""The kind `plan-on-time`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from charter.action_plans import PlannedAction
from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import Sentences
from charter.rules.planned import PlanRule
from charter.rules.setting import Landscape
from journeys.document import one_or_many


class Needed(StrEnum):
    """What an action may have to say once it is decided."""

    OWNER = "owner"
    DUE = "due"


class PlanOnTime(PlanRule):
    """What is to be done is somebody's, and is done by its day.

    Holds when no open action is past its due day, and each that is decided or under way says who
    does it and until when, as far as `once-decided` asks for it. On the due day it is still in
    time. There is one verdict per open action.

    # Why it matters

    What is nobody's, or for no day, is an intention. What is late without a word makes the next
    date an intention as well.

    # Breaks

        rules:
          - {id: kept-promises, kind: plan-on-time}
        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}
        plan: q4
        actions:
          - {id: greet, marker: named-host, touchpoints: [shop], owner: retail, due: 2026-09-30}
          - {id: ask-once, marker: no-repeat, touchpoints: [till], status: decided}

    # Repaired

        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, markers: [named-host],
             next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}
        plan: q4
        actions:
          - {id: greet, marker: named-host, touchpoints: [shop], owner: retail, due: 2026-09-30,
             status: done}
          - {id: ask-once, marker: no-repeat, touchpoints: [till], status: decided,
             owner: customer-service, due: 2026-12-15}

    # Options

    - `once-decided`: what an action must say once it is decided: `owner`, `due` or both, as where
      it isn't written; `[]` asks for nothing.
    """

    code: ClassVar[str] = "CH605"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["plan-on-time"]
    once_decided: Annotated[tuple[Needed, ...], one_or_many] = (Needed.OWNER, Needed.DUE)

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say what is late, or missing."""
        return _SENTENCES[verdict.reason]

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdict of each open action."""
        actions = self.open_actions(landscape)
        if not actions:
            yield self.verdict(Answer.VACUOUS)
        for name, action in actions.items():
            reason = self._fault(action, landscape.today)
            details: dict[str, object] = {"the_action": name}
            if action.due is not None:
                details["due"] = action.due
            yield self.verdict(
                Answer.BROKEN if reason else Answer.HOLDS,
                action=name,
                place=action.position_of("due" if "late" in reason else "status"),
                reason=reason,
                details=details,
            )

    def _fault(self, action: PlannedAction, today: datetime.date) -> str:
        asked = self.once_decided if action.status.is_committed else ()
        is_unowned = Needed.OWNER in asked and not action.owner
        if action.is_late(today):
            return "late-unowned" if is_unowned else "late"
        is_undated = Needed.DUE in asked and action.due is None
        if is_unowned and is_undated:
            return "unowned-undated"
        return "unowned" if is_unowned else "undated" if is_undated else ""


_SENTENCES = {
    "late": Sentences(
        N_("Is the action {the_action} late?"),
        N_("The action {the_action} was due by {due} and isn't done."),
        N_("Do it, agree on another day, or drop it."),
    ),
    "late-unowned": Sentences(
        N_("Is the action {the_action} late?"),
        N_("The action {the_action} was due by {due}, isn't done, and is nobody's."),
        N_("Write its “owner”, and agree on another day with them."),
    ),
    "unowned": Sentences(
        N_("Is the action {the_action} nobody's?"),
        N_("The action {the_action} is decided, but nobody is said to do it."),
        N_("Write its “owner”."),
    ),
    "undated": Sentences(
        N_("Is the action {the_action} for no day?"),
        N_("The action {the_action} is decided, but not until when."),
        N_("Write the day under “due”."),
    ),
    "unowned-undated": Sentences(
        N_("Is the action {the_action} decided by half?"),
        N_("The action {the_action} is decided, but neither who does it nor until when."),
        N_("Write its “owner”, and the day under “due”."),
    ),
}
