"""Ids of ours from the names that other tools and people give to things."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 48
"""As long as an id that is made from a name becomes."""

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


# What a YAML file can't hold.
_UNPRINTABLE = re.compile(
    "[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def one_line(text: str) -> str:
    """Return a text of another tool as a name: on one line, and nothing that no file may hold."""
    return _UNPRINTABLE.sub("\ufffd", " ".join(text.split()))


def plain_letters(text: str) -> str:
    """Return ``text`` in small letters without accents, as far as they have such."""
    folded = text.casefold().translate(_LETTERS)
    apart = unicodedata.normalize("NFKD", folded)
    return "".join(each for each in apart if not unicodedata.combining(each))


def id_of_name(name: str) -> str:
    """Return an id for a name; empty where it has neither letters nor digits that ids have."""
    words = re.findall("[a-z0-9]+", plain_letters(name.replace("’", "'").replace("'", " ")))
    found = ""
    for word in words:
        longer = f"{found}-{word}" if found else word
        if len(longer) > LONGEST:
            break
        found = longer
    return found or "".join(words[:1])[:LONGEST]


def id_of_key(key: str) -> str:
    """Return an id for an id of another tool; empty where it has no letter or digit of ours.

    Each underscore becomes a hyphen, so that an id of ours that was written with them comes back.
    """
    plain = re.sub("[^a-z0-9_-]+", "-", plain_letters(key))
    return plain.replace("_", "-").lstrip("-")


class Numbering:
    """Gives each thing an id of its own: a second one of the same id is numbered."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def unique(self, identifier: str) -> str:
        """Return ``identifier``, or it with the first number that makes it new."""
        found, number = identifier, self._last.get(identifier, 1)
        while found in self._taken:
            number += 1
            found = f"{identifier}-{number}"
        self._last[identifier] = number
        self._taken.add(found)
        return found
