"""Files that two people changed, brought together by what they mean."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from charter.merging.lines import merged_lines
from charter.workspace import SUFFIXES
from journeys.edit import CannotEdit, rewritten
from journeys.merge import Conflict, merge
from journeys.plain import Plain, plain
from journeys.source import read

_COMMENT = re.compile(rb"(?:^|\s)(#.*)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class FileConflict(Conflict):
    """What two versions of a file changed, each in its own way.

    The address is empty where the whole file is meant, and its texts are the values then.
    """

    file: str


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
    whole = [FileConflict((), _text(base), _text(mine), _text(theirs), file=file)]
    if base is None or mine is None or theirs is None:
        return whole
    meanings = [_meaning(file, content) for content in (base, mine, theirs)]
    if None in meanings:
        return whole
    merged = merge(*meanings)
    if merged.conflicts:
        return [FileConflict(**vars(conflict), file=file) for conflict in merged.conflicts]
    texts = _texts(file, merged.value, (base, mine, theirs))
    return next((text for text in texts if not _lost(base, mine, theirs, text)), whole)


def _texts(file: str, meaning: Plain, versions: tuple[bytes, bytes, bytes]) -> Iterator[bytes]:
    """Yield ways to write what the versions mean together, the most faithful first."""
    # Lines don't say what was meant, but where they mean the same, comments are in their places.
    lines = merged_lines(*(version.splitlines(keepends=True) for version in versions))
    if lines is not None and _meaning(file, text := b"".join(lines)) == meaning:
        yield text
    _, mine, theirs = versions
    for content in (theirs, mine):
        with contextlib.suppress(CannotEdit):
            yield rewritten(content, meaning, file)


def _lost(base: bytes, mine: bytes, theirs: bytes, text: bytes) -> set[bytes]:
    """Return the comments that somebody wrote since ``base`` and that aren't in ``text``."""
    return (_comments(mine) | _comments(theirs)) - _comments(base) - _comments(text)


def _comments(content: bytes) -> set[bytes]:
    # A text in quotes that looks like one is none, but no harm is done by looking for it too.
    return {comment.strip() for comment in _COMMENT.findall(content)}


def _meaning(file: str, content: bytes) -> Plain:
    """Return what the file means; None if that can't be told."""
    if not file.endswith(SUFFIXES):
        return None
    document = read(content, file)
    return None if document.problems or document.root is None else plain(document.root)


def _text(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8", errors="replace")
