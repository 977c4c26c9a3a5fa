"""What ``charter check`` costs, part by part, on a generated workspace.

``python -m benchmarks.check [TOUCHPOINTS ...]`` checks in this process part by part, then runs the
whole command as people do, and prints seconds and peak memory.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.generate import workspace

SIZES = (100, 1_000, 10_000)
Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return how many seconds ``work`` took, and what it returned."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def parts(root: Path) -> dict[str, float]:
    """Return the seconds that reading, proving and printing take."""
    from charter import usecases
    from charter.messages import Language, speaker
    from charter.reports.text import Page
    from charter.workspace import read_folder

    speak = speaker(Language.ENGLISH)
    reading, read = timed(lambda: read_folder(root))
    today = datetime.date(2026, 1, 1)
    proving, checked = timed(lambda: usecases.check_workspace(read, today))
    printing, _ = timed(lambda: usecases.render_text(checked, speak, Page()))
    return {"read": reading, "prove": proving, "print": printing}


def whole(root: Path) -> tuple[float, float]:
    """Return the seconds and the peak memory in MB of the command run by itself."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'charter', 'check', sys.argv[1]],"
        " stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    seconds, run = timed(
        lambda: subprocess.run(
            [sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True
        )
    )
    return seconds, int(run.stdout) / 1024


def main(sizes: list[int]) -> None:
    """Print a line for each size."""
    print("touchpoints  transitions    read   prove   print  whole command  peak memory")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in workspace(size).items():
                (root / name).parent.mkdir(exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            seconds = parts(root)
            total, memory = whole(root)
        told = "".join(f"{seconds[part]:>6.2f} s" for part in ("read", "prove", "print"))
        print(f"{size:>11,}  {3 * size:>11,}{told}  {total:>11.2f} s  {memory:>8.0f} MB")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
