"""Same input, same bytes out, in whatever order Python keeps its sets and dictionaries' hashes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "maison-lumiere"
SEEDS = range(int(os.environ.get("HASH_SEEDS", "6")))


def report(seed: int) -> bytes:
    """Return what a process of its own prints; nothing is cached from one to the next."""
    finished = subprocess.run(
        [sys.executable, "-m", "charter", "check", str(SAMPLE), "--format", "json"],
        env=os.environ | {"PYTHONHASHSEED": str(seed)},
        capture_output=True,
        check=False,
    )
    assert finished.returncode in (0, 1), finished.stderr.decode()
    return finished.stdout


def test_a_report_is_the_same_bytes_for_many_hash_seeds() -> None:
    # Two at a time: more would only wait for each other on a small machine.
    with ThreadPoolExecutor(2) as pool:
        different = set(pool.map(report, SEEDS))
    assert len(different) == 1
    (same,) = different
    assert len(json.loads(same)["verdicts"]) > 100
