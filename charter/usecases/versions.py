"""The versions of a workspace: published ones, drafts and the folder, compared and restored.

Every function raises `charter.history.HistoryError` where there is no history to work with.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from charter.checker import Checked
from charter.compare import Comparison, compare
from charter.history import (
    Author,
    Commit,
    Drafts,
    FolderChange,
    HistoryError,
    Note,
    Repository,
    begin,
    folder_changes,
)
from charter.presence import Visitor
from charter.usecases.check import check_workspace
from charter.usecases.diff import Version, committed, read_versions
from charter.workspace import SUFFIXES, Workspace, read_files, read_folder
from journeys.plain import is_same, plain
from journeys.source import paused_garbage_collection, read

FOLDER = ""
"""The name of the version that lies in the folder."""
MOST_PUBLISHED = 100
Check = Callable[[Workspace, datetime.date], Checked]
"""Checks a workspace as of a day."""
_DRAFT = "draft/"
# No revision begins so.
_ONCE_PUBLISHED = ":once-published:"
_MARKED = ("refs/heads/draft", "refs/charter/reviews")


def mark_of_versions(root: Path) -> str:
    """Return a name for all versions and reviews; another once somebody saves or says something."""
    repository = Repository.holding(root)
    told = repository.git.run("for-each-ref", "--format=%(objectname) %(refname)", *_MARKED)
    head = (repository.find("HEAD") or "").encode()
    return hashlib.blake2b(head + b"\0" + told, digest_size=12).hexdigest()


@dataclass(frozen=True)
class PublishedVersion:
    """A version that was published.

    Attributes:
        before: The one published before it; None for the first that is told.
    """

    commit: Commit
    before: Commit | None


def published_versions(root: Path, *, most: int = MOST_PUBLISHED) -> list[PublishedVersion]:
    """Return the latest versions that were published on the branch checked out, newest first."""
    commits = Repository.holding(root).published(most + 1)
    return [
        PublishedVersion(commit, before)
        for commit, before in zip(commits, [*commits[1:], None], strict=True)
    ][:most]


def revision_of_draft(name: str) -> str:
    """Return the revision that names a draft's latest version."""
    return f"{_DRAFT}{name}"


def once_published(draft: str) -> str:
    """Return the name of what would be published, if a draft were published now."""
    return f"{_ONCE_PUBLISHED}{draft}"


@paused_garbage_collection()
def compare_versions(
    root: Path, old: str, new: str, today: datetime.date, check: Check = check_workspace
) -> Comparison | Checked:
    """Compare two versions, each named by a revision, or by nothing for what lies in the folder.

    `once_published` names another. Where a version is invalid nothing is compared: what is wrong
    is returned instead. ``check`` may know what was checked before.

    Raises:
        store.Conflicted: What was published meanwhile and a draft contradict each other.
    """
    repository = Repository.holding(root)
    before, after = (_version(repository, name) for name in (old, new))
    read_both = read_versions([before, after])
    if isinstance(read_both, Checked):
        return read_both
    was, now = read_both
    earlier = check(was, today)
    later = check(now.following(earlier.valid), today)
    return compare(earlier, later, old=before.revision, new=after.revision)


def preview_of_publishing(
    root: Path, draft: str, today: datetime.date, check: Check = check_workspace
) -> Comparison | Checked:
    """Compare what is published with what would be, if a draft were published now.

    Raises:
        store.Conflicted: What was published meanwhile and the draft contradict each other.
    """
    return compare_versions(root, "HEAD", once_published(draft), today, check)


def _version(repository: Repository, name: str) -> Version:
    if name == FOLDER:
        return Version(FOLDER, lambda: read_folder(repository.folder))
    if name.startswith(_ONCE_PUBLISHED):
        draft = name.removeprefix(_ONCE_PUBLISHED)
        files = Drafts(repository).as_published(draft)
        return Version(revision_of_draft(draft), lambda: read_files(files))
    return committed(repository, name)


def restore_version(
    root: Path,
    revision: str,
    draft: str,
    *,
    author: Author,
    message: str,
    now: datetime.datetime,
) -> Commit:
    """Begin a draft in which the workspace is as it was at a revision; the folder isn't touched."""
    repository = Repository.holding(root)
    version = repository.resolve(revision)
    return Drafts(repository).restore(draft, version, Note(author, now, message))


@dataclass(frozen=True)
class FolderState:
    """What lies in the folder beside what is published.

    Attributes:
        changes: The files that differ, by name.
        meant: Those of them that also mean something else.
    """

    changes: tuple[FolderChange, ...]
    meant: tuple[str, ...]


def folder_state(root: Path) -> FolderState:
    """Return what in the folder is not published yet."""
    repository = Repository.holding(root)
    changes = folder_changes(repository, repository.resolve("HEAD").id)
    return FolderState(tuple(changes), tuple(each.file for each in changes if _is_meant(each)))


def _is_meant(change: FolderChange) -> bool:
    """Return whether a file means something else, not only says the same otherwise."""
    if not change.file.endswith(SUFFIXES) or change.file.startswith("content/"):
        return True
    meanings = []
    for content in (change.committed, change.lying):
        document = read(content, change.file) if content is not None else None
        if document is None or document.problems or document.root is None:
            return True
        meanings.append(plain(document.root))
    return not is_same(*meanings)


def put_folder_into_draft(
    root: Path, draft: str, *, author: Author, message: str, now: datetime.datetime
) -> Commit:
    """Save what lies in the folder, and isn't published, to a draft; the folder stays as it is.

    Once the draft is published, the folder says just what is published.

    Raises:
        store.Conflicted: The draft says something else already.
    """
    repository = Repository.holding(root)
    head = repository.resolve("HEAD")
    changes = {each.file: each.lying for each in folder_changes(repository, head.id)}
    return Drafts(repository).save(draft, changes, head, Note(author, now, message))


def start_keeping_versions(
    root: Path, *, author: Author, message: str, now: datetime.datetime
) -> Commit:
    """Let git keep the versions of a workspace from now on; what lies there is the first."""
    return begin(root, Note(author, now, message))


def can_start_keeping(error: HistoryError) -> bool:
    """Return whether the reason why there is no history is that nothing was ever committed."""
    return error.reason in ("no-repository", "no-commits")


def who_has_open(
    here: Iterable[Visitor], token: str, versions: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the names of those who have each version open, but the visitor with this token."""
    others = [visitor for visitor in here if visitor.token != token]
    return {
        version: tuple(dict.fromkeys(each.name for each in others if each.version == version))
        for version in versions
    }
