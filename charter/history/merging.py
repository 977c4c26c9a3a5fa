"""What two commits changed in a repository, brought together."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charter.history.program import Git
from charter.history.tree import Entry, read_blobs
from charter.history.writing import Changes, changed, write_blob
from charter.merging import FileConflict
from charter.merging.settling import Choice, Unsettled, settled
from charter.store import Conflicted
from charter.workspace import told_name


@dataclass(frozen=True)
class _Both:
    """A path that both sides changed, each in its own way.

    Attributes:
        file: Its name as people are told it, relative to the workspace.
    """

    path: bytes
    file: str
    base: Entry | None
    mine: Entry | None
    theirs: Entry | None

    @property
    def versions(self) -> tuple[Entry | None, Entry | None, Entry | None]:
        return self.base, self.mine, self.theirs

    @property
    def is_of_files(self) -> bool:
        return all(entry is None or entry.is_file for entry in self.versions)

    @property
    def mode(self) -> str:
        """The mode it gets: that of whoever changed it."""
        modes = [entry.mode for entry in (self.mine, self.theirs) if entry is not None]
        return next((mode for mode in modes if self.base and mode != self.base.mode), modes[-1])


def merged(
    git: Git,
    prefix: bytes,
    base: str,
    mine: Changes,
    theirs: str,
    choices: Sequence[Choice] = (),
) -> Changes:
    """Return what to change in the commit ``theirs``, so that it holds ``mine`` as well.

    ``mine`` is what changed since the commit ``base``, from which ``theirs`` comes too. What only
    one side changed is taken; YAML files that both changed are merged field by field, and where
    they conflict as ``choices`` settle.

    Raises:
        Conflicted: Both changed the same things in different ways.
    """
    if base == theirs:
        return mine
    by_others = changed(git, base, theirs)
    alone = {path: entry for path, entry in mine.items() if path not in by_others}
    both = [
        _Both(path, told_name(posixpath.relpath(path, prefix or b".")), base_entry, entry, other)
        for path, entry in mine.items()
        if path in by_others
        for base_entry, other in [by_others[path]]
        if entry != other
    ]
    return {**alone, **_settled(git, both, choices)}


def _settled(git: Git, both: Sequence[_Both], choices: Sequence[Choice]) -> Changes:
    """Return what becomes of paths that both sides changed."""
    files = [each for each in both if each.is_of_files]
    entries = (entry for each in files for entry in each.versions if entry is not None)
    blobs = read_blobs(git, entries)

    def contents(number: int) -> dict[str, bytes | None]:
        versions = ((each.file, each.versions[number]) for each in files)
        return {file: None if entry is None else blobs[entry.id] for file, entry in versions}

    changes: Mapping[str, bytes | None] = {}
    conflicts: tuple[FileConflict, ...] = ()
    try:
        changes = settled(contents(0), contents(1), contents(2), choices)
    except Unsettled as unsettled:
        conflicts = unsettled.conflicts
    # What links and repositories inside this one lead to has no fields.
    unlike = [
        FileConflict((), _id(each.base), _id(each.mine), _id(each.theirs), file=each.file)
        for each in both
        if not each.is_of_files
    ]
    if unlike or conflicts:
        raise Conflicted([*unlike, *conflicts])
    wanted: dict[bytes, Entry | None] = {}
    for each in files:
        theirs = None if each.theirs is None else blobs[each.theirs.id]
        content = changes.get(each.file, theirs)
        wanted[each.path] = None if content is None else Entry(each.mode, write_blob(git, content))
    return wanted


def _id(entry: Entry | None) -> str | None:
    return entry.id if entry is not None else None
