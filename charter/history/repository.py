"""The repository that holds a workspace: its commits, and the workspace's files at each."""

from __future__ import annotations

import datetime
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from charter.history.errors import GitFailed, HistoryError
from charter.history.program import Git
from charter.history.tree import Tree
from journeys.document import closest

_LONGEST_REVISION = 250
_CONTROL = re.compile("[\x00-\x1f\x7f]")
# What may follow the name of a branch, tag or commit: HEAD~2, main^, v1@{yesterday}, main:file.
_STEPS = re.compile(r"[~^:]|@\{")
_FORMAT = "%H%x00%an%x00%ad%x00%s"


@dataclass(frozen=True)
class Commit:
    """A version that was committed.

    Attributes:
        id: The full object id.
        author: The author's name.
        when: When its author made it, in the author's time zone.
        subject: The first line of what it says.
    """

    id: str
    author: str
    when: datetime.datetime
    subject: str


@dataclass(frozen=True)
class Repository:
    """A repository, as seen from a workspace's folder.

    Attributes:
        folder: The workspace's folder.
        prefix: The workspace's folder inside the repository: ``b""`` or ``b"some/folder/"``.
    """

    folder: Path
    prefix: bytes

    @classmethod
    def holding(cls, folder: Path) -> Repository:
        """Return the repository whose work tree holds ``folder``.

        Raises:
            HistoryError: There is none, or it can't or mustn't be read.
        """
        # From here on the current folder may change without changing what is meant.
        folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they were given
        if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises for odd names
            raise HistoryError("no-folder", folder=str(folder))
        try:
            answer = Git(folder).run(
                "rev-parse", "--is-inside-work-tree", "--is-bare-repository", "--show-prefix"
            )
        except GitFailed as failed:
            raise _why_no_repository(failed, folder) from None
        # The prefix comes last, because it may hold line ends.
        is_inside, is_bare, prefix = answer.split(b"\n", 2)
        if is_inside != b"true":
            reason = "bare" if is_bare == b"true" else "inside-git"
            raise HistoryError(reason, folder=str(folder))
        return cls(folder, prefix.removesuffix(b"\n"))

    @property
    def git(self) -> Git:
        """The git program in the workspace's folder."""
        return Git(self.folder)

    def resolve(self, revision: str) -> Commit:
        """Return the commit that ``revision`` names now: a branch, a tag, an id, ``HEAD~2``.

        Raises:
            HistoryError: It names none; where possible with what was probably meant.
        """
        if revision.startswith("-"):
            raise HistoryError("option", revision=revision)
        if not revision or len(revision) > _LONGEST_REVISION or _CONTROL.search(revision):
            raise HistoryError("unknown-revision", revision=revision[:_LONGEST_REVISION])
        commit_id = self.find(revision)
        if commit_id is None:
            raise self._why_unknown(revision)
        return self.commit(commit_id)

    def find(self, revision: str) -> str | None:
        """Return the id of the commit that ``revision`` names, or None."""
        # A search for words finds commits alone, and would look for what follows them as well.
        is_search = revision.startswith(":/")
        return self._object(revision if is_search else f"{revision}^{{commit}}")

    def _object(self, name: str) -> str | None:
        try:
            return self.git.line("rev-parse", "--verify", "--end-of-options", name)
        except GitFailed as failed:
            if "ambiguous" in failed.said:
                revision = name.removesuffix("^{commit}")
                raise HistoryError("ambiguous-revision", revision=revision) from None
            return None

    def commit(self, commit_id: str) -> Commit:
        """Return what is known of the commit with this id."""
        return self._commits("--max-count=1", commit_id)[0]

    def log(self, limit: int, start: Commit | None = None) -> list[Commit]:
        """Return the latest commits that changed the workspace, newest first.

        They are those that lead to ``start``, by default to what is checked out.
        """
        commit_id = (start or self.resolve("HEAD")).id
        return self._commits(f"--max-count={limit}", commit_id, "--", ".")

    def published(self, limit: int) -> list[Commit]:
        """Return the latest versions of the workspace that were published, newest first.

        They are the steps that the checked-out branch itself made, each change of the workspace
        one; what was done on drafts on the way to a step isn't listed.
        """
        commit_id = self.resolve("HEAD").id
        return self._commits(f"--max-count={limit}", "--first-parent", commit_id, "--", ".")

    def files(self, commit: Commit) -> dict[str, bytes]:
        """Return the files that reading the workspace's folder would read at ``commit``, by name.

        Raises:
            HistoryError: The folder wasn't there then, or the repository lacks some of it.
            InvalidWorkspace: Some file could not be read even in a folder: a link that leads out
                of the workspace, a file that is too large.
        """
        return self.tree(commit.id).files()

    def tree(self, commit_id: str) -> Tree:
        """Return the workspace's folder as it stands in a commit.

        Raises:
            HistoryError: It wasn't there then (``no-folder-then``).
        """
        path = commit_id.encode("ascii") + b":" + self.prefix
        try:
            tree_id = self.git.run("rev-parse", "--verify", "--end-of-options", path)
        except GitFailed:
            told = os.fsdecode(self.prefix.rstrip(b"/"))
            raise HistoryError("no-folder-then", folder=told, commit=commit_id[:12]) from None
        return Tree(self.git, tree_id.decode("ascii").strip())

    def branch(self) -> str | None:
        """Return the full name of the branch that is checked out here, if one is."""
        try:
            return self.git.line("symbolic-ref", "--quiet", "HEAD")
        except GitFailed:
            return None

    def work_tree(self) -> Path:
        """Return the top folder of the work tree."""
        return Path(self.git.line("rev-parse", "--show-toplevel"))

    def names(self) -> list[str]:
        """Return the branches and tags there are, shortly written."""
        listed = self.git.line(
            "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"
        )
        return listed.splitlines()

    def _commits(self, *words: str) -> list[Commit]:
        listed = self.git.run(
            "rev-list", f"--format={_FORMAT}", "--date=raw", "--encoding=UTF-8", *words
        )
        # Each commit is told on two lines, of which the first only repeats its id.
        return [_commit(line) for line in listed.split(b"\n")[1::2]]

    def _why_unknown(self, revision: str) -> HistoryError:
        if ".." in revision:
            return HistoryError("range", revision=revision)
        names = self.names()
        name = _STEPS.split(revision, maxsplit=1)[0]
        if (name in ("", "@", "HEAD") or not names) and self.find("HEAD") is None:
            return HistoryError("no-commits")
        named = self._object(revision)
        # Git takes any whole id at its word.
        if named is not None and self._object(f"{named}^{{object}}") is not None:
            return HistoryError("no-version", revision=revision)
        if name != revision and self.find(name or "HEAD") is not None:
            is_shallow = self.git.line("rev-parse", "--is-shallow-repository") == "true"
            reason = "history-ends" if is_shallow else "no-such-step"
            return HistoryError(reason, revision=revision)
        suggestion = closest(name, names)
        if suggestion is None:
            return HistoryError("unknown-revision", revision=revision)
        meant = suggestion + revision.removeprefix(name)
        return HistoryError("unknown-revision-like", revision=revision, suggestion=meant)


def _commit(line: bytes) -> Commit:
    commit_id, author, when, subject = line.decode("utf-8", errors="replace").split("\0", 3)
    return Commit(commit_id, author, moment(when), subject)


def moment(raw: str) -> datetime.datetime:
    """Return the time of git's ``1764000000 +0100``; the epoch for one that no calendar has."""
    try:
        seconds, zone = raw.split()
        minutes = int(zone[-4:-2]) * 60 + int(zone[-2:])
        offset = datetime.timedelta(minutes=-minutes if zone.startswith("-") else minutes)
        return datetime.datetime.fromtimestamp(int(seconds), datetime.timezone(offset))
    except (ValueError, OverflowError, OSError):
        return datetime.datetime.fromtimestamp(0, datetime.UTC)


def _why_no_repository(failed: GitFailed, folder: Path) -> HistoryError:
    told = str(folder)
    if "dubious ownership" in failed.said:
        found = re.search(r"dubious ownership in repository at '(.*)'", failed.said)
        owned = found[1] if found else told
        return HistoryError("other-owner", folder=owned, argument=shlex.quote(owned))
    if "not a git repository (or any" in failed.said:
        return HistoryError("no-repository", folder=told)
    if "not a git repository" in failed.said or "invalid gitfile" in failed.said:
        return HistoryError("broken-link", folder=told)
    return failed
