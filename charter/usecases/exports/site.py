"""A workspace as a static site."""

from __future__ import annotations

from charter.book.logo import read_logo
from charter.site import site_of
from charter.usecases.book import edition_of
from charter.usecases.check import check_workspace
from charter.usecases.exporting import Exported, Order


def export(order: Order) -> Exported:
    """Return the pages of the site.

    Raises:
        InvalidWorkspace: The brand's logo can't be shown.
    """
    checked = check_workspace(order.workspace, order.today)
    edition = edition_of(order.root, order.today)
    logo = read_logo(order.root, order.workspace.charter.look)
    files = site_of(checked, order.speak, edition, order.today, logo=logo)
    return Exported({name: text.encode() for name, text in files.items()}, {}, is_site=True)
