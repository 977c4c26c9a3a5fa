"""A failing workspace made as small as it can be while it still fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from .definitions import Record


def shrunk(workspace: Record, still_fails: Callable[[Record], bool]) -> Record:
    """Return a smallest failing part: nothing more can be taken away from it alone."""
    while True:
        for smaller in one_thing_less(workspace):
            if still_fails(smaller):
                workspace = smaller
                break
        else:
            return workspace


def one_thing_less(workspace: Record) -> Iterator[Record]:
    """Give the workspace without each of its parts in turn, outer ones first."""
    for place in sorted(places(workspace), key=len):
        smaller = deepcopy(workspace)
        parent: Any = smaller
        for key in place[:-1]:
            parent = parent[key]
        del parent[place[-1]]
        if workspace["charter"].get("rules") and not smaller.get("charter", {}).get("rules"):
            continue  # The house rules would step in, and fail for reasons of their own.
        yield smaller


def places(thing: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the place of every key and list item below."""
    if isinstance(thing, dict | list):
        for key in thing if isinstance(thing, dict) else range(len(thing)):
            yield (*place, key)
            yield from places(thing[key], (*place, key))
