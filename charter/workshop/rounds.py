"""A round of a workshop: one question to the room, and the cards that it is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from journeys.document import Words

LONGEST_ROUND = 180
"""Minutes that a round may be given."""
MOST_CARDS = 200
"""Cards, or choices, that a round may have."""
MOST_DOTS = 20
"""Dots that each participant may be given."""
GRADES = ("duration", "frequency", "complexity", "value")
"""What is graded on the effort grid, each from 1 (low) to 3 (high)."""


class Kind(StrEnum):
    """What a round asks for."""

    PROPOSE = "propose"
    """A marker of the brand: a name, the value that it serves, an example."""
    TAG = "tag"
    """Which markers are felt at a touchpoint."""
    EXPRESS = "express"
    """How a marker would show on a channel: do, don't, an example."""
    EMOTION = "emotion"
    """How a touchpoint feels, from -2 to 2."""
    IRRITANTS = "irritants"
    """What annoys customers, and where."""
    DOTS = "dots"
    """Which of some things come first: each participant has so many dots to spend."""
    EFFORT = "effort"
    """What a touchpoint takes, on the grid of `GRADES`."""


KINDS = tuple(Kind)


class Subject(StrEnum):
    """What dots are spent on."""

    IDEAS = "ideas"
    """What was proposed, or what annoys, in an earlier round."""
    TOUCHPOINTS = "touchpoints"
    """The touchpoints of a journey: those that matter most are moments of truth."""
    SEGMENTS = "segments"
    """The segments of customers: those that come first have a high priority."""
    PRIORITIES = "priorities"
    """What makes an action come first; see ``charter.brand.Priorities``."""


class Stage(StrEnum):
    """How far a round is."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Card:
    """One thing that participants answer about, or choose.

    Attributes:
        key: What answers name it by: a touchpoint's id, ``marker/channel`` where a marker is to be
            expressed, the number of an idea.
        name: What participants read.
        detail: What they read below it.
    """

    key: str
    name: Words
    detail: Words | None = None


@dataclass(frozen=True)
class Round:
    """One question to the room.

    Attributes:
        id: Tells it from the others of its workshop.
        title: What the facilitator calls it; empty for what its kind is called.
        note: What the facilitator reads to the room.
        minutes: What it is meant to take.
        journey: The journey whose touchpoints it is about; empty for none.
        cards: What is answered one by one; none where participants write what comes to mind.
        choices: What an answer may choose: the markers felt, the value served, the touchpoint.
        subject: What dots are spent on.
        of: The round whose ideas dots are spent on.
        dots: How many each participant has.
        is_revealed: Whether participants and the board see what was answered.
        opened: When it was opened last, in seconds since 1970.
        spent: For how many seconds it was open before that.
        merged: Ideas that the facilitator took for the same, by their numbers; the first of each
            stands for all.
    """

    id: str
    kind: Kind
    title: str = ""
    note: str = ""
    minutes: int = 5
    journey: str = ""
    cards: tuple[Card, ...] = ()
    choices: tuple[Card, ...] = ()
    subject: Subject | None = None
    of: str = ""
    dots: int = 5
    stage: Stage = Stage.WAITING
    is_revealed: bool = False
    opened: float = 0.0
    spent: float = 0.0
    merged: tuple[tuple[int, ...], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.stage is Stage.OPEN

    def took(self, now: float) -> float:
        """Return for how many seconds it has been open.

        A clock that was put back meanwhile takes nothing away.
        """
        return self.spent + (max(0.0, now - self.opened) if self.is_open else 0.0)

    def remaining(self, now: float) -> float:
        """Return how many of its seconds are left. It stays open when they are spent."""
        return max(0.0, self.minutes * 60 - self.took(now))

    def card(self, key: str) -> Card | None:
        """Return the card of that key; None where there is none."""
        return next((each for each in self.cards if each.key == key), None)
