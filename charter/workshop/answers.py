"""What participants answer, read from what their phones send.

Nothing that a phone sends is trusted: each answer is held to what its round asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from charter.workshop.rounds import GRADES, Kind, Round

LONGEST_NAME = 80
LONGEST_TEXT = 400
DOTS_KEY = "dots"
"""The key of the one answer that holds all the dots that somebody spends."""
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = "\u200c\u200d"
"""Letters of some scripts, and emoji, are put together by these, though they aren't seen."""


class Refused(Exception):
    """An answer isn't taken.

    Attributes:
        reason: Which sentence tells why: ``charter.messages.workshop``.
        parameters: What that sentence names.
    """

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason, parameters)
        self.reason = reason
        self.parameters = parameters


@dataclass(frozen=True)
class Idea:
    """A marker proposed; ``value`` is one of the round's choices, or empty."""

    name: str
    value: str = ""
    example: str = ""


@dataclass(frozen=True)
class Felt:
    """The markers felt at a touchpoint; maybe none."""

    markers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Showing:
    """How a marker would show on a channel; one of the three at least says something."""

    do: str = ""
    dont: str = ""
    example: str = ""


@dataclass(frozen=True)
class Feeling:
    """How a touchpoint feels, from -2 to 2."""

    emotion: int


@dataclass(frozen=True)
class Irritant:
    """What annoys customers; ``touchpoint`` is one of the round's choices, or empty."""

    name: str
    touchpoint: str = ""


@dataclass(frozen=True)
class Dots:
    """How many dots were spent on which cards; those with none aren't named."""

    dots: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Grades:
    """A touchpoint on the effort grid, each from 1 to 3; None where it wasn't graded."""

    duration: int | None = None
    frequency: int | None = None
    complexity: int | None = None
    value: int | None = None


Says = Idea | Felt | Showing | Feeling | Irritant | Dots | Grades
"""What an answer says."""


@dataclass(frozen=True)
class Answer:
    """What one participant says of one thing, as it stands.

    Attributes:
        number: The order in which answers came in. An answer said otherwise keeps its number.
        participant: Who, by a number that says nothing about them.
        key: The card; for an idea, a name of its own.
    """

    number: int
    round: str
    participant: int
    key: str
    says: Says


def read_answer(round: Round, key: object, said: object) -> Says:
    """Return what a phone says, held to what the round asks.

    Args:
        round: The round.
        key: The card that is answered; `DOTS_KEY` for dots; for an idea, any name of letters and
            digits.
        said: A mapping with the fields of what the round's kind asks for.

    Raises:
        Refused: It isn't such an answer.
    """
    if not isinstance(said, Mapping) or not isinstance(key, str):
        raise Refused("not-an-answer")
    if round.kind is Kind.DOTS:
        # All dots are spent in one answer, or more could be spent in several.
        if key != DOTS_KEY:
            raise Refused("not-an-answer")
    elif not round.cards:
        if not _KEY.fullmatch(key):
            raise Refused("not-an-answer")
    elif round.card(key) is None:
        raise Refused("no-such-card")
    return _READERS[round.kind](round, said)


def plain(says: Says) -> dict[str, object]:
    """Return an answer as a phone sends it."""
    said = asdict(says)
    if isinstance(says, Dots):
        return {"dots": dict(says.dots)}
    return said


def _read_idea(round: Round, said: Mapping[str, object]) -> Idea:
    name = _text(said, "name", LONGEST_NAME)
    if not name:
        raise Refused("says-nothing")
    return Idea(name, _choice(round, said, "value"), _text(said, "example"))


def _read_felt(round: Round, said: Mapping[str, object]) -> Felt:
    markers = said.get("markers", ())
    known = [each.key for each in round.choices]
    if not isinstance(markers, list | tuple) or len(markers) > len(known):
        raise Refused("not-an-answer")
    if any(marker not in known for marker in markers):
        raise Refused("no-such-choice")
    return Felt(tuple(each for each in known if each in markers))


def _read_showing(round: Round, said: Mapping[str, object]) -> Showing:
    del round
    showing = Showing(*(_text(said, field) for field in ("do", "dont", "example")))
    if showing == Showing():
        raise Refused("says-nothing")
    return showing


def _read_feeling(round: Round, said: Mapping[str, object]) -> Feeling:
    del round
    return Feeling(_whole(said.get("emotion"), -2, 2))


def _read_irritant(round: Round, said: Mapping[str, object]) -> Irritant:
    name = _text(said, "name", LONGEST_NAME)
    if not name:
        raise Refused("says-nothing")
    return Irritant(name, _choice(round, said, "touchpoint"))


def _read_dots(round: Round, said: Mapping[str, object]) -> Dots:
    spent = said.get("dots")
    if not isinstance(spent, Mapping):
        raise Refused("not-an-answer")
    if any(round.card(str(key)) is None for key in spent):
        raise Refused("no-such-card")
    dots = {str(key): _whole(number, 0, round.dots) for key, number in spent.items()}
    if sum(dots.values()) > round.dots:
        raise Refused("too-many-dots", dots=round.dots)
    in_order = [(each.key, dots.get(each.key, 0)) for each in round.cards]
    return Dots(tuple((key, number) for key, number in in_order if number))


def _read_grades(round: Round, said: Mapping[str, object]) -> Grades:
    del round
    given = {key: said[key] for key in GRADES if said.get(key) is not None}
    if not given:
        raise Refused("says-nothing")
    return Grades(**{key: _whole(grade, 1, 3) for key, grade in given.items()})


_READERS: Mapping[Kind, Callable[[Round, Mapping[str, object]], Says]] = {
    Kind.PROPOSE: _read_idea,
    Kind.TAG: _read_felt,
    Kind.EXPRESS: _read_showing,
    Kind.EMOTION: _read_feeling,
    Kind.IRRITANTS: _read_irritant,
    Kind.DOTS: _read_dots,
    Kind.EFFORT: _read_grades,
}


def line_of(text: str) -> str:
    """Return a text as one line of what can be seen."""
    kept = (
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter.isspace() or letter in _JOINERS or unicodedata.category(letter) not in _UNSEEN
    )
    return " ".join("".join(kept).split())


def _text(said: Mapping[str, object], field: str, longest: int = LONGEST_TEXT) -> str:
    text = said.get(field, "")
    if not isinstance(text, str):
        raise Refused("not-an-answer")
    # Before anything is made of a text that may be very long.
    if len(text) > 4 * longest or len(line := line_of(text)) > longest:
        raise Refused("too-long", longest=longest)
    return line


def _choice(round: Round, said: Mapping[str, object], field: str) -> str:
    chosen = said.get(field) or ""
    if chosen and chosen not in [each.key for each in round.choices]:
        raise Refused("no-such-choice")
    return str(chosen)


def _whole(number: object, least: int, most: int) -> int:
    # True is a number to Python, and no answer.
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise Refused("not-in-range", least=least, most=most)
    return number
