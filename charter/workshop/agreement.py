"""How far a room agrees: Krippendorff's alpha."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import import_module


class Scale(Enum):
    """How far apart two answers are."""

    NOMINAL = "nominal"
    """The same, or not."""
    INTERVAL = "interval"
    """The square of their difference."""


@dataclass(frozen=True)
class Rating:
    """What one participant said of one thing."""

    participant: int
    thing: tuple[str, ...]
    says: int


def alpha(ratings: Iterable[Rating], scale: Scale) -> float | None:
    """Return Krippendorff's alpha: how far people agree, beyond what chance would bring.

    It is 1 - Do / De. Do is how far apart two answers about the same thing are on average, De how
    far apart any two answers are, whatever they are about. 1 is full agreement, 0 what answers
    drawn from a hat would give; below 0 people disagree more than that. Who left a thing out is
    left out there; a thing that one alone answered isn't compared. Krippendorff, Content Analysis,
    4th ed., ch. 12; worked out by nltk.

    Where all said the same of everything there is nothing to tell chance from, and it is taken
    for 1. None where it isn't defined: nothing was answered by two people.

    Args:
        ratings: At most one for each participant and thing.
        scale: Which answers are how far apart.
    """
    compared = _compared(ratings)
    if not compared:
        return None
    # Two seconds, the first time: it brings numpy and scipy along.
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance, interval_distance

    distance = binary_distance if scale is Scale.NOMINAL else interval_distance
    task = AnnotationTask(
        [(str(each.participant), each.thing, each.says) for each in compared], distance
    )
    return float(task.alpha())


def get_ready() -> None:
    """Load what alpha is worked out by, so that nobody waits for it when they want to see it."""
    import_module("nltk.metrics.agreement")


def alikeness(spread: Mapping[int, int], widest: int) -> float | None:
    """Return how much alike two people answered about one thing, from 0 to 1; None below two.

    It is 1 - Do for that thing alone, with the greatest distance taken for 1: the chance that two
    of them said the same where ``widest`` is 1. One half is a room split in two. Alpha says
    nothing about one thing: it has no others to be compared with.

    Args:
        spread: How many gave each answer.
        widest: The greatest difference that two answers may have.
    """
    people = sum(spread.values())
    if people < 2:
        return None
    apart = sum(
        (one - other) ** 2 * spread[one] * spread[other]
        for one, other in itertools.permutations(spread, 2)
    )
    return 1 - apart / (people * (people - 1) * widest**2)


def _compared(ratings: Iterable[Rating]) -> list[Rating]:
    by_thing: dict[Hashable, list[Rating]] = {}
    for each in ratings:
        by_thing.setdefault(each.thing, []).append(each)
    return [each for found in by_thing.values() if len(found) > 1 for each in found]
