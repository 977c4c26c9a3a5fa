"""A bar that shows how many values are met: a cell for each, the poorest path in the average."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from charter.coverage import Coverage

MOST_CELLS = 16
"""With more of them than that, cells would be too narrow to be told apart."""
WIDTH, HEIGHT = 320, 16
GAP = 4
MARGIN_X, MARGIN_Y = 3, 5
"""The app rounds the corners of pictures, which mustn't cut into the cells."""


class _Colours(NamedTuple):
    """What is met on the poorest path, what more is met on average, and what isn't."""

    poorest: str
    average: str
    none: str
    edge: str


# Told apart by lightness, whatever hues one sees; words stand beside them.
_LIGHT = _Colours("#3344A8", "#A9B5F2", "#FFFFFF", "#9AA4B5")
_DARK = _Colours("#C9D1FF", "#5B6CD9", "#14171D", "#6B7689")


def coverage_bar(coverage: Coverage, *, is_dark: bool) -> str:
    """Return the bar as SVG; it holds nothing but figures."""
    colours = _DARK if is_dark else _LIGHT
    cells = coverage.counted if 0 < coverage.counted <= MOST_CELLS else 1
    # Each cell is one of `counted`, or all of them where they are many.
    scale = cells / max(coverage.counted, 1)
    fewest = (coverage.fewest or 0) * scale
    average = (coverage.average or 0.0) * coverage.counted * scale
    shapes = "".join(_cells(cells, fewest, average, colours))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="{-MARGIN_X} {-MARGIN_Y} {WIDTH + 2 * MARGIN_X} {HEIGHT + 2 * MARGIN_Y}" '
        f'width="{WIDTH + 2 * MARGIN_X}" height="{HEIGHT + 2 * MARGIN_Y}">{shapes}</svg>'
    )


def _cells(cells: int, fewest: float, average: float, colours: _Colours) -> Iterator[str]:
    width = (WIDTH - GAP * (cells - 1)) / cells
    for place in range(cells):
        left = place * (width + GAP)
        yield _rectangle(left + 0.5, width - 1, colours.none, f' stroke="{colours.edge}"')
        for met, colour in ((average, colours.average), (fewest, colours.poorest)):
            part = min(max(met - place, 0.0), 1.0)
            if part:
                yield _rectangle(left, width * part, colour, "")


def _rectangle(left: float, width: float, fill: str, more: str) -> str:
    return (
        f'<rect x="{left:.2f}" y="0.5" width="{width:.2f}" height="{HEIGHT - 1}" rx="2" '
        f'fill="{fill}"{more}/>'
    )
