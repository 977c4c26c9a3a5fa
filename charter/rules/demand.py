"""What a broken rule asks of the tags on one path, so that it can be planned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from charter.findings import Scope

Borne = Sequence[AbstractSet[str]]
"""By visit of a path, the markers that it bears for the segment."""


Sides = tuple[frozenset[str], frozenset[str]]
"""The markers that may mend a rule, put on a touchpoint, and those that may break it."""


@dataclass(frozen=True)
class Demand:
    """One path on which a rule breaks, and how tags would change that.

    Attributes:
        rule: The rule's id.
        scope: What the verdict that is broken is about.
        segment: Who walks the path, by the segment's place.
        visits: The stops visited, by their places.
        helping: Markers that can only mend it where they are put on.
        hurting: Markers that can only break it where they are put on. A marker in both may do
            either.
        is_broken: Returns whether the path breaks the rule, given what its visits bear.
    """

    rule: str
    scope: Scope
    segment: int
    visits: tuple[int, ...]
    helping: frozenset[str]
    hurting: frozenset[str]
    is_broken: Callable[[Borne], bool]
