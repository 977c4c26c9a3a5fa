"""Tables written to a workbook (XLSX)."""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from charter.messages import Speaker
from charter.sheets.cells import harmless
from charter.sheets.table import LISTS, Column, Table, Value

_NARROWEST, _WIDEST, _UPRIGHT = 8, 60, 4.5
_LONGEST_PROMPT = 250
_AS_TEXT = "@"
_POINTS_A_LINE, _POINTS_A_LETTER, _HIGHEST = 15.0, 6.0, 409.0
# When each workbook says that it was made: the same tables are the same bytes.
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")

_HEADING = Font(bold=True, color="FFFFFF")
_HEADING_FILL = PatternFill("solid", fgColor="37474F")
_TOP = Alignment(vertical="top", wrap_text=True)
_UPRIGHT_HEADING = Alignment(text_rotation=90, horizontal="center", vertical="bottom")
_CENTRED = Alignment(horizontal="center", vertical="center")
_THIN = Side(style="thin", color="90A4AE")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True)
class Paper:
    """How sheets are printed.

    Attributes:
        is_a3: On A3; else on A4. They are laid out to fit either.
        row_height: In points, where each row has the same; else as its text needs.
        is_one_page: Whether a sheet is made to fit one page; else as many as it is long.
        has_lines: Whether cells have lines around them.
    """

    is_a3: bool = False
    row_height: float | None = None
    is_one_page: bool = False
    has_lines: bool = False


A4 = Paper()


@dataclass
class _Lists:
    """What may be chosen, list by list, each a column of a sheet of its own."""

    sheet: str
    lists: dict[tuple[str, ...], int] = field(default_factory=dict)

    def formula(self, choices: tuple[str, ...]) -> str:
        """Return where a list stands, as validations of cells name it."""
        column = get_column_letter(self.lists.setdefault(choices, len(self.lists)) + 1)
        return f"{quote_sheetname(self.sheet)}!${column}$1:${column}${len(choices)}"

    def rows(self) -> Iterator[list[str]]:
        longest = max(map(len, self.lists), default=0)
        for index in range(longest):
            yield [each[index] if index < len(each) else "" for each in self.lists]


def workbook(tables: Sequence[Table], speak: Speaker, paper: Paper = A4) -> bytes:
    """Return a workbook with a sheet for each table, in their order; the same ones, the same bytes.

    No text in it is ever a formula. Cost: its cells.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "charter"
    lists = _Lists(speak(LISTS))
    for table in tables:
        _write(book.create_sheet(table.name), table, lists, paper)
    if lists.lists:
        sheet = book.create_sheet(lists.sheet)
        sheet.sheet_state = "hidden"
        for row in lists.rows():
            sheet.append([harmless(text) or None for text in row])
    file = io.BytesIO()
    book.save(file)
    return _settled(file)


def _write(sheet: Worksheet, table: Table, lists: _Lists, paper: Paper) -> None:
    sheet.freeze_panes = f"{get_column_letter(table.frozen + 1)}2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if paper.is_a3 else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(paper.is_one_page)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    last = len(table.rows) + 1 + table.spare_rows
    widths = [
        column.width or _width(column, [row[index] for row in table.rows])
        for index, column in enumerate(table.columns)
    ]
    for index, column in enumerate(table.columns, start=1):
        letter = get_column_letter(index)
        dimension = sheet.column_dimensions[letter]
        dimension.width = widths[index - 1]
        # What is typed below is taken as it is typed: “1-2” is no date.
        dimension.number_format = _AS_TEXT
        dimension.alignment = _TOP
        _head(_cell(sheet, 1, index), column, paper)
        if column.choices:
            formula = lists.formula(column.choices)
            sheet.add_data_validation(_validation(column, formula, f"{letter}2:{letter}{last}"))
    upright = [len(column.title) for column in table.columns if column.is_upright]
    if upright:
        sheet.row_dimensions[1].height = _high(max(upright) * _POINTS_A_LETTER + _POINTS_A_LINE)
    for number, row in enumerate(table.rows, start=2):
        # Not every program works out how high a row is as it opens a file.
        lines = max(map(_lines, row, widths), default=1)
        sheet.row_dimensions[number].height = paper.row_height or _high(lines * _POINTS_A_LINE)
        for index, (value, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            if value is not None or paper.has_lines:
                _fill(_cell(sheet, number, index), value, column, paper)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise AssertionError("nothing is merged")
    return cell


def _high(points: float) -> float:
    return min(points, _HIGHEST)


def _lines(value: Value, width: float) -> int:
    """Return how many lines a value takes in a cell so wide."""
    text = value if isinstance(value, str) else ""
    return sum(math.ceil(max(len(line), 1) / width) for line in text.split("\n"))


def _head(cell: Cell, column: Column, paper: Paper) -> None:
    _fill(cell, column.title, column, paper)
    cell.font, cell.fill = _HEADING, _HEADING_FILL
    cell.alignment = _UPRIGHT_HEADING if column.is_upright else _TOP
    if column.help:
        height = 40 + 18 * (len(column.help) // 48 + column.help.count("\n") + 1)
        cell.comment = Comment(harmless(column.help), "charter", height, 380)


def _fill(cell: Cell, value: Value, column: Column, paper: Paper) -> None:
    if isinstance(value, str):
        cell.value = harmless(value)
        # It is text whatever it looks like: “#REF!” too.
        cell.data_type = "s"
        cell.number_format = _AS_TEXT
    else:
        cell.value = value
        if isinstance(value, datetime.date):
            cell.number_format = "yyyy-mm-dd"
        elif value is not None:
            cell.number_format = "General"
    cell.alignment = _CENTRED if column.is_upright else _TOP
    if paper.has_lines:
        cell.border = _GRID


def _validation(column: Column, formula: str, cells: str) -> DataValidation:
    validation = DataValidation(type="list", formula1=formula, allow_blank=True, sqref=cells)
    # A warning, as “-” and several at once are written too.
    validation.showErrorMessage = not column.is_open
    validation.errorStyle = "warning"
    validation.showInputMessage = bool(column.help)
    validation.promptTitle = harmless(column.title)[:32]
    is_long = len(column.help) > _LONGEST_PROMPT
    prompt = f"{column.help[:_LONGEST_PROMPT]}…" if is_long else column.help
    validation.prompt = harmless(prompt) or None
    return validation


def _width(column: Column, values: Sequence[Value]) -> float:
    if column.is_upright:
        return _UPRIGHT
    texts = [str(value) for value in values if value is not None]
    lines = [len(line) for text in texts for line in text.split("\n")]
    widest = max([*lines, len(column.title) + 2, *map(len, column.choices)])
    return max(_NARROWEST, min(widest + 2, _WIDEST))


def _settled(file: io.BytesIO) -> bytes:
    """Return a workbook that doesn't say when it was made."""
    settled = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(b">2000-01-01T00:00:00Z<", content)
            new.writestr(zipfile.ZipInfo(name, _ZIP_DAY), content, zipfile.ZIP_DEFLATED)
    return settled.getvalue()
