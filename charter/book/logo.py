"""The brand's logo: read from the workspace, and refused where it could do more than be seen.

A logo goes into pages that others open, so what it may hold is listed, not what it may not.
Typesetters draw it too: whatever multiplies without end is refused as well.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.parsers import expat

from charter.brand import Look
from charter.workspace import InvalidWorkspace
from journeys.source import Position, Problem

SIZE_LIMIT = 512 * 1024
"""Largest logo that is read, in bytes."""
WIDEST = 4096
"""Most dots of a picture, either way."""
MOST_ELEMENTS = 5000
"""Most elements of a drawing."""
MOST_USES = 64
"""Most references from one part of a drawing to another."""
DEEPEST = 64
"""Deepest nesting of a drawing's elements."""


class Kind(StrEnum):
    """How a logo is written."""

    SVG = "svg"
    PNG = "png"


@dataclass(frozen=True)
class Logo:
    """A logo that is safe to show.

    Attributes:
        width: In its own unit.
        height: In the same.
    """

    kind: Kind
    content: bytes
    width: float
    height: float

    @property
    def proportion(self) -> float:
        """Its width over its height."""
        return self.width / self.height


class Refused(Exception):
    """A logo that isn't shown.

    Attributes:
        line: Where in its file; 1 in a picture of dots.
    """

    def __init__(self, reason: str, line: int = 1, column: int = 1, **parameters: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
        self.parameters = parameters


def read_logo(root: Path, look: Look) -> Logo | None:
    """Return the logo that a look names; None where it names none.

    Raises:
        InvalidWorkspace: It can't be read, or isn't shown.
    """
    file = look.logo
    if file is None:
        return None
    written = look.position_of("logo")
    try:
        content = _content(root, file)
    except Refused as refused:
        parameters = {"file": file, **refused.parameters}
        raise InvalidWorkspace(
            [Problem("CH001", refused.reason, written, parameters)], {}
        ) from None
    try:
        return logo_of(content, Kind.SVG if file.lower().endswith(".svg") else Kind.PNG)
    except Refused as refused:
        place = Position(file, refused.line, refused.column)
        problem = Problem("CH001", refused.reason, place, refused.parameters)
        drawing = content.decode(errors="replace") if file.lower().endswith(".svg") else ""
        raise InvalidWorkspace([problem], {file: drawing}) from None


def _content(root: Path, file: str) -> bytes:
    """Return the bytes of a file of the workspace.

    Raises:
        Refused: It isn't there, leads out of the workspace, or is too large.
    """
    path = root / file
    try:
        real = Path(os.path.realpath(path, strict=True))
        if not real.is_relative_to(os.path.realpath(root)):
            raise Refused("logo-outside")
        if not real.is_file():
            raise Refused("logo-not-a-file")
        with real.open("rb") as opened:
            content = opened.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise Refused("logo-missing") from None
    except OSError as error:
        raise Refused("logo-unreadable", detail=error.strerror or type(error).__name__) from None
    if len(content) > SIZE_LIMIT:
        raise Refused("logo-too-large", limit=SIZE_LIMIT // 1024)
    return content


def logo_of(content: bytes, kind: Kind) -> Logo:
    """Return a logo of these bytes.

    Raises:
        Refused: It isn't one, or is no logo to show.
    """
    width, height = _Drawing(content).size() if kind is Kind.SVG else _dots(content)
    return Logo(kind, content, width, height)


# Pictures of dots.

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PALETTE = 3


def _dots(content: bytes) -> tuple[float, float]:
    """Return the size of a PNG, each part of which was seen to be whole.

    Raises:
        Refused: Something is missing or wrong in it, or it is too large.
    """
    if not content.startswith(_SIGNATURE):
        raise Refused("logo-not-png", detail="signature")
    header: tuple[int, ...] = ()
    packed = []
    names = []
    for name, data in _chunks(content):
        names.append(name)
        if name == b"IHDR" and len(data) == struct.calcsize(">IIBBBBB"):
            header = struct.unpack(">IIBBBBB", data)
        elif name == b"IDAT":
            packed.append(data)
    if names[:1] != [b"IHDR"] or not header or names[-1:] != [b"IEND"]:
        raise Refused("logo-not-png", detail="IHDR, IEND")
    width, height, depth, colours, compression, filtering, interlace = header
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise Refused("logo-too-wide", width=width, height=height, limit=WIDEST)
    is_known = depth in _DEPTHS.get(colours, ()) and interlace in (0, 1)
    if not is_known or compression or filtering:
        raise Refused("logo-not-png", detail="IHDR")
    if colours == _PALETTE and b"PLTE" not in names:
        raise Refused("logo-not-png", detail="PLTE")
    bits = depth * _CHANNELS[colours]
    whole = _scanlines(width, height, bits) if interlace == 0 else _interlaced(width, height, bits)
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(b"".join(packed), whole + 1)
    except zlib.error:
        raise Refused("logo-not-png", detail="IDAT") from None
    if len(unpacked) != whole:
        raise Refused("logo-not-png", detail="IDAT")
    return width, height


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(content):
        head = content[at : at + 8]
        if len(head) < 8:
            raise Refused("logo-not-png", detail="chunk")
        length, name = struct.unpack(">I4s", head)
        data = content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(check) < 4 or zlib.crc32(name + data) != struct.unpack(">I", check)[0]:
            raise Refused("logo-not-png", detail=name.decode("ascii", errors="replace"))
        yield name, data
        if name == b"IEND":
            return
        at += 12 + length


def _scanlines(width: int, height: int, bits: int) -> int:
    """Return how many bytes an unpacked picture has, with the filter's byte of each line."""
    return height * (1 + (width * bits + 7) // 8) if width and height else 0


_ADAM7 = ((0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2))


def _interlaced(width: int, height: int, bits: int) -> int:
    passes = (*_ADAM7, (0, 1, 1, 2))
    return sum(
        _scanlines(-(-(width - x) // dx), -(-(height - y) // dy), bits)
        for x, dx, y, dy in passes
        if width > x and height > y
    )


# Drawings.

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XHTML = "http://www.w3.org/1999/xhtml"
_BETWEEN = "\x1f"

_SHAPES = {"circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "text", "tspan"}
_HOLDERS = {"svg", "g", "defs", "clipPath", "mask", "linearGradient", "radialGradient", "stop"}
_TOLD = {"title", "desc", "metadata"}
_ELEMENTS = _SHAPES | _HOLDERS | _TOLD | {"use", "style"}
_CUTTERS = {"clipPath", "mask"}
_LARGEST_NUMBER = 1e6

_URL = re.compile(r"url\(\s*['\"]?\s*([^)'\"]*)", re.IGNORECASE)
# Style sheets can hide letters behind backslashes and comments.
_UNSAFE_STYLE = re.compile(
    r"@|\\|/\*|expression\s*\(|javascript:|image-set|src\s*\(", re.IGNORECASE
)
_CUT_BY_SHEET = re.compile(r"(clip-path|mask)[^;:]*:[^;]*url\(", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|mm|cm|in|em|rem)?\s*")


class _Drawing:
    """Walks through an SVG, and refuses the first thing that a logo may not hold."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.elements = 0
        self.uses: list[tuple[str, int, int]] = []
        self.open: list[tuple[str, str]] = []
        self.using: set[str] = set()
        self.root: dict[str, str] = {}
        self.style: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction

    def size(self) -> tuple[float, float]:
        """Return its width and height.

        Raises:
            Refused: It isn't an SVG, or none to show.
        """
        try:
            self.parser.Parse(self.content, True)
        except expat.ExpatError as error:
            line, column = error.lineno, error.offset + 1
            detail = expat.ErrorString(error.code) or "XML"
            raise Refused("logo-not-svg", line, column, detail=detail) from None
        except (LookupError, ValueError):
            # An encoding that Python doesn't know, or can't follow.
            raise Refused("logo-not-svg", detail="encoding") from None
        for name, line, column in self.uses:
            if name in self.using:
                raise Refused("logo-nested-use", line, column)
        return self._dimensions()

    def _refuse(self, reason: str, **parameters: object) -> Refused:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return Refused(reason, line, column, **parameters)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(_BETWEEN)
        if not self.open and (space, local) != (_SVG, "svg"):
            raise self._refuse("logo-not-svg", detail=local)
        # What drawing programs note for themselves, in words of their own, is drawn by nobody.
        is_drawn = space in (_SVG, _XHTML, "")
        if is_drawn and (space != _SVG or local not in _ELEMENTS):
            raise self._refuse("logo-element", name=local)
        if not self.open:
            self.root = attributes
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise self._refuse("logo-too-complex", limit=MOST_ELEMENTS)
        if len(self.open) >= DEEPEST:
            raise self._refuse("logo-too-complex", limit=DEEPEST)
        identifier = attributes.get("id", "")
        self.open.append((local, identifier))
        for attribute, value in attributes.items():
            self._check_attribute(local, attribute, value)

    def _check_attribute(self, element: str, attribute: str, value: str) -> None:
        space, _, name = attribute.rpartition(_BETWEEN)
        low = name.lower()
        if low.startswith("on") or low in ("formaction", "base", "src", "filter", "style-src"):
            raise self._refuse("logo-attribute", name=name)
        if low == "href":
            if not value.strip().startswith("#"):
                raise self._refuse("logo-reference", name=value[:80])
            if element == "use":
                self._use(value.strip()[1:])
        elif space == _XLINK and low not in ("type", "title", "role", "show", "actuate"):
            raise self._refuse("logo-attribute", name=name)
        self._check_style(value, is_sheet=low == "style")

    def _use(self, target: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        if any(local in _CUTTERS for local, _ in self.open):
            raise self._refuse("logo-nested-use")
        self.uses.append((target, line, column))
        if len(self.uses) > MOST_USES:
            raise self._refuse("logo-too-complex", limit=MOST_USES)
        self.using.update(identifier for _, identifier in self.open if identifier)

    def _check_style(self, value: str, *, is_sheet: bool) -> None:
        if is_sheet and (found := _UNSAFE_STYLE.search(value)):
            raise self._refuse("logo-reference", name=value[found.start() :][:80])
        for found in _URL.finditer(value):
            if not found[1].strip().startswith("#"):
                raise self._refuse("logo-reference", name=found[0][:80])
            if any(local in _CUTTERS for local, _ in self.open):
                raise self._refuse("logo-nested-use")
        if "javascript:" in re.sub(r"[\s\x00-\x1f]", "", value).lower():
            raise self._refuse("logo-reference", name=value[:80])

    def _text(self, text: str) -> None:
        if self.open and self.open[-1][0] == "style":
            self.style.append(text)

    def _end(self, _: str) -> None:
        local, _ = self.open.pop()
        if local == "style":
            sheet = "".join(self.style)
            self._check_style(sheet, is_sheet=True)
            if _CUT_BY_SHEET.search(sheet):
                # It may hold for what cuts as well.
                raise self._refuse("logo-nested-use")
            self.style.clear()

    def _entity(self, *_: object) -> None:
        raise self._refuse("logo-entity")

    def _instruction(self, target: str, _: str) -> None:
        raise self._refuse("logo-element", name=f"<?{target}?>")

    def _dimensions(self) -> tuple[float, float]:
        box = re.split(r"[\s,]+", self.root.get("viewBox", "").strip())
        try:
            _, _, width, height = map(float, box)
        except ValueError:
            found = [_NUMBER.fullmatch(self.root.get(key, "")) for key in ("width", "height")]
            width, height = (float(each[1]) if each else 0.0 for each in found)
        if not (0 < width <= _LARGEST_NUMBER and 0 < height <= _LARGEST_NUMBER):
            raise Refused("logo-sizeless")
        if not 1 / 40 <= width / height <= 40:
            raise Refused("logo-sizeless")
        return width, height
