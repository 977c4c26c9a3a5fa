"""Drafts: branches that a workspace is worked on in, without anybody's work tree.

A draft called ``spring`` is the branch ``draft/spring``. Saving makes a commit and moves the
branch, if it is still where it was found; otherwise what somebody else saved meanwhile is merged
in and it is tried again. So no commit on a draft is ever lost to another.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from charter import locking
from charter.history.branches import DRAFTS, Branch, Branches
from charter.history.errors import GitFailed, HistoryError
from charter.history.merging import merged
from charter.history.program import Git
from charter.history.repository import Commit, Repository
from charter.history.tree import FILE, FOLDER, Entry, Lost, Tree, listed
from charter.history.work_tree import WorkTree
from charter.history.writing import (
    Changes,
    Moved,
    Note,
    changed,
    commit_tree,
    move,
    moving,
    tree_with,
    write_blob,
)
from charter.locking import Busy
from charter.merging.settling import Choice
from charter.store.places import belongs
from charter.workspace import told_name

_ATTEMPTS = 100
_LONGEST_PAUSE = 0.25
_PATIENCE = 10.0

_Done = TypeVar("_Done")


@dataclass(frozen=True)
class Draft:
    """A draft as it stands.

    Attributes:
        tip: Its latest commit.
        ahead: How many commits it has that the branch it is compared with lacks.
        behind: How many that branch has which it lacks.
    """

    name: str
    tip: Commit
    ahead: int
    behind: int


class Outcome(StrEnum):
    """How a draft came to be published."""

    NOTHING_NEW = "nothing-new"
    FORWARDED = "forwarded"
    MERGED = "merged"


@dataclass(frozen=True)
class Published:
    """What publishing a draft did.

    Attributes:
        branch: The branch that holds it now.
        commit: Where that branch is.
    """

    branch: str
    commit: Commit
    outcome: Outcome


@dataclass(frozen=True)
class _Sides:
    """A draft and a branch.

    Attributes:
        base: The latest commit that they have in common.
    """

    draft: Branch
    draft_tip: str
    branch: Branch
    branch_tip: str
    base: str

    @property
    def outcome(self) -> Outcome:
        """How the draft would come to be published."""
        if self.base == self.draft_tip:
            return Outcome.NOTHING_NEW
        return Outcome.FORWARDED if self.base == self.branch_tip else Outcome.MERGED


@dataclass(frozen=True)
class Tried:
    """What is tried in a repository, in which others may be at work too."""

    repository: Repository

    def until_nobody_is_faster(self, attempt: Callable[[], _Done]) -> _Done:
        """Return what ``attempt`` does, tried again while somebody else moves the branch first."""
        with contextlib.ExitStack() as stack:
            # Those who write with this program wait in line, which spares them attempts; what
            # keeps commits from being lost is that a branch only moves from where it was found.
            with contextlib.suppress(Busy, OSError):
                stack.enter_context(locking.writing(self._folder_of_git(), _PATIENCE))
            for number in range(_ATTEMPTS):
                try:
                    return attempt()
                except Moved as moved:
                    detail = str(moved)
                pause = min(_LONGEST_PAUSE, 0.01 * 2 ** min(number, 10))
                time.sleep(random.uniform(0, pause))
        raise HistoryError("busy", detail=detail)

    def _folder_of_git(self) -> Path:
        folder = self.repository.git.line("rev-parse", "--git-common-dir")
        return self.repository.folder / folder


@dataclass(frozen=True)
class Drafts:
    """The drafts of a workspace."""

    repository: Repository

    @property
    def _branches(self) -> Branches:
        return Branches(self.repository)

    def all(self, base: str = "HEAD") -> list[Draft]:
        """Return every draft, the latest first, compared with the branch or revision ``base``."""
        git = self.repository.git
        base_id = self.repository.resolve(base).id
        listed = git.line("for-each-ref", "--format=%(objectname) %(refname)", DRAFTS)
        found = []
        for line in listed.splitlines():
            tip, _, ref = line.partition(" ")
            sides = git.line("rev-list", "--count", "--left-right", f"{base_id}...{tip}")
            behind, ahead = map(int, sides.split())
            name = ref.removeprefix(DRAFTS)
            found.append(Draft(name, self.repository.commit(tip), ahead, behind))
        return sorted(found, key=lambda draft: (-draft.tip.when.timestamp(), draft.name))

    def tip(self, name: str) -> Commit:
        """Return the latest commit of a draft.

        Raises:
            HistoryError: There is no such draft (``no-draft``).
        """
        return self.repository.commit(self._branches.draft(name)[1])

    def save(
        self,
        name: str,
        changes: Mapping[str, bytes | None],
        started_from: Commit,
        note: Note,
        *,
        is_new: bool = False,
    ) -> Commit:
        """Save changes of files to a draft, and return its latest commit, which holds them.

        ``changes`` holds new contents by file name, relative to the workspace, None for a file to
        remove. They were made to the files as they stand in ``started_from``; a draft that isn't
        there yet begins at it. What others saved to the draft meanwhile is merged in; one that
        ``is_new`` mustn't be there yet.

        Raises:
            Conflicted: Others changed the same things in different ways. Nothing was saved.
            HistoryError: It can't be saved; why not.
        """
        ref = self._branches.ref_of_draft(name)
        mine = self._entries(started_from, changes)

        def attempt() -> Commit:
            draft = self._branches.at(ref)
            draft.refuse_checked_out()
            if is_new and draft.tip is not None:
                raise HistoryError("draft-exists", name=name)
            onto = draft.tip or started_from.id
            new = self._committed(started_from.id, mine, onto, note)
            if new != draft.tip:
                move(self.repository.git, ref, new, draft.tip)
            return self.repository.commit(new)

        return Tried(self.repository).until_nobody_is_faster(attempt)

    def publish(self, name: str, note: Note, onto: str | None = None) -> Published:
        """Bring a draft into a branch, by default the one that is checked out.

        A branch that only lacks the draft's commits moves to them; otherwise both are merged field
        by field in a commit with two parents, which ``note`` is written down with. Where the branch
        is checked out, the files of the workspace follow. The draft stays.

        Raises:
            Conflicted: Both changed the same things in different ways. Nothing was changed.
            HistoryError: It can't be published; why not. Nothing was changed.
        """

        def attempt() -> Published:
            sides = self._sides(name, onto)
            if sides.outcome is Outcome.NOTHING_NEW:
                new = sides.branch_tip
            elif sides.outcome is Outcome.FORWARDED:
                new = sides.draft_tip
            else:
                tree_id = self._tree_of_both(sides)
                parents = [sides.branch_tip, sides.draft_tip]
                new = commit_tree(self.repository.git, tree_id, parents, note)
            if new != sides.branch_tip:
                self._advance(sides.branch, sides.branch_tip, new)
            return Published(sides.branch.name, self.repository.commit(new), sides.outcome)

        return Tried(self.repository).until_nobody_is_faster(attempt)

    def as_published(self, name: str, onto: str | None = None) -> dict[str, bytes]:
        """Return the workspace's files as they would be if the draft were published now.

        Raises as `publish` does, but that files in the folder are in the way isn't looked at.
        """
        sides = self._sides(name, onto)
        if sides.outcome is Outcome.MERGED:
            return self.repository.tree(self._tree_of_both(sides)).files()
        is_new = sides.outcome is Outcome.FORWARDED
        return self.repository.tree(sides.draft_tip if is_new else sides.branch_tip).files()

    def bring_in(
        self, name: str, note: Note, choices: Sequence[Choice] = (), onto: str | None = None
    ) -> Commit:
        """Merge into a draft what was published since it began; return its latest commit.

        In conflicts "mine" is the draft's version, and ``choices`` settle them.

        Raises:
            Conflicted: Something isn't settled. Nothing was changed.
            HistoryError: It can't be done; why not. Nothing was changed.
        """

        def attempt() -> Commit:
            sides = self._sides(name, onto)
            sides.draft.refuse_checked_out()
            if sides.outcome is not Outcome.MERGED:
                return self.repository.commit(sides.draft_tip)
            tree_id = self._tree_of_both(sides, choices)
            parents = [sides.draft_tip, sides.branch_tip]
            new = commit_tree(self.repository.git, tree_id, parents, note)
            move(self.repository.git, sides.draft.ref, new, sides.draft_tip)
            return self.repository.commit(new)

        return Tried(self.repository).until_nobody_is_faster(attempt)

    def restore(self, name: str, version: Commit, note: Note) -> Commit:
        """Begin a draft in which the workspace is as it was at ``version``.

        It goes on from what is checked out, so that publishing it is one more step forward: what
        came since is taken back in it, and stays readable before it.

        Raises:
            HistoryError: There is such a draft already (``draft-exists``), or the workspace wasn't
                there then.
        """
        ref = self._branches.ref_of_draft(name)
        git = self.repository.git
        wanted = self._files_of_workspace(version.id)

        def attempt() -> Commit:
            if self._branches.at(ref).tip is not None:
                raise HistoryError("draft-exists", name=name)
            onto = self.repository.resolve("HEAD").id
            present = self._files_of_workspace(onto)
            changes = {
                path: wanted.get(path)
                for path in {**wanted, **present}
                if wanted.get(path) != present.get(path)
            }
            new = onto
            if changes:
                new = commit_tree(git, tree_with(git, onto, changes), [onto], note)
            move(git, ref, new, None)
            return self.repository.commit(new)

        return Tried(self.repository).until_nobody_is_faster(attempt)

    def _files_of_workspace(self, commit_id: str) -> dict[bytes, Entry]:
        prefix = self.repository.prefix
        # Whoever asks for a time before the workspace is told so.
        self.repository.tree(commit_id)
        found = listed(self.repository.git, commit_id, prefix)
        return {
            path: entry
            for path, entry in found.items()
            if belongs(told_name(path.removeprefix(prefix)))
        }

    def discard(self, name: str, tip: Commit) -> None:
        """Delete a draft that is still at ``tip``.

        Raises:
            HistoryError: There is no such draft, somebody has it checked out, or it has moved on
                (``draft-moved``).
        """
        draft, _ = self._branches.draft(name)
        draft.refuse_checked_out()
        try:
            move(self.repository.git, draft.ref, None, tip.id)
        except Moved:
            raise HistoryError("draft-moved", name=name) from None

    def _entries(self, commit: Commit, changes: Mapping[str, bytes | None]) -> Changes:
        """Return what ``changes`` puts where in the repository, links followed."""
        git, prefix = self.repository.git, self.repository.prefix
        tree = self.repository.tree(commit.id)
        entries: dict[bytes, Entry | None] = {}
        for file, content in changes.items():
            place, was = _place(tree, file, is_removed=content is None)
            if content is not None:
                mode = was.mode if was is not None else FILE
                entries[prefix + place] = Entry(mode, write_blob(git, content))
            elif was is not None:
                entries[prefix + place] = None
        return entries

    def _committed(self, base: str, mine: Changes, onto: str, note: Note) -> str:
        """Return a commit that holds what ``onto`` does and ``mine``; itself if it does already."""
        git = self.repository.git
        changes = merged(git, self.repository.prefix, base, mine, onto)
        tree_id = tree_with(git, onto, changes)
        if tree_id == git.line("rev-parse", f"{onto}^{{tree}}"):
            return onto
        return commit_tree(git, tree_id, [onto], note)

    def _sides(self, name: str, onto: str | None) -> _Sides:
        """Return a draft and the branch that it may be brought into, as they are now.

        Raises:
            HistoryError: One isn't there, or they have nothing in common (``unrelated``).
        """
        draft, draft_tip = self._branches.draft(name)
        branch, tip = self._branches.target(onto)
        try:
            base = self.repository.git.line("merge-base", tip, draft_tip)
        except GitFailed:
            raise HistoryError("unrelated", name=name, branch=branch.name) from None
        return _Sides(draft, draft_tip, branch, tip, base)

    def _tree_of_both(self, sides: _Sides, choices: Sequence[Choice] = ()) -> str:
        """Return the id of a tree that holds what the branch does, and the draft's changes."""
        git = self.repository.git
        since = changed(git, sides.base, sides.draft_tip)
        mine = {path: after for path, (_, after) in since.items()}
        onto = sides.branch_tip
        return tree_with(
            git, onto, merged(git, self.repository.prefix, sides.base, mine, onto, choices)
        )

    def _advance(self, branch: Branch, old: str, new: str) -> None:
        """Move a branch, and the files of the workspace with it where it is checked out."""
        git = self.repository.git
        if branch.work_tree is None:
            move(git, branch.ref, new, old)
            return
        update = self._work_tree(branch, branch.work_tree).update(old, new)
        with update.undone_on_failure(), moving(git, branch.ref, new, old):
            update.do()

    def _work_tree(self, branch: Branch, folder: Path) -> WorkTree:
        """Return the work tree that has a branch checked out, as git tells it."""
        prefix = self.repository.prefix
        here = self.repository.work_tree()
        if self.repository.branch() == branch.ref:
            # git is wrong about where it is, if its own files lie elsewhere, as a submodule's do.
            return WorkTree(Git(here), prefix)
        there = Git(folder)
        if folder == here or there.line("rev-parse", "--is-inside-work-tree") != "true":
            raise HistoryError("checked-out-elsewhere", branch=branch.name)
        return WorkTree(there, prefix)


def _place(tree: Tree, file: str, *, is_removed: bool) -> tuple[bytes, Entry | None]:
    """Return where in the tree of a workspace a file is, links followed, and what is there.

    Of a file that is to be removed, links that lead to its folder are followed, not itself.
    """
    if not belongs(file):
        raise HistoryError("not-of-workspace", file=file)
    try:
        *folders, name = file.encode("utf-8").split(b"/")
        if is_removed:
            home, folder = tree.place(tuple(folders))
            found = tree.entries(folder.id) if folder and folder.mode == FOLDER else {}
            return b"/".join((*home, name)), found.get(name)
        place, entry = tree.place((*folders, name))
    except (Lost, UnicodeEncodeError):
        raise HistoryError("leads-nowhere", file=file) from None
    if entry is not None and not entry.is_file:
        raise HistoryError("leads-nowhere", file=file)
    return b"/".join(place), entry
