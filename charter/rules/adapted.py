"""The kind `adapted`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from charter.brand import Priority
from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.carrying import MarkerIds
from charter.rules.kind import OfJourneys, Sentences
from charter.rules.setting import Landscape, Setting
from journeys.document import one_or_many
from journeys.model import SegmentId


class Adapted(OfJourneys):
    """What priority customers meet is adapted to them.

    Holds when a marker that a segment of priority high meets at some counted touchpoint, in any
    of the journeys, has an adaptation for that segment. There is one verdict per segment and
    marker.

    # Why it matters

    Everyone's basic needs or a personalised experience for a few: the brand answers by its
    markers. A priority segment that meets them exactly as everybody does has a priority on paper
    only.

    # Breaks

        rules:
          - {id: priorities-show, kind: adapted}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], exit: bought}

    The charter of this example gives loyal guests a high priority, and doesn't say how the named
    host is modulated for them.

    # Repaired

        markers:
          - id: named-host
            name: A named host
            adaptations: {loyal: The same host as last time.}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], exit: bought}

    # Options

    - `segments`: which of the priority segments are asked; all where it isn't written.
    - `markers`: which markers are asked; `every` (signature and basic) where it isn't written.
    """

    code: ClassVar[str] = "CH205"
    default_severity: ClassVar[Severity] = Severity.WARNING
    may_concern_the_charter: ClassVar[bool] = True

    kind: Literal["adapted"]
    segments: Annotated[tuple[SegmentId, ...], one_or_many] | None = None
    markers: MarkerIds = ("every",)

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that it is met as everybody meets it."""
        return Sentences(
            N_("Do priority customers meet {what} just as everybody does?"),
            N_("{what} isn't adapted to them, though they meet it and have priority."),
            N_("Write under “adaptations” of the marker how it is modulated for them."),
        )

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdict of each priority segment and marker."""
        charter = landscape.charter
        segments = [
            segment.id
            for segment in charter.all_segments
            if segment.priority is Priority.HIGH
            and (self.segments is None or segment.id in self.segments)
        ]
        markers = charter.markers_named(self.markers)
        if not segments or not markers:
            yield self.verdict(Answer.VACUOUS)
        settings = self.asked_settings(landscape)
        for segment in segments:
            for marker in markers:
                scope = {"segment": segment, "marker": marker}
                if not any(_meets(setting, segment, marker) for setting in settings):
                    yield self.verdict(Answer.VACUOUS, **scope)
                    continue
                declared = charter.markers_by_id[marker]
                yield self.verdict(
                    Answer.HOLDS if segment in declared.adaptations else Answer.BROKEN,
                    **scope,
                    place=declared.position,
                )


def _meets(setting: Setting, segment: str, marker: str) -> bool:
    """Return whether some path of the segment has a counted visit that carries the marker."""
    graph = setting.graph
    segments = graph.bits([segment])
    bearing = setting.bearing([marker])
    return any(
        stop.is_counted and bits & walked & segments
        for stop, bits, walked in zip(graph.stops, bearing, graph.walked, strict=True)
    )
