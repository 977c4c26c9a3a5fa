"""Workshops kept in a database beside the charter, in the app's private folder.

    workshops = Workshops(PrivateFolder(root))
    workshop = workshops.open("Our markers", "Anne", now, rounds)
    joined = workshops.join(workshop.code, "Chloé", now)
    workshops.keep([Given("a1", joined.token, "r1", "welcome", {"emotion": 2})], now)

It is SQLite's write-ahead log that keeps a vote through a kill at any moment: what `keep` says it
kept is on the disk. Several programs use it at once, the app and the one that serves phones.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter

from charter.private_folder import PrivateFolder
from charter.workshop.answers import Answer, Refused, line_of, plain, read_answer
from charter.workshop.rounds import Round
from charter.workshop.running import Workshop

FILE: Final = "workshops.sqlite3"
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What codes are made of: what can't be taken for something else when it is read or said."""
CODE_LENGTH: Final = 8
MOST_PARTICIPANTS: Final = 300
MOST_ANSWERS: Final = 500
"""How often one participant may answer in a round, what was said otherwise counted too."""
LONGEST_NICKNAME: Final = 30
LONGEST_KEY: Final = 200
PATIENCE: Final = 10.0
"""Seconds that a program waits for another one that is writing."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS workshop (
    id TEXT PRIMARY KEY, code TEXT UNIQUE NOT NULL, revision INTEGER NOT NULL, said TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS participant (
    workshop TEXT NOT NULL REFERENCES workshop ON DELETE CASCADE,
    number INTEGER NOT NULL, nickname TEXT NOT NULL, token TEXT UNIQUE NOT NULL,
    PRIMARY KEY (workshop, number)
) STRICT;
CREATE TABLE IF NOT EXISTS answer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop TEXT NOT NULL, participant INTEGER NOT NULL, name TEXT NOT NULL,
    round TEXT NOT NULL, key TEXT NOT NULL, says TEXT NOT NULL,
    is_taken_back INTEGER NOT NULL DEFAULT 0,
    UNIQUE (workshop, participant, name),
    FOREIGN KEY (workshop, participant) REFERENCES participant ON DELETE CASCADE
) STRICT;
CREATE INDEX IF NOT EXISTS answer_in_round ON answer (workshop, round, participant, key);
"""
_SETTINGS: Final = (
    "PRAGMA journal_mode = WAL",
    # A vote that was acknowledged is there after a power cut too.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted is written over.
    "PRAGMA secure_delete = ON",
)
_WORKSHOP = TypeAdapter(Workshop)


class NoSuchWorkshop(Exception):
    """There is no workshop of that code, or none any more."""


class MovedMeanwhile(Exception):
    """Another facilitator moved the workshop.

    Attributes:
        workshop: It, as it is now.
    """

    def __init__(self, workshop: Workshop) -> None:
        super().__init__(workshop.id)
        self.workshop = workshop


class CannotKeep(Exception):
    """The disk refuses what is to be kept; nothing of it was.

    Attributes:
        detail: What the database says.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part.

    Attributes:
        workshop: The id of the only workshop that they see.
        number: Tells them from others, and nothing about them.
    """

    workshop: str
    number: int
    nickname: str


@dataclass(frozen=True)
class Joined:
    """Somebody who just joined; who has the ``token`` speaks as them."""

    participant: Participant
    token: str


@dataclass(frozen=True)
class Given:
    """What a phone sends.

    Attributes:
        name: What the phone calls it. Sent again, after a phone dropped off, it counts once.
        token: Who sends it.
        says: The fields of the answer, as they came; None takes the last answer of the round
            back, so that the one before it counts again.
    """

    name: str
    token: str
    round: str
    key: str
    says: object


@dataclass(frozen=True)
class Kept:
    """What became of what a phone sent: kept, or ``refused`` for a reason."""

    given: Given
    refused: Refused | None = None


class Workshops:
    """The workshops of a workspace.

    Each call stands on its own and may come from any thread.
    """

    def __init__(self, folder: PrivateFolder) -> None:
        self._folder = folder

    # Facilitators.

    def open(self, title: str, by: str, now: float, rounds: Sequence[Round] = ()) -> Workshop:
        """Open a workshop; it has a code that can't be guessed.

        Raises:
            CannotKeep: The disk refuses.
        """
        workshop = Workshop(
            secrets.token_hex(8), _new_code(), line_of(title)[:200], by, now, tuple(rounds)
        )
        with self._writing() as database:
            said = _WORKSHOP.dump_json(workshop).decode()
            row = workshop.id, workshop.code, workshop.revision, said
            database.execute("INSERT INTO workshop VALUES (?, ?, ?, ?)", row)
        return workshop

    def all(self) -> list[Workshop]:
        """Return every workshop, the latest first."""
        if not self._is_there():
            return []
        with self._reading() as database:
            rows = database.execute("SELECT said FROM workshop").fetchall()
        found = [_WORKSHOP.validate_json(said) for (said,) in rows]
        return sorted(found, key=lambda each: (-each.opened, each.id))

    def workshop(self, id: str) -> Workshop:
        """Return a workshop by its id.

        Raises:
            NoSuchWorkshop: There is none, or none any more.
        """
        if not self._is_there():
            raise NoSuchWorkshop
        with self._reading() as database:
            return _workshop(database, id)

    def move(
        self,
        seen: Workshop,
        move: Callable[[Workshop], Workshop],
        *,
        is_of_round: bool = False,
    ) -> Workshop:
        """Make a move with a workshop, as a facilitator ``seen`` it, and return what it is then.

        Args:
            seen: The workshop, as it was seen.
            move: Returns what it is to be.
            is_of_round: Whether the move says how a round is to stand: open, closed, revealed. It
                is made as long as the workshop is at that round, whatever else was moved.

        Raises:
            NoSuchWorkshop: It was deleted.
            MovedMeanwhile: Another facilitator moved it. Nothing was done.
            NotNow: It can't be moved so.
            CannotKeep: The disk refuses.
        """
        with self._writing() as database:
            now = _workshop(database, seen.id)
            is_there = is_of_round and _place(now) == _place(seen)
            if now.revision != seen.revision and not is_there:
                raise MovedMeanwhile(now)
            moved = move(now)
            if moved == now:
                return now
            moved = replace(moved, revision=now.revision + 1)
            said = _WORKSHOP.dump_json(moved).decode()
            database.execute(
                "UPDATE workshop SET revision = ?, said = ? WHERE id = ?",
                (moved.revision, said, moved.id),
            )
        return moved

    def delete(self, id: str) -> None:
        """Delete a workshop and all that was said in it, for good: the disk is written over.

        Raises:
            CannotKeep: The disk refuses.
        """
        with self._writing() as database:
            database.execute("DELETE FROM workshop WHERE id = ?", (id,))
        with self._connected() as database:
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def participants(self, id: str) -> list[Participant]:
        """Return who takes part in a workshop, in no order that tells anything."""
        with self._reading() as database:
            rows = database.execute(
                "SELECT number, nickname FROM participant WHERE workshop = ? ORDER BY number", (id,)
            ).fetchall()
        return [Participant(id, number, nickname) for number, nickname in rows]

    def answers(self, id: str, round: Round, participant: int | None = None) -> list[Answer]:
        """Return what was answered in a round, as it stands, in the order in which it came."""
        whose, who = ("", ()) if participant is None else ("AND participant = ?", (participant,))
        with self._reading() as database:
            rows = database.execute(
                "SELECT first, participant, key, says FROM answer JOIN ("
                "  SELECT min(number) AS first, max(number) AS last FROM answer"
                f" WHERE workshop = ? AND round = ? AND NOT is_taken_back {whose}"
                "  GROUP BY participant, key"
                ") ON number = last ORDER BY first",
                (id, round.id, *who),
            ).fetchall()
        answers = []
        for number, by, key, says in rows:
            # An answer that the cards don't bear any more, as the round was changed, isn't one.
            with contextlib.suppress(Refused):
                read = read_answer(round, key, json.loads(says))
                answers.append(Answer(number, round.id, by, key, read))
        return answers

    def mark(self) -> tuple[object, ...]:
        """Return what is another once anything was written by anybody."""
        if not self._is_there():
            return ()
        with self._reading() as database:
            found: tuple[object, ...] = database.execute(
                "SELECT (SELECT max(number) FROM answer), (SELECT count(*) FROM participant),"
                " count(*), sum(revision) FROM workshop"
            ).fetchone()
        return found

    # Participants.

    def join(self, code: str, nickname: str) -> Joined:
        """Take somebody into the workshop of a code, under a nickname.

        A nickname that is there already gets a number behind it.

        Raises:
            NoSuchWorkshop: No workshop that goes on has that code.
            Refused: The nickname is none (``no-nickname``), or the room is full (``room-full``).
            CannotKeep: The disk refuses.
        """
        if not self._is_there():
            raise NoSuchWorkshop
        wanted = line_of(nickname[: 4 * LONGEST_NICKNAME])[:LONGEST_NICKNAME]
        if not wanted:
            raise Refused("no-nickname")
        token = secrets.token_urlsafe(24)
        with self._writing() as database:
            found = database.execute(
                "SELECT said FROM workshop WHERE code = ?", (plain_code(code),)
            ).fetchone()
            if found is None or (workshop := _WORKSHOP.validate_json(found[0])).is_ended:
                raise NoSuchWorkshop
            rows = database.execute(
                "SELECT number, nickname FROM participant WHERE workshop = ?", (workshop.id,)
            ).fetchall()
            if len(rows) >= MOST_PARTICIPANTS:
                raise Refused("room-full")
            names = {each.casefold() for _, each in rows}
            shown = _free(wanted, names)
            # By chance, so that nobody can tell who came first.
            free = sorted({*range(100, 1000)} - {number for number, _ in rows})
            number = secrets.choice(free)
            database.execute(
                "INSERT INTO participant VALUES (?, ?, ?, ?)",
                (workshop.id, number, shown, _digest(token)),
            )
        return Joined(Participant(workshop.id, number, shown), token)

    def returning(self, token: str) -> Participant:
        """Return who has a token.

        Raises:
            NoSuchWorkshop: Nobody, or nobody any more.
        """
        if not self._is_there():
            raise NoSuchWorkshop
        with self._reading() as database:
            return _participant(database, token)

    def keep(self, given: Sequence[Given]) -> list[Kept]:
        """Keep what phones send, all of it at once; say what became of each, in the same order.

        What is returned as kept is on the disk. What was kept before counts as kept again.

        Raises:
            CannotKeep: The disk refuses; nothing of it was kept.
        """
        with self._writing() as database:
            workshops: dict[str, Workshop] = {}
            return [_keep(database, each, workshops) for each in given]

    @contextlib.contextmanager
    def staying_open(self) -> Iterator[None]:
        """Keep the database open meanwhile: SQLite's log isn't begun and ended at each call.

        A program that keeps votes for hours writes them in half the time. Where there is no
        workshop yet, there is nothing to keep open.

        Raises:
            CannotKeep: The disk refuses.
        """
        if not self._is_there():
            yield
            return
        with self._connected() as database:
            # It is opened by the first question.
            database.execute("SELECT 1 FROM workshop").fetchone()
            yield

    # The database.

    def _is_there(self) -> bool:
        return (self._folder.path / FILE).is_file()

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            path = self._folder.place_for(FILE)
            opened = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            with contextlib.closing(opened) as database:
                for setting in _SETTINGS:
                    database.execute(setting)
                yield database
        except (sqlite3.DatabaseError, OSError) as error:
            raise CannotKeep(str(error)) from error

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as database:
            yield database

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as database:
            if not database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                database.executescript(_SCHEMA)
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    database.execute("ROLLBACK")
                raise


def shown_code(code: str) -> str:
    """Return a code as people read it, in two halves."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def plain_code(typed: str) -> str:
    """Return the code that somebody typed: small letters and dashes don't matter."""
    return "".join(letter for letter in typed.upper()[:40] if letter in ALPHABET)


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _digest(token: str) -> str:
    """Return what is kept of a token: who reads the database can't speak as anybody."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


def _place(workshop: Workshop) -> tuple[str, bool]:
    return workshop.round.id if workshop.round else "", workshop.is_ended


def _workshop(database: sqlite3.Connection, id: str) -> Workshop:
    found = database.execute("SELECT said FROM workshop WHERE id = ?", (id,)).fetchone()
    if found is None:
        raise NoSuchWorkshop
    return _WORKSHOP.validate_json(found[0])


def _participant(database: sqlite3.Connection, token: str) -> Participant:
    row = database.execute(
        "SELECT workshop, number, nickname FROM participant WHERE token = ?", (_digest(token),)
    ).fetchone()
    if row is None:
        raise NoSuchWorkshop
    return Participant(*row)


def _keep(database: sqlite3.Connection, given: Given, known: dict[str, Workshop]) -> Kept:
    try:
        who = _participant(database, given.token)
    except NoSuchWorkshop:
        return Kept(given, Refused("not-in-the-room"))
    if who.workshop not in known:
        known[who.workshop] = _workshop(database, who.workshop)
    workshop = known[who.workshop]
    place = who.workshop, who.number
    if not 0 < len(given.name) <= 64:
        return Kept(given, Refused("not-an-answer"))
    is_known = database.execute(
        "SELECT 1 FROM answer WHERE workshop = ? AND participant = ? AND name = ?",
        (*place, given.name),
    ).fetchone()
    if is_known:
        return Kept(given)
    round = workshop.round
    if round is None or round.id != given.round or not round.is_open or workshop.is_ended:
        return Kept(given, Refused("round-closed"))
    ((count,),) = database.execute(
        "SELECT count(*) FROM answer WHERE workshop = ? AND participant = ? AND round = ?",
        (*place, round.id),
    )
    if count >= MOST_ANSWERS:
        return Kept(given, Refused("too-many-answers"))
    try:
        if given.says is None:
            _take_back(database, place, round, given)
        else:
            says = json.dumps(plain(read_answer(round, given.key, given.says)))
            _insert(database, place, round, given, says)
    except Refused as refused:
        return Kept(given, refused)
    return Kept(given)


def _take_back(
    database: sqlite3.Connection, place: tuple[str, int], round: Round, given: Given
) -> None:
    last = database.execute(
        "SELECT max(number) FROM answer"
        " WHERE workshop = ? AND participant = ? AND round = ? AND NOT is_taken_back",
        (*place, round.id),
    ).fetchone()
    database.execute("UPDATE answer SET is_taken_back = 1 WHERE number = ?", last)
    # Noted under its own name, so that the same wish sent again takes nothing more back.
    _insert(database, place, round, given, "null", is_taken_back=True)


def _insert(
    database: sqlite3.Connection,
    place: tuple[str, int],
    round: Round,
    given: Given,
    says: str,
    *,
    is_taken_back: bool = False,
) -> None:
    database.execute(
        "INSERT INTO answer (workshop, participant, name, round, key, says, is_taken_back)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*place, given.name, round.id, str(given.key)[:LONGEST_KEY], says, is_taken_back),
    )
