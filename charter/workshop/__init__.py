"""Workshops: a room of people, their phones, rounds of questions, and what they answered.

A workshop knows nothing of the charter's files: each round carries the cards that it asks about,
as people read them. What comes of the answers is worked out beside it.
"""

from charter.workshop.answers import (
    Answer,
    Dots,
    Feeling,
    Felt,
    Grades,
    Idea,
    Irritant,
    Refused,
    Says,
    Showing,
    read_answer,
)
from charter.workshop.rounds import (
    GRADES,
    KINDS,
    Card,
    Kind,
    Round,
    Stage,
    Subject,
)
from charter.workshop.running import NotNow, Workshop
from charter.workshop.workshops import (
    CannotKeep,
    Given,
    Joined,
    Kept,
    MovedMeanwhile,
    NoSuchWorkshop,
    Participant,
    Workshops,
)

__all__ = [
    "GRADES",
    "KINDS",
    "Answer",
    "CannotKeep",
    "Card",
    "Dots",
    "Feeling",
    "Felt",
    "Given",
    "Grades",
    "Idea",
    "Irritant",
    "Joined",
    "Kept",
    "Kind",
    "MovedMeanwhile",
    "NoSuchWorkshop",
    "NotNow",
    "Participant",
    "Refused",
    "Round",
    "Says",
    "Showing",
    "Stage",
    "Subject",
    "Workshop",
    "Workshops",
    "read_answer",
]
