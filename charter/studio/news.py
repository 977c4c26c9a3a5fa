"""What a visitor's page asks now and then, beside Streamlit: was what it shows saved since?

    news.follow(name, is_saved)     each time the page is answered
    news.told(name)                 each time it asks, at ``ADDRESS``

Answering here takes a twentieth of what an answer of Streamlit's does, and a page asks every two
seconds as long as it is open. Its name is a secret between it and the program.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from enum import StrEnum
from typing import Final

ADDRESS: Final = "charter/news"
"""Where a page asks, as seen from any of the app's pages."""
NAMED: Final = "of"
"""The parameter of the address that tells the page's name."""
_MOST: Final = 1000
"""Pages followed at a time; those that haven't asked for longest are forgotten first."""


class News(StrEnum):
    """What a page is told."""

    NONE = "none"
    SAVED = "saved"
    UNKNOWN = "unknown"
    """The page isn't known here: the program was started anew, or many others are."""


_followed: OrderedDict[str, Callable[[], bool]] = OrderedDict()
_lock = threading.Lock()


def follow(name: str, is_saved: Callable[[], bool]) -> None:
    """Answer the page of that name by ``is_saved`` from now on, in any thread."""
    with _lock:
        _followed[name] = is_saved
        _followed.move_to_end(name)
        while len(_followed) > _MOST:
            _followed.popitem(last=False)


def told(name: str) -> News:
    """Return what the page of that name is to be told."""
    with _lock:
        is_saved = _followed.get(name)
        if is_saved is None:
            return News.UNKNOWN
        _followed.move_to_end(name)
    return News.SAVED if is_saved() else News.NONE
