"""The kind `plan-load`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from charter.action_plans import PlannedAction
from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import Sentences
from charter.rules.planned import PlanRule
from charter.rules.setting import Landscape
from journeys.document import Whole


class PlanLoad(PlanRule):
    """Nobody has too much to do at once.

    Holds when no owner has more than `at-most` (default 5) open actions in all the plans asked
    together. There is one verdict per owner.

    # Why it matters

    Each plan looks feasible by itself. Together they ask one team for everything before
    Christmas, and it does a little of each.

    # Breaks

        rules:
          - {id: feasible, kind: plan-load, at-most: 1}
        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}
        plan: q4
        actions:
          - {id: greet, marker: named-host, touchpoints: [shop], owner: retail}
          - {id: ask-once, marker: no-repeat, touchpoints: [till], owner: retail}

    # Repaired

        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}
        plan: q4
        actions:
          - {id: greet, marker: named-host, touchpoints: [shop], owner: retail}
          - {id: ask-once, marker: no-repeat, touchpoints: [till], owner: customer-service}

    # Options

    - `at-most`: how many open actions one owner may have.
    """

    code: ClassVar[str] = "CH604"
    default_severity: ClassVar[Severity] = Severity.INFO

    kind: Literal["plan-load"]
    at_most: Annotated[Whole, Field(ge=1, le=1000)] = 5

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say how much it is."""
        del verdict
        return Sentences(
            N_("Does {the_owner} have too much to do?"),
            N_("{the_owner} has {open_actions} open actions; at most {at_most} are allowed."),
            N_("Give some of them to others, put them off or drop them."),
        )

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdict of each owner, in the order in which plans name them."""
        owned: dict[str, list[PlannedAction]] = {}
        for action in self.open_actions(landscape).values():
            if action.owner:
                owned.setdefault(action.owner, []).append(action)
        if not owned:
            yield self.verdict(Answer.VACUOUS)
        for owner, actions in owned.items():
            is_too_much = len(actions) > self.at_most
            # Where it gets too much.
            place = actions[self.at_most if is_too_much else 0].position_of("owner")
            yield self.verdict(
                Answer.BROKEN if is_too_much else Answer.HOLDS,
                owner=owner,
                place=place,
                details={"the_owner": owner, "open_actions": len(actions)},
            )
