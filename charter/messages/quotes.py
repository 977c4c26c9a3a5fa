"""Quotation marks, and those inside them, as each language sets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Marks = tuple[str, str]

MARKS: Mapping[str, Sequence[Marks]] = {
    "en": (("“", "”"), ("‘", "’")),
    "fr": (("«\u00a0", "\u00a0»"), ("“", "”"), ("‘", "’")),
}
"""The marks of each language: the outer ones, those inside them, those inside these."""

_CLOSING = {"“": "”", "«": "»", "‘": "’", '"': '"'}
_SPACES = " \u00a0\u202f"
# What a straight mark that opens may stand behind: it looks as one that closes does.
_BEFORE = frozenset(_SPACES + "([{«“‘'’-–—/")


def quoted(text: str, marks: Sequence[Marks]) -> str:
    """Return a text between the outer marks; those inside it are the inner ones.

    A text that stands between marks as a whole gets no second pair.
    """
    pairs = _pairs(text)
    if pairs.get(0) == len(text) - 1:
        text = text[1:-1].strip(_SPACES)
        pairs = _pairs(text)
    opening, closing = marks[0]
    return f"{opening}{_inside(text, pairs, marks)}{closing}"


def _inside(text: str, pairs: Mapping[int, int], marks: Sequence[Marks]) -> str:
    """Return a text with its pairs of marks set as they are inside of others."""
    told, done = "", 0
    ends: list[int] = []
    for place in sorted({*pairs, *pairs.values()}):
        before = text[done:place]
        if done and text[done - 1] == "«":
            before = before.lstrip(_SPACES)
        if text[place] == "»":
            before = before.rstrip(_SPACES)
        if place in pairs:
            ends.append(pairs[place])
            mark = marks[len(ends) % len(marks)][0]
        else:
            mark = marks[len(ends) % len(marks)][1]
            ends.pop()
        told += before + mark
        done = place + 1
    return told + text[done:]


def _pairs(text: str) -> dict[int, int]:
    """Return where each mark that opens stands, with the place of the one that closes it.

    A mark that has no other, such as an apostrophe or the sign for inches, is none.
    """
    pairs: dict[int, int] = {}
    is_open: list[int] = []
    for place, sign in enumerate(text):
        found = _opened_by(text, place, is_open)
        if found is not None:
            pairs[is_open[found]] = place
            del is_open[found:]
        elif sign in _CLOSING and (sign != '"' or place == 0 or text[place - 1] in _BEFORE):
            is_open.append(place)
    return pairs


def _opened_by(text: str, place: int, is_open: Sequence[int]) -> int | None:
    """Return which of the open marks the one at a place closes."""
    sign = text[place]
    if sign == "’" and text[place + 1 : place + 2].isalnum():
        # An apostrophe.
        return None
    for found in reversed(range(len(is_open))):
        if _CLOSING[text[is_open[found]]] == sign:
            return found
    return None
