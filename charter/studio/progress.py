"""How far work beside the page is, for whoever does it: nothing of the app is loaded for that."""

from __future__ import annotations

import threading
import time


class GivenUp(Exception):
    """Nobody wants the result any more."""


class Progress:
    """How far some work is, as it says itself, and whether it is still wanted.

    Attributes:
        seconds: How long it may take; None where that isn't limited.
        done: How much of it is done, in [0, 1]; of work that doesn't say, how much of its time.
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._start = time.monotonic()
        self._told: float | None = None
        self._given_up = threading.Event()

    @property
    def done(self) -> float:
        """See the class."""
        if self._told is not None:
            return self._told
        if not self.seconds:
            return 0.0
        return min((time.monotonic() - self._start) / self.seconds, 1.0)

    def tell(self, done: int, whole: int) -> None:
        """Say how far the work is.

        Raises:
            GivenUp: It isn't wanted any more.
        """
        self._told = min(done / whole, 1.0) if whole else 1.0
        if self._given_up.is_set():
            raise GivenUp

    def seconds_left(self) -> float:
        """Return how long the work may still take: no more where it was given up."""
        if self._given_up.is_set():
            return -1.0
        if self.seconds is None:
            return float("inf")
        return self.seconds - (time.monotonic() - self._start)

    def clock(self) -> float:
        """Return a time in seconds that only grows; without end where the work was given up."""
        return float("inf") if self._given_up.is_set() else time.monotonic()

    def give_up(self) -> None:
        """Don't want it any more."""
        self._given_up.set()

    @property
    def is_given_up(self) -> bool:
        """Whether it isn't wanted any more."""
        return self._given_up.is_set()
