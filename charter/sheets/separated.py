"""Tables as CSV files, written and read."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from charter.messages import Language
from charter.sheets.cells import harmless
from charter.sheets.raw import (
    CELL_LIMIT,
    CannotRead,
    CellPosition,
    Kind,
    RawCell,
    RawRow,
    RawSheet,
    number_text,
)
from charter.sheets.table import Table, Value
from journeys.source import Position, Problem

SUFFIX = ".csv"
_SEPARATORS = (",", ";", "\t")
_OF_LANGUAGE = {Language.ENGLISH: ",", Language.FRENCH: ";"}
"""What parts cells where a language writes numbers with a point, or with a comma."""
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)
_FIELD_LIMIT = 1_000_000
_PART_LIMIT = 100
_UNPACKED_LIMIT = 100 * 1024 * 1024


def separated(table: Table, language: Language) -> bytes:
    """Return a table as a CSV file, as spreadsheet programs of a language open it at once.

    UTF-8 with a mark that tells it; in French, cells are parted by semicolons and numbers have a
    decimal comma.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=_OF_LANGUAGE[language])
    writer.writerow([harmless(column.title) for column in table.columns])
    writer.writerows([_written(value, language) for value in row] for row in table.rows)
    return lines.getvalue().encode("utf-8-sig")


def _written(value: Value, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = number_text(float(value))
    return text.replace(".", ",") if language is Language.FRENCH else text


def files_of(tables: Sequence[Table], language: Language) -> dict[str, bytes]:
    """Return a CSV file for each table, by name."""
    return {f"{table.file}{SUFFIX}": separated(table, language) for table in tables}


def packed(files: dict[str, bytes]) -> bytes:
    """Return a zip archive that holds files; the same ones, the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(zipfile.ZipInfo(name, _ZIP_DAY), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def read_archive(path: str, content: bytes) -> list[RawSheet]:
    """Return the sheets that the CSV files of an archive are.

    Raises:
        CannotRead: It is none, or larger than any honest one, or a file in it can't be read.
    """
    start = Position(path, 1, 1)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = [part for part in archive.infolist() if part.filename.lower().endswith(SUFFIX)]
        if len(parts) > _PART_LIMIT or sum(p.file_size for p in parts) > _UNPACKED_LIMIT:
            limit = _UNPACKED_LIMIT // (1024 * 1024)
            raise CannotRead.because("unpacks-too-large", start, limit=limit)
        contents = {part.filename: archive.read(part) for part in parts}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        # Also what is encrypted, or packed in a way that isn't known.
        raise CannotRead.because("not-an-archive", start) from None
    if not contents:
        raise CannotRead.because("not-an-archive", start)
    problems: list[Problem] = []
    sheets = []
    for name, each in contents.items():
        try:
            stem = PurePosixPath(name).stem
            sheets.append(read_separated(f"{path}: {name}", stem, each))
        except CannotRead as refused:
            problems += refused.problems
    if problems:
        raise CannotRead(problems)
    return sheets


def read_separated(path: str, name: str, content: bytes) -> RawSheet:
    """Return the sheet that a CSV file is, whatever its encoding and its separators.

    Args:
        path: What people are told it is called.
        name: The sheet's name.
        content: What it holds.

    Raises:
        CannotRead: It is no text, or no table.
    """
    text = _decoded(path, content)
    start = Position(path, 1, 1)
    place = f"{path}: "
    separator = None
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        # What Excel reads as the separator to use, and some programs write.
        separator, text = first.strip()[4:] or "\t", rest
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator or _separator(text), strict=True
    )
    limit = csv.field_size_limit(_FIELD_LIMIT)
    try:
        rows = tuple(_rows(reader, place, start))
    except csv.Error:
        position = CellPosition(place, reader.line_num, 1)
        raise CannotRead.because("not-separated", position) from None
    finally:
        csv.field_size_limit(limit)
    return RawSheet(name, place, rows)


def _rows(reader: Iterator[list[str]], place: str, start: Position) -> Iterator[RawRow]:
    budget = CELL_LIMIT
    for number, row in enumerate(reader, start=1):
        cells = {
            column: RawCell(
                Kind.TEXT, text.replace("\r\n", "\n"), CellPosition(place, number, column)
            )
            for column, text in enumerate(row, start=1)
            if text
        }
        budget -= len(cells)
        if budget < 0:
            raise CannotRead.because("too-many-cells", start, limit=CELL_LIMIT)
        if cells:
            yield RawRow(number, cells)


def _decoded(path: str, content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16, or else what Windows writes in western Europe."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:64]:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CannotRead.because("not-text", Position(path, 1, 1))


def _separator(text: str) -> str:
    """Return what parts the headings: what occurs most often outside quotation marks."""
    counts = dict.fromkeys(_SEPARATORS, 0)
    is_quoted = False
    for character in text:
        if character == '"':
            is_quoted = not is_quoted
        elif character in "\r\n" and not is_quoted:
            break
        elif character in counts and not is_quoted:
            counts[character] += 1
    return max(counts, key=lambda each: counts[each])
