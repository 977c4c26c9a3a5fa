"""An integer programme over options to choose: the cheapest choice that meets clauses.

Solved by HiGHS (Huangfu and Hall, Parallelizing the dual revised simplex method, Mathematical
Programming Computation 10, 2018).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import highspy
import numpy as np

from journeys.options import Options

_ROUNDING = 1e-6
_NEVER = 1e9
"""More seconds than anybody waits."""


class Unsatisfiable(Exception):
    """No choice meets all clauses."""


@dataclass(frozen=True)
class Solution:
    """What was found in the time there was.

    Attributes:
        chosen: The cheapest choice found; None where there was no time to find any.
        bound: What every choice that meets the clauses costs at least.
        is_optimal: Whether there is no better one.
    """

    chosen: frozenset[int] | None
    bound: float
    is_optimal: bool = False


class Programme:
    """Clauses asked so far, kept by the solver between one solution and the next."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._number = len(options.costs)
        self._is_whole = all(
            float(cost).is_integer() for cost in (*options.costs, *options.opening_costs)
        )
        self._solver = solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        for cost in (*options.costs, *options.opening_costs):
            solver.addCol(cost, 0.0, 1.0, 0, [], [])
        if self._number:
            whole = np.arange(self._number, dtype=np.int32)
            kinds = np.full(self._number, int(highspy.HighsVarType.kInteger), np.uint8)
            solver.changeColsIntegrality(self._number, whole, kinds)
        # What is opened needs not be said to be whole: it is as great as its greatest option.
        for option, openings in enumerate(options.openings):
            for opening in openings:
                columns = [option, self._number + opening]
                solver.addRow(-highspy.kHighsInf, 0.0, 2, columns, [1.0, -1.0])

    def ask(self, adding: Iterable[int], leaving: Iterable[int]) -> None:
        """Ask that one of ``adding`` is chosen, or one of ``leaving`` isn't."""
        added, left = sorted(adding), sorted(leaving)
        columns = [*added, *left]
        signs = [1.0] * len(added) + [-1.0] * len(left)
        least = 1.0 - len(left)
        self._solver.addRow(least, highspy.kHighsInf, len(columns), columns, signs)

    def solve(self, seconds: float, *, start: AbstractSet[int] | None = None) -> Solution:
        """Return the cheapest choice that meets what was asked.

        Args:
            seconds: How long it may take.
            start: A choice known to meet it, to begin with.

        Raises:
            Unsatisfiable: There is none.
        """
        if start is not None:
            self._begin_with(start)
        self._run(seconds)
        info = self._solver.getInfo()
        bound = self._rounded(info.mip_dual_bound)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Solution(None, bound)
        values = self._solver.getSolution().col_value
        chosen = frozenset(option for option in range(self._number) if values[option] > 0.5)
        is_optimal = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return Solution(chosen, bound, is_optimal)

    def at_most(self, cost: float) -> None:
        """Ask that a choice costs no more than ``cost``."""
        self._minimised = [*self._options.costs, *self._options.opening_costs]
        self._limit(cost)

    def minimise(self, weights: Sequence[float]) -> None:
        """Look for the choice of least weight from now on, whatever it costs.

        Args:
            weights: By option.
        """
        self._minimised = [*weights, *(0.0 for _ in self._options.opening_costs)]
        for column, weight in enumerate(self._minimised):
            self._solver.changeColCost(column, weight)

    def keep(self) -> None:
        """Ask that a choice weighs no more than the one found last."""
        self._limit(self._solver.getInfo().objective_function_value)

    def _limit(self, most: float) -> None:
        columns = [column for column, weight in enumerate(self._minimised) if weight]
        weights = [self._minimised[column] for column in columns]
        lowest = -highspy.kHighsInf
        self._solver.addRow(lowest, most + _ROUNDING, len(columns), columns, weights)

    def _begin_with(self, chosen: AbstractSet[int]) -> None:
        opened = {opening for option in chosen for opening in self._options.openings[option]}
        start = highspy.HighsSolution()
        start.col_value = [float(option in chosen) for option in range(self._number)]
        start.col_value += [
            float(opening in opened) for opening in range(len(self._options.opening_costs))
        ]
        self._solver.setSolution(start)

    def _run(self, seconds: float) -> None:
        # The solver's clock goes on from one run to the next.
        until = self._solver.getRunTime() + min(seconds, _NEVER)
        self._solver.setOptionValue("time_limit", until)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise Unsatisfiable

    def _rounded(self, bound: float) -> float:
        """Return a bound as far as costs allow: whole costs add up to whole sums."""
        if not math.isfinite(bound):
            return 0.0
        return max(math.ceil(bound - _ROUNDING) if self._is_whole else bound, 0.0)
