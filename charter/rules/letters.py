"""The letters that automata over visits read, and which of them each stop shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from charter.rules.path import Lens
from journeys.graph import OpenGraph, Stop
from journeys.question import Letters, repeat


class Visit(NamedTuple):
    """What one visit shows to a rule."""

    is_counted: bool
    shows: tuple[bool, ...]


Aspects: TypeAlias = tuple[Sequence[int], ...]
"""What visits can show: by aspect and stop, the segments to which it shows."""


class Alphabet:
    """Letters for visits; letter 0 is a visit that isn't looked at."""

    def __init__(self) -> None:
        self.visits: list[Visit | None] = [None]
        self._numbers: dict[Visit, int] = {}

    def letter(self, visit: Visit) -> int:
        """Return the letter of a visit that is looked at."""
        if not visit.is_counted and not any(visit.shows):
            return 0
        if visit not in self._numbers:
            self._numbers[visit] = len(self.visits)
            self.visits.append(visit)
        return self._numbers[visit]


class StopReader:
    """Tells which letter each view sees at a stop."""

    def __init__(
        self,
        graph: OpenGraph,
        lenses: Sequence[Lens],
        aspects: Sequence[Aspects],
        alphabet: Alphabet,
        *,
        sees_uncounted: bool,
    ) -> None:
        self.lenses, self.aspects, self.sees_uncounted = lenses, aspects, sees_uncounted
        self.alphabet = alphabet
        self.width = len(graph.segments)
        self.everyone = (1 << self.width) - 1
        # The views of one target stand together.
        self.views_of_target = self.width * len(lenses)
        self.first_of_each_target = repeat(1, self.views_of_target, len(aspects))
        self.all_views = (1 << self.views_of_target * len(aspects)) - 1
        self._known_parts: dict[object, list[tuple[int, int]]] = {}

    def letters(self, place: int, stop: Stop) -> Letters:
        """Return the letters of a stop, given also by its place in the graph."""
        is_counted = stop.is_counted
        if not is_counted and not self.sees_uncounted:
            return ((0, self.all_views),)
        looked = sum(
            1 << number * self.width for number, lens in enumerate(self.lenses) if lens.sees(stop)
        )
        # Most stops show nothing of most targets, so that is where all begin.
        nothing = self._parts(is_counted, (0,) * len(self.aspects[0]))
        found = {
            letter: segments * looked * self.first_of_each_target for letter, segments in nothing
        }
        for target, aspects in enumerate(self.aspects):
            shown = tuple([aspect[place] for aspect in aspects])
            if any(shown):
                first = target * self.views_of_target
                for letter, segments in nothing:
                    found[letter] &= ~(segments * looked << first)
                for letter, segments in self._parts(is_counted, shown):
                    found[letter] = found.get(letter, 0) | segments * looked << first
        unseen = self.all_views & ~sum(found.values())
        return tuple((letter, views) for letter, views in ((0, unseen), *found.items()) if views)

    def _parts(self, is_counted: bool, aspects: tuple[int, ...]) -> list[tuple[int, int]]:
        """Part the segments by what they are shown; (letter, segments)."""
        key = (is_counted, aspects)
        if key not in self._known_parts:
            self._known_parts[key] = self._parted(is_counted, aspects)
        return self._known_parts[key]

    def _parted(self, is_counted: bool, aspects: tuple[int, ...]) -> list[tuple[int, int]]:
        parts: list[tuple[tuple[bool, ...], int]] = [((), self.everyone)]
        for bits in aspects:
            parts = [
                ((*shows, is_shown), kept)
                for shows, segments in parts
                for is_shown, kept in ((True, segments & bits), (False, segments & ~bits))
                if kept
            ]
        return [
            (self.alphabet.letter(Visit(is_counted, shows)), segments)
            for shows, segments in parts
            if is_counted or any(shows)
        ]
