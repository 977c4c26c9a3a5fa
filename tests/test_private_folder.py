"""What the app keeps for itself."""

import stat
import sys
from pathlib import Path

import pytest

from charter.private_folder import NAME, PrivateFolder


def test_what_is_written_is_read_again(tmp_path: Path):
    private = PrivateFolder(tmp_path)
    private.write("unsaved/one", b"text")
    assert private.read("unsaved/one") == b"text"
    assert private.names("unsaved") == ["unsaved/one"]


def test_what_isnt_there_is_nothing(tmp_path: Path):
    private = PrivateFolder(tmp_path)
    assert private.read("unsaved/one") is None
    assert private.names("unsaved") == []
    private.remove("unsaved/one")
    assert not (tmp_path / NAME).exists()


def test_an_update_is_given_what_was_there(tmp_path: Path):
    private = PrivateFolder(tmp_path)
    for _ in range(3):
        private.update("count", lambda was: (was or b"") + b"1")
    assert private.read("count") == b"111"


def test_git_and_others_are_kept_out(tmp_path: Path):
    PrivateFolder(tmp_path).write("one", b"")
    assert (tmp_path / NAME / ".gitignore").read_text() == "*\n"
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o700


def test_what_cant_be_written_leaves_what_was(tmp_path: Path):
    private = PrivateFolder(tmp_path)
    private.write("one", b"before")
    (tmp_path / NAME / "folder").mkdir()
    with pytest.raises(OSError):  # noqa: PT011 - whatever the system says
        private.write("folder", b"after")
    assert private.read("one") == b"before"
    assert sorted(p.name for p in (tmp_path / NAME).iterdir()) == [".gitignore", "folder", "one"]
