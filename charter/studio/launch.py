"""Start the app on a workspace, for this machine only.

    launch(Path("samples/maison-lumiere"), port=8501)

Streamlit runs in this process until it is stopped. Nothing here imports Streamlit before it is
known to be installed, so that the command line stays light.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ADDRESS: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8501
_EVERYWHERE: Final = {"0.0.0.0": ADDRESS, "::": "::1"}
"""Addresses that stand for all of a machine's, with one that reaches it from itself."""
HERE: Final = Path(__file__).parent
NEEDED: Final = ("streamlit", "pyvis")
PORTS_TRIED: Final = 100
PATIENCE: Final = 60
"""Seconds to wait for the app to answer before its address is no longer announced."""


class CannotLaunch(Exception):
    """The app can't be started; `code` and `parameters` say why.

    Codes: `studio-not-installed` (`missing`: the libraries), `port-in-use` (`port`, and `free`,
    a port that isn't), `no-such-port` (`port`), `no-such-address` (`address`); `not-guarded`
    (`address`: other machines reach it, which needs sign-in and roles), `roles-without-sign-in`;
    `sign-in-…` as `IncompleteSignIn` tells (`detail`); `phones-…` as `charter.messages.phones`
    says.
    """

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters


def settings(at: str = ADDRESS) -> dict[str, str]:
    """Return the settings of Streamlit that the app runs with, by their names.

    Only this machine can reach it, unless it is served at another address; nothing is reported
    to anybody, and the garbage isn't collected after every answer, which would take longer than
    the answer. A visitor's next answer begins where the one under way has stopped, not beside it:
    of two at once, what was typed or pressed could be lost to the other.
    """
    return {
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        "client.showSidebarNavigation": "false",
        "client.toolbarMode": "viewer",
        "logger.hideWelcomeMessage": "true",
        "logger.level": "warning",
        "runner.fastReruns": "false",
        "runner.magicEnabled": "false",
        "runner.postScriptGC": "false",
        "server.address": at,
        "server.fileWatcherType": "none",
        "server.headless": "true",
        "server.maxUploadSize": "1",
        "theme.base": str(HERE / "theme.toml"),
    }


def launch(
    directory: Path,
    *,
    port: int | None = None,
    at: str = ADDRESS,
    roles: Path | None = None,
    phones: str | None = None,
    phones_link: str | None = None,
    language: str = "",
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the app on `directory` until it is stopped.

    Args:
        directory: the workspace.
        port: where to listen; by default the environment's STREAMLIT_SERVER_PORT, else 8501.
        at: the address to listen at; other machines reach any but this machine's own.
        roles: the file that says who may do what; the environment's CHARTER_ROLES by default.
        phones: where the phones of a workshop come in, as `HOST` or `HOST:PORT`; the environment's
            CHARTER_PHONES by default, else this machine only.
        phones_link: what phones open, where a proxy stands before that; the environment's
            CHARTER_PHONES_LINK by default.
        language: the language to begin in, `en` or `fr`; the environment's by default.
        announce: told the address, once the app answers there.

    Raises:
        CannotLaunch: a library is missing, the port is taken, or the app wouldn't be guarded.
        InvalidWorkspace: the file of roles can't be read, or isn't valid.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise CannotLaunch("studio-not-installed", missing=", ".join(missing))
    port = _port(port, at)
    chosen = {**settings(at), "server.port": str(port)}
    _settle(chosen)
    _guard(at, roles)
    _see_where_phones_come_in(phones, phones_link)
    from streamlit.web import cli

    from charter.studio.signing_in import address_of_app

    opened_at = address_of_app() or address(port, at)
    if host := urlsplit(opened_at).hostname:
        # Otherwise Streamlit asks the world which address this machine has.
        chosen["browser.serverAddress"] = host
    flags = [f"--{name}={value}" for name, value in chosen.items()]
    words = [str(directory.resolve()), *([language] if language else [])]

    def once_it_answers() -> None:
        announce(opened_at)
        importlib.import_module("charter.studio.readying").ready(directory)

    threading.Thread(target=_once_it_answers, args=(at, port, once_it_answers), daemon=True).start()
    cli.main(
        ["run", str(HERE / "served.py"), *flags, "--", *words],
        standalone_mode=False,
    )


def _settle(chosen: Mapping[str, str]) -> None:
    """Let Streamlit know its settings before it is asked for anything.

    It would warn at each start that they changed since.
    """
    from streamlit import config

    known: dict[str, object] = {"true": True, "false": False}
    config.get_config_options(
        force_reparse=True,
        options_from_flags={
            name: int(value) if value.isdecimal() else known.get(value, value)
            for name, value in chosen.items()
        },
    )


def address(port: int, at: str = ADDRESS) -> str:
    """Return where a browser finds the app."""
    if at in (ADDRESS, *_EVERYWHERE):
        at = "localhost"
    return f"http://{f'[{at}]' if ':' in at else at}:{port}"


def _guard(at: str, roles: Path | None) -> None:
    """See that nobody comes in who shouldn't, before anybody can."""
    from charter.studio.reach import ROLES_FILE, is_this_machine
    from charter.studio.signing_in import IncompleteSignIn, check_sign_in, is_sign_in_configured

    if roles is None and (named := os.environ.get(ROLES_FILE)):
        roles = Path(named)
    if roles is not None:
        from charter.studio.roles import read_roles

        read_roles(roles)
    try:
        check_sign_in()
    except IncompleteSignIn as incomplete:
        raise CannotLaunch(f"sign-in-{incomplete.reason}", detail=incomplete.detail) from None
    has_sign_in = is_sign_in_configured()
    if not is_this_machine(at) and not (has_sign_in and roles):
        raise CannotLaunch("not-guarded", address=at)
    if roles and not has_sign_in:
        raise CannotLaunch("roles-without-sign-in")
    if roles:
        # Where the app looks for it.
        os.environ[ROLES_FILE] = str(roles.absolute())


def _see_where_phones_come_in(place: str | None, link: str | None) -> None:
    from charter.studio.phones import LINK, PHONES, CannotOpen, read_listening

    for variable, asked in ((PHONES, place), (LINK, link)):
        if asked is not None:
            # Where the door looks for it.
            os.environ[variable] = asked
    try:
        read_listening(os.environ.get(PHONES, ""), os.environ.get(LINK, ""))
    except CannotOpen as refused:
        raise CannotLaunch(refused.code, **refused.parameters) from None


def _port(asked: int | None, at: str) -> int:
    said = os.environ.get("STREAMLIT_SERVER_PORT", "")
    port = asked if asked is not None else int(said) if said.isdecimal() else DEFAULT_PORT
    if not 1 <= port <= 65535:
        raise CannotLaunch("no-such-port", port=port)
    if not _is_free(port, at):
        if not _is_free(0, at):
            raise CannotLaunch("no-such-address", address=at)
        others = range(port + 1, min(port + PORTS_TRIED, 65536))
        free = next((other for other in others if _is_free(other, at)), None)
        raise CannotLaunch("port-in-use", port=port, free=free)
    return port


def _is_free(port: int, at: str) -> bool:
    family = socket.AF_INET6 if ":" in at else socket.AF_INET
    with socket.socket(family) as server:
        if sys.platform != "win32":
            # As servers do: a port whose last connection is still closing is free. On Windows
            # the same option would take over a port in use.
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((at, port))
        except OSError:
            return False
    return True


def _once_it_answers(at: str, port: int, do: Callable[[], None]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = HTTPConnection(_EVERYWHERE.get(at, at), port, timeout=1)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == 200:
                do()
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.02)
