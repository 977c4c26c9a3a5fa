"""Who is let in, as whom, and what they may do: asked on the server, with sign-in and without."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest

from charter.messages import speaker
from charter.studio import access
from charter.studio.access import NotAllowed, Visitor, require, visitor
from charter.studio.reach import ROLES_FILE, is_this_machine
from charter.studio.roles import Role
from charter.studio.signing_in import IncompleteSignIn, address_of_app, check_sign_in, providers
from tests.histories import git
from tests.studio.carded import figures

AUTH = {
    "redirect_uri": "https://studio.maison.example/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "charter",
    "client_secret": "secret",
    "server_metadata_url": "https://id.maison.example/.well-known/openid-configuration",
}
ANNE = {"is_logged_in": True, "email": "anne@maison.example", "name": "Anne Delorme"}
ROLES = """\
people:
  anne@maison.example: publisher
  paul@maison.example: editor
  eve@maison.example: viewer
"""


class Desk:
    """How the app is set up, and who is at it."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self._patch = patch
        self._folder = folder
        self.served_at("127.0.0.1")
        self.with_secrets({})
        patch.delenv(ROLES_FILE, raising=False)
        patch.setattr(sys, "argv", ["app.py", str(folder)])

    def served_at(self, address: str | None) -> None:
        self._patch.setattr(st, "get_option", lambda name: address)

    def with_secrets(self, secrets: dict[str, Any]) -> None:
        self._patch.setattr(secrets_singleton, "_secrets", secrets)

    def with_roles(self, text: str = ROLES) -> Path:
        path = self._folder / "roles.yaml"
        path.write_text(text, encoding="utf-8")
        self._patch.setenv(ROLES_FILE, str(path))
        return path

    def visited_by(self, claims: dict[str, Any]) -> None:
        class User:
            @staticmethod
            def to_dict() -> dict[str, Any]:
                return claims

        self._patch.setattr(st, "user", User)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """The app on this machine, with nothing configured."""
    return Desk(monkeypatch, tmp_path)


def refusal() -> str:
    with pytest.raises(NotAllowed) as refused:
        visitor()
    return refused.value.reason


# Without sign-in.


def test_on_this_machine_everybody_is_a_publisher_by_the_name_that_git_knows(
    desk: Desk, tmp_path: Path
):
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "user.name", "Anne Delorme")
    git(tmp_path, "config", "user.email", "anne@maison.example")
    assert visitor() == Visitor("Anne Delorme", "anne@maison.example", Role.PUBLISHER)


def test_who_has_no_name_is_somebody(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    here = visitor()
    assert here.role is Role.PUBLISHER
    assert (here.named(speaker("en")), here.named(speaker("fr"))) == ("Somebody", "Quelqu’un")


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.7", "studio.example"])
def test_other_machines_are_not_served_unguarded(desk: Desk, address: str | None):
    """Not without sign-in, nor with sign-in alone, nor with roles alone."""
    desk.served_at(address)
    assert refusal() == "not-guarded"
    desk.with_roles()
    assert refusal() == "not-guarded"
    desk.with_roles().unlink()
    desk._patch.delenv(ROLES_FILE)
    desk.with_secrets({"auth": AUTH})
    desk.visited_by(ANNE)
    assert refusal() == "not-guarded"


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("", False),
        (None, False),
    ],
)
def test_an_address_of_this_machine_alone_is_known(address: str | None, answer: bool):
    assert is_this_machine(address) is answer


def test_roles_without_sign_in_let_nobody_in(desk: Desk):
    desk.with_roles()
    assert refusal() == "no-sign-in"


# With sign-in.


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    """The app with sign-in and roles, for other machines too; Anne is at it."""
    desk.served_at("0.0.0.0")
    desk.with_secrets({"auth": AUTH})
    desk.with_roles()
    desk.visited_by(ANNE)
    return desk


@pytest.mark.parametrize(
    ("claims", "outcome"),
    [
        pytest.param({}, "signed-out", id="nobody yet"),
        pytest.param({**ANNE, "is_logged_in": False}, "signed-out", id="signed out"),
        pytest.param({**ANNE, "is_logged_in": "true"}, "signed-out", id="only said to be in"),
        pytest.param({"is_logged_in": True, "name": "Anne"}, "no-email", id="no address"),
        pytest.param({**ANNE, "email": ["anne@maison.example"]}, "no-email", id="a list"),
        pytest.param({**ANNE, "email_verified": False}, "unverified-email", id="not verified"),
        pytest.param({**ANNE, "email_verified": "false"}, "unverified-email", id="said in words"),
        pytest.param({**ANNE, "email_verified": None}, "unverified-email", id="said by nothing"),
        pytest.param({**ANNE, "email": "mallory@x.example"}, "not-listed", id="not listed"),
        pytest.param(ANNE, Role.PUBLISHER, id="as listed"),
        pytest.param({**ANNE, "email_verified": True}, Role.PUBLISHER, id="verified"),
        pytest.param({**ANNE, "email": "Paul@maison.example"}, Role.EDITOR, id="an editor"),
        pytest.param({**ANNE, "email": "eve@maison.example", "name": 7}, Role.VIEWER, id="viewer"),
    ],
)
def test_who_is_let_in_and_as_what(guarded: Desk, claims: dict[str, Any], outcome: Role | str):
    guarded.visited_by(claims)
    if isinstance(outcome, Role):
        assert visitor().role is outcome
    else:
        assert refusal() == outcome


@pytest.mark.parametrize(
    ("email", "allowed"),
    [
        ("eve@maison.example", {Role.VIEWER}),
        ("paul@maison.example", {Role.VIEWER, Role.EDITOR}),
        ("anne@maison.example", {Role.VIEWER, Role.EDITOR, Role.PUBLISHER}),
        ("mallory@x.example", set()),
    ],
)
def test_what_each_may_do(guarded: Desk, email: str, allowed: set[Role]):
    guarded.visited_by({**ANNE, "email": email})
    found = set()
    for role in Role:
        try:
            assert require(role).email == email
        except NotAllowed:
            continue
        found.add(role)
    assert found == allowed


def test_a_role_taken_back_is_gone_at_once(guarded: Desk):
    assert require(Role.PUBLISHER).name == "Anne Delorme"
    guarded.with_roles(ROLES.replace("publisher", "viewer"))
    with pytest.raises(NotAllowed) as refused:
        require(Role.EDITOR)
    assert refused.value.tell(speaker("en")) == (
        "Your role here is viewer; this needs editor. Ask whoever runs this app for it."
    )


@pytest.mark.parametrize("text", ["", "people: {anne@maison.example: publishr}\n"])
def test_nobody_is_let_in_by_a_file_that_cannot_be_read(guarded: Desk, text: str):
    """What it said before may be what was to be taken back."""
    assert visitor()
    path = guarded.with_roles(text)
    assert refusal() == "roles-unreadable"
    path.unlink()
    assert refusal() == "roles-unreadable"


def test_with_sign_in_and_no_roles_whoever_signs_in_here_is_a_publisher(desk: Desk):
    desk.with_secrets({"auth": AUTH})
    desk.visited_by({})
    assert refusal() == "signed-out"
    desk.visited_by(ANNE)
    assert visitor() == Visitor("Anne Delorme", "anne@maison.example", Role.PUBLISHER)


@pytest.mark.parametrize("reason", access._SENTENCES)
def test_each_refusal_is_told_in_both_languages(reason: str):
    refused = NotAllowed(reason, email="a@b.example", role=Role.VIEWER, needed=Role.EDITOR)
    assert refused.tell(speaker("en")) != refused.tell(speaker("fr"))


# What is configured.


@pytest.fixture
def secrets_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where Streamlit looks for its secrets; nothing is there."""
    path = tmp_path / ".streamlit" / "secrets.toml"
    path.parent.mkdir()
    secrets_singleton._reset()
    was = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    yield path
    secrets_singleton._reset()
    config.set_option("secrets.files", was)


def toml(**values: object) -> str:
    return "[auth]\n" + "\n".join(f'{key} = "{value}"' for key, value in values.items())


def complaint(secrets_file: Path, text: str) -> tuple[str, str]:
    secrets_file.write_text(text, encoding="utf-8")
    with pytest.raises(IncompleteSignIn) as incomplete:
        check_sign_in()
    return incomplete.value.reason, incomplete.value.detail


def test_no_secrets_are_no_sign_in(secrets_file: Path):
    check_sign_in()
    assert address_of_app() is None


def test_secrets_of_something_else_are_no_sign_in(secrets_file: Path):
    secrets_file.write_text('[database]\npassword = "x"\n', encoding="utf-8")
    check_sign_in()
    assert not access.is_sign_in_configured()


def test_what_streamlit_reads_is_what_is_asked(secrets_file: Path):
    secrets_file.write_text(toml(**AUTH), encoding="utf-8")
    check_sign_in()
    assert access.is_sign_in_configured()
    assert address_of_app() == "https://studio.maison.example"


def test_sign_in_in_part_is_told(secrets_file: Path):
    partly = {key: AUTH[key] for key in ("redirect_uri", "client_id")}
    reason, detail = complaint(secrets_file, toml(**partly))
    assert (reason, detail) == ("missing", "cookie_secret, client_secret, server_metadata_url")


def test_a_way_back_that_streamlit_does_not_know_is_told(secrets_file: Path):
    text = toml(**AUTH | {"redirect_uri": "https://studio.maison.example/"})
    assert complaint(secrets_file, text) == ("redirect", "https://studio.maison.example/")


def test_secrets_that_cannot_be_read_open_no_door(secrets_file: Path, desk: Desk):
    """Streamlit would go on as if nobody had to sign in."""
    secrets_file.write_text('[auth]\nredirect_uri = "https', encoding="utf-8")
    desk.with_secrets(None)  # so that the file is read
    desk.visited_by({})
    assert complaint(secrets_file, '[auth]\nredirect_uri = "https')[0] == "unreadable"
    assert refusal() == "signed-out"


def test_providers_are_named(desk: Desk):
    shared = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
    own = {key: AUTH[key] for key in AUTH if key not in shared}
    desk.with_secrets({"auth": {**shared, "google": own, "microsoft": own}})
    assert providers() == ("google", "microsoft")
    desk.with_secrets({"auth": {**AUTH, "client_kwargs": {"prompt": "login"}}})
    assert providers() == ("",)


# What is shown.


APP = Path(__file__).parents[2] / "charter" / "studio" / "app.py"


def shown(folder: Path, claims: dict[str, Any]) -> AppTest:
    sys.argv[:] = [str(APP), str(folder), "en"]
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.user = claims
    return app.run()


@pytest.mark.parametrize(
    ("claims", "title", "buttons"),
    [
        pytest.param({"is_logged_in": False}, "Sign in", {"Sign in"}, id="signed out"),
        pytest.param(
            {"is_logged_in": True, "email": "mallory@x.example"},
            "You can't come in yet",
            {"Sign in as somebody else"},
            id="not listed",
        ),
        pytest.param(ANNE, "Maison Lumière", {"Sign out"}, id="let in"),
    ],
)
def test_the_app_is_shown_to_those_let_in_alone(
    monkeypatch: pytest.MonkeyPatch,
    root: Path,
    claims: dict[str, Any],
    title: str,
    buttons: set[str],
):
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": AUTH})
    roles = root.parent / f"{root.name}-roles.yaml"
    roles.write_text(ROLES, encoding="utf-8")
    monkeypatch.setenv(ROLES_FILE, str(roles))
    app = shown(root, claims)
    assert not app.exception
    assert [each.value for each in app.title] == [title]
    assert buttons <= {button.label for button in app.button}
    if claims is not ANNE:
        assert not figures(app)
        assert not app.dataframe
        assert {button.label for button in app.button} == buttons
