"""The cases drawn at random reach every clause: an oracle that misread one would answer otherwise.

Each mutant is one definition misread. Among the cases of the kinds it concerns some must notice,
and they would as well if it were the engine that misread it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from . import definitions, generate, verdicts, walks
from .definitions import AtMost, ClosesWith, HandOff, NoGap, OpenGraph, OpensWith, PathRule, Record

CASES = range(200)
SEQUENCES = ("carries", "at-most", "opens-with", "closes-with", "no-gap")
PATHS = (*SEQUENCES, "hand-off")
CARRIED = (*PATHS, "everywhere")


def always(answer: Any) -> Callable[..., Any]:
    return lambda *_: answer


def rows_that(ends: Callable[[Any], bool], adds: Callable[[Any], bool]) -> Any:
    """Return a misreading of which visits end a row without the marker and which lengthen it."""

    def rows(rule: NoGap, walk: Any) -> list[int]:
        found = [0]
        for visit in rule.visits(walk):
            if ends(visit):
                found.append(0)
            elif adds(visit):
                found[-1] += 1
        return found

    return rows


def in_alphabetical_order(graph: OpenGraph) -> OpenGraph:
    passages = sorted(graph.passages, key=lambda passage: passage.end.name)
    return OpenGraph(graph.stops, tuple(passages))


def without_parallels(graph: OpenGraph) -> OpenGraph:
    passages = {(p.start, p.end): p for p in reversed(graph.passages)}
    return OpenGraph(graph.stops, tuple(p for p in graph.passages if p in passages.values()))


def without_exits_that_go_on(graph: OpenGraph) -> OpenGraph:
    return OpenGraph(graph.stops, tuple(p for p in graph.passages if not p.start.is_exit))


def without_self_loops(graph: OpenGraph) -> OpenGraph:
    return OpenGraph(graph.stops, tuple(p for p in graph.passages if p.start != p.end))


def with_last_entry_first(graph: OpenGraph) -> OpenGraph:
    return OpenGraph(graph.stops[::-1], graph.passages)


def graph_misread(misreading: Callable[[OpenGraph], OpenGraph]) -> Callable[..., OpenGraph]:
    return lambda journey, segment: misreading(definitions.open_graph(journey, segment))


def channels_sorted(touchpoint: Record) -> list[str]:
    return sorted(touchpoint["channels"] if "channels" in touchpoint else [touchpoint["channel"]])


def mutant(
    misreading: str, kinds: tuple[str, ...], owner: Any, name: str, replacement: Any
) -> list[Any]:
    return [
        pytest.param(kind, owner, name, replacement, id=f"{kind}: {misreading}") for kind in kinds
    ]


MUTANTS = [
    # Which touchpoints and transitions are open
    mutant("planned is live", generate.KINDS, definitions, "is_live", always(True)),
    mutant("open to every segment", CARRIED, definitions, "is_open", always(True)),
    mutant(
        "nobody stays on a channel",
        PATHS,
        definitions,
        "channels_reached",
        lambda step, channel, target: definitions.channels_of(target),
    ),
    mutant(
        "cross isn't read",
        PATHS,
        definitions,
        "channels_reached",
        lambda step, channel, target: (
            [channel]
            if channel in definitions.channels_of(target)
            else definitions.channels_of(target)
        ),
    ),
    mutant("channels in alphabetical order", PATHS, definitions, "channels_of", channels_sorted),
    *(
        mutant(misreading.__name__, kinds, verdicts, "open_graph", graph_misread(misreading))
        for misreading, kinds in {
            in_alphabetical_order: PATHS,
            with_last_entry_first: (*PATHS, "everywhere"),
            without_parallels: ("hand-off",),
            without_exits_that_go_on: CARRIED,
            without_self_loops: ("at-most", "no-gap"),
        }.items()
    ),
    # What carries
    mutant("irritants carry values", CARRIED, definitions, "ROLES_OF_VALUES", definitions.ROLES),
    mutant("where isn't read", CARRIED, definitions, "matches", always(True)),
    mutant(
        "one condition is enough",
        CARRIED,
        definitions,
        "matches",
        lambda charter, selector, stop: (
            not selector or any(definitions.meets(charter, stop, *one) for one in selector.items())
        ),
    ),
    # Which visits are looked at, which paths are concerned
    mutant("not-for isn't read", SEQUENCES, definitions, "is_blank", always(False)),
    mutant("every path is concerned", SEQUENCES, PathRule, "is_concerned", PathRule.has_outcome),
    mutant("every path is concerned", ("hand-off",), HandOff, "is_concerned", PathRule.has_outcome),
    mutant("outcomes aren't read", PATHS, PathRule, "has_outcome", always(True)),
    # The kinds
    *(
        mutant("uncounted visits count", (kind,), owner, "counted", PathRule.visits)
        for kind, owner in {
            "at-most": AtMost,
            "opens-with": OpensWith,
            "closes-with": ClosesWith,
        }.items()
    ),
    mutant(
        "customers can't end a row",
        ("no-gap",),
        NoGap,
        "rows",
        rows_that(lambda v: v.carries and v.is_counted, lambda v: v.is_counted),
    ),
    mutant(
        "customers lengthen a row",
        ("no-gap",),
        NoGap,
        "rows",
        rows_that(lambda v: v.carries, always(True)),
    ),
    mutant(
        "customers always end a row",
        ("no-gap",),
        NoGap,
        "rows",
        rows_that(lambda v: v.carries or not v.is_counted, always(True)),
    ),
    mutant(
        "ends aren't excused", ("hand-off",), HandOff, "end_satisfies", lambda r, s: r.carries(s)
    ),
    mutant("passages carry nothing", ("hand-off",), HandOff, "passage_carries", always(False)),
    mutant(
        "no owner is an owner",
        ("hand-off",),
        HandOff,
        "changes",
        lambda rule, p: (
            getattr(p.start, rule.rule.get("across", "channel"))
            != getattr(p.end, rule.rule.get("across", "channel"))
        ),
    ),
    mutant("off every path", ("everywhere",), verdicts, "lies_on_some_path", always(True)),
    mutant(
        "dead ends too",
        ("everywhere",),
        verdicts,
        "lies_on_some_path",
        lambda graph, stop, _: any(stop in walks.stops_from(graph, e) for e in graph.entries),
    ),
    mutant(
        "outcomes aren't read",
        ("everywhere",),
        verdicts,
        "lies_on_some_path",
        lambda graph, stop, _: walks.lies_on_some_path(graph, stop, None),
    ),
    mutant(
        "customers too",
        ("everywhere",),
        verdicts,
        "everywhere_concerns",
        lambda charter, rule, stop: definitions.matches(charter, rule.get("where", {}), stop),
    ),
    mutant(
        "customers too",
        ("has-expression",),
        verdicts,
        "needs_expression",
        lambda t, marker: definitions.is_live(t) and definitions.tags_of_marker(t, marker) != [],
    ),
    mutant(
        "how isn't read",
        ("has-expression",),
        verdicts,
        "is_expressed",
        lambda charter, t, channel, marker: definitions.is_expressed(
            charter, t | {"markers": [marker]}, channel, marker
        ),
    ),
]


@pytest.mark.parametrize(
    ("kind", "owner", "name", "replacement"), [one for mutants in MUTANTS for one in mutants]
)
def test_some_case_notices_a_misreading(
    kind: str, owner: Any, name: str, replacement: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = answers(kind)
    monkeypatch.setattr(owner, name, replacement)
    assert any(verdicts.verdicts(generate.workspace(kind, s)) != was for s, was in expected.items())


@cache
def answers(kind: str) -> dict[int, list[verdicts.Verdict]]:
    """Return the right answers, by seed."""
    return {seed: verdicts.verdicts(generate.workspace(kind, seed)) for seed in CASES}
