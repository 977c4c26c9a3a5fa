"""A rule's question as a planner asks it: what visits may show, depending on what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
        source: What asks.
        graph: Only what lies on paths.
        segments: By view, whose paths are walked, by the segment's place.
        ways: By view and stop, the ways in which a visit may be seen.
    """

    source: str
    graph: OpenGraph
    automaton: Automaton
    segments: Sequence[int]
    ways: Sequence[Sequence[Sequence[Way]]]
