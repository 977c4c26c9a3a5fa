"""Large systems ``y = c + M y`` of absorbing Markov chains, by SciPy.

Imported only where it is needed: NumPy and SciPy take longer to load than a small workspace takes
to check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
from scipy.sparse import csr_matrix, identity
from scipy.sparse.linalg import splu

ROUNDS = 10_000
"""Most rounds of the iteration before a factorisation takes its place."""
TOLERANCE = 1e-12
"""The largest error of a sum over the solution, all that begins being 1."""
ROUNDS_BETWEEN_CHECKS = 8


def solve(matrix: Any, begun: Any) -> Any:
    """Return the expected visits ``y = begun + matrix @ y`` of customers on their way.

    They are moved on step by step. What is left after many steps keeps its proportions and only
    shrinks, by a factor λ a step, so the rest of the sum is the geometric series of it; the
    iteration ends when what departs from that, |x' - λx| / (1 - λ), is below `TOLERANCE`, which
    bounds the error of every probability worked out from the visits. Where that takes too long
    the system is factorised.

    Args:
        matrix: Square SciPy matrix; ``matrix[to, at]`` is the probability to go on from ``at``.
        begun: NumPy vector of where customers begin; nothing negative.
    """
    under_way = begun
    visits = begun.copy()
    for number in range(1, ROUNDS + 1):
        following = matrix.dot(under_way)
        if number % ROUNDS_BETWEEN_CHECKS == 0:
            left = following.sum()
            if left < TOLERANCE:
                return visits + following
            shrinking = left / under_way.sum()
            departure = abs(following - shrinking * under_way).sum()
            if departure < TOLERANCE * (1 - shrinking):
                return visits + following / (1 - shrinking)
        visits += following
        under_way = following
    return splu((identity(matrix.shape[0]) - matrix).tocsc()).solve(begun)


def visits(ways: Sequence[Sequence[tuple[int, float]]], begun: Sequence[float]) -> list[float]:
    """Return by stop the expected visits of customers who begin as ``begun`` says.

    Args:
        ways: By stop, the ways on: (stop, probability).
        begun: By stop, the probability to begin there.
    """
    found: list[float] = solve(_matrix(ways).T.tocsr(), numpy.asarray(begun)).tolist()
    return found


def reaching(ways: Sequence[Sequence[tuple[int, float]]], ends: Sequence[float]) -> list[float]:
    """Return by stop the probability to reach an exit from there.

    Args:
        ways: By stop, the ways on: (stop, probability).
        ends: By stop, the probability that the path ends there.
    """
    # Backwards the same equations hold: the weight of ends flows against the steps.
    found: list[float] = solve(_matrix(ways), numpy.asarray(ends)).tolist()
    return found


def _matrix(ways: Sequence[Sequence[tuple[int, float]]]) -> Any:
    """Return the probability to go on, by stop and the stop it leads to."""
    steps = [
        (source, target, probability)
        for source, leaving in enumerate(ways)
        for target, probability in leaving
    ]
    sources, targets, probabilities = zip(*steps, strict=True) if steps else ((), (), ())
    return csr_matrix((probabilities, (sources, targets)), shape=(len(ways), len(ways)))
