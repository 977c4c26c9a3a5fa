"""Saving a workspace's files: wholly or not at all, and never over somebody else's change."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from charter import locking
from charter.merging import FileConflict, merge_files
from charter.store import journal
from charter.store.errors import CannotSave, Conflicted, refusals_of
from charter.store.files import PREFIX
from charter.store.journal import content_of
from charter.store.places import WRITTEN_FOLDERS, located, readable
from charter.store.replacing import Replacement, replace_all

__all__ = ["CannotSave", "Conflicted", "FileConflict", "Saved", "contents", "recover", "save"]


@dataclass(frozen=True)
class Saved:
    """What a save did.

    Attributes:
        contents: What each of the files says now, by name; None for one that isn't there. It is
            what the next edit starts from.
        written: The names of those that changed on the disk.
        merged: The names of those that somebody else had changed as well.
    """

    contents: Mapping[str, bytes | None]
    written: tuple[str, ...]
    merged: tuple[str, ...]


def save(
    root: Path,
    changes: Mapping[str, bytes | None],
    started_from: Mapping[str, bytes | None],
    *,
    patience: float = locking.PATIENCE,
) -> Saved:
    """Save changes of files in the workspace in ``root``: all of them, or none.

    ``changes`` holds new contents by file name, relative to the folder, None for a file to
    remove; ``started_from`` what each of these files said when the edit began, None where it
    wasn't there. What somebody else changed since is kept: both changes are merged field by
    field. Modes and owners stay, links are followed. A save that was broken off earlier is
    finished first.

    Raises:
        Conflicted: Both changed the same things in different ways. Nothing was written.
        CannotSave: The files can't be written. Nothing was.
    """
    if changes.keys() != started_from.keys():
        raise ValueError("each file that is changed was started from something, or from None")
    with _alone(root, patience):
        targets = _targets(root, changes)
        _sweep({target.parent for target in targets.values()})
        on_disk = {file: _content(file, target) for file, target in targets.items()}
        merged = merge_files(started_from, changes, on_disk)
        if merged.conflicts:
            raise Conflicted(merged.conflicts)
        replacements = [
            Replacement(file, targets[file], on_disk[file], content)
            for file, content in merged.changes.items()
        ]
        replace_all(root, replacements)
    return Saved({**on_disk, **merged.changes}, tuple(merged.changes), merged.merged)


def contents(root: Path, files: Iterable[str]) -> dict[str, bytes | None]:
    """Return what files of the workspace say now, none of them half saved; None where one isn't.

    Raises:
        CannotSave: One of them is no file of a workspace, leads out of it or can't be read.
    """
    with locking.reading(root):
        return {file: _content(file, readable(root, file)) for file in files}


def recover(root: Path, *, patience: float = locking.PATIENCE) -> tuple[str, ...]:
    """Finish a save that was broken off; return the names of its files, none if there was none.

    Raises:
        CannotSave: They were changed since, so that it can be neither finished nor taken back.
    """
    with _alone(root, patience) as finished:
        return finished


@contextlib.contextmanager
def _alone(root: Path, patience: float) -> Iterator[tuple[str, ...]]:
    """Be the only one who writes, with nothing left unfinished; yield what was."""
    with contextlib.ExitStack() as stack:
        try:
            with refusals_of(os.fspath(root)):
                stack.enter_context(locking.writing(root, patience))
        except locking.Busy:
            raise CannotSave("busy", os.fspath(root)) from None
        finished = journal.finish(root)
        _sweep([root])
        for folder in WRITTEN_FOLDERS:
            _sweep(Path(each) for each, _, _ in os.walk(root / folder))
        yield finished


def _content(file: str, target: Path) -> bytes | None:
    with refusals_of(file):
        return content_of(target)


def _targets(root: Path, changes: Mapping[str, bytes | None]) -> dict[str, Path]:
    """Return where each of the files really is."""
    targets: dict[str, Path] = {}
    for file, content in changes.items():
        target = located(root, file, is_removed=content is None)
        if target in targets.values():
            raise CannotSave("same-file", file)
        targets[file] = target
    return targets


def _sweep(folders: Iterable[Path]) -> None:
    """Remove what writers who died left in these folders; nobody else writes now."""
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in [entry for entry in entries if entry.name.startswith(PREFIX)]:
                Path(entry).unlink()
