"""Files written beside the old ones, then put in their place in one stroke."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

PREFIX = ".charter-saving-"
"""What the names of files begin with that are only there while something is saved."""

# Some file systems don't know what it means for a folder.
_NOT_SYNCED = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)


def beside(target: Path) -> Path:
    """Return a name in the folder of ``target`` that nothing has yet."""
    return target.parent / f"{PREFIX}{secrets.token_hex(8)}"


def prepare(path: Path, content: bytes, likeness: Path) -> None:
    """Write ``content`` to a new file that may be read and written by whom ``likeness`` may.

    The owner is kept where the system lets us. It is on the disk when this returns.

    Raises:
        OSError: It can't be written; what there is of it is left.
    """
    status = likeness.stat() if likeness.exists() else None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # A file that nothing stands for yet gets the modes that any other gets.
    descriptor = os.open(path, flags, 0o666 if status is None else 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if status is not None:
            _give(descriptor, status)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _give(descriptor: int, status: os.stat_result) -> None:
    if hasattr(os, "fchown"):
        for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
            with contextlib.suppress(PermissionError):
                os.fchown(descriptor, owner, group)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, status.st_mode & 0o7777)


def keep(target: Path, path: Path) -> None:
    """Let ``path`` be ``target`` as it is now, whatever becomes of ``target``."""
    try:
        os.link(target, path, follow_symlinks=False)
    except (OSError, NotImplementedError):
        # Not every system has links.
        prepare(path, target.read_bytes(), target)


def sync(folder: Path) -> None:
    """Have the names in ``folder`` on the disk."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_SYNCED:
            raise
    finally:
        os.close(descriptor)
