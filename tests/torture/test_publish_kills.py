"""Publishing that is killed leaves files whole, and is finished by publishing again."""

from pathlib import Path

from tests.torture.measure import TORTURE
from tests.torture.side_by_side import told

STEP = 1 if TORTURE >= 10 else 7


def test_publishing_that_died_is_finished_by_publishing_again(tmp_path: Path):
    """Until then each file is as before or as after, and the branch too; no lock is left behind."""
    done = told("publish_kills", tmp_path, STEP)
    print("Publishing killed:", done)
    assert done["kills"] > 70 // STEP
