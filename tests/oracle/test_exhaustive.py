"""Every graph of up to three touchpoints: the engine answers as pure enumeration does.

All sets of transitions (loops included), of entries and of exits, and all ways to place what the
kind can tell apart. Graphs that are the same under other names count once, and those with a
touchpoint on no path not at all, since they are smaller ones. That makes 4 graphs of one
touchpoint, 148 of two and 17,424 of three where customers may run any of them, 2,216 of three where
they run none; times 2, 4 and 8 ways to place a marker.

The engine is asked of all of them at once: each set of transitions is what is open to a segment of
its own, each way to place a marker is a marker of its own.

Enumerated are all walks of up to eight touchpoints, in the order of witnesses. No shortest breaking
path is longer: it comes to what begins a row or waits for an answer (three touchpoints at most), on
to the visit that breaks (three more, where customers run what lies between), and out (two more). A
path that meets nothing needs only come to a visit that counts, and out: five touchpoints.

`EXHAUSTIVE=1` asks all of that (`make oracle`). Without it, of three touchpoints, customers may run
some for `carries` alone, and where a second thing is placed it is in every fifth of the ways.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from itertools import combinations_with_replacement, pairwise, permutations, product
from typing import Any, NamedTuple

import numpy
import pytest

from . import generate
from .comparison import engine_on
from .definitions import PATH_KINDS, Asked, PathRule, Record, Stop, Walk, stop_of

pytestmark = pytest.mark.oracle

LONGEST = 8
NEVER = 1_000_000
IS_EXHAUSTIVE = os.environ.get("EXHAUSTIVE") == "1"
NAMES = ("home", "chat", "paid")
ROLES = ("carried", "after", "one", "other")
"""What is placed, called by what a rule speaks of it as."""
CHARTER: Record = {"markers": [{"id": role} for role in ROLES]}
CONTROL: dict[bool, Record] = {False: {}, True: {"control": "customer"}}


class Shape(NamedTuple):
    """Touchpoints without transitions: by touchpoint, whether it is entry, exit, the customer's."""

    entries: tuple[bool, ...]
    exits: tuple[bool, ...]
    customers: tuple[bool, ...]

    @classmethod
    def all(cls, size: int, *, with_customers: bool) -> Iterator[Shape]:
        sorts = product((True, False), (True, False), (False, True)[: 1 + with_customers])
        for touchpoints in combinations_with_replacement(sorts, size):
            shape = cls(*zip(*touchpoints, strict=True))
            if any(shape.entries) and any(shape.exits):
                yield shape

    @property
    def places(self) -> range:
        return range(len(self.entries))

    def sets_of_transitions(self) -> list[int]:
        """Return those by which each touchpoint lies on a path, one of those that are the same.

        The bit of a transition is start times size plus end.
        """
        size = len(self.entries)
        same = [
            names
            for names in permutations(self.places)
            if all(tuple(of[n] for n in names) == of for of in self)
        ]
        found = []
        for transitions in range(1 << size * size):
            ways = [divmod(bit, size) for bit in range(size * size) if transitions >> bit & 1]
            others = (sum(1 << names[a] * size + names[b] for a, b in ways) for names in same)
            back = [(b, a) for a, b in ways]
            is_walked = _lead_everywhere(self.entries, ways) and _lead_everywhere(self.exits, back)
            if is_walked and transitions == min(others):
                found.append(transitions)
        return found


def _lead_everywhere(starts: tuple[bool, ...], ways: list[tuple[int, int]]) -> bool:
    """Return whether the ways lead from some of the starts to every touchpoint."""
    reached = {place for place, is_start in enumerate(starts) if is_start}
    for _ in starts:
        reached |= {b for a, b in ways if a in reached}
    return len(reached) == len(starts)


# ── By enumeration ───────────────────────────────────────────────────────────────────────────

Letter = tuple[bool, frozenset[str]]
"""Whether customers run a touchpoint, and what of the things placed is there."""


@cache
def walks(size: int) -> list[tuple[int, ...]]:
    """Return all of them, by length, then by entry, then step by step."""
    lengths = range(1, LONGEST + 1)
    return [walk for length in lengths for walk in product(range(size), repeat=length)]


@cache
def transitions_taken(size: int) -> list[int]:
    """Return the set of transitions of each walk."""
    return [sum(1 << a * size + b for a, b in set(pairwise(walk))) for walk in walks(size)]


@cache
def stop_with(letter: Letter) -> Stop:
    """Return a touchpoint of which nothing else matters."""
    is_customers, things = letter
    anywhere: Record = {"id": "x", "stage": "all", "channel": "web", "entry": True, "exit": "y"}
    return stop_of(
        anywhere | {"markers": sorted(things)} | CONTROL[is_customers], "web", "everyone"
    )


class Enumeration:
    """One rule asked of every walk; what it says of a row of letters is worked out once."""

    def __init__(self, question: PathRule, longest: int) -> None:
        self.question = question
        self.longest = longest
        self.means = cache(self._means)
        self.first_walks = cache(self._first_walks)

    def _means(self, letters: tuple[Letter, ...]) -> tuple[bool, bool]:
        """Return whether a path of such touchpoints is concerned, and whether it breaks."""
        path = Walk(tuple(map(stop_with, letters)))
        return self.question.is_concerned(path), self.question.is_broken_by(path)

    def _first_walks(self, letters: tuple[Letter, ...]) -> tuple[Any, Any]:
        """Return the first walk that concerns, and that breaks, by both ends and transitions."""
        size = len(letters)
        sets = numpy.arange(1 << size * size)
        concerned, breaking = numpy.full((2, size, size, len(sets)), NEVER)
        for number, (walk, taken) in enumerate(
            zip(walks(size), transitions_taken(size), strict=True)
        ):
            if len(walk) > self.longest:
                break
            ends = walk[0], walk[-1]
            if breaking[(*ends, taken)] < number:
                continue  # Wherever this walk can be walked, an earlier one breaks.
            is_concerned, is_broken = self.means(tuple(letters[place] for place in walk))
            if is_concerned:
                can_walk = (sets & taken) == taken
                for first in (concerned, breaking)[: 1 + is_broken]:
                    numpy.minimum(first[ends], number, out=first[ends], where=can_walk)
        return concerned, breaking

    def answers(self, shape: Shape, things: tuple[frozenset[str], ...]) -> list[Any]:
        """Return by set of transitions the verdict and the witness."""
        letters = tuple(zip(shape.customers, things, strict=True))
        ends = [
            (first, last)
            for first, last in product(shape.places, repeat=2)
            if shape.entries[first] and shape.exits[last]
        ]
        concerned, breaking = (
            numpy.min([table[both] for both in ends], axis=0).tolist()
            for table in self.first_walks(letters)
        )
        found = walks(len(letters))
        return [
            ("broken", tuple(NAMES[place] for place in found[walk]))
            if walk < NEVER
            else ("holds" if some < NEVER else "vacuous", None)
            for some, walk in zip(concerned, breaking, strict=True)
        ]


# ── By the engine ────────────────────────────────────────────────────────────────────────────


def is_there(place: int, placement: int) -> bool:
    """Return whether a marker called by the number of its placement is at a touchpoint."""
    return bool(placement >> place & 1)


def journey(shape: Shape) -> Record:
    """Return a journey of which segment ``t5`` sees just the set 5 of transitions."""
    size = len(shape.places)
    sets = shape.sets_of_transitions()

    def step(start: int, end: int) -> Record:
        open_to = [f"t{number}" for number in sets if number >> start * size + end & 1]
        return {"to": NAMES[end], "segments": open_to}

    touchpoints = [
        {
            "id": NAMES[place],
            "stage": "all",
            "channel": "web",
            "markers": [f"m{number}" for number in range(1 << size) if is_there(place, number)],
            "next": [s for s in (step(place, end) for end in shape.places) if s["segments"]],
        }
        | CONTROL[shape.customers[place]]
        | ({"entry": True} if shape.entries[place] else {})
        | ({"exit": "done"} if shape.exits[place] else {})
        for place in shape.places
    ]
    return {"segments": [f"t{number}" for number in sets], "touchpoints": touchpoints}


def workspace(shapes: list[Shape], rules: list[Record]) -> Record:
    size = len(shapes[0].places)
    charter = {
        "charter": 1,
        "brand": "Every one",
        "channels": [{"id": "web"}],
        "stages": [{"id": "all"}],
        "segments": [{"id": f"t{number}"} for number in range(1 << size * size)],
        "markers": [{"id": f"m{number}", "name": "Here"} for number in range(1 << size)],
        "rules": rules,
    }
    journeys = [journey(shape) | {"journey": f"j{n}"} for n, shape in enumerate(shapes)]
    return {"charter": charter, "journeys": journeys}


# ── Both ─────────────────────────────────────────────────────────────────────────────────────


class Case(NamedTuple):
    """A rule of the kind; what it speaks of by role is placed in all ways.

    Attributes:
        others: Roles besides what is to be carried, each an option of the rule.
        carries: Whether it asks for something to be carried.
        longest: No shortest breaking path is longer.
    """

    rule: Record
    others: tuple[str, ...] = ()
    carries: bool = True
    longest: int = LONGEST

    def asked_of_placements(self, size: int) -> list[tuple[Record, tuple[int, ...]]]:
        """Return a rule for each way to place the others, with their placements."""
        found = []
        # What excludes each other may change places: of both ways one is enough.
        ways = list(combinations_with_replacement(range(1 << size), len(self.others)))
        if size == 3 and self.others and not IS_EXHAUSTIVE:
            ways = ways[1::5]
        for placements in ways:
            selectors = {
                role: {"marker": f"m{placement}"}
                for role, placement in zip(self.others, placements, strict=True)
            }
            every = {"markers": "every"} if self.carries else {}
            found.append((self.rule | selectors | every, placements))
        return found

    @property
    def question(self) -> PathRule:
        """The rule as enumeration asks it, of things called by their roles."""
        rule = self.rule | {role: {"marker": role} for role in self.others}
        return PATH_KINDS[rule["kind"]](CHARTER, rule, Asked(frozenset({"carried"})))


CASES = {
    "carries": Case({"kind": "carries"}, longest=5),
    "no-gap": Case({"kind": "no-gap", "longest": 1}),
    "follows": Case({"kind": "follows"}, ("after",)),
    "follows within": Case({"kind": "follows", "within": 1}, ("after",)),
    "excludes on the path": Case({"kind": "excludes"}, ("one", "other"), carries=False),
    "excludes on a touchpoint": Case(
        {"kind": "excludes", "on": "touchpoint"}, ("one", "other"), carries=False
    ),
    "excludes on a step": Case({"kind": "excludes", "on": "step"}, ("one", "other"), carries=False),
}


def differences(case: Case, size: int, *, with_customers: bool) -> tuple[int, list[str]]:
    """Return how many answers were compared, and what differs."""
    shapes = list(Shape.all(size, with_customers=with_customers))
    asked = case.asked_of_placements(size)
    rules = [rule | {"id": f"r{number}"} for number, (rule, _) in enumerate(asked)]
    enumeration = Enumeration(case.question, case.longest)

    @cache
    def answers(rule: str, journey: str, marker: str | None) -> Any:
        placements = dict(zip(case.others, asked[int(rule[1:])][1], strict=True))
        if marker is not None:
            placements["carried"] = int(marker[1:])
        shape = shapes[int(journey[1:])]
        things = tuple(
            frozenset(role for role, where in placements.items() if is_there(place, where))
            for place in shape.places
        )
        return enumeration.answers(shape, things)

    compared, found = 0, []
    for said in engine_on(generate.files(workspace(shapes, rules)), measure=False):
        assert said.journey is not None
        assert said.segment is not None
        right = answers(said.rule, said.journey, said.marker)[int(said.segment[1:])]
        compared += 1
        if (said.verdict, said.witness) != right:
            shape = shapes[int(said.journey[1:])]
            found.append(f"{rules[int(said.rule[1:])]} on {shape}: {said}, enumerated: {right}")
    return compared, found


GRAPHS = {1: 4, 2: 148, 3: 17_424}
GRAPHS_OF_THE_BRAND = 2_216


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_graph_is_answered_as_enumeration_does(case: Case, size: int) -> None:
    """Of three touchpoints of which two things are placed, customers run none."""
    with_customers = size < 3 or (not case.others and (IS_EXHAUSTIVE or case == CASES["carries"]))
    compared, found = differences(case, size, with_customers=with_customers)
    assert not found, f"{len(found)} differ, such as {found[0]}"
    graphs = GRAPHS[size] if with_customers else GRAPHS_OF_THE_BRAND
    placements = len(case.asked_of_placements(size)) * (1 << size) ** case.carries
    assert compared == graphs * placements
