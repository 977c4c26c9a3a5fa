"""A journey as another tool knows it: what is to be completed before it is one of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from journeys.formats.notes import Note
from journeys.source import Position


@dataclass(frozen=True)
class DraftTransition:
    """A step to the next touchpoint.

    Attributes:
        to: The key of the next touchpoint.
        because: Texts that say when customers go this way, in the order met.
        is_otherwise: Whether it is the way of those for whom no other one is meant.
        share: How many go this way, where it is told.
    """

    to: str
    because: tuple[str, ...] = ()
    is_otherwise: bool = False
    share: str | None = None


@dataclass(frozen=True)
class DraftTouchpoint:
    """A touchpoint to be.

    Attributes:
        key: Its name in the other tool's file, by which transitions lead to it.
        id: An id for it, which others may have too; empty where none can be made.
        name: Its name for people; empty where it has none.
        position: Where it stands in the other tool's file.
        stage: The name of the part of the diagram that its stage is told by; empty for none.
        place: The name of the lane or pool that says who does it; empty for none.
        channels: The names of its channels, where they are told.
        exit: The key of the outcome that it ends in; None where it doesn't end.
        segments: The names of those it is for; none where it is for everybody.
        emotion: How it feels, from -2 to 2, where it is told.
    """

    key: str
    id: str
    name: str
    position: Position
    stage: str = ""
    place: str = ""
    channels: tuple[str, ...] = ()
    is_entry: bool = False
    exit: str | None = None
    segments: tuple[str, ...] = ()
    emotion: int | None = None
    next: tuple[DraftTransition, ...] = ()


@dataclass(frozen=True)
class DraftJourney:
    """A journey to be.

    Attributes:
        id: An id for it, which others may have too; empty where none can be made.
        name: Its name for people; empty where it has none.
        touchpoints: In the order of the file.
        outcomes: The names of outcomes by key, empty where they have none, in the order met.
        stages: The names that stages have for people, by the names touchpoints give them.
        segments: The names of those it is for; none where it is for everybody.
    """

    id: str
    name: str
    position: Position
    touchpoints: tuple[DraftTouchpoint, ...]
    outcomes: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    segments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """What became of all things of a kind.

    Attributes:
        found: How many the file holds.
        imported: How many are in the journeys as they are.
        contracted: How many are in them as parts of something else.
        listed: How many aren't in them.
    """

    found: int
    imported: int
    contracted: int
    listed: int


@dataclass(frozen=True)
class DraftFile:
    """What another tool's file holds.

    Attributes:
        notes: What isn't carried over, or not as it is, in the order of the file.
        counts: What became of things, by their kind: ``nodes``, ``flows``.
    """

    journeys: tuple[DraftJourney, ...]
    notes: tuple[Note, ...]
    counts: Mapping[str, Count]
