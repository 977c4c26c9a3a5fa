"""Start the app on a workspace, for this machine only.

    launch(Path("samples/maison-lumiere"), port=8501)

Streamlit runs in this process until it is stopped. Nothing here imports Streamlit before it is
known to be installed, so that the command line stays light.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

ADDRESS: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8501
HERE: Final = Path(__file__).parent
NEEDED: Final = ("streamlit", "pyvis", "altair")
PORTS_TRIED: Final = 100
PATIENCE: Final = 60
"""Seconds to wait for the app to answer before its address is no longer announced."""


class CannotLaunch(Exception):
    """The app can't be started; `code` and `parameters` say why.

    Codes: `studio-not-installed` (`missing`: the libraries), `port-in-use` (`port`, and `free`,
    a port that isn't), `no-such-port` (`port`).
    """

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters


def settings() -> dict[str, str]:
    """Return the settings of Streamlit that the app runs with, by their names.

    Only this machine can reach it, nothing is reported to anybody, and the garbage isn't
    collected after every answer, which would take longer than the answer.
    """
    return {
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        "client.showSidebarNavigation": "false",
        "client.toolbarMode": "viewer",
        "logger.hideWelcomeMessage": "true",
        "logger.level": "warning",
        "runner.magicEnabled": "false",
        "runner.postScriptGC": "false",
        "server.address": ADDRESS,
        "server.fileWatcherType": "none",
        "server.headless": "true",
        "server.maxUploadSize": "1",
        "theme.base": str(HERE / "theme.toml"),
    }


def launch(
    directory: Path,
    *,
    port: int | None = None,
    language: str = "",
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the app on `directory` until it is stopped.

    Args:
        directory: the workspace.
        port: where to listen; by default the environment's STREAMLIT_SERVER_PORT, else 8501.
        language: the language to begin in, `en` or `fr`; the environment's by default.
        announce: told the address, once the app answers there.

    Raises:
        CannotLaunch: a library is missing, or the port is taken.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise CannotLaunch("studio-not-installed", missing=", ".join(missing))
    port = _port(port)
    from streamlit.web import cli

    flags = [f"--{name}={value}" for name, value in settings().items()]
    words = [str(directory.resolve()), *([language] if language else [])]
    threading.Thread(target=_announce, args=(port, announce), daemon=True).start()
    cli.main(
        ["run", str(HERE / "app.py"), f"--server.port={port}", *flags, "--", *words],
        standalone_mode=False,
    )


def address(port: int) -> str:
    """Return where a browser finds the app."""
    return f"http://localhost:{port}"


def _port(asked: int | None) -> int:
    said = os.environ.get("STREAMLIT_SERVER_PORT", "")
    port = asked if asked is not None else int(said) if said.isdecimal() else DEFAULT_PORT
    if not 1 <= port <= 65535:
        raise CannotLaunch("no-such-port", port=port)
    if not _is_free(port):
        others = range(port + 1, min(port + PORTS_TRIED, 65536))
        raise CannotLaunch("port-in-use", port=port, free=next(filter(_is_free, others), None))
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as server:
        if sys.platform != "win32":
            # As servers do: a port whose last connection is still closing is free. On Windows
            # the same option would take over a port in use.
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def _announce(port: int, announce: Callable[[str], None]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = HTTPConnection(ADDRESS, port, timeout=1)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == 200:
                announce(address(port))
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
