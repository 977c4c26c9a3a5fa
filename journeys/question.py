"""What is asked of a graph, and what is answered.

A *view* is one question: one automaton run over the paths of one segment, seen in one way (one
marker, one channel…). Each view is one bit, so that many are asked and answered together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from journeys.automata import Automaton, Ending
from journeys.graph import OpenGraph

Letters: TypeAlias = tuple[tuple[int, int], ...]
"""The letters that a visit shows: (letter, the views that see it), each view in one pair."""


@dataclass(frozen=True)
class Question:
    """One automaton asked of many views.

    Attributes:
        graph: Only what lies on paths (`OpenGraph.of_paths`).
        automaton: What is remembered on the way.
        width: Number of segments in the workspace; view ``b`` belongs to segment ``b % width``.
        copies: How many times each segment is asked; there are ``width * copies`` views.
        asked: The segments asked.
        kinds: What visits and passages may show, each once.
        at_stop: By stop, which of ``kinds`` a visit shows.
        on_passage: By passage, which of ``kinds`` is shown when it is walked, in place of that of
            the stop it leads to; None where visits alone show something.
    """

    graph: OpenGraph
    automaton: Automaton
    width: int
    copies: int
    asked: int
    kinds: Sequence[Letters]
    at_stop: Sequence[int]
    on_passage: Sequence[int] | None = None

    def shown_visiting(self, stop: int) -> Letters:
        """Return the letters that a visit to a stop shows."""
        return self.kinds[self.at_stop[stop]]

    def shown_walking(self, passage: int) -> Letters:
        """Return the letters shown when a passage is walked to its target."""
        if self.on_passage is not None:
            return self.kinds[self.on_passage[passage]]
        return self.shown_visiting(self.graph.ways.targets[passage])


@dataclass(frozen=True)
class Answer:
    """What a view's paths do.

    Attributes:
        ending: ``BREAKS`` if some path breaks the rule, else ``HOLDS`` if some path is
            concerned, else ``UNCONCERNED``.
        witness: The stops of the shortest breaking path, None if there is none. Among equals
            the first by entry, then passage by passage, in the order declared.
    """

    ending: Ending
    witness: tuple[int, ...] | None


def repeat(bits: int, width: int, copies: int) -> int:
    """Return ``bits`` of ``width`` bits, ``copies`` times side by side."""
    # A sum of powers: 1 + 2^w + 2^2w + …
    return bits * (((1 << width * copies) - 1) // ((1 << width) - 1)) if copies else 0


def letter_seen(letters: Letters, bit: int) -> int:
    """Return the letter that the view of ``bit`` sees."""
    return next(letter for letter, seeing in letters if seeing & bit)
