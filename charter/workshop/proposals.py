"""What a workshop proposes, each change with its support, as it can be said in any language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from charter.amendments import Amendment
from charter.messages import Speaker, visible
from journeys.document import Words


class What(StrEnum):
    """What a proposal is about."""

    MARKER = "marker"
    TAG = "tag"
    EXPRESSION = "expression"
    EMOTION = "emotion"
    IRRITANT = "irritant"
    EFFORT = "effort"
    MOMENT_OF_TRUTH = "moment-of-truth"
    SEGMENT = "segment"
    PRIORITIES = "priorities"


class Standing(StrEnum):
    """Whether something can be done."""

    OPEN = "open"
    """It can be."""
    DONE = "done"
    """The charter says it already."""
    GONE = "gone"
    """What it is about isn't there any more, or has no room for it."""
    NOTED = "noted"
    """There is nothing to do, only something to know."""


@dataclass(frozen=True)
class Told:
    """A sentence, to be said in any language.

    Attributes:
        message: It, marked with ``N_``.
        names: What it names, each behind its name there.
    """

    message: str
    names: tuple[tuple[str, Name], ...] = ()

    def spoken(self, speak: Speaker) -> str:
        """Return it in a language."""
        return speak.naming(self.message, **{name: _spoken(of, speak) for name, of in self.names})


Name: TypeAlias = "str | int | Words | Told | tuple[Name, ...]"
"""Something named: a text, a number, words, another sentence, or several of them."""


def told(message: str, **names: Name) -> Told:
    """Return a sentence that names some things."""
    return Told(message, tuple(names.items()))


def _spoken(name: Name, speak: Speaker) -> str:
    match name:
        case Told():
            return name.spoken(speak)
        case Words():
            return speak.words(name)
        case int():
            return speak.count(name)
        case tuple():
            return speak.all_of(_spoken(each, speak) for each in name)
    return visible(name)


@dataclass(frozen=True)
class Proposal:
    """A change of the charter that a workshop proposes.

    Attributes:
        id: Tells it from the others; the same one for the same change, however others vote.
        round: The id of the round that it comes from.
        told: What is to be done.
        support: How many people said it.
        asked: How many answered that.
        backing: The same, and why it is proposed, in words.
        amendments: What does it; none where there is nothing to do. All of them are made, or none.
        is_advised: Whether enough people said it for it to be done unless somebody objects.
        detail: What was said besides, that the charter has no place for.
    """

    id: str
    round: str
    what: What
    standing: Standing
    told: Told
    support: int
    asked: int
    backing: Told
    amendments: tuple[Amendment, ...] = ()
    is_advised: bool = False
    detail: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be done."""
        return self.standing is Standing.OPEN

    def is_same_change(self, other: Proposal) -> bool:
        """Return whether another one does the same to the same, whatever its support."""
        return (self.told, self.amendments) == (other.told, other.amendments)
