"""What keeps people out of a page, as axe-core finds it on the page as it is.

assert barriers(page) == []
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE: Final = ("serious", "critical")
"""What axe calls grave; the rest is advice."""

# What Streamlit draws and we can't mend, by axe's rule and a part of the selector, with the reason.
STREAMLITS_OWN: Final[dict[tuple[str, str], str]] = {}

_AXE: Final = Axe()
_OPTIONS: Final = {
    "resultTypes": ["violations"],
    # A page that says `role=presentation` inside a canvas grid is Streamlit's, but it counts.
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}


@dataclass(frozen=True)
class Barrier:
    """Something that keeps somebody out.

    Attributes:
        rule: axe's name for what it breaks.
        where: The selector of what breaks it.
        how: How it is mended, in axe's words.
    """

    rule: str
    where: str
    how: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.where}: {self.how}"


def barriers(page: Page) -> list[str]:
    """Return what is grave on a page, one line for each place, but what we can't mend."""
    found = (
        barrier
        for violation in _AXE.run(page, options=_OPTIONS).response["violations"]
        if violation["impact"] in GRAVE
        for barrier in _places(violation)
    )
    return sorted(str(barrier) for barrier in found if not _is_streamlits(barrier))


def _places(violation: dict[str, Any]) -> list[Barrier]:
    return [
        Barrier(
            violation["id"],
            # In a shadow root, a selector is a list of them, from outside in.
            " ".join(
                part if isinstance(part, str) else " >> ".join(part) for part in node["target"]
            ),
            "; ".join(each["message"] for sort in ("any", "all", "none") for each in node[sort]),
        )
        for node in violation["nodes"]
    ]


def _is_streamlits(barrier: Barrier) -> bool:
    return any(barrier.rule == rule and part in barrier.where for rule, part in STREAMLITS_OWN)
