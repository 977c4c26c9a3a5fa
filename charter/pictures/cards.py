"""One touchpoint as a card: its name, its channel, the markers that it carries, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charter.brand import Role
from charter.pictures.channel_looks import Look
from charter.pictures.lettering import Style
from charter.pictures.palette import Palette
from charter.pictures.routing import Rectangle
from charter.pictures.scene import Card, Chip
from charter.pictures.signs import channel_tile, ending_sign, entry_sign, role_sign, star
from charter.pictures.svg import box, group, named, number, path, text

WIDTH = 204
FAINT = 0.3
"""How much is left of what a picture isn't about."""

_PADDING = 12
_TILE = 26
_GAP = 9
_STRIP = 22
_RADIUS = 10
_NAME = Style(14, 17, is_bold=True)
_NOTE = Style(12, 15)
_CHIP = Style(11.5, 14)
_LABEL = Style(11.5, 14, is_bold=True)
_STEP = Style(13, 16, is_bold=True)
_CHIP_PADDING = 7
_CHIP_SIGN = 15
_CHIP_GAP = 5
_STAR_ROOM = 26
_MOST_NAME_LINES = 4
_MOST_NOTE_LINES = 2
_MOST_CHIP_LINES = 2
_MOST_CHIPS = 6
_MOST_ENDING_LINES = 2
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class SetChip:
    """A marker's chip with its text broken, and its place on the card.

    Attributes:
        role: None for the one that says how many markers more there are.
    """

    lines: tuple[str, ...]
    role: Role | None
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SetCard:
    """A card with its texts broken into lines.

    Attributes:
        height: How high it is.
        head: How high name and channel are.
    """

    card: Card
    name: tuple[str, ...]
    note: tuple[str, ...]
    chips: tuple[SetChip, ...]
    ending: tuple[str, ...]
    head: float
    height: float


def set_card(card: Card) -> SetCard:
    """Return a card with its texts set; nothing on it is wider than the card."""
    room = WIDTH - 2 * _PADDING - _TILE - _GAP
    name = _NAME.lines(
        card.name, room - (_STAR_ROOM if card.is_moment_of_truth else 0), _MOST_NAME_LINES
    )
    note = tuple(line for each in card.notes for line in _NOTE.lines(each, room, _MOST_NOTE_LINES))
    head = max(_TILE, len(name) * _NAME.leading + len(note) * _NOTE.leading)
    chips = _set_chips(card.chips)
    ending: tuple[str, ...] = ()
    if card.ending:
        ending = _LABEL.lines(card.ending.name, WIDTH - 2 * _PADDING - 16, _MOST_ENDING_LINES)
    height = 2 * _PADDING + head
    if chips:
        height += 9 + max(chip.top + chip.height for chip in chips)
    height += _STRIP if card.is_entry else 0
    height += _ending_height(ending)
    return SetCard(card, name, note, chips, ending, head, height)


def _ending_height(lines: tuple[str, ...]) -> float:
    return 8 + len(lines) * _LABEL.leading if lines else 0


def _set_chips(chips: tuple[Chip, ...]) -> tuple[SetChip, ...]:
    """Put chips in rows, as many as fit beside each other; the last may say how many are left."""
    shown = list(chips)
    left_out = 0
    if len(shown) > _MOST_CHIPS:
        left_out = len(shown) - _MOST_CHIPS + 1
        shown = shown[: _MOST_CHIPS - 1]
    room = WIDTH - 2 * _PADDING
    around = 2 * _CHIP_PADDING + _CHIP_SIGN
    wanted: list[tuple[tuple[str, ...], Role | None, float]] = []
    for chip in shown:
        lines = _CHIP.lines(chip.name, room - around, _MOST_CHIP_LINES)
        wanted.append((lines, chip.role, around + max(map(_CHIP.width, lines))))
    if left_out:
        told = f"+{left_out}"
        wanted.append(((told,), None, 2 * _CHIP_PADDING + _CHIP.width(told)))
    placed: list[SetChip] = []
    x = y = row = 0.0
    for lines, role, width in wanted:
        height = 6 + len(lines) * _CHIP.leading
        if x and x + width > room:
            x, y, row = 0.0, y + row + _CHIP_GAP, 0.0
        placed.append(SetChip(lines, role, x, y, width, height))
        x, row = x + width + _CHIP_GAP, max(row, height)
    return tuple(placed)


def drawn(
    set_: SetCard, place: Rectangle, look: Look, entry: str, told: str, palette: Palette
) -> str:
    """Return a card as it is drawn, in the look of its channel.

    ``entry`` is the word for where paths begin, ``told`` says all that the card shows.
    """
    card = set_.card
    # What lies behind never shows through, not even through a faint card.
    backing = box(place.left, place.top, WIDTH, set_.height, _RADIUS, fill=palette.surface)
    top = place.top
    parts: list[str] = []
    if card.is_entry:
        parts += _entry(place.left, top, entry, palette)
        top += _STRIP
    top += _PADDING
    parts.append(channel_tile(place.left + _PADDING, top, _TILE, look))
    parts += _texts(set_, place.left + _PADDING + _TILE + _GAP, top, palette)
    if card.is_moment_of_truth:
        parts.append(star(place.right - _PADDING - 9, top + 9, palette))
    for chip in set_.chips:
        parts += _chip(chip, place.left + _PADDING, top + set_.head + 9, palette)
    if card.ending:
        parts += _ending(set_, place, palette)
    parts.append(_outline(card, place, palette))
    shown = group(*parts, opacity=FAINT if card.is_faint else None)
    steps = step_badge(card.steps, place, palette) if card.steps else []
    return group(named(told), backing, shown, *steps, data_touchpoint=card.id)


def _outline(card: Card, place: Rectangle, palette: Palette) -> str:
    colour, width = palette.edge, 1.3
    if card.steps:
        colour, width = palette.walked, 2.6
    elif card.is_moment_of_truth:
        colour, width = palette.truth, 2.6
    return box(
        place.left,
        place.top,
        place.width,
        place.height,
        _RADIUS,
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_dasharray=None if card.is_counted else "5 4",
    )


def _entry(left: float, top: float, word: str, palette: Palette) -> list[str]:
    r = _RADIUS
    shape = (
        f"M{number(left)} {number(top + _STRIP)}v{number(r - _STRIP)}"
        f"a{r} {r} 0 0 1 {r} {-r}h{number(WIDTH - 2 * r)}a{r} {r} 0 0 1 {r} {r}"
        f"v{number(_STRIP - r)}z"
    )
    on = palette.on(palette.ink)
    middle = top + _STRIP / 2
    room = WIDTH - 2 * _PADDING - 16
    return [
        path(shape, fill=palette.ink),
        entry_sign(left + _PADDING + 5, middle, on),
        text(_LABEL.one_line(word, room), left + _PADDING + 16, middle + 4, _LABEL, on, room=room),
    ]


def _ending(set_: SetCard, place: Rectangle, palette: Palette) -> list[str]:
    r, height = _RADIUS, _ending_height(set_.ending)
    top = place.top + set_.height - height
    shape = (
        f"M{number(place.left)} {number(top)}h{WIDTH}v{number(height - r)}"
        f"a{r} {r} 0 0 1 {-r} {r}h{number(2 * r - WIDTH)}a{r} {r} 0 0 1 {-r} {-r}z"
    )
    is_wanted = bool(set_.card.ending and set_.card.ending.is_wanted)
    fill = palette.wanted if is_wanted else palette.unwanted
    on = palette.on(fill)
    left = place.left + _PADDING
    parts = [path(shape, fill=fill), ending_sign(left + 5, top + 11, on, is_wanted=is_wanted)]
    room = WIDTH - 2 * _PADDING - 16
    for row, line in enumerate(set_.ending):
        baseline = top + 4 + row * _LABEL.leading + 11
        parts.append(text(line, left + 16, baseline, _LABEL, on, room=room))
    return parts


def _texts(set_: SetCard, left: float, top: float, palette: Palette) -> list[str]:
    parts = []
    room = WIDTH - 2 * _PADDING - _TILE - _GAP
    name_room = room - (_STAR_ROOM if set_.card.is_moment_of_truth else 0)
    for row, line in enumerate(set_.name):
        baseline = top + row * _NAME.leading + 13
        parts.append(text(line, left, baseline, _NAME, palette.ink, room=name_room))
    below = top + len(set_.name) * _NAME.leading
    for row, line in enumerate(set_.note):
        baseline = below + row * _NOTE.leading + 12
        parts.append(text(line, left, baseline, _NOTE, palette.muted, room=room))
    return parts


def _chip(chip: SetChip, left: float, top: float, palette: Palette) -> list[str]:
    return chip_drawn(chip, left + chip.left, top + chip.top, palette)


def chip_drawn(chip: SetChip, left: float, top: float, palette: Palette) -> list[str]:
    """Return a chip: a signature's is filled, a basic one's angular, an irritant's dashed."""
    looks: dict[Role | None, dict[str, object]] = {
        Role.SIGNATURE: {
            "fill": palette.chip,
            "stroke": palette.accent,
            "stroke_width": 1.2,
        },
        Role.BASIC: {"fill": palette.surface, "stroke": palette.edge, "stroke_width": 1.2},
        Role.IRRITANT: {
            "fill": palette.chip_of_irritant,
            "stroke": palette.irritant,
            "stroke_width": 1.5,
            "stroke_dasharray": "4 2.5",
        },
        None: {"fill": palette.band},
    }
    radius = 4 if chip.role is Role.BASIC else 10
    parts = [box(left, top, chip.width, chip.height, radius, **looks[chip.role])]
    indent: float = _CHIP_PADDING
    if chip.role is not None:
        parts.append(role_sign(left + _CHIP_PADDING + 5, top + 10, chip.role, palette))
        indent += _CHIP_SIGN
    room = chip.width - indent - _CHIP_PADDING
    for row, line in enumerate(chip.lines):
        baseline = top + 3 + row * _CHIP.leading + 11
        parts.append(text(line, left + indent, baseline, _CHIP, palette.ink, room=room))
    return parts


def step_badge(steps: Sequence[int], place: Rectangle, palette: Palette) -> list[str]:
    """Return the numbers of the steps that come to a place, at its corner."""
    told = " · ".join(map(str, steps[:_MOST_STEPS]))
    if len(steps) > _MOST_STEPS:
        told += "…"
    width = max(24, _STEP.width(told) + 14)
    left, top = place.left - 14, place.top - 15
    return [
        box(left, top, width, 24, 12, fill=palette.walked, stroke=palette.paper, stroke_width=2),
        text(
            told, left + width / 2, top + 16.5, _STEP, palette.on(palette.walked), anchor="middle"
        ),
    ]
