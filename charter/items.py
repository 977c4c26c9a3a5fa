"""Values of a file that cells change: mappings in the order of their keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from journeys.plain import Plain

Item: TypeAlias = dict[str, Plain]
"""What a mapping of a file says."""
Path: TypeAlias = tuple[str, ...]
"""The keys that lead to a value."""


def found(item: Item, path: Path) -> Plain:
    """Return what stands at ``path``; None where nothing does."""
    value: Plain = item
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def put(item: Item, path: Path, value: Plain, order: Sequence[str] = ()) -> None:
    """Write a value at ``path``; a key that is new stands where ``order`` has it, or last."""
    key, *rest = path
    if rest:
        held = item.get(key)
        within: Item = held if isinstance(held, dict) else {}
        put(within, tuple(rest), value)
        value = within
    if key in item:
        item[key] = value
        return
    later = set(order[order.index(key) + 1 :]) if key in order else set()
    entries = list(item.items())
    place = next((i for i, (each, _) in enumerate(entries) if each in later), len(entries))
    entries.insert(place, (key, value))
    item.clear()
    item.update(entries)


def drop(item: Item, path: Path) -> None:
    """Take off what stands at ``path``, and what held nothing else."""
    key, *rest = path
    held = item.get(key)
    if rest and isinstance(held, dict):
        drop(held, tuple(rest))
        if held:
            return
    item.pop(key, None)


def as_list(value: Plain) -> list[Plain]:
    """Return the items of a list; one alone may be written without."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
