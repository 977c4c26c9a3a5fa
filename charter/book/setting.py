"""How much room texts take on slides, and where they are parted when there isn't enough.

Widths are those of Liberation Sans, which are Arial's; a brand's own font is taken to be wider.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from charter.pictures.font import font

LINE = 1.22
"""How far lines stand apart, in parts of the font's size."""
AFTER = 3.0
"""What stands below a paragraph, in points."""
SAFE = 1.06
"""Programs break lines a little differently."""


@dataclass(frozen=True)
class Words:
    """A paragraph on a slide.

    Attributes:
        size: In points.
        colour: As ``#rrggbb``.
        is_item: Whether it is one of a list.
        is_title: Whether it is set in the font of titles.
    """

    text: str
    size: float
    colour: str
    is_bold: bool = False
    is_italic: bool = False
    is_item: bool = False
    is_title: bool = False

    @property
    def indent(self) -> float:
        """How far it stands in, in points."""
        return self.size if self.is_item else 0.0


@dataclass(frozen=True)
class Measure:
    """Measures texts in a font that is so many times as wide as ours."""

    breadth: float = 1.0

    @functools.lru_cache(maxsize=20_000)  # noqa: B019 - measures are values, and few
    def lines(self, words: Words, width: float) -> int:
        """Return how many lines a paragraph takes in a width in points."""
        return sum(1 for _ in self._broken(words, width))

    def height(self, cell: Sequence[Words], width: float) -> float:
        """Return how high paragraphs stand below one another, in points."""
        return sum(
            self.lines(words, width) * words.size * LINE + AFTER for words in cell if words.text
        )

    def parted(
        self, cell: Sequence[Words], width: float, height: float
    ) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
        """Return what of some paragraphs fits into a height, and the rest."""
        fits: list[Words] = []
        left = height
        for number, words in enumerate(cell):
            needed = self.height([words], width)
            if needed <= left:
                fits.append(words)
                left -= needed
                continue
            room = int((left - AFTER) / (words.size * LINE))
            told = list(self._broken(words, width))
            if room > 0:
                fits.append(replace(words, text=" ".join(told[:room])))
                rest = replace(words, text=" ".join(told[room:]), is_item=False)
            else:
                rest = words
            return tuple(fits), (rest, *cell[number + 1 :])
        return tuple(fits), ()

    def _broken(self, words: Words, width: float) -> Iterator[str]:
        """Yield the lines of a paragraph."""
        room = (width - words.indent) / SAFE / self.breadth
        space = _width(" ", words.size, words.is_bold)
        line: list[str] = []
        taken = 0.0
        for word in words.text.split(" "):
            wide = _width(word, words.size, words.is_bold)
            if line and taken + space + wide <= room:
                line.append(word)
                taken += space + wide
                continue
            if line:
                yield " ".join(line)
            *whole, word = self._pieces(word, words, room)
            yield from whole
            line, taken = [word], _width(word, words.size, words.is_bold)
        yield " ".join(line)

    def _pieces(self, word: str, words: Words, room: float) -> list[str]:
        """Return a word in pieces that are no wider than a line."""
        if _width(word, words.size, words.is_bold) <= room:
            return [word]
        pieces = [""]
        taken = 0.0
        for letter in word:
            wide = _width(letter, words.size, words.is_bold)
            if pieces[-1] and taken + wide > room:
                pieces.append("")
                taken = 0.0
            pieces[-1] += letter
            taken += wide
        return pieces


@functools.lru_cache(maxsize=50_000)
def _width(text: str, size: float, is_bold: bool) -> float:
    return font(is_bold=is_bold).width(text, size)
