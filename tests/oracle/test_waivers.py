"""Waivers against brute force: of enumerated paths, those through a waived touchpoint put aside.

A definition is asked of each walk as ever, and only which walks are looked at is narrowed by
where they pass. The engine never enumerates a walk and asks an automaton of its own making.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from charter.checker import check
from charter.findings import Status
from charter.workspace import read_files
from journeys import ways

from . import generate
from .comparison import SEEDS
from .definitions import (
    PATH_KINDS,
    OpenGraph,
    PathRule,
    Record,
    Walk,
    asked_by,
    is_for_journey,
    rules_of,
    scopes,
)
from .verdicts import TODAY, Map, Verdict, path_verdict
from .walks import walks_that_differ

pytestmark = pytest.mark.oracle


@dataclass(frozen=True)
class Narrowed(PathRule):
    """A rule asked only of paths that visit some touchpoints, or only of those that don't."""

    within: PathRule | None = None
    touchpoints: frozenset[str] = frozenset()
    is_visited: bool = False

    @property
    def asks(self) -> PathRule:
        assert self.within is not None
        return self.within

    def is_through(self, walk: Walk) -> bool:
        return any(stop.touchpoint in self.touchpoints for stop in walk.stops)

    def is_concerned(self, path: Walk) -> bool:
        return self.is_through(path) is self.is_visited and self.asks.is_concerned(path)

    def holds(self, path: Walk) -> bool:
        return self.asks.holds(path)

    def summary(self, walk: Walk) -> Hashable:
        return self.is_through(walk), self.asks.summary(walk)


def narrowed(question: PathRule, touchpoints: set[str], *, is_visited: bool) -> Narrowed:
    return Narrowed(
        question.charter,
        question.rule,
        question.asked,
        question.channel,
        question.stage,
        question,
        frozenset(touchpoints),
        is_visited,
    )


def drawn(kind: str, seed: int) -> tuple[Record, list[Record]]:
    """Return a workspace and waivers at random; of its rules, many ask for a share."""
    workspace = generate.workspace(kind, seed)
    random = Random(f"waivers/{seed}")
    for rule in rules_of(workspace["charter"]):
        if random.random() < 0.4:
            rule["for-share"] = f"{random.randint(20, 90)}%"
    return workspace, waivers(workspace, random)


def waivers(workspace: Record, random: Random) -> list[Record]:
    """Return some waivers of the rules and journeys that there are."""
    segments = [s["id"] for s in workspace["charter"].get("segments", [{"id": "everyone"}])]
    found = []
    for rule in rules_of(workspace["charter"]):
        for journey in workspace["journeys"]:
            for _ in range(random.randint(0, 3)):
                waiver = {
                    "rule": rule["id"],
                    "journey": journey["journey"],
                    "reason": "Agreed.",
                    "owner": "retail",
                    "expires": TODAY.isoformat(),
                }
                if random.random() < 0.3:
                    waiver["segment"] = random.choice(segments)
                if random.random() < 0.9:
                    waiver["through"] = random.choice(journey["touchpoints"])["id"]
                found.append(waiver)
    return found


@dataclass(frozen=True)
class Waived:
    """What is said of a verdict: its status, its witness, and which waivers cover it."""

    status: str
    witness: tuple[str, ...] | None
    waivers: tuple[int, ...]


def right(workspace: Record, listed: list[Record]) -> list[Waived]:
    """Return by verdict what the definitions say, from walks alone."""
    charter = workspace["charter"]
    found = []
    for rule in rules_of(charter):
        for journey in workspace["journeys"]:
            if not is_for_journey(rule, journey):
                continue
            for segment, graph in Map(charter, journey).graphs_asked(rule).items():
                about = [
                    number
                    for number, waiver in enumerate(listed)
                    if (waiver["rule"], waiver["journey"]) == (rule["id"], journey["journey"])
                    and waiver.get("segment", segment) == segment
                ]
                for asked in asked_by(charter, rule):
                    for channel, stage in scopes(charter, rule, asked):
                        question = PATH_KINDS[rule["kind"]](charter, rule, asked, channel, stage)
                        found.append(right_of(graph, question, about, listed))
    return found


def right_of(
    graph: OpenGraph, question: PathRule, about: list[int], listed: list[Record]
) -> Waived:
    scope = Verdict("", "", "", None, None)
    verdict = path_verdict(graph, question, scope, measure=False)
    if verdict.verdict != "broken":
        return Waived(Status.OPEN, verdict.witness, ())
    whole = [number for number in about if "through" not in listed[number]]
    through = [number for number in about if "through" in listed[number]]
    covering = [
        number
        for number in through
        if breaks(graph, narrowed(question, {listed[number]["through"]}, is_visited=True))
    ]
    waived = (*whole, *covering)
    touchpoints = {listed[number]["through"] for number in through}
    rest = path_verdict(
        graph, narrowed(question, touchpoints, is_visited=False), scope, measure=False
    )
    if not covering or (whole and rest.verdict == "broken"):
        return Waived(Status.WAIVED if whole else Status.OPEN, verdict.witness, waived)
    if rest.verdict == "broken":
        return Waived(Status.OPEN, rest.witness, waived)
    return Waived(Status.WAIVED, verdict.witness, waived)


def breaks(graph: OpenGraph, question: PathRule) -> bool:
    return any(question.is_broken_by(walk) for walk in walks_that_differ(graph, question))


def engine(workspace: Record, listed: list[Record]) -> tuple[list[Waived], set[int]]:
    """Return by verdict what the system under test says, and which waivers it finds idle."""
    read = read_files(generate.files(workspace) | {"waivers.yaml": json.dumps(listed)})
    numbers = {waiver.position: number for number, waiver in enumerate(read.waivers)}
    report = check(read, today=TODAY)
    said = [
        Waived(v.status, v.witness, tuple(numbers[w.position] for w in v.waivers))
        for v in report.verdicts
    ]
    return said, {numbers[f.position] for f in report.findings if f.code == "CH902"}


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_what_is_waived_and_what_is_left_agree_with_enumeration(kind: str) -> None:
    """Witnesses of the rest, too; and a waiver is idle that covers no breaking path."""
    seen: Counter[Any] = Counter()
    for seed in SEEDS:
        workspace, listed = drawn(kind, seed)
        if not listed:
            continue
        expected = right(workspace, listed)
        said, idle = engine(workspace, listed)
        assert said == expected, f"{kind}, seed {seed}\n{listed}"
        assert idle == set(range(len(listed))) - {n for each in expected for n in each.waivers}
        seen.update((each.status, bool(each.waivers)) for each in expected)
    # Else the test would agree about nothing.
    assert all(seen[case] for case in ((Status.OPEN, True), (Status.WAIVED, True))), seen


@pytest.mark.parametrize("kind", ["carries", "hand-off", "precedes"])
def test_large_journeys_are_searched_alike(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same questions, answered a level at a time in NumPy."""
    monkeypatch.setattr(ways, "LARGE", 0)
    for seed in SEEDS[:50]:
        workspace, listed = drawn(kind, seed)
        if listed:
            assert engine(workspace, listed)[0] == right(workspace, listed), f"{kind}, seed {seed}"
