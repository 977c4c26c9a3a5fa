"""Conflicts settled by people, field by field; all else is kept of both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charter.merging import FileConflict, merge_files, whole_conflict
from charter.merging.writing import Versions, fullest_text, meaning_of
from journeys.merge import Answer, Conflict, Side, merge


@dataclass(frozen=True)
class Choice:
    """What somebody decided about a conflict.

    Attributes:
        answer: Whose version is taken; or, where `FileConflict.may_be_text`, a text that is
            neither side's.
    """

    conflict: FileConflict
    answer: Answer


class Unsettled(Exception):
    """Conflicts are left that nobody has decided about; perhaps they are new.

    Attributes:
        conflicts: Those.
    """

    def __init__(self, conflicts: Sequence[FileConflict]) -> None:
        super().__init__(conflicts)
        self.conflicts = tuple(conflicts)


def settled(
    base: Mapping[str, bytes | None],
    mine: Mapping[str, bytes | None],
    theirs: Mapping[str, bytes | None],
    choices: Sequence[Choice],
) -> Mapping[str, bytes | None]:
    """Return what to write over ``theirs``, so that it holds ``mine`` too, as ``choices`` settle.

    Each maps file names to contents as in `merge_files`. What a choice takes off takes its own
    comments with it; all other comments of both are kept, if need be in lines of their own. Choices
    about what is no conflict any more are overlooked.

    Raises:
        Unsettled: Some conflict has no choice.
    """
    merged = merge_files(base, mine, theirs)
    changes = dict(merged.changes)
    unsettled: list[FileConflict] = []
    for file in dict.fromkeys(conflict.file for conflict in merged.conflicts):
        contents = base.get(file), mine.get(file), theirs.get(file)
        answers = _Answers([choice for choice in choices if choice.conflict.file == file])
        try:
            content = _settled(file, contents, answers)
        except Unsettled as left:
            unsettled += left.conflicts
            continue
        if content != theirs.get(file):
            changes[file] = content
    if unsettled:
        raise Unsettled(unsettled)
    return changes


class _Answers:
    """What was decided about a file, each answer given once."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._left = list(choices)

    def to(self, conflict: FileConflict) -> Answer | None:
        """Return the answer to a conflict, None where there is none."""
        for number, choice in enumerate(self._left):
            if choice.conflict == conflict and (
                isinstance(choice.answer, Side) or conflict.may_be_text
            ):
                return self._left.pop(number).answer
        return None


_Contents = tuple[bytes | None, bytes | None, bytes | None]


def _settled(file: str, contents: _Contents, answers: _Answers) -> bytes | None:
    """Return what becomes of a file that both changed; raise where something is undecided."""
    base, mine, theirs = contents
    meanings = [meaning_of(file, content) for content in contents]
    whole = whole_conflict(file, *contents)
    answer = answers.to(whole)
    if base is None or mine is None or theirs is None or None in meanings:
        return _as_a_whole(whole, mine, theirs, answer)
    versions = Versions(base, mine, theirs)

    met: list[Conflict] = []

    def settle(conflict: Conflict) -> Answer | None:
        met.append(conflict)
        decided = answers.to(FileConflict(**vars(conflict), file=file))
        # Who decided about the whole file has decided about its fields.
        return answer if decided is None else decided

    merged = merge(*meanings, settle=settle)
    if merged.conflicts:
        raise Unsettled([FileConflict(**vars(each), file=file) for each in merged.conflicts])
    text = fullest_text(file, merged.value, versions)
    if text is None or (not met and answer is None):
        return _as_a_whole(whole, mine, theirs, answer)
    return text


def _as_a_whole(
    whole: FileConflict, mine: bytes | None, theirs: bytes | None, answer: Answer | None
) -> bytes | None:
    """Return a file that one side is taken of, or whose words are new."""
    match answer:
        case None:
            raise Unsettled([whole])
        case Side.MINE:
            return mine
        case Side.THEIRS:
            return theirs
    return str(answer).encode("utf-8", errors="replace")
