"""Selectors: which touchpoints a rule speaks of."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from charter.brand import ROLE_WORDS, ValueId
from charter.rules.aspect import Aspect
from charter.rules.setting import Setting
from journeys.document import Id, Shape, Truth, one_or_many, refers_to
from journeys.graph import Stop
from journeys.model import ChannelId, Control, StageId, TouchpointId
from journeys.ways import column_of_sets, intersection

_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
}


@dataclass(frozen=True)
class EmotionCondition:
    """A comparison with a touchpoint's emotion; one without any counts as 0."""

    comparison: str
    bound: int

    def __str__(self) -> str:
        return f"{self.comparison} {self.bound}"

    def matches(self, emotion: int | None) -> bool:
        """Return whether ``emotion`` satisfies it."""
        return _COMPARISONS[self.comparison](emotion or 0, self.bound)


def _read_emotion(value: object) -> EmotionCondition:
    found = re.fullmatch(r"(<=|>=|==)\s*([+-]?\d{1,3})", value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("expected-emotion", "a comparison")
    return EmotionCondition(found[1], int(found[2]))


SelectedMarkerId = Annotated[Id, refers_to("marker", also=ROLE_WORDS)]


class Selector(Shape):
    """Conditions on touchpoints, all of which must hold; each id matches one of its list.

    Attributes:
        channel: Channels that it is on.
        stage: Stages that it belongs to.
        owner: Teams that answer for it.
        control: Who runs it.
        marker: Markers that it carries.
        value: Values of which it carries a signature or basic marker.
        touchpoint: Touchpoints that it is.
        moment_of_truth: Whether it is one.
        emotion: How its emotion compares, as in `<= -1`; no emotion counts as 0.
    """

    channel: Annotated[tuple[ChannelId, ...], one_or_many] | None = None
    stage: Annotated[tuple[StageId, ...], one_or_many] | None = None
    owner: Annotated[tuple[str, ...], one_or_many] | None = None
    control: Annotated[tuple[Control, ...], one_or_many] | None = None
    marker: Annotated[tuple[SelectedMarkerId, ...], one_or_many] | None = None
    value: Annotated[tuple[ValueId, ...], one_or_many] | None = None
    touchpoint: Annotated[tuple[TouchpointId, ...], one_or_many] | None = None
    moment_of_truth: Truth | None = None
    emotion: Annotated[EmotionCondition, PlainValidator(_read_emotion)] | None = None

    @property
    def conditions(self) -> list[str]:
        """The names of the conditions that are set."""
        return [name for name in type(self).model_fields if getattr(self, name) is not None]

    def matching(self, setting: Setting) -> Sequence[int]:
        """Return by stop the segments for which it matches."""
        # The selector goes into the key's value, so that no other can take its place in memory.
        key = ("matching", id(self))
        return setting.remembered(key, lambda: (self, self.aspect(setting).segments(setting)))[1]

    def aspect(self, setting: Setting) -> Aspect:
        """Return what it shows of a visit: that it matches."""
        charter, graph = setting.charter, setting.graph
        everyone = graph.journey_segments
        matched = (everyone if self._matches(stop) else 0 for stop in graph.stops)
        found = Aspect(column_of_sets(len(graph.segments), matched))
        if self.marker is not None:
            found = found.bearing(charter.markers_named(self.marker))
        if self.value is not None:
            markers = [m for value in self.value for m in charter.markers_of_value(value)]
            found = found.bearing(tuple(markers))
        return found

    def narrow(self, segments: Sequence[int], setting: Setting) -> Sequence[int]:
        """Return by stop those of ``segments`` for which it matches."""
        return intersection(segments, self.matching(setting))

    def _matches(self, stop: Stop) -> bool:
        """Return whether the conditions hold that are the same for every segment."""
        touchpoint = stop.touchpoint
        return (
            (self.channel is None or stop.channel in self.channel)
            and (self.stage is None or touchpoint.stage in self.stage)
            and (self.owner is None or touchpoint.owner in self.owner)
            and (self.control is None or touchpoint.control in self.control)
            and (self.touchpoint is None or touchpoint.id in self.touchpoint)
            and (self.moment_of_truth is None or touchpoint.moment_of_truth is self.moment_of_truth)
            and (self.emotion is None or self.emotion.matches(touchpoint.emotion))
        )
