"""What a report is written on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """What a report is written on.

    Attributes:
        width: In columns.
        is_coloured: Whether it understands ANSI colours.
    """

    width: int = 100
    is_coloured: bool = False

    def paint(self, text: str, *codes: str) -> str:
        """Return ``text`` in a colour, where the page has any."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.is_coloured and text else text
