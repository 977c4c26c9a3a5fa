"""Whoever dies while saving leaves each file whole, and the save to be finished or taken back."""

import json
import random
import subprocess
import sys
from pathlib import Path

from tests.torture.measure import KILLS


def run(folder: Path, *words: object) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.kills", words[0], folder, *map(str, words[1:])],
        capture_output=True,
        check=False,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stderr
    print(f"kills {words[0]}:", done.stdout)
    return json.loads(done.stdout)


def test_a_save_killed_at_each_of_its_system_calls(tmp_path: Path):
    done = run(tmp_path, "at-each-call")
    assert done["kills"] > 100
    assert done["finished"]
    assert done["taken back"]


def test_saves_killed_at_moments_that_nobody_chose(tmp_path: Path):
    """Some die before they write, some while several files are replaced."""
    done = run(tmp_path, "at-random", KILLS, random.randrange(2**32))
    assert done["kills"] == KILLS
    assert done["with traces"]
    assert done["saves"] >= KILLS
