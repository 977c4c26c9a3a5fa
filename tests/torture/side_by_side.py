"""Work done by several processes at once, and programs run apart that tell what they did."""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEET_WITHIN = 300.0
"""Seconds after which processes that wait for one that ended wait no more, and fail."""

Meet = Callable[[], object]
"""Wait until all processes wait here."""


def told(module: str, *words: object) -> Any:
    """Run a module of this folder by itself, and return what it printed."""
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.torture.{module}", *map(str, words)],
        capture_output=True,
        check=False,
        text=True,
        timeout=3600,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def fork(
    folder: Path, processes: int, work: Callable[[int, Meet], dict[str, Any]]
) -> dict[str, Any]:
    """Do some work in so many processes at once; return their accounts, and the time they took."""
    started = time.monotonic()
    barrier = multiprocessing.get_context("fork").Barrier(processes, timeout=MEET_WITHIN)
    children = []
    for process in range(processes):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                account = json.dumps(work(process, barrier.wait))
                (folder / f"{process}.json").write_text(account, encoding="utf-8")
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert statuses == [0] * processes
    files = [folder / f"{process}.json" for process in range(processes)]
    return {
        "accounts": [json.loads(file.read_text(encoding="utf-8")) for file in files],
        "seconds": round(time.monotonic() - started, 1),
        "processor seconds": round(sum(os.times()[:4]), 1),
    }
