"""How many of several things customers come by: the fewest on any path, and who comes by enough.

A thing is met by visits; to have met it twice is to have met it. Paths are never enumerated: what
is remembered on the way is which things were met so far.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from journeys.automata import STATE_LIMIT, Automaton, Ending, TooManyStates
from journeys.customers import Customers, Measure
from journeys.graph import OpenGraph
from journeys.measure import shares_that_hold
from journeys.prove import prove
from journeys.question import Letters, Question

_UNSEEN = 0
"""The letter of a visit that shows nothing, and concerns nobody."""
_ENOUGH = -1
"""What is remembered once enough things were met."""

_State: TypeAlias = tuple[bool, int]
"""Whether a counted visit was seen, and the bit set of the things that were met."""


class Look(NamedTuple):
    """The visits that are looked at, and what is looked for there.

    Attributes:
        stops: By place.
        things: The things that count, as a bit set.
    """

    stops: frozenset[int]
    things: int


class Fewest(NamedTuple):
    """The fewest things that any path meets on the visits looked at.

    Attributes:
        number: None where it couldn't be decided within the limit.
        at_least: What is sure all the same: no path meets fewer.
        path: The shortest path that meets no more, by stops; among equals the first by entry,
            then passage by passage, in the order declared. None where there is no number.
    """

    number: int | None
    at_least: int
    path: tuple[int, ...] | None


@dataclass(frozen=True, eq=False)
class Gathering:
    """Things that may be met on the paths of a graph, looked for in several ways.

    Attributes:
        graph: Only what lies on paths (`OpenGraph.of_paths`).
        things: By thing and stop, the segments that meet it there.
        looks: The ways to look; each concerns the paths with at least one counted visit that it
            looks at. What is met on visits that aren't counted is met all the same.
    """

    graph: OpenGraph
    things: Sequence[Sequence[int]]
    looks: Sequence[Look]

    def fewest(self, *, limit: int = STATE_LIMIT) -> dict[tuple[int, int], Fewest]:
        """Return the fewest met, by look and segment given by their places.

        Where no path of a segment is concerned, there is no answer. One search for all
        looks and segments asks whether a path meets none, another whether one meets fewer than
        two, and so on as long as that isn't known of each. Cost: passages, times the
        combinations of things that such paths can have met by then, for each number tried; with
        `n` things at most 2^n combinations. Where more than ``limit`` may have to be told apart,
        the numbers not known by then stay open.
        """
        width = len(self.graph.segments)
        found: dict[tuple[int, int], Fewest] = {}
        waiting = {
            (look, segment)
            for look in range(len(self.looks))
            for segment in range(width)
            if self.graph.journey_segments >> segment & 1
        }
        most = max((look.things.bit_count() for look in self.looks), default=0)
        for number in range(most + 1):
            if not waiting:
                break
            asked = sum(1 << segment for segment in {segment for _, segment in waiting})
            try:
                question = self._question(number + 1, asked, limit)
            except TooManyStates:
                # Those without a concerned path were told when none was the question.
                found |= dict.fromkeys(waiting, Fewest(None, number, None))
                break
            answers = prove(question)
            for look, segment in sorted(waiting):
                answer = answers[look * width + segment]
                if answer.ending is Ending.BREAKS:
                    found[look, segment] = Fewest(number, number, answer.witness)
                if answer.ending is not Ending.HOLDS:
                    waiting.discard((look, segment))
        return found

    def shares_that_meet(
        self,
        number: int,
        look: int,
        segments: Sequence[int],
        customers: Callable[[int], Customers],
        *,
        limit: int = STATE_LIMIT,
    ) -> dict[int, Measure]:
        """Return by segment the share of customers who meet at least ``number`` things, above 0.

        It is that of those on paths that are concerned. Cost: as for `journeys.measure`, the states
        being the combinations of fewer things.

        Raises:
            TooManyStates: More than ``limit`` combinations may have to be told apart.
        """
        width = len(self.graph.segments)
        asked = sum(1 << segment for segment in segments)
        question = self._question(number, asked, limit)
        views = [look * width + segment for segment in segments]
        measures = shares_that_hold(question, views, customers)
        return {view % width: measure for view, measure in measures.items()}

    def _question(self, number: int, asked: int, limit: int) -> Question:
        """Return the question whether at least ``number`` things are met."""
        visits, kinds, at_stop = self._shown

        def step(state: _State, letter: int) -> _State:
            if letter == _UNSEEN:
                return state
            is_concerned, met = state
            is_counted, more = visits[letter - 1]
            if met != _ENOUGH:
                met |= more
                met = _ENOUGH if met.bit_count() >= number else met
            return is_concerned or is_counted, met

        def ending(state: _State) -> Ending:
            is_concerned, met = state
            if not is_concerned:
                return Ending.UNCONCERNED
            return Ending.HOLDS if met == _ENOUGH else Ending.BREAKS

        # Each combination, and enough, once before a counted visit and once since.
        states = 2 * limit + 2
        letters = range(len(visits) + 1)
        automaton = Automaton.explore((False, 0), step, ending, letters, limit=states)
        width = len(self.graph.segments)
        return Question(self.graph, automaton, width, len(self.looks), asked, kinds, at_stop)

    @cached_property
    def _shown(self) -> tuple[list[tuple[bool, int]], list[Letters], list[int]]:
        """The visits that letters stand for; what stops show, and which of these each.

        A visit is counted or not, and meets a set of things.
        """
        numbers: dict[tuple[bool, int], int] = {}
        kinds: dict[object, Letters] = {}
        places: dict[object, int] = {}
        at_stop = []
        for number, stop in enumerate(self.graph.stops):
            shown = tuple(segments[number] for segments in self.things)
            seen = tuple(number in look.stops for look in self.looks)
            key = (stop.is_counted, shown, seen)
            if key not in kinds:
                places[key] = len(kinds)
                kinds[key] = self._letters(stop.is_counted, shown, seen, numbers)
            at_stop.append(places[key])
        return list(numbers), list(kinds.values()), at_stop

    def _letters(
        self,
        is_counted: bool,
        shown: Sequence[int],
        seen: Sequence[bool],
        numbers: dict[tuple[bool, int], int],
    ) -> Letters:
        """Return the letters of a stop that shows each thing to some segments.

        Args:
            is_counted: Whether visits there concern who makes them.
            shown: By thing, the segments.
            seen: By look, whether it sees the stop.
            numbers: The visits, numbered as they are first seen.
        """
        width = len(self.graph.segments)
        found: dict[int, int] = {}
        for segment in range(width):
            met = sum((segments >> segment & 1) << thing for thing, segments in enumerate(shown))
            for place, (look, is_seen) in enumerate(zip(self.looks, seen, strict=True)):
                letter = _UNSEEN
                if is_seen and (is_counted or met & look.things):
                    visit = (is_counted, met & look.things)
                    letter = 1 + numbers.setdefault(visit, len(numbers))
                found[letter] = found.get(letter, 0) | 1 << place * width + segment
        return tuple(found.items())
