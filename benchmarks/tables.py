"""Tables that read well in a terminal and as Markdown, and numbers as people write them."""

from __future__ import annotations

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return an aligned table; the first column to the left, the others to the right."""
    lines = [list(heads), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]

    def told(cells: Sequence[str]) -> str:
        padded = [cells[0].ljust(widths[0])]
        padded += [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        return f"| {' | '.join(padded)} |"

    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([told(lines[0]), f"| {' | '.join(rule)} |", *map(told, lines[1:])])


def seconds(number: float) -> str:
    """Return a time with two figures that count, in the unit that suits it."""
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if number * factor >= 0.995:
            return f"{figures(number * factor)} {unit}"
    return f"{figures(number * 1e6)} µs"


def figures(number: float) -> str:
    """Return a number with two figures that count, or all before the point."""
    if number >= 9.95:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 0.995 else f"{number:.2g}"


def megabytes(number: float) -> str:
    """Return a size of memory."""
    return f"{number:,.0f} MB"
