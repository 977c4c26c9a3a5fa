"""What ``charter check`` costs, part by part, on a generated workspace.

``python -m benchmarks.check [TOUCHPOINTS ...]`` checks in this process part by part, then runs the
whole command as people do, and prints seconds and peak memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from benchmarks.generate import CARRIES, MIXED, workspace
from benchmarks.tables import figures, megabytes, seconds, table

SIZES = (100, 1_000, 10_000)
Result = TypeVar("Result")

TEXT = """\
## The whole command

`charter check` on a workspace of YAML files, for 8 segments and 12 rules: one `carries` a marker,
or one of each of 12 kinds. Below the command, what its parts take in a process that is warm.
“Measured” is proving with the exact shares of customers as well. “Again” is the check after a
marker was put on one touchpoint, as the Studio does at each try, shares measured: what can't have
changed isn't worked out again."""


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return how many seconds ``work`` took, and what it returned."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def parts(root: Path) -> dict[str, str]:
    """Return the time that reading, proving, measuring and printing take."""
    from benchmarks.ours import TODAY
    from charter.messages import Language, speaker
    from charter.reports import render
    from charter.reports.page import Page
    from charter.usecases.check import check_workspace
    from charter.what_if import Try, tried
    from charter.workspace import read_folder

    speak = speaker(Language.ENGLISH)
    reading, read = timed(lambda: read_folder(root))
    proving, checked = timed(lambda: check_workspace(read, TODAY, measure=False))
    printing, _ = timed(lambda: render("text", checked, speak, Page()))
    # That shares are measured is said to the workspace, which a try keeps what it can of.
    measured = replace(read, measure=True)
    measuring, _ = timed(lambda: check_workspace(measured, TODAY))
    change = Try("generated", "t1", "marker-3", is_carried=True)
    again, _ = timed(lambda: check_workspace(tried(measured, [change]), TODAY))
    return {
        "read": seconds(reading),
        "prove": seconds(proving),
        "print": seconds(printing),
        "measured": seconds(measuring),
        "again": f"{seconds(again)} (1/{figures(measuring / again)})",
    }


def whole(*words: str) -> tuple[float, float]:
    """Return the seconds and the peak memory in MB of ``charter`` run by itself."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'charter', *sys.argv[1:]],"
        " stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    took, run = timed(
        lambda: subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
        )
    )
    return took, int(run.stdout) / 1024


def section(sizes: Sequence[int]) -> str:
    """Return the table of what a check costs at each size."""
    rows = []
    for name, rules in (("12 carries", CARRIES), ("12 kinds", MIXED)):
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                for file, text in workspace(size, asked=rules).items():
                    (root / file).parent.mkdir(exist_ok=True)
                    (root / file).write_text(text, encoding="utf-8")
                took, memory = whole("check", str(root))
                told = parts(root)
            rows.append([name, f"{size:,}", seconds(took), megabytes(memory), *told.values()])
    heads = ["rules", "touchpoints", "command", "peak memory", *told]
    return f"{TEXT}\n\n{table(heads, rows)}"


if __name__ == "__main__":
    print(section([int(size) for size in sys.argv[1:]] or SIZES))
