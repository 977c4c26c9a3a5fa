"""Which files belong to a workspace, and where they really are."""

from __future__ import annotations

import os
import re
from pathlib import Path

from charter.store.errors import CannotSave, refusals_of
from charter.workspace import FOLDERS, SINGLE_FILES, SUFFIXES

_CONTENT = "content"
WRITTEN_FOLDERS = (*FOLDERS, _CONTENT)
"""Where the files of a workspace are, beside its own folder."""
# Nothing hidden, and no way up; what acts on terminals is no part of a name either.
_PART = re.compile(r"[^./\\\x00-\x1f\x7f-\x9f][^/\\\x00-\x1f\x7f-\x9f]*")


def belongs(file: str) -> bool:
    """Return whether a workspace may have a file of this name, relative to its folder."""
    parts = file.split("/")
    if not all(map(_PART.fullmatch, parts)):
        return False
    if len(parts) == 1:
        return file in SINGLE_FILES
    if parts[0] == _CONTENT:
        return True
    return parts[0] in WRITTEN_FOLDERS and len(parts) == 2 and file.endswith(SUFFIXES)


def readable(root: Path, file: str) -> Path:
    """Return where ``file`` really is, links followed, or would be.

    Raises:
        CannotSave: It is no file of a workspace, or leads out of it.
    """
    if not belongs(file):
        raise CannotSave("not-of-workspace", file)
    real = Path(os.path.realpath(root / file))
    if not real.is_relative_to(os.path.realpath(root)):
        raise CannotSave("leads-out", file)
    # A link that goes round in circles is none that could be followed.
    if real.is_symlink() or (real.exists() and not real.is_file()):
        raise CannotSave("not-written-over", file)
    return real


def located(root: Path, file: str, *, is_removed: bool) -> Path:
    """Return where ``file`` is written, links followed; a link itself, if it is removed.

    Raises:
        CannotSave: It is no file of a workspace, leads out of it or may not be written.
    """
    with refusals_of(file):
        real = readable(root, file)
        # The superuser may write it all the same, but it was put out of reach on purpose.
        if real.exists() and not (real.stat().st_mode & 0o222 and os.access(real, os.W_OK)):
            raise CannotSave("read-only", file)
    path = root / file
    return Path(os.path.realpath(path.parent)) / path.name if is_removed else real
