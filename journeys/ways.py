"""The ways between the stops of a journey, kept in columns: millions of them fit in memory."""

from __future__ import annotations

import operator
from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from journeys.model import Transition

if TYPE_CHECKING:
    from journeys.columns import Columns

LARGE = 20_000
"""More passages than that are worth loading NumPy for."""


def column_of_sets(width: int, sets: Iterable[int] = ()) -> array[int] | list[int]:
    """Return bit sets of ``width`` bits as a column, of machine words where they fit."""
    return array("Q", sets) if width <= 64 else list(sets)


def intersection(one: Sequence[int], other: Sequence[int]) -> Sequence[int]:
    """Return what each two bit sets of two columns share, as a column like the first."""
    shared = map(operator.and_, one, other)
    return array("Q", shared) if isinstance(one, array) else list(shared)


def alike(columns: Sequence[Sequence[int]]) -> tuple[list[int], Sequence[int]]:
    """Return a row of each sort that there is, and by row which of these it is like.

    Rows are alike that have the same in all ``columns``, of which there must be one.
    """
    # A stop has about three passages.
    if len(columns[0]) * 3 > LARGE and all(isinstance(column, array) for column in columns):
        from journeys import columns as arrays

        if (found := arrays.alike(columns)) is not None:
            return found
    rows = list(zip(*columns, strict=True))
    examples = dict(zip(reversed(rows), reversed(range(len(rows))), strict=True))
    numbers = {row: number for number, row in enumerate(examples)}
    return list(examples.values()), [numbers[row] for row in rows]


@dataclass(frozen=True, eq=False)
class Ways:
    """The passages between stops, by the stop that they leave, in the order of ``next``.

    Attributes:
        offsets: By stop, which passage is its first; one more for where the last stop's end.
        sources: By passage, the stop that it leaves.
        targets: By passage, the stop that it leads to.
        transitions: By passage, the transition that it belongs to.
        portions: By passage, the part in (0, 1] of those who take the transition that take it: a
            touchpoint on several channels is reached on each in proportion to its share.
    """

    offsets: array[int]
    sources: array[int]
    targets: array[int]
    transitions: tuple[Transition, ...]
    portions: array[float]

    def __len__(self) -> int:
        return len(self.targets)

    @property
    def is_large(self) -> bool:
        """Whether they are better followed by NumPy than by plain Python."""
        return len(self) > LARGE

    @cached_property
    def columns(self) -> Columns:
        """The same for NumPy."""
        from journeys.columns import Columns

        return Columns(self.offsets, self.sources, self.targets)

    def leaving(self, stop: int) -> range:
        """Return the passages that leave a stop, in order."""
        return range(self.offsets[stop], self.offsets[stop + 1])

    @cached_property
    def incoming(self) -> tuple[tuple[int, ...], ...]:
        """By stop, the passages that lead to it, in order."""
        found: list[list[int]] = [[] for _ in range(len(self.offsets) - 1)]
        for passage, target in enumerate(self.targets):
            found[target].append(passage)
        return tuple(map(tuple, found))

    def spread(
        self, bits: Iterable[int], open_to: Sequence[int], *, backward: bool
    ) -> tuple[int, ...]:
        """Spread bit sets along the passages until nothing changes, and return them by stop.

        Args:
            bits: By stop, the set to begin with.
            open_to: By passage, the bits that may move along it.
            backward: Whether they move against the passages.

        Cost: passages, times the number of times that more bits arrive.
        """
        if self.is_large:
            from journeys import columns

            with suppress(columns.BetterInPlainPython):
                return columns.spread(self.columns, bits, open_to, backward=backward)
        ways = self.incoming if backward else tuple(map(self.leaving, range(len(self.offsets) - 1)))
        ends = self.sources if backward else self.targets
        found = list(bits)
        frontier = {stop: new for stop, new in enumerate(found) if new}
        while frontier:
            following: dict[int, int] = {}
            for stop, moving in frontier.items():
                for passage in ways[stop]:
                    other = ends[passage]
                    if new := moving & open_to[passage] & ~found[other]:
                        found[other] |= new
                        following[other] = following.get(other, 0) | new
            frontier = following
        return tuple(found)

    def trimmed(self, open_to: Sequence[int], walked: Sequence[int]) -> Sequence[int]:
        """Return by passage those of ``open_to`` that are also in ``walked`` at both its ends."""
        if self.is_large:
            from journeys import columns

            return columns.trimmed(self.columns, open_to, walked)
        ends = zip(open_to, self.sources, self.targets, strict=True)
        return [bits & walked[source] & walked[target] for bits, source, target in ends]
