"""Whom git takes the person at this machine for."""

from pathlib import Path

import pytest

from charter.history import Author, configured_author
from tests.histories import git


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository on a machine where nobody told git their name."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    git(tmp_path / "work", "init", "--quiet")
    return tmp_path / "work"


@pytest.mark.parametrize(
    ("said", "author"),
    [
        pytest.param({}, None, id="nothing"),
        pytest.param({"user.name": "Anne"}, Author("Anne", ""), id="a name"),
        pytest.param(
            {"user.name": " Zoë Noël ", "user.email": "zoe@example.org"},
            Author("Zoë Noël", "zoe@example.org"),
            id="both",
        ),
        pytest.param({"user.email": "zoe@example.org"}, None, id="no name"),
        pytest.param({"user.name": "<script>"}, None, id="what git can't write down"),
    ],
)
def test_git_says_who_is_at_work(folder: Path, said: dict[str, str], author: Author | None):
    for key, value in said.items():
        git(folder, "config", key, value)
    assert configured_author(folder) == author


def test_what_the_repository_says_counts_before_what_the_user_says(folder: Path):
    (folder.parent / "home" / ".gitconfig").write_text("[user]\nname = Paul\nemail = p@e.org\n")
    assert configured_author(folder) == Author("Paul", "p@e.org")
    git(folder, "config", "user.name", "Anne")
    assert configured_author(folder) == Author("Anne", "p@e.org")


def test_outside_a_repository_the_user_is_asked(folder: Path):
    assert configured_author(folder.parent) is None
    assert configured_author(folder / "nowhere") is None
