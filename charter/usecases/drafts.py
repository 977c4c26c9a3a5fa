"""Drafts of a workspace: listed, read, saved, reviewed, published and discarded.

Every function raises `charter.history.HistoryError` where there is no history to work with, and
`charter.store.Conflicted` where people changed the same things in different ways.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from charter.history import (
    Author,
    Commit,
    Draft,
    Drafts,
    HistoryError,
    Note,
    Published,
    Remark,
    RemarkKind,
    Repository,
    Review,
    Reviews,
)
from charter.merging.settling import Choice


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

    That it was published is noted in its review.

    Raises:
        CannotSave: A file can't be written. Nothing was published.
    """
    repository = Repository.holding(root)
    drafts, note = Drafts(repository), Note(author, now, message)
    seen = drafts.tip(name)
    published = drafts.publish(name, note, onto)
    # It is published whether or not that can be noted beside it.
    with contextlib.suppress(HistoryError):
        Reviews(repository).say(name, RemarkKind.PUBLISHED, seen.id, note)
    return published


def discard_draft(root: Path, name: str, seen: Commit) -> None:
    """Delete a draft, if it is still as it was ``seen``, and what was said about it."""
    repository = Repository.holding(root)
    Drafts(repository).discard(name, seen)
    Reviews(repository).forget(name)


def bring_in_published(
    root: Path,
    name: str,
    choices: Sequence[Choice] = (),
    *,
    author: Author,
    message: str,
    now: datetime.datetime,
) -> Commit:
    """Merge into a draft what was published since it began; ``choices`` settle conflicts."""
    drafts = Drafts(Repository.holding(root))
    return drafts.bring_in(name, Note(author, now, message), choices)


@dataclass(frozen=True)
class ReviewedDraft:
    """A draft, and what people said about it."""

    draft: Draft
    review: Review


def reviewed_drafts(root: Path) -> list[ReviewedDraft]:
    """Return every draft with its review, the latest first."""
    repository = Repository.holding(root)
    drafts = Drafts(repository).all()
    reviews = Reviews(repository).all({draft.name: draft.tip.id for draft in drafts})
    return [ReviewedDraft(draft, reviews[draft.name]) for draft in drafts]


def ask_for_review(
    root: Path, name: str, seen: str, *, author: Author, words: str, now: datetime.datetime
) -> Remark:
    """Ask others to look at a draft, as it is in the commit ``seen``."""
    return _say(root, name, RemarkKind.ASKED, seen, Note(author, now, words))


def approve(
    root: Path, name: str, seen: str, *, author: Author, words: str, now: datetime.datetime
) -> Remark:
    """Say that a draft is good as it was ``seen``; changed later, it is so no longer."""
    return _say(root, name, RemarkKind.APPROVED, seen, Note(author, now, words))


def ask_for_changes(
    root: Path, name: str, seen: str, *, author: Author, words: str, now: datetime.datetime
) -> Remark:
    """Say what should be different in a draft."""
    return _say(root, name, RemarkKind.CHANGES_ASKED, seen, Note(author, now, words))


def _say(root: Path, name: str, kind: RemarkKind, seen: str, note: Note) -> Remark:
    return Reviews(Repository.holding(root)).say(name, kind, seen, note)
