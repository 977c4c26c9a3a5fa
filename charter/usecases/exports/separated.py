"""A workspace as CSV files: a folder or an archive of them, or one that is named for its sheet."""

from __future__ import annotations

from charter.sheets.separated import SUFFIX, files_of, packed, separated
from charter.sheets.tables import left_out, tables_of
from charter.sheets.taking import sheet_named
from charter.usecases.exporting import Exported, Order, UnknownId


def export(order: Order) -> Exported:
    """Return the workspace as CSV files.

    Raises:
        UnknownId: The file is to hold one sheet, and isn't called as any is.
    """
    tables = tables_of(order.workspace, order.speak, order.today)
    language = order.speak.language
    kept = left_out(order.workspace)
    ending = order.ending
    if ending == SUFFIX:
        sheet = sheet_named(order.target.stem)
        if sheet is None:
            raise UnknownId("sheet", order.target.stem, [table.file for table in tables])
        table = next(table for table in tables if table.file == sheet.id)
        return Exported(separated(table, language), kept)
    files = files_of(tables, language)
    return Exported(packed(files) if ending else files, kept)
