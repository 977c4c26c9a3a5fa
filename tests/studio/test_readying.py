"""What is done before the first visitor asks for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from charter.studio import readying, session

ROOT = Path(__file__).parents[2]


def test_the_first_page_waits_for_no_library_that_only_charts_and_other_pages_need():
    program = (
        "import importlib, sys\n"
        "from charter.studio.readying import _FOR_THE_FIRST_PAGE\n"
        "for name in _FOR_THE_FIRST_PAGE:\n"
        "    importlib.import_module(name)\n"
        "print(sorted({'altair', 'pandas', 'pyvis', 'networkx', 'scipy'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is waited for, and nothing is kept for good in the process that runs tests."""
    monkeypatch.setattr(readying, "FIRST_PAGE_WITHIN", 0)
    monkeypatch.setattr(readying.gc, "freeze", lambda: None)


def test_whoever_asks_first_finds_the_workspace_checked(
    root: Path, at_once: None, monkeypatch: pytest.MonkeyPatch
):
    readying.ready(root)
    monkeypatch.setattr(session, "check_files", None)
    base = session.base_of(root.resolve(), "")
    assert session.checked(root.resolve(), base.files, base).workspace is not None


def test_a_folder_that_is_not_there_yet_keeps_nothing_from_being_ready(
    tmp_path: Path, at_once: None
):
    readying.ready(tmp_path / "none")
    assert not (tmp_path / "none").exists()
