"""Colours, and whether text can be read in them.

As the Web Content Accessibility Guidelines define it (2.2, success criterion 1.4.3).
"""

from __future__ import annotations

import re
from collections.abc import Collection

LEAST_CONTRAST = 4.5
"""What text needs against what is behind it."""

LEAST_CONTRAST_OF_SIGNS = 3.0
"""What large text needs, and what is to be told apart without being read."""

BLACK, WHITE = "#000000", "#ffffff"

_WRITTEN = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
PATTERN = f"^{_WRITTEN.pattern}$"
"""How a colour is written in a file."""


def read_colour(written: str) -> str:
    """Return a colour written as ``#rgb`` or ``#rrggbb`` as ``#rrggbb``, in small letters.

    Raises:
        ValueError: It isn't written so.
    """
    if not _WRITTEN.fullmatch(written):
        raise ValueError(f"{written!r} isn't a colour written as #rrggbb")
    digits = written[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def luminance(colour: str) -> float:
    """Return how light a colour is, in [0, 1]."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast between two colours, in [1, 21]."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, part: float) -> str:
    """Return a colour between two: all of the one with a ``part`` of 0, all of the other with 1."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def is_readable(colour: str, *behind: str) -> bool:
    """Return whether text of a colour can be read on each of the colours behind it."""
    return all(contrast(colour, each) >= LEAST_CONTRAST for each in behind)


def readable(colour: str, behind: Collection[str], ink: str) -> str:
    """Return a colour, nearer to the ink as far as that is needed to read text in it."""
    nearer = (mixed(colour, ink, tenths / 10) for tenths in range(10))
    return next((each for each in nearer if is_readable(each, *behind)), ink)


def on(fill: str) -> str:
    """Return black or white, whichever is easier to read on a colour."""
    return max((WHITE, BLACK), key=lambda colour: contrast(colour, fill))


def _parts(colour: str) -> tuple[int, int, int]:
    digits = read_colour(colour)[1:]
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
