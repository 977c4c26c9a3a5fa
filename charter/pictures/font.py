"""How wide text is, measured in the font that pictures are drawn with.

The font is Liberation Sans, which lies in ``fonts/``. It is as wide, letter by letter, as Arial
and Helvetica, so what was measured here fits on a machine that has any of the three.
"""

from __future__ import annotations

import functools
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

FAMILY = "Liberation Sans, Arial, Helvetica, Arimo, sans-serif"
"""Fonts to draw with, the first that a machine has; the first three are equally wide."""

_FILES = {False: "LiberationSans-Regular.ttf", True: "LiberationSans-Bold.ttf"}

# Letters that the font doesn't hold are drawn in whichever font has them: no narrower than this,
# in parts of the font's size, is what can be said of them.
_WIDE, _USUAL = 1.35, 0.95


def font_files() -> tuple[Path, ...]:
    """Return the files of the font, for what draws with them."""
    folder = Path(str(resources.files("charter.pictures") / "fonts"))
    return tuple(folder / name for name in _FILES.values())


@dataclass(frozen=True)
class Font:
    """One weight of the font.

    Attributes:
        advances: How far each character moves on, in parts of the font's size.
    """

    advances: Mapping[int, float]

    @classmethod
    def read(cls, data: bytes) -> Font:
        """Return what a TrueType file says of its characters.

        The tables are those of OpenType: `head`, `hhea`, `hmtx`, and `cmap` with format 4.
        """
        tables = {
            data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
            for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
        }
        (size,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
        (long_ones,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
        widths = struct.unpack_from(">" + "Hh" * long_ones, data, tables[b"hmtx"])[::2]
        return cls(
            {
                character: widths[min(glyph, long_ones - 1)] / size
                for character, glyph in _glyphs(data, tables[b"cmap"]).items()
            }
        )

    def covers(self, text: str) -> bool:
        """Return whether the font has all of a text, and lays it out letter after letter."""
        return all(
            ord(letter) in self.advances and not unicodedata.combining(letter) for letter in text
        )

    def width(self, text: str, size: float) -> float:
        """Return how wide a text is; an upper estimate where the font hasn't all of it."""
        return size * sum(self._advance(letter) for letter in text)

    def _advance(self, letter: str) -> float:
        known = self.advances.get(ord(letter))
        if known is not None:
            return known
        if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
            return 0.0
        is_wide = unicodedata.east_asian_width(letter) in "WF" or ord(letter) >= 0x1F000
        return _WIDE if is_wide else _USUAL


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Return the number of each character's glyph, from a `cmap` of format 4."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    records = [struct.unpack_from(">HHI", data, cmap + 4 + 8 * n) for n in range(count)]
    table = next(cmap + offset for platform, kind, offset in records if (platform, kind) == (3, 1))
    segments = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = table + 14
    starts = ends + 2 * segments + 2
    deltas, ranges = starts + 2 * segments, starts + 4 * segments
    glyphs: dict[int, int] = {}
    for segment in range(segments):
        at = 2 * segment
        (end,) = struct.unpack_from(">H", data, ends + at)
        (start,) = struct.unpack_from(">H", data, starts + at)
        (delta,) = struct.unpack_from(">H", data, deltas + at)
        (offset,) = struct.unpack_from(">H", data, ranges + at)
        for character in range(start, min(end, 0xFFFE) + 1):
            glyph = character
            if offset:
                place = ranges + at + offset + 2 * (character - start)
                (glyph,) = struct.unpack_from(">H", data, place)
                if glyph == 0:
                    continue
            glyphs[character] = (glyph + delta) % 0x10000
    return {character: glyph for character, glyph in glyphs.items() if glyph}


@functools.cache
def font(*, is_bold: bool) -> Font:
    """Return the font in one of its two weights."""
    regular, bold = font_files()
    return Font.read((bold if is_bold else regular).read_bytes())
