"""What the tests of history share."""

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


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A repository whose only commit holds a workspace."""
    made = Made.at(tmp_path / "charters")
    made.commit(WORKSPACE, "A first charter")
    return made
