"""Linear equations of absorbing Markov chains: ``y = c + A y``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

Row: TypeAlias = Sequence[tuple[int, float]]
"""The non-zero coefficients of one unknown: (other unknown, coefficient)."""

DENSE_LIMIT = 150
"""Largest loop that is solved here by elimination; larger ones go to SciPy."""


def solve(rows: Sequence[Row], constants: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return ``y`` where ``y[i] = constants[i] + sum(a * y[j] for j, a in rows[i])``.

    ``constants`` may have several columns, solved at once. Coefficients are probabilities, each
    row's sum at most 1, and from everywhere some of it is lost on the way, so that there is
    exactly one solution. What doesn't depend on itself is substituted; only loops (strongly
    connected components) are solved as systems.
    """
    solution: list[list[float]] = [list(constant) for constant in constants]
    for component in components(rows):
        if len(component) == 1 and all(j != component[0] for j, _ in rows[component[0]]):
            _substitute(component[0], rows, solution)
        elif len(component) <= DENSE_LIMIT:
            _eliminate(component, rows, solution)
        else:
            _factorise(component, rows, solution)
    return solution


def _substitute(unknown: int, rows: Sequence[Row], solution: list[list[float]]) -> None:
    mine = solution[unknown]
    for other, coefficient in rows[unknown]:
        for column, value in enumerate(solution[other]):
            mine[column] += coefficient * value


def _inflow(
    component: Sequence[int], rows: Sequence[Row], solution: list[list[float]]
) -> list[list[float]]:
    """Return what comes to a component's unknowns from solved ones."""
    inside = set(component)
    known = []
    for unknown in component:
        values = list(solution[unknown])
        for other, coefficient in rows[unknown]:
            if other not in inside:
                for column, value in enumerate(solution[other]):
                    values[column] += coefficient * value
        known.append(values)
    return known


def _inside(component: Sequence[int], rows: Sequence[Row]) -> tuple[list[list[float]], list[float]]:
    """Return the coefficients within a component as a matrix, and by row what leaves it."""
    places = {unknown: place for place, unknown in enumerate(component)}
    matrix = [[0.0] * len(component) for _ in component]
    leaving = []
    for place, unknown in enumerate(component):
        inside = 0.0
        for other, coefficient in rows[unknown]:
            if other in places:
                matrix[place][places[other]] += coefficient
                inside += coefficient
        leaving.append(max(0.0, 1.0 - inside))
    return matrix, leaving


def _eliminate(component: Sequence[int], rows: Sequence[Row], solution: list[list[float]]) -> None:
    """Solve one loop by elimination without subtraction, which loses no digits.

    Grassmann, Taksar & Heyman (1985): the diagonal ``1 - a`` is found as what leaves instead, so
    that loops repeated with a probability near 1 are as exact as the others.
    """
    known = _inflow(component, rows, solution)
    matrix, leaving = _inside(component, rows)
    size = len(component)
    for last in range(size - 1, 0, -1):
        row = matrix[last]
        out = leaving[last] + sum(row[:last])
        for place in range(last):
            if weight := matrix[place][last] / out:
                target = matrix[place]
                for column in range(last):
                    target[column] += weight * row[column]
                leaving[place] += weight * leaving[last]
                for column, value in enumerate(known[last]):
                    known[place][column] += weight * value
    found = [[value / leaving[0] for value in known[0]]]
    for place in range(1, size):
        row = matrix[place]
        out = leaving[place] + sum(row[:place])
        found.append(
            [
                (value + sum(row[j] * found[j][column] for j in range(place))) / out
                for column, value in enumerate(known[place])
            ]
        )
    for unknown, values in zip(component, found, strict=True):
        solution[unknown] = values


def visits(rows: Sequence[Row], begun: Sequence[float]) -> list[float]:
    """Return ``n`` where ``n[j] = begun[j] + sum(n[i] * a for (j, a) in rows[i])``.

    These are the expected visits of a chain that begins as ``begun`` says and goes on with the
    probabilities in ``rows``; see `solve` for what they must be.
    """
    found = list(begun)
    # Each component after those it depends on; so, backwards, after those that lead to it.
    for component in reversed(components(rows)):
        is_loop = len(component) > 1 or any(j == component[0] for j, _ in rows[component[0]])
        if is_loop and len(component) <= DENSE_LIMIT:
            _eliminate_visits(component, rows, found)
        elif is_loop:
            _factorise_visits(component, rows, found)
        inside = set(component)
        for unknown in component:
            for other, coefficient in rows[unknown]:
                if other not in inside:
                    found[other] += found[unknown] * coefficient
    return found


def _eliminate_visits(component: Sequence[int], rows: Sequence[Row], found: list[float]) -> None:
    """Solve one loop by elimination without subtraction, as `_eliminate` does."""
    matrix, leaving = _inside(component, rows)
    begun = [found[unknown] for unknown in component]
    size = len(component)
    outs = [0.0] * size
    for last in range(size - 1, -1, -1):
        row = matrix[last]
        out = outs[last] = leaving[last] + sum(row[:last])
        for column in range(last):
            begun[column] += begun[last] * row[column] / out
        for place in range(last):
            if weight := matrix[place][last] / out:
                for column in range(last):
                    matrix[place][column] += weight * row[column]
                leaving[place] += weight * leaving[last]
    for place, unknown in enumerate(component):
        # Those who begin here, or come from what was not yet eliminated.
        coming = sum(found[component[j]] * matrix[j][place] for j in range(place))
        found[unknown] = (begun[place] + coming) / outs[place]


def _factorise_visits(component: Sequence[int], rows: Sequence[Row], found: list[float]) -> None:
    """Solve one large loop by SciPy's sparse LU."""
    import numpy

    begun = numpy.asarray([found[unknown] for unknown in component])
    solved = _factorised(component, rows).solve(begun, trans="T")
    for unknown, value in zip(component, solved.tolist(), strict=True):
        found[unknown] = value


def _factorise(component: Sequence[int], rows: Sequence[Row], solution: list[list[float]]) -> None:
    """Solve one large loop by SciPy's sparse LU."""
    import numpy

    known = _inflow(component, rows, solution)
    found = _factorised(component, rows).solve(numpy.asarray(known))
    for unknown, row in zip(component, found.tolist(), strict=True):
        solution[unknown] = row


def _factorised(component: Sequence[int], rows: Sequence[Row]) -> Any:
    """Return SciPy's factors of the equations within a component."""
    # Takes longer to import than a small workspace takes to check.
    from scipy.sparse import csc_matrix, identity
    from scipy.sparse.linalg import splu

    places = {unknown: place for place, unknown in enumerate(component)}
    entries = [
        (place, places[other], coefficient)
        for place, unknown in enumerate(component)
        for other, coefficient in rows[unknown]
        if other in places
    ]
    at, to, values = zip(*entries, strict=True)
    size = len(component)
    matrix = csc_matrix((values, (at, to)), shape=(size, size))
    return splu((identity(size) - matrix).tocsc())


def components(rows: Sequence[Row]) -> list[list[int]]:
    """Return the strongly connected components, each after those it depends on.

    Tarjan (1972), without recursion. Cost: rows plus coefficients.
    """
    found: list[list[int]] = []
    number = [0] * len(rows)  # in order of discovery, from 1
    low = [0] * len(rows)
    is_open = [False] * len(rows)
    stack: list[int] = []
    counter = 0
    for root in range(len(rows)):
        if number[root]:
            continue
        work = [(root, 0)]
        while work:
            node, child = work.pop()
            if child == 0:
                counter += 1
                number[node] = low[node] = counter
                stack.append(node)
                is_open[node] = True
            else:
                low[node] = min(low[node], low[rows[node][child - 1][0]])
            for index in range(child, len(rows[node])):
                other = rows[node][index][0]
                if not number[other]:
                    work += [(node, index + 1), (other, 0)]
                    break
                if is_open[other]:
                    low[node] = min(low[node], number[other])
            else:
                if low[node] == number[node]:
                    component: list[int] = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        is_open[component[-1]] = False
                    found.append(component)
    return found
