"""What a save of several files is about to do, so that it can be finished by another.

One file changes in one stroke, several can't. Before the first of them changes, a file in the
workspace says which, what each said before and will say after, and where both are kept. Who
finds it, while nobody writes, goes on with the save or takes it back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from charter.store.errors import CannotSave, refusals_of
from charter.store.files import PREFIX, beside, prepare, sync
from charter.store.places import located
from charter.workspace import UNFINISHED_SAVE

_SCHEMA = "charter-saving/1"
_OWN_NAME = re.compile(re.escape(PREFIX) + "[0-9a-f]{16}")


def digest(content: bytes | None) -> str | None:
    """Return what tells one content from another; None for no file."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def content_of(path: Path) -> bytes | None:
    """Return what is in the file; None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@dataclass(frozen=True)
class Entry:
    """What becomes of one file.

    Attributes:
        file: Its name, relative to the workspace.
        before: The digest of what it said, None where it wasn't there.
        after: The digest of what it will say, None where it is removed.
        prepared: The name of the file beside it that will replace it.
        kept: The name of the file beside it that is as it was.
    """

    file: str
    before: str | None
    after: str | None
    prepared: str
    kept: str


def write(root: Path, entries: Sequence[Entry]) -> None:
    """Write the journal, wholly or not at all.

    Raises:
        OSError: It can't be written.
    """
    path = root / UNFINISHED_SAVE
    said = {"schema": _SCHEMA, "files": [asdict(entry) for entry in entries]}
    made = beside(path)
    try:
        prepare(made, f"{json.dumps(said, indent=1)}\n".encode(), path)
        made.replace(path)
        sync(root)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def remove(root: Path) -> None:
    """Remove the journal, if there is one: the files are as they should be.

    Raises:
        OSError: It can't be removed.
    """
    # If the power fails before this is on the disk, going on once more changes nothing.
    (root / UNFINISHED_SAVE).unlink(missing_ok=True)


def finish(root: Path) -> tuple[str, ...]:
    """Finish the save that was broken off, or take it back if that is what can be done.

    Returns the names of the files it was about; none if no save was broken off. Nobody else may
    be writing.

    Raises:
        CannotSave: Some of its files were changed since, so neither can be done.
    """
    entries = _read(root)
    if entries is None:
        return ()
    with refusals_of(UNFINISHED_SAVE):
        found = [_Found.of(root, entry) for entry in entries]
        if all(each.can_go_on for each in found):
            for each in found:
                each.go_on()
        elif all(each.can_go_back for each in found):
            for each in found:
                each.go_back()
        else:
            raise CannotSave("changed-since", next(f.entry.file for f in found if f.is_odd))
        for folder in {each.target.parent for each in found}:
            sync(folder)
        remove(root)
    return tuple(entry.file for entry in entries)


@dataclass(frozen=True)
class _Found:
    """A file of a save that was broken off, as it is now."""

    entry: Entry
    target: Path
    now: str | None

    @classmethod
    def of(cls, root: Path, entry: Entry) -> _Found:
        target = located(root, entry.file, is_removed=entry.after is None)
        return cls(entry, target, digest(content_of(target)))

    @property
    def can_go_on(self) -> bool:
        return self.now == self.entry.after or (
            self.now == self.entry.before
            and self.entry.after in (None, digest(content_of(self.prepared)))
        )

    @property
    def can_go_back(self) -> bool:
        return self.now == self.entry.before or (
            self.now == self.entry.after
            and self.entry.before in (None, digest(content_of(self.kept)))
        )

    @property
    def is_odd(self) -> bool:
        return not (self.can_go_on and self.can_go_back)

    @property
    def prepared(self) -> Path:
        return self.target.with_name(self.entry.prepared)

    @property
    def kept(self) -> Path:
        return self.target.with_name(self.entry.kept)

    def go_on(self) -> None:
        if self.now == self.entry.after:
            return
        if self.entry.after is None:
            self.target.unlink()
        else:
            self.prepared.replace(self.target)

    def go_back(self) -> None:
        if self.now == self.entry.before:
            return
        if self.entry.before is None:
            self.target.unlink()
        else:
            self.kept.replace(self.target)


def _read(root: Path) -> list[Entry] | None:
    """Return what the journal says; None if there is none."""
    with refusals_of(UNFINISHED_SAVE):
        content = content_of(root / UNFINISHED_SAVE)
    if content is None:
        return None
    try:
        said = json.loads(content)
        entries = [Entry(**entry) for entry in said["files"]]
        names = [name for entry in entries for name in (entry.prepared, entry.kept)]
        is_ours = said["schema"] == _SCHEMA and all(map(_OWN_NAME.fullmatch, names))
    except (ValueError, TypeError, KeyError, RecursionError):
        is_ours = False
    if not is_ours:
        raise CannotSave("strange-journal", UNFINISHED_SAVE)
    return entries
