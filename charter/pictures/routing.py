"""Where the lines of a picture run: from the side of one card to the side of another.

`journeys.layout` says where cards lie and which corridors passages take. Here each line gets its
own place at the side of a card, so that arrows don't end on each other, and is made of curves.
Those that take the same corridor to the same card end at the same place.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from charter.pictures.svg import number
from journeys.layout import Passage, Point, Route

PORT_GAP = 15
"""Between the places where lines leave or reach the side of a card."""

HEAD = 9
"""How long the head of an arrow is."""

_PORT_MARGIN = 13
_CORNER = 14
_LANE = 15
_LANE_GAP = 8
_LANES = 5
_LOOP = 20
_SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of the picture."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its bottom edge."""
        return self.top + self.height

    @property
    def middle(self) -> Point:
        """Its centre."""
        return Point(self.left + self.width / 2, self.top + self.height / 2)

    def overlaps(self, other: Rectangle) -> bool:
        """Return whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, point: Point) -> bool:
        """Return whether a point lies in it."""
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, part: float) -> Point:
        """Return the point at a part of the way, from 0 to 1."""
        rest = 1 - part
        weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
        points = (self.start, self.first, self.second, self.end)
        return Point(
            sum(w * p.x for w, p in zip(weights, points, strict=True)),
            sum(w * p.y for w, p in zip(weights, points, strict=True)),
        )


@dataclass(frozen=True)
class Line:
    """The way of one passage over the picture.

    Attributes:
        is_return: Whether it leads back.
    """

    curves: tuple[Curve, ...]
    is_return: bool

    @property
    def shape(self) -> str:
        """The curves as an SVG path, up to where the head of the arrow begins."""
        start = self.curves[0].start
        written = [f"M{_written(start)}"]
        for curve in self.curves[:-1]:
            written.append(f"C{_written(curve.first, curve.second, curve.end)}")
        last, (x, y) = self.curves[-1], self._direction
        end = Point(last.end.x - x * HEAD * 0.7, last.end.y - y * HEAD * 0.7)
        written.append(f"C{_written(last.first, last.second, end)}")
        return "".join(written)

    @property
    def _direction(self) -> tuple[float, float]:
        last = self.curves[-1]
        before = last.second if last.second != last.end else last.start
        x, y = last.end.x - before.x, last.end.y - before.y
        length = hypot(x, y) or 1.0
        return x / length, y / length

    def head(self, scale: float = 1.0) -> str:
        """Return the head of the arrow as an SVG path."""
        tip, (x, y) = self.curves[-1].end, self._direction
        length, half = HEAD * scale, HEAD * scale * 0.45
        back = Point(tip.x - x * length, tip.y - y * length)
        one = Point(back.x - y * half, back.y + x * half)
        other = Point(back.x + y * half, back.y - x * half)
        return f"M{_written(tip)}L{_written(one)}L{_written(other)}Z"

    def points(self) -> list[Point]:
        """Return points along the line, near to each other."""
        found = [self.curves[0].start]
        for curve in self.curves:
            found.extend(curve.at(part / _SAMPLES) for part in range(1, _SAMPLES + 1))
        return found


def _written(*points: Point) -> str:
    return " ".join(f"{number(point.x)},{number(point.y)}" for point in points)


def routed(
    cards: Mapping[str, Rectangle],
    passages: Sequence[Passage],
    routes: Mapping[str, Route],
    via: Mapping[str, Sequence[Point]],
    stride: float,
) -> dict[str, Line]:
    """Return the line of each passage.

    Args:
        cards: Where each card lies.
        passages: All of them.
        routes: What the layout says of each passage.
        via: The corridors of each passage, as points of the picture.
        stride: How far a corridor leads to each side of its point.
    """
    ports = _Ports(cards)
    lanes = _Lanes(cards, passages, routes)
    loops: dict[str, int] = defaultdict(int)
    for passage in passages:
        if passage.source != passage.target and not _is_short_cut(passage, routes, cards):
            ports.ask(passage, _sides(passage, cards, lanes), via[passage.id])
    lines: dict[str, Line] = {}
    for passage in passages:
        source, target = cards[passage.source], cards[passage.target]
        if passage.source == passage.target:
            curves = _loop(source, loops[passage.source])
            loops[passage.source] += 1
        elif _is_short_cut(passage, routes, cards):
            curves = (_down(source, target),)
        else:
            start, end = ports.ends(passage)
            lane = lanes.of(passage.id)
            if lane is not None:
                curves = _around(start, end, lane)
            else:
                curves = tuple(_across(start, via[passage.id], end, stride))
        lines[passage.id] = Line(curves, routes[passage.id].is_return)
    return lines


def _is_in_column(passage: Passage, cards: Mapping[str, Rectangle]) -> bool:
    return cards[passage.source].left == cards[passage.target].left


def _is_short_cut(
    passage: Passage, routes: Mapping[str, Route], cards: Mapping[str, Rectangle]
) -> bool:
    """Return whether it leads straight down to the next card of its column."""
    return _is_in_column(passage, cards) and not routes[passage.id].goes_around


def _sides(passage: Passage, cards: Mapping[str, Rectangle], lanes: _Lanes) -> tuple[int, int]:
    """Return at which side it leaves and at which it arrives: 1 is right, -1 left."""
    if lanes.of(passage.id) is not None:
        side = lanes.side(passage.id)
        return side, side
    is_forward = cards[passage.source].left < cards[passage.target].left
    return (1, -1) if is_forward else (-1, 1)


class _Ports:
    """Places at the sides of cards, in the order of where their lines lead."""

    def __init__(self, cards: Mapping[str, Rectangle]) -> None:
        self._cards = cards
        self._wishes: dict[tuple[str, int], dict[object, float]] = defaultdict(dict)
        self._asked: dict[str, tuple[tuple[str, int], object, tuple[str, int], object]] = {}

    def ask(self, passage: Passage, sides: tuple[int, int], via: Sequence[Point]) -> None:
        """Ask for a place at each end of a passage."""
        leaving, reaching = (passage.source, sides[0]), (passage.target, sides[1])
        source, target = self._cards[passage.source].middle, self._cards[passage.target].middle
        out_key: object = ("out", passage.id)
        in_key: object = ("in", via[-1]) if via else ("in", passage.id)
        self._wishes[leaving][out_key] = via[0].y if via else target.y
        self._wishes[reaching][in_key] = via[-1].y if via else source.y
        self._asked[passage.id] = (leaving, out_key, reaching, in_key)

    def ends(self, passage: Passage) -> tuple[Point, Point]:
        """Return where a passage leaves its source and reaches its target."""
        leaving, out_key, reaching, in_key = self._asked[passage.id]
        return self._place(leaving, out_key), self._place(reaching, in_key)

    def _place(self, side: tuple[str, int], key: object) -> Point:
        card = self._cards[side[0]]
        wishes = self._wishes[side]
        order = sorted(wishes, key=lambda each: wishes[each])  # stable: as they were asked for
        room = card.height - 2 * _PORT_MARGIN
        gap = min(PORT_GAP, room / max(1, len(order) - 1))
        y = card.middle.y + gap * (order.index(key) - (len(order) - 1) / 2)
        return Point(card.right if side[1] > 0 else card.left, y)


class _Lanes:
    """Where lines run that go around beside their column, apart from each other."""

    def __init__(
        self,
        cards: Mapping[str, Rectangle],
        passages: Iterable[Passage],
        routes: Mapping[str, Route],
    ) -> None:
        self._lanes: dict[str, tuple[int, float]] = {}
        taken: dict[tuple[float, int], list[tuple[float, float, int]]] = defaultdict(list)
        around = [
            passage
            for passage in passages
            if routes[passage.id].goes_around
            and passage.source != passage.target
            and _is_in_column(passage, cards)
        ]

        def reach(passage: Passage) -> float:
            return abs(cards[passage.source].middle.y - cards[passage.target].middle.y)

        # The shorter ones inside, so that longer ones go around them.
        for passage in sorted(around, key=reach):
            source, target = cards[passage.source], cards[passage.target]
            side = -1 if routes[passage.id].is_return else 1
            top, bottom = sorted((source.middle.y, target.middle.y))
            others = taken[source.left, side]
            busy = {lane for start, end, lane in others if start <= bottom and top <= end}
            lane = next((lane for lane in range(_LANES) if lane not in busy), _LANES - 1)
            others.append((top, bottom, lane))
            edge = source.right if side > 0 else source.left
            self._lanes[passage.id] = (side, edge + side * (_LANE + lane * _LANE_GAP))

    def of(self, passage: str) -> float | None:
        """Return where the lane of a passage lies; None where it goes around nothing."""
        found = self._lanes.get(passage)
        return None if found is None else found[1]

    def side(self, passage: str) -> int:
        """Return at which side of its column a passage goes around."""
        return self._lanes[passage][0]


def _across(start: Point, via: Sequence[Point], end: Point, stride: float) -> Iterable[Curve]:
    """Yield the curves from one column to another, straight through the corridors between."""
    way = stride if start.x < end.x else -stride
    here = start
    for corridor in via:
        near, far = Point(corridor.x - way, corridor.y), Point(corridor.x + way, corridor.y)
        yield _swung(here, near)
        yield Curve(near, near, far, far)
        here = far
    yield _swung(here, end)


def _swung(start: Point, end: Point) -> Curve:
    """Return the curve that leaves and arrives sideways."""
    reach = (end.x - start.x) * 0.55
    return Curve(start, Point(start.x + reach, start.y), Point(end.x - reach, end.y), end)


def _down(source: Rectangle, target: Rectangle) -> Curve:
    upper, lower = sorted((source, target), key=lambda card: card.top)
    start = Point(upper.middle.x, upper.bottom)
    end = Point(lower.middle.x, lower.top)
    if upper is target:
        start, end = end, start
    third = (end.y - start.y) / 3
    return Curve(start, Point(start.x, start.y + third), Point(end.x, end.y - third), end)


def _around(start: Point, end: Point, lane: float) -> tuple[Curve, ...]:
    """Return the way out to a lane, along it, and back."""
    way = 1 if end.y >= start.y else -1
    corner = min(_CORNER, abs(end.y - start.y) / 2) * way
    one, other = Point(lane, start.y + corner), Point(lane, end.y - corner)
    return (
        Curve(start, Point(lane, start.y), Point(lane, start.y), one),
        Curve(one, one, other, other),
        Curve(other, Point(lane, end.y), Point((lane + end.x) / 2, end.y), end),
    )


def _loop(card: Rectangle, number_of_loop: int) -> tuple[Curve, ...]:
    """Return the way out of a card at its right and back into it from below."""
    size = _LOOP + 7 * number_of_loop
    inset = 16 + 10 * number_of_loop
    start = Point(card.right, card.bottom - inset)
    end = Point(card.right - inset - 12, card.bottom)
    corner = Point(card.right + size * 0.5, card.bottom + size * 0.5)
    return (
        Curve(start, Point(card.right + size, start.y), Point(card.right + size, corner.y), corner),
        Curve(
            corner,
            Point(card.right + size * 0.1, card.bottom + size),
            Point(end.x, card.bottom + size * 1.1),
            end,
        ),
    )


def spots(line: Line) -> list[Point]:
    """Return where a label may stand on a line, the best ones first: near where it begins."""
    found: list[Point] = []
    for curve in itertools.islice(line.curves, 3):
        found.extend(curve.at(part) for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.8))
    return found
