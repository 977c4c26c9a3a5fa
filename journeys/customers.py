"""How the customers of a segment spread over the paths of a journey.

The shares that a journey states make the walk of a segment's customers a Markov chain. Those who
never reach an exit are left out of every share, so what is kept is the chain of those who do:
each step's probability given that an exit is reached (Doob's h-transform; Kemeny & Snell, Finite
Markov Chains, ch. 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from journeys.equations import Row, solve
from journeys.graph import OpenGraph
from journeys.model import Shares

PLAIN_LIMIT = 2_000
"""Most unknowns that are worked out without SciPy."""

SHARE_TOLERANCE = 1e-9
"""Shares that differ by less are told to be equal."""


class ShareBasis(StrEnum):
    """What the shares of a scope rest on."""

    OBSERVED = "observed"
    STATED = "stated"
    ASSUMED = "assumed"


def weakest_basis(bases: Iterable[ShareBasis]) -> ShareBasis | None:
    """Return what can be said of figures that rest on all of ``bases``; None of none."""
    found = set(bases)
    return next((basis for basis in reversed(ShareBasis) if basis in found), None)


class Measure(NamedTuple):
    """How a rule fares with customers.

    Attributes:
        share: The share in [0, 1] of those on concerned paths for whom it holds; None if no path
            is concerned, or nothing was measured.
        concerned: The share in [0, 1] of customers who walk a concerned path; None if that wasn't
            measured.
    """

    share: float | None = None
    concerned: float | None = None


class NoPath(Exception):
    """No customer of the segment reaches an exit in this scope."""


class Step(NamedTuple):
    """One way on: the passage, the stop it leads to, and its probability."""

    passage: int
    target: int
    probability: float


@dataclass(frozen=True, eq=False)
class Customers:
    """The customers of a segment who reach an exit, as a Markov chain over stops.

    Attributes:
        graph: Only what lies on their paths; passages are counted in it.
        entries: By stop, the probability to begin there; they sum to 1.
        steps: By stop, the ways on; with the probability of ending there they sum to 1.
        ends: By stop, the probability that the path ends with a visit there.
    """

    graph: OpenGraph
    entries: dict[int, float]
    steps: tuple[tuple[Step, ...], ...]
    ends: tuple[float, ...]

    @classmethod
    def of(cls, graph: OpenGraph, segment: int, outcomes: frozenset[str] | None) -> Customers:
        """Return the customers of a segment, given by its bit's place, on the paths of ``graph``.

        With ``outcomes``, only those whose path ends in one of them. Cost: linear, but for the
        loops, each of which is a system of linear equations.

        Raises:
            NoPath: No customer's path ends so.
        """
        name = graph.segments[segment]
        bit = 1 << segment
        kept = graph.of_paths(outcomes)
        # Whatever is open weighs, also what leads nowhere.
        total = [
            _weight(stop.touchpoint.ends, name) if exits & bit else 0.0
            for stop, exits in zip(graph.stops, graph.exits, strict=True)
        ]
        passages = graph.ways
        weights = [
            _weight(transition.share, name) * portion if bits & bit else 0.0
            for transition, portion, bits in zip(
                passages.transitions, passages.portions, graph.walkable, strict=True
            )
        ]
        for source, weight in zip(passages.sources, weights, strict=True):
            total[source] += weight
        ways: list[list[Step]] = [[] for _ in kept.stops]
        for number, bits in enumerate(kept.walkable):
            if bits & bit:
                source = passages.sources[number]
                share = weights[number] / total[source]
                ways[source].append(Step(number, passages.targets[number], share))
        ends = [
            _weight(stop.touchpoint.ends, name) / total[index] if exits & bit else 0.0
            for index, (stop, exits) in enumerate(zip(kept.stops, kept.exits, strict=True))
        ]
        reaching = _reaching(ways, ends)
        arriving = {
            index: _weight(stop.touchpoint.arrives, name) * stop.portion * reaching[index]
            for index, (stop, entries) in enumerate(zip(kept.stops, kept.entries, strict=True))
            if entries & bit
        }
        arrived = sum(arriving.values())
        if not arrived:
            raise NoPath(name)
        return cls(
            graph=kept,
            entries={index: weight / arrived for index, weight in arriving.items()},
            steps=tuple(
                tuple(
                    step._replace(probability=step.probability * reaching[step.target] / here)
                    for step in leaving
                    if reaching[step.target]
                )
                if here
                else ()
                for leaving, here in zip(ways, reaching, strict=True)
            ),
            ends=tuple(
                end / here if here else 0.0 for end, here in zip(ends, reaching, strict=True)
            ),
        )


def _reaching(ways: Sequence[Sequence[Step]], ends: Sequence[float]) -> list[float]:
    """Return by stop the probability to reach an exit from there."""
    rows: list[Row] = [[(step.target, step.probability) for step in leaving] for leaving in ways]
    if len(ways) > PLAIN_LIMIT:
        from journeys import sparse

        return sparse.reaching(rows, ends)
    return [value[0] for value in solve(rows, [(end,) for end in ends])]


def _weight(shares: Shares | None, segment: str) -> float:
    return 1.0 if shares is None else shares.of(segment)


def share_basis(graph: OpenGraph, segment: int) -> ShareBasis:
    """Return what the shares of a segment, given by its bit's place, rest on.

    ``observed`` if the journey says where its shares were observed; ``stated`` if each choice on
    the segment's paths has its shares written; else ``assumed``.
    """
    if graph.journey.shares is not None:
        return ShareBasis.OBSERVED
    bit = 1 << segment
    name = graph.segments[segment]
    kept = graph.of_paths()

    def is_stated(shares: Shares | None) -> bool:
        return shares is not None and shares.is_stated_for(name)

    entries = {
        stop.touchpoint.id: stop.touchpoint
        for stop, bits in zip(kept.stops, kept.entries, strict=True)
        if bits & bit
    }
    if len(entries) > 1 and not all(is_stated(t.arrives) for t in entries.values()):
        return ShareBasis.ASSUMED
    if any(len(t.channels) > 1 and not t.are_channel_shares_written for t in entries.values()):
        return ShareBasis.ASSUMED
    for index, stop in enumerate(graph.stops):
        if not kept.walked[index] & bit:
            continue
        transitions = {}
        for number in graph.ways.leaving(index):
            if graph.walkable[number] & bit:
                transition = graph.ways.transitions[number]
                transitions[id(transition)] = transition
                target = graph.stops[graph.ways.targets[number]].touchpoint
                if graph.ways.portions[number] < 1 and not target.are_channel_shares_written:
                    return ShareBasis.ASSUMED
        stated = [is_stated(transition.share) for transition in transitions.values()]
        if graph.exits[index] & bit:
            stated.append(is_stated(stop.touchpoint.ends))
        if len(stated) > 1 and not all(stated):
            return ShareBasis.ASSUMED
    return ShareBasis.STATED
