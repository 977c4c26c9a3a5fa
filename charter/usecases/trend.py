"""How the identity was carried from one published version to the next.

A version is *published* once it is committed to the branch that is checked out in the folder.
Each is checked once, as of the day it was published, and what was found is remembered beside the
workspace: it never changes.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from charter import __version__
from charter.checker import Checked
from charter.compare import Comparison, compare
from charter.coverage import Unknown, coverage
from charter.findings import Answer, Severity, Status
from charter.history import Commit, HistoryError, Repository
from charter.history.tree import LINK
from charter.private_folder import PrivateFolder
from charter.usecases.check import check_workspace
from charter.usecases.diff import committed, read_versions
from charter.workspace import (
    FOLDERS,
    SINGLE_FILES,
    InvalidWorkspace,
    Workspace,
    read_files,
    told_name,
)
from journeys.customers import ShareBasis
from journeys.source import paused_garbage_collection

MOST_VERSIONS = 12
"""How many versions are told, counted from the latest."""
_FOLDER = "trend"
_FORMAT = f"charter-trend/2 {__version__}"
_LARGEST = 10_000
"""More bytes than what is remembered of a version can take."""


@dataclass(frozen=True)
class Carried:
    """How the identity was carried in a version.

    Attributes:
        least: The share in [0, 1] of the values (or signature markers) that the poorest path
            meets; None where that isn't known.
        average: The share that a customer meets on average; None where that isn't known.
        basis: What the average rests on.
        reason: Why `least` isn't known.
        broken: How many verdicts were broken, by severity; waived and accepted ones aren't
            counted.
    """

    least: float | None
    average: float | None
    basis: ShareBasis | None
    reason: Unknown | None
    broken: dict[Severity, int]


@dataclass(frozen=True)
class PublishedVersion:
    """A version that was published, and what is told of it.

    Attributes:
        carried: None where the version couldn't be read, or held no valid workspace.
        problems: Of an invalid workspace, how many problems its files had; else 0.
        error: Why it couldn't be read, where git has it no more.
    """

    commit: Commit
    carried: Carried | None
    problems: int = 0
    error: HistoryError | None = None


@dataclass(frozen=True)
class Trend:
    """The versions told so far, oldest first.

    Attributes:
        number: How many there will be.
    """

    versions: tuple[PublishedVersion, ...]
    number: int

    @property
    def is_whole(self) -> bool:
        """Whether all of them are told."""
        return len(self.versions) == self.number


def trend(root: Path, *, most: int = MOST_VERSIONS) -> Iterator[Trend]:
    """Yield what is known so far of the latest published versions: none, then one more each time.

    Who doesn't ask for the next one ends the work. Versions that say the same as the one before
    them in every file of the workspace are left out.

    Raises:
        HistoryError: There is no history that could be read.
    """
    repository = Repository.holding(root)
    commits = _commits_that_say_more(repository, most)
    told = Trend((), len(commits))
    yield told
    earlier: Workspace | None = None
    for commit in commits:
        version, earlier = _version(repository, commit, earlier)
        told = Trend((*told.versions, version), told.number)
        yield told


_LOOKED_THROUGH = 5
"""How many times as many commits are looked through for versions that say something new."""


def _commits_that_say_more(repository: Repository, most: int) -> list[Commit]:
    """Return the latest commits that changed a file of the workspace, oldest first."""
    commits = repository.log(most * _LOOKED_THROUGH)
    found: list[Commit] = []
    said = _said(repository, commits[0]) if commits else None
    for commit, before in zip_longest(commits, commits[1:]):
        said_before = None if before is None else _said(repository, before)
        if said is None or said != said_before:
            found.append(commit)
        if len(found) == most:
            break
        said = said_before
    return found[::-1]


def _said(repository: Repository, commit: Commit) -> dict[bytes, str] | None:
    """Return the ids of all that a workspace may be read from; None where they don't tell."""
    try:
        tree = repository.tree(commit.id)
        entries = tree.entries(tree.id)
    except HistoryError:
        return None
    own = {name: entry for name, entry in entries.items() if told_name(name) in _READ_FROM}
    if any(entry.mode == LINK for entry in own.values()):
        return None
    return {name: entry.id for name, entry in own.items()}


_READ_FROM = (*SINGLE_FILES, *FOLDERS)


@paused_garbage_collection()
def _version(
    repository: Repository, commit: Commit, earlier: Workspace | None
) -> tuple[PublishedVersion, Workspace | None]:
    """Return what is told of a version, and its workspace where it was read."""
    private = PrivateFolder(repository.folder)
    name = f"{_FOLDER}/{commit.id}.json"
    if (known := _recalled(private.read(name), commit)) is not None:
        return known, earlier
    workspace = None
    try:
        workspace = read_files(repository.files(commit))
        if earlier is not None:
            workspace = workspace.following(earlier)
        version = PublishedVersion(commit, _carried(workspace, commit.when.date()))
    except InvalidWorkspace as invalid:
        version = PublishedVersion(commit, None, problems=len(invalid.problems))
    except HistoryError as error:
        # Perhaps it can be read another time.
        return PublishedVersion(commit, None, error=error), earlier
    with contextlib.suppress(OSError):
        private.write(name, _remembered(version))
    return version, workspace or earlier


def _carried(workspace: Workspace, day: datetime.date) -> Carried:
    report = check_workspace(workspace, day).report
    broken = [
        verdict.severity
        for verdict in report.verdicts
        if verdict.verdict is Answer.BROKEN and verdict.status is Status.OPEN
    ]
    found = coverage(workspace, with_shares=False).overall
    return Carried(
        least=found.least,
        average=found.average,
        basis=found.basis,
        reason=found.reason,
        broken={severity: broken.count(severity) for severity in COUNTED},
    )


COUNTED = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The severities that a trend counts, gravest first."""


def _remembered(version: PublishedVersion) -> bytes:
    carried = asdict(version.carried) if version.carried is not None else None
    said = {"format": _FORMAT, "problems": version.problems, "carried": carried}
    return json.dumps(said).encode()


def _recalled(content: bytes | None, commit: Commit) -> PublishedVersion | None:
    """Return what was remembered of a version; None where that is nothing one can rely on."""
    if content is None or len(content) > _LARGEST:
        return None
    try:
        said = json.loads(content)
        if said["format"] != _FORMAT:
            return None
        carried = None if said["carried"] is None else _carried_as_said(said["carried"])
        return PublishedVersion(commit, carried, problems=int(said["problems"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _carried_as_said(said: dict[str, Any]) -> Carried:
    return Carried(
        least=_share(said["least"]),
        average=_share(said["average"]),
        basis=None if said["basis"] is None else ShareBasis(said["basis"]),
        reason=None if said["reason"] is None else Unknown(said["reason"]),
        broken={severity: int(said["broken"][severity]) for severity in COUNTED},
    )


def _share(said: object) -> float | None:
    if said is None:
        return None
    if not isinstance(said, int | float) or not 0 <= said <= 1:
        raise ValueError
    return float(said)


def latest_published(root: Path) -> Commit:
    """Return the latest published version.

    Raises:
        HistoryError: Nothing was published, or there is no history that could be read.
    """
    commits = Repository.holding(root).log(1)
    if not commits:
        raise HistoryError("no-commits")
    return commits[0]


@paused_garbage_collection()
def what_changed_since_published(
    root: Path, now: Checked, today: datetime.date
) -> Comparison | Checked:
    """Compare a workspace, as it is with all that is unsaved, with the latest published version.

    Where that version is invalid nothing is compared: what is wrong with it is returned instead.

    Args:
        root: The workspace's folder.
        now: The workspace as it is, checked as of ``today``.
        today: The day of the check.

    Raises:
        HistoryError: Nothing was published, or it can't be read.
        ValueError: The workspace as it is isn't valid.
    """
    read = read_versions([committed(Repository.holding(root), LATEST)])
    if isinstance(read, Checked):
        return read
    (published,) = read
    # What can't differ isn't proved twice.
    before = check_workspace(published.following(now.valid), today)
    return compare(before, now, old=LATEST)


LATEST = "HEAD"
"""The latest published version, as git calls it."""
