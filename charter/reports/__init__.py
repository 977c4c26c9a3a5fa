"""Reports: each format one file, a pure function of what was checked."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charter.checker import Checked
    from charter.messages import Speaker
    from charter.reports.page import Page

FORMATS = ("text", "json", "sarif", "junit", "github", "markdown", "html")
"""The formats of a report. A new one is a file here with a `render`, and a word in this line."""


def render(report_format: str, checked: Checked, speak: Speaker, page: Page) -> str:
    """Return what was checked in one of `FORMATS`; only the format asked for is loaded."""
    rendered: str = import_module(f"charter.reports.{report_format}").render(checked, speak, page)
    return rendered
