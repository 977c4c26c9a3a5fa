"""Workbooks made and changed by hand, as people do."""

import datetime
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from charter.messages import Language, speaker
from charter.sheets.opening import read_workbook
from charter.sheets.tables import tables_of
from charter.sheets.taking import Taken, take
from charter.sheets.workbook import workbook
from charter.workspace import read_files

TODAY = datetime.date(2026, 11, 24)
ROOT = Path(__file__).parent.parent.parent

Files = Mapping[str, bytes]


def files_of_sample(name: str) -> dict[str, bytes]:
    """Return the workspace files of a sample."""
    folder = ROOT / "samples" / name
    found = [folder / "charter.yaml", folder / "rules.yaml"]
    found += sorted(
        f for of in ("journeys", "markers", "plans") for f in folder.glob(f"{of}/*.yaml")
    )
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in found if f.is_file()}


def exported(files: Files, language: Language = Language.ENGLISH) -> bytes:
    """Return a workspace as a workbook."""
    speak = speaker(language)
    return workbook(tables_of(read_files(files), speak, TODAY), speak)


def changed(book: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """Return a workbook with a change that somebody made by hand."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    change(opened)
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def taken(book: bytes, files: Files) -> Taken:
    """Return what a workbook makes of a workspace."""
    return take(read_workbook("brand.xlsx", book), files)


def column_of(sheet: Worksheet, title: str) -> int:
    """Return the number of the column with a heading."""
    return next(c.column for c in sheet[1] if str(c.value).casefold() == title.casefold())


def row_of(sheet: Worksheet, *key: str) -> int:
    """Return the number of the row that begins with these cells."""
    rows = sheet.iter_rows(min_row=2)
    return next(
        row[0].row for row in rows if tuple(cell.value or "" for cell in row[: len(key)]) == key
    )


def put(
    book: openpyxl.Workbook, name: str, key: Iterable[str], cells: Mapping[str, object]
) -> None:
    """Write into the row with a key, or into a new one below, by headings."""
    sheet = book[name]
    key = tuple(key)
    try:
        row = row_of(sheet, *key)
    except StopIteration:
        row = sheet.max_row + 1
        for column, value in enumerate(key, start=1):
            sheet.cell(row, column, value)
    for title, value in cells.items():
        cell = sheet.cell(row, column_of(sheet, title))
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
