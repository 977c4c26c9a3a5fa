"""What is done before the first visitor asks for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from charter.studio import readying, session

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("loaded", "libraries"),
    [
        pytest.param(
            "readying._FOR_THE_FIRST_PAGE",
            {"altair", "pandas", "pyvis", "networkx", "scipy"},
            id="the first page",
        ),
        pytest.param(
            "[f'charter.studio.{each.name}' for each in pkgutil.iter_modules(studio.__path__)]",
            {"altair", "pyvis", "networkx", "scipy", "highspy", "typst"},
            id="all pages",
        ),
    ],
)
def test_no_library_is_loaded_before_somebody_needs_it(loaded: str, libraries: set[str]):
    program = (
        "import importlib, pkgutil, sys\n"
        "from charter import studio\n"
        "from charter.studio import readying\n"
        f"for name in {loaded}:\n"
        "    importlib.import_module(name)\n"
        f"print(sorted({libraries} & set(sys.modules)))"
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
