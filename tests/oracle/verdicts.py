"""The verdicts of a whole workspace, in the fixed order of DESIGN section 6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from .customers import basis, expected_visits, share_that_holds
from .definitions import (
    PATH_KINDS,
    Asked,
    EntersAndEndsAsWanted,
    Meets,
    OpenGraph,
    PathRule,
    Record,
    Stop,
    Variety,
    as_part,
    asked_by,
    channels_of,
    everywhere_concerns,
    everywhere_holds,
    ids,
    is_expressed,
    is_for_journey,
    is_for_segment,
    is_live,
    markers_named,
    needs_expression,
    open_graph,
    rules_of,
    scopes,
    segments_of,
    stop_name,
)
from .walks import lies_on_some_path, walks_that_differ

TODAY = date(2026, 11, 1)
TOLERANCE = 1e-9
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Verdict(NamedTuple):
    """One answer, of the oracle or of the system under test, in what both must agree on."""

    rule: str
    journey: str | None
    segment: str | None
    marker: str | None = None
    value: str | None = None
    channel: str | None = None
    stage: str | None = None
    touchpoint: str | None = None
    owner: str | None = None
    verdict: str = "vacuous"
    witness: tuple[str, ...] | None = None
    share: float | None = None
    share_basis: str | None = None

    @classmethod
    def of(cls, other: Any) -> Verdict:
        """Return what an object with these attributes says."""
        said = {field: getattr(other, field) for field in cls._fields}
        words = {field: said[field] and str(said[field]) for field in ("verdict", "share_basis")}
        return cls(**(said | words))

    def agrees_with(self, other: Verdict | None) -> bool:
        """Return whether both say the same, shares within the tolerance."""
        if other is None or self._replace(share=None) != other._replace(share=None):
            return False
        if self.share is None or other.share is None:
            return self.share == other.share
        return abs(self.share - other.share) <= TOLERANCE


@dataclass(frozen=True)
class Map:
    """A journey of a charter, with what is drawn of it once and looked at often."""

    charter: Record
    journey: Record

    @property
    def name(self) -> str:
        return str(self.journey["journey"])

    @cached_property
    def graphs(self) -> dict[str, OpenGraph]:
        """By segment that the journey is for, what is open to it."""
        segments = segments_of(self.charter, self.journey)
        return {segment: open_graph(self.journey, segment) for segment in segments}

    def graphs_asked(self, rule: Record) -> dict[str, OpenGraph]:
        return {s: graph for s, graph in self.graphs.items() if is_for_segment(rule, s)}

    @cached_property
    def bases(self) -> dict[str, str]:
        """By segment, what its shares rest on."""
        return {
            segment: basis(
                self.journey,
                segment,
                graph,
                lambda stop, graph=graph: lies_on_some_path(graph, stop, None),
            )
            for segment, graph in self.graphs.items()
        }


def verdicts(workspace: Record, *, measure: bool = True) -> list[Verdict]:
    """Return all verdicts; without ``measure``, shares only where the rule asks for them."""
    charter = workspace["charter"]
    maps = [Map(charter, journey) for journey in workspace["journeys"]]
    found: list[Verdict] = []
    for rule in rules_of(charter):
        asked = [drawn for drawn in maps if is_for_journey(rule, drawn.journey)]
        match rule["kind"]:
            case "reviewed":
                found += reviewed_verdicts(charter, rule)
            case "adapted":
                found += adapted_verdicts(charter, rule, asked)
            case "targets":
                found += target_verdicts(charter, rule, asked)
            case _:
                for drawn in asked:
                    found += verdicts_on_journey(charter, rule, drawn, measure=measure)
    return found


def verdicts_on_journey(
    charter: Record, rule: Record, drawn: Map, *, measure: bool
) -> Iterator[Verdict]:
    by_kind = {
        "has-expression": expression_verdicts,
        "parity": parity_verdicts,
        "concentration": concentration_verdicts,
        "indicators": indicator_verdicts,
        "ownership": ownership_verdicts,
    }
    if rule["kind"] in by_kind:
        yield from by_kind[rule["kind"]](charter, rule, drawn)
        return
    for segment, graph in drawn.graphs_asked(rule).items():
        if rule["kind"] == "conversion-rises":
            yield from conversion_verdicts(charter, rule, drawn, segment)
            continue
        for asked in asked_by(charter, rule):
            scope = Verdict(rule["id"], drawn.name, segment, asked.marker, asked.value)
            if rule["kind"] == "everywhere":
                yield from everywhere_verdicts(charter, rule, graph, asked, scope)
                continue
            for channel, stage in scopes(charter, rule, asked):
                question = PATH_KINDS[rule["kind"]](charter, rule, asked, channel, stage)
                verdict = path_verdict(graph, question, scope, measure=measure)
                if verdict.share is not None:
                    verdict = verdict._replace(share_basis=drawn.bases[segment])
                yield verdict


def weakest(bases: list[str]) -> str | None:
    return next((word for word in ("assumed", "stated", "observed") if word in bases), None)


def path_verdict(graph: OpenGraph, question: PathRule, scope: Verdict, *, measure: bool) -> Verdict:
    scope = scope._replace(channel=question.channel, stage=question.stage)
    walks = list(walks_that_differ(graph, question))
    if not any(walk.is_path and question.is_concerned(walk) for walk in walks):
        return scope._replace(verdict="vacuous")
    if isinstance(question, Variety) and question.is_too_hard:
        return scope._replace(verdict="inconclusive")
    witness = next((walk for walk in walks if question.is_broken_by(walk)), None)
    share = None
    if measure or "for-share" in question.rule:
        share = share_that_holds(graph, question)
    holds = witness is None
    if "for-share" in question.rule:
        assert share is not None
        holds = share >= float(as_part(question.rule["for-share"])) - TOLERANCE
    return scope._replace(verdict=word(holds), witness=witness and witness.names, share=share)


def everywhere_verdicts(
    charter: Record, rule: Record, graph: OpenGraph, asked: Asked, scope: Verdict
) -> list[Verdict]:
    concerned = [
        stop
        for stop in graph.stops
        if everywhere_concerns(charter, rule, stop)
        and lies_on_some_path(graph, stop, rule.get("outcomes"))
    ]
    return [
        scope._replace(touchpoint=stop.name, verdict=word(everywhere_holds(asked, stop)))
        for stop in concerned
    ] or [scope]


def expression_verdicts(charter: Record, rule: Record, drawn: Map) -> Iterator[Verdict]:
    for asked in asked_by(charter, rule):
        scope = Verdict(rule["id"], drawn.name, None, asked.marker)
        assert asked.marker is not None
        found = [
            scope._replace(
                touchpoint=stop_name(touchpoint, channel),
                verdict=word(is_expressed(charter, touchpoint, channel, asked.marker)),
            )
            for touchpoint in drawn.journey["touchpoints"]
            if needs_expression(touchpoint, asked.marker)
            for channel in channels_of(touchpoint)
        ]
        yield from found or [scope]


def parity_verdicts(charter: Record, rule: Record, drawn: Map) -> Iterator[Verdict]:
    for asked in asked_by(charter, rule):
        scope = Verdict(rule["id"], drawn.name, None, asked.marker, asked.value)
        shares, bases = [], []
        for segment, graph in drawn.graphs_asked(rule).items():
            share = share_that_holds(graph, Meets(charter, rule, asked))
            if share is not None:
                shares.append(share)
                bases.append(drawn.bases[segment])
        if len(shares) < 2:
            yield scope
            continue
        is_equal = max(shares) - min(shares) <= float(as_part(rule["spread"])) + TOLERANCE
        yield scope._replace(verdict=word(is_equal), share_basis=weakest(bases))


def concentration_verdicts(charter: Record, rule: Record, drawn: Map) -> Iterator[Verdict]:
    """Segments weigh as the charter says; what has no owner is in the whole, but is no star."""
    by = rule.get("by", "touchpoint")
    weights = {segment["id"]: segment.get("weight", 1) for segment in charter.get("segments", [])}
    graphs = drawn.graphs_asked(rule)
    visits = {
        segment: expected_visits(graph, rule.get("outcomes")) for segment, graph in graphs.items()
    }
    bases = [drawn.bases[segment] for segment in graphs if visits[segment]]
    for asked in asked_by(charter, rule):
        scope = Verdict(rule["id"], drawn.name, None, asked.marker, asked.value)
        question = Meets(charter, rule, asked)
        met: dict[str, float] = {}
        stops: dict[str, Stop] = {}
        for segment, graph in graphs.items():
            for stop in graph.stops:
                if stop.is_counted and question.carries(stop) and visits[segment].get(stop.name):
                    often = float(weights.get(segment, 1)) * visits[segment][stop.name]
                    met[stop.name] = met.get(stop.name, 0.0) + often
                    stops[stop.name] = stop
        if not met:
            yield scope
            continue
        of_whom = {name: getattr(stop, by) for name, stop in stops.items()}
        if by == "touchpoint":
            of_whom = {name: name for name in stops}
        for star in stars(charter, drawn.journey, by):
            provided = [often for name, often in met.items() if of_whom[name] == star]
            if provided:
                part = sum(provided) / sum(met.values())
                holds = part <= float(as_part(rule["at-most"])) + TOLERANCE
                verdict = scope._replace(verdict=word(holds), share_basis=weakest(bases))
                yield verdict._replace(**{by: star})
        if not any(of_whom.values()):
            yield scope


def stars(charter: Record, journey: Record, by: str) -> list[str]:
    """Return who or what might provide too much, in order."""
    live = [touchpoint for touchpoint in journey["touchpoints"] if is_live(touchpoint)]
    match by:
        case "channel":
            return ids(charter["channels"])
        case "owner":
            return list(dict.fromkeys(t["owner"] for t in live if "owner" in t))
    return [
        stop_name(touchpoint, channel) for touchpoint in live for channel in channels_of(touchpoint)
    ]


def indicator_verdicts(charter: Record, rule: Record, drawn: Map) -> list[Verdict]:
    """A stage is there where something counted and live is; anything live there may watch it.

    So may what the charter says of the stage.
    """
    scope = Verdict(rule["id"], drawn.name, None)
    found = []
    for stage in charter["stages"]:
        there = [
            touchpoint
            for touchpoint in drawn.journey["touchpoints"]
            if is_live(touchpoint) and touchpoint["stage"] == stage["id"]
        ]
        if any(touchpoint.get("control") != "customer" for touchpoint in there):
            holds = all(
                any(place.get("indicators", {}).get(sort) for place in [stage, *there])
                for sort in ("quantitative", "qualitative")
            )
            found.append(scope._replace(stage=stage["id"], verdict=word(holds)))
    return found or [scope]


def target_verdicts(charter: Record, rule: Record, asked: list[Map]) -> list[Verdict]:
    """Stages are asked where every journey is; a touchpoint is one, whatever its channels."""
    scope = Verdict(rule["id"], None, None)
    found = []
    for stage in charter["stages"] if "journeys" not in rule else ():
        answers = target_answers(rule, stage)
        if answers:
            found.append(scope._replace(stage=stage["id"], verdict=word(all(answers))))
    for drawn in asked:
        scope = Verdict(rule["id"], drawn.name, None)
        answered = [
            scope._replace(touchpoint=touchpoint["id"], verdict=word(all(answers)))
            for touchpoint in drawn.journey["touchpoints"]
            if is_live(touchpoint) and (answers := target_answers(rule, touchpoint))
        ]
        found += answered or [scope]
    return found


def target_answers(rule: Record, place: Record) -> list[bool]:
    """Return what there is to compare at a place, each as whether it is near enough."""
    within = as_part(rule.get("within", "0%"))
    deviation = as_part(rule.get("deviation", "10%"))
    answers = []
    for sort, indicators in place.get("indicators", {}).items():
        for each in indicators:
            said = each if isinstance(each, dict) else {}
            target, observed, forecast = (
                Fraction(str(said[key])) if NUMBER.fullmatch(str(said.get(key))) else None
                for key in ("target", "observed", "forecast")
            )
            least, most = said.get("scale", (1, 5))
            if observed is None:
                continue
            if target is not None:
                size = most - least if sort == "qualitative" else abs(target)
                sign = -1 if said.get("better") == "lower" else 1
                answers.append(sign * (target - observed) <= within * size)
            if forecast is not None:
                size = most - least if sort == "qualitative" else abs(forecast)
                answers.append(abs(observed - forecast) <= deviation * size)
    return answers


def ownership_verdicts(charter: Record, rule: Record, drawn: Map) -> list[Verdict]:
    scope = Verdict(rule["id"], drawn.name, None)
    counted = [
        touchpoint
        for touchpoint in drawn.journey["touchpoints"]
        if is_live(touchpoint) and touchpoint.get("control") != "customer"
    ]
    found = [
        scope._replace(
            touchpoint=stop_name(touchpoint, channel), verdict=word("owner" in touchpoint)
        )
        for touchpoint in counted
        for channel in channels_of(touchpoint)
    ]
    for owner in dict.fromkeys(t["owner"] for t in counted if "owner" in t):
        stages = {touchpoint["stage"] for touchpoint in counted if touchpoint.get("owner") == owner}
        holds = len(stages) <= rule.get("stages-at-most", 2)
        found.append(scope._replace(owner=owner, verdict=word(holds)))
    return found or [scope]


def conversion_verdicts(charter: Record, rule: Record, drawn: Map, segment: str) -> list[Verdict]:
    """Each stage that is entered is compared with the last one before it that is, in order."""
    scope = Verdict(rule["id"], drawn.name, segment)
    graph = drawn.graphs[segment]
    wanted = [
        outcome["id"] for outcome in drawn.journey.get("outcomes", []) if outcome.get("wanted")
    ]
    if not wanted:
        return [scope]
    chances = []
    for stage in ids(charter["stages"]):
        question = EntersAndEndsAsWanted(
            charter, {"wanted": wanted}, Asked(frozenset()), stage=stage
        )
        chance = share_that_holds(graph, question)
        if chance is not None:
            chances.append((stage, chance))
    return [
        scope._replace(
            stage=stage,
            verdict=word(chance >= before - TOLERANCE),
            share_basis=drawn.bases[segment],
        )
        for (_, before), (stage, chance) in pairwise(chances)
    ] or [scope]


def adapted_verdicts(charter: Record, rule: Record, maps: list[Map]) -> list[Verdict]:
    found = []
    for segment in charter.get("segments", []):
        if segment.get("priority") != "high" or not is_for_segment(rule, segment["id"]):
            continue
        for marker in markers_named(charter, rule.get("markers", "every")):
            verdict = Verdict(rule["id"], None, segment["id"], marker)
            record = next(m for m in charter["markers"] if m["id"] == marker)
            if any(is_met(drawn, segment["id"], marker) for drawn in maps):
                is_adapted = segment["id"] in record.get("adaptations", {})
                verdict = verdict._replace(verdict=word(is_adapted))
            found.append(verdict)
    return found or [Verdict(rule["id"], None, None)]


def is_met(drawn: Map, segment: str, marker: str) -> bool:
    """Return whether a path of the segment has a counted visit that carries the marker."""
    if segment not in drawn.graphs:
        return False
    graph = drawn.graphs[segment]
    return any(
        stop.is_counted and marker in stop.markers and lies_on_some_path(graph, stop, None)
        for stop in graph.stops
    )


def reviewed_verdicts(charter: Record, rule: Record) -> list[Verdict]:
    found = []
    for marker, record in [(None, charter), *((m["id"], m) for m in charter["markers"])]:
        holds = (
            "reviewed" in record
            and (TODAY - date.fromisoformat(record["reviewed"])).days <= rule["days"]
        )
        found.append(Verdict(rule["id"], None, None, marker, verdict=word(holds)))
    return found


def word(holds: bool) -> str:
    return "holds" if holds else "broken"
