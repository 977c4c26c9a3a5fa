"""What stands around every picture: its title, and the sheet that it is drawn on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from charter.messages import N_, Speaker
from charter.pictures.lettering import Style
from charter.pictures.palette import Palette
from charter.pictures.scene import Scene
from charter.pictures.svg import box, document, group, path, text

MARGIN = 36
NARROWEST = 720
_BRAND = Style(13, 18, is_bold=True)
_TITLE = Style(26, 32, is_bold=True)
_NOTE = Style(13, 18)
_MOST_TITLE_LINES = 3
_MOST_PATH_LINES = 3


@dataclass(frozen=True)
class Heading:
    """The title of a picture, set into the room that there is."""

    brand: str
    title: tuple[str, ...]
    notes: tuple[str, ...]
    room: float

    @classmethod
    def of(cls, scene: Scene, room: float, speak: Speaker, notes: Iterable[str] = ()) -> Heading:
        """Return the title of a scene, with what is to be known of the picture below it."""
        told = []
        if scene.version:
            told.append(scene.version)
        if scene.segment:
            told.append(speak(N_("For {segment}"), segment=scene.segment))
        lines = [_NOTE.one_line(" · ".join(told), room)] if told else []
        if scene.caption:
            lines += _NOTE.lines(scene.caption, room, _MOST_PATH_LINES)
        if scene.path:
            lines += _NOTE.lines(scene.path, room, _MOST_PATH_LINES)
        for note in notes:
            lines += _NOTE.lines(note, room, _MOST_PATH_LINES)
        return cls(
            _BRAND.one_line(scene.brand, room),
            _TITLE.lines(scene.title, room, _MOST_TITLE_LINES),
            tuple(lines),
            room,
        )

    @property
    def height(self) -> float:
        """How high it is, with some space below."""
        return (
            _BRAND.leading + len(self.title) * _TITLE.leading + len(self.notes) * _NOTE.leading + 26
        )

    def drawn(self, left: float, top: float, palette: Palette) -> str:
        """Return it as it is drawn."""
        parts = [text(self.brand, left, top + 13, _BRAND, palette.accent, room=self.room)]
        y = top + _BRAND.leading
        for line in self.title:
            parts.append(text(line, left, y + 26, _TITLE, palette.ink, room=self.room))
            y += _TITLE.leading
        y += 6
        for line in self.notes:
            parts.append(text(line, left, y + 13, _NOTE, palette.muted, room=self.room))
            y += _NOTE.leading
        return group(*parts)


def sheet(
    scene: Scene,
    width: float,
    height: float,
    parts: Iterable[str],
    told: str,
    speak: Speaker,
    palette: Palette,
) -> str:
    """Return the whole picture as SVG, with what it shows ``told`` in words."""
    title = speak.naming(N_("Map of the journey “{journey}”"), journey=scene.title)
    background = box(0, 0, width, height, fill=palette.paper)
    mark = path(f"M0 0h{width:.0f}v5h-{width:.0f}z", fill=palette.accent)
    return document(width, height, f"{scene.brand}: {title}", told, [background, mark, *parts])
