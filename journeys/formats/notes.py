"""What is told of a file of another tool besides what was read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from journeys.source import Position


@dataclass(frozen=True)
class Note:
    """Something that can't be carried over, or not as it is.

    Attributes:
        reason: Which sentence tells it.
        position: Where it stands in the file.
        parameters: What the sentence names.
    """

    reason: str
    position: Position
    parameters: Mapping[str, object] = field(default_factory=dict)
