"""Rules over paths: how a kind's automaton is asked of every segment, marker and lens at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, NamedTuple, TypedDict

from pydantic import Field

from charter.brand import Charter
from charter.findings import Answer as VerdictAnswer
from charter.findings import Scope, Status, Verdict
from charter.rules.aspect import Aspect
from charter.rules.carrying import CarryingRule, Target
from charter.rules.demand import Demand, Sides
from charter.rules.kind import SegmentRule
from charter.rules.remark import Remark, why_absent
from charter.rules.selector import Selector
from charter.rules.setting import Landscape, Proof, Setting
from charter.waivers import Waiver
from journeys.automata import Ending
from journeys.customers import SHARE_TOLERANCE, Measure
from journeys.document import Percentage
from journeys.graph import Stop
from journeys.measure import shares_that_hold
from journeys.prove import prove
from journeys.question import Answer, Question
from journeys.through import avoiding, passing

ANSWERS = {
    Ending.BREAKS: VerdictAnswer.BROKEN,
    Ending.HOLDS: VerdictAnswer.HOLDS,
    Ending.UNCONCERNED: VerdictAnswer.VACUOUS,
}


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


class Scoped(NamedTuple):
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

    @abstractmethod
    def remarks(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> list[list[Remark]]:
        """Return what is to be said of each step of a path that breaks it."""

    def remarks_on(self, setting: Setting, verdict: Verdict) -> list[list[Remark]]:
        """Return what is to be said of each step of a broken verdict's witness.

        Behind what its kind says stands what explains that a marker is missing.
        """
        graph = setting.graph
        places = {stop.name: place for place, stop in enumerate(graph.stops)}
        path = tuple(places[name] for name in verdict.witness or ())
        target = self.target_of(verdict, setting.charter)
        segment = graph.segments.index(str(verdict.segment))
        lens = Lens(verdict.channel, verdict.stage)
        said = self.remarks(setting, target, lens, segment, path)
        return [
            [*remarks, *why_absent(setting, setting.charter, place, segment, target.markers)]
            if any(remark.is_lacking for remark in remarks)
            and not self._is_borne(setting, target, place, segment)
            else remarks
            for place, remarks in zip(path, said, strict=True)
        ]

    def target_of(self, scope: Scope, charter: Charter) -> Target:
        """Return what the rule asks for in a scope."""
        asked = {(target.marker, target.value): target for target in self.targets(charter)}
        return asked[scope.marker, scope.value]

    def _is_borne(self, setting: Setting, target: Target, place: int, segment: int) -> bool:
        labels = setting.graph.labels[place]
        return any(labels.get(marker, 0) >> segment & 1 for marker in target.markers)

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each segment, target and lens."""
        graph = setting.graph
        scopes = tuple(self.scopes(setting))
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
        scopes = tuple(self.scopes(setting))
        if not scopes or self.for_share is not None:
            return
        proof = self._proof(setting)
        for view, segment, target, lens in scopes:
            path = proof.answers[view].witness
            if path is not None:
                yield self.demand(setting, target, lens, segment, path)

    @abstractmethod
    def sides(self, setting: Setting, target: Target) -> Sides:
        """Return the markers that may mend it, put on a touchpoint, and those that may break it."""

    @abstractmethod
    def demand(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> Demand:
        """Return what it asks of the tags on a breaking path."""

    def _witnessed(self, setting: Setting, scope: Scoped, answer: Answer) -> _Witnessed:
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

    def broken_through(self, setting: Setting, stops: Iterable[int]) -> frozenset[Scope]:
        """Return the scopes in which a path that visits one of some stops breaks it."""
        marked = dict.fromkeys(stops, setting.graph.journey_segments)
        answers = prove(passing(self._proof(setting).question, marked))
        return frozenset(
            scope_of(setting, target, lens, segment)
            for view, segment, target, lens in self.scopes(setting)
            if answers[view].ending is Ending.BREAKS
        )

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
        scopes = list(self.scopes(setting))
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

    def scopes(self, setting: Setting) -> Iterator[Scoped]:
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
                    yield Scoped(view, segment, target, lens)

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


class CarriedOnPaths(CarryingRule):
    """A rule over paths that asks for markers, perhaps only at some touchpoints."""

    where: Selector | None = None

    def carried(self, setting: Setting, target: Target) -> Aspect:
        """Return that a visit carries ``target`` at a touchpoint that ``where`` matches."""
        among = self.where.aspect(setting) if self.where else Aspect()
        return among.bearing(target.markers)
