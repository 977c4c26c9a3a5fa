"""What lies in a workspace's folder, beside what was committed of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from charter.history.repository import Repository
from charter.history.tree import Entry, listed, read_blobs
from charter.history.work_tree import is_as_committed
from charter.store.places import WRITTEN_FOLDERS, belongs
from charter.workspace import SINGLE_FILES, told_name


@dataclass(frozen=True)
class FolderChange:
    """A file that says something else in the folder than in a commit; None where it isn't there.

    Attributes:
        file: Its name, relative to the workspace.
    """

    file: str
    committed: bytes | None
    lying: bytes | None


def folder_changes(repository: Repository, commit_id: str) -> list[FolderChange]:
    """Return the workspace's files that differ, by name; those that git overlooks are left out.

    Line ends of another system are no difference, and are committed as the file had them.
    """
    entries = {
        told_name(path.removeprefix(repository.prefix)): entry
        for path, entry in listed(repository.git, commit_id, repository.prefix).items()
    }
    lying = _files_in(repository.folder)
    overlooked = _overlooked(repository) - entries.keys()
    contents = {file: _read(repository.folder, file) for file in lying if file not in overlooked}
    changed: dict[str, Entry | None] = {}
    for file in sorted({*entries, *contents}):
        entry = entries.get(file)
        if entry is not None and (not belongs(file) or not entry.is_file):
            continue
        if not is_as_committed(contents.get(file), entry):
            changed[file] = entry
    blobs = read_blobs(repository.git, (entry for entry in changed.values() if entry))
    return [
        FolderChange(file, was, _with_line_ends_of(was, contents.get(file)))
        for file, entry in changed.items()
        for was in [None if entry is None else blobs[entry.id]]
    ]


def folder_files(folder: Path) -> dict[str, bytes]:
    """Return the files of the workspace that lie in a folder, by name."""
    contents = {file: _read(folder, file) for file in _files_in(folder)}
    return {file: content for file, content in contents.items() if content is not None}


def _files_in(folder: Path) -> list[str]:
    found = [file for file in SINGLE_FILES if (folder / file).is_file()]
    for name in WRITTEN_FOLDERS:
        for place, folders, files in os.walk(folder / name):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            inside = Path(place).relative_to(folder)
            found += [(inside / file).as_posix() for file in sorted(files)]
    return [file for file in found if belongs(file)]


def _read(folder: Path, file: str) -> bytes | None:
    place = folder / file
    try:
        # What a link leads to is a file of its own, or none of the workspace's.
        return None if place.is_symlink() else place.read_bytes()
    except OSError:
        return None


def _overlooked(repository: Repository) -> set[str]:
    """Return the files of the workspace that git is told to overlook."""
    places = [*SINGLE_FILES, *WRITTEN_FOLDERS]
    asked = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", *places)
    return {told_name(name) for name in repository.git.run(*asked).split(b"\0")[:-1]}


def _with_line_ends_of(was: bytes | None, content: bytes | None) -> bytes | None:
    if was is None or content is None or b"\r\n" in was:
        return content
    return content.replace(b"\r\n", b"\n")
