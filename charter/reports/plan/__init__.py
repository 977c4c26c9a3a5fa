"""Plans told: each format one file, a pure function of what was planned."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charter.messages import Speaker
    from charter.reports.page import Page
    from charter.suggestions import Planned

FORMATS = ("text", "json")
"""The formats of a plan. A new one is a file here, with a `render`."""


def render(plan_format: str, planned: Planned, speak: Speaker, page: Page) -> str:
    """Return a plan in one of `FORMATS`; only the format asked for is loaded."""
    module = import_module(f"charter.reports.plan.{plan_format}")
    rendered: str = module.render(planned, speak, page)
    return rendered
