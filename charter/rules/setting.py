"""Where a rule is asked: one journey, seen with the brand's charter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from charter.brand import Charter
from journeys.graph import OpenGraph, Stop
from journeys.model import Journey
from journeys.source import Position


@dataclass(frozen=True)
class Setting:
    """One journey with the charter that its rules come from."""

    charter: Charter
    journey: Journey

    @cached_property
    def graph(self) -> OpenGraph:
        """Everything open in the journey, also what lies on no path."""
        return OpenGraph.of(self.journey, self.charter.frame.segments)

    def bearing(self, stop: int, markers: Iterable[str]) -> int:
        """Return the segments for which a stop bears one of ``markers``."""
        labels = self.graph.labels[stop]
        bits = 0
        for marker in markers:
            bits |= labels.get(marker, 0)
        return bits

    @cached_property
    def _stops(self) -> dict[str, Stop]:
        return {stop.name: stop for stop in self.graph.stops}

    def stop(self, name: str) -> Stop:
        """Return the stop called ``name``, such as ``window`` or ``basket@web``."""
        return self._stops[name]

    def stop_position(self, name: str) -> Position:
        """Return where the touchpoint of a stop is written; the journey where there is none."""
        stop = self._stops.get(name)
        return stop.touchpoint.position if stop else self.journey.position
