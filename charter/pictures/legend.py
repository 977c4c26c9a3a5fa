"""What the signs of a picture mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from charter.brand import Role
from charter.messages import N_, Speaker
from charter.pictures.cards import SetChip, chip_drawn
from charter.pictures.channel_looks import Look
from charter.pictures.lettering import Style
from charter.pictures.palette import Palette
from charter.pictures.scene import Scene
from charter.pictures.signs import channel_tile, ending_sign, entry_sign, star
from charter.pictures.svg import box, group, number, path, text
from journeys.customers import ShareBasis

_WORDS = Style(12, 16)
_HEADING = Style(12, 16, is_bold=True)
_ROW = 28
_SIGN = 22
_SPACE = 22
_ROLES = {
    Role.SIGNATURE: N_("Signature marker"),
    Role.BASIC: N_("Basic marker"),
    Role.IRRITANT: N_("Irritant: a practice that the brand wants gone"),
}
_SHARES = {
    ShareBasis.OBSERVED: N_("Share of customers who go this way, as observed"),
    ShareBasis.STATED: N_("Share of customers who go this way, as stated"),
}


@dataclass(frozen=True)
class Item:
    """A sign, drawn from its left edge around a height, and what it means."""

    draw: Callable[[float, float], str]
    words: str
    sign_width: float = _SIGN

    def width(self, room: float) -> float:
        """Return how much room it takes, of the room there is."""
        return min(room, self.sign_width + 8 + _WORDS.width(self.words))


def items(
    scene: Scene,
    looks: dict[str, Look],
    speak: Speaker,
    palette: Palette,
    *,
    has_returns: bool,
) -> list[Item]:
    """Return the meaning of each sign that a picture of touchpoints uses."""
    found = channel_items(scene, looks)
    chips = {chip.role for card in scene.cards for chip in card.chips}
    found += [
        Item(_chip(role, palette), speak(words), 26)
        for role, words in _ROLES.items()
        if role in chips
    ]
    found += marks(scene, speak, palette)
    if not all(card.is_counted for card in scene.cards):
        found.append(Item(_dashed(palette), speak(N_("Run by customers, not counted"))))
    if has_returns:
        found.append(return_item(speak, palette))
    if scene.shares.basis is not None:
        words = speak(_SHARES[scene.shares.basis])
        if scene.shares.is_range:
            words = speak(N_("{words}; a range where segments differ"), words=words)
        found.append(Item(_pill("%", palette), words, 30))
    if scene.path:
        found.append(path_item(speak, palette))
    return found


def marks(scene: Scene, speak: Speaker, palette: Palette) -> list[Item]:
    """Return the signs of moments of truth, and of where paths begin and end."""
    found = []
    if any(card.is_moment_of_truth for card in scene.cards):
        found.append(Item(lambda x, y: star(x + 11, y, palette), speak(N_("Moment of truth"))))
    if any(card.is_entry for card in scene.cards):
        found.append(Item(_strip(palette.ink, palette, None), speak(N_("Paths begin here"))))
    endings = {card.ending.is_wanted for card in scene.cards if card.ending}
    if True in endings:
        words = speak(N_("Paths end here, as the brand hopes"))
        found.append(Item(_strip(palette.wanted, palette, True), words))
    if False in endings:
        words = speak(N_("Paths end here"))
        found.append(Item(_strip(palette.unwanted, palette, False), words))
    return found


def channel_items(scene: Scene, looks: dict[str, Look]) -> list[Item]:
    """Return the channels that a picture shows."""
    used = {card.channel for card in scene.cards}

    def tile(look: Look) -> Callable[[float, float], str]:
        return lambda x, y: channel_tile(x, y - 10, 20, look)

    return [Item(tile(looks[id]), name) for id, name in scene.channels.items() if id in used]


def return_item(speak: Speaker, palette: Palette) -> Item:
    """Return what a dashed line means."""
    return Item(_line(palette.line, 1.6, "6 4"), speak(N_("Leads back")), 30)


def path_item(speak: Speaker, palette: Palette) -> Item:
    """Return what the line of the path pointed out means."""
    words = speak(N_("The path that breaks the rule"))
    return Item(_line(palette.walked, 4, None), words, 30)


def flow_item(speak: Speaker, palette: Palette) -> Item:
    """Return what the number on a line of a map of stages means."""
    words = speak(N_("How many passages lead this way; a thicker line for more"))
    return Item(_pill("12", palette), words, 30)


def rows(found: Sequence[Item], room: float) -> list[list[Item]]:
    """Return the items in rows that fit into the room."""
    filled: list[list[Item]] = []
    left = 0.0
    for item in found:
        width = item.width(room)
        if not filled or width > left:
            filled.append([])
            left = room
        filled[-1].append(item)
        left -= width + _SPACE
    return filled


def height(filled: Sequence[Sequence[Item]]) -> float:
    """Return how high a legend is."""
    return 26 + _ROW * len(filled)


def drawn(
    filled: Sequence[Sequence[Item]],
    left: float,
    top: float,
    room: float,
    speak: Speaker,
    palette: Palette,
) -> str:
    """Return a legend as it is drawn."""
    parts = [text(speak(N_("Legend")), left, top + 14, _HEADING, palette.ink)]
    for number_of_row, row in enumerate(filled):
        x, y = left, top + 26 + number_of_row * _ROW + _ROW / 2
        for item in row:
            parts.append(item.draw(x, y))
            words_left = x + item.sign_width + 8
            words = _WORDS.one_line(item.words, left + room - words_left)
            words_room = _WORDS.width(words)
            parts.append(
                text(
                    words,
                    words_left,
                    y + 4.5,
                    _WORDS,
                    palette.ink,
                    room=words_room,
                    keeps_side=True,
                )
            )
            x += item.width(room) + _SPACE
    return group(*parts)


def _chip(role: Role, palette: Palette) -> Callable[[float, float], str]:
    chip = SetChip((), role, 0, 0, 26, 20)
    return lambda x, y: group(*chip_drawn(chip, x, y - 10, palette))


def _strip(fill: str, palette: Palette, is_wanted: bool | None) -> Callable[[float, float], str]:
    on = palette.on(fill)

    def draw(x: float, y: float) -> str:
        sign = (
            entry_sign(x + 11, y, on)
            if is_wanted is None
            else ending_sign(x + 11, y, on, is_wanted=is_wanted)
        )
        return group(box(x, y - 9, _SIGN, 18, 4, fill=fill), sign)

    return draw


def _dashed(palette: Palette) -> Callable[[float, float], str]:
    return lambda x, y: box(
        x,
        y - 8,
        _SIGN,
        16,
        4,
        fill="none",
        stroke=palette.muted,
        stroke_width=1.4,
        stroke_dasharray="5 4",
    )


def _line(colour: str, width: float, dashes: str | None) -> Callable[[float, float], str]:
    return lambda x, y: path(
        f"M{number(x)} {number(y)}h30",
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_dasharray=dashes,
    )


def _pill(words: str, palette: Palette) -> Callable[[float, float], str]:
    style = Style(11, 14, is_bold=True)
    return lambda x, y: group(
        box(x, y - 8, 30, 16, 8, fill=palette.paper, stroke=palette.edge, stroke_width=1),
        text(words, x + 15, y + 4, style, palette.ink, anchor="middle"),
    )
