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

_ROUNDING = 1e-6


class Unsatisfiable(Exception):
    """No choice meets all clauses."""


@dataclass(frozen=True)
class Solution:
    """What was found in the time there was.

    Attributes:
        chosen: The cheapest choice found; None where there was no time to find any.
        bound: What every choice that meets the clauses costs at least.
    """

    chosen: frozenset[int] | None
    bound: float


class Programme:
    """Clauses asked so far, kept by the solver between one solution and the next.

    Args:
        costs: By option, its cost, above 0.
        openings: By option, what it opens, paid for once; None for nothing.
        opening_costs: By what can be opened, its cost, 0 or above.
    """

    def __init__(
        self,
        costs: Sequence[float],
        openings: Sequence[int | None],
        opening_costs: Sequence[float],
    ) -> None:
        self._options = len(costs)
        self._openings = openings
        self._is_whole = all(float(cost).is_integer() for cost in (*costs, *opening_costs))
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        for cost in costs:
            self._solver.addCol(cost, 0.0, 1.0, 0, [], [])
        for option in range(self._options):
            self._solver.changeColIntegrality(option, highspy.HighsVarType.kInteger)
        # What is opened needs not be said to be whole: it is as great as its greatest option.
        for cost in opening_costs:
            self._solver.addCol(cost, 0.0, 1.0, 0, [], [])
        for option, opening in enumerate(openings):
            if opening is not None:
                columns = [option, self._options + opening]
                self._solver.addRow(-highspy.kHighsInf, 0.0, 2, columns, [1.0, -1.0])

    def ask(self, adding: Iterable[int], leaving: Iterable[int]) -> None:
        """Ask that one of ``adding`` is chosen, or one of ``leaving`` isn't."""
        added, left = sorted(adding), sorted(leaving)
        columns = [*added, *left]
        signs = [1.0] * len(added) + [-1.0] * len(left)
        least = 1.0 - len(left)
        self._solver.addRow(least, highspy.kHighsInf, len(columns), columns, signs)

    def relax(self, seconds: float) -> tuple[list[float], float]:
        """Return by option how much of it is chosen where halves are allowed, and the cost."""
        solver = self._solver
        solver.setOptionValue("solve_relaxation", True)
        solver.setOptionValue("time_limit", solver.getRunTime() + min(seconds, 1e9))
        solver.run()
        solver.setOptionValue("solve_relaxation", False)
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise Unsatisfiable
        values = list(solver.getSolution().col_value[: self._options])
        return values, solver.getInfo().objective_function_value

    def solve(self, seconds: float, *, at_most: AbstractSet[int] | None = None) -> Solution:
        """Return the cheapest choice that meets what was asked.

        Args:
            seconds: How long it may take.
            at_most: A choice known to meet it, to begin with.

        Raises:
            Unsatisfiable: There is none.
        """
        solver = self._solver
        solver.setOptionValue("time_limit", solver.getRunTime() + min(seconds, 1e9))
        if at_most is not None:
            opened = {self._openings[option] for option in at_most}
            columns = self._options + len(self._opened())
            start = highspy.HighsSolution()
            start.col_value = [
                float(c in at_most if c < self._options else c - self._options in opened)
                for c in range(columns)
            ]
            solver.setSolution(start)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Unsatisfiable
        info = solver.getInfo()
        bound = info.mip_dual_bound
        if self._is_whole and math.isfinite(bound):
            bound = math.ceil(bound - _ROUNDING)
        has_solution = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not has_solution:
            return Solution(None, max(bound, 0.0))
        values = solver.getSolution().col_value
        chosen = frozenset(o for o in range(self._options) if values[o] > 0.5)
        return Solution(chosen, max(bound, 0.0))

    def _opened(self) -> range:
        return range(self._solver.getNumCol() - self._options)
