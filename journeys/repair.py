"""The cheapest choice among many options that leaves no path broken.

There are far too many paths to write down what each of them asks. So a choice is made for those
known, somebody says which paths it leaves broken, and what these ask is added, until nothing is
left broken (implicit hitting sets: Moreno-Centeno and Karp, The implicit hitting set approach to
solve combinatorial optimization problems, Operations Research 61, 2013). A choice for the clauses
known never costs more than one that satisfies them all, which is what bounds the cost. First
options may be chosen by halves, for which cheapest paths tell at once what is asked too little.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from journeys.cheap_paths import CheapPaths
from journeys.options import Clause, Options
from journeys.programme import Programme, Unsatisfiable
from journeys.relaxation import Relaxation

COST_TOLERANCE = 1e-6
"""What two costs may differ by and be the same."""

_TOO_LITTLE = 1.0 - 1e-6
"""How much of the options of a path must be chosen together."""
_PATHS_AT_ONCE = 20
"""Most paths that have no option in common, of one view, asked at once."""
_PART_FOR_HALVES = 0.5
"""The part of the time after which options are chosen whole, whatever halves still tell."""


@dataclass(frozen=True)
class Choice:
    """The best choice found.

    Attributes:
        chosen: The options; None where time ran out before any was found.
        bound: What every choice costs at least.
        needing: By option chosen, what was found to ask for it and for no other option chosen.
    """

    chosen: frozenset[int] | None
    bound: float
    needing: Mapping[int, frozenset[Hashable]]


class Contradiction(Exception):
    """No choice satisfies all clauses.

    Attributes:
        sources: What asks for clauses that can't be satisfied together; without any of them, the
            others can.
    """

    def __init__(self, sources: tuple[Hashable, ...]) -> None:
        super().__init__(f"{len(sources)} sources")
        self.sources = sources


def cheapest(
    options: Options,
    unmet: Callable[[frozenset[int]], Sequence[Clause]],
    relaxations: Iterable[Relaxation],
    *,
    seconds_left: Callable[[], float],
) -> Choice:
    """Return the cheapest choice that leaves nothing broken.

    Where time runs out, the best one found so far, and what every choice costs at least.

    Args:
        options: What can be chosen.
        unmet: Returns clauses that a choice doesn't meet; none where it leaves nothing broken.
        relaxations: Questions of which ``unmet`` asks as well, as far as there are any.
        seconds_left: Returns how long the search may still take.

    Raises:
        Contradiction: There is no such choice.
    """
    search = _Search(options, unmet, seconds_left)
    try:
        search.enough(frozenset())
        search.choose_by_halves([CheapPaths(relaxation) for relaxation in relaxations])
        search.choose_whole()
    except Unsatisfiable:
        raise Contradiction(_at_odds(options, search.clauses)) from None
    return Choice(search.best, search.bound, _needing(search.best or frozenset(), search.clauses))


@dataclass
class _Search:
    options: Options
    unmet: Callable[[frozenset[int]], Sequence[Clause]]
    seconds_left: Callable[[], float]
    clauses: dict[Clause, None] = field(default_factory=dict)
    best: frozenset[int] | None = None
    bound: float = 0.0

    def __post_init__(self) -> None:
        self.programme = Programme(self.options)

    @property
    def is_over(self) -> bool:
        """Whether nothing cheaper can be left, or no time is."""
        cost = math.inf if self.best is None else self.options.cost(self.best)
        return cost <= self.bound + COST_TOLERANCE or self.seconds_left() <= 0

    def ask(self, found: Iterable[Clause]) -> int:
        """Ask for clauses from now on; return how many of them are new."""
        new = [clause for clause in dict.fromkeys(found) if clause not in self.clauses]
        for clause in new:
            self.programme.ask(clause.adding, clause.leaving)
        self.clauses.update(dict.fromkeys(new))
        return len(new)

    def leaves_broken(self, chosen: frozenset[int]) -> Sequence[Clause]:
        """Return the clauses that a choice doesn't meet; keep it if it is the best so far."""
        found = self.unmet(chosen)
        self.ask(found)
        if not found and (
            self.best is None
            or self.options.cost(chosen) < self.options.cost(self.best) - COST_TOLERANCE
        ):
            self.best = chosen
        return found

    # Choosing by halves.

    def choose_by_halves(self, finders: Sequence[CheapPaths]) -> None:
        """Ask what cheapest paths ask, until halves meet it all, and round them."""
        until = self.seconds_left() * (1.0 - _PART_FOR_HALVES)
        quiet: set[int] = set()
        halves = None
        while finders and not self.is_over and self.seconds_left() > until:
            found = self.programme.halves(self.seconds_left() - until)
            if found is None:
                break
            halves = found
            self.bound = max(self.bound, halves.bound)
            asked = self._asked_too_little(finders, quiet, np.array(halves.chosen))
            if not self.ask(asked):
                break
        if halves is not None and not self.is_over:
            chosen = (option for option, part in enumerate(halves.chosen) if part > 0.5)
            self.try_whole(frozenset(chosen))

    def _asked_too_little(
        self, finders: Sequence[CheapPaths], quiet: set[int], chosen: np.ndarray
    ) -> list[Clause]:
        """Return clauses that halves don't meet; ``quiet`` are finders that found none lately."""
        for are_quiet in (False, True):
            found: list[Clause] = []
            for number, finder in enumerate(finders):
                if (number in quiet) is are_quiet:
                    clauses = _apart(finder, chosen)
                    (quiet.discard if clauses else quiet.add)(number)
                    found += clauses
            if found:
                return found
        return []

    # Choosing whole.

    def choose_whole(self) -> None:
        """Choose the cheapest for all that is asked, until nothing is left broken."""
        while not self.is_over:
            solution = self.programme.solve(self.seconds_left(), start=self.best)
            self.bound = max(self.bound, solution.bound)
            if solution.chosen is None or self.is_over:
                return
            self.try_whole(solution.chosen)

    def try_whole(self, chosen: frozenset[int]) -> None:
        """Add to a choice until nothing is broken, then keep as little of that as can be."""
        enough = self.enough(chosen)
        if enough is not None:
            self._reduce(enough, chosen)

    def enough(self, chosen: frozenset[int]) -> frozenset[int] | None:
        """Add to a choice until nothing is broken; None where adding can't do that.

        All that could mend a path is added at once, so that the paths found after it have little
        in common with it, and few rounds tell much.
        """
        while unmet := self.leaves_broken(chosen):
            more = frozenset().union(*(clause.adding for clause in unmet)) - chosen
            if not more:
                return None
            chosen |= more
        return chosen

    def _reduce(self, enough: frozenset[int], chosen: frozenset[int]) -> None:
        """Look for a cheap choice within one that is enough, from ``chosen`` on."""
        picked = self._greedy(enough, chosen)
        while self.leaves_broken(picked):
            more = self._greedy(enough, picked)
            if more == picked or self.seconds_left() <= 0:
                return
            picked = more
        for option in sorted(picked, key=lambda each: (-self.options.costs[each], each)):
            fewer = picked - {option}
            if self.seconds_left() <= 0:
                return
            is_needed = any(not clause.is_met(fewer) for clause in self.clauses)
            if not is_needed and not self.leaves_broken(fewer):
                picked = fewer

    def _greedy(self, among: frozenset[int], chosen: frozenset[int]) -> frozenset[int]:
        """Add to a choice what meets most for its cost, until all that is asked is met."""
        picked = set(chosen)
        waiting: dict[int, set[Clause]] = {}
        for clause in self.clauses:
            if not clause.is_met(picked):
                for option in clause.adding & among:
                    waiting.setdefault(option, set()).add(clause)
        while waiting:
            costs = self.options.costs
            option = max(waiting, key=lambda each: (len(waiting[each]) / costs[each], -each))
            picked.add(option)
            for clause in waiting.pop(option):
                for other in clause.adding & waiting.keys():
                    waiting[other].discard(clause)
                    if not waiting[other]:
                        del waiting[other]
        return frozenset(picked)


def _apart(finder: CheapPaths, chosen: np.ndarray) -> list[Clause]:
    """Return clauses that halves don't meet, of paths with no option in common."""
    raised = chosen.copy()
    clauses: list[Clause] = []
    for _ in range(_PATHS_AT_ONCE):
        found = finder.find(raised, _TOO_LITTLE)
        if not found:
            break
        clauses += found
        for clause in found:
            raised[list(clause.adding)] = 1.0
    return clauses


def _needing(chosen: frozenset[int], clauses: Iterable[Clause]) -> dict[int, frozenset[Hashable]]:
    """Return by option what asks for it and for no other option chosen."""
    found: dict[int, set[Hashable]] = {option: set() for option in chosen}
    for clause in clauses:
        adding = clause.adding & chosen
        if len(adding) == 1 and clause.leaving <= chosen:
            found[min(adding)].add(clause.source)
    return {option: frozenset(sources) for option, sources in found.items()}


def _at_odds(options: Options, clauses: Iterable[Clause]) -> tuple[Hashable, ...]:
    """Return sources whose clauses can't be satisfied together, none of which can be spared."""
    by_source: dict[Hashable, list[Clause]] = {}
    for clause in clauses:
        by_source.setdefault(clause.source, []).append(clause)
    needed = list(by_source)
    # Whole parts are spared first, then smaller ones.
    size = len(needed)
    while size:
        for start in range(0, len(by_source), size):
            part = list(by_source)[start : start + size]
            fewer = [source for source in needed if source not in part]
            if not _is_satisfiable(options, (c for s in fewer for c in by_source[s])):
                needed = fewer
        size //= 2
    return tuple(needed)


def _is_satisfiable(options: Options, clauses: Iterable[Clause]) -> bool:
    programme = Programme(options)
    for clause in clauses:
        programme.ask(clause.adding, clause.leaving)
    try:
        programme.solve(math.inf)
    except Unsatisfiable:
        return False
    return True
