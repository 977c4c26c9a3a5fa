"""What the tests of history share."""

import shutil
from pathlib import Path

import pytest

from tests.history.building import WORKSPACE, Made


@pytest.fixture(autouse=True)
def _nothing_configured(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests has no configuration of git's."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Made:
    made = Made.at(tmp_path_factory.mktemp("once") / "charters")
    made.commit(WORKSPACE, "A first charter")
    return made


@pytest.fixture
def made(_made_once: Made, tmp_path: Path) -> Made:
    """A repository whose only commit holds a workspace: a copy, as git takes longer to make one."""
    made = Made(tmp_path / "charters")
    shutil.copytree(_made_once.top, made.top, symlinks=True)
    # The copies are other files than those that git has in mind.
    made.git("update-index", "--refresh")
    return made
