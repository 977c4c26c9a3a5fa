"""Keeps what phones send: what arrives together, in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from charter.workshop import CannotKeep, Given, Kept

MOST_AT_ONCE: Final = 500
_log = logging.getLogger(__name__)

Keep = Callable[[Sequence[Given]], list[Kept]]


class Writer:
    """Takes what is given while the disk is busy, and gives it to the disk at once after that."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._queue: asyncio.Queue[tuple[Given, asyncio.Future[Kept]]] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, "writer")

    async def keep(self, given: Given) -> Kept:
        """Return what became of it, once it is on the disk.

        Raises:
            CannotKeep: The disk refuses; it wasn't kept.
        """
        answer: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        await self._queue.put((given, answer))
        return await answer

    async def run(self) -> None:
        """Keep what is given, until this is cancelled."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                taken = [await self._queue.get()]
                while len(taken) < MOST_AT_ONCE and not self._queue.empty():
                    taken.append(self._queue.get_nowait())
                given = [each for each, _ in taken]
                done = await loop.run_in_executor(self._thread, self._keep_all, given)
                for (_, answer), result in zip(taken, done, strict=True):
                    # Whoever gave it may be gone.
                    if answer.cancelled():
                        continue
                    if isinstance(result, Kept):
                        answer.set_result(result)
                    else:
                        answer.set_exception(result)
        finally:
            self._thread.shutdown(wait=False)

    def _keep_all(self, given: Sequence[Given]) -> Sequence[Kept | CannotKeep]:
        try:
            return self._keep(given)
        except CannotKeep as refused:
            return [refused] * len(given)
        except Exception:
            # One that nobody thought of mustn't take the others with it.
            _log.exception("What phones sent couldn't be kept together.")
            if len(given) == 1:
                return [CannotKeep("it can't be written")]
            return [self._keep_all([each])[0] for each in given]
