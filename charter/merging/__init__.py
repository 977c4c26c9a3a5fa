"""Files that two people changed, brought together by what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from charter.merging.writing import Versions, lost, meaning_of, texts
from charter.workspace import SUFFIXES
from journeys.merge import Conflict, merge


@dataclass(frozen=True, kw_only=True)
class FileConflict(Conflict):
    """What two versions of a file changed, each in its own way.

    The address is empty where the whole file is meant, and its texts are the values then.
    """

    file: str

    @property
    def is_of_whole_file(self) -> bool:
        """Whether the file is meant as a whole."""
        return not self.address and not self.is_of_order

    @property
    def may_be_text(self) -> bool:
        """Whether a text that is neither side's may settle it."""
        return self.is_of_text and not (self.is_of_whole_file and self.file.endswith(SUFFIXES))


@dataclass(frozen=True)
class MergedFiles:
    """What becomes of files that both changed.

    Attributes:
        changes: What to write over theirs, by file name; None for a file to remove. What is
            already as wanted isn't listed.
        merged: Those of ``changes`` that hold changes of both.
        conflicts: What is not settled; a file with conflicts isn't in ``changes``.
    """

    changes: Mapping[str, bytes | None]
    merged: tuple[str, ...]
    conflicts: tuple[FileConflict, ...]


def merge_files(
    base: Mapping[str, bytes | None],
    mine: Mapping[str, bytes | None],
    theirs: Mapping[str, bytes | None],
) -> MergedFiles:
    """Return how to bring the changes of ``mine`` into ``theirs``, both having begun as ``base``.

    Each maps file names to contents; None, or no entry, stands for no such file. What YAML files
    mean is merged field by field (`journeys.merge`), and what is written around it stays: theirs
    is changed in those fields alone, unless mine has comments of its own. Other files, and YAML
    that can't be read, are taken as a whole.
    """
    changes: dict[str, bytes | None] = {}
    merged: list[str] = []
    conflicts: list[FileConflict] = []
    for file in dict.fromkeys([*base, *mine]):
        was, own, other = base.get(file), mine.get(file), theirs.get(file)
        if own in (was, other):
            continue
        if other == was:
            changes[file] = own
            continue
        found = _merged(file, was, own, other)
        if isinstance(found, bytes):
            if found != other:
                changes[file] = found
                merged.append(file)
        else:
            conflicts.extend(found)
    return MergedFiles(changes, tuple(merged), tuple(conflicts))


def _merged(
    file: str, base: bytes | None, mine: bytes | None, theirs: bytes | None
) -> bytes | list[FileConflict]:
    """Return one file's content with both changes, or what is between them."""
    whole = [whole_conflict(file, base, mine, theirs)]
    if base is None or mine is None or theirs is None:
        return whole
    versions = Versions(base, mine, theirs)
    meanings = [meaning_of(file, content) for content in versions]
    if None in meanings:
        return whole
    merged = merge(*meanings)
    if merged.conflicts:
        return [FileConflict(**vars(conflict), file=file) for conflict in merged.conflicts]
    found = texts(file, merged.value, versions)
    return next((text for text in found if not lost(versions, text)), whole)


def whole_conflict(
    file: str, base: bytes | None, mine: bytes | None, theirs: bytes | None
) -> FileConflict:
    """Return that two versions of a file can only be taken as a whole."""
    return FileConflict((), _text(base), _text(mine), _text(theirs), file=file)


def _text(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8", errors="replace")
