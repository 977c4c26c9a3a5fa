"""The colours of a site, by day and by night: the brand's, as far as text stays readable in them.

Pictures stand within the pages, drawn once: by night a style sheet gives each colour of the one
palette the colour that has its part in the other. So no two parts may share a colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from charter import palette, pictures
from charter.brand import Look
from charter.pictures.channel_looks import COLOURS

_NIGHT_PAPER = "#14171d"


def day(look: Look) -> palette.Palette:
    """Return the colours of pages by day, and on paper."""
    return palette.Palette.of(look)


def night(look: Look) -> palette.Palette:
    """Return the colours of pages where people asked for dark ones."""
    chosen = {"paper": _NIGHT_PAPER, "accent": look.accent}
    return palette.Palette.of(Look.made({k: v for k, v in chosen.items() if v is not None}))


def of_pictures(look: Look) -> pictures.Palette:
    """Return the colours in which pictures are drawn."""
    drawn = pictures.LIGHT.with_brand(accent=look.accent, ink=look.ink, paper=look.paper)
    taken = {colour.lower() for colour in COLOURS}
    own = {}
    for part in fields(drawn):
        colour = getattr(drawn, part.name)
        while colour in taken:
            colour = _beside(colour)
        taken.add(colour)
        own[part.name] = colour
    return pictures.Palette(**own)


def by_night(look: Look) -> Iterator[tuple[str, str]]:
    """Yield each colour of a picture with the one that takes its part by night."""
    drawn = of_pictures(look)
    dark = pictures.DARK.with_brand(accent=look.accent, paper=_NIGHT_PAPER)
    for part in (*(each.name for each in fields(drawn)), "chip", "chip_of_irritant", "heading"):
        yield getattr(drawn, part), getattr(dark, part)


def _beside(colour: str) -> str:
    """Return a colour that nobody can tell from another."""
    return f"{colour[:5]}{(int(colour[5:], 16) + 1) % 256:02x}"
