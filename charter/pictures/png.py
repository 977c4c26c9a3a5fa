"""From SVG to PNG, without a browser and without a network.

Drawn by resvg, in the font that pictures are measured in. Only where a text has letters that this
font doesn't hold, the machine's own fonts are asked too: everything else is the same picture on
every machine.
"""

from __future__ import annotations

import re
from html import unescape

from charter.pictures.font import font, font_files

MOST_PIXELS = 120_000_000
"""Larger pictures aren't drawn: a page of A0 in 300 dots an inch has about as many."""

_TEXT = re.compile("<text[^>]*>([^<]*)</text>")
_SIZE = re.compile('<svg[^>]*? width="([0-9.]+)" height="([0-9.]+)"')
# They tell the reading direction, and are never drawn.
_ISOLATES = re.compile("[\u2066-\u2069]")


def as_png(svg: str, *, scale: float = 2.0) -> bytes:
    """Return a picture of `charter.pictures` as PNG.

    Args:
        svg: The picture.
        scale: Pixels of the PNG for each of the picture's own; made smaller for what would have
            more than `MOST_PIXELS`.
    """
    import resvg_py  # Only here: who wants SVG doesn't wait for it.

    texts = _ISOLATES.sub("", "".join(map(unescape, _TEXT.findall(svg))))
    files = [str(file) for file in font_files()]
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=_within_limit(svg, scale),
        skip_system_fonts=font(is_bold=False).covers(texts),
        font_files=files,
        font_family="Liberation Sans",
        sans_serif_family="Liberation Sans",
    )


def drawn(svg: str, *, width: int) -> bytes:
    """Return another drawing, such as a logo that is safe to show, as PNG of a width in pixels."""
    import resvg_py

    files = [str(file) for file in font_files()]
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, font_files=files, font_family="Liberation Sans"
    )


def _within_limit(svg: str, scale: float) -> float:
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("this is no picture of charter.pictures")
    pixels = float(found[1]) * float(found[2]) * scale**2
    return scale if pixels <= MOST_PIXELS else scale * (MOST_PIXELS / pixels) ** 0.5
