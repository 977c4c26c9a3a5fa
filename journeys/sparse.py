"""Large systems ``y = c + M y`` of absorbing Markov chains, by SciPy.

Imported only where it is needed: NumPy and SciPy take longer to load than a small workspace takes
to check.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy
from scipy.sparse import csr_matrix, diags_array, identity
from scipy.sparse.linalg import splu

from journeys.ways import Ways

ROUNDS = 10_000
"""Most rounds of the iteration before a factorisation takes its place."""
TOLERANCE = 1e-12
"""The largest error of a sum over the solution, all that begins being 1."""
ROUNDS_BETWEEN_CHECKS = 8


def solve(matrix: Any, begun: Any, begins: Any = (0,)) -> Any:
    """Return the expected visits ``y = begun + matrix @ y`` of customers on their way.

    They are moved on step by step. What is left after many steps keeps its proportions and only
    shrinks, by a factor λ a step, so the rest of the sum is the geometric series of it; the
    iteration ends when what departs from that, |x' - λx| / (1 - λ), is below `TOLERANCE`, which
    bounds the error of every probability worked out from the visits. Where that takes too long
    the system is factorised.

    Args:
        matrix: Square SciPy matrix; ``matrix[to, at]`` is the probability to go on from ``at``.
        begun: NumPy vector of where customers begin; nothing negative.
        begins: Where each of several systems begins that stand side by side in the matrix, without
            a way from one to another; each shrinks at a pace of its own.
    """
    under_way = begun
    visits = begun.copy()
    lengths = numpy.diff([*begins, len(begun)])
    for number in range(1, ROUNDS + 1):
        following = matrix.dot(under_way)
        if number % ROUNDS_BETWEEN_CHECKS == 0:
            left = numpy.add.reduceat(following, begins)
            before = numpy.add.reduceat(under_way, begins)
            shrinking = numpy.divide(left, before, out=numpy.zeros_like(left), where=before > 0)
            paces = numpy.repeat(shrinking, lengths)
            departure = numpy.add.reduceat(abs(following - paces * under_way), begins)
            is_known = departure < TOLERANCE * (1 - shrinking)
            if (is_known | (left < TOLERANCE)).all():
                rest = numpy.where(is_known, 1 - shrinking, 1.0)
                return visits + following / numpy.repeat(rest, lengths)
        visits += following
        under_way = following
    return splu((identity(matrix.shape[0]) - matrix).tocsc()).solve(begun)


def chain(ways: Ways, probabilities: Sequence[float]) -> Any:
    """Return the probability to go on, by stop and the stop it leads to, as a SciPy matrix."""
    # Copies, for what is zero is taken out in place, and the columns are others' too.
    columns = tuple(map(numpy.array, (probabilities, ways.targets, ways.offsets)))
    size = len(ways.offsets) - 1
    matrix = csr_matrix(columns, shape=(size, size))
    matrix.eliminate_zeros()
    return matrix


def visits(matrix: Any, entries: Mapping[int, float]) -> list[float]:
    """Return by stop the expected visits of a customer.

    Args:
        matrix: The chain that customers walk.
        entries: By stop, the probability to begin there.
    """
    begun = numpy.zeros(matrix.shape[0])
    begun[list(entries)] = list(entries.values())
    found: list[float] = solve(matrix.T, begun).tolist()
    return found


def reaching(matrix: Any, ends: Sequence[float], *, stopping: Collection[int] = ()) -> list[float]:
    """Return by stop the expected value of where the path of those there ends.

    Args:
        matrix: The chain that customers walk.
        ends: By stop, the value of a path that is there, times the probability to end there.
        stopping: Stops that nobody goes on from.
    """
    if stopping:
        goes_on = numpy.ones(matrix.shape[0])
        goes_on[list(stopping)] = 0
        matrix = diags_array(goes_on).tocsr() @ matrix
    # Backwards the same equations hold: the weight of ends flows against the steps.
    found: list[float] = solve(matrix, numpy.asarray(ends, dtype=float)).tolist()
    return found
