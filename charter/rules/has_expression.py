"""The kind `has-expression`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.carrying import MarkerIds
from charter.rules.kind import JourneyRule, Sentences
from charter.rules.setting import Setting
from journeys.graph import Stop
from journeys.model import Tag, TagStatus


class HasExpression(JourneyRule):
    """A marker used on a channel says how it shows there.

    Holds when a touchpoint tagged with a marker has its expression for the channel, in the
    charter or by the tag's own `how`. There is one verdict per marker and touchpoint.

    # Why it matters

    A marker that nobody has spelt out for the telephone is invented anew by each person who
    answers it. A tag on a channel that the charter leaves blank on purpose is a contradiction.

    # Breaks

        rules:
          - {id: spelt-out, kind: has-expression}
        touchpoints:
          - {id: call, stage: buy, channel: phone, entry: true, markers: [named-host], exit: helped}

    The charter of this example says how the named host shows in the shop and by email, not on
    the phone.

    # Repaired

        touchpoints:
          - id: call
            stage: buy
            channel: phone
            entry: true
            markers: [{marker: named-host, how: They give their first name as they pick up.}]
            exit: helped

    # Options

    - `markers`: which markers are asked; `every` (signature and basic) where it isn't written.
    """

    code: ClassVar[str] = "CH202"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["has-expression"]
    markers: MarkerIds = ("every",)

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say where nobody knows how to show it, or where it isn't meant to show."""
        if verdict.reason == "not-for":
            return Sentences(
                N_("Is {what} used at {touchpoint}, a channel that it is not for?"),
                N_("{touchpoint} is tagged with {what}, which is not for this channel."),
                N_("Take the tag off, or say on it “how” it shows there."),
            )
        return Sentences(
            N_("Is {what} used at {touchpoint} without a word on how it shows?"),
            N_("Nothing says how {what} shows at {touchpoint}."),
            N_("Write its expression for this channel in the charter, or “how” on the tag."),
        )

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each marker and touchpoint tagged with it."""
        for marker in setting.charter.markers_named(self.markers):
            scope = {"journey": setting.journey.id, "marker": marker}
            is_used = False
            for stop in setting.graph.stops:
                tags = [
                    tag
                    for tag in stop.touchpoint.markers
                    if tag.marker == marker and tag.status is TagStatus.LIVE
                ]
                if tags and stop.is_counted:
                    is_used = True
                    yield self._judge_stop(setting, stop, tags, scope)
            if not is_used:
                yield self.verdict(Answer.VACUOUS, **scope)

    def _judge_stop(
        self, setting: Setting, stop: Stop, tags: list[Tag], scope: dict[str, str]
    ) -> Verdict:
        marker = setting.charter.markers_by_id[scope["marker"]]
        unsaid = [tag for tag in tags if tag.how is None]
        is_said = not unsaid or marker.is_expressed_on(stop.channel)
        return self.verdict(
            Answer.HOLDS if is_said else Answer.BROKEN,
            **scope,
            touchpoint=stop.name,
            place=None if is_said else unsaid[0].position,
            reason="not-for" if marker.is_not_for(stop.channel) else "",
        )
