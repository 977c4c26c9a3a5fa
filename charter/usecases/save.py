"""Saving what was edited in a workspace; what somebody else saved meanwhile is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from charter import store
from charter.store import Saved


def start_from(root: Path, files: Iterable[str]) -> Mapping[str, bytes | None]:
    """Return what files of the workspace say as an edit of them begins; None where one isn't.

    Raises:
        store.CannotSave: One of them is no file of a workspace, or can't be read.
    """
    return store.contents(root, files)


def save_changes(
    root: Path, changes: Mapping[str, bytes | None], started_from: Mapping[str, bytes | None]
) -> Saved:
    """Save new contents of files by name, None for one to remove: all of them, or none.

    ``started_from`` is what `start_from` returned, or `Saved.contents` of the save before.

    Raises:
        store.Conflicted: Somebody else changed the same things otherwise. Nothing was written;
            what to do about each conflict is for people to say.
        store.CannotSave: The files can't be written. Nothing was.
    """
    return store.save(root, changes, started_from)


def finish_saving(root: Path) -> tuple[str, ...]:
    """Finish a save that was broken off; return the names of its files, none if there was none.

    Raises:
        store.CannotSave: They were changed since.
    """
    return store.recover(root)
