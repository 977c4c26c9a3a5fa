"""The verdicts of a whole workspace, in the fixed order of DESIGN section 6."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .definitions import (
    PATH_KINDS,
    Asked,
    OpenGraph,
    PathRule,
    Record,
    asked_by,
    channels_of,
    everywhere_concerns,
    everywhere_holds,
    is_expressed,
    is_for_journey,
    is_for_segment,
    needs_expression,
    open_graph,
    rules_of,
    scopes,
    segments_of,
    stop_name,
)
from .walks import first_breaking_path, lies_on_some_path, some_path_is_concerned


class Verdict(NamedTuple):
    """One answer, of the oracle or of the system under test, in what both must agree on."""

    rule: str
    journey: str
    segment: str | None
    marker: str | None = None
    value: str | None = None
    channel: str | None = None
    stage: str | None = None
    touchpoint: str | None = None
    verdict: str = "vacuous"
    witness: tuple[str, ...] | None = None

    @classmethod
    def of(cls, other: Any) -> Verdict:
        """Return what an object with these attributes says."""
        said = {field: getattr(other, field) for field in cls._fields}
        return cls(**(said | {"verdict": str(said["verdict"])}))


def verdicts(workspace: Record) -> list[Verdict]:
    """Return every verdict the workspace's rules ask for, in order."""
    charter = workspace["charter"]
    return [
        verdict
        for rule in rules_of(charter)
        for journey in workspace["journeys"]
        if is_for_journey(rule, journey)
        for verdict in verdicts_on_journey(charter, rule, journey)
    ]


def verdicts_on_journey(charter: Record, rule: Record, journey: Record) -> Iterator[Verdict]:
    if rule["kind"] == "has-expression":
        for asked in asked_by(charter, rule):
            yield from expression_verdicts(charter, rule, journey, asked)
        return
    for segment in segments_of(charter, journey):
        if not is_for_segment(rule, segment):
            continue
        graph = open_graph(journey, segment)
        for asked in asked_by(charter, rule):
            scope = Verdict(rule["id"], journey["journey"], segment, asked.marker, asked.value)
            if rule["kind"] == "everywhere":
                yield from everywhere_verdicts(charter, rule, graph, asked, scope)
                continue
            for channel, stage in scopes(charter, rule, asked):
                question = PATH_KINDS[rule["kind"]](charter, rule, asked, channel, stage)
                yield path_verdict(graph, question, scope)


def path_verdict(graph: OpenGraph, question: PathRule, scope: Verdict) -> Verdict:
    scope = scope._replace(channel=question.channel, stage=question.stage)
    witness = first_breaking_path(graph, question)
    if witness is not None:
        return scope._replace(verdict="broken", witness=witness.names)
    if some_path_is_concerned(graph, question):
        return scope._replace(verdict="holds")
    return scope._replace(verdict="vacuous")


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


def expression_verdicts(
    charter: Record, rule: Record, journey: Record, asked: Asked
) -> list[Verdict]:
    scope = Verdict(rule["id"], journey["journey"], None, asked.marker)
    assert asked.marker is not None
    return [
        scope._replace(
            touchpoint=stop_name(touchpoint, channel),
            verdict=word(is_expressed(charter, touchpoint, channel, asked.marker)),
        )
        for touchpoint in journey["touchpoints"]
        if needs_expression(touchpoint, asked.marker)
        for channel in channels_of(touchpoint)
    ] or [scope]


def word(holds: bool) -> str:
    return "holds" if holds else "broken"
