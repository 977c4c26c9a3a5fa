"""One text for what two versions of a file mean together, with what each wrote around it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from charter.merging.lines import merged_lines, woven_lines
from charter.workspace import SUFFIXES
from journeys.edit import CannotEdit, rewritten
from journeys.plain import Plain, is_same, plain
from journeys.source import read

_COMMENT = re.compile(rb"(?:^|\s)(#.*)", re.MULTILINE)


class Versions(NamedTuple):
    """The contents that a file began with, and what each made of it."""

    base: bytes
    mine: bytes
    theirs: bytes


def texts(file: str, meaning: Plain, versions: Versions) -> Iterator[bytes]:
    """Yield ways to write what the versions mean together, the most faithful first."""
    # Lines don't say what was meant, but where they mean the same, comments are in their places.
    lines = merged_lines(*map(_lines, versions))
    if lines is not None and says(file, text := b"".join(lines), meaning):
        yield text
    _, mine, theirs = versions
    yield from _rewritten(file, meaning, theirs)
    yield from _rewritten(file, meaning, mine)
    alike = _alike(file, meaning, versions)
    # All mean the same now, so that their lines differ by what is written around it.
    lines = None if alike is None else merged_lines(*map(_lines, alike))
    if lines is not None and says(file, text := b"".join(lines), meaning):
        yield text


def fullest_text(file: str, meaning: Plain, versions: Versions) -> bytes | None:
    """Return the text that says what the versions mean together with most of their comments.

    None if it can't be written.
    """
    found = list(texts(file, meaning, versions))
    alike = _alike(file, meaning, versions)
    if alike is not None:
        text = b"".join(woven_lines(*map(_lines, alike), kept_of=_comment_of))
        if says(file, text, meaning):
            found.append(text)
    return min(found, key=lambda text: len(lost(versions, text)), default=None)


def lost(versions: Versions, text: bytes) -> set[bytes]:
    """Return the comments that somebody wrote since the base and that aren't in ``text``."""
    written = _comments(versions.mine) | _comments(versions.theirs)
    return written - _comments(versions.base) - _comments(text)


def meaning_of(file: str, content: bytes | None) -> Plain:
    """Return what the file means; None if that can't be told."""
    if content is None or not file.endswith(SUFFIXES):
        return None
    document = read(content, file)
    return None if document.problems or document.root is None else plain(document.root)


def says(file: str, text: bytes, meaning: Plain) -> bool:
    """Return whether a text means that, its keys in the same order."""
    return is_same(meaning_of(file, text), meaning)


def _alike(file: str, meaning: Plain, versions: Versions) -> Versions | None:
    """Return the versions, each changed so that it means the same; None if one can't be."""
    with contextlib.suppress(CannotEdit):
        return Versions(*(rewritten(content, meaning, file) for content in versions))
    return None


def _rewritten(file: str, meaning: Plain, content: bytes) -> Iterator[bytes]:
    with contextlib.suppress(CannotEdit):
        yield rewritten(content, meaning, file)


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def _comment_of(line: bytes) -> bytes | None:
    """Return the comment of a line as a line of its own, None if it has none."""
    found = _COMMENT.search(line)
    if found is None:
        return None
    return line[: len(line) - len(line.lstrip())] + found[1].strip() + b"\n"


def _comments(content: bytes) -> set[bytes]:
    # A text in quotes that looks like one is none, but no harm is done by looking for it too.
    return {comment.strip() for comment in _COMMENT.findall(content)}
