"""What emotions are drawn on: stages as bands, touchpoints below, a face for each emotion.

It is SVG whose colours are two: the page's own scheme decides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from charter.emotions import EMOTIONS
from charter.messages import Speaker
from charter.pictures.lettering import Style
from charter.pictures.svg import box, element, group, named, number, path, plain
from charter.studio.journey_view import signed
from charter.studio.words import EMOTION_WORDS

MOST_NAMES = 45
"""More touchpoints can't be named below."""
LINE = "light-dark(#3344A8, #A9B5FF)"
LABEL = "light-dark(#3A4250, #C3CAD6)"
_GRID = "light-dark(#DCE0E8, #343C49)"
_BAND = "light-dark(#1E283C, #FFFFFF)"
_BELOW, _ABOVE = 0.4, 0.8
"""The room below the lowest emotion and above the highest, in emotions."""
_SLANT = 42
"""How far names below are turned, in degrees."""
_LONGEST = 13.0
"""How long names below may be, in heights of their letters."""
_ROUND = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z"
_FACE = f"{_ROUND}M-0.36,-0.38L-0.36,-0.16M0.36,-0.38L0.36,-0.16"
_FACES = {
    2: f"{_FACE}M-0.52,0.16Q0,0.95,0.52,0.16",
    1: f"{_FACE}M-0.45,0.28Q0,0.66,0.45,0.28",
    0: f"{_FACE}M-0.42,0.4L0.42,0.4",
    -1: f"{_FACE}M-0.45,0.54Q0,0.16,0.45,0.54",
    -2: f"{_FACE}M-0.52,0.66Q0,-0.12,0.52,0.66",
}


@dataclass(frozen=True)
class Band:
    """A stage.

    Attributes:
        title: What it is called.
        columns: How many touchpoints it holds.
        note: What is said behind the title, and isn't cut short as that may be.
    """

    title: str
    columns: int
    note: str = ""


@dataclass(frozen=True)
class Ground:
    """Where emotions are drawn.

    Attributes:
        width: Of the whole picture, in its own units.
        bands: The stages, side by side.
        names: What is told below each column; none where there are too many.
        letters: How high letters are.
    """

    width: float
    height: float
    bands: Sequence[Band]
    names: Sequence[str]
    speak: Speaker
    letters: float = 12.0

    @cached_property
    def _style(self) -> Style:
        return Style(self.letters, self.letters * 1.2)

    @cached_property
    def _words(self) -> dict[int, str]:
        return {each: told_emotion(each, self.speak) for each in EMOTIONS}

    @cached_property
    def _left(self) -> float:
        return max(map(self._style.width, self._words.values())) + 3 * self.letters

    @cached_property
    def _shown(self) -> list[str]:
        """The names below, as long as there is room for."""
        if len(self.names) > MOST_NAMES:
            return []
        return [self._style.one_line(each, _LONGEST * self.letters) for each in self.names]

    @cached_property
    def _bottom(self) -> float:
        longest = max(map(self._style.width, self._shown), default=0.0)
        room = longest * math.sin(math.radians(_SLANT)) + 2 * self.letters if longest else 0.0
        return self.height - room

    @property
    def _columns(self) -> int:
        return max(sum(band.columns for band in self.bands), 1)

    def across(self, place: float) -> float:
        """Return where the middle of a column is, from left to right; the first is 0."""
        return self._left + (self.width - self._left) * (place + 0.5) / self._columns

    def up(self, emotion: float) -> float:
        """Return where an emotion is, from top to bottom."""
        highest, lowest = EMOTIONS[-1] + _ABOVE, EMOTIONS[0] - _BELOW
        return self._bottom * (highest - emotion) / (highest - lowest)

    def picture(self, told: str, *drawn: str) -> str:
        """Return the whole picture, in which ``drawn`` lies on the ground; ``told`` is its name."""
        return element(
            "svg",
            *self._stages(),
            *self._emotions(),
            *self._below(),
            *drawn,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {number(self.width)} {number(self.height)}",
            role="img",
            aria_label=told,
        )

    def _stages(self) -> Iterator[str]:
        start = 0
        for place, band in enumerate(self.bands):
            left, right = self.across(start - 0.5), self.across(start + band.columns - 0.5)
            start += band.columns
            if not place % 2:
                yield box(left, 0, right - left, self._bottom, fill=_BAND, fill_opacity="0.05")
            bold = Style(self.letters, self.letters, is_bold=True)
            title = bold.one_line(band.title, right - left - bold.width(band.note)) + band.note
            yield group(
                named(band.title + band.note),
                self._text(title, (left + right) / 2, 1.3 * self.letters, "middle", weight=600),
            )

    def _emotions(self) -> Iterator[str]:
        size = 0.62 * self.letters
        for emotion in EMOTIONS:
            y = self.up(emotion)
            yield path(f"M{number(self._left)} {number(y)}H{number(self.width)}", stroke=_GRID)
            words = self._words[emotion]
            x = self._left - 2.4 * self.letters
            yield self._text(words, x, y + 0.35 * self.letters, "end")
            middle = self._left - 1.2 * self.letters
            yield path(
                _FACES[emotion],
                transform=f"translate({number(middle)} {number(y)}) scale({size:.2f})",
                fill="none",
                stroke=LABEL,
                stroke_width=f"{1.3 / size:.3f}",
            )

    def _below(self) -> Iterator[str]:
        for place, name in enumerate(self._shown):
            x, y = self.across(place) + self.letters / 2, self._bottom + self.letters
            yield group(
                named(self.names[place]),
                self._text(name, 0, 0, "end"),
                transform=f"translate({number(x)} {number(y)}) rotate(-{_SLANT})",
            )

    def _text(self, words: str, x: float, y: float, anchor: str, weight: int | None = None) -> str:
        return element(
            "text",
            plain(words),
            x=x,
            y=y,
            fill=LABEL,
            font_size=self.letters,
            font_weight=weight,
            text_anchor=anchor,
        )


def told_emotion(emotion: int, speak: Speaker) -> str:
    """Return an emotion as a number and a word."""
    return f"{signed(emotion) if emotion else 0} · {speak(EMOTION_WORDS[emotion])}"
