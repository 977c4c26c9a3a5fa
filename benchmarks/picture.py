"""The picture of the comparison: seconds over touchpoints, a line for each tool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, PAPER, FAINT = "#1f2328", "#ffffff", "#6e7781"
# Okabe and Ito's palette, which people who see colours differently can tell apart; each line has
# a mark of its own besides.
LOOKS = {
    "ours": ("#0072b2", "o"),
    "networkx-paths": ("#1f2328", "X"),
    "networkx": ("#d55e00", "s"),
    "clingo": ("#b05a8a", "D"),
    "spin": ("#b37b00", "^"),
    "rustworkx": ("#009e73", "v"),
    "igraph": ("#3a8fc4", "P"),
    "scipy": ("#1f2328", "d"),
    "limit": ("#6e7781", "."),
}
"""Colour and mark of each line that is drawn, those behind last."""
TITLE = "Can a segment get through without meeting a marker?"
LETTERING = 15
"""Points from one line of text to the next."""


class Line(NamedTuple):
    """What is known of one tool.

    Attributes:
        label: What is written at its end.
        points: Touchpoints and seconds, the smallest first.
        given_up_at: The touchpoints at which it took too long, if there were.
    """

    label: str
    points: Sequence[tuple[int, float]]
    given_up_at: int | None


def draw(file: Path, lines: Mapping[str, Line], patience: float) -> None:
    """Write the picture as SVG; a tool that took longer than ``patience`` seconds ends there."""
    # Takes longer to import than the rest to run, and is needed only here.
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    look = {
        "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
        "font.size": 11,
        # Text stays text: it can be searched and read aloud, and the file is small.
        "svg.fonttype": "none",
        "svg.hashsalt": "benchmarks",
    }
    with pyplot.rc_context(look):
        figure, axes = pyplot.subplots(figsize=(9.6, 6.4), facecolor=PAPER)
        axes.set(xscale="log", yscale="log", facecolor=PAPER)
        drawn = {name: lines[name] for name in LOOKS if name in lines and lines[name].points}
        for name, line in reversed(drawn.items()):
            _draw_line(axes, name, line, patience)
        _label(axes, drawn, patience)
        _frame(axes, patience)
        figure.subplots_adjust(left=0.08, right=0.8, top=0.8, bottom=0.1)
        figure.savefig(
            file, metadata={"Title": TITLE, "Date": None, "Creator": None}, facecolor=PAPER
        )
        pyplot.close(figure)


def _draw_line(axes: Axes, name: str, line: Line, patience: float) -> None:
    colour, mark = LOOKS[name]
    width = 3.2 if name == "ours" else 1.6
    stroke = "--" if name == "limit" else "-"
    x, y = zip(*line.points, strict=True)
    axes.plot(x, y, color=colour, marker=mark, ls=stroke, lw=width, ms=2.2 * width + 2.5)
    if line.given_up_at is not None:
        upward = [x[-1], line.given_up_at], [y[-1], patience]
        axes.plot(*upward, color=colour, ls=":", lw=width)
        axes.plot(line.given_up_at, patience, color=colour, marker="x", ms=8, mew=2)


def _label(axes: Axes, drawn: Mapping[str, Line], patience: float) -> None:
    """Write the name of each line at its end, none over another."""
    given_up = defaultdict(list)
    for name, line in drawn.items():
        if line.given_up_at is not None:
            given_up[line.given_up_at].append(name)
    middle = sum(axes.get_xlim()) / 20
    for x, names in given_up.items():
        side, aside = ("left", -4) if x < middle else ("right", 4)
        # The longest on top, where it has room on both sides.
        for number, name in enumerate(sorted(names, key=lambda name: len(drawn[name].label))):
            offset = aside, 9 + LETTERING * number
            _write(axes, name, drawn[name].label, (x, patience), offset, side)
    # Highest first; who would stand too close to the one above goes down.
    ends = [(line.points[-1], name) for name, line in drawn.items() if line.given_up_at is None]
    free = float("inf")
    for (x, y), name in sorted(ends, key=lambda end: -end[0][1]):
        height = axes.transData.transform((x, y))[1] * 72 / axes.figure.dpi
        down = max(0.0, height - (free - LETTERING))
        free = height - down
        _write(axes, name, drawn[name].label, (x, y), (10, -4 - down))


def _write(
    axes: Axes,
    name: str,
    label: str,
    place: tuple[float, float],
    offset: tuple[float, float],
    side: str = "left",
) -> None:
    axes.annotate(
        label,
        place,
        offset,
        textcoords="offset points",
        ha=side,
        color=LOOKS[name][0],
        fontweight="bold" if name == "ours" else "normal",
        annotation_clip=False,
    )


def _frame(axes: Axes, patience: float) -> None:
    """Draw what is around the lines: titles, scales, and where tools are given up."""
    axes.axhline(patience, color=FAINT, lw=0.8)
    axes.annotate(
        f"given up after {patience:.0f} s",
        (0.3, patience),
        (0, -13),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        color=FAINT,
        fontsize=9.5,
    )
    axes.set_ylim(top=patience * 1.6)
    axes.grid(color="#e6e8eb", lw=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(FAINT)
    axes.tick_params(which="both", color=FAINT, labelcolor=INK)
    axes.minorticks_off()
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.yaxis.set_major_formatter(lambda value, _: _told(value))
    axes.set_xlabel("touchpoints of the journey, three transitions each", color=INK)
    axes.figure.text(
        0.02,
        0.945,
        TITLE,
        fontsize=15,
        fontweight="bold",
        color=INK,
    )
    axes.figure.text(
        0.02,
        0.9,
        "Time to answer for 8 segments × 12 markers. Ours also finds the shortest path that does.",
        color=INK,
    )


def _told(seconds: float) -> str:
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor > 0.999:
            return f"{seconds * factor:,.0f} {unit}"
    return ""
