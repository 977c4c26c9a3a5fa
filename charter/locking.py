"""The lock of a workspace: one writes at a time, and nobody reads half of what is written.

The folder itself is locked, so that no lock file is left behind, and the system takes the lock
off a process that dies. Where a folder can't be locked (Windows, some network drives), a file
with a name of its own among the temporary files is locked instead.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 10.0
"""How long somebody else's lock is waited for, in seconds."""

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, is_shared: bool) -> None:  # noqa: ARG001 - there is one kind
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int, *, is_shared: bool) -> None:
        kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)


_HELD_BY_OTHERS = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_LONGEST_PAUSE = 0.02


class Busy(Exception):
    """Somebody else has held the lock for too long."""


@contextlib.contextmanager
def writing(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of the workspace in ``root`` as the only one.

    Raises:
        Busy: Somebody else held it for ``patience`` seconds.
        OSError: There is no such folder, or it can't be read.
    """
    with _held(root, patience, is_shared=False):
        yield


@contextlib.contextmanager
def reading(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of the workspace in ``root`` together with whoever else reads.

    Reading is never refused: where the lock can't be had, what is read may be half written.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(Busy, OSError):
            stack.enter_context(_held(root, patience, is_shared=True))
        yield


@contextlib.contextmanager
def _held(root: Path, patience: float, *, is_shared: bool) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        try:
            descriptor = _opened(root, stack)
            _wait(descriptor, patience, is_shared=is_shared)
        except OSError:
            if not root.is_dir():
                raise
            descriptor = os.open(_stand_in(root), os.O_RDWR | os.O_CREAT, 0o666)
            stack.callback(os.close, descriptor)
            _wait(descriptor, patience, is_shared=is_shared)
        yield


def _opened(root: Path, stack: contextlib.ExitStack) -> int:
    descriptor = os.open(root, os.O_RDONLY)
    # Closing it lets go of the lock.
    stack.callback(os.close, descriptor)
    return descriptor


def _stand_in(root: Path) -> Path:
    """Return the file that is locked where the folder can't be."""
    name = hashlib.blake2b(os.fsencode(os.path.realpath(root)), digest_size=16).hexdigest()
    return Path(tempfile.gettempdir()) / f"charter-{name}.lock"


def _wait(descriptor: int, patience: float, *, is_shared: bool) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            _lock(descriptor, is_shared=is_shared)
        except OSError as error:
            if error.errno not in _HELD_BY_OTHERS:
                raise
        else:
            return
        if time.monotonic() >= end:
            raise Busy
        # Those who wait shouldn't all come back at the same moment.
        time.sleep(random.uniform(0.1, 1) * _LONGEST_PAUSE)
