"""A workspace as a workbook."""

from __future__ import annotations

from charter.sheets.tables import left_out, tables_of
from charter.sheets.workbook import workbook
from charter.usecases.exporting import Exported, Order


def export(order: Order) -> Exported:
    """Return the workspace as a workbook, a sheet for each kind of thing."""
    tables = tables_of(order.workspace, order.speak, order.today)
    return Exported(workbook(tables, order.speak), left_out(order.workspace))
