"""Writing SVG: elements, numbers and text, each escaped, in the same bytes every time.

Pictures use attributes only: no style sheet, no script, no reference to anything, inside or
outside. So they can stand in a page beside others, under any policy for its contents, and look
the same in programs that know little of CSS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from charter.pictures.font import FAMILY
from charter.pictures.lettering import Style, runs_right_to_left

# What XML can't hold, however it is written.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ISOLATE, _POP = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def number(value: float) -> str:
    """Return a length as it is written, to a tenth of a pixel."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def plain(text: str) -> str:
    """Return text as XML holds it: nothing in it is markup."""
    return escape(_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text))


def element(name: str, *children: str, **attributes: object) -> str:
    """Return an element; ``stroke_width`` is written as ``stroke-width``, None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def _value(value: object) -> str:
    return number(value) if isinstance(value, float | int) else plain(str(value))


def group(*children: str, **attributes: object) -> str:
    """Return what belongs together."""
    return element("g", *children, **attributes)


def named(text: str) -> str:
    """Return the name of what it stands first in, for who can't see it or points at it."""
    return element("title", plain(text))


def box(
    left: float, top: float, width: float, height: float, radius: float = 0, **attributes: object
) -> str:
    """Return a rectangle."""
    return element(
        "rect",
        x=left,
        y=top,
        width=width,
        height=height,
        rx=radius or None,
        **attributes,
    )


def path(line: str, **attributes: object) -> str:
    """Return a line or a shape."""
    return element("path", d=line, **attributes)


def curve_through(points: Sequence[tuple[float, float]]) -> str:
    """Return a curve through points that never swings beyond them."""
    (x, y), *rest = points
    written = [f"M{number(x)},{number(y)}"]
    for next_x, next_y in rest:
        middle = number((x + next_x) / 2)
        written.append(
            f"C{middle},{number(y)} {middle},{number(next_y)} {number(next_x)},{number(next_y)}"
        )
        x, y = next_x, next_y
    return "".join(written)


def text(
    words: str,
    x: float,
    baseline: float,
    style: Style,
    fill: str,
    *,
    anchor: str = "start",
    room: float | None = None,
    keeps_side: bool = False,
) -> str:
    """Return one line of text, as wide as it was measured wherever it is drawn.

    It starts, has its middle or ends at ``x``, as ``anchor`` says. In the ``room`` that there is,
    text that is read from right to left stands at the right unless it ``keeps_side``, and what the
    font doesn't hold, and so can't be measured, is cut off.
    """
    width = style.width(words)
    is_turned = runs_right_to_left(words)
    if is_turned and room is not None and anchor == "start" and not keeps_side:
        x, anchor = x + room, "end"
    is_measured = style.font.covers(words)
    drawn = element(
        "text",
        plain(f"{_ISOLATE}{words}{_POP}" if is_turned else words),
        x=x,
        y=baseline,
        fill=fill,
        font_size=style.size,
        font_weight=700 if style.is_bold else None,
        text_anchor=None if anchor == "start" else anchor,
        textLength=width if is_measured and not is_turned and len(words) > 1 else None,
        lengthAdjust="spacingAndGlyphs"
        if is_measured and not is_turned and len(words) > 1
        else None,
    )
    if is_measured or room is None:
        return drawn
    left = {"start": x, "middle": x - room / 2, "end": x - room}[anchor]
    return _cut_off(drawn, left, baseline - style.size, room, 1.4 * style.size)


def _cut_off(drawn: str, left: float, top: float, width: float, height: float) -> str:
    """Return what is drawn, without what lies beyond a box."""
    return element(
        "svg",
        drawn,
        x=left,
        y=top,
        width=width,
        height=height,
        viewBox=" ".join(map(number, (left, top, width, height))),
    )


def document(
    width: float, height: float, title: str, description: str, parts: Iterable[str]
) -> str:
    """Return a whole picture, with what it shows in words."""
    picture = element(
        "svg",
        "\n",
        named(title),
        "\n",
        element("desc", plain(description)),
        "\n",
        "\n".join(parts),
        "\n",
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
        font_family=FAMILY,
    )
    return f"{picture}\n"
