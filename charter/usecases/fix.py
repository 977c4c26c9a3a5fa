"""Fixing the files of a folder, as far as nobody needs to think about it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from charter import store
from charter.fixes import Fixes, Todo, find_fixes
from charter.usecases.check import EXIT_FINDINGS, EXIT_FINE, EXIT_INPUT
from charter.usecases.difference import difference
from charter.workspace import InvalidWorkspace, folder_files


@dataclass(frozen=True)
class Found:
    """The fixes of a folder.

    Attributes:
        files: What its files say as they are.
    """

    fixes: Fixes
    files: Mapping[str, bytes]


def fixes_of(root: Path, today: datetime.date, todo: Todo | None = None) -> Found:
    """Return what can be fixed in the workspace in ``root``; see `charter.fixes.find_fixes`.

    Raises:
        InvalidWorkspace: There is no such folder, or none of its files can be read.
    """
    files, problems = folder_files(root)
    if problems and not files:
        raise InvalidWorkspace(problems, {})
    lost = {problem.position.file for problem in problems}
    found = find_fixes(files, today, todo=todo, lost=lost)
    left = (*problems, *found.left)
    return Found(Fixes(found.fixes, found.changes, left), files)


def exit_status(found: Found, *, is_written: bool) -> int:
    """Return the exit status of a run that found these fixes, and wrote them or not.

    1 where there is something to write; else 2, as of a check, where the files still can't be
    checked and people must mend them; else 0.
    """
    if found.fixes.fixes and not is_written:
        return EXIT_FINDINGS
    return EXIT_INPUT if found.fixes.left else EXIT_FINE


def difference_of(found: Found) -> list[str]:
    """Return the lines of a unified diff from the files as they are to the files fixed."""
    return difference(found.files, found.fixes.changes)


def write_fixes(root: Path, found: Found) -> None:
    """Write the files fixed.

    Raises:
        store.Conflicted: Somebody else changed the same things meanwhile.
        store.CannotSave: The files can't be written. In each case nothing was.
    """
    changes = found.fixes.changes
    store.save(root, changes, {file: found.files[file] for file in changes})
