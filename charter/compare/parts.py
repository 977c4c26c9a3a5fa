"""What a workspace consists of, part by part: all that a change can be told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from charter.action_plans import ActionPlan
from charter.brand import Channel, Charter, Marker, Segment, Stage, Value
from charter.rules import Rule
from charter.waivers import Waiver
from charter.workspace import Workspace
from journeys.content import Content, Naming, as_written, content
from journeys.document import Shape, Words
from journeys.model import Journey, Touchpoint

ANY = "*"
"""Stands in a waiver's id for what it doesn't narrow."""


class What(StrEnum):
    """What a part is, in the order that changes are told in."""

    CHARTER = "charter"
    VALUE = "value"
    CHANNEL = "channel"
    SEGMENT = "segment"
    STAGE = "stage"
    MARKER = "marker"
    EXPRESSION = "expression"
    RULE = "rule"
    JOURNEY = "journey"
    OUTCOME = "outcome"
    TOUCHPOINT = "touchpoint"
    TRANSITION = "transition"
    WAIVER = "waiver"
    PLAN = "plan"
    ACTION = "action"


OF_A_JOURNEY = frozenset({What.OUTCOME, What.TOUCHPOINT})
"""What other files refer to by an id that is one within its journey only."""


@dataclass(frozen=True)
class Part:
    """One part of a workspace.

    Attributes:
        id: ``window``; ``named-host@web`` for an expression, ``window → welcome`` or ``window →
            welcome (2)`` for a transition, ``host-everywhere/purchase/*/window`` for a waiver by
            its scope, ``q4/train-hosts`` for a plan's action, ``charter`` for what the charter
            says by itself.
        journey: The journey that it belongs to, if it does to one.
    """

    what: What
    id: str
    shape: Shape
    journey: str | None = None

    def said(self, naming: Naming = as_written) -> Content:
        """Return what it says itself, without its id and without what is a part of its own."""
        said = content(self.shape, naming, without=_APART[self.what])
        if said.get("name") == Words.of(self.id):
            del said["name"]
        if isinstance(self.shape, Rule):
            said["severity"] = self.shape.gravity.value
        if isinstance(self.shape, Touchpoint) and not self.shape.are_channel_shares_written:
            # Nobody said how customers spread over them.
            said["channels"] = tuple(sorted(naming("channel", c) for c in self.shape.channels))
        return said


_APART: Mapping[What, tuple[str, ...]] = {
    **dict.fromkeys(What, ("id",)),
    What.CHARTER: ("charter", "values", "channels", "segments", "stages", "markers"),
    What.MARKER: ("id", "expressions"),
    What.JOURNEY: ("journey", "outcomes", "touchpoints"),
    What.TOUCHPOINT: ("id", "next"),
    What.TRANSITION: ("to",),
    What.WAIVER: ("rule", "journey", "segment", "through", "action"),
    What.PLAN: ("plan", "actions"),
}


Parts = dict[str, Part]
"""Parts of one sort by id, in the order declared."""


def the_charter(charter: Charter) -> Parts:
    """Return what the charter says by itself."""
    return {"charter": Part(What.CHARTER, "charter", charter)}


def shared(workspace: Workspace, what: What) -> Parts:
    """Return the parts of one sort that the whole workspace shares."""
    charter = workspace.charter
    shapes: Mapping[What, Iterable[Value | Channel | Segment | Stage | Marker | Rule | Journey]] = {
        What.VALUE: charter.values,
        What.CHANNEL: charter.channels,
        What.SEGMENT: charter.segments,
        What.STAGE: charter.stages,
        What.MARKER: charter.markers,
        What.RULE: workspace.chosen_rules,
        What.JOURNEY: workspace.journeys,
    }
    found = (Part(what, shape.id, shape) for shape in shapes[what])
    return {part.id: part for part in found}


def outcomes(journey: Journey) -> Parts:
    """Return the outcomes that a journey declares."""
    return {
        outcome.id: Part(What.OUTCOME, outcome.id, outcome, journey.id)
        for outcome in journey.outcomes or ()
    }


def touchpoints(journey: Journey) -> Parts:
    """Return the touchpoints of a journey."""
    return {
        touchpoint.id: Part(What.TOUCHPOINT, touchpoint.id, touchpoint, journey.id)
        for touchpoint in journey.touchpoints
    }


def expressions(markers: Iterable[Marker], naming: Naming = as_written) -> Parts:
    """Return the expressions of markers, their ids by ``naming``."""
    found = {}
    for marker in markers:
        for channel, expression in marker.expressions.items():
            name = f"{naming('marker', marker.id)}@{naming('channel', channel)}"
            found[name] = Part(What.EXPRESSION, name, expression)
    return found


def transitions(journey: str, touchpoint: Touchpoint, naming: Naming = as_written) -> Parts:
    """Return the transitions that leave a touchpoint, their ids by ``naming``.

    Those to the same touchpoint are told apart by their order.
    """
    found = {}
    times: Counter[str] = Counter()
    source = naming("touchpoint", touchpoint.id)
    for transition in touchpoint.next:
        name = f"{source} → {naming('touchpoint', transition.to)}"
        times[name] += 1
        if times[name] > 1:
            name = f"{name} ({times[name]})"
        found[name] = Part(What.TRANSITION, name, transition, journey)
    return found


def waivers(listed: Iterable[Waiver], naming: Callable[[str | None], Naming]) -> Parts:
    """Return waivers by their scope, whose ids are by the ``naming`` of its journey.

    Those of one scope are told apart by their order.
    """
    found = {}
    times: Counter[str] = Counter()
    for waiver in listed:
        named = naming(waiver.journey)
        scope = (
            named("rule", waiver.rule),
            waiver.journey and named("journey", waiver.journey),
            waiver.segment and named("segment", waiver.segment),
            waiver.through and named("touchpoint", waiver.through),
        )
        name = "/".join([*(part or ANY for part in scope), *filter(None, [waiver.action])])
        times[name] += 1
        if times[name] > 1:
            name = f"{name} ({times[name]})"
        found[name] = Part(What.WAIVER, name, waiver)
    return found


def plans(listed: Iterable[ActionPlan]) -> Parts:
    """Return action plans by their ids."""
    return {plan.id: Part(What.PLAN, plan.id, plan) for plan in listed}


def actions(plan: ActionPlan) -> Parts:
    """Return the actions of a plan."""
    found = {}
    for action in plan.actions:
        name = f"{plan.id}/{action.id}"
        found[name] = Part(What.ACTION, name, action, action.journey)
    return found
