"""Unsaved work on a workspace: what somebody changed, step by step, and what it started from.

A desk is a value. It holds what its files say after each step, so that each step can be undone
and done again, after a save too. What others save meanwhile is brought in (`Desk.rebased`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from charter.merging import FileConflict, merge_files
from charter.merging.settling import Unsettled

Contents = Mapping[str, bytes | None]
"""What files say, by name; None where one isn't there."""

MOST_STEPS = 100
MOST_BYTES = 12 * 1024 * 1024
"""How much of what was is kept: the oldest steps can't be undone any more."""
MOST_REBASED = 20
"""How many steps before and after can still be gone to once others saved the same files."""


@dataclass(frozen=True)
class Step:
    """Something that was done.

    Attributes:
        told: The sentence that tells it, to be translated, with names in braces.
        names: What those stand for.
        contents: What the desk's files say after it.
    """

    told: str
    names: Mapping[str, str]
    contents: Contents


@dataclass(frozen=True)
class Desk:
    """Unsaved work.

    Attributes:
        version: What is worked on: a draft; empty for the folder.
        commit: The commit of the draft that it started from; empty for the folder.
        started_from: What the files said as they were read last, of those that a step changed.
        before: What they said before the first step.
        steps: What was done; those from ``done`` on were undone.
        done: How many of them are done.
    """

    version: str = ""
    commit: str = ""
    started_from: Contents = field(default_factory=dict)
    before: Contents = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    done: int = 0

    @property
    def contents(self) -> Contents:
        """What its files say now."""
        return self.steps[self.done - 1].contents if self.done else self.before

    @property
    def changes(self) -> Contents:
        """What is still to be saved, by file name."""
        return {
            file: content
            for file, content in self.contents.items()
            if content != self.started_from[file]
        }

    @property
    def last(self) -> Step | None:
        """What would be undone; None where nothing can be."""
        return self.steps[self.done - 1] if self.done else None

    @property
    def next(self) -> Step | None:
        """What would be done again; None where nothing was undone."""
        return self.steps[self.done] if self.done < len(self.steps) else None

    def over(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the files of a workspace with what is unsaved."""
        both: dict[str, bytes | None] = {**files, **self.changes}
        return {file: content for file, content in both.items() if content is not None}

    def amended(
        self,
        files: Mapping[str, bytes],
        changes: Contents,
        told: str,
        names: Mapping[str, str] | None = None,
    ) -> Desk:
        """Return the desk with a step more; what was undone can't be done again then.

        Args:
            files: The workspace's files without what is unsaved, as the desk knows them.
            changes: What changes in them with what is unsaved, by file name.
            told: See `Step`.
            names: See `Step`.
        """
        known = self._knowing({file: files.get(file) for file in changes})
        step = Step(told, names or {}, {**known.contents, **changes})
        steps = (*known.steps[: known.done], step)
        return replace(known, steps=steps, done=len(steps))._bounded()

    def _knowing(self, started_from: Contents) -> Desk:
        """Return the desk with files that no step had changed yet."""
        new = {f: content for f, content in started_from.items() if f not in self.started_from}
        if not new:
            return self
        return replace(
            self,
            started_from={**self.started_from, **new},
            before={**self.before, **new},
            steps=tuple(replace(s, contents={**s.contents, **new}) for s in self.steps),
        )

    def _bounded(self) -> Desk:
        """Return the desk without the steps that are too old to be kept."""
        kept: set[int] = set()
        size = count = 0
        for step in reversed(self.steps):
            for content in step.contents.values():
                if content is not None and id(content) not in kept:
                    kept.add(id(content))
                    size += len(content)
            if count and (size > MOST_BYTES or count == MOST_STEPS):
                break
            count += 1
        dropped = len(self.steps) - count
        if not dropped:
            return self
        before = self.steps[dropped - 1].contents
        return replace(self, before=before, steps=self.steps[dropped:], done=self.done - dropped)

    def undone(self) -> Desk:
        """Return the desk as it was before the last step; itself where nothing can be undone."""
        return replace(self, done=self.done - 1) if self.done else self

    def done_again(self) -> Desk:
        """Return the desk with the step that was undone last; itself where none was."""
        return replace(self, done=self.done + 1) if self.next else self

    def saved(self, contents: Contents, commit: str = "") -> Desk:
        """Return the desk after its changes were saved; its steps can still be undone.

        ``contents`` is what the saved files say now, with what others had changed in them.
        """
        now = {**self.started_from, **self.changes}
        return replace(self, commit=commit, started_from=now).rebased(contents, commit)

    def is_based_on(self, files: Mapping[str, bytes]) -> bool:
        """Return whether its files still say what the desk started from."""
        return all(files.get(file) == content for file, content in self.started_from.items())

    def rebased(self, files: Contents, commit: str = "") -> Desk:
        """Return the desk started from ``files``: what others saved is brought into each step.

        Raises:
            Unsettled: What it says now can't be brought together with what others saved.
        """
        now = {file: files.get(file) for file in self.started_from}
        if now == self.started_from:
            return replace(self, commit=commit)
        told = [self.before, *(step.contents for step in self.steps)]
        # Going back a long way over what others saved isn't worth the time it would take.
        nearest = range(max(0, self.done - MOST_REBASED), min(len(told), self.done + MOST_REBASED))
        brought = {number: self._brought_over(told[number], now) for number in nearest}
        if conflicts := brought[self.done][1]:
            raise Unsettled(conflicts)
        at_odds = [number for number in nearest if brought[number][1]]
        first = max((n + 1 for n in at_odds if n < self.done), default=nearest.start)
        end = min((n for n in at_odds if n > self.done), default=nearest.stop)
        steps = (
            replace(self.steps[number - 1], contents=brought[number][0])
            for number in range(first + 1, end)
        )
        return replace(
            self,
            commit=commit,
            started_from=now,
            before=brought[first][0],
            steps=tuple(steps),
            done=self.done - first,
        )

    def _brought_over(
        self, contents: Contents, now: Contents
    ) -> tuple[Contents, tuple[FileConflict, ...]]:
        merged = merge_files(self.started_from, contents, now)
        return {**now, **merged.changes}, merged.conflicts

    def settled(self, files: Contents, contents: Contents, commit: str = "") -> Desk:
        """Return the desk with ``contents``, which people settled over what others saved.

        Only the settling itself can be undone then, back to what others saved.
        """
        now = {file: files.get(file) for file in {**self.started_from, **contents}}
        last = self.steps[-1] if self.steps else Step("", {}, {})
        step = replace(last, contents={**now, **contents})
        return replace(self, commit=commit, started_from=now, before=now, steps=(step,), done=1)
