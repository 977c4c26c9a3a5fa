"""The pictures on the screen of the room, large: as Vega-Lite has them written, or as SVG.

One colour carries each of them, beside words and numbers, so that none is needed to read it.
"""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charter.messages import Speaker
from charter.messages.workshop import GRADE_NAMES
from charter.pictures.svg import curve_through, element, group, path, plain
from charter.studio.board_rows import gave_some
from charter.studio.emotion_ground import LINE, Band, Ground
from charter.workshop import GRADES, Card, Round
from charter.workshop.results import Results, Tally

HEIGHT = 764
"""What there is room for below the question, on a screen of 1920 by 1080."""
_LEAST_ROW, _MOST_ROW = 21.0, 84.0
_LETTERS = 20.0
_NAMES = 480.0
"""How wide the names of lines may be."""
_ACROSS = 1440.0
"""About how wide all columns are together."""
_WIDE = 0.82
"""How much of its column a picture takes."""
_CELL = 0.94
"""How much of its column a cell takes."""
_GROUP = 0.9
"""How much of its column cells take that belong together."""
_HIGH = 0.86
"""How much of its line a cell takes."""
_MANY = 0.65
"""From which share on a cell is so strong that its number is in the other colour."""
_MOST_BARS = 16
"""More cards can't be told from each other from the last row."""
_LIGHT = {
    "bar": "#3D4DB7",
    "empty": "#E8EBF1",
    "label": "#12161F",
    "on": "#FFFFFF",
}
_DARK = {
    "bar": "#8C9BFF",
    "empty": "#2A303B",
    "label": "#E9ECF2",
    "on": "#14171D",
}
_FEELINGS_WIDTH = 1800
_WIDEST = 22.0
"""The radius of an answer that all gave."""
_CIRCLE = "light-dark(#CBD1F4, #3A4580)"
_ON_CIRCLE = "light-dark(#12161F, #E9ECF2)"
Stages = Sequence[tuple[str, Sequence[Card]]]


@dataclass(frozen=True)
class _Line:
    """A line of a picture: a stage's name, or a card."""

    told: str
    card: Card | None = None


def tags_chart(
    round: Round, results: Results, speak: Speaker, stages: Stages, *, is_dark: bool
) -> dict[str, Any]:
    """Return how many people feel each marker at each touchpoint: a cell for each."""
    lines = _lines(stages, speak)
    colours = _DARK if is_dark else _LIGHT
    cells = [
        _cell(row, column, column + _CELL, tally.total, tally.count, speak)
        for row, line in enumerate(lines)
        if line.card is not None
        for column, choice in enumerate(round.choices)
        if (tally := results.tally(line.card.key, choice.key)) is not None
    ]
    titles = [speak.words(each.name) for each in round.choices]
    return _grid(lines, titles, colours, _cell_layers(cells, len(lines), colours), _CELL)


def dots_chart(
    round: Round, results: Results, speak: Speaker, stages: Stages, *, is_dark: bool
) -> dict[str, Any]:
    """Return how many dots each card got, the most first.

    Those with none are there too, unless there are many: they are to be told beside the picture.
    """
    del stages
    colours = _DARK if is_dark else _LIGHT
    names = {each.key: each for each in round.cards}
    left_out = {each.key for each in without_dots(round, results)}
    tallies = [each for each in _by_dots(results) if each.key not in left_out]
    lines = [_Line(speak.words(names[each.key].name), names[each.key]) for each in tallies]
    most = max((each.total for each in tallies), default=0)
    bars = [
        {
            "row": row,
            "start": 0.0,
            "full": _WIDE,
            "end": _WIDE * each.total / most if most else 0.0,
            "told": _told_dots(each, speak),
        }
        for row, each in enumerate(tallies)
    ]
    return _grid(lines, [""], colours, _bar_layers(bars, len(lines), colours))


def without_dots(round: Round, results: Results) -> Sequence[Card]:
    """Return which cards got no dots, where there are too many to draw them all large."""
    if len(results.tallies) <= _MOST_BARS:
        return ()
    names = {each.key: each for each in round.cards}
    return [names[each.key] for each in _by_dots(results) if not each.total]


def _by_dots(results: Results) -> Sequence[Tally]:
    return sorted(results.tallies, key=lambda each: -each.total)


def _told_dots(tally: Tally, speak: Speaker) -> str:
    dots = speak.many("{number} dot", "{number} dots", tally.total)
    people = gave_some(tally)
    return f"{dots} · {speak.many('{number} person', '{number} people', people)}"


def effort_chart(
    round: Round, results: Results, speak: Speaker, stages: Stages, *, is_dark: bool
) -> dict[str, Any]:
    """Return how each touchpoint is graded: three cells for each criterion, and the middle."""
    del round
    lines = _lines(stages, speak)
    colours = _DARK if is_dark else _LIGHT
    cells: list[dict[str, Any]] = []
    middles: list[dict[str, Any]] = []
    for row, line in enumerate(lines):
        if line.card is None:
            continue
        for column, grade in enumerate(GRADES):
            tally = results.tally(line.card.key, grade)
            if tally is None:
                continue
            given = dict(tally.spread)
            for level in (1, 2, 3):
                where = _place(column, level)
                cells.append(_cell(row, *where, given.get(level, 0), tally.count, speak))
            if tally.middle is not None:
                start, end = _place(column, tally.middle)
                middles.append({"row": row, "start": start, "full": end})
    frames = {
        "data": {"values": middles},
        "mark": {
            "type": "rect",
            "height": {"band": _HIGH},
            "cornerRadius": 4,
            "filled": False,
            "strokeWidth": 2.5,
        },
        "encoding": {
            **_across("start", "full"),
            "y": _down(len(lines)),
            "stroke": {"value": colours["label"]},
        },
    }
    titles = [speak(GRADE_NAMES[each]) for each in GRADES]
    layers = [*_cell_layers(cells, len(lines), colours), frames]
    return _grid(lines, titles, colours, layers, _GROUP)


def _place(column: int, level: float) -> tuple[float, float]:
    """Return where the cell of a grade from 1 to 3 starts and ends in its column."""
    third = _GROUP / 3
    start = column + third * (level - 1)
    return start, start + third * 0.96


def feelings_picture(results: Results, speak: Speaker, stages: Stages, told: str) -> str:
    """Return the journey's curve as SVG: the middle answer at each touchpoint, and all answers."""
    cards = [card for _, each in stages for card in each]
    ground = Ground(
        _FEELINGS_WIDTH,
        HEIGHT,
        [Band(name, len(each)) for name, each in stages],
        [speak.words(card.name) for card in cards],
        speak,
        letters=19,
    )
    tallies = [(place, results.tally(card.key)) for place, card in enumerate(cards)]
    middles = [
        (ground.across(place), ground.up(tally.middle))
        for place, tally in tallies
        if tally is not None and tally.middle is not None
    ]
    line = (
        [path(curve_through(middles), fill="none", stroke=LINE, stroke_width=5)]
        if len(middles) > 1
        else []
    )
    circles = (
        _circle(
            ground.across(place), ground.up(int(emotion)), people / tally.count, speak.count(people)
        )
        for place, tally in tallies
        if tally is not None
        for emotion, people in tally.spread
        if people
    )
    return ground.picture(told, *line, *circles)


def _circle(x: float, y: float, share: float, told: str) -> str:
    """Return an answer: the larger the more people gave it, with their number."""
    # Opaque, so that what they say is read even where a line runs behind them.
    radius = _WIDEST * math.sqrt((1 + 5 * share) / 6)
    number_of = element(
        "text",
        plain(told),
        x=x,
        y=y + 5.5,
        fill=_ON_CIRCLE,
        font_size=16,
        font_weight=600,
        text_anchor="middle",
    )
    return group(
        element("circle", cx=x, cy=y, r=radius, fill=_CIRCLE, stroke=LINE, stroke_width=1),
        number_of,
    )


# What pictures are made of.


def _lines(stages: Stages, speak: Speaker) -> list[_Line]:
    """Return the stages, each with its touchpoints below."""
    return [
        line
        for name, cards in stages
        for line in (
            *([_Line(name)] if name else []),
            *(_Line(speak.words(card.name), card) for card in cards),
        )
    ]


def _grid(
    lines: Sequence[_Line],
    titles: Sequence[str],
    colours: Mapping[str, str],
    layers: Iterable[dict[str, Any]],
    wide: float = _WIDE,
) -> dict[str, Any]:
    """Return a picture of lines by columns, each with its name."""
    row = _row(len(lines))
    letters = min(_LETTERS, row * 0.85)
    fit = max(int(row / letters / 1.15), 1)
    named = json.dumps([_wrapped(each.told, letters, fit) for each in lines])
    stages = json.dumps([place for place, each in enumerate(lines) if each.card is None])
    is_stage = f"indexof({stages}, datum.value) >= 0"
    column = _ACROSS / max(len(titles), 1)
    small = min(_LETTERS, max(13.0, column / 8))
    columns = _level([textwrap.wrap(each, max(int(column / small / 0.55), 6)) for each in titles])
    down = {
        **_down(len(lines)),
        "axis": {
            "title": None,
            "labelExpr": f"{named}[datum.value]",
            "labelFontSize": letters,
            "labelFontWeight": {"condition": {"test": is_stage, "value": 700}, "value": 400},
            "labelColor": colours["label"],
            "labelLimit": _NAMES,
            "labelLineHeight": letters * 1.1,
            "labelBaseline": "middle",
            "labelPadding": 12,
            "labelOverlap": False,
            "labelBound": False,
            "labelFlush": False,
            "domain": False,
            "ticks": False,
            "grid": False,
        },
    }
    across = {
        **_field("start"),
        "scale": {"domain": [0, len(titles)], "nice": False, "zero": False},
        "axis": {
            "title": None,
            "orient": "top",
            "values": [place + wide / 2 for place in range(len(titles))],
            "labelExpr": f"{json.dumps(columns)}[floor(datum.value)]",
            "labelFontSize": small,
            "labelLineHeight": small * 1.2,
            "labelColor": colours["label"],
            "labelLimit": column,
            "labelOverlap": False,
            "labelPadding": 8 + small * 1.2 * (len(columns[0]) - 1),
            "domain": False,
            "ticks": False,
            "grid": False,
        },
    }
    frame = {
        "data": {"values": [{"row": place, "start": 0} for place in range(len(lines))]},
        "mark": {"type": "point", "opacity": 0},
        "encoding": {"x": across, "y": down},
    }
    return {
        "height": row * len(lines),
        "config": {"view": {"stroke": None}},
        "layer": [frame, *layers],
    }


def _wrapped(told: str, letters: float, fit: int) -> str | list[str]:
    """Return a name in as many lines as it needs and there is room for."""
    lines = textwrap.wrap(told, int(_NAMES / letters / 0.52), max_lines=fit, placeholder="…")
    return lines if len(lines) > 1 else told


def _level(titles: list[list[str]]) -> list[list[str]]:
    """Return titles in lines, all in equally many, so that they end level."""
    most = max(map(len, titles), default=0) or 1
    return [[*[""] * (most - len(lines)), *lines] for lines in titles]


def _row(count: int) -> float:
    """Return how high each of so many lines is."""
    return min(max(HEIGHT / max(count, 1), _LEAST_ROW), _MOST_ROW)


def _field(name: str) -> dict[str, str]:
    """Return a field of numbers, as Vega-Lite has it written."""
    return {"field": name, "type": "quantitative"}


def _down(count: int) -> dict[str, Any]:
    return {"field": "row", "type": "ordinal", "scale": {"domain": list(range(count))}}


def _across(start: str, end: str) -> dict[str, Any]:
    return {"x": _field(start), "x2": {"field": end}}


def _cell(
    row: int, start: float, end: float, people: int, of: int, speak: Speaker
) -> dict[str, Any]:
    """Return a cell that says how many people of those who answered say so."""
    share = people / of if of else 0.0
    return {"row": row, "start": start, "full": end, "share": share, "told": speak.count(people)}


def _cell_layers(
    cells: Sequence[dict[str, Any]], count: int, colours: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield cells, the stronger the more people say so, each with their number."""
    yield {
        "data": {"values": [*cells]},
        "mark": {"type": "rect", "height": {"band": _HIGH}, "cornerRadius": 4},
        "encoding": {
            **_across("start", "full"),
            "y": _down(count),
            "color": {
                **_field("share"),
                "legend": None,
                "scale": {
                    "domain": [0, 1],
                    "range": [colours["empty"], colours["bar"]],
                    "interpolate": "rgb",
                },
            },
        },
    }
    yield {
        "data": {
            "values": [{**each, "middle": (each["start"] + each["full"]) / 2} for each in cells]
        },
        "mark": {
            "type": "text",
            "align": "center",
            "baseline": "middle",
            "fontSize": min(_LETTERS * 1.2, _row(count) * 0.74),
            "fontWeight": 600,
        },
        "encoding": {
            "x": _field("middle"),
            "y": _down(count),
            "text": {"field": "told"},
            "color": {
                "condition": {"test": f"datum.share >= {_MANY}", "value": colours["on"]},
                "value": colours["label"],
            },
        },
    }


def _bar_layers(
    bars: Sequence[dict[str, Any]], count: int, colours: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield bars on their ground, each with what it says behind it."""
    for end, colour in (("full", colours["empty"]), ("end", colours["bar"])):
        yield {
            "data": {"values": [*bars]},
            "mark": {"type": "rect", "height": {"band": 0.6}, "cornerRadius": 4},
            "encoding": {
                **_across("start", end),
                "y": _down(count),
                "color": {"value": colour},
            },
        }
    yield {
        "data": {"values": [*bars]},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dx": 8,
            "fontSize": min(_LETTERS, _row(count) * 0.8),
            "fontWeight": 600,
        },
        "encoding": {
            "x": _field("end"),
            "y": _down(count),
            "text": {"field": "told"},
            "color": {"value": colours["label"]},
        },
    }
