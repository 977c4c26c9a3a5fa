"""The cheapest choice among many options that satisfies clauses which come one by one.

There are far too many paths to write down what each of them asks. So a choice is made for those
known, somebody says which paths it leaves broken, and what these ask is added, until nothing is
left broken (implicit hitting sets: Moreno-Centeno and Karp, The implicit hitting set approach to
solve combinatorial optimization problems, Operations Research 61, 2013). Each choice for the
clauses known costs at most as much as one that satisfies them all, which is what bounds it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from journeys.programme import Programme, Unsatisfiable

COST_TOLERANCE = 1e-6
"""What two costs may differ by and be the same."""


@dataclass(frozen=True)
class Clause:
    """What must be so: one of some options chosen, or one of others not.

    Attributes:
        source: What asks for it.
        adding: Options, one of which may be chosen.
        leaving: Options, one of which may be left out.
    """

    source: str
    adding: frozenset[int]
    leaving: frozenset[int] = frozenset()

    def is_met(self, chosen: AbstractSet[int]) -> bool:
        """Return whether a choice satisfies it."""
        return not self.adding.isdisjoint(chosen) or not self.leaving <= chosen


@dataclass(frozen=True)
class Options:
    """What can be chosen, and at what cost.

    Attributes:
        costs: By option, its cost, above 0.
        openings: By option, what it opens: paid for once, however many options open it; None
            for nothing.
        opening_costs: By what can be opened, its cost, 0 or above.
    """

    costs: Sequence[float]
    openings: Sequence[int | None]
    opening_costs: Sequence[float]

    def cost(self, chosen: AbstractSet[int]) -> float:
        """Return what a choice costs."""
        opened = {self.openings[option] for option in chosen} - {None}
        return sum(self.costs[option] for option in chosen) + sum(
            self.opening_costs[opening] for opening in opened if opening is not None
        )


@dataclass(frozen=True)
class Choice:
    """The best choice found.

    Attributes:
        chosen: The options; None where time ran out before any was found.
        bound: What every choice costs at least.
    """

    chosen: frozenset[int] | None
    bound: float


class Contradiction(Exception):
    """No choice satisfies all clauses.

    Attributes:
        sources: What asks for clauses that can't be satisfied together, as few as possible.
    """

    def __init__(self, sources: tuple[str, ...]) -> None:
        super().__init__(", ".join(sources))
        self.sources = sources


Separate = Callable[[frozenset[int]], Sequence[Clause]]
"""Returns clauses that a choice leaves unmet; none where it leaves nothing broken."""


@dataclass
class _Search:
    options: Options
    separate: Separate
    clauses: dict[Clause, None] = field(default_factory=dict)
    best: frozenset[int] | None = None
    bound: float = 0.0

    @property
    def best_cost(self) -> float:
        return math.inf if self.best is None else self.options.cost(self.best)

    @property
    def is_done(self) -> bool:
        """Whether nothing cheaper than the best can be left."""
        return self.best_cost <= self.bound + COST_TOLERANCE

    def learn(self, chosen: frozenset[int]) -> list[Clause]:
        """Return the clauses that ``chosen`` leaves unmet, and know them from now on."""
        found = list(self.separate(chosen))
        self.clauses.update(dict.fromkeys(found))
        if not found:
            self._keep(chosen)
        return found

    def _keep(self, chosen: frozenset[int]) -> None:
        if self.options.cost(chosen) < self.best_cost - COST_TOLERANCE:
            self.best = chosen

    def complete(self, chosen: frozenset[int]) -> None:
        """Add to a choice until nothing is broken, as far as adding can do that.

        All that could mend a path is added at once, so that the paths found after it have little
        in common with it, and each round knows as many of them as there can be.
        """
        added = chosen
        while unmet := self.learn(added):
            more = frozenset().union(*(clause.adding for clause in unmet)) - added
            if not more:
                return
            added |= more
        self.reduce(added, kept=chosen)

    def reduce(self, chosen: frozenset[int], kept: frozenset[int]) -> None:
        """Look for a cheap choice within one that leaves nothing broken."""
        greedy = self._greedy(chosen, kept)
        for _ in range(len(chosen)):
            unmet = self.learn(greedy)
            if not unmet:
                break
            greedy = self._greedy(chosen, greedy)
        else:
            return
        for option in sorted(greedy, key=lambda each: (-self.options.costs[each], each)):
            fewer = greedy - {option}
            if all(clause.is_met(fewer) for clause in self.clauses) and not self.learn(fewer):
                greedy = fewer
        self._keep(greedy)

    def _greedy(self, among: frozenset[int], chosen: frozenset[int]) -> frozenset[int]:
        """Add to a choice, always what meets most for its cost, until all known clauses are met."""
        picked = set(chosen)
        unmet = [clause for clause in self.clauses if not clause.is_met(picked)]
        while unmet:
            count: dict[int, int] = {}
            for clause in unmet:
                for option in clause.adding & among:
                    count[option] = count.get(option, 0) + 1
            if not count:
                break
            option = max(count, key=lambda each: (count[each] / self.options.costs[each], -each))
            picked.add(option)
            unmet = [clause for clause in unmet if option not in clause.adding]
        return frozenset(picked)


def cheapest(options: Options, separate: Separate, relaxed=None, *, seconds_left: Callable[[], float]) -> Choice:
    """Return the cheapest choice that leaves nothing broken.

    Where time runs out, the best one found so far, and what every choice costs at least.

    Args:
        options: What can be chosen.
        separate: Returns clauses that a choice leaves unmet.
        seconds_left: Returns how long the search may still take.

    Raises:
        Contradiction: There is no such choice.
    """
    search = _Search(options, separate)
    programme = Programme(options.costs, options.openings, options.opening_costs)
    asked = 0
    chosen: frozenset[int] = frozenset()
    import time
    t0=time.time()
    if relaxed is not None:
        rounds=0
        while True:
            values, cost = programme.relax(seconds_left())
            t1=time.time()
            found = [c for c in relaxed(values) if c not in search.clauses]
            rounds+=1
            print("lp", rounds, round(cost,3), len(found), round(t1-t0,2), round(time.time()-t0,2), flush=True)
            if not found: break
            for c in found:
                search.clauses[c]=None
                programme.ask(c.adding, c.leaving)
        asked=len(search.clauses)
        search.bound = math.ceil(cost-1e-6)
        chosen = frozenset(i for i,v in enumerate(values) if v>0.999)
        print("sure", len(chosen), "frac", sum(1e-6<v<0.999 for v in values))
    while True:
        search.complete(chosen)
        known = list(search.clauses)
        for clause in known[asked:]:
            programme.ask(clause.adding, clause.leaving)
        asked = len(known)
        if search.is_done or (left := seconds_left()) <= 0:
            return Choice(search.best, search.bound)
        try:
            answer = programme.solve(left, at_most=search.best)
        except Unsatisfiable:
            raise Contradiction(_core(options, known)) from None
        search.bound = max(search.bound, answer.bound)
        if answer.chosen is None or search.is_done:
            return Choice(search.best, search.bound)
        chosen = answer.chosen


def _core(options: Options, clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Return as few sources as possible whose clauses can't be satisfied together."""
    clauses = list(clauses)
    needed = list(dict.fromkeys(clause.source for clause in clauses))
    for source in tuple(needed):
        fewer = [each for each in needed if each != source]
        programme = Programme(options.costs, options.openings, options.opening_costs)
        for clause in clauses:
            if clause.source in fewer:
                programme.ask(clause.adding, clause.leaving)
        try:
            programme.solve(math.inf)
        except Unsatisfiable:
            needed = fewer
    return tuple(needed)
