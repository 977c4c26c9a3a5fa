"""What of a choice can be spared: left out, and still no path is broken.

For one view after the other it is known which nodes of the product of graph and automaton can be
reached from the first, and from which the last can be. To leave an option out opens edges; that
breaks a path where one of them, or a walk over several, joins the two. Otherwise what was reached
grows, and never shrinks again: all options together cost little more than looking at each edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from journeys.options import Clause
from journeys.product import Product


class Spare:
    """A choice from which options are left out one by one."""

    def __init__(
        self, walks: Iterable[Walks], clauses: Iterable[Clause], chosen: AbstractSet[int]
    ) -> None:
        """Begin with all of a choice.

        What it leaves broken already is not looked at.

        Args:
            walks: Those among which none may break.
            clauses: What else it must meet.
            chosen: The choice.
        """
        self.chosen = set(chosen)
        self._views_of: dict[int, list[_View]] = {}
        for each in walks:
            view = _View(each, chosen)
            if not view.breaks:
                for option in each.ways_of:
                    self._views_of.setdefault(option, []).append(view)
        # How much of each clause meets it.
        self._clauses = [clause for clause in clauses if clause.is_met(chosen)]
        self._meeting = [
            len(clause.adding & chosen) + len(clause.leaving - chosen) for clause in self._clauses
        ]
        self._adding: dict[int, list[int]] = {}
        self._leaving: dict[int, list[int]] = {}
        for number, clause in enumerate(self._clauses):
            for option in clause.adding & chosen:
                self._adding.setdefault(option, []).append(number)
            for option in clause.leaving & chosen:
                self._leaving.setdefault(option, []).append(number)

    def leave_out(self, option: int) -> bool:
        """Leave an option out if it can be spared; return whether it could."""
        asking = self._adding.get(option, ())
        if any(self._meeting[number] == 1 for number in asking):
            return False
        reached = []
        for view in self._views_of.get(option, ()):
            more = view.reached_without(option)
            if more is None:
                return False
            reached.append((view, more))
        for view, more in reached:
            view.leave_out(option, more)
        for number in asking:
            self._meeting[number] -= 1
        for number in self._leaving.get(option, ()):
            self._meeting[number] += 1
        self.chosen.remove(option)
        return True


class Walks:
    """The edges of a product, as they are walked from node to node.

    Attributes:
        ahead: By node, the edges that leave it: where to, and the way.
        back: By node, the edges that lead to it: where from, and the way.
        edges: By way, its edges.
        ways_of: By option, the ways for which it must be left out.
    """

    def __init__(self, product: Product) -> None:
        self.last = product.last
        self.ahead: list[list[tuple[int, int]]] = [[] for _ in range(product.nodes)]
        self.back: list[list[tuple[int, int]]] = [[] for _ in range(product.nodes)]
        self.edges: dict[int, list[tuple[int, int]]] = {}
        edges = zip(
            product.sources.tolist(), product.targets.tolist(), product.ways.tolist(), strict=True
        )
        for source, target, way in edges:
            self.ahead[source].append((target, way))
            self.back[target].append((source, way))
            self.edges.setdefault(way, []).append((source, target))
        self.many_ways = len(product.without)
        self.ways_of: dict[int, list[int]] = {}
        for way in self.edges:
            for option in product.without[way]:
                self.ways_of.setdefault(option, []).append(way)


class _View:
    """What can be reached by walks.

    Attributes:
        breaks: Whether some path is broken already.
    """

    def __init__(self, walks: Walks, chosen: AbstractSet[int]) -> None:
        self._walks = walks
        # How many options are still in the way of each way.
        self._closed = closed = [0] * walks.many_ways
        for option in walks.ways_of.keys() & chosen:
            for way in walks.ways_of[option]:
                closed[way] += 1
        self._before = bytearray(len(walks.ahead))
        self._behind = bytearray(len(walks.ahead))
        self._spread([0], self._before, walks.ahead)
        self.breaks = bool(self._before[walks.last])
        self._spread([walks.last], self._behind, walks.back)

    def _spread(
        self, starts: Iterable[int], known: bytearray, edges: Sequence[Sequence[tuple[int, int]]]
    ) -> None:
        """Note what edges that are open lead to from some nodes on."""
        closed = self._closed
        waiting = []
        for start in starts:
            if not known[start]:
                known[start] = 1
                waiting.append(start)
        while waiting:
            for there, way in edges[waiting.pop()]:
                if not closed[way] and not known[there]:
                    known[there] = 1
                    waiting.append(there)

    def reached_without(self, option: int) -> set[int] | None:
        """Return what else is reached without an option; None where that breaks a path."""
        walks = self._walks
        opened = [way for way in walks.ways_of[option] if self._closed[way] == 1]
        before, behind, closed = self._before, self._behind, self._closed
        found: set[int] = set()
        waiting: list[int] = []
        for way in opened:
            for source, target in walks.edges[way]:
                if before[source] and not before[target] and target not in found:
                    if behind[target]:
                        return None
                    found.add(target)
                    waiting.append(target)
        is_opened = set(opened)
        while waiting:
            for target, way in walks.ahead[waiting.pop()]:
                if closed[way] and way not in is_opened:
                    continue
                if not before[target] and target not in found:
                    if behind[target]:
                        return None
                    found.add(target)
                    waiting.append(target)
        return found

    def leave_out(self, option: int, reached: Iterable[int]) -> None:
        """Leave an option out without which ``reached`` can be reached as well."""
        opened = []
        for way in self._walks.ways_of[option]:
            self._closed[way] -= 1
            if not self._closed[way]:
                opened.append(way)
        for node in reached:
            self._before[node] = 1
        leading = [
            source
            for way in opened
            for source, target in self._walks.edges[way]
            if self._behind[target]
        ]
        self._spread(leading, self._behind, self._walks.back)
