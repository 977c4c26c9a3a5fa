"""The stages of a journey as the headings of a picture: each points on to the next."""

from __future__ import annotations

from charter.pictures.lettering import Style
from charter.pictures.palette import Palette
from charter.pictures.svg import group, number, path, text

STAGE_HEIGHT = 44
_NAME = Style(14, 17, is_bold=True)
_POINT = 12
_GAP = 4
_MOST_LINES = 2


def stage_heading(
    name: str, left: float, top: float, width: float, palette: Palette, *, is_first: bool
) -> str:
    """Return the heading of a stage that is as wide as its band."""
    half, length = STAGE_HEIGHT / 2, width - _GAP - _POINT
    shape = (
        f"M{number(left + _GAP / 2)} {number(top)}h{number(length)}"
        f"l{_POINT} {number(half)}l{-_POINT} {number(half)}h{number(-length)}"
    )
    shape += "z" if is_first else f"l{_POINT} {number(-half)}z"
    room = width - 3 * _POINT - 8
    lines = _NAME.lines(name, room, _MOST_LINES)
    first = top + half - (len(lines) - 1) * _NAME.leading / 2 + 5
    return group(
        path(shape, fill=palette.heading),
        *(
            text(
                line,
                left + width / 2,
                first + row * _NAME.leading,
                _NAME,
                palette.ink,
                anchor="middle",
                room=room,
            )
            for row, line in enumerate(lines)
        ),
    )
