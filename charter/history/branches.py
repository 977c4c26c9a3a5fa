"""The branches of a repository: those of drafts, and those that drafts are published onto."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from charter.history.errors import GitFailed, HistoryError
from charter.history.repository import Repository
from journeys.document import closest

BRANCHES = "refs/heads/"
DRAFTS = "refs/heads/draft/"
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Branch:
    """A branch as git keeps it.

    Attributes:
        ref: Its full name.
        tip: The id of its latest commit; None if there is no such branch.
        work_tree: The folder of the work tree that has it checked out, if any has.
    """

    ref: str
    tip: str | None
    work_tree: Path | None

    @property
    def name(self) -> str:
        """Its name without what all branches begin with."""
        return self.ref.removeprefix(BRANCHES)

    def refuse_checked_out(self) -> None:
        """Raise if a work tree has the draft checked out.

        Its files would be left behind, and look as if somebody had changed them.
        """
        if self.work_tree is not None:
            name = self.ref.removeprefix(DRAFTS)
            raise HistoryError("draft-checked-out", name=name, folder=str(self.work_tree))


@dataclass(frozen=True)
class Branches:
    """The branches of a repository, as git tells them at the moment of asking."""

    repository: Repository

    def ref_of_draft(self, name: str) -> str:
        """Return the full name of the branch of a draft.

        Raises:
            HistoryError: No draft can be called so (``bad-draft-name``).
        """
        ref = f"{DRAFTS}{name}"
        try:
            is_short = len(name.encode("utf-8")) <= _LONGEST_NAME
            if is_short and not name.startswith("-") and "\0" not in name:
                self.repository.git.run("check-ref-format", ref)
                return ref
        except (GitFailed, UnicodeEncodeError):
            pass
        plain = "-".join(re.findall(r"\w+", name)).lower()[: _LONGEST_NAME // 4]
        if plain:
            raise HistoryError("bad-draft-name-like", name=name, suggestion=plain)
        raise HistoryError("bad-draft-name", name=name)

    def at(self, ref: str) -> Branch:
        """Return the branch of this full name, be there one or not."""
        told = self.repository.git.run(
            "for-each-ref", "--format=%(refname)%00%(objectname)%00%(worktreepath)%00", ref
        )
        # Asked for one, git also tells those whose names go on from it.
        fields = told.split(b"\0")
        if fields[0] != os.fsencode(ref):
            return Branch(ref, None, None)
        _, tip, folder, *_ = fields
        work_tree = Path(folder.decode("utf-8", errors="surrogateescape")) if folder else None
        return Branch(ref, tip.decode("ascii"), work_tree)

    def draft(self, name: str) -> tuple[Branch, str]:
        """Return the branch of a draft, and its tip.

        Raises:
            HistoryError: There is no such draft (``no-draft``).
        """
        draft = self.at(self.ref_of_draft(name))
        if draft.tip is None:
            raise self._unknown("draft", name, DRAFTS)
        return draft, draft.tip

    def target(self, onto: str | None) -> tuple[Branch, str]:
        """Return the branch called so, else the one that is checked out here, and its tip.

        Raises:
            HistoryError: There is none.
        """
        if onto is None:
            ref = self.repository.branch()
            if ref is None:
                raise HistoryError("detached")
            branch = self.at(ref)
            if branch.tip is None:
                raise HistoryError("no-commits")
            return branch, branch.tip
        try:
            self.repository.git.run("check-ref-format", f"{BRANCHES}{onto}")
            branch = self.at(f"{BRANCHES}{onto}")
        except (GitFailed, ValueError):
            branch = Branch(onto, None, None)
        if branch.tip is None:
            raise self._unknown("branch", onto, BRANCHES)
        return branch, branch.tip

    def _unknown(self, what: str, name: str, among: str) -> HistoryError:
        listed = self.repository.git.line("for-each-ref", "--format=%(refname)", among)
        known = [ref.removeprefix(among) for ref in listed.splitlines()]
        suggestion = closest(name, known)
        if suggestion is None:
            return HistoryError("no-draft" if what == "draft" else "no-branch", name=name)
        reason = "no-draft-like" if what == "draft" else "no-branch-like"
        return HistoryError(reason, name=name, suggestion=suggestion)
