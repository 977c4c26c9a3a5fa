"""Rules over paths: how a kind's automaton is asked of every segment, marker and lens at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Any, ClassVar, NamedTuple, TypeAlias, TypedDict

from pydantic import Field

from charter.brand import Charter
from charter.findings import Answer as VerdictAnswer
from charter.findings import Scope, Status, Verdict
from charter.rules.aspect import Aspect
from charter.rules.carrying import CarryingRule, Target
from charter.rules.demand import Borne, Demand
from charter.rules.kind import Bound, SegmentRule
from charter.rules.selector import Selector
from charter.rules.setting import Landscape, Proof, Setting
from charter.waivers import Waiver
from journeys.automata import STATE_LIMIT, Automaton, Ending
from journeys.customers import SHARE_TOLERANCE, Measure
from journeys.document import Percentage
from journeys.graph import OpenGraph, Stop
from journeys.measure import shares_that_hold
from journeys.prove import prove
from journeys.question import Answer, Letters, Question, repeat
from journeys.relaxation import Relaxation, Way
from journeys.through import avoiding, passing
from journeys.ways import alike

ANSWERS = {
    Ending.BREAKS: VerdictAnswer.BROKEN,
    Ending.HOLDS: VerdictAnswer.HOLDS,
    Ending.UNCONCERNED: VerdictAnswer.VACUOUS,
}


class Per(StrEnum):
    """What a rule looks at one by one."""

    CHANNEL = "channel"
    STAGE = "stage"


@dataclass(frozen=True)
class Lens:
    """The visits that a verdict looks at: all of them, or those on one channel or stage."""

    channel: str | None = None
    stage: str | None = None

    def sees(self, stop: Stop) -> bool:
        """Return whether visits to ``stop`` are looked at."""
        if self.channel is not None:
            return stop.channel == self.channel
        return self.stage is None or stop.touchpoint.stage == self.stage


class Visit(NamedTuple):
    """What one visit shows to a rule."""

    is_counted: bool
    shows: tuple[bool, ...]


Aspects: TypeAlias = tuple[Sequence[int], ...]
"""What visits can show: by aspect and stop, the segments to which it shows."""


class _Scope(NamedTuple):
    """What one verdict is about: a view, and the segment, target and lens that it stands for."""

    view: int
    segment: int
    target: Target
    lens: Lens


NOTHING_NAMED = Target(None, None, ())
"""What a rule asks for that speaks of no marker."""


class _Witnessed(TypedDict):
    witness: tuple[str, ...] | None
    places: tuple[str, ...]


class PathRule(SegmentRule):
    """A rule over every path of a segment: an automaton, and what visits show to it.

    Attributes:
        for_share: The share in (0, 1] of customers for whom it must hold; None for every path.
    """

    for_share: Annotated[Percentage, Field(gt=0)] | None = None

    @property
    def asks_for_shares(self) -> bool:
        """Whether a share of customers is enough."""
        return self.for_share is not None

    @property
    @abstractmethod
    def start(self) -> Any:
        """What is remembered before the first visit."""

    @abstractmethod
    def ending(self, state: Any) -> Ending:
        """Return what it means for a path to end with ``state`` remembered."""

    def targets(self, charter: Charter) -> tuple[Target, ...]:
        """Return what is asked for, a target a verdict."""
        return (NOTHING_NAMED,)

    def lenses(self, charter: Charter) -> tuple[Lens, ...]:
        """Return what the verdicts look at."""
        return (Lens(),)

    @abstractmethod
    def evidence(self, setting: Setting, target: Target) -> object:
        """Return what the tags and emotions of a journey say to it, on which its answer rests."""

    @abstractmethod
    def question_to_ask(
        self, setting: Setting, targets: Sequence[Target], lenses: Sequence[Lens]
    ) -> Question:
        """Return the question whose copies are targets times lenses, lenses first."""

    @abstractmethod
    def repairable(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return where on a breaking path a change would mend it, by index into the path."""

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each segment, target and lens."""
        graph = setting.graph
        scopes = tuple(self._scopes(setting))
        if not scopes:
            return
        proof = self._proof(setting)
        if setting.is_measured or self.for_share is not None:
            self._measure(setting, proof, [scope.view for scope in scopes])
        for scope in scopes:
            view, segment, target, lens = scope
            answer = proof.answers[view]
            measured = proof.measures.get(view, Measure())
            yield self.verdict(
                self._answer(answer, measured),
                journey=setting.journey.id,
                segment=graph.segments[segment],
                marker=target.marker,
                value=target.value,
                channel=lens.channel,
                stage=lens.stage,
                **self._witnessed(setting, scope, answer),
                share=measured.share,
                concerned=measured.concerned,
                share_basis=None if measured.share is None else setting.share_basis(segment),
            )

    def demands(self, setting: Setting) -> Iterator[Demand]:
        """Yield what each scope asks of the tags on its shortest breaking path."""
        scopes = tuple(self._scopes(setting))
        if not scopes or self.for_share is not None:
            return
        proof = self._proof(setting)
        for view, segment, target, lens in scopes:
            path = proof.answers[view].witness
            if path is not None:
                yield self.demand(setting, target, lens, segment, path)

    @abstractmethod
    def sides(self, setting: Setting, target: Target) -> tuple[frozenset[str], frozenset[str]]:
        """Return the markers that may mend it, put on a touchpoint, and those that may break it."""

    @abstractmethod
    def demand(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> Demand:
        """Return what it asks of the tags on a breaking path."""

    def _witnessed(self, setting: Setting, scope: _Scope, answer: Answer) -> _Witnessed:
        """Return what a verdict says of the path that breaks it, if one does."""
        path = answer.witness
        if path is None:
            return {"witness": None, "places": ()}
        places = self.repairable(setting, scope.target, scope.lens, scope.segment, path)
        return {
            "witness": tuple(setting.graph.stops[stop].name for stop in path),
            "places": _likeliest_first(setting, scope.target, path, places),
        }

    def waive(
        self, landscape: Landscape, verdicts: Sequence[Verdict], waivers: Sequence[Waiver]
    ) -> Iterator[Verdict]:
        """Yield ``verdicts`` as `Rule.waive` does.

        A waiver for what goes through a touchpoint covers the breaking paths through it alone.
        The others are searched again, and where one breaks the rule, it is the witness.
        """
        whole = [waiver for waiver in waivers if waiver.through is None]
        marked = tuple(super().waive(landscape, verdicts, whole))
        for setting in self.asked_settings(landscape):
            journey = setting.journey.id
            through = [w for w in waivers if w.through is not None and w.journey == journey]
            own = [verdict for verdict in marked if verdict.journey == journey]
            if through and any(verdict.verdict is VerdictAnswer.BROKEN for verdict in own):
                yield from self._waive_paths(setting, own, through)
            else:
                yield from own

    def _waive_paths(
        self, setting: Setting, verdicts: Sequence[Verdict], waivers: Sequence[Waiver]
    ) -> Iterator[Verdict]:
        """Yield the verdicts of a journey, marked with waivers that name a touchpoint."""
        question = self._proof(setting).question
        passed = [
            (waiver, prove(passing(question, _stops_of(setting, waiver)))) for waiver in waivers
        ]
        stops: dict[int, int] = {}
        for waiver in waivers:
            for stop, segments in _stops_of(setting, waiver).items():
                stops[stop] = stops.get(stop, 0) | segments
        rest = avoiding(question, stops)
        rest_proof = Proof(None, rest, prove(rest), {})
        scopes = list(self._scopes(setting))
        if self.for_share is not None:
            self._measure(setting, rest_proof, [scope.view for scope in scopes])
        for scope, verdict in zip(scopes, verdicts, strict=True):
            view = scope.view
            covering = tuple(w for w, answers in passed if answers[view].ending is Ending.BREAKS)
            if verdict.verdict is not VerdictAnswer.BROKEN or not covering:
                yield verdict
                continue
            covered = replace(verdict, waivers=(*verdict.waivers, *covering))
            answer = rest_proof.answers[view]
            measured = rest_proof.measures.get(view, Measure())
            if self._answer(answer, measured) is not VerdictAnswer.BROKEN:
                yield replace(covered, status=Status.WAIVED)
            elif verdict.status is Status.OPEN:
                yield replace(covered, **self._witnessed(setting, scope, answer))
            else:
                yield covered

    def _proof(self, setting: Setting) -> Proof:
        targets, lenses = self.targets(setting.charter), self.lenses(setting.charter)
        return setting.proof(
            self.id,
            tuple(self.evidence(setting, target) for target in targets),
            lambda: self.question_to_ask(setting, targets, lenses),
        )

    def _scopes(self, setting: Setting) -> Iterator[_Scope]:
        """Yield what there is a verdict for, in the fixed order."""
        targets, lenses = self.targets(setting.charter), self.lenses(setting.charter)
        asked = self.asked(setting)
        width = len(setting.graph.segments)
        for segment in range(width):
            if not asked >> segment & 1:
                continue
            for t, target in enumerate(targets):
                for p, lens in enumerate(lenses):
                    if lens.channel and _is_left_out(setting.charter, target, lens.channel):
                        continue
                    view = (t * len(lenses) + p) * width + segment
                    yield _Scope(view, segment, target, lens)

    def _measure(self, setting: Setting, proof: Proof, views: Sequence[int]) -> None:
        """Note for how many of each view's customers the rule holds."""
        for view in views:
            if proof.answers[view].ending is Ending.HOLDS:
                proof.measures[view] = Measure(share=1.0)
        broken = [
            view
            for view in views
            if proof.answers[view].ending is Ending.BREAKS and view not in proof.measures
        ]
        if broken:
            outcomes = self.wanted_outcomes
            proof.measures.update(
                shares_that_hold(
                    proof.question, broken, lambda segment: setting.customers(segment, outcomes)
                )
            )

    def _answer(self, answer: Answer, measured: Measure) -> VerdictAnswer:
        """Return the verdict's answer: enough customers are, where a share is asked for."""
        if self.for_share is not None and measured.share is not None:
            is_enough = measured.share >= self.for_share - SHARE_TOLERANCE
            return VerdictAnswer.HOLDS if is_enough else VerdictAnswer.BROKEN
        return ANSWERS[answer.ending]


def _stops_of(setting: Setting, waiver: Waiver) -> dict[int, int]:
    """Return the stops that a waiver's paths go through, with the segments it is for."""
    graph = setting.graph
    everyone = graph.journey_segments
    segments = everyone if waiver.segment is None else everyone & graph.bits([waiver.segment])
    return {
        number: segments
        for number, stop in enumerate(graph.stops)
        if stop.touchpoint.id == waiver.through and segments
    }


def _likeliest_first(
    setting: Setting, target: Target, path: tuple[int, ...], places: Sequence[int]
) -> tuple[str, ...]:
    """Return the stops at some places of a path, the likeliest to be changed first.

    Those where it is planned already, then those whose channel it is said to show on; those whose
    channel it is not for only where there is no other.
    """
    markers = [setting.charter.markers_by_id[marker] for marker in target.markers]

    def unlikeliness(stop: Stop) -> tuple[bool, bool]:
        return (
            not any(stop.touchpoint.is_planned(marker) for marker in target.markers),
            not any(marker.is_expressed_on(stop.channel) for marker in markers),
        )

    stops = [setting.graph.stops[path[index]] for index in places]
    # A place that the charter itself rules out is no advice, as long as there is another.
    fitting = [s for s in stops if not _is_left_out(setting.charter, target, s.channel)]
    likeliest = sorted(fitting or stops, key=unlikeliness)
    return tuple(dict.fromkeys(stop.name for stop in likeliest))


def scope_of(setting: Setting, target: Target, lens: Lens, segment: int) -> Scope:
    """Return what a verdict is about."""
    return Scope(
        journey=setting.journey.id,
        segment=setting.graph.segments[segment],
        marker=target.marker,
        value=target.value,
        channel=lens.channel,
        stage=lens.stage,
    )


def _is_left_out(charter: Charter, target: Target, channel: str) -> bool:
    """Return whether every marker of ``target`` says it is not for ``channel``."""
    return bool(target.markers) and all(
        charter.markers_by_id[marker].is_not_for(channel) for marker in target.markers
    )


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
        alphabet = _Alphabet()
        reader = _StopReader(graph, lenses, aspects, alphabet, sees_uncounted=self.sees_uncounted)
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
        aspects = self.known_aspects(setting, target)
        seen: list[int] = []
        visits: list[Visit] = []
        for index, place in enumerate(path):
            stop = setting.graph.stops[place]
            shows = tuple(bool(aspect[place] >> segment & 1) for aspect in aspects)
            if lens.sees(stop) and (stop.is_counted or (self.sees_uncounted and any(shows))):
                seen.append(index)
                visits.append(Visit(stop.is_counted, shows))
        return tuple(seen[visit] for visit in self.mending(visits) if visits[visit].is_counted)

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
        scopes = tuple(self._scopes(setting))
        graph = setting.graph.of_paths(self.wanted_outcomes)
        alphabet = _Alphabet()
        ways = []
        for scope in scopes:
            aspects = self.aspects(setting, scope.target)
            helping, hurting = self.sides(setting, scope.target)
            if helping & hurting:
                return None
            ways.append(
                [
                    self._ways(alphabet, scope, aspects, helping, graph, place, options[place])
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
        self,
        alphabet: _Alphabet,
        scope: _Scope,
        aspects: Sequence[Aspect],
        helping: frozenset[str],
        graph: OpenGraph,
        place: int,
        options: Mapping[str, int],
    ) -> tuple[Way, ...]:
        """Return the ways in which a visit may be seen, each with as little left out as can be."""
        is_counted = graph.stops[place].is_counted
        if not scope.lens.sees(graph.stops[place]) or not (is_counted or self.sees_uncounted):
            return (Way(0, ()),)
        bit = 1 << scope.segment
        borne = {marker for marker, bits in graph.labels[place].items() if bits & bit}
        free = sorted(options.keys() & helping - borne)
        found: dict[int, list[frozenset[str]]] = {}
        for without in _subsets(free):
            left = borne.union(free).difference(without)
            shows = tuple(aspect.shows(place, scope.segment, left) for aspect in aspects)
            letter = alphabet.letter(Visit(is_counted, shows))
            known = found.setdefault(letter, [])
            if not any(fewer <= without for fewer in known):
                known.append(without)
        return tuple(
            Way(letter, tuple(options[marker] for marker in sorted(without)))
            for letter, several in found.items()
            for without in several
        )

    def sides(self, setting: Setting, target: Target) -> tuple[frozenset[str], frozenset[str]]:
        """Return the markers of aspects that may mend it, and of those that may break it."""
        sides: tuple[set[str], set[str]] = (set(), set())
        for number, aspect in enumerate(self.aspects(setting, target)):
            sides[number in self.hurting_aspects].update(*aspect.borne)
        return frozenset(sides[0]), frozenset(sides[1])


_MARKERS_TOLD_APART = 6
"""Of so many markers at one visit each selection is looked at; of more, all or none."""


def _subsets(markers: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield selections of some markers, the smaller first."""
    sizes: Iterable[int] = range(len(markers) + 1)
    if len(markers) > _MARKERS_TOLD_APART:
        sizes = (0, len(markers))
    for size in sizes:
        yield from map(frozenset, combinations(markers, size))


class _Alphabet:
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


class CarriedOnPaths(CarryingRule):
    """A rule over paths that asks for markers, perhaps only at some touchpoints."""

    where: Selector | None = None

    def carried(self, setting: Setting, target: Target) -> Aspect:
        """Return that a visit carries ``target`` at a touchpoint that ``where`` matches."""
        among = self.where.aspect(setting) if self.where else Aspect()
        return among.bearing(target.markers)


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


class _StopReader:
    """Tells which letter each view sees at a stop."""

    def __init__(
        self,
        graph: OpenGraph,
        lenses: Sequence[Lens],
        aspects: Sequence[Aspects],
        alphabet: _Alphabet,
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
