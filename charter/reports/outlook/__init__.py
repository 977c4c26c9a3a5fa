"""What plans will bring, told: each format one file, a pure function of an outlook."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charter.messages import Speaker
    from charter.outlook import Outlook
    from charter.reports.page import Page

FORMATS = ("text", "json")
"""The formats of an outlook. A new one is a file here, with a `render`."""


def render(outlook_format: str, outlook: Outlook, speak: Speaker, page: Page) -> str:
    """Return an outlook in one of `FORMATS`; only the format asked for is loaded."""
    module = import_module(f"charter.reports.outlook.{outlook_format}")
    rendered: str = module.render(outlook, speak, page)
    return rendered
