"""A workshop with many participants at once: whether a vote is lost, and how soon it is seen.

``python -m benchmarks.workshop`` prints a table and writes its part of docs/load.md.
``--participants 60 --seconds 60`` are what it does by itself. Each participant is a websocket to
the program that serves phones, joins by the code, and votes once a second. A process of its own
stands for the board of the room, and looks four times a second.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import platform
import select
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.load import FILE, at_most
from benchmarks.parts import put_part
from charter.private_folder import PrivateFolder
from charter.workshop import Card, Kind, Round, Workshop, Workshops
from charter.workshop.workshops import FILE as DATABASE
from journeys.document import Words

ROOT = Path(__file__).resolve().parent.parent
EVERY = 1.0
"""Seconds between two votes of a participant."""
BOARD_LOOKS_EVERY = 0.25
SEEN_WITHIN = 2.0
"""Seconds that the board has for the last votes."""


class NotServed(Exception):
    """The program that serves phones didn't do what was waited for."""


# ── The programs ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Server:
    """The program that serves phones."""

    process: subprocess.Popen[bytes]
    port: int

    def memory(self) -> float:
        """Return the MiB that it holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def worked(self) -> float:
        """Return the seconds for which a processor worked for it."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(root: Path, port: int) -> Iterator[Server]:
    """Serve the phones of a workspace, as the app does."""
    command = [sys.executable, "-m", "charter.studio.phones", str(root), "--port", str(port)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        said = json.loads(process.stdout.readline() or b"{}")
        if "port" not in said:
            raise NotServed(str(said))
        yield Server(process, said["port"])
        process.stdin.close()


@contextmanager
def watched(root: Path, workshop: str) -> Iterator[dict[str, float]]:
    """Let the board look meanwhile; afterwards, when it saw each vote stands in what is yielded."""
    command = [sys.executable, "-m", "benchmarks.workshop", "--board", str(root), workshop]
    seen: dict[str, float] = {}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        # It looks.
        process.stdout.readline()
        yield seen
        told, _ = process.communicate()
        seen.update(json.loads(told))


def watch(root: Path, id: str) -> None:
    """Be the board: note when each vote is seen first, until the standard input ends."""
    workshops = Workshops(PrivateFolder(root))
    seen: dict[str, float] = {}
    mark: object = None
    print("looking", flush=True)
    while not select.select([sys.stdin], [], [], BOARD_LOOKS_EVERY)[0]:
        if (now := workshops.mark()) == mark:
            continue
        mark = now
        round = workshops.workshop(id).round
        assert round is not None
        for each in workshops.answers(id, round):
            seen.setdefault(f"{each.participant} {each.key}", time.monotonic())
    print(json.dumps(seen))


# ── Participants ─────────────────────────────────────────────────────────────────────────────


@dataclass
class Participant:
    """One of the room.

    Attributes:
        given: When each vote was sent, by its card.
        took: Seconds from each vote until it was acknowledged.
        refused: Why votes weren't taken.
    """

    nickname: str
    given: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    async def vote_until(self, line: ClientConnection, end: float, first: float) -> None:
        """Vote once a second, each participant at moments of their own, on one card each."""
        due, number = first, 0
        while due < end:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            key = f"t{number}"
            vote = {"type": "answer", "name": f"v{number}", "round": "r1", "key": key}
            self.given[key] = began = time.monotonic()
            await line.send(json.dumps({**vote, "says": {"emotion": number % 5 - 2}}))
            told = await hear(line, "kept", "refused")
            self.took.append(time.monotonic() - began)
            if told["type"] == "refused":
                self.refused.append(str(told["reason"]))
            number += 1
            due = max(due + EVERY, time.monotonic())


async def hear(line: ClientConnection, *sorts: str) -> dict[str, object]:
    while True:
        message: dict[str, object] = json.loads(await line.recv())
        if message["type"] in sorts:
            return message


async def take_part(port: int, code: str, participants: int, seconds: float) -> list[Participant]:
    """Let all join first, and vote then."""
    here = f"127.0.0.1:{port}"
    people = [Participant(f"P{number}") for number in range(participants)]
    async with contextlib.AsyncExitStack() as lines:
        joined = []
        for each in people:
            line = await lines.enter_async_context(
                connect(f"ws://{here}/room", origin=f"http://{here}", proxy=None)
            )
            hello = {"type": "join", "code": code, "nickname": each.nickname, "language": "en"}
            await line.send(json.dumps(hello))
            await hear(line, "state")
            joined.append(line)
        began = time.monotonic()
        async with asyncio.TaskGroup() as together:
            for number, (each, line) in enumerate(zip(people, joined, strict=True)):
                first = began + EVERY * (number * 0.618 % 1)
                together.create_task(each.vote_until(line, began + seconds, first))
    return people


# ── The figures ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Figures:
    """What was measured.

    Attributes:
        sent: Votes that were sent.
        kept: Those of them in the database.
        refused: Those that weren't taken.
        acknowledged: Seconds until each was acknowledged.
        seen: Seconds until each was on the board; of those that were.
        worked: Seconds for which a processor worked for the server.
        memory: MiB that the server held at the end.
    """

    sent: int
    kept: int
    refused: int
    acknowledged: Sequence[float]
    seen: Sequence[float]
    worked: float
    memory: float


def measure(participants: int, seconds: float, port: int) -> Figures:
    """Let a room vote, and count."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        workshops = Workshops(PrivateFolder(root))
        workshop = begun(workshops, int(seconds / EVERY) + 1)
        with served(root, port) as server, watched(root, workshop.id) as board:
            before = server.worked()
            people = asyncio.run(take_part(server.port, workshop.code, participants, seconds))
            worked, memory = server.worked() - before, server.memory()
            time.sleep(SEEN_WITHIN)
        numbers = {each.nickname: each.number for each in workshops.participants(workshop.id)}
        given = {
            f"{numbers[each.nickname]} {key}": when
            for each in people
            for key, when in each.given.items()
        }
        with contextlib.closing(sqlite3.connect(PrivateFolder(root).path / DATABASE)) as database:
            rows = database.execute("SELECT participant, key FROM answer").fetchall()
        kept = [f"{participant} {key}" for participant, key in rows]
    return Figures(
        sent=len(given),
        kept=len(set(kept) & given.keys()) if len(kept) == len(set(kept)) else len(kept),
        refused=sum(len(each.refused) for each in people),
        acknowledged=[took for each in people for took in each.took],
        seen=[board[vote] - when for vote, when in given.items() if vote in board],
        worked=worked,
        memory=memory,
    )


def begun(workshops: Workshops, cards: int) -> Workshop:
    """Return a workshop whose round is open, with a card for each vote of a participant."""
    on_them = tuple(Card(f"t{each}", Words.of(f"Touchpoint {each}")) for each in range(cards))
    round = Round("r1", Kind.EMOTION, cards=on_them)
    opened = workshops.open("Under load", "", time.time(), [round])
    return workshops.move(opened, lambda workshop: workshop.started(time.time()))


def table(figures: Figures) -> str:
    """Return the figures as a table."""
    rows = [
        ("Votes sent", f"{figures.sent:,}", ""),
        ("Votes in the database", f"{figures.kept:,}", f"{figures.sent:,}"),
        ("Votes refused", f"{figures.refused:,}", "0"),
        ("Votes seen on the board", f"{len(figures.seen):,}", f"{figures.sent:,}"),
        *spread("From a vote to its acknowledgement", figures.acknowledged),
        *spread("From a vote to the board", figures.seen),
        ("Work of the server", f"{figures.worked:.1f} s of a processor", ""),
        ("Memory of the server", f"{figures.memory:.0f} MiB", ""),
    ]
    lines = ["| | measured | goal |", "|---|---:|---:|"]
    return "\n".join([*lines, *(f"| {what} | {much} | {goal} |" for what, much, goal in rows)])


def spread(what: str, took: Sequence[float]) -> list[tuple[str, str, str]]:
    if not took:
        return [(what, "never", "")]
    return [
        (f"{what}, median", f"{median(took) * 1000:.0f} ms", ""),
        (f"{what}, 95 of 100", f"{at_most(0.95, took) * 1000:.0f} ms", ""),
        (f"{what}, the longest", f"{max(took) * 1000:.0f} ms", ""),
    ]


def described(figures: Figures, participants: int, seconds: float) -> str:
    """Return the part of docs/load.md."""
    waiting = os.getloadavg()[0]
    return f"""\
## Phones of a workshop

Written by `make load`, which measures again. {participants} participants, each a websocket to the
program that serves phones, vote once a second for {seconds:g} s; each vote is acknowledged once it
is on the disk. The board is a process of its own that looks every
{BOARD_LOOKS_EVERY * 1000:.0f} ms, so that a vote waits for half of that on average before it can be
seen.

{table(figures)}

Python {platform.python_version()}, {os.cpu_count()} processors, of which {waiting:.1f} were busy on
average in the last minute, these measurements included.
"""


def main() -> None:
    """Measure, print, and write the figures down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--participants", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--port", type=int, default=8660)
    parser.add_argument("--dry", action="store_true", help="write nothing down")
    parser.add_argument("--board", nargs=2, metavar=("ROOT", "ID"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.board:
        watch(Path(asked.board[0]), asked.board[1])
        return
    figures = measure(asked.participants, asked.seconds, asked.port)
    print(table(figures))
    if not asked.dry:
        put_part(FILE, described(figures, asked.participants, asked.seconds))


if __name__ == "__main__":
    main()
