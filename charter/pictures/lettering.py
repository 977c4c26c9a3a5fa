"""Text set into the room that there is: broken into lines, shortened where it must be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from charter.pictures.font import Font, font

ELLIPSIS = "…"
_JOINER = "\N{ZERO WIDTH JOINER}"
_RIGHT_TO_LEFT = ("R", "AL", "AN")


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set.

    Attributes:
        size: Of the font, in pixels.
        leading: From one line to the next.
    """

    size: float
    leading: float
    is_bold: bool = False

    @property
    def font(self) -> Font:
        """The font that it is set in."""
        return font(is_bold=self.is_bold)

    def width(self, text: str) -> float:
        """Return how wide a text is."""
        return self.font.width(text, self.size)

    def one_line(self, text: str, room: float) -> str:
        """Return a text that is no wider than ``room``, shortened where it must be."""
        if self.width(text) <= room:
            return text
        kept: list[str] = []
        left = room - self.width(ELLIPSIS)
        for letter in letters(text):
            left -= self.width(letter)
            if left < 0:
                break
            kept.append(letter)
        return "".join(kept).rstrip() + ELLIPSIS

    def lines(self, text: str, room: float, most: int) -> tuple[str, ...]:
        """Return a text as lines no wider than ``room``; the last of ``most`` is shortened."""
        lines = list(self._broken(text, room))
        if len(lines) <= most:
            return tuple(lines)
        return (*lines[: most - 1], self.one_line(" ".join(lines[most - 1 :]) + ELLIPSIS, room))

    def _broken(self, text: str, room: float) -> Iterator[str]:
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if self.width(longer) <= room:
                line = longer
                continue
            if line:
                yield line
            line = word
            while self.width(line) > room:
                piece = self._piece(line, room)
                yield piece
                line = line[len(piece) :]
        yield line

    def _piece(self, word: str, room: float) -> str:
        """Return as much of a word as fits, one letter at least."""
        piece, width = "", 0.0
        for letter in letters(word):
            width += self.width(letter)
            if piece and width > room:
                break
            piece += letter
        return piece


def letters(text: str) -> Iterator[str]:
    """Yield what a reader takes for one letter: with its accents, or several signs as one."""
    letter = ""
    for sign in text:
        belongs = letter and (
            unicodedata.category(sign) in ("Mn", "Me", "Mc")
            or sign == _JOINER
            or letter.endswith(_JOINER)
            or 0x1F3FB <= ord(sign) <= 0x1F3FF
        )
        if letter and not belongs:
            yield letter
            letter = ""
        letter += sign
    if letter:
        yield letter


def runs_right_to_left(text: str) -> bool:
    """Return whether a text is read from right to left, by its first letter."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction == "L":
            return False
        if direction in _RIGHT_TO_LEFT:
            return True
    return False
