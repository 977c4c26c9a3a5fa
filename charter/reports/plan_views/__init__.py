"""Actions by target, channel or owner, told: each format one file, a pure function of a view."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charter.messages import Speaker
    from charter.plan_views import Viewed
    from charter.reports.page import Page

FORMATS = ("text", "json", "markdown", "html")
"""The formats of a view. A new one is a file here, with a `render`."""

TABLES = ("csv", "xlsx")
"""The formats of its actions alone, as rows; each is a function of `table`."""


def render(view_format: str, viewed: Viewed, speak: Speaker, page: Page) -> str:
    """Return a view in one of `FORMATS`; only the format asked for is loaded."""
    module = import_module(f"charter.reports.plan_views.{view_format}")
    rendered: str = module.render(viewed, speak, page)
    return rendered


def render_table(table_format: str, viewed: Viewed, speak: Speaker, *, is_grouped: bool) -> bytes:
    """Return the actions of a view in one of `TABLES`, each once, or with groups under each."""
    module = import_module("charter.reports.plan_views.table")
    rendered: bytes = getattr(module, table_format)(viewed, speak, is_grouped=is_grouped)
    return rendered
