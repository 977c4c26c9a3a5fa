"""Renaming something in a folder, with every reference to it."""

from __future__ import annotations

from pathlib import Path

from charter import store
from charter.renaming import Renaming, renamed
from charter.workspace import folder_files, read_in_part


def rename(root: Path, renaming: Renaming) -> tuple[str, ...]:
    """Rename something in the workspace in ``root``; return the names of the files that changed.

    Raises:
        InvalidWorkspace: The workspace can't be read, or isn't valid.
        CannotEdit: The renaming would change what is said, or can't be made.
        store.Conflicted: Somebody else changed the same things meanwhile.
        store.CannotSave: The files can't be written. In each case nothing was.
    """
    files, problems = folder_files(root)
    if problems:
        raise read_in_part(files, problems)
    changed = renamed(files, renaming)
    return store.save(root, changed, {file: files[file] for file in changed}).written
