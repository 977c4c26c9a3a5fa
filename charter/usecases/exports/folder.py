"""A workspace as a folder: a site to be opened in a browser, or CSV files."""

from __future__ import annotations

from charter.usecases.exporting import Exported, Order
from charter.usecases.exports import separated, site

MANNERS = ("site", "csv")


def export(order: Order) -> Exported:
    """Return the files of the folder.

    Raises:
        InvalidWorkspace: The brand's logo can't be shown.
    """
    return separated.export(order) if order.manner == "csv" else site.export(order)
