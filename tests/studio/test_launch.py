"""Starting the app: settings, ports, what is missing."""

import importlib.util
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from charter.studio import launch as launcher
from charter.studio.launch import CannotLaunch, launch, settings
from charter.workspace import InvalidWorkspace

ROOT = Path(__file__).parents[2]


def flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    return {
        f"{prefix}{section}.{key}": value
        for section, keys in table.items()
        for key, value in keys.items()
    }


def test_the_source_folder_has_the_same_settings():
    """`streamlit run app.py` there looks and behaves as `charter studio` does."""
    written = flat(tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8")))
    theme = written.pop("theme.base")
    assert (ROOT / theme).samefile(settings()["theme.base"])
    ours = {key: value for key, value in settings().items() if key != "theme.base"}
    assert {key: str(value).lower() for key, value in written.items()} == ours


def test_only_this_machine_is_served_and_nothing_is_reported():
    assert settings()["server.address"] == "127.0.0.1"
    assert settings()["browser.gatherUsageStats"] == "false"
    assert settings()["runner.postScriptGC"] == "false"


def test_the_settings_exist():
    """Streamlit knows each of them, by that name."""
    from streamlit import config

    known = config.get_config_options()
    assert set(settings()) <= set(known)


def test_the_theme_is_one_that_streamlit_reads():
    """Each key is one that Streamlit knows, so that a typing mistake doesn't go unseen."""
    from streamlit import config

    theme = tomllib.loads(Path(settings()["theme.base"]).read_text("utf-8"))["theme"]
    known = set(config.get_config_options())
    named = {f"theme.{key}" for key, value in theme.items() if not isinstance(value, dict)}
    named |= {f"theme.{mode}.{key}" for mode in ("light", "dark") for key in theme[mode]}
    assert named <= known


def test_it_starts_and_is_stopped_with_ctrl_c_without_a_complaint(root: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "charter", "studio", str(root), "--port", str(port)]
    with subprocess.Popen(
        [*command, "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        # Its address is the first thing that it says: no library complains before.
        assert process.stdout.readline().startswith("The Studio is open at")
        process.send_signal(signal.SIGINT)
        after, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in after
    assert "Aborted" not in after


def test_a_port_in_use_is_refused_with_one_that_is_free():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with pytest.raises(CannotLaunch) as refused:
            launch(ROOT, port=port)
    assert refused.value.code == "port-in-use"
    assert refused.value.parameters["port"] == port
    assert refused.value.parameters["free"] > port


def test_a_number_that_is_no_port_is_refused():
    with pytest.raises(CannotLaunch) as refused:
        launch(ROOT, port=70000)
    assert refused.value.code == "no-such-port"


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pyvis" else found(name)
    )
    with pytest.raises(CannotLaunch) as refused:
        launch(ROOT)
    assert refused.value.code == "studio-not-installed"
    assert refused.value.parameters["missing"] == "pyvis"


def test_the_environment_may_name_the_port(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "0")
    with pytest.raises(CannotLaunch) as refused:
        launch(ROOT)
    assert refused.value.parameters["port"] == 0


def test_the_address_is_one_that_a_browser_opens():
    assert launcher.address(8501) == "http://localhost:8501"


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        ("127.0.0.1", "http://localhost:80"),
        ("0.0.0.0", "http://localhost:80"),
        ("10.0.0.7", "http://10.0.0.7:80"),
        ("::1", "http://[::1]:80"),
    ],
)
def test_what_is_served_elsewhere_is_opened_there(at: str, opened: str):
    assert launcher.address(80, at) == opened


def refused(**how: Any) -> str:
    with pytest.raises(CannotLaunch) as reason:
        launch(ROOT, **how)
    return reason.value.code


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What Streamlit's secrets say: nothing yet."""
    from streamlit.runtime.secrets import secrets_singleton

    found: dict[str, Any] = {}
    monkeypatch.setattr(secrets_singleton, "_secrets", found)
    monkeypatch.delenv("CHARTER_ROLES", raising=False)
    return found


def test_other_machines_are_served_with_sign_in_and_roles_alone(
    secrets: dict[str, Any], tmp_path: Path
):
    """Asked before anything is served."""
    roles = tmp_path / "roles.yaml"
    roles.write_text("default: viewer\n", encoding="utf-8")
    assert refused(port=free(), at="0.0.0.0") == "not-guarded"
    assert refused(port=free(), at="0.0.0.0", roles=roles) == "not-guarded"
    assert refused(port=free(), roles=roles) == "roles-without-sign-in"
    secrets["auth"] = {"client_id": "charter"}
    assert refused(port=free(), at="0.0.0.0", roles=roles) == "sign-in-missing"
    names = ("redirect_uri", "cookie_secret", "client_secret", "server_metadata_url")
    secrets["auth"] |= dict.fromkeys(names, "https://a.example/oauth2callback")
    assert refused(port=free(), at="0.0.0.0") == "not-guarded"


def test_roles_that_cannot_be_read_are_told_before_anything_is_served(
    secrets: dict[str, Any], tmp_path: Path
):
    with pytest.raises(InvalidWorkspace):
        launch(ROOT, port=free(), roles=tmp_path / "none.yaml")


def test_an_address_that_is_not_of_this_machine_is_told(secrets: dict[str, Any]):
    assert refused(port=free(), at="192.0.2.1") == "no-such-address"


def free() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port
