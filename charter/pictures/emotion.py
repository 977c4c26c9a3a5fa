"""How customers feel along a journey, as a curve under its map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from charter.messages import N_, Speaker
from charter.pictures.lettering import Style
from charter.pictures.palette import Palette
from charter.pictures.routing import Rectangle
from charter.pictures.scene import Card
from charter.pictures.svg import box, curve_through, element, group, named, number, path, text

HEIGHT = 206
_HEAD = 66
_ROOM = 96
_HIGHEST = 2
_NAME = Style(13, 16, is_bold=True)
_LABEL = Style(11.5, 14)
_DOT = 6.5
_DOT_GAP = 16


@dataclass(frozen=True, slots=True)
class Felt:
    """What is felt at a touchpoint, and in the middle of which column of the map that is."""

    card: Card
    x: float


def felt(cards: Sequence[Card], places: Mapping[str, Rectangle]) -> list[Felt]:
    """Return what the charter says is felt, where a picture is about it."""
    return [
        Felt(card, places[card.id].middle.x)
        for card in cards
        if card.emotion is not None and not card.is_faint
    ]


def drawn(
    felts: Sequence[Felt], frame: Rectangle, room: float, speak: Speaker, palette: Palette
) -> str:
    """Return the curve through the mean of each column, and a dot for each touchpoint.

    In the ``room`` that a column has, the touchpoints felt most are named.
    """
    middle = frame.top + _HEAD + _ROOM / 2

    def height(emotion: float) -> float:
        return middle - emotion * _ROOM / 2 / _HIGHEST

    heading = speak(N_("What customers feel"))
    note = speak(N_("a dot for each touchpoint; the curve is their mean, column by column"))
    left = frame.left + 16
    parts = [
        text(heading, left, frame.top + 24, _NAME, palette.ink),
        text(note, left + _NAME.width(heading) + 12, frame.top + 24, _LABEL, palette.muted),
    ]
    for emotion in range(-_HIGHEST, _HIGHEST + 1):
        y = height(emotion)
        parts.append(
            path(
                f"M{number(frame.left + 44)} {number(y)}H{number(frame.right - 16)}",
                stroke=palette.edge,
                stroke_width=1.2 if emotion == 0 else 0.7,
                stroke_dasharray=None if emotion == 0 else "2 4",
            )
        )
        told = f"{emotion:+d}".replace("-", "−") if emotion else "0"
        parts.append(text(told, frame.left + 38, y + 4, _LABEL, palette.muted, anchor="end"))
    by_column: dict[float, list[Felt]] = defaultdict(list)
    for each in felts:
        by_column[each.x].append(each)
    means = [
        (x, height(sum(each.card.emotion or 0 for each in column) / len(column)))
        for x, column in sorted(by_column.items())
    ]
    if len(means) > 1:
        parts.append(
            path(
                curve_through(means),
                fill="none",
                stroke=palette.accent,
                stroke_width=3,
                stroke_linecap="round",
            )
        )
    for x, column in sorted(by_column.items()):
        parts += _dots(x, column, height, room, palette)
    return group(*parts)


def _dots(
    x: float,
    column: Sequence[Felt],
    height: Callable[[float], float],
    room: float,
    palette: Palette,
) -> list[str]:
    """Return a dot for each touchpoint, and the names of the best ones and the worst ones."""
    by_emotion: dict[int, list[Card]] = defaultdict(list)
    for each in column:
        by_emotion[each.card.emotion or 0].append(each.card)
    parts = []
    for emotion, cards in sorted(by_emotion.items()):
        names = " · ".join(dict.fromkeys(card.name for card in cards))
        if emotion > 0 and emotion == max(by_emotion):
            parts.append(_name(names, x, height(emotion) - 12, room, palette))
        if emotion < 0 and emotion == min(by_emotion):
            parts.append(_name(names, x, height(emotion) + 20, room, palette))
        for index, card in enumerate(cards):
            at = x + (index - (len(cards) - 1) / 2) * _DOT_GAP
            dot = element(
                "circle",
                named(card.name),
                cx=at,
                cy=height(emotion),
                r=_DOT,
                fill=palette.walked if card.steps else palette.surface,
                stroke=palette.truth if card.is_moment_of_truth else palette.accent,
                stroke_width=2.4,
            )
            parts.append(dot)
    return parts


def _name(words: str, x: float, baseline: float, room: float, palette: Palette) -> str:
    line = _LABEL.one_line(words, room)
    return text(line, x, baseline, _LABEL, palette.muted, anchor="middle", room=room)


def background(frame: Rectangle, palette: Palette) -> str:
    """Return the panel that the curve is drawn on."""
    return box(
        frame.left,
        frame.top,
        frame.width,
        frame.height,
        8,
        fill=palette.surface,
        stroke=palette.edge,
        stroke_width=1,
    )
