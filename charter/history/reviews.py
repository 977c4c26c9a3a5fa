"""Reviews of drafts: what people said about one, kept in the repository beside its branch.

What was said about the draft ``spring`` is a chain of commits at ``refs/charter/reviews/spring``.
Each holds the words in its message and names the version it speaks of, by its last parent, so
that this version stays readable whatever becomes of the draft. No branch and no work tree changes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from charter.history.branches import DRAFTS, Branches
from charter.history.drafts import Tried
from charter.history.errors import HistoryError
from charter.history.repository import Repository, moment
from charter.history.writing import Note, commit_tree, move

REVIEWS = "refs/charter/reviews/"
MOST_REMARKS = 100
"""How many remarks about a draft are read, counted from the latest."""
_FORMAT = "%H%x00%P%x00%an%x00%ad%x00%B%x00"
_FIELDS = 5
_TRAILER = re.compile(r"Review: ([a-z-]+)\nReviewed: ([0-9a-f]{40,64})")


class RemarkKind(StrEnum):
    """What somebody said about a draft."""

    ASKED = "asked"
    APPROVED = "approved"
    CHANGES_ASKED = "changes-asked"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Remark:
    """Something said about a draft.

    Attributes:
        words: As they were said; may be empty.
        version: The id of the draft's commit that it speaks of.
    """

    kind: RemarkKind
    by: str
    when: datetime.datetime
    words: str
    version: str


class ReviewState(StrEnum):
    """How far the review of a draft has come."""

    OPEN = "open"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    CHANGES_ASKED = "changes-asked"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Review:
    """What was said about a draft, and what follows from it.

    Attributes:
        remarks: The latest first.
        tip: The id of the draft's latest commit.
    """

    remarks: tuple[Remark, ...]
    tip: str

    @property
    def state(self) -> ReviewState:
        """How far it has come.

        Since it was last asked for, everybody's latest word counts: the draft is approved once
        somebody has approved it and nobody asks for changes any more, whoever spoke last.
        """
        latest: dict[str, RemarkKind] = {}
        for remark in self.remarks:
            if remark.kind is RemarkKind.PUBLISHED:
                is_as_published = not latest and remark.version == self.tip
                return ReviewState.PUBLISHED if is_as_published else self._state_of(latest)
            if remark.kind is RemarkKind.ASKED:
                latest.setdefault("", RemarkKind.ASKED)
                break
            latest.setdefault(remark.by, remark.kind)
        return self._state_of(latest)

    @staticmethod
    def _state_of(latest: Mapping[str, RemarkKind]) -> ReviewState:
        for kind in (RemarkKind.CHANGES_ASKED, RemarkKind.APPROVED):
            if kind in latest.values():
                return ReviewState(kind)
        return ReviewState.IN_REVIEW if latest else ReviewState.OPEN

    @property
    def has_changed_since(self) -> bool:
        """Whether the draft was changed after what was said last."""
        return bool(self.remarks) and self.remarks[0].version != self.tip

    @property
    def latest(self) -> Remark | None:
        """What was said last."""
        return self.remarks[0] if self.remarks else None

    @property
    def asked(self) -> Remark | None:
        """Who asked for it last, with what words."""
        return next((each for each in self.remarks if each.kind is RemarkKind.ASKED), None)


@dataclass(frozen=True)
class Reviews:
    """The reviews of a workspace's drafts."""

    repository: Repository

    def of(self, name: str, tip: str) -> Review:
        """Return what was said about a draft whose latest commit is ``tip``."""
        ref = self._ref(name)
        last = Branches(self.repository).at(ref).tip
        return Review(() if last is None else self._remarks(last, tip), tip)

    def all(self, tips: Mapping[str, str]) -> dict[str, Review]:
        """Return what was said about each draft, given its latest commit by its name."""
        listed = self.repository.git.line(
            "for-each-ref", "--format=%(objectname) %(refname)", REVIEWS
        )
        last = {ref.removeprefix(REVIEWS): tip for tip, ref in map(str.split, listed.splitlines())}
        return {
            name: Review(self._remarks(last[name], tip) if name in last else (), tip)
            for name, tip in tips.items()
        }

    def say(self, name: str, kind: RemarkKind, seen: str, note: Note) -> Remark:
        """Write down what somebody says about a draft as they have ``seen`` it: a commit's id.

        What others say at the same time is kept too. Of a draft that goes by the name of an
        earlier one nothing is kept that was said about that one.

        Raises:
            HistoryError: There is no such draft, or it never was at that commit (``no-draft``).
        """
        git, branches = self.repository.git, Branches(self.repository)
        ref = self._ref(name)

        def attempt() -> Remark:
            _, tip = branches.draft(name)
            if not self._leads_to(tip, seen):
                raise HistoryError("draft-moved-on", name=name)
            last = branches.at(ref).tip
            parents = [seen] if last is None or not self._remarks(last, tip) else [last, seen]
            words = note.message.replace("\0", "").strip()
            message = f"{words}\n\nReview: {kind}\nReviewed: {seen}"
            nothing = git.run("mktree").decode("ascii").strip()
            made = commit_tree(git, nothing, parents, Note(note.author, note.when, message))
            self._make_way(ref)
            move(git, ref, made, last)
            return Remark(kind, note.author.name, note.when, words, seen)

        return Tried(self.repository).until_nobody_is_faster(attempt)

    def forget(self, name: str) -> None:
        """Forget what was said about a draft that is gone."""
        ref = self._ref(name)

        def attempt() -> None:
            last = Branches(self.repository).at(ref).tip
            if last is not None:
                move(self.repository.git, ref, None, last)

        Tried(self.repository).until_nobody_is_faster(attempt)

    def _ref(self, name: str) -> str:
        return REVIEWS + Branches(self.repository).ref_of_draft(name).removeprefix(DRAFTS)

    def _make_way(self, ref: str) -> None:
        """Forget reviews of drafts that are gone and whose names don't go with that of ``ref``."""
        git, branches = self.repository.git, Branches(self.repository)
        listed = git.line("for-each-ref", "--format=%(objectname) %(refname)", REVIEWS)
        for tip, other in map(str.split, listed.splitlines()):
            is_in_the_way = ref.startswith(f"{other}/") or other.startswith(f"{ref}/")
            if is_in_the_way and branches.at(DRAFTS + other.removeprefix(REVIEWS)).tip is None:
                move(git, other, None, tip)

    def _remarks(self, last: str, tip: str) -> tuple[Remark, ...]:
        """Return what leads to the remark ``last``; nothing if it is about another draft."""
        told = self.repository.git.run(
            *("rev-list", "--first-parent", f"--max-count={MOST_REMARKS}"),
            *(f"--format={_FORMAT}", "--date=raw", "--encoding=UTF-8", last),
        )
        fields = told.decode("utf-8", errors="replace").split("\0")
        found: list[Remark] = []
        for start in range(0, len(fields) - _FIELDS, _FIELDS):
            _, parents, by, when, message = fields[start : start + _FIELDS]
            words, _, trailer = f"\n\n{message.strip()}".rpartition("\n\n")
            said = _TRAILER.fullmatch(trailer)
            if said is None or said[1] not in tuple(RemarkKind) or said[2] not in parents.split():
                break
            kind, version = RemarkKind(said[1]), said[2]
            found.append(Remark(kind, by, moment(when), words.strip(), version))
            if len(parents.split()) == 1:
                break
        if found and not self._leads_to(tip, found[0].version):
            return ()
        return tuple(found)

    def _leads_to(self, tip: str, commit_id: str) -> bool:
        """Return whether a commit is one that a draft consists of, or its latest."""
        try:
            self.repository.git.run("merge-base", "--is-ancestor", commit_id, tip)
        except HistoryError:
            return False
        return True
