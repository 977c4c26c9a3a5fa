"""Whoever serves phones may be killed at any moment: what was acknowledged is there afterwards."""

import contextlib
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from charter.private_folder import PrivateFolder
from charter.workshop import Card, Kind, Round, Workshops
from charter.workshop.workshops import FILE
from journeys.document import Words
from tests.studio.phones import WITHIN, Phone, Server, connected
from tests.torture.measure import WORKSHOP_KILLS

CARDS = tuple(Card(f"t{number}", Words.of(f"Touchpoint {number}")) for number in range(12))
ROUND = Round("r1", Kind.EMOTION, cards=CARDS)
PARTICIPANTS = 12
VOTES = 18
"""Of each participant: fewer than a server takes at once."""


class Voter(threading.Thread):
    """A participant who votes as fast as they are answered, until the server is gone.

    Attributes:
        unsent: The names of the votes that weren't acknowledged.
        kept: The names of those that were.
    """

    def __init__(self, port: int, token: str, names: list[str]) -> None:
        super().__init__(daemon=True)
        self.port, self.token = port, token
        self.unsent = names
        self.kept: list[str] = []

    def run(self) -> None:
        gone = contextlib.suppress(ConnectionClosed, InvalidHandshake, OSError)
        with gone, connected(self.port) as phone:
            phone.come_back(self.token)
            while self.unsent:
                self.vote(phone, self.unsent[0])

    def vote(self, phone: Phone, name: str) -> None:
        place = int(name.removeprefix("v"))
        key = CARDS[place % len(CARDS)].key
        told = phone.answer(name, key, ROUND.id, emotion=place % 5 - 2)
        assert told == {"type": "kept", "name": name}
        self.kept.append(name)
        self.unsent.pop(0)


def votes_in(root: Path, workshop: str) -> list[tuple[int, str]]:
    """Return whose vote of which name is on the disk, as often as it is."""
    with contextlib.closing(sqlite3.connect(PrivateFolder(root).path / FILE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = "SELECT participant, name FROM answer WHERE workshop = ?"
        return database.execute(rows, (workshop,)).fetchall()


def all_at_once(voters: list[Voter], until: Callable[[], object]) -> None:
    for voter in voters:
        voter.start()
    until()
    for voter in voters:
        voter.join(WITHIN)


def test_what_was_acknowledged_is_there_however_the_server_ends(tmp_path: Path):
    """And what wasn't, sent again, is there once."""
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    workshops = Workshops(PrivateFolder(tmp_path))
    names = [f"v{number}" for number in range(VOTES)]
    kept_in_all = unsent_in_all = 0
    server = Server(tmp_path, 8700)
    for _ in range(WORKSHOP_KILLS):
        opened = workshops.open("Torture", "Anne", time.time(), [ROUND])
        workshop = workshops.move(opened, lambda now: now.started(time.time()))
        joined = [workshops.join(workshop.code, f"P{each}") for each in range(PARTICIPANTS)]
        voters = [Voter(server.port, each.token, [*names]) for each in joined]

        def kill_amid(voters: list[Voter] = voters) -> None:
            while not any(voter.kept for voter in voters):
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.25))
            server.kill()

        all_at_once(voters, kill_amid)
        numbers = [each.participant.number for each in joined]
        acknowledged = {
            (number, name)
            for number, voter in zip(numbers, voters, strict=True)
            for name in voter.kept
        }
        lost = acknowledged - set(votes_in(tmp_path, workshop.id))
        assert lost == set(), f"seed {seed}"
        server.begin()
        back = [Voter(server.port, voter.token, voter.unsent) for voter in voters]
        all_at_once(back, lambda: None)
        found = votes_in(tmp_path, workshop.id)
        assert sorted(found) == sorted((number, name) for number in numbers for name in names)
        kept_in_all += len(acknowledged)
        unsent_in_all += PARTICIPANTS * VOTES - len(acknowledged)
    server.kill()
    print(f"{WORKSHOP_KILLS} kills: {kept_in_all} acknowledged, {unsent_in_all} sent again")
    assert kept_in_all
    assert unsent_in_all
