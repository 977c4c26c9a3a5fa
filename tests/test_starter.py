"""New workspaces, wherever they are asked for."""

from pathlib import Path

import pytest

from charter import starter
from charter.messages import Language
from charter.starter import files_of


def test_the_folder_that_one_stands_in_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    starter.write(Path(), files_of(Language.ENGLISH))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["charter.yaml", "journeys"]


def test_a_link_to_an_empty_folder_is_followed(tmp_path: Path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there")
    starter.write(tmp_path / "link", files_of(Language.FRENCH))
    assert (tmp_path / "there" / "charter.yaml").is_file()
    assert (tmp_path / "link").is_symlink()


def test_nothing_else_is_left_beside_it(tmp_path: Path):
    starter.write(tmp_path / "new", files_of(Language.ENGLISH))
    assert list(tmp_path.iterdir()) == [tmp_path / "new"]
