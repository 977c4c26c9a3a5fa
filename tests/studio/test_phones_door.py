"""The door for phones: where it is, that it stays open, and what keeps it shut."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from charter.messages import Language, speaker
from charter.messages.phones import REASONS, reason
from charter.private_folder import PrivateFolder
from charter.studio import readying
from charter.studio.launch import CannotLaunch, launch
from charter.studio.phones import LINK, PHONES, CannotOpen, Door, Listening, door, read_listening
from charter.studio.phones.health import health
from charter.studio.phones.listening import own_address
from charter.workshop import Workshops
from tests.scenarios.transcript import run_here

ENGLISH = speaker(Language.ENGLISH)
WITHIN = 20.0


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


@contextmanager
def program(root: Path, port: int, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the program that serves phones, as the app does."""
    command = [sys.executable, "-m", "charter.studio.phones", str(root), "--port", str(port)]
    with subprocess.Popen(
        [*command, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(WITHIN)


def said_by(process: subprocess.Popen[bytes]) -> dict[str, object]:
    assert process.stdout is not None
    said: dict[str, object] = json.loads(process.stdout.readline())
    return said


# Where it is.


@pytest.mark.parametrize(
    ("place", "listening"),
    [
        ("", Listening("127.0.0.1", 8502)),
        ("0.0.0.0", Listening("0.0.0.0", 8502)),
        ("0.0.0.0:8600", Listening("0.0.0.0", 8600)),
        (" localhost:80 ", Listening("localhost", 80)),
        ("127.0.0.1", Listening("127.0.0.1", 8502)),
        ("::1", Listening("::1", 8502)),
        ("[::1]", Listening("::1", 8502)),
        ("[::1]:8600", Listening("::1", 8600)),
    ],
)
def test_the_place_is_an_address_and_maybe_a_port(
    place: str, listening: Listening, monkeypatch: pytest.MonkeyPatch
):
    # Not every machine has the newer addresses.
    monkeypatch.setattr("charter.studio.phones.listening._is_own", lambda _: True)
    assert read_listening(place, "") == listening


@pytest.mark.parametrize(
    ("place", "link", "code"),
    [
        ("nowhere", "", "phones-address"),
        ("maison.example", "", "phones-address"),
        (":8502", "", "phones-address"),
        ("[127.0.0.1", "", "phones-address"),
        ("256.0.0.1", "", "phones-address"),
        ("127.0.0.1:", "", "phones-port"),
        ("127.0.0.1:0", "", "phones-port"),
        ("127.0.0.1:65536", "", "phones-port"),
        ("0.0.0.0:http", "", "phones-port"),
        ("203.0.113.7", "", "phones-unreachable"),
        ("", "maison.example", "phones-link"),
        ("", "ftp://maison.example", "phones-link"),
        ("", "https://", "phones-link"),
        ("", "https://maison.example/#there", "phones-link"),
        ("", "https://maison.example/?to=x", "phones-link"),
        ("", "https://maison.example:x", "phones-link"),
        ("", "https://a@maison.example", "phones-link"),
        ("", "https://maison.example/\u202e", "phones-link"),
    ],
)
def test_what_is_no_place_is_told_in_both_languages(place: str, link: str, code: str):
    with pytest.raises(CannotOpen) as refused:
        read_listening(place, link)
    assert refused.value.code == code
    told = {reason(code, refused.value.parameters, speaker(each)) for each in Language}
    assert len(told) == 2


def test_every_problem_has_a_sentence():
    for code in REASONS:
        assert Door(problem=code, parameters=(("value", "x"),)).tell(ENGLISH)
    assert Door("http://127.0.0.1:8502").tell(ENGLISH) == ""


@pytest.mark.parametrize(
    ("listening", "address", "is_here_only"),
    [
        (Listening("127.0.0.1"), "http://127.0.0.1:8600", True),
        (Listening("localhost"), "http://localhost:8600", True),
        (Listening("::1"), "http://[::1]:8600", True),
        (Listening("192.168.1.20"), "http://192.168.1.20:8600", False),
        (Listening("127.0.0.1", link="https://maison.example"), "https://maison.example", False),
    ],
)
def test_what_phones_open(listening: Listening, address: str, is_here_only: bool):
    assert listening.address(8600) == address
    assert listening.is_for_this_machine_only == is_here_only


def test_the_code_stands_where_no_server_is_told_of_it():
    assert Door("http://192.168.1.20:8502").link("K7QM3PXD") == "http://192.168.1.20:8502/#K7QM3PXD"


def test_all_addresses_are_told_as_one_that_others_reach(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, int]] = []

    class Asked:
        """A socket of a machine that is on one of the networks asked for."""

        def connect(self, place: tuple[str, int]) -> None:
            asked.append(place)
            if len(asked) < 3:
                raise OSError("no way there")

        def getsockname(self) -> tuple[str, int]:
            return "172.30.1.2", 40000

    monkeypatch.setattr("socket.socket", lambda *_: contextlib.nullcontext(Asked()))
    assert Listening("0.0.0.0").address(8502) == "http://172.30.1.2:8502"
    assert len(asked) == 3
    monkeypatch.setattr(Asked, "connect", lambda *_: (_ for _ in ()).throw(OSError()))
    with pytest.raises(CannotOpen) as alone:
        own_address("0.0.0.0")
    assert alone.value.code == "phones-no-network"


# Staying open.


def test_a_door_is_opened_found_and_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A phone comes back to where it was, also when what served it was killed."""
    port = free_port()
    monkeypatch.setenv(PHONES, f"127.0.0.1:{port}")
    opened = door(tmp_path)
    assert opened == Door(f"http://127.0.0.1:{port}", True)
    assert door(tmp_path) == opened
    serving = processes_that_serve(tmp_path)
    assert len(serving) == 1
    os.kill(serving[0], signal.SIGKILL)
    until(lambda: processes_that_serve(tmp_path) not in ([], serving) and answers(opened.address))
    assert door(tmp_path) == opened
    assert len(processes_that_serve(tmp_path)) == 1


def processes_that_serve(root: Path) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"charter.studio.phones" in words and os.fsencode(root.resolve()) in words:
            found.append(int(folder.name))
    return found


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_it_ends_with_whoever_started_it(tmp_path: Path):
    with program(tmp_path, free_port()) as process:
        assert "port" in said_by(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(WITHIN) == 0


def test_two_apps_on_one_workspace_share_a_door(tmp_path: Path):
    port = free_port()
    with program(tmp_path, port) as first:
        assert said_by(first) == {"port": port}
        with program(tmp_path, port) as second:
            assert said_by(second) == {"port": port, "is_found": True}
            assert second.wait(WITHIN) == 0


def test_another_workspace_has_a_door_of_its_own(tmp_path: Path):
    port = free_port()
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    with program(one, port) as first:
        assert said_by(first) == {"port": port}
        with program(other, port) as second:
            beside = said_by(second)["port"]
            assert beside != port
            with urllib.request.urlopen(f"http://127.0.0.1:{beside}/health") as answer:
                assert json.load(answer) == health(other, "127.0.0.1")
    # Phones come back to where it was, though the port that was wanted is free now.
    with program(other, port) as third:
        assert said_by(third) == {"port": beside}


def test_a_port_that_a_proxy_knows_is_not_left(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with program(tmp_path, port, "--link", "https://maison.example") as process:
            assert said_by(process) == {"shut": "phones-port-in-use", "value": str(port)}


def test_a_machine_without_that_address_says_so(tmp_path: Path):
    with program(tmp_path, free_port(), "--at", "203.0.113.7") as process:
        assert said_by(process) == {"shut": "phones-unreachable", "value": "203.0.113.7"}


def test_a_door_that_cannot_open_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(PHONES, "nowhere")
    shut = door(tmp_path)
    assert (shut.address, shut.problem) == ("", "phones-address")
    assert "“nowhere”" in shut.tell(ENGLISH)


def test_the_address_is_that_of_the_network_where_the_machine_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A laptop is carried into the room after the app was started."""
    port = free_port()
    monkeypatch.setenv(PHONES, f"0.0.0.0:{port}")
    own = "charter.studio.phones.listening.own_address"
    monkeypatch.setattr(own, lambda _: "192.168.1.20")
    assert door(tmp_path) == Door(f"http://192.168.1.20:{port}", False)
    monkeypatch.setattr(own, lambda _: "10.1.2.3")
    assert door(tmp_path) == Door(f"http://10.1.2.3:{port}", False)


# With the app.


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--phones", "nowhere"], "“nowhere” is no address for phones."),
        (
            ["--phones", "127.0.0.1:0", "--lang", "fr"],
            "Il n’y a pas de port 0 pour les téléphones.",
        ),
        (["--phones-link", "nowhere", "--lang", "fr"], "« nowhere » n’est pas un lien"),
    ],
)
def test_the_command_says_what_is_wrong_with_where_phones_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], sentence: str
):
    monkeypatch.setenv(PHONES, "")
    monkeypatch.setenv(LINK, "")
    run = run_here(["studio", ".", "--port", str(free_port()), *words], tmp_path)
    assert run.status == 2
    assert sentence in " ".join(run.stderr.replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("place", "link", "code"),
    [("nowhere", None, "phones-address"), (None, "nowhere", "phones-link")],
)
def test_the_app_does_not_start_with_a_place_that_is_none(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str | None,
    link: str | None,
    code: str,
):
    monkeypatch.setenv(PHONES, "")
    monkeypatch.setenv(LINK, "")
    with pytest.raises(CannotLaunch) as refused:
        launch(tmp_path, port=free_port(), phones=place, phones_link=link)
    assert refused.value.code == code


def test_where_phones_come_in_is_kept_for_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(PHONES, "")
    monkeypatch.setattr("streamlit.web.cli.main", lambda *_, **__: None)
    launch(tmp_path, port=free_port(), phones="127.0.0.1:8600")
    assert os.environ[PHONES] == "127.0.0.1:8600"


@pytest.mark.parametrize(("is_ended", "is_opened"), [(False, True), (True, False)])
def test_the_door_opens_with_the_app_while_a_workshop_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_ended: bool, is_opened: bool
):
    opened: list[Path] = []
    monkeypatch.setattr(readying, "open_early", opened.append)
    monkeypatch.setattr(readying, "FIRST_PAGE_WITHIN", 0)
    monkeypatch.setattr(readying.gc, "freeze", lambda: None)
    workshops = Workshops(PrivateFolder(tmp_path))
    workshop = workshops.open("Our journey", "Anne", 1.0)
    if is_ended:
        workshops.move(workshop, lambda now: now.ended(2.0))
    readying.ready(tmp_path)
    assert opened == [tmp_path] * is_opened
