"""How much, and how often: what one phone, or one address, may do."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

LARGEST_MESSAGE: Final = 8 * 1024
"""Bytes of a message from a phone."""
MOST_CONNECTIONS: Final = 1000
MOST_STRANGERS: Final = 200
"""Connections of those who haven't said yet who they are."""
MOST_OF_ONE: Final = 5
"""Connections of one participant, who may have the page open twice; the oldest one goes."""
BURST: Final = 20
A_SECOND: Final = 5.0
"""Messages that one participant may send at once, and then a second."""
WRONG_FROM_ONE: Final = 10
WRONG_IN_ALL: Final = 300
"""Wrong codes a minute, from one address and from all. A whole room sits behind one address."""
MINUTE: Final = 60.0
_MOST_ADDRESSES: Final = 10_000

Clock = Callable[[], float]


class Bucket:
    """Fills by itself, at a rate; each message takes a drop out of it."""

    def __init__(
        self, size: float = BURST, rate: float = A_SECOND, clock: Clock = time.monotonic
    ) -> None:
        self._size, self._rate, self._clock = size, rate, clock
        self._holds, self._since = size, clock()

    def take(self) -> bool:
        """Take a drop out, and return whether there was one."""
        now = self._clock()
        self._holds = min(self._size, self._holds + (now - self._since) * self._rate)
        self._since = now
        if self._holds < 1:
            return False
        self._holds -= 1
        return True


class WrongCodes:
    """Counts wrong codes, so that nobody finds a right one by trying."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._all: deque[float] = deque()
        self._of: OrderedDict[str, deque[float]] = OrderedDict()

    def are_too_many(self, address: str) -> bool:
        """Return whether no code is tried any more, for a minute at most."""
        before = self._clock() - MINUTE
        own = self._of.get(address, deque())
        for times in (self._all, own):
            while times and times[0] <= before:
                times.popleft()
        return len(own) >= WRONG_FROM_ONE or len(self._all) >= WRONG_IN_ALL

    def add(self, address: str) -> None:
        """Note a wrong code."""
        now = self._clock()
        self._all.append(now)
        self._of.setdefault(address, deque()).append(now)
        self._of.move_to_end(address)
        while len(self._of) > _MOST_ADDRESSES:
            self._of.popitem(last=False)
