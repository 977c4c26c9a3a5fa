"""Working on a version of a workspace: read it, amend it, save it, take unsaved work up again."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from charter.amendments import Amendment, amended
from charter.checker import Checked, report_of
from charter.desk import Contents, Desk
from charter.history import Author, Commit, HistoryError, Repository
from charter.usecases.check import check_workspace
from charter.usecases.drafts import open_draft, save_draft
from charter.usecases.save import save_changes
from charter.workspace import (
    InvalidWorkspace,
    Workspace,
    folder_files,
    read_files,
    read_in_part,
)
from journeys.source import Problem

FOLDER = ""
"""The version that is the folder itself."""


@dataclass(frozen=True)
class Base:
    """A version of a workspace as it is saved.

    Attributes:
        version: A draft's name, or `FOLDER`.
        files: What its files say, by name.
        unread: Why others of them can't be read.
        commit: The draft's latest commit; None for the folder.
        is_gone: Whether the draft isn't there any more: these are its files as they were.
    """

    version: str
    files: Mapping[str, bytes]
    unread: tuple[Problem, ...] = ()
    commit: Commit | None = None
    is_gone: bool = False

    @property
    def commit_id(self) -> str:
        """The id of its commit; empty for the folder."""
        return self.commit.id if self.commit else ""

    @property
    def mark(self) -> str:
        """A name for what it says; see `mark_of`."""
        if self.version == FOLDER:
            return fingerprint(self.files, self.unread)
        return "" if self.is_gone else self.commit_id


def base_of(root: Path, version: str, commit_id: str = "") -> Base:
    """Return a version as it is saved; a draft that is gone, as it was at ``commit_id``.

    Raises:
        HistoryError: There is no such draft, or no history to look for it in.
        InvalidWorkspace: A draft holds what can't be read anywhere.
    """
    if version == FOLDER:
        return Base(FOLDER, *_files_in(root))
    try:
        draft = open_draft(root, version)
    except HistoryError as reason:
        if not reason.reason.startswith("no-draft") or not commit_id:
            raise
        repository = Repository.holding(root)
        commit = repository.resolve(commit_id)
        return Base(version, repository.files(commit), commit=commit, is_gone=True)
    return Base(version, draft.files, commit=draft.commit)


def _files_in(root: Path) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    try:
        files, problems = folder_files(root)
    except InvalidWorkspace as invalid:
        return {}, invalid.problems
    return files, tuple(problems)


def mark_of(root: Path, version: str) -> str:
    """Return a name for what a version says as it is saved; another once somebody saves it.

    Raises:
        HistoryError: There is no history to look for a draft in.
    """
    if version == FOLDER:
        return fingerprint(*_files_in(root))
    return Repository.holding(root).find(f"refs/heads/draft/{version}") or ""


def fingerprint(files: Mapping[str, bytes], unread: Iterable[Problem] = ()) -> str:
    """Return a name for what files say; another once they say something else."""
    digest = hashlib.blake2b(digest_size=16)
    for name in sorted(files):
        digest.update(f"\0{name}\0{len(files[name])}\0".encode(errors="surrogateescape"))
        digest.update(files[name])
    digest.update(repr(tuple(unread)).encode(errors="backslashreplace"))
    return digest.hexdigest()


def check_files(
    files: Mapping[str, bytes],
    today: datetime.date,
    *,
    unread: tuple[Problem, ...] = (),
    earlier: Workspace | None = None,
) -> Checked:
    """Check the workspace that files hold; that it is invalid is an answer too.

    What was worked out for an ``earlier`` version and can't have changed isn't worked out again.
    """
    try:
        if unread:
            raise read_in_part(files, unread) if files else InvalidWorkspace(unread, {})
        workspace = read_files(files)
    except InvalidWorkspace as invalid:
        return Checked(report_of(invalid), None, invalid.sources)
    return check_workspace(workspace.following(earlier) if earlier else workspace, today)


def amend(
    base: Base,
    desk: Desk,
    amendments: Iterable[Amendment],
    told: str,
    names: Mapping[str, str],
) -> Desk:
    """Return a desk with amendments made, as one step told so; itself where they change nothing.

    Whether the workspace is a valid one then isn't looked at.

    Raises:
        NoSuchPlace: What one of them changes isn't there.
        CannotEdit: A file can't be changed safely.
    """
    changes = amended(desk.over(base.files), amendments)
    return desk.amended(base.files, changes, told, names) if changes else desk


def replace_files(
    base: Base, desk: Desk, files: Mapping[str, bytes], told: str, names: Mapping[str, str]
) -> Desk:
    """Return a desk on which the workspace says what ``files`` do, as one step told so."""
    now = desk.over(base.files)
    changes: dict[str, bytes | None] = {
        file: files.get(file) for file in {**now, **files} if now.get(file) != files.get(file)
    }
    return desk.amended(base.files, changes, told, names) if changes else desk


def save(
    root: Path, base: Base, desk: Desk, *, author: Author, message: str, now: datetime.datetime
) -> Desk:
    """Save what is on a desk to its version, and return the desk as it is then.

    Raises:
        store.Conflicted: Somebody else changed the same things otherwise. Nothing was written.
        store.CannotSave: The folder's files can't be written. Nothing was.
        HistoryError: The draft can't be saved.
    """
    changes = desk.changes
    if not changes:
        return desk
    if base.commit is None:
        started_from = {file: desk.started_from[file] for file in changes}
        return desk.saved({**desk.contents, **save_changes(root, changes, started_from).contents})
    save_draft(root, base.version, changes, base.commit, author=author, message=message, now=now)
    saved = open_draft(root, base.version)
    return desk.saved(_known(desk, saved.files), saved.commit.id)


def save_as_draft(
    root: Path,
    base: Base,
    desk: Desk,
    name: str,
    *,
    author: Author,
    message: str,
    now: datetime.datetime,
) -> None:
    """Save what a desk shows as a new draft; the version that was worked on stays as it is saved.

    It begins at what is published, or where the draft began that is worked on, so the folder's
    own unpublished changes are in it too.

    Raises:
        HistoryError: It can't be saved, or there is a draft of that name (``draft-exists``).
    """
    repository = Repository.holding(root)
    begin = base.commit or repository.resolve("HEAD")
    there = repository.files(begin)
    files = desk.over(base.files)
    changes: dict[str, bytes | None] = {
        file: files.get(file) for file in {**there, **files} if there.get(file) != files.get(file)
    }
    save_draft(root, name, changes, begin, author=author, message=message, now=now, is_new=True)


def _known(desk: Desk, files: Mapping[str, bytes]) -> Contents:
    return {file: files.get(file) for file in desk.contents}
