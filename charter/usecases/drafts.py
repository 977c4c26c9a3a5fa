"""Drafts of a workspace: listed, read, saved, published and discarded.

Every function raises `charter.history.HistoryError` where there is no history to work with, and
`charter.store.Conflicted` where people changed the same things in different ways.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from charter.history import Author, Commit, Draft, Drafts, Note, Published, Repository


@dataclass(frozen=True)
class OpenDraft:
    """A draft, to be read and changed.

    Attributes:
        commit: What a change of it starts from.
        files: What reading the workspace's folder would read, by name.
    """

    commit: Commit
    files: Mapping[str, bytes]


def list_drafts(root: Path, base: str = "HEAD") -> list[Draft]:
    """Return every draft, the latest first, compared with the branch or revision ``base``."""
    return Drafts(Repository.holding(root)).all(base)


def open_draft(root: Path, name: str) -> OpenDraft:
    """Return a draft as it stands.

    Raises:
        InvalidWorkspace: Some of its files can't be read.
    """
    repository = Repository.holding(root)
    commit = Drafts(repository).tip(name)
    return OpenDraft(commit, repository.files(commit))


def save_draft(
    root: Path,
    name: str,
    changes: Mapping[str, bytes | None],
    started_from: Commit,
    *,
    author: Author,
    message: str,
    now: datetime.datetime,
    is_new: bool = False,
) -> Commit:
    """Save changes that were made to the files of ``started_from``; return the draft's commit.

    What others saved to the draft meanwhile is kept; one that ``is_new`` mustn't be there yet. The
    folder itself isn't touched.
    """
    drafts = Drafts(Repository.holding(root))
    return drafts.save(name, changes, started_from, Note(author, now, message), is_new=is_new)


def publish_draft(
    root: Path,
    name: str,
    *,
    author: Author,
    message: str,
    now: datetime.datetime,
    onto: str | None = None,
) -> Published:
    """Bring a draft into a branch, by default the one checked out, whose files then follow.

    Raises:
        CannotSave: A file can't be written. Nothing was published.
    """
    drafts = Drafts(Repository.holding(root))
    return drafts.publish(name, Note(author, now, message), onto)


def discard_draft(root: Path, name: str, seen: Commit) -> None:
    """Delete a draft, if it is still as it was ``seen``."""
    Drafts(Repository.holding(root)).discard(name, seen)
