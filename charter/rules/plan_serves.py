"""The kind `plan-serves`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from charter.action_plans import ActionStatus, PlannedAction
from charter.brand import Marker, Role
from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import Sentences
from charter.rules.planned import Place, PlanRule, places_of
from charter.rules.setting import Landscape
from journeys.model import Status


class PlanServes(PlanRule):
    """Each action serves a marker, where that can be seen.

    Holds when each open action brings a signature or basic marker, or takes one off; when at each
    of its touchpoints it can: the touchpoint isn't retired, is on no channel but those of the
    action, and, for a marker that is brought, the brand runs it, a path of the action's segments
    comes by, and the charter doesn't leave the marker out on its channel; and when at each
    touchpoint of an action that is done, the marker brought is tagged live for all its segments,
    and the one taken off for none. There is one verdict per open action, and one per touchpoint
    and marker of each action that isn't dropped.

    # Why it matters

    Plans fill with what is worth doing for some reason or other. What serves no marker makes the
    brand no more recognisable, and what is done on paper only does it less.

    # Breaks

        rules:
          - {id: to-the-point, kind: plan-serves}
        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, next: [forum]}
          - {id: forum, stage: buy, channel: web, control: customer, exit: bought}
        plan: q4
        actions:
          - {id: new-carpet, touchpoints: [shop]}
          - {id: answer-in-the-forum, marker: no-repeat, touchpoints: [forum]}
          - {id: train-hosts, marker: named-host, touchpoints: [shop], status: done}

    The carpet serves no marker, customers run the forum themselves, and the shop isn't tagged
    with the marker that was brought there.

    # Repaired

        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, markers: [named-host],
             next: [forum]}
          - {id: forum, stage: buy, channel: web, control: customer, exit: bought}
        plan: q4
        actions:
          - {id: new-carpet, touchpoints: [shop], status: dropped}
          - {id: answer-at-once, marker: no-repeat, touchpoints: [shop]}
          - {id: train-hosts, marker: named-host, touchpoints: [shop], status: done}
    """

    code: ClassVar[str] = "CH601"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["plan-serves"]

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say what is at odds with it."""
        return _SENTENCES[verdict.reason]

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdicts of each action: of the whole, then of each touchpoint and marker."""
        is_asked = False
        for name, action in self.actions(landscape).items():
            for verdict in self._judge(name, action, landscape):
                is_asked = True
                yield verdict
        if not is_asked:
            yield self.verdict(Answer.VACUOUS)

    def _judge(self, name: str, action: PlannedAction, landscape: Landscape) -> Iterator[Verdict]:
        if action.status is ActionStatus.DROPPED:
            return
        markers = landscape.charter.markers_by_id
        brought = markers[action.marker] if action.marker else None
        if action.status.is_open:
            reason, details = _fault_of_whole(action, brought)
            yield self._answer(name, action, reason, details, marker=action.marker)
        for place in places_of(action, landscape):
            scope = {"journey": place.setting.journey.id, "touchpoint": place.touchpoint.id}
            for marker, is_brought in ((action.marker, True), (action.removes, False)):
                if marker is None:
                    continue
                if action.status is ActionStatus.DONE:
                    reason, details = _fault_when_done(action, place, marker, is_brought), {}
                else:
                    reason, details = _fault_at(action, place, markers[marker], is_brought)
                yield self._answer(name, action, reason, details, **scope, marker=marker)

    def _answer(
        self, name: str, action: PlannedAction, reason: str, details: dict[str, str], **scope: Any
    ) -> Verdict:
        key = _KEYS.get(reason, "touchpoints")
        return self.verdict(
            Answer.BROKEN if reason else Answer.HOLDS,
            **scope,
            action=name,
            place=action.position_of(key),
            reason=reason,
            details={"the_action": name, **details},
        )


def _fault_of_whole(action: PlannedAction, brought: Marker | None) -> tuple[str, dict[str, str]]:
    """Return why an open action as such serves no marker, if it doesn't."""
    if brought is None:
        return ("" if action.removes else "no-marker"), {}
    if brought.role is Role.IRRITANT:
        return "irritant", {}
    if not action.touchpoints:
        for channel in action.channels or ():
            if brought.is_not_for(channel):
                return "left-out", {"the_channel": channel}
    return "", {}


def _fault_at(
    action: PlannedAction, place: Place, marker: Marker, is_brought: bool
) -> tuple[str, dict[str, str]]:
    """Return why an open action can't be done at one of its touchpoints, if it can't."""
    touchpoint = place.touchpoint
    channels = list(touchpoint.channel_shares)
    meant = [c for c in channels if action.channels is None or c in action.channels]
    if touchpoint.status is Status.RETIRED:
        return "retired", {}
    if not meant:
        return "elsewhere", {}
    if len(meant) < len(channels):
        return "in-part", {}
    if not is_brought:
        return "", {}
    if not touchpoint.is_counted:
        return "of-customers", {}
    if touchpoint.status is Status.LIVE and not _is_walked(action, place):
        return "unreached", {}
    left_out = [channel for channel in channels if marker.is_not_for(channel)]
    return ("not-for", {"the_channel": left_out[0]}) if left_out else ("", {})


def _segments(action: PlannedAction, place: Place) -> int:
    """Return the segments of a touchpoint's journey that an action is for."""
    graph = place.setting.graph
    named = graph.journey_segments if action.segments is None else graph.bits(action.segments)
    return graph.journey_segments & named


def _is_walked(action: PlannedAction, place: Place) -> bool:
    graph = place.setting.graph
    stops = place.setting.places_of[place.touchpoint.id]
    return any(graph.walked[stop] & _segments(action, place) for stop in stops)


def _fault_when_done(action: PlannedAction, place: Place, marker: str, is_brought: bool) -> str:
    """Return how the map shows that an action isn't done at one of its touchpoints, if it does."""
    graph = place.setting.graph
    # Of a touchpoint that isn't there, yet or any more, the map tells nothing.
    for stop in place.setting.places_of.get(place.touchpoint.id, ()):
        meant = graph.open_to[stop] & _segments(action, place)
        bearing = graph.bearers.get(marker, {}).get(stop, 0)
        if is_brought and meant & ~bearing:
            return "not-shown"
        if not is_brought and meant & bearing:
            return "still-there"
    return ""


_KEYS = {"": "", "no-marker": "", "irritant": "marker", "left-out": "channels"}
"""What is written of an action where it is at fault, if not its touchpoints; nothing for all."""

_SENTENCES = {
    "no-marker": Sentences(
        N_("Does the action {the_action} serve no marker?"),
        N_("The action {the_action} brings no marker and takes none off."),
        N_("Write under “marker” what it brings, or under “removes” what it takes off."),
    ),
    "irritant": Sentences(
        N_("Does the action {the_action} bring what the brand wants gone?"),
        N_("The action {the_action} brings {what}."),
        N_("Write it under “removes” if it is to be taken off; else name another marker."),
    ),
    "left-out": Sentences(
        N_("Does the action {the_action} contradict the charter?"),
        N_("The action {the_action} brings {what} on {the_channel}, a channel it is not for."),
        N_("Leave the channel out, or say in the charter how the marker shows there."),
    ),
    "retired": Sentences(
        N_("Is the action {the_action} meant for a touchpoint that is there no more?"),
        N_("The action {the_action} is for {touchpoint}, which is retired."),
        N_("Name a touchpoint to which customers still come, or drop the action."),
    ),
    "elsewhere": Sentences(
        N_("Are the channels of the action {the_action} others than those of its touchpoint?"),
        N_("{touchpoint} is on none of the channels that the action {the_action} is for."),
        N_("Correct its “channels” or its “touchpoints”."),
    ),
    "in-part": Sentences(
        N_("Is the action {the_action} for some channels of its touchpoint only?"),
        N_(
            "The action {the_action} is for some of the channels of {touchpoint} only, and a tag "
            "counts on all of them; so it can't be proved."
        ),
        N_("Name all of its channels, or write a touchpoint for each channel."),
    ),
    "of-customers": Sentences(
        N_("Is the action {the_action} meant for a place that isn't the brand's?"),
        N_(
            "The action {the_action} brings {what} to {touchpoint}, which customers run themselves."
        ),
        N_("Name a touchpoint of the brand's own, or drop the action."),
    ),
    "unreached": Sentences(
        N_("Would none of those it is for meet what the action {the_action} brings?"),
        N_("The action {the_action} is for {touchpoint}, by which no path of its segments comes."),
        N_("Correct its “touchpoints” or its “segments”."),
    ),
    "not-for": Sentences(
        N_("Does the action {the_action} contradict the charter?"),
        N_(
            "The action {the_action} brings {what} to {touchpoint}, on {the_channel}, a channel it "
            "is not for."
        ),
        N_("Leave the touchpoint out, or say in the charter how the marker shows on its channel."),
    ),
    "not-shown": Sentences(
        N_("Is the action {the_action} done without anything to show for it?"),
        N_(
            "The action {the_action} is done, but {touchpoint} isn't tagged with {what} for all "
            "those it is for."
        ),
        N_("Tag the touchpoint, without “planned”, or correct the action's status."),
    ),
    "still-there": Sentences(
        N_("Is the action {the_action} done, and what it takes off still there?"),
        N_("The action {the_action} is done, but {touchpoint} is still tagged with {what}."),
        N_("Take the tag off, or correct the action's status."),
    ),
}
