"""The door as the app knows it: opened, found open, or opened again once it fell shut."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from charter.messages import Speaker
from charter.messages.phones import reason
from charter.studio.phones.health import health
from charter.studio.phones.listening import LINK, PHONES, CannotOpen, Listening, read_listening

OPENS_WITHIN: Final = 10.0
"""Seconds that are waited for a door to open before it counts as shut."""
LOOKS_EVERY: Final = 1.0
"""Seconds between two looks at a door that another program keeps open."""
_PAUSES: Final = (0.1, 0.5, 1.0, 2.0, 5.0)
"""Seconds until a door that fell shut is opened again, once after the other."""
_STANDS_AFTER: Final = 30.0
"""Seconds after which a door that opened counts as one that stays open."""


@dataclass(frozen=True)
class Door:
    """Where phones come in.

    Attributes:
        address: What they open, such as ``http://192.168.1.20:8502``; empty where it is shut.
        is_for_this_machine_only: Whether no phone can come in from elsewhere.
        problem: Why it is shut, as ``charter.messages.phones`` knows it; empty where it is open.
        parameters: What its sentence names.
    """

    address: str = ""
    is_for_this_machine_only: bool = True
    problem: str = ""
    parameters: tuple[tuple[str, object], ...] = ()

    def link(self, code: str) -> str:
        """Return what a phone opens to be in the workshop of a code.

        The code stands where browsers tell no server, so that it is in no log.
        """
        return f"{self.address}/#{code}"

    def tell(self, speak: Speaker) -> str:
        """Return why it is shut, for people; empty where it is open."""
        return reason(self.problem, dict(self.parameters), speak) if self.problem else ""


def door(root: Path) -> Door:
    """Return the door of a workspace's workshops; it is opened, if it wasn't yet."""
    return _doorkeeper(root).door()


def open_early(root: Path) -> None:
    """Begin to open the door, for phones that come back before anybody asks for it."""
    _doorkeeper(root)


@dataclass
class _Doorkeeper:
    """Keeps the door of one workspace open for as long as this program runs."""

    root: Path
    place: str
    link: str
    _open: Listening | None = None
    _shut: CannotOpen | None = None
    _port: int = 0
    _is_known: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        threading.Thread(target=self._keep_open, daemon=True, name="phones").start()

    def door(self) -> Door:
        self._is_known.wait(OPENS_WITHIN)
        try:
            if self._open is None:
                raise self._shut or CannotOpen("phones-not-started")
            # Asked each time: a machine that is carried from one network to another has another.
            address = self._open.address(self._port)
        except CannotOpen as shut:
            return Door(problem=shut.code, parameters=tuple(shut.parameters.items()))
        return Door(address, self._open.is_for_this_machine_only)

    def _keep_open(self) -> None:
        failed = 0
        while True:
            began = time.monotonic()
            try:
                self._stand_by(read_listening(self.place, self.link))
                shut = CannotOpen("phones-not-started")
            except CannotOpen as reason:
                shut = reason
            except OSError:
                shut = CannotOpen("phones-not-started")
            failed = 0 if time.monotonic() - began > _STANDS_AFTER else failed + 1
            # Once is no news: it is open again before anybody has looked.
            if failed > 1 or self._open is None:
                self._open, self._shut = None, shut
                self._is_known.set()
            time.sleep(_PAUSES[min(failed, len(_PAUSES) - 1)])

    def _stand_by(self, listening: Listening) -> None:
        """Open the door, and return once it is shut."""
        wanted = self._port or listening.port
        command = [sys.executable, "-m", "charter.studio.phones", str(self.root)]
        command += ["--at", listening.host, "--port", str(wanted)]
        if listening.link:
            command += ["--link", listening.link]
        # It ends once its standard input does, so when this program ends in whatever way. What
        # interrupts this program in a terminal isn't for it.
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        ) as process:
            assert process.stdout is not None
            try:
                said = json.loads(process.stdout.readline() or b"{}")
            except ValueError:
                said = {}
            if "shut" in said:
                raise CannotOpen(said["shut"], value=said.get("value", ""))
            if "port" not in said:
                return
            self._port = int(said["port"])
            self._open = listening
            self._is_known.set()
            process.wait()
        if said.get("is_found"):
            while is_served(self.root, listening, self._port):
                time.sleep(LOOKS_EVERY)


def is_served(root: Path, listening: Listening, port: int) -> bool:
    """Return whether a door of that workspace is open there, for the same phones."""
    connection = HTTPConnection(listening.here(), port, timeout=1)
    with contextlib.closing(connection), contextlib.suppress(OSError, HTTPException, ValueError):
        connection.request("GET", "/health")
        answer = connection.getresponse()
        said = json.loads(answer.read(4096))
        return bool(said == health(root, listening.host))
    return False


_doorkeepers: dict[Path, _Doorkeeper] = {}
_lock = threading.Lock()


def _doorkeeper(root: Path) -> _Doorkeeper:
    root = root.resolve()
    with _lock:
        if root not in _doorkeepers:
            keeper = _Doorkeeper(root, os.environ.get(PHONES, ""), os.environ.get(LINK, ""))
            keeper.begin()
            _doorkeepers[root] = keeper
        return _doorkeepers[root]
