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
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np

from journeys.cheap_paths import CheapPaths
from journeys.cuts import Cuts
from journeys.halves import Halves
from journeys.options import Clause, Options
from journeys.product import Product, products
from journeys.programme import Programme, Solution, Unsatisfiable
from journeys.relaxation import Relaxation
from journeys.spare import Spare, Walks

COST_TOLERANCE = 1e-6
"""What two costs may differ by and be the same."""

_TOO_LITTLE = 0.99
"""Along which paths so little is chosen that more must be asked."""
_PATHS_OF_AN_OPTION = 2
"""Of how many paths an option may be part that are asked at once, of one view."""
_PART_FOR_HALVES = 0.9
"""The part of the time after which options are chosen whole, whatever halves still tell."""
_ROUNDS_IDLE = 10
"""For how many rounds nothing may come of steps before they are at their end."""
_FEW_CLAUSES = 1_000
"""Of how many clauses whole choices are so soon made that no idle round is worth its while."""
_ROUNDS_TO_ROUNDING = 6
"""From one rounding of halves to the next."""
_LEAST_PRICE = 0.01
"""What part of its cost an option that is chosen by halves is thought to cost still."""
_CLAUSES_FOR_EQUALS = 3_000
"""Of how many clauses at most equals are told apart."""


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

    Of those that cost as little, the one with fewest options that aren't preferred; of these, the
    one whose options come first, all their places added up. (Where so much is asked that choosing
    among equals would take long, the one found.) Where time runs out, the best one found so far,
    and what every choice costs at least.

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
        search.look_at(relaxations)
        search.begin()
        search.choose_by_halves()
        search.choose_whole()
        search.choose_among_equals()
    except Unsatisfiable:
        raise Contradiction(_at_odds(options, search.clauses)) from None
    return Choice(search.best, search.bound, _needing(search.best or frozenset(), search.clauses))


@dataclass
class _Search:
    """A search under way.

    Attributes:
        clauses: What is asked.
        told: Those of them that ``unmet`` told.
        views: What relaxations ask, and of it the cheap paths.
        best: The cheapest choice so far.
        bound: What every choice costs at least.
    """

    options: Options
    unmet: Callable[[frozenset[int]], Sequence[Clause]]
    seconds_left: Callable[[], float]
    clauses: dict[Clause, None] = field(default_factory=dict)
    told: dict[Clause, None] = field(default_factory=dict)
    views: list[_View] = field(default_factory=list)
    best: frozenset[int] | None = None
    bound: float = 0.0

    def __post_init__(self) -> None:
        self.halves = Halves(self.options)

    @cached_property
    def programme(self) -> _Asked:
        """What chooses whole."""
        return _Asked(Programme(self.options))

    @property
    def cost(self) -> float:
        """What the best choice so far costs."""
        return math.inf if self.best is None else self.options.cost(self.best)

    @property
    def is_best(self) -> bool:
        """Whether nothing cheaper can be left."""
        return self.cost <= self.bound + COST_TOLERANCE

    @property
    def is_over(self) -> bool:
        """Whether nothing cheaper can be left, or no time is."""
        return self.is_best or self.seconds_left() <= 0

    def look_at(self, relaxations: Iterable[Relaxation]) -> None:
        """Take up what relaxations ask, as far as there is time to."""
        for relaxation in relaxations:
            pairs = zip(relaxation.sources, products(relaxation), strict=True)
            self.views += (_View(source, view) for source, view in pairs if len(view.sources))
            if self.seconds_left() <= 0:
                return

    def ask(self, found: Iterable[Clause]) -> int:
        """Ask for clauses from now on; return how many of them are new."""
        new = [clause for clause in dict.fromkeys(found) if clause not in self.clauses]
        if new:
            self.halves.ask(new)
        self.clauses.update(dict.fromkeys(new))
        return len(new)

    def leaves_broken(self, chosen: frozenset[int]) -> Sequence[Clause]:
        """Return the clauses that a choice doesn't meet; keep it if it is the best so far."""
        found = self.unmet(chosen)
        self.ask(found)
        self.told.update(dict.fromkeys(found))
        if not found and self.options.cost(chosen) < self.cost - COST_TOLERANCE:
            self.best = chosen
        return found

    def begin(self) -> None:
        """Look for a first choice, among all that could mend some path."""
        self.try_whole(frozenset().union(*(view.mending for view in self.views)))

    # Choosing by halves.

    def choose_by_halves(self) -> None:
        """Ask what cheap paths ask, until halves meet it all, and round them."""
        until = self.seconds_left() * (1.0 - _PART_FOR_HALVES)
        rounds = idle = 0
        while self.views and not self.is_over and self.seconds_left() > until:
            asked = self.ask(self.asked_too_little(self.halves.chosen))
            before = self.bound
            self.halves.improve()
            self.bound = max(self.bound, self.halves.bound)
            rounds += 1
            if rounds % _ROUNDS_TO_ROUNDING == 1:
                self.try_rounded()
            # Where nothing more is asked, steps may still have to go on a while.
            idle = 0 if asked or self.bound > before + COST_TOLERANCE else idle + 1
            if idle >= (_ROUNDS_IDLE if len(self.clauses) > _FEW_CLAUSES else 1):
                break
        if rounds and not self.is_over:
            self.try_rounded()

    def asked_too_little(self, chosen: np.ndarray) -> list[Clause]:
        """Return clauses of cheap paths that a choice in parts doesn't meet."""
        # Of views where nothing was found lately only where nothing is anywhere else.
        for are_quiet in (False, True):
            found: list[Clause] = []
            for view in self.views:
                if view.is_quiet is are_quiet:
                    asked = view.asked_too_little(chosen)
                    view.is_quiet = not asked
                    found += asked
            if found:
                return found
        return []

    def try_rounded(self) -> None:
        """Try a whole choice that is near to what is chosen by halves.

        For one view after the other as little as can be is added that mends all its paths; the
        more is chosen of an option by halves, the cheaper it is thought to be.
        """
        costs = np.array(self.options.costs, float)
        prices = costs * (_LEAST_PRICE + 1.0 - self.halves.chosen)
        chosen: set[int] = set()
        for view in self.views:
            prices[list(chosen)] = 0.0
            chosen |= view.cuts.find(prices)
        self.try_whole(frozenset(chosen))

    # Choosing whole.

    def choose_whole(self) -> None:
        """Choose the cheapest for all that is asked, until nothing is left broken."""
        while not self.is_over:
            solution = self.programme.solve(self.clauses, self.seconds_left(), self.best)
            self.bound = max(self.bound, solution.bound)
            if solution.chosen is None or self.is_over:
                return
            self.ask(self.asked_too_little(self._as_parts(solution.chosen)))
            self.try_whole(solution.chosen)

    def _as_parts(self, chosen: AbstractSet[int]) -> np.ndarray:
        parts = np.zeros(len(self.options.costs))
        parts[list(chosen)] = 1.0
        return parts

    def try_whole(self, chosen: frozenset[int]) -> None:
        """Keep as little of a choice as can be; add to it where it leaves something broken."""
        # A first choice is looked for as long as it takes.
        while self.best is None or self.seconds_left() > 0:
            chosen = self._covering(chosen)
            unmet = self.leaves_broken(self._spared(chosen))
            # What a choice must keep that no relaxation tells of is kept from now on.
            if not any(clause.adding for clause in unmet):
                return
            missing = (clause.adding for clause in unmet if not clause.is_met(chosen))
            chosen = chosen.union(*missing)

    def _covering(self, chosen: frozenset[int]) -> frozenset[int]:
        """Add to a choice until it breaks no path that a relaxation tells of.

        All that could mend a path is added at once, so that the paths found after it have little
        in common with it, and few rounds tell much.
        """
        while clauses := self.asked_too_little(self._as_parts(chosen)):
            self.ask(clauses)
            chosen = chosen.union(*(clause.adding for clause in clauses))
        return chosen

    def _spared(self, chosen: frozenset[int]) -> frozenset[int]:
        """Return a choice without what can be spared, left out first what halves choose least."""
        spare = Spare([view.walks for view in self.views], self.told, chosen)
        for option in sorted(chosen, key=self._worth):
            spare.leave_out(option)
        return frozenset(spare.chosen)

    def _worth(self, option: int) -> tuple[float, float, bool, int]:
        """Return what options that may be left out are sorted by, the first to go the least."""
        chosen = round(float(self.halves.chosen[option]), 3)
        is_preferred = option in self.options.preferred
        return (chosen, -self.options.costs[option], is_preferred, -option)

    # Choosing among equals.

    def choose_among_equals(self) -> None:
        """Choose between all that cost as little as the best."""
        options = self.options
        if not self.best or not self.is_best or len(self.clauses) > _CLAUSES_FOR_EQUALS:
            return
        numbers = range(len(options.costs))
        others = [float(option not in options.preferred) for option in numbers]
        places = [float(option + 1) for option in numbers]
        programme = self.programme.programme
        programme.at_most(self.cost)
        for weights in (others, places):
            programme.minimise(weights)
            found = self._first_that_mends()
            if found is None:
                return
            self.best = found
            programme.keep()

    def _first_that_mends(self) -> frozenset[int] | None:
        """Return the choice of least weight; None where there is no time to find it."""
        while self.seconds_left() > 0:
            solution = self.programme.solve(self.clauses, self.seconds_left(), self.best)
            if solution.chosen is None or not solution.is_optimal:
                return None
            asked = self.ask(self.asked_too_little(self._as_parts(solution.chosen)))
            if not asked and not self.leaves_broken(solution.chosen):
                return solution.chosen
        return None


class _View:
    """What a relaxation asks of one view."""

    def __init__(self, source: Hashable, product: Product) -> None:
        self.source, self.product = source, product
        self.walks = Walks(product)
        self.cheap_paths = CheapPaths(product)
        self.is_quiet = False

    @cached_property
    def cuts(self) -> Cuts:
        """What finds smallest cuts of it."""
        return Cuts(self.product)

    @property
    def mending(self) -> frozenset[int]:
        """The options that could mend some path."""
        ways = np.unique(self.product.ways).tolist()
        return frozenset(option for way in ways for option in self.product.without[way])

    def asked_too_little(self, chosen: np.ndarray) -> list[Clause]:
        """Return clauses that a choice in parts doesn't meet."""
        paths = self.cheap_paths.find(chosen, _TOO_LITTLE, times=_PATHS_OF_AN_OPTION)
        return [Clause(self.source, without) for without in paths]


class _Asked:
    """A programme, and what it was asked."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._asked = 0

    def solve(
        self, clauses: Mapping[Clause, None], seconds: float, start: AbstractSet[int] | None
    ) -> Solution:
        """Return the best choice for clauses, which are only ever more than before."""
        for clause in islice(clauses, self._asked, None):
            self.programme.ask(clause.adding, clause.leaving)
        self._asked = len(clauses)
        return self.programme.solve(seconds, start=start)


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
