"""What the first visitor would wait for, done while their browser fetches how to draw it."""

from __future__ import annotations

import contextlib
import gc
import importlib
import pkgutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from charter.private_folder import PrivateFolder
from charter.studio.phones import open_early
from charter.studio.session import check_ahead
from charter.workshop import CannotKeep, Workshops

HERE: Final = Path(__file__).parent
FIRST_PAGE_WITHIN: Final = 8.0
"""Seconds after which whoever opened the app at once has their first page."""
_FOR_THE_FIRST_PAGE: Final = (
    "charter.studio.app",
    "charter.studio.coverage_cards",
    "charter.studio.gravest",
    "charter.studio.next_actions",
    "charter.studio.since_published",
    "charter.studio.standing_map",
    "charter.studio.trend",
    "PIL.Image",
)
_FOR_OTHER_PAGES: Final = ("pandas", "pyvis.network", "journeys.repair")
"""What isn't loaded before it is used, in the order in which visitors come by."""


def ready(directory: Path) -> None:
    """Load what the first page needs, check the workspace, and let phones of a workshop in again.

    What other pages need comes later: it would keep that visitor waiting.
    """
    check_ahead(directory.resolve())
    _load(_FOR_THE_FIRST_PAGE)
    _let_phones_in(directory)
    time.sleep(FIRST_PAGE_WITHIN)
    _load(f"charter.studio.{each.name}" for each in pkgutil.iter_modules([str(HERE)]))
    _load(_FOR_OTHER_PAGES)
    # What was loaded stays: looking through it for garbage would keep everybody waiting.
    gc.collect()
    gc.freeze()


def _load(names: Iterable[str]) -> None:
    for name in names:
        # What is missing is told to whoever needs it.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _let_phones_in(directory: Path) -> None:
    """Let phones in again, if a workshop goes on that they may come back to."""
    with contextlib.suppress(CannotKeep, ValueError):
        workshops = Workshops(PrivateFolder(directory.resolve())).all()
        if any(not each.is_ended for each in workshops):
            open_early(directory)
