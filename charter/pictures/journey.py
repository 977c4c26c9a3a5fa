"""The picture of one journey, as SVG: touchpoint by touchpoint where that can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from charter.messages import N_, Speaker
from charter.pictures import cards as card_drawing
from charter.pictures import emotion, legend
from charter.pictures.cards import WIDTH, SetCard, set_card
from charter.pictures.channel_looks import Look, channel_looks
from charter.pictures.labels import Label, place_labels
from charter.pictures.lettering import Style
from charter.pictures.page import MARGIN, NARROWEST, Heading, sheet
from charter.pictures.palette import Palette
from charter.pictures.routing import Line, Rectangle, routed
from charter.pictures.scene import MOST_TOUCHPOINTS, Arrow, Scene
from charter.pictures.stage_map import stage_map
from charter.pictures.stages import STAGE_HEIGHT, stage_heading
from charter.pictures.svg import box, group, named, path, text
from charter.workspace import Workspace
from journeys.layout import Layout, Passage, Point, Stop, lay_out

COLUMN = WIDTH + 96
_ROW = 100
"""What the layout takes for one unit of height."""
_ROW_GAP = 40
_EMPTY = Style(15, 20)
_SPACE = 28


def journey_picture(
    workspace: Workspace,
    journey: str,
    speak: Speaker,
    *,
    witness: Sequence[str] | None = None,
    segment: str | None = None,
    look: Palette | None = None,
    version: str = "",
    caption: str = "",
) -> str:
    """Return the picture of a journey as SVG; the same bytes for the same journey.

    Args:
        workspace: What the journey is read from.
        journey: Its id.
        speak: Says the picture's words.
        witness: A path to point out, by the names of its stops; all else is drawn faintly.
        segment: Whose paths are shown; everyone's by default.
        look: The colours; those of the brand by default.
        version: Which version of the charter it shows, in words.
        caption: What stands below the title, such as the rule that the path breaks.

    Raises:
        ValueError: There is no such journey, segment of it or stop on it.
    """
    scene = Scene.of(
        workspace,
        journey,
        speak,
        witness=witness,
        segment=segment,
        version=version,
        caption=caption,
    )
    palette = look or Palette.of(workspace.charter.look)
    looks = channel_looks(list(scene.channels))
    if len(scene.cards) > MOST_TOUCHPOINTS:
        return stage_map(scene, looks, speak, palette)
    return _touchpoint_map(scene, looks, speak, palette)


def _touchpoint_map(scene: Scene, looks: dict[str, Look], speak: Speaker, palette: Palette) -> str:
    set_cards = {card.id: set_card(card) for card in scene.cards}
    passages = [Passage(arrow.id, arrow.source, arrow.target) for arrow in scene.arrows]
    layout = lay_out(
        [
            Stop(each.card.id, each.card.stage, (each.height + _ROW_GAP) / _ROW)
            for each in set_cards.values()
        ],
        passages,
    )
    bands = layout.bands
    graph_width = COLUMN * (bands[-1].right - bands[0].left) if bands else 0.0
    width = max(NARROWEST, graph_width + 2 * MARGIN)
    room = width - 2 * MARGIN
    heading = Heading.of(scene, room, speak)
    stages_top = MARGIN + heading.height
    left = (width - graph_width) / 2
    canvas = _Canvas(layout, set_cards, left, stages_top + STAGE_HEIGHT + _SPACE)
    lines = routed(canvas.places, passages, layout.routes, canvas.corridors(), WIDTH / 2 + 4)
    graph_bottom = canvas.move_below(lines)
    places = canvas.places
    lines = routed(places, passages, layout.routes, canvas.corridors(), WIDTH / 2 + 4)
    felts = emotion.felt(scene.cards, places)
    panel = Rectangle(left, graph_bottom + _SPACE, graph_width, emotion.HEIGHT)
    bottom = panel.bottom if felts else graph_bottom
    bands_bottom = bottom if felts else graph_bottom + _SPACE / 2
    found = legend.items(
        scene,
        looks,
        speak,
        palette,
        has_returns=any(line.is_return for line in lines.values()),
    )
    filled = legend.rows(found, room)
    legend_top = bands_bottom + _SPACE
    height = legend_top + (legend.height(filled) if found else 0) + MARGIN
    parts = [heading.drawn(MARGIN, MARGIN, palette)]
    parts.append(_bands(scene, layout, left, stages_top, graph_bottom + _SPACE / 2, palette))
    if not scene.cards:
        empty = speak(N_("Nothing of this journey is there for customers today."))
        parts.append(text(empty, MARGIN, stages_top + 24, _EMPTY, palette.muted))
    parts.append(_arrows(scene, lines, palette))
    entry = speak(N_("Entry"))
    for card in scene.cards:
        parts.append(
            card_drawing.drawn(
                set_cards[card.id],
                places[card.id],
                looks[card.channel],
                entry,
                scene.card_in_words(card, speak),
                palette,
            )
        )
    labels = [
        Label(arrow.id, arrow.share, arrow.is_walked, arrow.is_faint)
        for arrow in scene.arrows
        if arrow.share
    ]
    parts.append(place_labels(labels, lines, list(places.values()), palette))
    if felts:
        parts.append(emotion.background(panel, palette))
        parts.append(emotion.drawn(felts, panel, COLUMN - 60, speak, palette))
    if found:
        parts.append(legend.drawn(filled, MARGIN, legend_top, room, speak, palette))
    return sheet(scene, width, height, parts, scene.told(speak), speak, palette)


class _Canvas:
    """Where the layout's units lie on the sheet."""

    def __init__(
        self, layout: Layout, set_cards: Mapping[str, SetCard], left: float, top: float
    ) -> None:
        self._layout = layout
        self._cards = set_cards
        self._left = left - (COLUMN * layout.bands[0].left if layout.bands else 0)
        self._wanted_top = top
        self._shift = 0.0

    def at(self, point: Point) -> Point:
        """Return where a point of the layout lies."""
        return Point(self._left + point.x * COLUMN, self._shift + point.y * _ROW)

    @property
    def places(self) -> dict[str, Rectangle]:
        """Where each card lies."""
        found = {}
        for id, each in self._cards.items():
            middle = self.at(self._layout.places[id].at)
            left = round(middle.x - WIDTH / 2, 1)
            found[id] = Rectangle(left, round(middle.y - each.height / 2, 1), WIDTH, each.height)
        return found

    def corridors(self) -> dict[str, list[Point]]:
        """Return by passage the corridors that it takes."""
        return {
            id: [] if route.goes_around else [self.at(point) for point in route.via]
            for id, route in self._layout.routes.items()
        }

    def move_below(self, lines: Mapping[str, Line]) -> float:
        """Move everything just below what stands above it; return where it ends."""
        heights = [edge for place in self.places.values() for edge in (place.top, place.bottom)]
        heights += [point.y for line in lines.values() for point in line.points()]
        if not heights:
            return self._wanted_top
        self._shift += self._wanted_top - min(heights)
        return self._wanted_top + max(heights) - min(heights)


def _bands(
    scene: Scene, layout: Layout, left: float, top: float, bottom: float, palette: Palette
) -> str:
    """Return the stages: a heading that points on, and a band behind every card of it."""
    parts = []
    edges = [left + (band.left - layout.bands[0].left) * COLUMN for band in layout.bands]
    if layout.bands:
        edges.append(left + (layout.bands[-1].right - layout.bands[0].left) * COLUMN)
    for index, (band, edge) in enumerate(zip(layout.bands, edges, strict=False)):
        width = edges[index + 1] - edge
        if index % 2 == 0:
            parts.append(box(edge, top, width, bottom - top, 8, fill=palette.band))
        name = scene.stages[band.stage]
        parts.append(stage_heading(name, edge, top, width, palette, is_first=index == 0))
    return group(*parts)


def _arrows(scene: Scene, lines: Mapping[str, Line], palette: Palette) -> str:
    """Return all lines, those of the path pointed out above the others."""
    drawn = sorted(scene.arrows, key=lambda arrow: (arrow.is_walked, not arrow.is_faint))
    called = {card.id: card.name for card in scene.cards}
    return group(
        *(
            _arrow(
                arrow,
                lines[arrow.id],
                f"{called[arrow.source]} → {called[arrow.target]}",
                palette,
            )
            for arrow in drawn
        )
    )


def _arrow(arrow: Arrow, line: Line, told: str, palette: Palette) -> str:
    colour = palette.walked if arrow.is_walked else palette.line
    if arrow.share:
        told += f" · {arrow.share}"
    return group(
        named(told),
        path(
            line.shape,
            fill="none",
            stroke=colour,
            stroke_width=4 if arrow.is_walked else 1.6,
            stroke_dasharray="6 4" if line.is_return and not arrow.is_walked else None,
        ),
        path(line.head(1.7 if arrow.is_walked else 1.0), fill=colour),
        opacity=0.3 if arrow.is_faint else None,
        data_passage=f"{arrow.source} {arrow.target}",
    )
