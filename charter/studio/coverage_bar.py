"""A bar that shows how many values are met: a cell for each, the poorest path in the average."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from charter.coverage import Coverage

MOST_CELLS = 16
"""With more of them than that, cells would be too narrow to be told apart."""
WIDTH, HEIGHT = 320, 16
GAP = 4
# Told apart by lightness, whatever hues one sees; words stand beside them.
POOREST = "light-dark(#3344A8, #C9D1FF)"
AVERAGE = "light-dark(#A9B5F2, #5B6CD9)"
NONE = "light-dark(#FFFFFF, #14171D)"
EDGE = "light-dark(#9AA4B5, #6B7689)"
"""What is met on the poorest path, what more is met on average, what isn't, and its edge."""


def coverage_bar(coverage: Coverage, told: str) -> str:
    """Return the bar as SVG; what it shows is told to those who don't see it."""
    cells = coverage.counted if 0 < coverage.counted <= MOST_CELLS else 1
    # Each cell is one of `counted`, or all of them where they are many.
    scale = cells / max(coverage.counted, 1)
    fewest = (coverage.fewest or 0) * scale
    average = (coverage.average or 0.0) * coverage.counted * scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(told)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{''.join(_cells(cells, fewest, average))}</svg>"
    )


def _cells(cells: int, fewest: float, average: float) -> Iterator[str]:
    width = (WIDTH - GAP * (cells - 1)) / cells
    for place in range(cells):
        left = place * (width + GAP)
        yield _rectangle(left + 0.5, width - 1, NONE, f' stroke="{EDGE}"')
        for met, colour in ((average, AVERAGE), (fewest, POOREST)):
            part = min(max(met - place, 0.0), 1.0)
            if part:
                yield _rectangle(left, width * part, colour, "")


def _rectangle(left: float, width: float, fill: str, more: str) -> str:
    return (
        f'<rect x="{left:.2f}" y="0.5" width="{width:.2f}" height="{HEIGHT - 1}" rx="2" '
        f'fill="{fill}"{more}/>'
    )
