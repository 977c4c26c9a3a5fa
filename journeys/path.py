"""Paths as they are told: stops in the order visited, repeated rounds folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Round(NamedTuple):
    """Stops visited in a row, and how many times in a row they are."""

    stops: tuple[str, ...]
    times: int


def fold(path: Sequence[str]) -> tuple[Round, ...]:
    """Return ``path`` as rounds: at each place the repetition that covers most, shortest first.

    Unrolling the rounds gives the path back. Cost: the square of its length at worst.

    >>> fold(("home", "list", "item", "list", "item", "paid"))
    (Round(stops=('home',), times=1), Round(stops=('list', 'item'), times=2), \
Round(stops=('paid',), times=1))
    """
    found: list[Round] = []
    start = 0
    while start < len(path):
        best = Round((path[start],), 1)
        for length in range(1, (len(path) - start) // 2 + 1):
            block = tuple(path[start : start + length])
            times = 1
            while tuple(path[start + times * length :][:length]) == block:
                times += 1
            if times > 1 and times * length > best.times * len(best.stops):
                best = Round(block, times)
        found.append(best)
        start += best.times * len(best.stops)
    return tuple(found)
