"""Finding the workspace that somebody means, in a folder of this machine."""

from __future__ import annotations

import os
from pathlib import Path

from charter.workspace import CHARTER_FILE, InvalidWorkspace, folder_files

_MOST_LOOKED_AT = 500
"""In how many folders a workspace is looked for."""
MOST_NEARBY = 6


class NoWorkspace(Exception):
    """There is no workspace where somebody looks for one.

    Attributes:
        folder: Where they look.
        reason: ``missing``, ``no-folder`` or ``no-charter``.
        nearby: The workspaces in folders of that one.
    """

    def __init__(self, folder: Path, reason: str, nearby: tuple[Path, ...] = ()) -> None:
        super().__init__(str(folder), reason)
        self.folder, self.reason, self.nearby = folder, reason, nearby


def holds_workspace(root: Path) -> bool:
    """Return whether a folder holds any file of a workspace, be it one that can't be read."""
    if (root / CHARTER_FILE).exists():
        return True
    try:
        files, problems = folder_files(root)
    except InvalidWorkspace:
        return False
    return bool(files or problems)


def is_free(folder: Path) -> bool:
    """Return whether a new workspace may be written into a folder: it is empty, or none yet."""
    try:
        return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError:
        return False


def place_of(typed: str, root: Path) -> Path:
    """Return the folder that a text names, as seen from ``root``; ``~`` is one's own folder.

    Raises:
        ValueError: No folder can have such a name.
    """
    text = typed.strip().strip("\"'")
    if "\0" in text:
        raise ValueError(text)
    try:
        meant = Path(text).expanduser()
    except RuntimeError:
        # Nobody has that name.
        meant = Path(text)
    return Path(os.path.abspath(root / meant))  # noqa: PTH100 - without following links


def find_workspace(typed: str, root: Path) -> Path:
    """Return the folder of the workspace that a text names; one of its files will do.

    Raises:
        NoWorkspace: There is none.
        OSError: It can't be looked into.
        ValueError: No folder can have such a name.
    """
    folder = place_of(typed, root)
    if folder.name == CHARTER_FILE and folder.is_file():
        folder = folder.parent
    if not folder.exists():
        raise NoWorkspace(folder, "missing")
    if not folder.is_dir():
        raise NoWorkspace(folder, "no-folder")
    if not (folder / CHARTER_FILE).is_file():
        raise NoWorkspace(folder, "no-charter", nearby(folder))
    return folder


def nearby(root: Path) -> tuple[Path, ...]:
    """Return the workspaces in the folders of a folder, by name, the first few of them."""
    try:
        names = sorted(entry.name for entry in os.scandir(root) if not entry.name.startswith("."))
        return tuple(
            root / name
            for name in names[:_MOST_LOOKED_AT]
            if (root / name / CHARTER_FILE).is_file()
        )[:MOST_NEARBY]
    except OSError:
        return ()
