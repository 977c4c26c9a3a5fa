"""Large graphs as NumPy columns, and bit sets that spread along them a whole frontier at a time.

Imported only where it is needed: NumPy takes longer to load than a small workspace takes to check.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy

Column: TypeAlias = Any
"""A one-dimensional NumPy array."""

WORD_BITS = 64
"""Most bits that are moved at once."""


class BetterInPlainPython(Exception):
    """A search too narrow for arrays, or with too many places for each to have one in memory."""


class Breadth:
    """Watches how broad the levels of a search are, which cost much alike however broad.

    A level takes NumPy about as long as plain Python takes for fifty stops.
    """

    def __init__(self) -> None:
        self.levels = 0
        self.places = 0

    def note(self, places: int) -> None:
        """Note a level of so many places.

        Raises:
            BetterInPlainPython: After a hundred levels they were narrow, taken together.
        """
        self.levels += 1
        self.places += places
        if self.levels > 100 and self.places < 50 * self.levels:
            raise BetterInPlainPython


class Rows(NamedTuple):
    """Which of some rows have entries, and where those are.

    Attributes:
        row: By entry, which of the rows asked for it belongs to.
        entry: By entry, its place.
    """

    row: Column
    entry: Column


class Table:
    """Entries by row, one row after the other."""

    def __init__(self, offsets: Column) -> None:
        self.offsets = offsets
        self.lengths = numpy.diff(offsets)

    def entries(self, rows: Column) -> Rows:
        """Return the entries of some rows, in order."""
        lengths = self.lengths[rows]
        row = numpy.repeat(numpy.arange(len(rows)), lengths)
        ends = numpy.cumsum(lengths)
        within = numpy.arange(len(row)) - numpy.repeat(ends - lengths, lengths)
        return Rows(row, self.offsets[rows][row] + within)


class Columns:
    """The passages of a graph as arrays, both ways."""

    def __init__(self, offsets: Any, sources: Any, targets: Any) -> None:
        """Take the columns of `journeys.ways.Ways`, as buffers of 32-bit integers."""
        self.leaving = Table(_column(offsets))
        self.sources = _column(sources)
        self.targets = _column(targets)

    @property
    def stops(self) -> int:
        """How many stops there are."""
        return len(self.leaving.lengths)

    @cached_property
    def entering(self) -> tuple[Table, Column]:
        """The passages by the stop that they lead to: where each stop's are, and which."""
        counts = numpy.bincount(self.targets, minlength=self.stops)
        offsets = numpy.concatenate(([0], numpy.cumsum(counts)))
        return Table(offsets), numpy.argsort(self.targets, kind="stable")


def _column(numbers: Any) -> Column:
    """Return a buffer of 32-bit integers as NumPy indexes best by."""
    return numpy.frombuffer(numbers, dtype=numpy.int32).astype(numpy.intp)


class Collector:
    """Unites the bit sets that come to each place.

    Attributes:
        dtype: The unsigned integers that hold a set.
    """

    def __init__(self, places: int, dtype: Any) -> None:
        # Zeros are handed out by the page as they are touched, so empty places cost nothing.
        self.dtype = dtype
        self._united = numpy.zeros(places, dtype=dtype)
        self._first = numpy.zeros(places, dtype=numpy.int32)

    def collect(self, places: Column, bits: Column) -> tuple[Column, Column]:
        """Return each place once, with the union of what came to it. Cost: linear."""
        numpy.bitwise_or.at(self._united, places, bits)
        # Each place keeps the last that named it, and so is told by one alone.
        numbers = numpy.arange(len(places), dtype=numpy.int32)
        self._first[places] = numbers
        told = places[self._first[places] == numbers]
        united = self._united[told]
        self._united[told] = 0
        return told, united


def words(sets: Sequence[int], low: int, width: int) -> Column:
    """Return the bits from ``low`` on, ``width`` of them, of each bit set."""
    if isinstance(sets, array):
        held = numpy.frombuffer(sets, dtype=numpy.uint64)
        return held if (low, width) == (0, WORD_BITS) else held >> low & ((1 << width) - 1)
    mask = (1 << width) - 1
    return numpy.array([each >> low & mask for each in sets], dtype=numpy.uint64)


def alike(columns: Sequence[Sequence[int]]) -> tuple[list[int], Sequence[int]] | None:
    """Return what `journeys.ways.alike` does; None where it can't be told this way."""
    held = [words(column, 0, WORD_BITS) for column in columns]
    mixed = numpy.zeros(len(columns[0]), dtype=numpy.uint64)
    for column in held:
        # Odd, so that nothing is lost of what was mixed before.
        mixed = mixed * numpy.uint64(0x9E3779B97F4A7C15) + column
    _, first, like = numpy.unique(mixed, return_index=True, return_inverse=True)
    if any((column[first][like] != column).any() for column in held):
        return None
    return first.tolist(), array("q", like.astype(numpy.int64).tobytes())


def spread(
    columns: Columns, bits: Iterable[int], open_to: Sequence[int], *, backward: bool
) -> tuple[int, ...]:
    """Return what `journeys.ways.Ways.spread` does.

    Raises:
        BetterInPlainPython: Its levels are narrow.
    """
    begun = list(bits)
    found = [0] * len(begun)
    width = max(begun, default=0).bit_length()
    for low in range(0, width, WORD_BITS):
        here = words(begun, low, WORD_BITS)
        _spread(columns, here, words(open_to, low, WORD_BITS), backward=backward)
        found = [more << low | before for more, before in zip(here.tolist(), found, strict=True)]
    return tuple(found)


def _spread(columns: Columns, found: Column, passable: Column, *, backward: bool) -> None:
    """Spread what is in ``found``, in place."""
    collector = Collector(len(found), numpy.uint64)
    stops = numpy.flatnonzero(found)
    new = found[stops]
    breadth = Breadth()
    while len(stops):
        breadth.note(len(stops))
        if backward:
            table, which = columns.entering
            row, entry = table.entries(stops)
            passages = which[entry]
            others = columns.sources[passages]
        else:
            row, passages = columns.leaving.entries(stops)
            others = columns.targets[passages]
        moving = new[row] & passable[passages] & ~found[others]
        moves = numpy.flatnonzero(moving)
        stops, new = collector.collect(others[moves], moving[moves])
        found[stops] |= new


def trimmed(columns: Columns, open_to: Sequence[int], walked: Sequence[int]) -> Sequence[int]:
    """Return what `journeys.ways.Ways.trimmed` does."""
    width = max(walked, default=0).bit_length()
    found = [0] * len(open_to)
    for low in range(0, width, WORD_BITS):
        here = words(walked, low, WORD_BITS)
        kept = words(open_to, low, WORD_BITS) & here[columns.sources] & here[columns.targets]
        if width <= WORD_BITS:
            return array("Q", kept.tobytes())
        found = [more << low | before for more, before in zip(kept.tolist(), found, strict=True)]
    return found
