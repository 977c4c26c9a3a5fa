"""Rules that read the visits of a path one by one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Any, ClassVar

from charter.brand import Charter
from charter.rules.aspect import Aspect
from charter.rules.carrying import Target
from charter.rules.demand import Borne, Demand, Sides
from charter.rules.kind import Bound
from charter.rules.letters import Alphabet, Aspects, StopReader, Visit
from charter.rules.path import CarriedOnPaths, Lens, PathRule, scope_of
from charter.rules.remark import UNCOUNTED, Remark, unseen
from charter.rules.setting import Setting
from journeys.automata import STATE_LIMIT, Automaton, Ending
from journeys.graph import OpenGraph
from journeys.question import Question
from journeys.relaxation import Relaxation, Way
from journeys.ways import alike


class Per(StrEnum):
    """What a rule looks at one by one."""

    CHANNEL = "channel"
    STAGE = "stage"


class VisitRule(PathRule):
    """A rule that reads the visits of a path one by one.

    Attributes:
        sees_uncounted: Whether a marker at a touchpoint that customers run counts as carried.
            Elsewhere only counted visits are shown.
        hurting_aspects: Which of its aspects can only break it, by their places; the others can
            only mend it.
        most_states: Most situations that it may have to tell apart.
    """

    sees_uncounted: ClassVar[bool] = False
    hurting_aspects: ClassVar[frozenset[int]] = frozenset()
    most_states: ClassVar[int] = STATE_LIMIT

    per: Per | None = None

    @abstractmethod
    def step(self, state: Any, is_counted: bool, *shows: bool) -> Any:
        """Return what is remembered after a visit that shows what ``aspects`` say."""

    @abstractmethod
    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Return the visits of a breaking path at which a change would mend it.

        ``visits`` are the path's visits as the rule sees them.
        """

    def evidence(self, setting: Setting, target: Target) -> tuple[object, ...]:
        """Return what each visit shows."""
        return self.known_aspects(setting, target)

    @abstractmethod
    def aspects(self, setting: Setting, target: Target) -> tuple[Aspect, ...]:
        """Return what a visit can show."""

    def known_aspects(self, setting: Setting, target: Target) -> Aspects:
        """Return to whom each of its aspects shows, worked out once for each journey."""
        return setting.remembered((self.id, target), lambda: self._shown(setting, target))

    def _shown(self, setting: Setting, target: Target) -> Aspects:
        return tuple(aspect.segments(setting) for aspect in self.aspects(setting, target))

    def lenses(self, charter: Charter) -> tuple[Lens, ...]:
        """Return one lens for each channel or stage, where the rule says ``per``."""
        if self.per is Per.CHANNEL:
            return tuple(Lens(channel=channel.id) for channel in charter.channels)
        if self.per is Per.STAGE:
            return tuple(Lens(stage=stage.id) for stage in charter.stages)
        return (Lens(),)

    def question_to_ask(
        self, setting: Setting, targets: Sequence[Target], lenses: Sequence[Lens]
    ) -> Question:
        """Return the question whose letters are what each stop shows to each view."""
        graph = setting.graph.of_paths(self.wanted_outcomes)
        aspects = [self.known_aspects(setting, target) for target in targets]
        alphabet = Alphabet()
        reader = StopReader(graph, lenses, aspects, alphabet, sees_uncounted=self.sees_uncounted)
        # Many stops lie and show alike.
        every_aspect = (aspect for of_target in aspects for aspect in of_target)
        examples, like = alike([graph.place_numbers, *every_aspect])
        kinds = [reader.letters(place, graph.stops[place]) for place in examples]
        return Question(
            graph=graph,
            automaton=self._automaton(alphabet.visits),
            width=len(graph.segments),
            copies=len(targets) * len(lenses),
            asked=self.asked(setting),
            kinds=kinds,
            at_stop=like,
        )

    def _automaton(self, visits: Sequence[Visit | None]) -> Automaton:
        """Return the automaton over letters that stand for visits."""

        def step(state: Any, letter: int) -> Any:
            visit = visits[letter]
            return state if visit is None else self.step(state, visit.is_counted, *visit.shows)

        return Automaton.explore(
            self.start, step, self.ending, range(len(visits)), limit=self.most_states
        )

    def repairable(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return where on a breaking path a change would mend it, by index into the path."""
        seen = self._seen(setting, target, lens, segment, path)
        indices, visits = list(seen), list(seen.values())
        return tuple(indices[visit] for visit in self.mending(visits) if visits[visit].is_counted)

    def _seen(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> dict[int, Visit]:
        """Return the visits of a path as the rule sees them, by their indices into the path."""
        aspects = self.known_aspects(setting, target)
        seen: dict[int, Visit] = {}
        for index, place in enumerate(path):
            stop = setting.graph.stops[place]
            shows = tuple(bool(aspect[place] >> segment & 1) for aspect in aspects)
            if lens.sees(stop) and (stop.is_counted or (self.sees_uncounted and any(shows))):
                seen[index] = Visit(stop.is_counted, shows)
        return seen

    @abstractmethod
    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Yield what is to be said of each visit of a breaking path, as the rule sees them."""

    def remarks(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> list[list[Remark]]:
        """Return what is to be said of each step of a path that breaks it."""
        seen = self._seen(setting, target, lens, segment, path)
        told = dict(zip(seen, self.telling(list(seen.values()), target), strict=True))
        found = []
        for index, place in enumerate(path):
            stop, remark = setting.graph.stops[place], told.get(index)
            said = [remark] if remark else []
            if not lens.sees(stop):
                said = [unseen(lens.channel, lens.stage)]
            elif not stop.is_counted:
                said.append(UNCOUNTED)
            found.append(said)
        return found

    def demand(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> Demand:
        """Return what it asks of the tags on a breaking path."""
        aspects = self.aspects(setting, target)
        stops = setting.graph.stops

        def is_broken(borne: Borne) -> bool:
            state = self.start
            for place, markers in zip(path, borne, strict=True):
                is_counted = stops[place].is_counted
                if not lens.sees(stops[place]) or not (is_counted or self.sees_uncounted):
                    continue
                shows = [aspect.shows(place, segment, markers) for aspect in aspects]
                if is_counted or any(shows):
                    state = self.step(state, is_counted, *shows)
            return self.ending(state) is Ending.BREAKS

        helping, hurting = self.sides(setting, target)
        scope = scope_of(setting, target, lens, segment)
        return Demand(self.id, scope, segment, path, helping, hurting, is_broken)

    def relaxation(
        self, setting: Setting, options: Sequence[Mapping[str, int]]
    ) -> Relaxation | None:
        """Return what a planner that chooses by halves asks of a journey.

        None where a marker may do good and harm, or where not every path is asked about.
        """
        if self.for_share is not None:
            return None
        scopes = tuple(self.scopes(setting))
        graph = setting.graph.of_paths(self.wanted_outcomes)
        alphabet = Alphabet()
        ways = []
        for scope in scopes:
            aspects = self.aspects(setting, scope.target)
            helping, hurting = self.sides(setting, scope.target)
            if helping & hurting:
                return None
            seer = _Seer(alphabet, aspects, scope.segment, helping)
            ways.append(
                [
                    self._ways(scope.lens, seer, graph, place, options[place])
                    for place in range(len(graph.stops))
                ]
            )
        return Relaxation(
            graph=graph,
            automaton=self._automaton(alphabet.visits),
            sources=[
                (self.id, scope_of(setting, scope.target, scope.lens, scope.segment))
                for scope in scopes
            ],
            segments=[scope.segment for scope in scopes],
            ways=ways,
        )

    def _ways(
        self, lens: Lens, seer: _Seer, graph: OpenGraph, place: int, options: Mapping[str, int]
    ) -> tuple[Way, ...]:
        """Return the ways in which a visit may be seen, each with as little left out as can be."""
        is_counted = graph.stops[place].is_counted
        if not lens.sees(graph.stops[place]) or not (is_counted or self.sees_uncounted):
            return (Way(0, ()),)
        return tuple(
            Way(letter, tuple(options[marker] for marker in without))
            for letter, without in seer.seen(place, is_counted, graph.labels[place], options)
        )

    def sides(self, setting: Setting, target: Target) -> Sides:
        """Return the markers of aspects that may mend it, and of those that may break it."""
        sides: tuple[set[str], set[str]] = (set(), set())
        for number, aspect in enumerate(self.aspects(setting, target)):
            sides[number in self.hurting_aspects].update(*aspect.borne)
        return frozenset(sides[0]), frozenset(sides[1])


class _Seer:
    """Tells how visits may be seen by one view; many stops bear alike, and are seen alike."""

    def __init__(
        self,
        alphabet: Alphabet,
        aspects: Sequence[Aspect],
        segment: int,
        helping: frozenset[str],
    ) -> None:
        self._alphabet, self._aspects, self._segment = alphabet, aspects, segment
        self._helping = helping
        self._borne = frozenset().union(*(aspect.markers for aspect in aspects))
        self._known: dict[Hashable, list[tuple[int, tuple[str, ...]]]] = {}

    def seen(
        self, place: int, is_counted: bool, labels: Mapping[str, int], options: Container[str]
    ) -> list[tuple[int, tuple[str, ...]]]:
        """Return letters, each with markers in order that must be left out for it.

        Args:
            place: The stop.
            is_counted: Whether a visit there is a step of the brand's own.
            labels: The segments for which it bears each label.
            options: The markers that may be put on it.
        """
        bit = 1 << self._segment
        borne = frozenset(marker for marker in self._borne if labels.get(marker, 0) & bit)
        free = tuple(sorted(m for m in self._helping if m in options and m not in borne))
        shown = tuple(a.where is None or bool(a.where[place] & bit) for a in self._aspects)
        key = (is_counted, shown, borne, free)
        if key not in self._known:
            found: dict[int, list[frozenset[str]]] = {}
            for without in _subsets(free):
                left = borne.union(free).difference(without)
                shows = tuple(a.shows(place, self._segment, left) for a in self._aspects)
                letter = self._alphabet.letter(Visit(is_counted, shows))
                fewer = found.setdefault(letter, [])
                if not any(each <= without for each in fewer):
                    fewer.append(without)
            self._known[key] = [
                (letter, tuple(sorted(without)))
                for letter, several in found.items()
                for without in several
            ]
        return self._known[key]


_MARKERS_TOLD_APART = 6
"""Of so many markers at one visit each selection is looked at; of more, all or none."""


def _subsets(markers: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield selections of some markers, the smaller first."""
    sizes: Iterable[int] = range(len(markers) + 1)
    if len(markers) > _MARKERS_TOLD_APART:
        sizes = (0, len(markers))
    for size in sizes:
        yield from map(frozenset, combinations(markers, size))


class CarryingVisitRule(CarriedOnPaths, VisitRule):
    """A rule that reads of each visit whether it carries what is asked for."""

    @property
    def least_visits(self) -> int:
        """How many visits of each path must carry it."""
        return 1

    @property
    def most_visits(self) -> int | None:
        """How many visits of each path may carry it; None for any number."""
        return None

    def bounds(self, charter: Charter) -> list[Bound]:
        """Return how often what each target asks for is met, where the rule is about all paths."""
        if self.per or self.outcomes or self.for_share is not None:
            return []
        # What is limited at some touchpoints may be met as often as one likes elsewhere.
        most = None if self.where else self.most_visits
        return [
            Bound(frozenset(target.markers), self.least_visits, most)
            for target in self.targets(charter)
        ]

    def aspects(self, setting: Setting, target: Target) -> tuple[Aspect, ...]:
        """Return the one aspect: that it carries."""
        return (self.carried(setting, target),)
