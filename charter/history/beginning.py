"""A workspace that begins to keep its versions: a repository, if there is none, and a first commit.

Only files of the workspace are committed; what else lies in the folder is left to its owner.
"""

from __future__ import annotations

from pathlib import Path

from charter.history.errors import GitFailed, HistoryError
from charter.history.folder import folder_files
from charter.history.program import Git
from charter.history.repository import Commit, Repository
from charter.history.tree import FILE, Entry
from charter.history.work_tree import without_filters
from charter.history.writing import (
    Note,
    commit_tree,
    move,
    new_tree,
    update_index,
    write_blob,
)

_FIRST_BRANCH = "refs/heads/main"


def begin(folder: Path, note: Note) -> Commit:
    """Make the first commit of the repository that holds a folder, which is made if need be.

    The files stay as they are.

    Raises:
        HistoryError: There are commits already (``begun``), there is nothing to commit
            (``nothing-to-keep``), or git can't do it.
    """
    files = folder_files(folder)
    if not files:
        raise HistoryError("nothing-to-keep", folder=str(folder))
    repository = _repository(folder)
    git = repository.git
    branch = repository.branch()
    if branch is None or repository.find("HEAD") is not None:
        raise HistoryError("begun", folder=str(folder))
    entries = {
        repository.prefix + name.encode(): Entry(FILE, write_blob(git, content))
        for name, content in files.items()
    }
    commit_id = commit_tree(git, new_tree(git, entries), [], note)
    move(git, branch, commit_id, None)
    top = Git(repository.work_tree())
    try:
        update_index(top, entries, len(commit_id), without_filters(top))
    except GitFailed as failed:
        if "index.lock" in failed.said:
            raise HistoryError("index-busy") from None
        raise
    return repository.commit(commit_id)


def _repository(folder: Path) -> Repository:
    """Return the repository that holds a folder; one of the folder itself, if there is none."""
    try:
        return Repository.holding(folder)
    except HistoryError as error:
        if error.reason != "no-repository":
            raise
    # Nothing of what is set up on this machine for new repositories: it may bring programs.
    Git(folder).run("init", "--quiet", "--template=")
    repository = Repository.holding(folder)
    repository.git.run("symbolic-ref", "HEAD", _FIRST_BRANCH)
    return repository
