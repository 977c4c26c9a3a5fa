"""The file of roles: what it says, and how its problems are told."""

from pathlib import Path

import pytest

from charter.studio.roles import Role, Roles, read_roles
from charter.workspace import InvalidWorkspace

FILE = """\
# Who looks after the charter.
default: viewer
people:
  anne@maison.example: publisher
  Paul@Maison.example: editor
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "roles.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(InvalidWorkspace) as refused:
        read_roles(path)
    return [
        f"{each.position.line}:{each.position.column} {each.reason}"
        for each in refused.value.problems
    ]


@pytest.mark.parametrize(
    ("email", "role"),
    [
        pytest.param("anne@maison.example", Role.PUBLISHER, id="as listed"),
        pytest.param("ANNE@maison.example", Role.PUBLISHER, id="capitals say nothing"),
        pytest.param("paul@maison.example", Role.EDITOR, id="nor do they in the file"),
        pytest.param("eve@elsewhere.example", Role.VIEWER, id="not listed"),
        pytest.param("anne@maison.example.evil", Role.VIEWER, id="not hers"),
        pytest.param("anne@maiſon.example", Role.VIEWER, id="a letter that only looks the same"),
        pytest.param("", Role.VIEWER, id="nobody"),
    ],
)
def test_a_role_is_found_by_address(tmp_path: Path, email: str, role: Role):
    assert read_roles(written(tmp_path, FILE)).of(email) is role


def test_whoever_is_not_listed_is_refused_without_a_default(tmp_path: Path):
    roles = read_roles(written(tmp_path, "people: {anne@maison.example: viewer}\n"))
    assert roles == Roles({"anne@maison.example": Role.VIEWER}, None)
    assert roles.of("eve@elsewhere.example") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", ["1:1 empty-file"], id="empty"),
        pytest.param("- anne\n", ["1:1 expected-mapping"], id="a list"),
        pytest.param("people: [anne@a.example]\n", ["1:9 expected-mapping"], id="people in a list"),
        pytest.param("default: editr\n", ["1:10 unknown-choice"], id="no role"),
        pytest.param("default: [editor]\n", ["1:10 unknown-choice"], id="two roles"),
        pytest.param(
            "defalt: viewer\npeople:\n  anne: boss\n  a@b.example: editor\n  A@b.example: viewer\n",
            [
                "1:1 unknown-key",
                "3:3 no-address",
                "3:9 unknown-choice",
                "5:3 repeated",
            ],
            id="all at once",
        ),
        pytest.param("people: {a@b.c: &x editor, d@e.f: *x}\n", ["1:17 anchor"], id="aliases"),
    ],
)
def test_every_problem_is_told_at_its_place(tmp_path: Path, text: str, told: list[str]):
    assert problems(written(tmp_path, text))[: len(told)] == told


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    assert problems(tmp_path / "none.yaml") == ["1:1 unreadable"]
    assert problems(tmp_path) == ["1:1 unreadable"]


def test_what_the_file_says_counts_at_once(tmp_path: Path):
    path = written(tmp_path, FILE)
    assert read_roles(path).of("paul@maison.example") is Role.EDITOR
    written(tmp_path, FILE.replace("editor", "viewer"))
    assert read_roles(path).of("paul@maison.example") is Role.VIEWER


@pytest.mark.parametrize(
    ("role", "other", "includes"),
    [
        (Role.VIEWER, Role.VIEWER, True),
        (Role.VIEWER, Role.EDITOR, False),
        (Role.VIEWER, Role.PUBLISHER, False),
        (Role.EDITOR, Role.VIEWER, True),
        (Role.EDITOR, Role.EDITOR, True),
        (Role.EDITOR, Role.PUBLISHER, False),
        (Role.PUBLISHER, Role.VIEWER, True),
        (Role.PUBLISHER, Role.EDITOR, True),
        (Role.PUBLISHER, Role.PUBLISHER, True),
    ],
)
def test_each_role_may_do_what_those_before_it_may(role: Role, other: Role, includes: bool):
    assert role.includes(other) is includes
