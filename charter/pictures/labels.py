"""Where words are written on lines: clear of cards and of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from charter.pictures.lettering import Style
from charter.pictures.palette import Palette
from charter.pictures.routing import Line, Rectangle, spots
from charter.pictures.svg import box, group, text
from journeys.layout import Point

_WORDS = Style(11, 14, is_bold=True)
_HEIGHT = 16
_CELL = 64
_COVERED, _CROSSED = 1000, 1


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on a line.

    Attributes:
        line: The id of the line.
        is_walked: Whether the path pointed out takes it.
    """

    line: str
    words: str
    is_walked: bool
    is_faint: bool


def place_labels(
    labels: Sequence[Label],
    lines: Mapping[str, Line],
    cards: Sequence[Rectangle],
    palette: Palette,
) -> str:
    """Return the labels, each where it covers least of the cards, the others and other lines."""
    taken = _Grid(cards)
    points = _Points({id: line.points() for id, line in lines.items()})
    parts = []
    for label in sorted(labels, key=lambda label: not label.is_walked):
        width = _WORDS.width(label.words) + 10
        best, least = None, 0
        for spot in spots(lines[label.line]):
            frame = Rectangle(spot.x - width / 2, spot.y - _HEIGHT / 2, width, _HEIGHT)
            cost = _COVERED * taken.covered(frame) + _CROSSED * points.others_in(frame, label.line)
            if best is None or cost < least:
                best, least = frame, cost
            if cost == 0:
                break
        if best is not None:
            taken.add(best)
            parts.append(_drawn(label, best, palette))
    return group(*parts)


def _drawn(label: Label, frame: Rectangle, palette: Palette) -> str:
    edge = palette.walked if label.is_walked else palette.edge
    return group(
        box(
            frame.left,
            frame.top,
            frame.width,
            frame.height,
            8,
            fill=palette.paper,
            stroke=edge,
            stroke_width=1,
        ),
        text(label.words, frame.middle.x, frame.middle.y + 4, _WORDS, palette.ink, anchor="middle"),
        opacity=0.4 if label.is_faint else None,
    )


def _cells(frame: Rectangle) -> Iterator[tuple[int, int]]:
    for column in range(int(frame.left // _CELL), int(frame.right // _CELL) + 1):
        for row in range(int(frame.top // _CELL), int(frame.bottom // _CELL) + 1):
            yield column, row


class _Grid:
    """What lies where, so that only what is near is asked."""

    def __init__(self, frames: Sequence[Rectangle]) -> None:
        self._frames: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)
        for frame in frames:
            self.add(frame)

    def add(self, frame: Rectangle) -> None:
        """Note that a place is taken."""
        for cell in _cells(frame):
            self._frames[cell].append(frame)

    def covered(self, frame: Rectangle) -> int:
        """Return how many others a place would cover."""
        near = {other for cell in _cells(frame) for other in self._frames[cell]}
        return sum(frame.overlaps(other) for other in near)


class _Points:
    """Where lines run."""

    def __init__(self, lines: Mapping[str, Sequence[Point]]) -> None:
        self._points: dict[tuple[int, int], list[tuple[str, Point]]] = defaultdict(list)
        for id, points in lines.items():
            for point in points:
                self._points[int(point.x // _CELL), int(point.y // _CELL)].append((id, point))

    def others_in(self, frame: Rectangle, own: str) -> int:
        """Return how many points of other lines lie in a place."""
        return sum(
            id != own and frame.holds(point)
            for cell in _cells(frame)
            for id, point in self._points[cell]
        )
