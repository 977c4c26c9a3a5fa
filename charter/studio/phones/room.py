"""The room: every phone that is connected, what it sends, and what it is told.

A phone speaks first: it joins by the workshop's code, or returns with the token that it got then.
Each of its messages is answered, one after the other; what it sends is acknowledged once it is on
the disk. It is told the state of its workshop when that moves, and nothing of anybody else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from charter.messages import Language, Speaker, speaker
from charter.messages.workshop import refusal
from charter.studio.phones import telling
from charter.studio.phones.limits import (
    LARGEST_MESSAGE,
    MOST_CONNECTIONS,
    MOST_OF_ONE,
    MOST_STRANGERS,
    Bucket,
    WrongCodes,
)
from charter.studio.phones.writer import Writer
from charter.workshop import (
    CannotKeep,
    Given,
    NoSuchWorkshop,
    Participant,
    Refused,
    Workshop,
    Workshops,
)

LOOKS_EVERY: Final = 0.25
"""Seconds between two looks at whether a workshop moved, once for all phones."""
SAYS_WHO_WITHIN: Final = 30.0
"""Seconds in which a phone says who it is."""
_log = logging.getLogger(__name__)
_MOST_BUCKETS: Final = 10_000
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TOO_LARGE: Final = 1009
_TRY_LATER: Final = 1013
_GONE: Final = 1000

Who = tuple[str, int]
"""A participant, by workshop and number."""


class _TooLarge(Exception):
    """A message is larger than any that a phone has to send."""


@dataclass(eq=False)
class Phone:
    """A phone that is connected; one of those of its participant, who may have several.

    Attributes:
        is_stale: Set when it is to be told the state of its workshop.
        in_turn: Held while it is answered, so that it never learns an older state after a newer.
    """

    websocket: WebSocket
    token: str = ""
    participant: Participant | None = None
    speak: Speaker = field(default_factory=lambda: speaker(Language.ENGLISH))
    is_stale: asyncio.Event = field(default_factory=asyncio.Event)
    in_turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def address(self) -> str:
        """Where it comes from."""
        return self.websocket.client.host if self.websocket.client else ""

    @property
    def who(self) -> Who | None:
        """Whose it is."""
        return (self.participant.workshop, self.participant.number) if self.participant else None

    async def tell(self, **message: object) -> None:
        """Send a message.

        Raises:
            WebSocketDisconnect: It is gone.
        """
        try:
            await self.websocket.send_text(json.dumps(message, ensure_ascii=False))
        except RuntimeError:
            # Starlette says so of a line that was closed here.
            raise WebSocketDisconnect(_GONE) from None

    async def refuse(self, refused: Refused, name: str = "") -> None:
        """Say that something isn't taken, and why."""
        await self.tell(
            type="refused",
            name=name,
            reason=refused.reason,
            sentence=refusal(refused.reason, refused.parameters, self.speak),
        )

    async def hear(self) -> Mapping[str, Any]:
        """Return the next message; what isn't one is an empty one.

        Raises:
            WebSocketDisconnect: It is gone.
            _TooLarge: The message is too large to be looked at.
        """
        received = await self.websocket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code", _GONE))
        text = received.get("text") or ""
        # No letter takes less than a byte.
        if len(text) > LARGEST_MESSAGE or len(text.encode(errors="replace")) > LARGEST_MESSAGE:
            raise _TooLarge
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return message if isinstance(message, dict) else {}

    def learn_language(self, message: Mapping[str, Any]) -> None:
        """Speak the language that a message asks for, if it asks for one."""
        with contextlib.suppress(ValueError):
            self.speak = speaker(Language(str(message.get("language"))))


@dataclass(frozen=True)
class _Seen:
    """A workshop as phones were told it last."""

    workshop: Workshop
    revealed: Mapping[str, Any] | None


class Room:
    """All phones of a workspace's workshops."""

    def __init__(self, workshops: Workshops) -> None:
        self._workshops = workshops
        self._writer = Writer(workshops.keep)
        self._wrong_codes = WrongCodes()
        self._one_joins = asyncio.Lock()
        self._strangers: set[Phone] = set()
        self._phones: dict[Who, list[Phone]] = {}
        self._seen: dict[str, _Seen | None] = {}
        self._buckets: OrderedDict[Who, Bucket] = OrderedDict()
        self._open = contextlib.ExitStack()
        self._is_open = False

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Keep what is sent, and look whether workshops move, for as long as this lasts."""
        tasks = [asyncio.create_task(self._writer.run()), asyncio.create_task(self._watch())]
        with self._open:
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def serve(self, websocket: WebSocket) -> None:
        """Talk with one phone until it is gone."""
        connected = sum(map(len, self._phones.values()))
        is_full = connected + len(self._strangers) >= MOST_CONNECTIONS
        await websocket.accept()
        if is_full or len(self._strangers) >= MOST_STRANGERS:
            await websocket.close(_TRY_LATER)
            return
        phone = Phone(websocket)
        self._strangers.add(phone)
        try:
            async with asyncio.timeout(SAYS_WHO_WITHIN):
                await self._learn_who(phone)
            await self._talk(phone)
        except (TimeoutError, WebSocketDisconnect):
            await _close(websocket, _GONE)
        except _TooLarge:
            with contextlib.suppress(WebSocketDisconnect):
                await phone.refuse(Refused("too-large"))
            await _close(websocket, _TOO_LARGE)
        finally:
            self._forget(phone)

    # Who it is.

    async def _learn_who(self, phone: Phone) -> None:
        while phone.participant is None:
            message = await phone.hear()
            phone.learn_language(message)
            try:
                if message.get("type") == "join":
                    await self._join(phone, message)
                elif message.get("type") == "return":
                    await self._let_return(phone, message)
                else:
                    raise Refused("not-in-the-room")
            except Refused as refused:
                await phone.refuse(refused)
            except CannotKeep:
                await phone.refuse(Refused("cannot-keep"))
        self._welcome(phone)

    async def _join(self, phone: Phone, message: Mapping[str, Any]) -> None:
        code, nickname = message.get("code"), message.get("nickname")
        if not isinstance(code, str) or not isinstance(nickname, str):
            raise Refused("not-an-answer")
        # One after the other, so that codes tried at the same time are counted too.
        async with self._one_joins:
            if self._wrong_codes.are_too_many(phone.address):
                raise Refused("too-many-tries")
            try:
                joined = await asyncio.to_thread(self._workshops.join, code, nickname)
            except NoSuchWorkshop:
                self._wrong_codes.add(phone.address)
                raise Refused("no-such-workshop") from None
        phone.token, phone.participant = joined.token, joined.participant
        await phone.tell(type="joined", token=joined.token, nickname=joined.participant.nickname)

    async def _let_return(self, phone: Phone, message: Mapping[str, Any]) -> None:
        token = message.get("token")
        if not isinstance(token, str):
            raise Refused("not-an-answer")
        try:
            who = await asyncio.to_thread(self._workshops.returning, token)
        except NoSuchWorkshop:
            raise Refused("not-in-the-room") from None
        phone.token, phone.participant = token, who
        await phone.tell(type="joined", token=token, nickname=who.nickname)

    def _welcome(self, phone: Phone) -> None:
        assert phone.who is not None
        if not self._is_open:
            with contextlib.suppress(CannotKeep):
                self._open.enter_context(self._workshops.staying_open())
                self._is_open = True
        self._strangers.discard(phone)
        own = self._phones.setdefault(phone.who, [])
        own.append(phone)
        if len(own) > MOST_OF_ONE:
            oldest = own.pop(0)
            _later(_close(oldest.websocket, _TRY_LATER))

    def _forget(self, phone: Phone) -> None:
        self._strangers.discard(phone)
        own = self._phones.get(phone.who, []) if phone.who else []
        if phone in own:
            own.remove(phone)
        if phone.who and not own:
            self._phones.pop(phone.who, None)
            if not any(workshop == phone.who[0] for workshop, _ in self._phones):
                self._seen.pop(phone.who[0], None)

    # What it sends.

    async def _talk(self, phone: Phone) -> None:
        phone.is_stale.set()
        telling_state = asyncio.create_task(self._tell_state(phone))
        try:
            while (message := await phone.hear()).get("type") != "leave":
                await self._answer(phone, message)
        finally:
            telling_state.cancel()
            await asyncio.gather(telling_state, return_exceptions=True)
        await _close(phone.websocket, _GONE)

    async def _answer(self, phone: Phone, message: Mapping[str, Any]) -> None:
        assert phone.who is not None
        sort, name = message.get("type"), message.get("name")
        called = name if isinstance(name, str) and _NAME.fullmatch(name) else ""
        async with phone.in_turn:
            if not self._bucket(phone.who).take():
                await phone.refuse(Refused("too-fast"), called)
            elif sort == "here":
                await phone.tell(type="here")
            elif sort == "language":
                phone.learn_language(message)
                phone.is_stale.set()
            elif sort in ("answer", "undo") and called:
                await self._keep(phone, message, called)
            else:
                await phone.refuse(Refused("not-an-answer"), called)

    async def _keep(self, phone: Phone, message: Mapping[str, Any], name: str) -> None:
        is_undo = message["type"] == "undo"
        round, key = message.get("round"), message.get("key")
        given = Given(
            name,
            phone.token,
            round if isinstance(round, str) else "",
            key if isinstance(key, str) and not is_undo else "",
            # None would take something back.
            None if is_undo else message.get("says") or {},
        )
        try:
            kept = await self._writer.keep(given)
        except CannotKeep:
            await phone.refuse(Refused("cannot-keep"), name)
            return
        if kept.refused:
            await phone.refuse(kept.refused, name)
        else:
            await phone.tell(type="kept", name=name)
        # What counts instead, where it was taken back or refused; and on one's other phones.
        for own in self._phones.get(phone.who, []) if phone.who else []:
            if own is not phone or is_undo or kept.refused:
                own.is_stale.set()

    def _bucket(self, who: Who) -> Bucket:
        bucket = self._buckets.setdefault(who, Bucket())
        self._buckets.move_to_end(who)
        while len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return bucket

    # What it is told.

    async def _tell_state(self, phone: Phone) -> None:
        assert phone.participant is not None
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                await phone.is_stale.wait()
                phone.is_stale.clear()
                async with phone.in_turn:
                    if await self._tell_once(phone, phone.participant):
                        continue
                # The disk will be asked again.
                await asyncio.sleep(1)
                phone.is_stale.set()

    async def _tell_once(self, phone: Phone, participant: Participant) -> bool:
        try:
            if participant.workshop not in self._seen:
                await self._look(participant.workshop)
        except CannotKeep:
            return False
        seen = self._seen.get(participant.workshop)
        if seen is None:
            await phone.refuse(Refused("no-workshop"))
            await _close(phone.websocket, _GONE)
            return True
        workshop, mine = seen.workshop, []
        if workshop.round:
            try:
                mine = await asyncio.to_thread(
                    self._workshops.answers, workshop.id, workshop.round, participant.number
                )
            except CannotKeep:
                return False
        now = time.time()
        await phone.tell(**telling.state(workshop, mine, seen.revealed, phone.speak, now))
        return True

    async def _watch(self) -> None:
        """Look whether a workshop moved, and let its phones be told."""
        before: object = None
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            if not self._seen:
                # What was seen of others says nothing of who comes next.
                before = None
                continue
            try:
                ids = tuple(self._seen)
                now = ids, await asyncio.to_thread(self._workshops.mark)
                if now != before:
                    for id in ids:
                        await self._look(id)
                    before = now
            except CannotKeep:
                continue
            except Exception:
                # Whatever it was, phones are to be told of what comes after it.
                _log.exception("It couldn't be seen whether a workshop moved.")

    async def _look(self, id: str) -> None:
        """Look at a workshop; its phones are told, if it is another than it was."""
        found = await asyncio.to_thread(self._read, id)
        if not any(workshop == id for workshop, _ in self._phones):
            # Its last phone left meanwhile.
            self._seen.pop(id, None)
            return
        if id in self._seen and not _is_news(found, self._seen[id]):
            return
        # Who is told for the first time asks by itself.
        knew = [own for (workshop, _), own in self._phones.items() if workshop == id]
        stale = [phone for own in knew for phone in own] if id in self._seen else []
        self._seen[id] = found
        for phone in stale:
            phone.is_stale.set()

    def _read(self, id: str) -> _Seen | None:
        try:
            workshop = self._workshops.workshop(id)
        except NoSuchWorkshop:
            return None
        if workshop.round is None or not workshop.round.is_revealed:
            return _Seen(workshop, None)
        return _Seen(workshop, telling.counts(self._workshops.answers(id, workshop.round)))


def _is_news(found: _Seen | None, before: _Seen | None) -> bool:
    """Return whether a workshop is another than it was, not just read by somebody slower."""
    if found is None or before is None:
        return found is not before
    return found.workshop.revision > before.workshop.revision


async def _close(websocket: WebSocket, code: int) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await websocket.close(code)


_closing: set[asyncio.Task[None]] = set()


def _later(work: Coroutine[Any, Any, None]) -> None:
    """Do something that nobody waits for."""
    task = asyncio.create_task(work)
    _closing.add(task)
    task.add_done_callback(_closing.discard)
