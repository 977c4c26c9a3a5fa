"""The cases drawn at random reach every clause: an oracle that misread one would answer otherwise.

Each mutant is one definition misread. Among the cases of the kinds it concerns some must notice,
and they would as well if it were the engine that misread it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from . import customers, definitions, generate, verdicts, walks
from .definitions import (
    AtMost,
    ClosesWith,
    Excludes,
    Follows,
    HandOff,
    Meets,
    NoGap,
    NoLowEnd,
    OpenGraph,
    OpensWith,
    PathRule,
    Peak,
    Precedes,
    Record,
    Variety,
)

CASES = range(200)
COUNTED = ("carries", "at-most", "opens-with", "closes-with", "no-gap", "peak")
SEQUENCES = (*COUNTED, "variety")
TRIGGERED = ("follows", "precedes")
PATHS = (*SEQUENCES, *TRIGGERED, "hand-off")
EVERY_PATH = (*PATHS, "excludes", "no-low-end")
CARRIED = (*PATHS, "everywhere")
OF_VALUES = tuple(kind for kind in CARRIED if kind != "variety")
MEASURED = (*EVERY_PATH, "parity", "concentration", "conversion-rises")
# Others seldom depend on how many come on which channel, or don't tell how much.
SPREAD = (*(kind for kind in EVERY_PATH if kind != "variety"), "concentration")


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


def carries_unless_triggering(rule: Any, stop: Any) -> bool:
    return PathRule.carries(rule, stop) and not rule.triggers(stop)


right_waits = Follows.waits
right_highest = Peak.highest


def waits_without_limit(rule: Follows, walk: Any) -> list[int]:
    unlimited = {key: said for key, said in rule.rule.items() if key != "within"}
    return [0] if right_waits(replace(rule, rule=unlimited), walk) else []


def waits_of_the_last(rule: Follows, walk: Any) -> list[int]:
    return right_waits(rule, walk)[-1:] if rule.triggers(walk.stops[-1]) else []


def only_forward(rule: Excludes, place: int, other: int) -> bool:
    return (
        0 <= other - place <= {"path": 99, "touchpoint": 0, "step": 1}[rule.rule.get("on", "path")]
    )


def met_counted_twice(rule: Variety, walk: Any) -> Any:
    often = Counter(m for stop in rule.seen(walk) for m in stop.markers & rule.asked.markers)
    return frozenset(
        (m, min(times, 2) - n) for m, times in often.items() for n in range(min(times, 2))
    )


def lowest(rule: Peak, walk: Any) -> Any:
    counted = rule.seen_and_counted(walk)
    return [s for s in counted if s.emotion == min(stop.emotion for stop in counted)]


def equal_portions(touchpoint: Record) -> dict[str, Fraction]:
    channels = definitions.channels_of(touchpoint)
    return dict.fromkeys(channels, Fraction(1, len(channels)))


def chance_never_to_end(graph: OpenGraph, path: Any) -> Fraction:
    """Return a chance in which ends weigh only where nothing leads on."""
    chance = customers.chance_to_begin(graph, path.stops[0])
    for passage in path.passages:
        chance *= passage.weight / sum(p.weight for p in graph.leaving(passage.start))
    return chance * (not graph.leaving(path.stops[-1]))


def mutant(
    misreading: str, kinds: tuple[str, ...], owner: Any, name: str, replacement: Any
) -> list[Any]:
    return [
        pytest.param(kind, owner, name, replacement, id=f"{kind}: {misreading}") for kind in kinds
    ]


MUTANTS = [
    # Which touchpoints and transitions are open
    mutant(
        "planned is live",
        (*EVERY_PATH, *generate.TOUCHPOINT_KINDS, "conversion-rises"),
        definitions,
        "is_live",
        always(True),
    ),
    mutant("planned is live", ("indicators", "ownership"), verdicts, "is_live", always(True)),
    mutant("open to every segment", (*CARRIED, *MEASURED), definitions, "is_open", always(True)),
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
    mutant("irritants carry values", OF_VALUES, definitions, "ROLES_OF_VALUES", definitions.ROLES),
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
    mutant("outcomes aren't read", EVERY_PATH, PathRule, "has_outcome", always(True)),
    # The kinds
    *(
        mutant("uncounted visits count", (kind,), owner, "counted", PathRule.visits)
        for kind, owner in {
            "at-most": AtMost,
            "opens-with": OpensWith,
            "closes-with": ClosesWith,
        }.items()
    ),
    *(
        mutant("what customers run counts", (kind,), owner, "seen_and_counted", PathRule.seen)
        for kind, owner in {"excludes": Excludes, "peak": Peak, "no-low-end": NoLowEnd}.items()
    ),
    mutant(
        "what customers carry isn't met",
        ("variety",),
        Variety,
        "seen",
        lambda rule, walk: [stop for stop in PathRule.seen(rule, walk) if stop.is_counted],
    ),
    *(
        mutant(
            "customers trigger",
            (kind,),
            owner,
            "triggers",
            lambda rule, stop, key=key: definitions.matches(rule.charter, rule.rule[key], stop),
        )
        for kind, owner, key in (("follows", Follows, "after"), ("precedes", Precedes, "before"))
    ),
    *(
        mutant("what triggers can't carry", (kind,), owner, "carries", carries_unless_triggering)
        for kind, owner in {"follows": Follows, "precedes": Precedes}.items()
    ),
    mutant("within isn't read", ("follows",), Follows, "waits", waits_without_limit),
    mutant("the last row is enough", ("follows",), Follows, "waits", waits_of_the_last),
    mutant(
        "later is as good",
        ("precedes",),
        Precedes,
        "holds",
        lambda r, p: any(map(r.carries, r.seen(p))),
    ),
    mutant("near is anywhere", ("excludes",), Excludes, "is_near", always(True)),
    mutant("near is here", ("excludes",), Excludes, "is_near", lambda r, i, j: i == j),
    mutant("one before the other", ("excludes",), Excludes, "is_near", only_forward),
    mutant("the same one twice", ("variety",), Variety, "met", met_counted_twice),
    mutant("one peak is enough", ("peak",), Peak, "highest", lambda r, w: right_highest(r, w)[:1]),
    mutant("emotions aren't read", ("peak",), Peak, "highest", PathRule.seen_and_counted),
    mutant("lowest is highest", ("peak",), Peak, "highest", lowest),
    # Customers
    mutant("shares aren't read", MEASURED, definitions, "weight_for", always(Fraction(1))),
    mutant("channels are alike", SPREAD, definitions, "portions_of", equal_portions),
    mutant("nobody ends but at dead ends", MEASURED, customers, "chance_of", chance_never_to_end),
    mutant("all is stated", MEASURED, customers, "is_said", always(True)),
    mutant("nothing is stated", MEASURED, customers, "is_said", always(False)),
    mutant("what customers run counts", ("parity",), Meets, "counted", PathRule.visits),
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
    measure = (
        owner is customers
        or kind in ("parity", "concentration", "conversion-rises")
        or (name in ("weight_for", "portions_of"))
    )

    def is_noticed(seed: int) -> bool:
        monkeypatch.setattr(owner, name, replacement)
        try:
            said = verdicts.verdicts(case(kind, seed), measure=measure)
        except AssertionError:
            return True  # It contradicts itself.
        finally:
            monkeypatch.undo()
        return said != answer(kind, seed, measure)

    assert any(is_noticed(seed) for seed in CASES)


@cache
def case(kind: str, seed: int) -> Record:
    """Return a case, which every misreading of its kind is asked of."""
    return generate.workspace(kind, seed)


@cache
def answer(kind: str, seed: int, measure: bool) -> list[verdicts.Verdict]:
    """Return the right answer."""
    return verdicts.verdicts(case(kind, seed), measure=measure)
