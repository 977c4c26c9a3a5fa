"""Two versions of a text brought together line by line, where that is free of doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class _Shared(NamedTuple):
    """Lines that are in all three texts: where they begin in each, and how many they are."""

    base: int
    mine: int
    theirs: int
    length: int


def merged_lines(
    base: Sequence[bytes], mine: Sequence[bytes], theirs: Sequence[bytes]
) -> list[bytes] | None:
    """Return the lines with the changes of both; None if they changed the same or next lines."""
    merged: list[bytes] = []
    base_at = mine_at = theirs_at = 0
    for shared in _shared(base, mine, theirs):
        was = base[base_at : shared.base]
        own, other = mine[mine_at : shared.mine], theirs[theirs_at : shared.theirs]
        if own == was:
            merged += other
        elif other in (was, own):
            merged += own
        else:
            return None
        base_at, mine_at, theirs_at = (start + shared.length for start in shared[:3])
        merged += base[shared.base : base_at]
    return merged


def _shared(
    base: Sequence[bytes], mine: Sequence[bytes], theirs: Sequence[bytes]
) -> Iterator[_Shared]:
    """Yield the runs of lines that nobody changed, in order, and the end."""
    by_mine = SequenceMatcher(None, base, mine).get_matching_blocks()
    by_theirs = SequenceMatcher(None, base, theirs).get_matching_blocks()
    own_place = other_place = 0
    while own_place < len(by_mine) and other_place < len(by_theirs):
        own, other = by_mine[own_place], by_theirs[other_place]
        start = max(own.a, other.a)
        end = min(own.a + own.size, other.a + other.size)
        if start < end:
            yield _Shared(start, own.b + start - own.a, other.b + start - other.a, end - start)
        if own.a + own.size < other.a + other.size:
            own_place += 1
        else:
            other_place += 1
    yield _Shared(len(base), len(mine), len(theirs), 0)
