"""Commits made, and branches moved, without anybody's work tree or index."""

from __future__ import annotations

import contextlib
import datetime
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from charter.history.errors import GitFailed, HistoryError
from charter.history.program import Git
from charter.history.tree import Entry

Changes = Mapping[bytes, Entry | None]
"""What stands at paths of the repository; None for nothing."""

# What would end a name or an address where git writes them down.
_BREAKS = re.compile("[<>\x00-\x1f\x7f]")
# A name of nothing else is no name to git, which takes these off its ends.
_CRUD = " .,:;<>\"\\'"


@dataclass(frozen=True)
class Author:
    """Who makes a commit.

    Attributes:
        email: May be empty.

    Raises:
        HistoryError: git can't write that down (``bad-author``).
    """

    name: str
    email: str

    def __post_init__(self) -> None:
        if not self.name.strip(_CRUD) or _BREAKS.search(self.name):
            raise HistoryError("bad-author", value=self.name)
        if _BREAKS.search(self.email):
            raise HistoryError("bad-author", value=self.email)


@dataclass(frozen=True)
class Note:
    """What is written down with a commit: who made it, when (aware), and what it means."""

    author: Author
    when: datetime.datetime
    message: str


# What git says where another was faster.
_OVERTAKEN = (
    "but expected",
    "reference already exists",
    "unable to resolve reference",
    ".lock': File exists",
)


class Moved(Exception):
    """Somebody else moved the branch first, or is just about to."""


Versions = tuple[Entry | None, Entry | None]
"""What stood at a path, and what stands there now."""

_DIFFERENCES = ("--raw", "-r", "-z", "--no-renames", "--no-relative", "--ignore-submodules=none")


def changed(git: Git, before: str, after: str) -> dict[bytes, Versions]:
    """Return what differs between two commits or trees, by its path in the repository."""
    return _differences(git.run("diff-tree", *_DIFFERENCES, before, after))


def staged(git: Git, commit_id: str, folder: bytes) -> dict[bytes, Versions]:
    """Return what differs between a commit and the index below ``folder``, by path."""
    return _differences(git.run("diff-index", "--cached", *_DIFFERENCES, commit_id, "--", folder))


def _differences(answer: bytes) -> dict[bytes, Versions]:
    words = answer.split(b"\0")
    found = {}
    for told, path in zip(words[0:-1:2], words[1:-1:2], strict=True):
        mode_before, mode_after, id_before, id_after, _ = told.decode("ascii")[1:].split()
        found[path] = _entry(mode_before, id_before), _entry(mode_after, id_after)
    return found


def _entry(mode: str, entry_id: str) -> Entry | None:
    return None if mode == "000000" else Entry(mode, entry_id)


def write_blob(git: Git, content: bytes) -> str:
    """Put a content into the repository, as it is, and return its id."""
    written = git.run("hash-object", "-w", "--no-filters", "--stdin", given=content)
    return written.decode("ascii").strip()


def tree_with(git: Git, commit_id: str, changes: Changes) -> str:
    """Return the id of a commit's tree with ``changes`` made to it."""
    with _own_index() as variables:
        git.run("read-tree", commit_id, variables=variables)
        update_index(git, changes, len(commit_id), variables)
        return git.run("write-tree", variables=variables).decode("ascii").strip()


def new_tree(git: Git, entries: Mapping[bytes, Entry]) -> str:
    """Return the id of a tree that holds nothing but ``entries``."""
    with _own_index() as variables:
        update_index(git, entries, 0, variables)
        return git.run("write-tree", variables=variables).decode("ascii").strip()


@contextlib.contextmanager
def _own_index() -> Iterator[dict[str, str]]:
    """Give variables that name an index of our own, so that the user's stays as it is."""
    with tempfile.TemporaryDirectory(prefix="charter-index-") as folder:
        yield {"GIT_INDEX_FILE": str(Path(folder) / "index")}


def update_index(
    git: Git, changes: Changes, id_length: int, variables: Mapping[str, str] | None = None
) -> None:
    """Make ``changes`` to an index: the work tree's, unless ``variables`` name another."""
    nothing = Entry("0", "0" * id_length)
    lines = []
    for path, changed_to in changes.items():
        entry = changed_to or nothing
        lines.append(f"{entry.mode} {entry.id}\t".encode("ascii") + path + b"\0")
    git.run("update-index", "-z", "--index-info", given=b"".join(lines), variables=variables)


def commit_tree(git: Git, tree_id: str, parents: Sequence[str], note: Note) -> str:
    """Make a commit and return its id; no branch knows of it yet."""
    date = f"{int(note.when.timestamp())} {note.when:%z}"
    variables = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (
            ("NAME", note.author.name),
            ("EMAIL", note.author.email),
            ("DATE", date),
        )
    }
    message = note.message.replace("\0", "").strip() + "\n"
    words = [word for parent in parents for word in ("-p", parent)]
    made = git.run(
        *("commit-tree", "--no-gpg-sign", *words, "-F", "-", tree_id),
        given=message.encode("utf-8", errors="backslashreplace"),
        variables=variables,
    )
    return made.decode("ascii").strip()


def move(git: Git, ref: str, new: str | None, old: str | None) -> None:
    """Let a branch that is at ``old`` be at ``new``; None stands for no such branch.

    Raises:
        Moved: It is not at ``old``, or somebody holds it.
        HistoryError: Its name is in the way of another branch's (``name-clash``).
    """
    words = ("-d", ref) if new is None else (ref, new)
    with _refusals_of(ref):
        git.run("update-ref", "-m", "charter", *words, old or "")


@contextlib.contextmanager
def moving(git: Git, ref: str, new: str, old: str) -> Iterator[None]:
    """Hold a branch at ``old`` for the time of the ``with``, then move it to ``new``.

    If an exception ends the ``with``, it stays at ``old``. Raises as `move` does.
    """
    with git.started("update-ref", "-m", "charter", "--stdin") as call:
        with _refusals_of(ref):
            call.tell(f"start\nupdate {ref} {new} {old}\nprepare\n".encode())
            if (call.answered_line(), call.answered_line()) != (b"start: ok\n", b"prepare: ok\n"):
                call.finish()
        try:
            yield
        except BaseException:
            # Told, not killed: it has a lock to take off.
            call.tell(b"abort\n")
            call.finish()
            raise
        with _refusals_of(ref):
            call.tell(b"commit\n")
            call.finish()


@contextlib.contextmanager
def _refusals_of(ref: str) -> Iterator[None]:
    try:
        yield
    except GitFailed as failed:
        if "cannot create" in failed.said:
            raise HistoryError("name-clash", name=ref.removeprefix("refs/heads/")) from None
        if any(words in failed.said for words in _OVERTAKEN):
            raise Moved(failed.parameters["detail"]) from None
        raise
