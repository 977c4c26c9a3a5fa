"""Large graphs as NumPy columns, and bit sets that spread along them a whole frontier at a time.

Imported only where it is needed: NumPy takes longer to load than a small workspace takes to check.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

import numpy

from journeys.ways import Ways, column_of_sets

Column: TypeAlias = Any
"""A one-dimensional NumPy array."""

WORD = 64
"""Most bits that are moved at once."""


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

    def __init__(self, ways: Ways) -> None:
        self.sources = numpy.frombuffer(ways.sources, dtype=numpy.int32).astype(numpy.intp)
        self.targets = numpy.frombuffer(ways.targets, dtype=numpy.int32).astype(numpy.intp)
        self.leaving = Table(numpy.frombuffer(ways.offsets, dtype=numpy.int32).astype(numpy.intp))

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


_COLUMNS: WeakKeyDictionary[Ways, Columns] = WeakKeyDictionary()


def columns_of(ways: Ways) -> Columns:
    """Return the columns of some ways, made once."""
    if ways not in _COLUMNS:
        _COLUMNS[ways] = Columns(ways)
    return _COLUMNS[ways]


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
        return numpy.frombuffer(sets, dtype=numpy.uint64) >> low & ((1 << width) - 1)
    mask = (1 << width) - 1
    return numpy.array([each >> low & mask for each in sets], dtype=numpy.uint64)


def spread(
    ways: Ways, bits: Iterable[int], open_to: Sequence[int], *, backward: bool
) -> tuple[int, ...]:
    """Return what `Ways.spread` does."""
    columns = columns_of(ways)
    begun = list(bits)
    found = [0] * len(begun)
    width = max(begun, default=0).bit_length()
    for low in range(0, width, WORD):
        here = words(begun, low, WORD)
        _spread(columns, here, words(open_to, low, WORD), backward=backward)
        found = [more << low | before for more, before in zip(here.tolist(), found, strict=True)]
    return tuple(found)


def _spread(columns: Columns, found: Column, passable: Column, *, backward: bool) -> None:
    """Spread what is in ``found``, in place."""
    collector = Collector(len(found), numpy.uint64)
    stops = numpy.flatnonzero(found)
    new = found[stops]
    while len(stops):
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


def trimmed(ways: Ways, open_to: Sequence[int], walked: Sequence[int]) -> Sequence[int]:
    """Return what `Ways.trimmed` does."""
    columns = columns_of(ways)
    found = column_of_sets(max(walked, default=0).bit_length(), [0] * len(open_to))
    for low in range(0, max(walked, default=0).bit_length(), WORD):
        here = words(walked, low, WORD)
        kept = words(open_to, low, WORD) & here[columns.sources] & here[columns.targets]
        if isinstance(found, array):
            return array(found.typecode, kept.tobytes())
        found = [more << low | before for more, before in zip(kept.tolist(), found, strict=True)]
    return found


def windows(width: int, copies: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield how views are parted into words: (first copy, copies, first segment, segments)."""
    if width <= WORD:
        together = WORD // width
        parts = -(-copies // together)
        # As many in each, so that none is moved in words wider than need be.
        together = -(-copies // parts) if parts else 1
        for first in range(0, copies, together):
            yield first, min(together, copies - first), 0, width
    else:
        for copy in range(copies):
            for low in range(0, width, WORD):
                yield copy, 1, low, min(WORD, width - low)


def narrowest(bits: int) -> Any:
    """Return the narrowest unsigned integer type that holds so many bits, up to 64."""
    return next(
        kind
        for kind in (numpy.uint8, numpy.uint16, numpy.uint32, numpy.uint64)
        if bits <= numpy.iinfo(kind).bits
    )
