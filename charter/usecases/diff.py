"""Comparing versions of a workspace, and telling what a change brought."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from charter.checker import Checked, report_of
from charter.compare import Comparison, compare
from charter.compare.since import only_since
from charter.history import Repository
from charter.usecases.check import check_workspace
from charter.workspace import InvalidWorkspace, Workspace, read_files, read_folder
from journeys.source import Problem, paused_garbage_collection


@dataclass(frozen=True)
class Version:
    """A version of a workspace, not read yet.

    Attributes:
        revision: As it was asked for; empty for the files as they lie in the folder.
    """

    revision: str
    read: Callable[[], Workspace]


@paused_garbage_collection()
def compare_versions(
    root: Path, old: str, new: str | None, today: datetime.date
) -> Comparison | Checked:
    """Compare the workspace in a folder as it was at ``old`` with ``new``, or with what it is.

    Where a version is invalid nothing is compared: what is wrong is returned instead.

    Raises:
        HistoryError: There is no such revision, or no repository to look it up in.
    """
    repository = Repository.holding(root)
    versions = [committed(repository, old)]
    versions.append(
        Version("", lambda: read_folder(root)) if new is None else committed(repository, new)
    )
    read = read_versions(versions)
    if isinstance(read, Checked):
        return read
    before, after = _checked(read, today)
    return compare(before, after, old=old, new=new or "")


@paused_garbage_collection()
def compare_files(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    today: datetime.date,
    *,
    old: str = "",
    new: str = "",
) -> Comparison:
    """Compare a workspace's files with what they are to become; ``old`` and ``new`` are names.

    Raises:
        InvalidWorkspace: One of both isn't valid.
    """
    earlier, later = _checked([read_files(before), read_files(after)], today)
    return compare(earlier, later, old=old, new=new)


@paused_garbage_collection()
def check_since(
    root: Path, revision: str, today: datetime.date, *, measure: bool | None = None
) -> Checked:
    """Check a folder, and keep of the findings those that came since a revision.

    Where a version is invalid nothing is checked: what is wrong is returned instead.

    Raises:
        HistoryError: There is no such revision, or no repository to look it up in.
    """
    earlier = committed(Repository.holding(root), revision)
    read = read_versions([earlier, Version("", lambda: read_folder(root))])
    if isinstance(read, Checked):
        return read
    before, after = _checked((replace(each, measure=measure) for each in read), today)
    return only_since(before, after, revision)


def read_versions(versions: Iterable[Version]) -> list[Workspace] | Checked:
    """Return the workspaces, or all that is wrong with them, by revision and file."""
    read: list[Workspace] = []
    problems: list[Problem] = []
    sources: dict[str, str] = {}
    for version in versions:
        try:
            read.append(version.read())
        except InvalidWorkspace as invalid:
            prefix = f"{version.revision}:" if version.revision else ""
            problems += [_in_version(prefix, problem) for problem in invalid.problems]
            sources |= {f"{prefix}{name}": text for name, text in invalid.sources.items()}
    if problems:
        wrong = InvalidWorkspace(problems, sources)
        return Checked(report_of(wrong), None, wrong.sources)
    return read


def committed(repository: Repository, revision: str) -> Version:
    """Return the version of a workspace at a revision.

    Raises:
        HistoryError: There is no such revision.
    """
    commit = repository.resolve(revision)
    return Version(revision, lambda: read_files(repository.files(commit)))


def _in_version(prefix: str, problem: Problem) -> Problem:
    """Return a problem whose file is named with the revision it was read from."""
    position = problem.position._replace(file=f"{prefix}{problem.position.file}")
    return replace(problem, position=position)


def _checked(read: Iterable[Workspace], today: datetime.date) -> tuple[Checked, Checked]:
    """Check an earlier and a later version; what can't differ is proved once."""
    before, after = read
    earlier = check_workspace(before, today)
    return earlier, check_workspace(after.following(before), today)
