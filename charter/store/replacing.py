"""Several files replaced, all or none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from charter.store import journal
from charter.store.errors import refusals_of
from charter.store.files import beside, keep, prepare, sync


@dataclass
class Replacement:
    """One file and what it will say.

    Attributes:
        target: Where it really is.
        before: What it says, None where it isn't there.
        after: What it will say, None where it is removed.
    """

    file: str
    target: Path
    before: bytes | None
    after: bytes | None
    _prepared: Path = field(init=False)
    _kept: Path = field(init=False)
    _made_folders: list[Path] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._prepared, self._kept = beside(self.target), beside(self.target)

    @property
    def entry(self) -> journal.Entry:
        """What the journal says of it."""
        digests = journal.digest(self.before), journal.digest(self.after)
        return journal.Entry(self.file, *digests, self._prepared.name, self._kept.name)

    def get_ready(self) -> None:
        """Write the new file beside the old one, and keep the old one."""
        with refusals_of(self.file):
            self._make_folders()
            if self.after is not None:
                prepare(self._prepared, self.after, self.target)
            if self.before is not None:
                keep(self.target, self._kept)

    def _make_folders(self) -> None:
        missing = [folder for folder in self.target.parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir()
            self._made_folders.append(folder)
            sync(folder.parent)

    def do(self) -> None:
        """Put the new file in the place of the old one."""
        with refusals_of(self.file):
            if self.after is None:
                self.target.unlink()
            else:
                self._prepared.replace(self.target)
            sync(self.target.parent)

    def undo(self) -> None:
        """Put the old file back, if the new one is there.

        Raises:
            OSError: It can't be.
        """
        if journal.content_of(self.target) == self.before:
            return
        if self.before is None:
            self.target.unlink()
        else:
            self._kept.replace(self.target)
        with contextlib.suppress(OSError):
            sync(self.target.parent)

    def clear_away(self) -> None:
        """Remove what was only there while it was saved; what stays is for the next to remove."""
        for path in (self._prepared, self._kept):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def take_folders_back(self) -> None:
        """Remove the folders that were made for the file."""
        for folder in reversed(self._made_folders):
            with contextlib.suppress(OSError):
                folder.rmdir()


def replace_all(root: Path, replacements: Sequence[Replacement]) -> None:
    """Replace every file, or none.

    Killed in between, it leaves a journal by which the next can go on; one file alone needs
    none.

    Raises:
        CannotSave: Not all could be replaced, so none is.
    """
    is_journaled = len(replacements) > 1
    try:
        for replacement in replacements:
            replacement.get_ready()
        with refusals_of(os.fspath(root)):
            if is_journaled:
                journal.write(root, [replacement.entry for replacement in replacements])
        for replacement in replacements:
            replacement.do()
        with refusals_of(os.fspath(root)):
            if is_journaled:
                journal.remove(root)
    except BaseException:
        _take_back(root, replacements)
        raise
    for replacement in replacements:
        replacement.clear_away()


def _take_back(root: Path, replacements: Sequence[Replacement]) -> None:
    try:
        for replacement in reversed(replacements):
            replacement.undo()
        journal.remove(root)
    except OSError:
        # The journal and what it names are still needed: who writes next goes on from here.
        return
    for replacement in replacements:
        replacement.clear_away()
        replacement.take_folders_back()
