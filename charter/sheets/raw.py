"""Sheets as they were read, before anybody knows what they mean."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias

from journeys.source import Position, Problem


class CellPosition(Position):
    """A cell: its file says which sheet too, its line is the row, its column the column."""

    def __str__(self) -> str:
        return f"{self.file}{letters(self.column)}{self.line}"


def letters(column: int) -> str:
    """Return what programs call a column, counted from 1: ``A`` to ``Z``, then ``AA``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Kind(Enum):
    """What a cell holds."""

    TEXT = auto()
    NUMBER = auto()
    TRUTH = auto()
    DATE = auto()
    FORMULA = auto()
    ERROR = auto()


Content: TypeAlias = str | float | bool | datetime.date


@dataclass(frozen=True, slots=True)
class RawCell:
    """What a cell holds, and where it is.

    Attributes:
        content: A text, a formula and an error as they are written; else a value.
    """

    kind: Kind
    content: Content
    position: CellPosition

    def written(self) -> str:
        """Return it as one would have written it."""
        content = self.content
        if isinstance(content, bool):
            return str(content).lower()
        if isinstance(content, float):
            return number_text(content)
        if isinstance(content, datetime.date):
            return content.isoformat()
        return content


def number_text(number: float) -> str:
    """Return a number as one writes it: ``40``, ``0.5``."""
    # What workbooks keep: more digits are noise.
    return f"{number:.15g}"


@dataclass(frozen=True)
class RawRow:
    """A row of a sheet.

    Attributes:
        number: Counted from 1, as programs do.
        cells: By their columns, counted from 1; none is empty.
    """

    number: int
    cells: Mapping[int, RawCell]


@dataclass(frozen=True)
class RawSheet:
    """A sheet of a workbook, or a CSV file.

    Attributes:
        name: As it is called; the file's name without its ending.
        place: What positions in it begin with: ``brand.xlsx: Markers!``.
        rows: Those that hold something, the headings first.
        merged: The cells that were merged, each range by its first.
    """

    name: str
    place: str
    rows: tuple[RawRow, ...]
    merged: tuple[CellPosition, ...] = field(default=())

    def position(self, row: int = 1, column: int = 1) -> CellPosition:
        """Return where a cell is."""
        return CellPosition(self.place, row, column)


class CannotRead(Exception):
    """A file that can't be read as sheets.

    Attributes:
        problems: Why.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")

    @classmethod
    def because(cls, reason: str, position: Position, **parameters: object) -> CannotRead:
        """Return it for one reason."""
        return cls([Problem("CH001", reason, position, parameters)])


CELL_LIMIT = 1_000_000
"""Most cells that hold something, in all sheets of a file together."""
