"""What the app keeps for itself beside a workspace: unsaved work, arrangements, who is there.

It lies in the folder ``.charter-studio`` of the workspace, which git is told to overlook and
nobody but its owner may read. Nothing of the charter is in it: without it, nothing is lost but
comfort.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from charter import locking

NAME = ".charter-studio"
_LONGEST = 16 * 1024 * 1024


@dataclass(frozen=True)
class PrivateFolder:
    """The private folder of the workspace in ``root``; it is made once something is kept in it.

    Names of files are relative to it, with ``/`` between folders.
    """

    root: Path

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.root / NAME

    def read(self, name: str) -> bytes | None:
        """Return what a file says; None where there is none that can be read."""
        try:
            path = self.path / name
            return path.read_bytes() if path.stat().st_size <= _LONGEST else None
        except OSError:
            return None

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in one of its folders, in order."""
        try:
            found = sorted(each.name for each in (self.path / folder).iterdir() if each.is_file())
        except OSError:
            return []
        return [f"{folder}/{name}" for name in found if not name.startswith(".")]

    def write(self, name: str, content: bytes) -> None:
        """Write a file, wholly or not at all.

        Raises:
            OSError: It can't be written; what stood there still does.
        """
        path = self.path / name
        self._make(path.parent)
        part = path.parent / f".{secrets.token_hex(8)}"
        try:
            part.write_bytes(content)
            part.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise

    def update(self, name: str, change: Callable[[bytes | None], bytes]) -> None:
        """Write what ``change`` makes of a file; nobody else writes any meanwhile.

        Raises:
            OSError: It can't be written; what stood there still does.
            locking.Busy: Somebody else has been writing for too long.
        """
        with self._alone():
            self.write(name, change(self.read(name)))

    def place_for(self, name: str) -> Path:
        """Return where a file is that a program of its own writes, such as a database.

        Raises:
            OSError: Its folder can't be made.
        """
        path = self.path / name
        self._make(path.parent)
        return path

    def remove(self, name: str) -> None:
        """Remove a file, if it is there.

        Raises:
            OSError: It can't be removed.
        """
        (self.path / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        self._make(self.path)
        # Its own lock: whoever saves the workspace isn't kept waiting.
        with locking.writing(self.path):
            yield

    def _make(self, folder: Path) -> None:
        if not self.path.is_dir():
            self.path.mkdir(mode=0o700, exist_ok=True)
            (self.path / ".gitignore").write_text("*\n", encoding="utf-8")
        if not folder.is_dir():
            os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103 - mode of each folder
