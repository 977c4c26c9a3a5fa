"""Which version of a charter a book is printed from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from charter.messages import N_, Speaker
from charter.reports import words


@dataclass(frozen=True)
class Edition:
    """A version of a charter.

    Attributes:
        day: The day of the version; where there is none, the day the book is printed.
        version: The version's short id; empty without history.
        is_changed: Whether the files have changed since.
    """

    day: datetime.date
    version: str = ""
    is_changed: bool = False

    def told(self, speak: Speaker) -> str:
        """Return the version and its day in words."""
        day = words.date(self.day, speak)
        if not self.version:
            return day
        if self.is_changed:
            told = N_("Version {version} of {day}, with changes not recorded yet")
        else:
            told = N_("Version {version} of {day}")
        return speak(told, version=self.version, day=day)
