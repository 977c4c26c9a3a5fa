"""A journey as the app shows it: the view of its map, and the same content as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from charter.arrangement import Spots
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from charter.rules.setting import Setting
from charter.studio.journey_map import (
    MapChannel,
    MapPassage,
    MapStage,
    MapStop,
    MapView,
)
from charter.studio.map_words import map_words
from charter.studio.words import marker_label
from journeys.customers import ShareBasis
from journeys.graph import Stop

MOST_STOPS = 150
"""More than that can't be read on one map."""


@dataclass(frozen=True)
class Looking:
    """How a journey is looked at.

    Attributes:
        segment: the segment whose paths are shown; None for everyone's.
        channels: the channels shown; empty for all.
        stages: the stages drawn; empty for all.
        only: the stops drawn, by name; empty for all.
    """

    segment: str | None = None
    channels: Collection[str] = ()
    stages: Collection[str] = ()
    only: Collection[str] = ()


@dataclass(frozen=True)
class JourneyView:
    """One journey, in a reader's words."""

    setting: Setting
    names: Names
    speak: Speaker

    @property
    def id(self) -> str:
        """The journey's id."""
        return self.setting.journey.id

    def title(self) -> str:
        """Return the journey's name."""
        return self.names.of("journey", self.id)

    def segments(self) -> tuple[str, ...]:
        """Return the segments that the journey is for."""
        graph = self.setting.graph
        return graph.names(graph.journey_segments)

    def channels(self) -> list[str]:
        """Return the channels that the journey uses, in the charter's order."""
        used = {stop.channel for stop in self.setting.graph.stops}
        return [c.id for c in self.setting.charter.channels if c.id in used]

    def stages(self) -> list[str]:
        """Return the stages that the journey goes through, in order."""
        used = {stop.touchpoint.stage for stop in self.setting.graph.stops}
        return [s.id for s in self.setting.charter.stages if s.id in used]

    def map(self, looking: Looking, *, spots: Spots | None = None) -> MapView:
        """Return the view of the map, with nothing pointed out on it.

        Args:
            looking: which part of the journey is shown.
            spots: where people put cards; None where they can't put any elsewhere.
        """
        charter, graph = self.setting.charter, self.setting.graph
        drawn = [
            index
            for index, stop in enumerate(graph.stops)
            if (not looking.stages or stop.touchpoint.stage in looking.stages)
            and (not looking.only or stop.name in looking.only)
        ]
        names = {index: graph.stops[index].name for index in drawn}
        shares = self._shares(looking.segment)
        return MapView(
            title=self.speak.naming(N_("Map of the journey “{journey}”"), journey=self.title()),
            stages=tuple(MapStage(s.id, self.names.of("stage", s.id)) for s in charter.stages),
            channels=tuple(
                MapChannel(c.id, self.names.of("channel", c.id)) for c in charter.channels
            ),
            stops=tuple(self._stop(index, looking, spots or {}) for index in drawn),
            passages=tuple(
                MapPassage(
                    str(number),
                    names[passage.source],
                    names[passage.target],
                    shares.get((passage.source, passage.target, id(passage.transition)), ""),
                )
                for number, passage in enumerate(graph.passages)
                if passage.source in names and passage.target in names
            ),
            is_arrangeable=spots is not None,
            words=map_words(self.speak),
        )

    def _shares(self, segment: str | None) -> dict[tuple[int, int, int], str]:
        """Return which part of a segment's customers takes each way on, by ends and transition.

        Nothing where nobody stated it: a picture of guesses would be taken for customers.
        """
        graph = self.setting.graph
        only = self.segments()[0] if len(self.segments()) == 1 else segment
        if only is None or only not in graph.segments:
            return {}
        place = graph.segments.index(only)
        if self.setting.share_basis(place) is ShareBasis.ASSUMED:
            return {}
        customers = self.setting.customers_on_paths(place, None)
        if customers is None:
            return {}
        return {
            (source, step.target, id(customers.ways.transitions[step.passage])): (
                self.speak.percent(step.probability)
            )
            for source, steps in enumerate(customers.steps)
            for step in steps
        }

    def _stop(self, index: int, looking: Looking, spots: Spots) -> MapStop:
        stop = self.setting.graph.stops[index]
        touchpoint = stop.touchpoint
        carried = self.carried(index, looking.segment)
        irritants = [marker for marker in carried if self.names.is_irritant(marker)]
        return MapStop(
            id=stop.name,
            label=self.name(stop),
            stage=touchpoint.stage,
            channel=stop.channel,
            tags=tuple(self.names.of("marker", m) for m in carried if m not in irritants),
            irritants=tuple(self.names.of("marker", marker) for marker in irritants),
            is_entry=touchpoint.entry,
            is_exit=touchpoint.exit is not None,
            exit_label=self.outcome(stop),
            is_moment_of_truth=touchpoint.moment_of_truth,
            is_counted=stop.is_counted,
            is_dimmed=not self._is_looked_at(index, looking),
            spot=spots.get(stop.name),
        )

    def rows(self, looking: Looking) -> Iterator[dict[str, object]]:
        """Yield what the map shows as one row for each stop looked at."""
        speak = self.speak
        graph = self.setting.graph
        for index, stop in enumerate(graph.stops):
            if not self._is_looked_at(index, looking):
                continue
            targets = (graph.stops[graph.ways.targets[p]] for p in graph.ways.leaving(index))
            yield {
                "id": stop.name,
                speak(N_("Stage")): self.names.of("stage", stop.touchpoint.stage),
                speak(N_("Touchpoint")): self.name(stop),
                speak(N_("Channel")): self.names.of("channel", stop.channel),
                speak(N_("Markers")): self.markers(index, looking.segment),
                speak(N_("Particulars")): ", ".join(self.particulars(stop)),
                speak(N_("Leads to")): ", ".join(dict.fromkeys(map(self.name, targets))),
            }

    def _is_looked_at(self, index: int, looking: Looking) -> bool:
        graph = self.setting.graph
        stop = graph.stops[index]
        if looking.channels and stop.channel not in looking.channels:
            return False
        if looking.stages and stop.touchpoint.stage not in looking.stages:
            return False
        if looking.only and stop.name not in looking.only:
            return False
        return looking.segment is None or bool(graph.walked[index] & graph.bits([looking.segment]))

    def name(self, stop: Stop) -> str:
        """Return the name of a stop's touchpoint."""
        return visible(stop.touchpoint.named(self.speak.language))

    def markers(self, index: int, segment: str | None) -> list[str]:
        """Return the names of the markers that a stop carries; irritants are said to be some."""
        return [marker_label(marker, self.names) for marker in self.carried(index, segment)]

    def carried(self, index: int, segment: str | None) -> list[str]:
        """Return the ids of the markers that a stop carries, for a segment or for anyone."""
        graph = self.setting.graph
        bits = graph.journey_segments if segment is None else graph.bits([segment])
        labels = graph.labels[index]
        return [marker for marker in labels if labels[marker] & bits]

    def outcome(self, stop: Stop) -> str:
        """Return how the journey ends at a stop; nothing where it doesn't."""
        return self.outcome_name(stop.touchpoint.exit or "")

    def outcome_name(self, identifier: str) -> str:
        """Return what an outcome is called."""
        for outcome in self.setting.journey.outcomes or ():
            if outcome.id == identifier and outcome.name:
                return self.speak.words(outcome.name)
        return visible(identifier)

    def particulars(self, stop: Stop) -> Iterator[str]:
        """Yield what sets a stop apart: where paths begin and end, moments of truth, emotions."""
        speak, touchpoint = self.speak, stop.touchpoint
        if touchpoint.entry:
            yield speak(N_("entry"))
        if touchpoint.exit is not None:
            yield speak(N_("exit: {outcome}"), outcome=self.outcome(stop))
        if touchpoint.moment_of_truth:
            yield speak(N_("moment of truth"))
        if touchpoint.emotion is not None:
            yield speak(N_("emotion {emotion}"), emotion=signed(touchpoint.emotion))
        if not stop.is_counted:
            yield speak(N_("run by customers, not counted"))


def signed(emotion: int) -> str:
    """Return an emotion with its sign, as +2 or −1."""
    return f"{emotion:+d}".replace("-", "−")
