"""What a change of files is, line by line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from journeys.source import lines_of


def difference(before: Mapping[str, bytes | None], after: Mapping[str, bytes]) -> list[str]:
    """Return the lines of a unified diff from files as they were to what they are after.

    None stands for a file that isn't there.
    """
    told: list[str] = []
    for file, content in after.items():
        old = before[file]
        name = "/dev/null" if old is None else f"a/{file}"
        were, are = (_lines(each) for each in (old or b"", content))
        told += difflib.unified_diff(were, are, name, f"b/{file}", lineterm="")
    return told


def _lines(content: bytes) -> list[str]:
    lines = lines_of(content.decode())
    return lines if lines[-1] else lines[:-1]
