"""The work tree that has a branch checked out, when the branch moves on.

Nobody's changes are written over: every file of the workspace must be as it was committed, in the
folder and in the index. Then the files that the move changes follow it, and the index with them,
while the branch is held; if anything fails, all three are put back. If this is broken off halfway,
publishing again finishes it: files that are already as they should be are no obstacle.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from charter.history.errors import GitFailed, HistoryError
from charter.history.program import Git
from charter.history.tree import EXECUTABLE, FILE, Entry, listed, read_blobs
from charter.history.writing import Changes, changed, staged, update_index
from charter.store import save
from charter.store.places import belongs
from charter.workspace import told_name

_Changed = Mapping[bytes, tuple[Entry | None, Entry | None]]
_Contents = dict[bytes, bytes | None]


@dataclass(frozen=True)
class WorkTree:
    """A work tree and the workspace in it.

    Attributes:
        git: git in the work tree's top folder.
        prefix: The workspace's folder in it: ``b""`` or ``b"some/folder/"``.
    """

    git: Git
    prefix: bytes

    def update(self, old: str, new: str) -> Update:
        """Return what is to be done here as the branch moves from one commit to another.

        Raises:
            HistoryError: There are changes that aren't committed (``unsaved-work``), or others
                than a workspace's files would change (``other-files``).
        """
        changes = changed(self.git, old, new)
        foreign = [
            path for path, versions in changes.items() if not self._may_follow(path, versions)
        ]
        if foreign:
            raise HistoryError("other-files", files=self._told(foreign))
        found = {path: self._on_disk(path) for path in changes}
        edited = set(self._edited(old, changes, found))
        edited.difference_update(self._kept_in(old, new, edited & changes.keys(), found))
        unsaved = {*self._staged(old, changes), *edited}
        if unsaved:
            raise HistoryError("unsaved-work", files=self._told(unsaved))
        blobs = read_blobs(self.git, (after for _, after in changes.values() if after))
        wanted: _Contents = {}
        for path, (before, after) in changes.items():
            content = None if after is None else blobs[after.id]
            if content and before and _is_with_carriage_returns(found[path], before):
                content = content.replace(b"\n", b"\r\n")
            wanted[path] = content
        return Update(self, changes, found, wanted)

    @property
    def folder(self) -> Path:
        """The workspace's folder."""
        return self.git.folder / os.fsdecode(self.prefix)

    def file(self, path: bytes) -> str:
        """Return the name of a file of the repository, relative to the workspace."""
        return told_name(posixpath.relpath(path, self.prefix or b"."))

    def _told(self, paths: Iterable[bytes]) -> tuple[str, ...]:
        return tuple(map(self.file, sorted(paths)))

    def _may_follow(self, path: bytes, versions: tuple[Entry | None, Entry | None]) -> bool:
        modes = {entry.mode for entry in versions if entry is not None}
        is_plain = len(modes) == 1 and modes < {FILE, EXECUTABLE}
        return is_plain and path.startswith(self.prefix) and belongs(self.file(path))

    def _on_disk(self, path: bytes) -> bytes | None:
        place = self.git.folder / os.fsdecode(path)
        try:
            if place.is_symlink():
                return os.fsencode(place.readlink())
            return place.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def _staged(self, old: str, changes: _Changed) -> Iterator[bytes]:
        """Yield the paths of the workspace whose change is in the index, not yet committed."""
        for path, (_, entry) in staged(self.git, old, self.prefix or b".").items():
            is_followed = path in changes and entry == changes[path][1]
            if not is_followed and (path in changes or belongs(self.file(path))):
                yield path

    def _kept_in(
        self, old: str, new: str, paths: Collection[bytes], found: _Contents
    ) -> Iterator[bytes]:
        """Yield those of the paths that are on disk as some commit has them that comes in now.

        Somebody put what lay here into a draft, and others went on with it: writing over it loses
        nothing.
        """
        if not paths:
            return
        told = self.git.run("rev-list", "--objects", "--no-object-names", new, f"^{old}")
        incoming = set(told.decode("ascii").split())
        for path in paths:
            content = found[path]
            if content is not None and _ids(content, new) & incoming:
                yield path

    def _edited(self, old: str, changes: _Changed, found: _Contents) -> Iterator[bytes]:
        """Yield the paths of the workspace that say something else on disk than was committed."""
        for path, entry in listed(self.git, old, self.prefix).items():
            is_looked_at = path not in changes and belongs(self.file(path))
            if is_looked_at and not is_as_committed(self._on_disk(path), entry):
                yield path
        for path, (before, after) in changes.items():
            if not is_as_committed(found[path], before) and not is_as_committed(found[path], after):
                yield path


@dataclass
class Update:
    """Files of a work tree that follow its branch, and their entries in the index.

    Attributes:
        found: What is in the files.
        wanted: What will be.
    """

    work_tree: WorkTree
    changes: _Changed
    found: _Contents
    wanted: _Contents
    _steps: int = 0

    @contextlib.contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Put files and index back if an exception ends the ``with``."""
        try:
            yield
        except BaseException:
            if self._steps > 1:
                self._update_index({path: before for path, (before, _) in self.changes.items()})
            if self._steps > 0:
                self._save(self.found, self.wanted)
            raise

    def do(self) -> None:
        """Change the files, then the index.

        Raises:
            Conflicted: Somebody changed a file this very moment.
            CannotSave: A file can't be written.
            HistoryError: The index can't (``index-busy``).
        """
        self._save(self.wanted, self.found)
        self._steps = 1
        self._update_index({path: after for path, (_, after) in self.changes.items()})
        self._steps = 2

    def _save(self, wanted: _Contents, found: _Contents) -> None:
        file = self.work_tree.file
        save(
            self.work_tree.folder,
            {file(path): content for path, content in wanted.items()},
            {file(path): content for path, content in found.items()},
        )

    def _update_index(self, entries: Changes) -> None:
        id_length = max(len(entry.id) for entry in self._versions())
        try:
            git = self.work_tree.git
            update_index(git, entries, id_length, without_filters(git))
        except GitFailed as failed:
            if "index.lock" in failed.said:
                raise HistoryError("index-busy") from None
            raise

    def _versions(self) -> Iterator[Entry]:
        return (entry for versions in self.changes.values() for entry in versions if entry)


def without_filters(git: Git) -> dict[str, str]:
    """Return variables that keep git from running the filters that are configured.

    Who writes the index of a work tree looks again at files that changed lately, through filters.
    """
    asked = ("config", "--null", "--name-only", "--get-regexp", r"^filter\.")
    try:
        names = git.run(*asked).decode("utf-8", errors="surrogateescape").split("\0")[:-1]
    except GitFailed:
        # There are none.
        return {}
    variables = {"GIT_CONFIG_COUNT": str(len(names))}
    for number, name in enumerate(names):
        # To git, nothing is no program, and no “true” either.
        variables |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": ""}
    return variables


def is_as_committed(content: bytes | None, entry: Entry | None) -> bool:
    """Return whether a file is as committed, be it with line ends of another system."""
    if content is None or entry is None:
        return content is None and entry is None
    return entry.id == _blob_id(content, entry) or _is_with_carriage_returns(content, entry)


def _is_with_carriage_returns(content: bytes | None, entry: Entry) -> bool:
    """Return whether a file is as committed but for line ends, which git may change on the way."""
    if not content or _blob_id(content, entry) == entry.id:
        return False
    return _blob_id(content.replace(b"\r\n", b"\n"), entry) == entry.id


def _ids(content: bytes, like: str) -> set[str]:
    """Return the ids of a content, be it with line ends of another system."""
    return {_id(each, like) for each in (content, content.replace(b"\r\n", b"\n"))}


def _blob_id(content: bytes, entry: Entry) -> str:
    return _id(content, entry.id)


def _id(content: bytes, like: str) -> str:
    """Return the id of a content, in the format of another id."""
    # Named by its length: the repository says which.
    digest = hashlib.sha256() if len(like) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(content))
    digest.update(content)
    return digest.hexdigest()
