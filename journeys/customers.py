"""How the customers of a segment spread over the paths of a journey.

The shares that a journey states make the walk of a segment's customers a Markov chain. Those who
never reach an exit are left out of every share, so what is kept is the chain of those who do:
each step's probability given that an exit is reached (Doob's h-transform; Kemeny & Snell, Finite
Markov Chains, ch. 3).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from journeys.equations import Row, solve
from journeys.graph import OpenGraph
from journeys.model import Shares
from journeys.ways import Ways

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
        ways: The passages of their journey.
        entries: By stop, the probability to begin there; they sum to 1.
        probabilities: By passage, the probability that who is at its source takes it; with the
            probability of ending there they sum to 1.
        ends: By stop, the probability that the path ends with a visit there.
    """

    ways: Ways
    entries: Mapping[int, float]
    probabilities: Sequence[float]
    ends: Sequence[float]

    @cached_property
    def steps(self) -> tuple[tuple[Step, ...], ...]:
        """By stop, the ways on that somebody takes."""
        targets, probabilities = self.ways.targets, self.probabilities
        return tuple(
            tuple(
                Step(number, targets[number], probabilities[number])
                for number in self.ways.leaving(stop)
                if probabilities[number]
            )
            for stop in range(len(self.ends))
        )

    @cached_property
    def matrix(self) -> Any:
        """The probability to go on, by stop and the stop it leads to, as a SciPy matrix."""
        from journeys import sparse

        return sparse.chain(self.ways, self.probabilities)

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
        kept, ways = graph.of_paths(outcomes), graph.ways
        # Whatever is open weighs, also what leads nowhere.
        ending = [
            _weight(stop.touchpoint.ends, name) if exits & bit else 0.0
            for stop, exits in zip(graph.stops, graph.exits, strict=True)
        ]
        weights = [
            _weight(transition.share, name) * portion if bits & bit else 0.0
            for transition, portion, bits in zip(
                ways.transitions, ways.portions, graph.walkable, strict=True
            )
        ]
        total = list(ending)
        for source, weight in zip(ways.sources, weights, strict=True):
            total[source] += weight
        chances = [
            weight / total[source] if bits & bit else 0.0
            for source, weight, bits in zip(ways.sources, weights, kept.walkable, strict=True)
        ]
        ends = [
            weight / all_weights if exits & bit else 0.0
            for weight, all_weights, exits in zip(ending, total, kept.exits, strict=True)
        ]
        reaching = _reaching(ways, chances, ends)
        arriving = {
            index: _weight(stop.touchpoint.arrives, name) * stop.portion * reaching[index]
            for index, (stop, entries) in enumerate(zip(kept.stops, kept.entries, strict=True))
            if entries & bit
        }
        arrived = sum(arriving.values())
        if not arrived:
            raise NoPath(name)
        return cls(
            ways=ways,
            entries={index: weight / arrived for index, weight in arriving.items()},
            probabilities=array(
                "d",
                (
                    chance * reaching[target] / reaching[source] if chance else 0.0
                    for chance, source, target in zip(
                        chances, ways.sources, ways.targets, strict=True
                    )
                ),
            ),
            ends=tuple(
                end / here if here else 0.0 for end, here in zip(ends, reaching, strict=True)
            ),
        )


def _reaching(ways: Ways, chances: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Return by stop the probability to reach an exit from there."""
    chain = Customers(ways, {}, chances, ends)
    if len(ends) > PLAIN_LIMIT:
        from journeys import sparse

        return sparse.reaching(chain.matrix, ends)
    return [value for (value,) in solve(rows_of(chain), [(end,) for end in ends])]


def rows_of(customers: Customers) -> list[Row]:
    """Return by stop the ways on: (stop, probability)."""
    return [[(step.target, step.probability) for step in leaving] for leaving in customers.steps]


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
