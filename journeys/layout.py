"""Where the stops of a journey are drawn.

Columns follow the stages, from left to right. A stage with many stops takes several columns
beside each other, filled along the passages inside the stage. Rows are found by barycentre
sweeps, which put a stop near those it is connected to, so that few passages cross; the order
that crosses least is kept, the order of declaration deciding among equals. A passage that
jumps over columns gets a corridor between the stops that it passes, shared with others that
lead to the same stop, and one that stays in its column goes around, beside it, so a line never
runs behind a stop where it doesn't stop.

The picture is in abstract units: neighbouring columns are one unit apart, and so are
neighbouring rows, unless stops say that they are higher or lower. The same input gives the same
picture, and a small change of a journey moves little, because every choice starts from the order
of declaration.

Cost: with n stops, m passages and c corridor points (the columns that passages jump over,
summed), O((n + m + c) log(m + c)) for each of a fixed number of sweeps, and memory O(n + m + c).

See Sugiyama, Tagawa and Toda, *Methods for visual understanding of hierarchical system
structures* (1981), for the columns and sweeps.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

SWEEPS = 8
"""How often the rows are sorted anew; more changed nothing on journeys of up to 150 stops."""

STRAIGHTENING_SWEEPS = 6
CORRIDOR_HEIGHT = 0.3
BAND_GAP = 0.06
"""Room between two stages, beyond the unit between two columns."""

WIDTH_OVER_HEIGHT = 1.5
"""Columns for each row that the picture aims at, before a stage asks for at least one."""

LANES = (0.46, 0.49, 0.52)
"""How far beside the middle of its column a passage goes around; lanes side by side."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Something to place: its id, and which stage it belongs to, counted from 0.

    Attributes:
        height: The room that it takes in its column, in units, with the space around it.
    """

    id: str
    stage: int
    height: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A line to draw from one stop to another; parallel ones differ by their id."""

    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Point:
    """A position in units: x grows to the right, y downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stop is drawn, and in which column of the whole picture."""

    column: int
    at: Point


@dataclass(frozen=True, slots=True)
class Route:
    """How a passage is drawn.

    Attributes:
        via: the points to go through between the two stops, in the direction of travel.
        goes_around: whether it stays in its column: it leaves sideways, turns at the one
            point of `via` and comes back.
        bend: how far a passage is bowed to the right of travel, as a share of its length, so
            that it doesn't cover another one between the same two stops.
        is_return: whether it leads back: to an earlier column, or upwards.
    """

    via: tuple[Point, ...] = ()
    goes_around: bool = False
    bend: float = 0.0
    is_return: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """The columns of one stage, from the left edge of the first to the right edge of the last."""

    stage: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture: places by stop, routes by passage, and one band for each stage that has stops."""

    places: Mapping[str, Place]
    routes: Mapping[str, Route]
    bands: tuple[Band, ...]


@dataclass(slots=True)
class _Slot:
    """A stop or a corridor point in its column, while rows are being sought."""

    column: int
    height: float
    order: int
    before: list[_Slot]
    after: list[_Slot]
    above: list[_Slot]
    below: list[_Slot]
    row: int = 0
    y: float = 0.0


def lay_out(stops: Sequence[Stop], passages: Sequence[Passage]) -> Layout:
    """Return where to draw each stop and each passage.

    Raises:
        ValueError: two stops or two passages share an id, or a passage leads to or from
            something that isn't a stop.
    """
    _refuse_what_cannot_be_drawn(stops, passages)
    columns = _columns(stops, passages)
    heights = {stop.id: stop.height for stop in stops}
    slots = {
        stop: _Slot(column, heights[stop], order, [], [], [], [])
        for order, (stop, column) in enumerate(columns.items())
    }
    corridors = _lay_corridors(slots, passages)
    by_column: dict[int, list[_Slot]] = defaultdict(list)
    for slot in _every(slots, corridors):
        by_column[slot.column].append(slot)
    ordered = [by_column[column] for column in sorted(by_column)]
    _sort_rows(ordered)
    _straighten(ordered)
    return _picture(stops, passages, slots, corridors)


def _refuse_what_cannot_be_drawn(stops: Sequence[Stop], passages: Sequence[Passage]) -> None:
    known = {stop.id for stop in stops}
    if len(known) != len(stops):
        raise ValueError("two stops share an id")
    if len({passage.id for passage in passages}) != len(passages):
        raise ValueError("two passages share an id")
    for passage in passages:
        if passage.source not in known or passage.target not in known:
            raise ValueError(f"passage {passage.id!r} doesn't join two stops")


def _columns(stops: Sequence[Stop], passages: Sequence[Passage]) -> dict[str, int]:
    """Give each stop a column of the whole picture, stage after stage, first column first."""
    by_stage: dict[int, list[Stop]] = defaultdict(list)
    for stop in stops:
        by_stage[stop.stage].append(stop)
    wanted = sqrt(WIDTH_OVER_HEIGHT * len(stops))
    columns: dict[str, int] = {}
    first = 0
    for stage in sorted(by_stage):
        members = by_stage[stage]
        depths = _depths([stop.id for stop in members], passages)
        width = max(1, round(wanted * len(members) / len(stops)))
        for column, group in enumerate(_cut(depths, width)):
            columns.update(dict.fromkeys(group, first + column))
        first = 1 + max(columns[stop.id] for stop in members)
    return columns


def _depths(members: Sequence[str], passages: Iterable[Passage]) -> dict[str, int]:
    """Tell how many stops of the same stage lead to each, loops cut where they close."""
    inside: dict[str, list[str]] = {member: [] for member in members}
    for passage in passages:
        if passage.source in inside and passage.target in inside:
            inside[passage.source].append(passage.target)
    finished: list[str] = []
    forward: dict[str, list[str]] = {member: [] for member in members}
    state: dict[str, str] = {}
    for root in members:
        if root in state:
            continue
        state[root] = "open"
        stack = [(root, iter(inside[root]))]
        while stack:
            here, targets = stack[-1]
            for target in targets:
                if state.get(target) != "open":
                    forward[here].append(target)
                if target not in state:
                    state[target] = "open"
                    stack.append((target, iter(inside[target])))
                    break
            else:
                state[here] = "done"
                finished.append(here)
                stack.pop()
    depths = dict.fromkeys(members, 0)
    for here in reversed(finished):
        for target in forward[here]:
            depths[target] = max(depths[target], depths[here] + 1)
    return depths


def _cut(depths: Mapping[str, int], width: int) -> list[list[str]]:
    """Cut the stops of a stage into at most `width` columns of about equal height."""
    line = sorted(depths, key=lambda member: depths[member])  # stable: declared order within
    width = min(width, len(line))
    bounds = [round(cut * len(line) / width) for cut in range(width + 1)]
    return [line[start:end] for start, end in itertools.pairwise(bounds)]


def _lay_corridors(
    slots: Mapping[str, _Slot], passages: Sequence[Passage]
) -> dict[str, list[_Slot]]:
    """Join the slots of each passage, through slots in the columns that it jumps over.

    Passages that lead to the same stop run together, so that many of them take little room;
    parallel ones are kept apart.
    """
    corridors: dict[str, list[_Slot]] = {}
    shared: dict[tuple[str, int, int], _Slot] = {}
    lanes: dict[tuple[str, str], int] = defaultdict(int)
    joined: set[tuple[int, int]] = set()
    for passage in passages:
        source, target = slots[passage.source], slots[passage.target]
        lane = lanes[passage.source, passage.target]
        lanes[passage.source, passage.target] += 1
        step = 1 if source.column < target.column else -1
        chain = [
            shared.setdefault(
                (passage.target, column, lane),
                _Slot(column, CORRIDOR_HEIGHT, source.order, [], [], [], []),
            )
            for column in range(source.column + step, target.column, step)
            if source.column != target.column
        ]
        corridors[passage.id] = chain
        if source.column != target.column:
            _join([source, *chain, target], joined)
        elif source is not target:
            upper, lower = sorted((source, target), key=lambda slot: slot.order)
            upper.below.append(lower)
            lower.above.append(upper)
    return corridors


def _join(chain: Sequence[_Slot], joined: set[tuple[int, int]]) -> None:
    for pair in itertools.pairwise(chain):
        left, right = sorted(pair, key=lambda slot: slot.column)
        if (id(left), id(right)) not in joined:
            joined.add((id(left), id(right)))
            left.after.append(right)
            right.before.append(left)


def _every(slots: Mapping[str, _Slot], corridors: Mapping[str, list[_Slot]]) -> list[_Slot]:
    shared = {id(slot): slot for chain in corridors.values() for slot in chain}
    return [*slots.values(), *shared.values()]


def _sort_rows(columns: list[list[_Slot]]) -> None:
    """Order each column by barycentre sweeps and swaps, and keep the tidiest order."""
    for column in columns:
        column.sort(key=lambda slot: slot.order)
        _number(column)
    best, least = [list(column) for column in columns], _untidiness(columns)
    for sweep in range(SWEEPS):
        if least == 0:
            break
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            wishes = {id(slot): _barycentre(slot, column, forward=forward) for slot in column}
            column.sort(key=lambda slot: wishes[id(slot)])
            _number(column)
            _swap(column)
        untidiness = _untidiness(columns)
        if untidiness < least:
            best, least = [list(column) for column in columns], untidiness
    for column, order in zip(columns, best, strict=True):
        column[:] = order
        _number(column)


def _swap(column: list[_Slot]) -> None:
    """Exchange neighbours in a column, once each, where that is tidier."""
    for row in range(len(column) - 1):
        upper, lower = column[row], column[row + 1]
        kept = _crossed(upper, lower) + _reach(upper, row) + _reach(lower, row + 1)
        upper.row, lower.row = row + 1, row
        if _crossed(lower, upper) + _reach(lower, row) + _reach(upper, row + 1) < kept:
            column[row], column[row + 1] = lower, upper
        else:
            upper.row, lower.row = row, row + 1
    _number(column)


def _crossed(upper: _Slot, lower: _Slot) -> int:
    """Count twice the crossings between the lines of two slots of a column."""
    pairs = ((upper.before, lower.before), (upper.after, lower.after))
    return 2 * sum(
        one.row > other.row for ones, others in pairs for one in ones for other in others
    )


def _reach(slot: _Slot, row: int) -> int:
    """Weigh the lines of a slot within its column: their length, and whether they go upwards."""
    return sum(_weight(row - other.row) for other in slot.above) + sum(
        _weight(other.row - row) for other in slot.below
    )


def _weight(leap: int) -> int:
    return 2 * (abs(leap) - 1) + (leap < 0)


def _number(column: list[_Slot]) -> None:
    """Note the rows, and meanwhile each row as a share of the column, to compare columns."""
    for row, slot in enumerate(column):
        slot.row = row
        slot.y = (row + 0.5) / len(column)


def _barycentre(slot: _Slot, column: Sequence[_Slot], *, forward: bool) -> float:
    """Return the height at which a slot would be nearest to those it is connected to.

    Within a column, what a passage leads to would rather be the next one down.
    """
    step = 1 / len(column)
    wishes = [
        *(neighbour.y for neighbour in (slot.before if forward else slot.after)),
        *(neighbour.y + step for neighbour in slot.above),
        *(neighbour.y - step for neighbour in slot.below),
    ]
    return sum(wishes) / len(wishes) if wishes else slot.y


def _untidiness(columns: list[list[_Slot]]) -> int:
    """Count twice the crossings and the stops that lines go around, once the lines upwards."""
    crossings = sum(_crossings(column) for column in columns)
    leaps = [other.row - slot.row for column in columns for slot in column for other in slot.below]
    return 2 * crossings + sum(_weight(leap) for leap in leaps)


def _crossings(column: list[_Slot]) -> int:
    """Count the crossings to the right of a column, as inversions of the target rows."""
    total = 0
    seen: list[int] = []
    for slot in column:
        rows = sorted(target.row for target in slot.after)
        total += sum(len(seen) - bisect_right(seen, row) for row in rows)
        for row in rows:
            insort(seen, row)
    return total


def _straighten(columns: list[list[_Slot]]) -> None:
    """Give each slot a height on the page: as near to its neighbours as the order allows.

    No column reaches beyond the tallest one.
    """
    tallest = max((sum(slot.height for slot in column) for column in columns), default=0.0)
    for column in columns:
        top = -sum(slot.height for slot in column) / 2
        for slot in column:
            slot.y = top + slot.height / 2
            top += slot.height
    for sweep in range(STRAIGHTENING_SWEEPS):
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            _settle(column, [_wish(slot, forward=forward) for slot in column], tallest)


def _wish(slot: _Slot, *, forward: bool) -> float:
    neighbours = (slot.before if forward else slot.after) or slot.before or slot.after
    if not neighbours:
        return slot.y
    return sum(neighbour.y for neighbour in neighbours) / len(neighbours)


def _settle(column: list[_Slot], wishes: list[float], tallest: float) -> None:
    """Place the slots of a column nearest to their wishes without overlap, order kept.

    Least squares under an order: the pool-adjacent-violators algorithm, on positions from
    which the room taken above has been subtracted. Bounds then only clip the answer.
    """
    offsets: list[float] = []
    room = 0.0
    for above, slot in zip([None, *column], column, strict=False):
        room += (above.height + slot.height) / 2 if above else 0.0
        offsets.append(room)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        mean, size = wish - offset, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        pools.append((mean, size))
    highest = (column[0].height - tallest) / 2
    lowest = (tallest - column[-1].height) / 2 - room
    settled = [min(max(mean, highest), lowest) for mean, size in pools for _ in range(size)]
    for slot, mean, offset in zip(column, settled, offsets, strict=True):
        slot.y = mean + offset


def _picture(
    stops: Sequence[Stop],
    passages: Sequence[Passage],
    slots: Mapping[str, _Slot],
    corridors: Mapping[str, list[_Slot]],
) -> Layout:
    stage_of_column = {slots[stop.id].column: stop.stage for stop in stops}
    lefts: dict[int, float] = {}
    bands: list[Band] = []
    x = 0.0
    for column in sorted(stage_of_column):
        stage = stage_of_column[column]
        if bands and bands[-1].stage != stage:
            x += BAND_GAP
        lefts[column] = x
        if bands and bands[-1].stage == stage:
            bands[-1] = Band(stage, bands[-1].left, x + 1)
        else:
            bands.append(Band(stage, x, x + 1))
        x += 1
    middle = _middle(slots.values())

    def at(slot: _Slot) -> Point:
        return Point(round(lefts[slot.column] + 0.5, 4), round(slot.y - middle, 4))

    routes: dict[str, Route] = {}
    lanes = _Lanes()
    for passage, bend in zip(passages, _bends(passages, slots), strict=True):
        source, target = slots[passage.source], slots[passage.target]
        is_return = (target.column, target.row) < (source.column, source.row)
        via = [at(slot) for slot in corridors[passage.id]]  # in the direction of travel
        goes_around = source.column == target.column and (
            is_return or bend != 0 or target.row - source.row > 1
        )
        if goes_around and source is not target:
            side = -1 if is_return else 1
            lane = lanes.take(source.column, side, source.y, target.y)
            x = lefts[source.column] + 0.5 + side * lane
            via = [Point(round(x, 4), round((source.y + target.y) / 2 - middle, 4))]
        routes[passage.id] = Route(tuple(via), goes_around, bend, is_return)
    places = {stop.id: Place(slots[stop.id].column, at(slots[stop.id])) for stop in stops}
    return Layout(places, routes, tuple(bands))


class _Lanes:
    """Keeps apart the lines that go around beside the same column."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)

    def take(self, column: int, side: int, one: float, other: float) -> float:
        """Return the innermost lane that is free between two heights, or the first if none is."""
        top, bottom = min(one, other), max(one, other)
        taken = self._taken[column, side]
        busy = {lane for start, end, lane in taken if start < bottom and top < end}
        lane = next((lane for lane in range(len(LANES)) if lane not in busy), 0)
        taken.append((top, bottom, lane))
        return LANES[lane]


def _middle(slots: Iterable[_Slot]) -> float:
    heights = [slot.y for slot in slots]
    return (min(heights) + max(heights)) / 2 if heights else 0.0


def _bends(passages: Sequence[Passage], slots: Mapping[str, _Slot]) -> list[float]:
    """Bow the passages between the same two stops away from each other."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for passage in passages:
        if abs(slots[passage.source].column - slots[passage.target].column) <= 1:
            one, other = sorted((passage.source, passage.target))
            together[one, other].append(passage.id)
    bends = []
    for passage in passages:
        one, other = sorted((passage.source, passage.target))
        parallel = together.get((one, other), [passage.id])
        spread = 0.2 * (parallel.index(passage.id) - (len(parallel) - 1) / 2)
        # Right of travel for one direction is left of travel for the other.
        bends.append(round(spread if passage.source == one else -spread, 4))
    return bends
