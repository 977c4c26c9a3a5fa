"""Where a rule is asked: the whole map, and each journey seen with the brand's charter."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

from charter.action_plans import ActionPlan
from charter.brand import Charter
from charter.findings import Verdict
from journeys.customers import Customers, Measure, ShareBasis, share_basis
from journeys.graph import OpenGraph, Stop
from journeys.model import Journey, Status, Touchpoint
from journeys.prove import prove
from journeys.question import Answer, Question
from journeys.source import Position
from journeys.visits import expected_at_first_visit, share_of_endings, share_that_visits
from journeys.ways import column_of_sets

Known = TypeVar("Known")

MEASURE_LIMIT = 10_000
"""Most touchpoints of a journey whose shares are measured without being asked for."""


@dataclass(frozen=True)
class Proof:
    """What is known about a question.

    Attributes:
        evidence: What the question rests on.
        answers: By view.
        measures: By view, as far as they were asked for.
    """

    evidence: object
    question: Question
    answers: tuple[Answer, ...]
    measures: dict[int, Measure]


class StageEntry(NamedTuple):
    """How customers fare who enter a stage, for the first time, by a counted visit.

    Attributes:
        share: The share in [0, 1] of customers who do.
        chance: Of those, the share that ends in a wanted outcome; None where none is wanted.
    """

    share: float
    chance: float | None


@dataclass(frozen=True)
class Setting:
    """One journey with the charter that its rules come from.

    Attributes:
        is_measured: Whether shares of customers are worked out.
    """

    charter: Charter
    journey: Journey
    is_measured: bool = True

    @classmethod
    def of(cls, charter: Charter, journey: Journey, *, measure: bool | None = None) -> Setting:
        """Return a journey with its charter, measured by default up to `MEASURE_LIMIT`."""
        if measure is None:
            measure = len(journey.touchpoints) <= MEASURE_LIMIT
        return cls(charter, journey, measure)

    def take_over(self, earlier: Setting) -> None:
        """Keep of what was worked out in another version of the journey what still holds.

        Where customers walk alike, that is who they are and every proof in which they are shown
        the same; `proof` compares that rule by rule.
        """
        if self.charter is not earlier.charter:
            return
        graph = earlier.graph.shown_anew(self.journey)
        if graph is not None:
            self.__dict__["graph"] = graph
            self._customers.update(earlier._customers)
            self._bases.update(earlier._bases)
            if graph.places == earlier.graph.places:
                self._earlier_proofs.update(earlier._proofs)

    def proof(self, rule: str, evidence: object, ask: Callable[[], Question]) -> Proof:
        """Return the proof of a rule, worked out once.

        Args:
            rule: The rule's id.
            evidence: All that its question rests on besides the ways and places of the journey.
            ask: Returns the question.
        """
        known = self._proofs.get(rule) or self._earlier_proofs.get(rule)
        if known is None or known.evidence != evidence:
            question = ask()
            known = Proof(evidence, question, prove(question), {})
        self._proofs[rule] = known
        return known

    @cached_property
    def _proofs(self) -> dict[str, Proof]:
        return {}

    @cached_property
    def _earlier_proofs(self) -> dict[str, Proof]:
        return {}

    def remembered(self, key: Hashable, work: Callable[[], Known]) -> Known:
        """Return what ``work`` returns, worked out once for each key."""
        if key not in self._remembered:
            self._remembered[key] = work()
        known: Known = self._remembered[key]
        return known

    @cached_property
    def _remembered(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def graph(self) -> OpenGraph:
        """Everything open in the journey, also what lies on no path."""
        return OpenGraph.of(self.journey, self.charter.frame.segments)

    def bearing(self, markers: Iterable[str]) -> Sequence[int]:
        """Return by stop the segments for which it bears one of ``markers``."""
        wanted = tuple(markers)
        return self.remembered(("bearing", wanted), lambda: self._bearing(wanted))

    def _bearing(self, markers: tuple[str, ...]) -> Sequence[int]:
        graph = self.graph
        bits = column_of_sets(len(graph.segments), repeat(0, len(graph.stops)))
        for marker in markers:
            for stop, segments in graph.bearers.get(marker, {}).items():
                bits[stop] |= segments
        return bits

    def customers(self, segment: int, outcomes: frozenset[str] | None) -> Customers:
        """Return the customers of a segment, given by its bit's place, on paths to ``outcomes``.

        Raises:
            NoPath: None of them ends so.
        """
        key = (segment, outcomes)
        if key not in self._customers:
            self._customers[key] = Customers.of(self.graph, segment, outcomes)
        return self._customers[key]

    def customers_on_paths(self, segment: int, outcomes: frozenset[str] | None) -> Customers | None:
        """Return what `customers` does; None where none of them ends so."""
        if not any(bits >> segment & 1 for bits in self.graph.of_paths(outcomes).entries):
            return None
        return self.customers(segment, outcomes)

    @cached_property
    def _customers(self) -> dict[tuple[int, frozenset[str] | None], Customers]:
        return {}

    def stages_entered(self, segment: int) -> dict[str, StageEntry]:
        """Return the stages that customers of a segment enter, in the charter's order.

        The segment is given by its bit's place. There are none where it has no path.
        """
        return self.remembered(("entered", segment), lambda: self._stages_entered(segment))

    def _stages_entered(self, segment: int) -> dict[str, StageEntry]:
        customers = self.customers_on_paths(segment, None)
        if customers is None:
            return {}
        stops = self.graph.stops
        wanted = {outcome.id for outcome in self.journey.outcomes or () if outcome.wanted}
        ends = {index for index, stop in enumerate(stops) if stop.touchpoint.exit in wanted}
        ending_well = share_of_endings(customers, ends) if wanted else []
        found = {}
        for stage in self.charter.stages:
            inside = [
                index
                for index, stop in enumerate(stops)
                if stop.is_counted and stop.touchpoint.stage == stage.id
            ]
            entering = share_that_visits(customers, inside)
            if not entering:
                continue
            chance = None
            if wanted:
                well = expected_at_first_visit(customers, {i: ending_well[i] for i in inside})
                chance = min(1.0, well / entering)
            found[stage.id] = StageEntry(entering, chance)
        return found

    def share_basis(self, segment: int) -> ShareBasis:
        """Return what the shares of a segment, given by its bit's place, rest on."""
        if segment not in self._bases:
            self._bases[segment] = share_basis(self.graph, segment)
        return self._bases[segment]

    @cached_property
    def _bases(self) -> dict[int, ShareBasis]:
        return {}

    @cached_property
    def segment_weights(self) -> dict[str, float]:
        """The share of the journey's customers by segment; they sum to 1."""
        inside = self.graph.names(self.graph.journey_segments)
        weights = {s.id: s.weight for s in self.charter.all_segments if s.id in inside}
        total = sum(weights.values())
        return {segment: weight / total for segment, weight in weights.items()}

    def broken_by_segment(self, verdicts: Iterable[Verdict]) -> dict[str, float | None]:
        """Return by segment named the share of its customers whose path breaks ``verdicts``.

        Where several verdicts are about one segment, that of the most broken one; None where it
        wasn't measured.
        """
        found: dict[str, float | None] = {}
        for verdict in verdicts:
            if verdict.segment is not None:
                share = None
                if verdict.share is not None:
                    concerned = 1.0 if verdict.concerned is None else verdict.concerned
                    share = concerned * (1.0 - verdict.share)
                known = found.get(verdict.segment)
                measured = [part for part in (share, known) if part is not None]
                found[verdict.segment] = max(measured, default=None)
        return found

    @cached_property
    def _stops(self) -> dict[str, Stop]:
        return {stop.name: stop for stop in self.graph.stops}

    def stop(self, name: str) -> Stop:
        """Return the stop called ``name``, such as ``window`` or ``basket@web``."""
        return self._stops[name]

    @cached_property
    def live_touchpoints(self) -> tuple[Touchpoint, ...]:
        """The touchpoints that are there today."""
        return tuple(t for t in self.journey.touchpoints if t.status is Status.LIVE)

    @cached_property
    def _touchpoints(self) -> dict[str, Touchpoint]:
        return {touchpoint.id: touchpoint for touchpoint in self.journey.touchpoints}

    def touchpoint(self, identifier: str) -> Touchpoint | None:
        """Return the touchpoint with an id, whatever its status."""
        return self._touchpoints.get(identifier)

    @cached_property
    def places_of(self) -> dict[str, tuple[int, ...]]:
        """By touchpoint that is there today, the places of its stops in the graph."""
        found: dict[str, tuple[int, ...]] = {}
        for place, stop in enumerate(self.graph.stops):
            found[stop.touchpoint.id] = (*found.get(stop.touchpoint.id, ()), place)
        return found

    def channels_at_fault(self, verdict: Verdict) -> frozenset[str]:
        """Return the channels on any of which a change would mend a broken verdict."""
        if verdict.channel is not None:
            return frozenset([verdict.channel])
        names = [verdict.touchpoint] if verdict.touchpoint else verdict.places
        return frozenset(self._stops[name].channel for name in names if name in self._stops)

    def stop_position(self, name: str) -> Position:
        """Return where the touchpoint of a stop is written; the journey where there is none."""
        stop = self._stops.get(name)
        return stop.touchpoint.position if stop else self.journey.position


@dataclass(frozen=True)
class Landscape:
    """All that rules are asked of, on one day.

    Attributes:
        settings: Each journey with the charter, in the order of their file names.
        today: The day that dates are compared with.
        plans: What the brand means to do, by file name.
        answered: What was answered to the rules that ask of the charter and its journeys; given
            to those that ask of plans, which come after.
    """

    charter: Charter
    settings: tuple[Setting, ...]
    today: datetime.date
    plans: tuple[ActionPlan, ...] = ()
    answered: tuple[Verdict, ...] = ()
