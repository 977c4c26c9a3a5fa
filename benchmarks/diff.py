"""What ``charter diff HEAD~1`` costs on a generated workspace in git, one tag changed.

``python -m benchmarks.diff [TOUCHPOINTS ...]`` runs the whole command as people do, and prints
seconds and peak memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.check import SIZES, whole
from benchmarks.generate import workspace
from benchmarks.tables import megabytes, seconds, table

TEXT = """\
## Comparing two versions

`charter diff HEAD~1` on the same workspaces in git, for 12 rules of the kind `carries`: one
touchpoint carries one marker more. Both versions are read and checked whole, with the exact shares
of customers."""


def section(sizes: Sequence[int]) -> str:
    """Return the table of what a comparison costs at each size."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_versions(Path(folder), size)
            took, memory = whole("diff", "HEAD~1", "--dir", folder)
        rows.append([f"{size:,}", seconds(took), megabytes(memory)])
    return f"{TEXT}\n\n{table(['touchpoints', 'command', 'peak memory'], rows)}"


def write_versions(root: Path, size: int) -> None:
    """Write a workspace, and a version of it in which its first tags are one more."""
    for file, text in workspace(size).items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    git(root, "init", "--quiet")
    commit(root)
    (journey,) = (root / "journeys").iterdir()
    text = journey.read_text(encoding="utf-8")
    changed = text.replace(
        "    markers: [", "    markers: [{marker: marker-0, segments: [segment-0]}, ", 1
    )
    journey.write_text(changed, encoding="utf-8")
    commit(root)


def commit(root: Path) -> None:
    """Commit the files as they are."""
    git(root, "add", ".")
    author = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")
    git(root, *author, "commit", "--quiet", "--message", "A version")


def git(root: Path, *words: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", *words], cwd=root, check=True)


if __name__ == "__main__":
    print(section([int(size) for size in sys.argv[1:]] or SIZES))
