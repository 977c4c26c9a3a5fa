"""What the kinds of rules that ask of action plans are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from charter.action_plans import ActionPlan, PlannedAction
from charter.brand import Charter
from charter.rules.kind import Rule
from charter.rules.setting import Landscape, Setting
from journeys.document import Id, one_or_many, refers_to
from journeys.model import Touchpoint

PlanId = Annotated[Id, refers_to("plan")]


class PlanRule(Rule):
    """A rule about what the brand means to do, asked after those about its charter and journeys.

    Attributes:
        plans: Which plans it is asked of; all where it isn't written.
    """

    plans: Annotated[tuple[PlanId, ...], one_or_many] | None = None

    def asked_plans(self, landscape: Landscape) -> tuple[ActionPlan, ...]:
        """Return the plans that the rule is asked of."""
        return tuple(p for p in landscape.plans if self.plans is None or p.id in self.plans)

    def actions(self, landscape: Landscape) -> dict[str, PlannedAction]:
        """Return the actions of the plans asked by their names: ``q4/train-hosts``."""
        return {
            f"{plan.id}/{action.id}": action
            for plan in self.asked_plans(landscape)
            for action in plan.actions
        }

    def open_actions(self, landscape: Landscape) -> dict[str, PlannedAction]:
        """Return those of which something is still to be done."""
        actions = self.actions(landscape).items()
        return {name: action for name, action in actions if action.status.is_open}


class Place(NamedTuple):
    """A touchpoint at which something is to be done."""

    setting: Setting
    touchpoint: Touchpoint


def places_of(action: PlannedAction, landscape: Landscape) -> Iterator[Place]:
    """Yield where an action is to be done."""
    for identifier in action.touchpoints:
        for setting in landscape.settings:
            touchpoint = setting.touchpoint(identifier)
            if touchpoint is not None and action.journey in (None, setting.journey.id):
                yield Place(setting, touchpoint)


def channels_of(action: PlannedAction, landscape: Landscape) -> tuple[str, ...]:
    """Return the channels that an action is for, in the order of the charter.

    Those that it names, else those of its touchpoints; all where it has none.
    """
    named = action.channels
    if named is None and action.touchpoints:
        places = places_of(action, landscape)
        named = tuple(channel for place in places for channel in place.touchpoint.channel_shares)
    return tuple(c for c in _channels(landscape.charter) if named is None or c in named)


def _channels(charter: Charter) -> tuple[str, ...]:
    return tuple(channel.id for channel in charter.channels)
