"""Workbooks (XLSX) read, whoever sent them.

What is packed in one is measured and looked through before openpyxl reads it: how large it is
unpacked, how many parts it has, how deep their XML goes, and that none declares entities. Nothing
in it is run: formulas are refused where they are found, macros and what is encrypted at once.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from charter.sheets.raw import (
    CELL_LIMIT,
    CannotRead,
    CellPosition,
    Content,
    Kind,
    RawCell,
    RawRow,
    RawSheet,
)
from journeys.source import Position

UNPACKED_LIMIT = 100 * 1024 * 1024
"""Most bytes that the parts of a workbook may be, unpacked."""
PART_LIMIT = 2_000
"""Most parts that a workbook may have."""
DEPTH_LIMIT = 64
"""Deepest nesting of XML in a part."""

# How files begin that are encrypted, or written by programs of before 2007.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(:.*)?")
_CHUNK = 1 << 16


class _Refused(Exception):
    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason)
        self.reason, self.parameters = reason, parameters


def read_workbook(name: str, content: bytes) -> list[RawSheet]:
    """Return the sheets of a workbook, each row that holds something.

    Raises:
        CannotRead: It is none, it is encrypted, it holds macros, it is damaged, or it is larger
            than any honest one.
    """
    try:
        merged = _looked_through(content)
        with warnings.catch_warnings():
            # What openpyxl doesn't keep, charts for instance, nobody asked it to keep.
            warnings.simplefilter("ignore")
            return _sheets(name, content, merged)
    except _Refused as refused:
        raise CannotRead.because(
            refused.reason, Position(name, 1, 1), **refused.parameters
        ) from None


def _sheets(name: str, content: bytes, merged: dict[str, list[str]]) -> list[RawSheet]:
    # Whatever else is wrong with a file that comes from anywhere, it is the file that is wrong.
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        # The stubs know of sheets that are written only.
        sheets: list[Any] = list(book.worksheets)
        budget = CELL_LIMIT
        found = []
        for sheet in sheets:
            place = f"{name}: {sheet.title}!"
            rows = tuple(_rows(sheet, place, budget))
            budget -= sum(len(row.cells) for row in rows)
            ranges = merged.get(str(sheet._worksheet_path).lstrip("/"), [])
            found.append(RawSheet(sheet.title, place, rows, tuple(_firsts(ranges, place))))
    except _Refused:
        raise
    except Exception as error:
        raise _Refused("damaged-workbook", detail=type(error).__name__) from None
    if not found:
        raise _Refused("damaged-workbook", detail="0")
    return found


def _rows(sheet: Any, place: str, budget: int) -> Iterator[RawRow]:
    # How large it says it is may be anything.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = {}
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, EmptyCell) or cell.value is None or cell.value == "":
                continue
            cells[column] = _cell(cell, CellPosition(place, number, column))
        budget -= len(cells)
        if budget < 0:
            raise _Refused("too-many-cells", limit=CELL_LIMIT)
        if cells:
            yield RawRow(number, cells)


def _cell(cell: ReadOnlyCell, position: CellPosition) -> RawCell:
    kind, content = _content(cell)
    return RawCell(kind, content, position)


def _content(cell: ReadOnlyCell) -> tuple[Kind, Content]:
    value = cell.value
    if cell.data_type == "f":
        # A table's or an array's is an object of openpyxl's own.
        return Kind.FORMULA, str(getattr(value, "text", None) or value)
    if cell.data_type == "e":
        return Kind.ERROR, str(value)
    if isinstance(value, bool):
        return Kind.TRUTH, value
    if isinstance(value, int | float):
        is_percentage = "%" in str(cell.number_format)
        return Kind.NUMBER, float(value) * (100 if is_percentage else 1)
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return Kind.DATE, value.date()
        return Kind.TEXT, value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return Kind.DATE, value
    return Kind.TEXT, str(value).replace("\r\n", "\n")


def _firsts(ranges: list[str], place: str) -> Iterator[CellPosition]:
    for written in ranges:
        found = _RANGE.fullmatch(written)
        if found is not None:
            column = 0
            for letter in found[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
            yield CellPosition(place, int(found[2]), column)


def _looked_through(content: bytes) -> dict[str, list[str]]:
    """Return which cells are merged, by part.

    Raises:
        _Refused: It isn't to be read.
    """
    if content.startswith(_COMPOUND):
        raise _Refused("encrypted-workbook")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _Refused("not-a-workbook") from None
    parts = archive.infolist()
    if len(parts) > PART_LIMIT:
        raise _Refused("too-many-parts", limit=PART_LIMIT)
    if any(part.flag_bits & 1 for part in parts):
        raise _Refused("encrypted-workbook")
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise _Refused("not-a-workbook")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _Refused("macros")
    if len(set(names)) < len(names):
        raise _Refused("damaged-workbook", detail="zip")
    merged = {}
    left = UNPACKED_LIMIT
    for part in parts:
        is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        reader = _PartReader()
        try:
            with archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise _Refused("unpacks-too-large", limit=UNPACKED_LIMIT // (1024 * 1024))
                    if is_xml:
                        reader.feed(chunk)
            if is_xml:
                reader.close()
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise _Refused("damaged-workbook", detail=part.filename) from None
        except (NotImplementedError, RuntimeError):
            # Packed in a way that workbooks never are.
            raise _Refused("damaged-workbook", detail=part.filename) from None
        merged[part.filename] = reader.merged
    return merged


class _PartReader:
    """Looks through the XML of a part as it is unpacked; nothing of it is kept.

    Attributes:
        merged: The ranges of cells that it says are merged.
    """

    def __init__(self) -> None:
        self.merged: list[str] = []
        self._depth = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        self._parser = parser

    @property
    def feed(self) -> Callable[[bytes], object]:
        """Takes more of it."""
        return self._parser.Parse

    def close(self) -> None:
        """See that it is whole."""
        self._parser.Parse(b"", True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise _Refused("too-deep-xml", limit=DEPTH_LIMIT)
        if name.rpartition(":")[2] == "mergeCell" and len(self.merged) < CELL_LIMIT:
            self.merged.append(attributes.get("ref", ""))

    def _end(self, _: str) -> None:
        self._depth -= 1


def _refuse_entities(*_: object) -> None:
    # Workbooks declare no document type; entities could make a page of one line.
    raise _Refused("entities")
