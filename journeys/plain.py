"""What YAML text means, free of how and where it is written."""

from __future__ import annotations

import json
from typing import TypeAlias

from journeys.source import Block, Items, Node

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""What YAML text means: scalars are the text they are written as, None is nothing at all."""

IDENTITY_KEYS = ("id", "to", "marker", "rule", "journey", "name")
"""The keys that say which thing an item of a list is."""


def plain(node: Node) -> Plain:
    """Return what a value that was read means."""
    if isinstance(node, Block):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [plain(item) for item in node]
    return None if node.is_blank else str(node)


def is_same(one: object, other: object) -> bool:
    """Return whether two values are equal and their keys in the same order.

    That order may mean something: the channels of a touchpoint count in it.
    """
    return one == other and (
        not isinstance(one, dict | list) or json.dumps(one) == json.dumps(other)
    )
