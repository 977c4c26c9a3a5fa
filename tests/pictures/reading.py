"""Reads a picture back, sharing nothing with what drew it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from charter.workspace import Workspace, read_folder

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """A rectangle that is drawn."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Return whether two share more than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.2
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.2
        )

    def holds(self, other: Box) -> bool:
        """Return whether another lies inside, to a tenth of a pixel."""
        return (
            other.left >= self.left - 0.2
            and other.top >= self.top - 0.2
            and other.right <= self.right + 0.2
            and other.bottom <= self.bottom + 0.2
        )


class Picture:
    """A picture as an XML reader sees it."""

    def __init__(self, svg: str) -> None:
        self.root = ElementTree.fromstring(svg)

    def all(self, name: str) -> Iterator[ElementTree.Element]:
        """Yield the elements of a name."""
        return self.root.iter(SVG + name)

    def marked(self, what: str) -> dict[str, list[ElementTree.Element]]:
        """Return the groups marked as a touchpoint, a passage or the like, by what they are of."""
        found: dict[str, list[ElementTree.Element]] = {}
        for element in self.all("g"):
            if f"data-{what}" in element.attrib:
                found.setdefault(element.attrib[f"data-{what}"], []).append(element)
        return found

    @property
    def size(self) -> Box:
        """The whole picture."""
        return Box(0, 0, float(self.root.attrib["width"]), float(self.root.attrib["height"]))

    def cards(self) -> dict[str, Box]:
        """Return where each touchpoint's card lies."""
        return {id: box_of(groups[0]) for id, groups in self.marked("touchpoint").items()}

    def words(self) -> list[str]:
        """Return every text that is drawn."""
        return [spoken(element) for element in self.all("text")]


def box_of(group: ElementTree.Element) -> Box:
    """Return the first rectangle that is drawn in a group."""
    rectangle = next(group.iter(SVG + "rect"))
    left, top, width, height = (float(rectangle.attrib[k]) for k in ("x", "y", "width", "height"))
    return Box(left, top, left + width, top + height)


def spoken(element: ElementTree.Element) -> str:
    """Return the words of a text, without the marks of its direction."""
    return re.sub("[\u2066-\u2069]", "", "".join(element.itertext()))


def points(element: ElementTree.Element) -> list[tuple[float, float]]:
    """Return the points that the first path of a group names, absolute ones as we write them."""
    line = next(element.iter(SVG + "path")).attrib["d"]
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", line)]


def workspace(folder: Path, files: dict[str, str]) -> Workspace:
    """Return what a folder with these files says."""
    for name, written in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    return read_folder(folder)
