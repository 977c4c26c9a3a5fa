"""What a planner can choose, what that costs, and what is asked of a choice."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """What can be chosen, and at what cost.

    Attributes:
        costs: By option, its cost, above 0.
        openings: By option, what it opens: paid for once, however many options open it.
        opening_costs: By what can be opened, its cost, above 0.
        preferred: Options that are chosen before others where that costs as much.
    """

    costs: Sequence[float]
    openings: Sequence[tuple[int, ...]]
    opening_costs: Sequence[float]
    preferred: AbstractSet[int] = frozenset()

    def cost(self, chosen: AbstractSet[int]) -> float:
        """Return what a choice costs."""
        opened = {opening for option in chosen for opening in self.openings[option]}
        return sum(self.costs[option] for option in sorted(chosen)) + sum(
            self.opening_costs[opening] for opening in sorted(opened)
        )

    def shares_of_openings(self, chosen: AbstractSet[int]) -> dict[int, float]:
        """Return by option what it pays for openings: the first of those that open pays it all."""
        paid: set[int] = set()
        found = {}
        for option in sorted(chosen):
            new = [each for each in dict.fromkeys(self.openings[option]) if each not in paid]
            found[option] = sum(self.opening_costs[opening] for opening in new)
            paid.update(new)
        return found


@dataclass(frozen=True)
class Clause:
    """What must be so: one of some options chosen, or one of others not.

    Attributes:
        source: What asks for it.
        adding: Options, one of which may be chosen.
        leaving: Options, one of which may be left out.
    """

    source: Hashable
    adding: frozenset[int]
    leaving: frozenset[int] = frozenset()

    def is_met(self, chosen: AbstractSet[int]) -> bool:
        """Return whether a choice satisfies it."""
        return not self.adding.isdisjoint(chosen) or not self.leaving <= chosen
