"""A journey too large to be read touchpoint by touchpoint: its stages by its channels.

Each cell says how many touchpoints a stage has on a channel; the lines between cells, how many
passages lead from the one to the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from charter.messages import N_, Speaker
from charter.pictures import legend
from charter.pictures.cards import FAINT, step_badge
from charter.pictures.channel_looks import Look
from charter.pictures.labels import Label, place_labels
from charter.pictures.lettering import Style
from charter.pictures.page import MARGIN, NARROWEST, Heading, sheet
from charter.pictures.palette import Palette
from charter.pictures.routing import Line, Rectangle, routed
from charter.pictures.scene import Card, Scene
from charter.pictures.signs import channel_tile, ending_sign, entry_sign, star
from charter.pictures.stages import STAGE_HEIGHT, stage_heading
from charter.pictures.svg import box, group, named, path, text
from journeys.layout import Passage, Point, Route

MOST_FLOWS = 40
"""Lines that can still be told apart; the smaller ones beyond are said to be left out."""

_WIDTH = 196
_HEIGHT = 104
_ACROSS = 104
_DOWN = 60
_MARGIN = 190
_PADDING = 14
_COUNT = Style(26, 30, is_bold=True)
_WORDS = Style(12, 16)
_CHANNEL = Style(13, 17, is_bold=True)
_THINNEST, _THICKEST = 1.2, 6.0

Cell = tuple[int, str]
"""The place of a stage among the charter's, and a channel."""


@dataclass(frozen=True)
class _Map:
    """A scene, counted by stage and channel."""

    scene: Scene

    @cached_property
    def stages(self) -> list[int]:
        """The stages that the journey goes through."""
        return sorted({card.stage for card in self.scene.cards})

    @cached_property
    def channels(self) -> list[str]:
        """The channels that it uses."""
        used = {card.channel for card in self.scene.cards}
        return [channel for channel in self.scene.channels if channel in used]

    @cached_property
    def cells(self) -> dict[Cell, list[Card]]:
        """Its touchpoints."""
        cells: dict[Cell, list[Card]] = defaultdict(list)
        for card in self.scene.cards:
            cells[card.stage, card.channel].append(card)
        return {cell: cells[cell] for cell in sorted(cells, key=self._order)}

    def _order(self, cell: Cell) -> tuple[int, int]:
        return cell[0], self.channels.index(cell[1])

    @cached_property
    def cell_of(self) -> dict[str, Cell]:
        """By touchpoint, the cell that it belongs to."""
        return {card.id: (card.stage, card.channel) for card in self.scene.cards}

    @cached_property
    def counts(self) -> Counter[tuple[Cell, Cell]]:
        """How many passages lead from a cell to a cell, also to the same."""
        return Counter(
            (self.cell_of[arrow.source], self.cell_of[arrow.target]) for arrow in self.scene.arrows
        )

    @cached_property
    def walked(self) -> set[tuple[Cell, Cell]]:
        """Between which cells the path pointed out leads."""
        return {
            (self.cell_of[arrow.source], self.cell_of[arrow.target])
            for arrow in self.scene.arrows
            if arrow.is_walked
        }

    @cached_property
    def flows(self) -> list[tuple[Cell, Cell]]:
        """The flows between two cells that are drawn: those of the path, then the largest.

        As far as there are enough, half of them lead from stage to stage, half stay in one.
        """
        between = [ends for ends in self.counts if ends[0] != ends[1]]
        between.sort(key=lambda ends: (ends not in self.walked, -self.counts[ends]))
        onward = [ends for ends in between if ends[0][0] != ends[1][0]]
        within = [ends for ends in between if ends[0][0] == ends[1][0]]
        half = MOST_FLOWS // 2
        kept = set(onward[: max(half, MOST_FLOWS - len(within))])
        kept |= set(within[: MOST_FLOWS - len(kept)])
        return [ends for ends in between if ends in kept]

    @cached_property
    def left_out(self) -> int:
        """How many passages between cells are in no line."""
        drawn = set(self.flows)
        return sum(n for ends, n in self.counts.items() if ends[0] != ends[1] and ends not in drawn)


def stage_map(scene: Scene, looks: dict[str, Look], speak: Speaker, palette: Palette) -> str:
    """Return how many touchpoints there are by stage and channel, and passages between them."""
    counted = _Map(scene)
    columns = len(counted.stages) * (_WIDTH + _ACROSS)
    width = max(NARROWEST, 2 * MARGIN + _MARGIN + columns)
    room = width - 2 * MARGIN
    heading = Heading.of(scene, room, speak, _notes(counted, speak))
    top = MARGIN + heading.height
    left = MARGIN + _MARGIN
    places = _places(counted, left, top + STAGE_HEIGHT + _DOWN)
    lines = _lines(counted, places)
    # A line may lead around the first row or the last one.
    heights = [point.y for line in lines.values() for point in line.points()]
    bottom = max([*heights, *(place.bottom for place in places.values())]) + _DOWN / 2
    parts = [heading.drawn(MARGIN, MARGIN, palette)]
    parts += _stages(counted, left, top, bottom, palette)
    parts += _channels(counted, looks, places, palette)
    parts += _flows(counted, lines, palette)
    for cell, cards in counted.cells.items():
        parts.append(_cell(counted, cell, cards, places[cell], speak, palette))
    labels = [
        Label(
            id, speak.count(counted.counts[ends]), ends in counted.walked, _is_faint(counted, ends)
        )
        for id, ends in _named_flows(counted)
    ]
    parts.append(place_labels(labels, lines, list(places.values()), palette))
    has_returns = any(line.is_return for line in lines.values())
    filled = legend.rows(_legend(scene, speak, palette, has_returns=has_returns), room)
    legend_top = bottom + 28
    parts.append(legend.drawn(filled, MARGIN, legend_top, room, speak, palette))
    height = legend_top + legend.height(filled) + MARGIN
    told = "\n".join(_sentences(counted, speak))
    return sheet(scene, width, height, parts, told, speak, palette)


def _notes(counted: _Map, speak: Speaker) -> list[str]:
    scene = counted.scene
    touchpoints = speak.many("{number} touchpoint", "{number} touchpoints", len(scene.cards))
    passages = speak.many("{number} passage", "{number} passages", len(scene.arrows))
    notes = [
        speak(
            N_(
                "{touchpoints} and {passages} are too many to be read one by one: this map counts "
                "them by stage and channel."
            ),
            touchpoints=touchpoints,
            passages=passages,
        )
    ]
    if counted.left_out:
        left_out = speak.many("{number} passage", "{number} passages", counted.left_out)
        notes.append(
            speak(N_("The smallest flows, {passages} in all, aren't drawn."), passages=left_out)
        )
    return notes


def _places(counted: _Map, left: float, top: float) -> dict[Cell, Rectangle]:
    return {
        (stage, channel): Rectangle(
            left + column * (_WIDTH + _ACROSS) + _ACROSS / 2,
            top + row * (_HEIGHT + _DOWN),
            _WIDTH,
            _HEIGHT,
        )
        for column, stage in enumerate(counted.stages)
        for row, channel in enumerate(counted.channels)
        if (stage, channel) in counted.cells
    }


def _named_flows(counted: _Map) -> list[tuple[str, tuple[Cell, Cell]]]:
    return [(str(index), ends) for index, ends in enumerate(counted.flows)]


def _lines(counted: _Map, places: Mapping[Cell, Rectangle]) -> dict[str, Line]:
    """Return the line of each flow; one over several stages runs between the rows."""
    passages, routes, via = [], {}, {}
    for id, (source, target) in _named_flows(counted):
        passages.append(Passage(id, str(source), str(target)))
        one, other = counted.stages.index(source[0]), counted.stages.index(target[0])
        is_return = (other, places[target].top) < (one, places[source].top)
        is_lower = places[target].top > places[source].top
        height = places[source].bottom + _DOWN / 2 if is_lower else places[source].top - _DOWN / 2
        step = 1 if one < other else -1
        via[id] = [
            Point(_middle_of(counted, column, places), height)
            for column in range(one + step, other, step)
            if one != other
        ]
        routes[id] = Route((), goes_around=one == other, is_return=is_return)
    cards = {str(cell): place for cell, place in places.items()}
    return routed(cards, passages, routes, via, _WIDTH / 2 + 4)


def _middle_of(counted: _Map, column: int, places: Mapping[Cell, Rectangle]) -> float:
    stage = counted.stages[column]
    return next(place.middle.x for cell, place in places.items() if cell[0] == stage)


def _stages(
    counted: _Map, left: float, top: float, bottom: float, palette: Palette
) -> Iterator[str]:
    for index, stage in enumerate(counted.stages):
        band = left + index * (_WIDTH + _ACROSS)
        if index % 2 == 0:
            yield box(band, top, _WIDTH + _ACROSS, bottom - top, 8, fill=palette.band)
        name = counted.scene.stages[stage]
        yield stage_heading(name, band, top, _WIDTH + _ACROSS, palette, is_first=index == 0)


def _channels(
    counted: _Map,
    looks: dict[str, Look],
    places: Mapping[Cell, Rectangle],
    palette: Palette,
) -> Iterator[str]:
    words_room = _MARGIN - 44
    for channel in counted.channels:
        middle = next(p.middle.y for cell, p in places.items() if cell[1] == channel)
        yield channel_tile(MARGIN, middle - 14, 28, looks[channel])
        lines = _CHANNEL.lines(counted.scene.channels[channel], words_room, 3)
        first = middle - (len(lines) - 1) * _CHANNEL.leading / 2 + 5
        for row, line in enumerate(lines):
            baseline = first + row * _CHANNEL.leading
            yield text(
                line,
                MARGIN + 38,
                baseline,
                _CHANNEL,
                palette.ink,
                room=words_room,
                keeps_side=True,
            )


def _is_faint(counted: _Map, ends: tuple[Cell, Cell]) -> bool:
    return bool(counted.scene.path) and ends not in counted.walked


def _flows(counted: _Map, lines: Mapping[str, Line], palette: Palette) -> Iterator[str]:
    most = max((counted.counts[ends] for ends in counted.flows), default=1)
    for id, ends in reversed(_named_flows(counted)):
        line, count = lines[id], counted.counts[ends]
        is_walked = ends in counted.walked
        colour = palette.walked if is_walked else palette.line
        thick = _THINNEST + (_THICKEST - _THINNEST) * count / most
        names = [
            f"{counted.scene.stages[stage]}, {counted.scene.channels[channel]}"
            for stage, channel in ends
        ]
        yield group(
            named(f"{names[0]} → {names[1]}: {count}"),
            path(
                line.shape,
                fill="none",
                stroke=colour,
                stroke_width=thick,
                stroke_dasharray="8 5" if line.is_return and not is_walked else None,
                opacity=None if is_walked else 0.7,
            ),
            path(line.head(0.9 + thick / 8), fill=colour),
            opacity=0.3 if _is_faint(counted, ends) else None,
            data_flow=" ".join(f"{stage}/{channel}" for stage, channel in ends),
        )


def _cell(
    counted: _Map,
    cell: Cell,
    cards: Sequence[Card],
    place: Rectangle,
    speak: Speaker,
    palette: Palette,
) -> str:
    outline = (place.left, place.top, place.width, place.height, 10)
    steps = sorted(step for card in cards for step in card.steps)
    count = speak.count(len(cards))
    left, room = place.left + _PADDING, place.width - 2 * _PADDING
    words = speak.many("touchpoint here", "touchpoints here", len(cards))
    inside = counted.counts[cell, cell]
    told = speak.many("{number} passage inside", "{number} passages inside", inside)
    beside = left + _COUNT.width(count) + 7
    parts = [
        text(count, left, place.top + 36, _COUNT, palette.ink),
        text(
            _WORDS.one_line(words, place.right - _PADDING - beside),
            beside,
            place.top + 35,
            _WORDS,
            palette.muted,
        ),
    ]
    if inside:
        parts.append(text(_WORDS.one_line(told, room), left, place.top + 58, _WORDS, palette.muted))
    parts += _signs(cards, left, place.bottom - 20, speak, palette)
    stroke = palette.walked if steps else palette.edge
    parts.append(box(*outline, fill="none", stroke=stroke, stroke_width=2.6 if steps else 1.3))
    is_faint = all(card.is_faint for card in cards)
    return group(
        named(_sentence(counted, cell, speak)),
        box(*outline, fill=palette.surface),
        group(*parts, opacity=FAINT if is_faint else None),
        *(step_badge(steps, place, palette) if steps else []),
        data_cell=f"{cell[0]}/{cell[1]}",
    )


def _signs(
    cards: Sequence[Card], left: float, middle: float, speak: Speaker, palette: Palette
) -> Iterator[str]:
    """Yield how many entries, endings and moments of truth there are, each with its sign."""
    counts: list[tuple[int, Callable[[float], str]]] = [
        (
            sum(card.is_moment_of_truth for card in cards),
            lambda x: star(x, middle, palette),
        ),
        (
            sum(card.is_entry for card in cards),
            lambda x: entry_sign(x, middle, palette.ink),
        ),
        (
            sum(bool(card.ending and card.ending.is_wanted) for card in cards),
            lambda x: ending_sign(x, middle, palette.wanted, is_wanted=True),
        ),
        (
            sum(bool(card.ending and not card.ending.is_wanted) for card in cards),
            lambda x: ending_sign(x, middle, palette.unwanted, is_wanted=False),
        ),
    ]
    x = left + 9
    for count, sign in counts:
        if count:
            told = speak.count(count)
            yield sign(x)
            yield text(told, x + 14, middle + 4.5, _WORDS, palette.ink)
            x += 34 + _WORDS.width(told)


def _sentence(counted: _Map, cell: Cell, speak: Speaker) -> str:
    stage, channel = cell
    told = speak.many("{number} touchpoint", "{number} touchpoints", len(counted.cells[cell]))
    return f"{counted.scene.stages[stage]}, {counted.scene.channels[channel]}: {told}"


def _sentences(counted: _Map, speak: Speaker) -> Iterator[str]:
    """Yield in words what the picture shows."""
    yield from _notes(counted, speak)
    if counted.scene.path:
        yield speak(N_("The path pointed out: {path}."), path=counted.scene.path)
    for cell in counted.cells:
        onward = [
            f"{counted.scene.stages[target[0]]}, {counted.scene.channels[target[1]]} "
            f"({speak.count(counted.counts[source, target])})"
            for source, target in counted.flows
            if source == cell
        ]
        told = _sentence(counted, cell, speak)
        yield f"{told} → {'; '.join(onward)}." if onward else f"{told}."


def _legend(
    scene: Scene, speak: Speaker, palette: Palette, *, has_returns: bool
) -> list[legend.Item]:
    found = legend.marks(scene, speak, palette)
    found.append(legend.flow_item(speak, palette))
    if has_returns:
        found.append(legend.return_item(speak, palette))
    if scene.path:
        found.append(legend.path_item(speak, palette))
    return found
