"""The cheapest choice where options may be chosen in part, and what every choice costs at least.

A linear programme with a row for each clause, of which very many may be asked, and more at any
time. It is solved by steps to and fro between how much of each option is chosen and how much each
clause would pay for being met (Chambolle and Pock, A first-order primal-dual algorithm for convex
problems, Journal of Mathematical Imaging and Vision 40, 2011; as long in each direction as Pock and
Chambolle say, ICCV 2011). After any number of steps, what the clauses pay without paying more for
an option than it costs is less than any choice costs (weak duality): that is the bound, whatever
the steps came to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from journeys.options import Clause, Options

_STEPS = 200
"""Steps between one look at what they came to and the next."""
_MOST_WEIGHT = 20.0
"""How many times longer the steps on one side may be made than those on the other."""
_ROUNDING = 1e-6


class Halves:
    """How much of each option is chosen, as far as the steps have come.

    Attributes:
        chosen: By option, from 0 to 1; what is asked may not quite be met.
        bound: What every choice that meets the clauses costs at least.
    """

    def __init__(self, options: Options) -> None:
        self._number = len(options.costs)
        self._costs = np.array([*options.costs, *options.opening_costs], float)
        self._is_whole = bool((self._costs == np.floor(self._costs)).all())
        openings = [(o, j) for o, opened in enumerate(options.openings) for j in opened]
        self._openings = np.array(openings, int).reshape(-1, 2)
        # What is opened is as much as is chosen of any option that opens it.
        self._rows = _Rows.of_openings(self._openings, self._number)
        self._point = np.zeros(len(self._costs))
        self._pays = np.zeros(len(self._openings))
        self._weight = 1.0
        self.chosen = np.zeros(self._number)
        self.bound = 0.0

    def ask(self, clauses: Iterable[Clause]) -> None:
        """Ask for clauses from now on; those that nothing could meet are left to others."""
        rows = _Rows.of(clauses)
        self._rows = self._rows.and_then(rows)
        self._pays = np.append(self._pays, np.zeros(len(rows.least)))
        self._matrix = self._rows.matrix(len(self._costs))
        self._across = self._matrix.T.tocsr()
        self._parts = self._rows.parts(len(self._costs))

    def improve(self) -> None:
        """Take some steps. Cost: what all clauses are about, together."""
        rows, matrix, across = self._rows, self._matrix, self._across
        # Never so long that to and fro would lead further and further away.
        to = 1.0 / (self._weight * np.maximum(abs(across).sum(axis=1), 1.0))
        fro = self._weight / np.maximum(abs(matrix).sum(axis=1), 1.0)
        point, pays = self._point, self._pays
        point_sum, pays_sum = np.zeros_like(point), np.zeros_like(pays)
        for _ in range(_STEPS):
            following = np.clip(point - to * (self._costs - across @ pays), 0.0, 1.0)
            pays = np.maximum(pays + fro * (rows.least - matrix @ (2.0 * following - point)), 0.0)
            point = following
            point_sum += point
            pays_sum += pays
        middle, middle_pays = point_sum / _STEPS, pays_sum / _STEPS
        at_end, at_middle = self._told(pays), self._told(middle_pays)
        is_middle_better = at_middle >= at_end
        self._point, self._pays = (middle, middle_pays) if is_middle_better else (point, pays)
        self.bound = max(self.bound, at_end, at_middle)
        self.chosen = middle[: self._number]
        chosen, paid = np.linalg.norm(self._point), np.linalg.norm(self._pays)
        if chosen and paid:
            self._weight = float(np.clip(paid / chosen, 1.0 / _MOST_WEIGHT, _MOST_WEIGHT))

    @property
    def shortfall(self) -> float:
        """How much is missing, at most, to what one of the clauses asks."""
        rows, point = self._rows, np.append(self.chosen, np.ones(len(self._costs) - self._number))
        met = np.add.reduceat(rows.signs * point[rows.columns], rows.offsets[:-1])
        return float((rows.least - met).max(initial=0.0))

    def _told(self, pays: np.ndarray) -> float:
        """Return a bound that follows from what clauses pay, reduced where they pay too much."""
        rows, opened = self._rows, self._openings
        pays = pays.copy()
        costs = self._costs
        # What options pay for what they open together, and with that may cost themselves.
        first = len(opened)
        paid = np.bincount(opened[:, 1], pays[:first], len(costs) - self._number)
        pays[:first] /= np.maximum(paid / costs[self._number :], 1.0)[opened[:, 1]]
        most = costs.copy()
        most[: self._number] += np.bincount(opened[:, 0], pays[:first], self._number)
        clauses = rows.columns[2 * first :]
        is_adding = rows.signs[2 * first :] > 0
        spent = np.where(is_adding, np.repeat(pays[first:], np.diff(rows.offsets[first:])), 0.0)
        load = np.bincount(clauses, spent, len(costs))
        too_much = np.where(is_adding, np.maximum(load / most, 1.0)[clauses], 1.0)
        pays[first:] /= np.maximum.reduceat(too_much, rows.offsets[first:-1] - 2 * first)
        # Options and clauses that have nothing to do with each other are bounded by themselves.
        parts = self._parts
        number = int(parts.max()) + 1
        of_rows = np.bincount(parts[rows.columns[rows.offsets[:-1]]], rows.least * pays, number)
        left = np.minimum(costs - self._across @ pays, 0.0)
        bounds = of_rows + np.bincount(parts, left, number)
        if self._is_whole:
            bounds = np.ceil(bounds - _ROUNDING)
        return float(np.maximum(bounds, 0.0).sum())


class _Rows(NamedTuple):
    """Rows of a matrix, each with what it must come to at least.

    Attributes:
        least: By row.
        columns: The columns that are not 0, row by row.
        signs: What is there, 1 or -1.
        offsets: By row, where it begins.
    """

    least: np.ndarray
    columns: np.ndarray
    signs: np.ndarray
    offsets: np.ndarray

    @classmethod
    def of_openings(cls, openings: np.ndarray, options: int) -> _Rows:
        """Return a row for each option that opens something."""
        many = len(openings)
        columns = np.stack([openings[:, 0], openings[:, 1] + options], axis=1).ravel()
        return cls(np.zeros(many), columns, np.tile([-1.0, 1.0], many), np.arange(many + 1) * 2)

    @classmethod
    def of(cls, clauses: Iterable[Clause]) -> _Rows:
        """Return a row for each clause that something could meet."""
        asked = [clause for clause in clauses if clause.adding or clause.leaving]
        columns: list[int] = []
        signs: list[float] = []
        for clause in asked:
            columns += [*sorted(clause.adding), *sorted(clause.leaving)]
            signs += [1.0] * len(clause.adding) + [-1.0] * len(clause.leaving)
        lengths = [len(clause.adding) + len(clause.leaving) for clause in asked]
        return cls(
            np.array([1.0 - len(clause.leaving) for clause in asked]),
            np.array(columns, int),
            np.array(signs),
            np.cumsum([0, *lengths]),
        )

    def and_then(self, more: _Rows) -> _Rows:
        """Return these rows and more."""
        return _Rows(
            np.append(self.least, more.least),
            np.append(self.columns, more.columns),
            np.append(self.signs, more.signs),
            np.append(self.offsets, more.offsets[1:] + self.offsets[-1]),
        )

    def matrix(self, columns: int) -> csr_array:
        """Return the matrix."""
        return csr_array((self.signs, self.columns, self.offsets), (len(self.least), columns))

    def parts(self, columns: int) -> np.ndarray:
        """Return by column a number, the same for those that rows bring together."""
        of_row = np.repeat(np.arange(len(self.least)), np.diff(self.offsets))
        size = columns + len(self.least)
        joined = coo_array((np.ones(len(of_row)), (self.columns, columns + of_row)), (size, size))
        _, part = connected_components(joined, directed=False)
        found: np.ndarray = part[:columns]
        return found
