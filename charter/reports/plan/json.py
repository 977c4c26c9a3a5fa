"""The plan for machines: ``charter-plan/1``."""

from __future__ import annotations

import json

from charter.effort import Lever
from charter.messages import Speaker
from charter.plan import Action, Reach
from charter.reports import indicators
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.plan.telling import PlanTeller
from charter.reports.priorities import json as priorities
from charter.reports.words import number
from charter.suggestions import Planned, Step

SCHEMA = "charter-plan/1"


def render(planned: Planned, speak: Speaker, page: Page) -> str:
    """Return the plan as one JSON object; only ``why`` and ``sentence`` depend on ``speak``."""
    del page
    plan = planned.plan
    names = Names(planned.workspace, speak)
    teller = PlanTeller(planned, names)
    content: dict[str, object] = {
        "schema": SCHEMA,
        "cost": number(plan.cost),
        "bound": number(plan.bound),
        "proved": plan.is_proved,
        "actions": [_action(action, teller.lever(action)) for action in plan.actions],
        "beyond": [
            {
                "rule": each.rule,
                "reason": each.reason,
                "others": list(each.others),
                "why": teller.why(each),
            }
            for each in plan.beyond
        ],
        "suggestions": [
            {"rule": each.rule, "steps": [_step(step) for step in each.steps]}
            for each in planned.suggestions
        ],
    }
    if plan.reach is not None:
        content["budget"] = _reach(plan.reach)
    if planned.ranking is not None:
        content["priorities"] = priorities.content(planned.ranking, names)
    if planned.watch.indicators:
        content["watch"] = indicators.content(planned.watch)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _action(action: Action, lever: Lever | None) -> dict[str, object]:
    return {
        "marker": action.marker,
        "touchpoint": action.touchpoint,
        "journey": action.journey,
        "cost": number(action.cost),
        "repairs": list(action.repairs),
        # Where the touchpoint's effort is graded.
        **({} if lever is None else {"lever": lever}),
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "lever": step.change,
        "journey": step.journey,
        "touchpoint": step.touchpoint,
        "marker": step.marker or None,
        "to": step.to or None,
    }


def _reach(reach: Reach) -> dict[str, object]:
    return {
        "limit": number(reach.budget),
        "value-before": reach.before,
        "value": reach.value,
        "value-at-most": reach.at_most,
    }
