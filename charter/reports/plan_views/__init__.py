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


def render(view_format: str, viewed: Viewed, speak: Speaker, page: Page) -> str:
    """Return a view in one of `FORMATS`; only the format asked for is loaded."""
    module = import_module(f"charter.reports.plan_views.{view_format}")
    rendered: str = module.render(viewed, speak, page)
    return rendered
