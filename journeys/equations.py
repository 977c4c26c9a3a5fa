"""Linear equations of absorbing Markov chains: ``y = c + A y``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

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
) -> tuple[dict[int, int], list[list[float]]]:
    """Return the places of a component's unknowns, and what comes from solved ones."""
    places = {unknown: place for place, unknown in enumerate(component)}
    known = []
    for unknown in component:
        values = list(solution[unknown])
        for other, coefficient in rows[unknown]:
            if other not in places:
                for column, value in enumerate(solution[other]):
                    values[column] += coefficient * value
        known.append(values)
    return places, known


def _eliminate(component: Sequence[int], rows: Sequence[Row], solution: list[list[float]]) -> None:
    """Solve one loop by elimination without subtraction, which loses no digits.

    Grassmann, Taksar & Heyman (1985): the diagonal ``1 - a`` is found as what leaves instead, so
    that loops repeated with a probability near 1 are as exact as the others.
    """
    places, known = _inflow(component, rows, solution)
    size = len(component)
    matrix = [[0.0] * size for _ in component]
    leaving = []
    for place, unknown in enumerate(component):
        inside = 0.0
        for other, coefficient in rows[unknown]:
            if other in places:
                matrix[place][places[other]] += coefficient
                inside += coefficient
        leaving.append(max(0.0, 1.0 - inside))
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


def _factorise(component: Sequence[int], rows: Sequence[Row], solution: list[list[float]]) -> None:
    """Solve one large loop by SciPy's sparse LU."""
    # Takes longer to import than a small workspace takes to check.
    import numpy
    from scipy.sparse import csc_matrix, identity
    from scipy.sparse.linalg import splu

    places, known = _inflow(component, rows, solution)
    entries = [
        (place, places[other], coefficient)
        for place, unknown in enumerate(component)
        for other, coefficient in rows[unknown]
        if other in places
    ]
    at, to, values = zip(*entries, strict=True)
    size = len(component)
    matrix = csc_matrix((values, (at, to)), shape=(size, size))
    found = splu((identity(size) - matrix).tocsc()).solve(numpy.asarray(known))
    for unknown, row in zip(component, found.tolist(), strict=True):
        solution[unknown] = row


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
