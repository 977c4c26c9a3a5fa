"""Small signs: what tells a marker's role, an entry, an ending and a moment of truth by its shape.

All are drawn around a point, so that they can be read without their colours.
"""

from __future__ import annotations

from charter.brand import Role
from charter.pictures.channel_looks import PATHS, Look
from charter.pictures.palette import Palette
from charter.pictures.svg import box, element, group, number, path

STAR = "M12 3.2l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1L12 16.9l-5.4 3 1.1-6.1L3.2 9.6l6.1-.8z"
WARNING = "M12 3.6 21.6 20.4H2.4z M12 9.8v4.6 M12 17.2v.3"
_ICON = 24
"""The side of the square that icons are drawn on."""


def _placed(x: float, y: float, size: float) -> str:
    """Return the transformation that puts an icon around a point."""
    scale = f"{size / _ICON:.3f}".rstrip("0").rstrip(".")
    return f"translate({number(x - size / 2)} {number(y - size / 2)}) scale({scale})"


def channel_tile(left: float, top: float, side: float, look: Look) -> str:
    """Return a channel's icon on its colour."""
    inside = side * 0.68
    return group(
        box(left, top, side, side, radius=side * 0.28, fill=look.colour),
        path(
            PATHS[look.icon],
            transform=_placed(left + side / 2, top + side / 2, inside),
            fill="none",
            stroke="#ffffff",
            stroke_width=2.1,
            stroke_linecap="round",
            stroke_linejoin="round",
        ),
    )


def role_sign(x: float, y: float, role: Role, palette: Palette) -> str:
    """Return a full diamond for a signature, a ring for a basic need, a warning for an irritant."""
    if role is Role.SIGNATURE:
        return path(
            f"M{number(x)} {number(y - 5)}l5 5-5 5-5-5z",
            fill=palette.accent,
        )
    if role is Role.BASIC:
        return element(
            "circle", cx=x, cy=y, r=3.7, fill="none", stroke=palette.muted, stroke_width=1.7
        )
    return path(
        WARNING,
        transform=_placed(x, y - 0.5, 13),
        fill="none",
        stroke=palette.irritant,
        stroke_width=2.6,
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def star(x: float, y: float, palette: Palette) -> str:
    """Return the sign of a moment of truth."""
    return group(
        element("circle", cx=x, cy=y, r=11, fill=palette.truth),
        path(STAR, transform=_placed(x, y - 0.3, 16), fill="#3b2600"),
    )


def entry_sign(x: float, y: float, colour: str) -> str:
    """Return a triangle that points into the journey."""
    return path(f"M{number(x - 3.5)} {number(y - 4.5)}l8 4.5-8 4.5z", fill=colour)


def ending_sign(x: float, y: float, colour: str, *, is_wanted: bool) -> str:
    """Return a tick for an ending that is hoped for, a square for any other."""
    if is_wanted:
        return path(
            f"M{number(x - 4.5)} {number(y + 0.3)}l3.2 3.4 6-7.2",
            fill="none",
            stroke=colour,
            stroke_width=2.2,
            stroke_linecap="round",
            stroke_linejoin="round",
        )
    return box(x - 3.8, y - 3.8, 7.6, 7.6, fill=colour)
