"""Phones and their server, as tests of both use them."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from charter.private_folder import PrivateFolder
from charter.studio.phones.listening import Listening, listen
from charter.studio.phones.server import server
from charter.workshop import Round, Workshop, Workshops

WITHIN = 10.0
"""Seconds in which a phone hears something, however busy the machine is."""


class Phone:
    """A phone, as the room hears it."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.token = ""

    def send(self, **message: Any) -> None:
        self.line.send(json.dumps(message))

    def hears(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.line.recv(timeout=WITHIN))
        return message

    def hears_of(self, sort: str) -> dict[str, Any]:
        """Return the next message of a sort; what comes before it is overheard."""
        while (message := self.hears())["type"] != sort:
            pass
        return message

    def join(self, code: str, nickname: str = "Chloé", language: str = "en") -> dict[str, Any]:
        """Join, and return the state that it is told."""
        self.send(type="join", code=code, nickname=nickname, language=language)
        joined = self.hears()
        assert joined["type"] == "joined", joined
        self.token = joined["token"]
        return self.hears()

    def come_back(self, token: str) -> dict[str, Any]:
        self.send(type="return", token=token)
        assert self.hears()["type"] == "joined"
        return self.hears()

    def answer(self, called: str, key: str, round: str = "r1", /, **says: Any) -> dict[str, Any]:
        """Answer, and return what it is told of it."""
        self.send(type="answer", name=called, round=round, key=key, says=says)
        return self.hears()


@contextmanager
def connected(port: int, origin: str | None = None) -> Iterator[Phone]:
    """Connect a phone to a server on this machine, from its own page if no other is named."""
    host = f"127.0.0.1:{port}"
    page = f"http://{host}" if origin is None else origin
    with connect(
        f"ws://{host}/room", origin=Origin(page) if page else None, proxy=None, close_timeout=1
    ) as line:
        yield Phone(line)


@dataclass(frozen=True)
class Page:
    """What was answered to a request."""

    status: int
    headers: dict[str, str]
    content: bytes


class Room:
    """The server of a workspace's phones, and one workshop that has begun."""

    def __init__(self, root: Path, rounds: tuple[Round, ...], port: int) -> None:
        self.root = root
        self.port = port
        self.workshops = Workshops(PrivateFolder(root))
        self.id = self.workshops.open("Our journey", "Anne", time.time(), rounds).id
        self.move(lambda workshop: workshop.started(time.time()))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def workshop(self) -> Workshop:
        return self.workshops.workshop(self.id)

    def move(self, move: Callable[[Workshop], Workshop]) -> None:
        self.workshops.move(self.workshop, move)

    @contextmanager
    def phone(self, origin: str | None = None) -> Iterator[Phone]:
        with connected(self.port, origin) as phone:
            yield phone

    def get(self, path: str, host: str = "") -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN)
        connection.putrequest("GET", path, skip_host=bool(host))
        if host:
            connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        page = Page(answer.status, dict(answer.getheaders()), answer.read())
        connection.close()
        return page

    def said(self, round: Round) -> list[tuple[str, Any]]:
        return [(each.key, each.says) for each in self.workshops.answers(self.id, round)]


@contextmanager
def served(root: Path) -> Iterator[int]:
    """Serve the phones of a workspace in a thread of this process, and yield the port."""
    place = listen("127.0.0.1", 0)
    serving = server(root, Listening())
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    try:
        yield place.getsockname()[1]
    finally:
        serving.should_exit = True
        thread.join(WITHIN)


class Server:
    """The program that serves phones; begun again where it was, once it was killed."""

    def __init__(self, root: Path, port: int) -> None:
        self.root, self.port = root, port
        self.begin()

    def begin(self) -> None:
        command = [sys.executable, "-m", "charter.studio.phones", str(self.root)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self.process.stdout is not None
        self.port = json.loads(self.process.stdout.readline())["port"]

    def kill(self) -> None:
        with self.process:
            self.process.kill()
