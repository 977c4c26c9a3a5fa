"""Two versions of a text brought together line by line, where that is free of doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    for was, own, other, shared in _stretches(base, mine, theirs):
        if own == was:
            merged += other
        elif other in (was, own):
            merged += own
        else:
            return None
        merged += shared
    return merged


def woven_lines(
    base: Sequence[bytes],
    mine: Sequence[bytes],
    theirs: Sequence[bytes],
    *,
    kept_of: Callable[[bytes], bytes | None],
) -> list[bytes]:
    """Return the lines with the changes of both; where they changed the same lines, theirs.

    What ``kept_of`` makes of a line of mine that isn't taken, if anything, comes before them.
    """
    woven: list[bytes] = []
    for was, own, other, shared in _stretches(base, mine, theirs):
        if own == was:
            woven += other
        elif other in (was, own):
            woven += own
        else:
            known = {kept.strip() for line in (*was, *other) if (kept := kept_of(line))}
            found = (kept_of(line) for line in own)
            woven += [line for line in found if line is not None and line.strip() not in known]
            woven += other
        woven += shared
    return woven


def _stretches(
    base: Sequence[bytes], mine: Sequence[bytes], theirs: Sequence[bytes]
) -> Iterator[tuple[Sequence[bytes], Sequence[bytes], Sequence[bytes], Sequence[bytes]]]:
    """Yield lines as they were, as each made them, and those that nobody changed behind them."""
    base_at = mine_at = theirs_at = 0
    for shared in _shared(base, mine, theirs):
        was = base[base_at : shared.base]
        own, other = mine[mine_at : shared.mine], theirs[theirs_at : shared.theirs]
        base_at, mine_at, theirs_at = (start + shared.length for start in shared[:3])
        yield was, own, other, base[shared.base : base_at]


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
