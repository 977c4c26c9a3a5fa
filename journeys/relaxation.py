"""A rule's question as a planner asks it: what visits may show, depending on what is chosen."""

from __future__ import annotations

from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from journeys.automata import Automaton
from journeys.graph import OpenGraph


class Way(NamedTuple):
    """A way in which a visit may be seen.

    Attributes:
        letter: What it shows then.
        without: The options that must be left out for that; those not named are chosen.
    """

    letter: int
    without: tuple[int, ...]


@dataclass(frozen=True)
class Relaxation:
    """One automaton asked of many views, with options that can only mend what is broken.

    Attributes:
        graph: Only what lies on paths.
        sources: By view, what asks.
        segments: By view, whose paths are walked, by the segment's place.
        ways: By view and stop, the ways in which a visit may be seen.
    """

    graph: OpenGraph
    automaton: Automaton
    sources: Sequence[Hashable]
    segments: Sequence[int]
    ways: Sequence[Sequence[Sequence[Way]]]

    def without(self, sources: Container[Hashable]) -> Relaxation:
        """Return the same without the views of some sources."""
        kept = [view for view, source in enumerate(self.sources) if source not in sources]
        return replace(
            self,
            sources=[self.sources[view] for view in kept],
            segments=[self.segments[view] for view in kept],
            ways=[self.ways[view] for view in kept],
        )
