"""What is to be said of each step of a path that breaks a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from charter.brand import Charter
from charter.messages import N_
from charter.rules.setting import Setting
from journeys.model import Status


@dataclass(frozen=True)
class Remark:
    """Something to be said of one step.

    Attributes:
        sentence: Says it. It may name what the `Sentences` of the rule's kind may, the ``emotion``
            of the step, and ``details``.
        is_lacking: Whether this step is one of those where something was missing, or too much.
        details: Numbers and ids, as the details of a verdict.
    """

    sentence: str
    is_lacking: bool = False
    details: Mapping[str, object] = field(default_factory=dict)


UNCOUNTED = Remark(N_("Run by customers, so it isn't counted."))


def lacking(sentence: str, **details: object) -> Remark:
    """Return a remark on a step where something was missing, or too much."""
    return Remark(sentence, is_lacking=True, details=details)


def saying(sentence: str, **details: object) -> Remark:
    """Return a remark on a step that is as it should be, or doesn't matter."""
    return Remark(sentence, details=details)


def unseen(channel: str | None, stage: str | None) -> Remark:
    """Return the remark on a step that the rule doesn't look at."""
    if channel is not None:
        return saying(N_("Not looked at: only {asked_channel} counts here."), asked_channel=channel)
    return saying(N_("Not looked at: only {asked_stage} counts here."), asked_stage=stage)


def why_absent(
    setting: Setting, charter: Charter, place: int, segment: int, markers: Iterable[str]
) -> list[Remark]:
    """Return what explains that none of some markers is carried at a stop: a plan, a blank."""
    stop, found = setting.graph.stops[place], []
    asked = [charter.markers_by_id[marker] for marker in markers]
    if any(stop.touchpoint.is_planned(marker.id) for marker in asked):
        found.append(saying(N_("It is planned here already.")))
    others = {tag.marker for tag in stop.touchpoint.markers if tag.segments is not None}
    labels = setting.graph.labels[place]
    if any(m.id in others and labels.get(m.id, 0) & ~(1 << segment) for m in asked):
        found.append(saying(N_("It is carried here for other segments only.")))
    if asked and all(marker.is_not_for(stop.channel) for marker in asked):
        found.append(
            saying(N_("The charter leaves it out on {left_channel}."), left_channel=stop.channel)
        )
    if stop.touchpoint.locked and stop.touchpoint.status is Status.LIVE:
        found.append(saying(N_("This touchpoint is locked: plans leave it as it is.")))
    return found
