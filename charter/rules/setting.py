"""Where a rule is asked: one journey, seen with the brand's charter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from charter.brand import Charter
from journeys.graph import OpenGraph, Stop
from journeys.model import Journey, Touchpoint
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

    def bearing(self, markers: Iterable[str]) -> tuple[int, ...]:
        """Return by stop the segments for which it bears one of ``markers``."""
        wanted = tuple(markers)
        if wanted not in self._bearing:
            bits = [0] * len(self.graph.stops)
            for marker in wanted:
                for stop, segments in self.graph.bearers.get(marker, {}).items():
                    bits[stop] |= segments
            self._bearing[wanted] = tuple(bits)
        return self._bearing[wanted]

    @cached_property
    def _bearing(self) -> dict[tuple[str, ...], tuple[int, ...]]:
        return {}

    @cached_property
    def _stops(self) -> dict[str, Stop]:
        return {stop.name: stop for stop in self.graph.stops}

    def stop(self, name: str) -> Stop:
        """Return the stop called ``name``, such as ``window`` or ``basket@web``."""
        return self._stops[name]

    @cached_property
    def _touchpoints(self) -> dict[str, Touchpoint]:
        return {touchpoint.id: touchpoint for touchpoint in self.journey.touchpoints}

    def touchpoint(self, identifier: str) -> Touchpoint | None:
        """Return the touchpoint with an id, whatever its status."""
        return self._touchpoints.get(identifier)

    def stop_position(self, name: str) -> Position:
        """Return where the touchpoint of a stop is written; the journey where there is none."""
        stop = self._stops.get(name)
        return stop.touchpoint.position if stop else self.journey.position
