"""What a report is written on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """What a report is written on.

    Attributes:
        width: In columns.
        is_coloured: Whether it understands ANSI colours.
        folder: The workspace's folder as seen from where the report is read, with ``/``; empty
            where that is the folder itself.
        date: The day it is written; None where it doesn't say.
    """

    width: int = 100
    is_coloured: bool = False
    folder: str = ""
    date: datetime.date | None = None

    def paint(self, text: str, *codes: str) -> str:
        """Return ``text`` in a colour, where the page has any."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.is_coloured and text else text

    def path(self, file: str) -> str:
        """Return a file of the workspace as seen from where the report is read."""
        # A folder that isn't there is told by its own name, as it was asked for.
        is_whole = file.startswith("/") or file == self.folder
        return f"{self.folder}/{file}" if self.folder and not is_whole else file
