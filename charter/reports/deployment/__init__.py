"""How far markers have come, told: each format one file, a pure function of a deployment."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charter.deployment import Deployment
    from charter.messages import Speaker
    from charter.reports.page import Page

FORMATS = ("text", "json", "markdown", "html")
"""The formats of a deployment. A new one is a file here, with a `render`."""


def render(deployment_format: str, deployment: Deployment, speak: Speaker, page: Page) -> str:
    """Return a deployment in one of `FORMATS`; only the format asked for is loaded."""
    module = import_module(f"charter.reports.deployment.{deployment_format}")
    rendered: str = module.render(deployment, speak, page)
    return rendered
