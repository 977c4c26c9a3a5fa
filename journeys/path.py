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

    Unrolling the rounds gives the path back. Cost: linear where no stop comes again.

    >>> fold(("home", "list", "item", "list", "item", "paid"))
    (Round(stops=('home',), times=1), Round(stops=('list', 'item'), times=2), \
Round(stops=('paid',), times=1))
    """
    places: dict[str, list[int]] = {}
    for place, stop in enumerate(path):
        places.setdefault(stop, []).append(place)
    found: list[Round] = []
    start = 0
    while start < len(path):
        best = Round((path[start],), 1)
        # A round can only be as long as it takes for its first stop to come again.
        for again in places[path[start]]:
            length = again - start
            if not 0 < length <= (len(path) - start) // 2:
                continue
            times = _times(path, start, length)
            if times > 1 and times * length > best.times * len(best.stops):
                best = Round(tuple(path[start:again]), times)
        found.append(best)
        start += best.times * len(best.stops)
    return tuple(found)


def _times(path: Sequence[str], start: int, length: int) -> int:
    """Return how many times in a row the ``length`` stops from ``start`` on are visited."""
    place = start + length
    while place < len(path) and path[place] == path[place - length]:
        place += 1
    return (place - start) // length
