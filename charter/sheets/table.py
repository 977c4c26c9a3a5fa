"""Tables to be written to a workbook or to CSV files."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TypeAlias

from charter.messages import N_

LISTS = N_("Lists")
"""The hidden sheet of a workbook that holds what may be chosen; it isn't read back."""

Value: TypeAlias = str | int | float | datetime.date | None
"""What a cell holds; None for nothing."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        title: Its heading.
        help: What it is for, and how it is written; shown beside the heading.
        choices: What may be chosen; nothing where anything may be written.
        is_open: Whether something else may be written than one of the choices.
        is_upright: Whether the heading stands upright, above a narrow column.
        width: In characters; as wide as what is in it where None.
    """

    title: str
    help: str = ""
    choices: tuple[str, ...] = ()
    is_open: bool = False
    is_upright: bool = False
    width: float | None = None


@dataclass(frozen=True)
class Table:
    """A table, to be a sheet of a workbook or a CSV file.

    Attributes:
        name: The sheet's name.
        file: What its CSV file is called, without ending, in every language alike.
        rows: A value for each column.
        frozen: How many columns stay in sight.
        spare_rows: How many empty rows below may be filled with what the columns offer.
    """

    name: str
    file: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 0
    spare_rows: int = 200
