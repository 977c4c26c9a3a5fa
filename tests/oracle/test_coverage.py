"""Coverage against its definition, walk by walk, on random workspaces.

`COVERAGE_CASES` says how many workspaces are drawn (200).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from charter.coverage import Counted, Coverage, Coverages, coverage
from charter.workspace import read_files

from . import generate
from .customers import Crowd, basis, number_of_walks, paths
from .definitions import OpenGraph, Record, Stop, Walk, ids, is_blank, open_graph, segments_of
from .verdicts import TOLERANCE
from .walks import lies_on_some_path, walks_that_differ

CASES = int(os.environ.get("COVERAGE_CASES", "200"))
PILLARS = ("warmth", "candour", "craft", "calm")


def workspace(seed: int) -> Record:
    """Return a workspace whose markers serve some of four values; every ninth has no values."""
    random = Random(seed)
    record = generate.workspace(random.choice(["variety", "carries", "parity"]), seed)
    charter = record["charter"]
    charter["values"] = [{"id": value} for value in PILLARS]
    for marker in charter["markers"]:
        marker["values"] = random.sample(PILLARS, random.choice([1, 1, 2, 3]))
        marker["role"] = random.choice(["signature", "signature", "signature", "basic"])
        if seed % 9 == 0:
            del marker["values"]
    for journey in record["journeys"]:
        journey["weight"] = random.choice([1, 5, 0.5])
    return record


def counted(charter: Record) -> dict[str, list[str]]:
    """Return what is counted, with its signature markers: values, or else those themselves."""
    signatures = [m for m in charter["markers"] if m.get("role", "signature") == "signature"]
    of_values = {
        value: [m["id"] for m in signatures if value in m.get("values", [])]
        for value in ids(charter["values"])
    }
    concrete = {value: markers for value, markers in of_values.items() if markers}
    return concrete or {marker["id"]: [marker["id"]] for marker in signatures}


class Meeting(NamedTuple):
    """What a walk meets on its visits to a channel, or on all of them."""

    pillars: dict[str, list[str]]
    channel: str | None

    def looked_at(self, walk: Walk) -> list[Stop]:
        return [stop for stop in walk.stops if self.channel in (None, stop.channel)]

    def is_concerned(self, walk: Walk) -> bool:
        return any(stop.is_counted for stop in self.looked_at(walk))

    def met(self, walk: Walk) -> list[str]:
        borne = {marker for stop in self.looked_at(walk) for marker in stop.markers}
        return [pillar for pillar, markers in self.pillars.items() if borne & set(markers)]

    def summary(self, walk: Walk) -> Any:
        return self.is_concerned(walk), tuple(self.met(walk))


class Answer(NamedTuple):
    """What enumeration says of a scope.

    ``counts`` has by number the share of customers who meet just so many.
    """

    fewest: int
    witness: tuple[str, ...]
    met: tuple[str, ...]
    concerned: float
    counts: dict[int, float]
    by_pillar: dict[str, float]

    @property
    def expected(self) -> float:
        return sum(number * share for number, share in self.counts.items())


def answer(graph: OpenGraph, meeting: Meeting) -> Answer | None:
    """Return what is met on the paths of a graph; None where none is concerned."""
    asked: Any = meeting
    concerned = [
        w for w in walks_that_differ(graph, asked) if w.is_path and meeting.is_concerned(w)
    ]
    if not concerned:
        return None
    poorest = min(concerned, key=lambda walk: len(meeting.met(walk)))
    share = shares(graph, meeting)
    every = share(lambda _: True)
    numbers = range(len(meeting.pillars) + 1)
    return Answer(
        len(meeting.met(poorest)),
        poorest.names,
        tuple(meeting.met(poorest)),
        share(meeting.is_concerned) / every,
        {
            n: share(lambda w, n=n: meeting.is_concerned(w) and len(meeting.met(w)) == n) / every
            for n in numbers
        },
        {
            p: share(lambda w, p=p: meeting.is_concerned(w) and p in meeting.met(w)) / every
            for p in meeting.pillars
        },
    )


def shares(graph: OpenGraph, meeting: Meeting) -> Callable[[Callable[[Walk], bool]], float]:
    """Return what says how many customers end on paths that are so and so."""
    if number_of_walks(graph) is not None:
        walked = list(paths(graph))
        return lambda counts: float(
            sum((chance for path, chance in walked if counts(path)), Fraction(0))
        )
    crowd = Crowd(graph, meeting.summary)
    return lambda counts: float(crowd.ending_where(counts))


def is_near(found: float | None, expected: float) -> bool:
    return found is not None and abs(found - expected) <= TOLERANCE


def assert_agrees(found: Coverage, scopes: list[tuple[float, Answer]], *, is_whole: bool) -> None:
    """Compare a coverage with the answers of its scopes, each with its weight."""
    fewest = min(each.fewest for _, each in scopes)
    assert found.fewest == fewest
    assert found.poorest is not None
    assert any(
        (each.fewest, each.witness, each.met) == (fewest, found.poorest.path, found.poorest.met)
        for _, each in scopes
    )
    total = sum(weight * each.concerned for weight, each in scopes)
    mean = sum(weight * each.expected for weight, each in scopes) / total / found.counted
    assert is_near(found.average, mean)
    if not is_whole:
        assert (found.whole, found.as_poor) == (None, None)
        return

    def share(is_so: Callable[[int], bool]) -> float:
        return sum(w * s for w, each in scopes for n, s in each.counts.items() if is_so(n)) / total

    assert is_near(found.whole, share(lambda n: n == found.counted))
    assert is_near(found.as_poor, share(lambda n: n <= fewest))


def compare(record: Record, sorts: Counter[str]) -> Coverages:
    """Compare every scope of a workspace, and note what there was to compare."""
    charter = record["charter"]
    found = coverage(read_files(generate.files(record)))
    pillars = counted(charter)
    assert dict(found.pillars.markers) == {p: tuple(markers) for p, markers in pillars.items()}
    weights = {s["id"]: s.get("weight", 1) for s in charter.get("segments", [{"id": "everyone"}])}
    whole: dict[tuple[str, str], tuple[float, Answer]] = {}
    on_channels: dict[str, list[tuple[float, Answer]]] = {c: [] for c in ids(charter["channels"])}
    for journey in record["journeys"]:
        segments = segments_of(charter, journey)
        together = sum(weights[segment] for segment in segments)
        for segment in segments:
            graph = open_graph(journey, segment)
            weight = journey["weight"] * weights[segment] / together
            said = answer(graph, Meeting(pillars, None))
            scope = found.by_scope[journey["journey"], segment]
            if said is None:
                assert (scope.fewest, scope.average) == (None, None)
                sorts["no path"] += 1
                continue
            whole[journey["journey"], segment] = weight, said
            assert_agrees(scope, [(weight, said)], is_whole=True)
            assert scope.basis == basis(
                journey, segment, graph, lambda s, graph=graph: lies_on_some_path(graph, s, None)
            )
            sorts["some unconcerned"] += said.concerned < 1
            sorts["met where uncounted"] += said.concerned < 1 and (scope.average or 0) > 0
            sorts[f"fewest {scope.fewest} of {scope.counted}"] += 1
            sorts["loops"] += number_of_walks(graph) is None
            sorts["rich on average"] += (scope.average or 0) > (scope.least or 0) + 0.1
            for channel, answers in on_channels.items():
                meant = {
                    pillar: markers
                    for pillar, markers in pillars.items()
                    if not all(is_blank(charter, marker, channel) for marker in markers)
                }
                if meant and (on := answer(graph, Meeting(meant, channel))) is not None:
                    answers.append((weight, on))
    if whole:
        assert_agrees(found.overall, list(whole.values()), is_whole=True)
        total = sum(weight * each.concerned for weight, each in whole.values())
        for pillar, share in found.met_by.items():
            mean = sum(weight * each.by_pillar[pillar] for weight, each in whole.values()) / total
            assert is_near(share, mean)
    for segment, of_segment in found.by_segment.items():
        if own := [each for (_, name), each in whole.items() if name == segment]:
            assert_agrees(of_segment, own, is_whole=True)
            sorts["several journeys"] += len(own) > 1
    for channel, answers in on_channels.items():
        of_channel = found.by_channel[channel]
        if answers:
            assert_agrees(of_channel, answers, is_whole=False)
            sorts["channels"] += 1
            sorts["leaner channels"] += of_channel.counted < len(pillars)
        else:
            assert (of_channel.fewest, of_channel.average) == (None, None)
    return found


def test_coverage_is_what_enumeration_says() -> None:
    """The fewest, its shortest path, averages and shares of customers, in every scope."""
    sorts: Counter[str] = Counter()
    for seed in range(CASES):
        record = workspace(seed)
        if not counted(record["charter"]):
            continue
        try:
            found = compare(record, sorts)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}") from error
        sorts["markers counted"] += found.pillars.counted is Counted.MARKERS
        sorts["bare values"] += bool(found.pillars.bare)
    wanted = {
        "loops",
        "no path",
        "rich on average",
        "some unconcerned",
        "met where uncounted",
        "several journeys",
        "channels",
        "leaner channels",
        "markers counted",
        "bare values",
        "fewest 0 of 3",
        "fewest 1 of 3",
        "fewest 3 of 3",
        "fewest 2 of 4",
    }
    assert wanted <= sorts.keys(), sorts
    assert min(sorts[sort] for sort in wanted) > 0, sorts
