"""Publishing that is killed leaves files whole, and is finished by publishing again."""

import json
import subprocess
import sys
from pathlib import Path

from tests.torture.measure import TORTURE

STEP = 1 if TORTURE >= 10 else 7


def test_publishing_that_died_is_finished_by_publishing_again(tmp_path: Path):
    """Until then each file is as before or as after, and the branch too; no lock is left behind."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.torture.publish_kills", str(tmp_path), str(STEP)],
        capture_output=True,
        check=False,
        text=True,
        timeout=3600,
    )
    assert ran.returncode == 0, ran.stderr
    done = json.loads(ran.stdout)
    print("Publishing killed:", done)
    assert done["kills"] > 70 // STEP
