"""Comparisons told: each format one file, a pure function of what was compared."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charter.compare import Comparison
    from charter.messages import Speaker
    from charter.reports.page import Page

FORMATS = ("text", "json", "markdown", "html")
"""The formats of a comparison. A new one is a file here, with a `render`."""


def render(diff_format: str, comparison: Comparison, speak: Speaker, page: Page) -> str:
    """Return what was compared in one of `FORMATS`; only the format asked for is loaded."""
    module = import_module(f"charter.reports.diff.{diff_format}")
    rendered: str = module.render(comparison, speak, page)
    return rendered
