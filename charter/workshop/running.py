"""A workshop as it runs: its rounds in order, and what a facilitator does with them.

A workshop is a value; each move returns the next one. `Workshops.move` makes a move for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from charter.workshop.rounds import Round, Stage

MOST_ROUNDS = 30


class NotNow(Exception):
    """What a facilitator asks for can't be done as the workshop stands.

    Attributes:
        reason: Which sentence tells why: ``charter.messages.workshop``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Workshop:
    """A workshop.

    Attributes:
        id: Tells it from others; nobody joins by it.
        code: What participants join by.
        title: What it is called.
        by: Who opened it.
        opened: When, in seconds since 1970.
        rounds: Its running order.
        current: The place in it, from 0.
        is_ended: Whether it is over: nobody joins, and nothing is answered.
        revision: How often it was moved. Who moves it says which one they saw.
    """

    id: str
    code: str
    title: str
    by: str
    opened: float
    rounds: tuple[Round, ...] = ()
    current: int = 0
    is_ended: bool = False
    revision: int = 0

    @property
    def round(self) -> Round | None:
        """The round where it is; None where there is none yet."""
        return self.rounds[self.current] if self.rounds else None

    def round_of(self, id: str) -> Round | None:
        """Return a round by its id; None where there is none."""
        return next((each for each in self.rounds if each.id == id), None)

    def started(self, now: float, dealt: Round | None = None) -> Workshop:
        """Return it with answers taken in its round.

        Args:
            now: In seconds since 1970.
            dealt: The round with its cards as they are to be answered; as it is, by default. Once
                it was opened, its cards stay.

        Raises:
            NotNow: It is over, there is no round, or nothing is on its cards (``no-cards``).
        """
        round = self._current()
        if round.is_open:
            return self
        if dealt is not None and dealt.id == round.id and round.stage is Stage.WAITING:
            round = replace(round, cards=dealt.cards, choices=dealt.choices)
        if not round.cards and round.kind not in ("propose", "irritants"):
            raise NotNow("no-cards")
        return self._with(replace(round, stage=Stage.OPEN, opened=now))

    def stopped(self, now: float) -> Workshop:
        """Return it with no more answers taken in its round."""
        round = self._current()
        if not round.is_open:
            return self
        return self._with(replace(round, stage=Stage.CLOSED, spent=round.took(now)))

    def revealed(self, is_revealed: bool = True) -> Workshop:
        """Return it with what was answered in its round seen by all, or hidden again."""
        return self._with(replace(self._current(), is_revealed=is_revealed))

    def at(self, place: int, now: float) -> Workshop:
        """Return it at another round; the one that it was at is closed, if it was open."""
        if not 0 <= place < len(self.rounds):
            raise NotNow("no-such-round")
        self._current()
        return replace(self.stopped(now), current=place)

    def ended(self, now: float) -> Workshop:
        """Return it over."""
        stopped = self.stopped(now) if self.rounds and not self.is_ended else self
        return replace(stopped, is_ended=True)

    def reopened(self) -> Workshop:
        """Return it going on."""
        return replace(self, is_ended=False)

    def arranged(self, change: Callable[[tuple[Round, ...]], tuple[Round, ...]]) -> Workshop:
        """Return it in another running order, at the same round where that is still there.

        Raises:
            NotNow: There are too many rounds, or one that was begun would be left out.
        """
        here = self.round.id if self.round else ""
        rounds = change(self.rounds)
        if len(rounds) > MOST_ROUNDS:
            raise NotNow("too-many-rounds")
        kept = {each.id for each in rounds}
        if any(each.id not in kept and each.stage is not Stage.WAITING for each in self.rounds):
            raise NotNow("round-begun")
        place = next((place for place, each in enumerate(rounds) if each.id == here), None)
        current = min(self.current, max(len(rounds) - 1, 0)) if place is None else place
        return replace(self, rounds=rounds, current=current)

    def amended(self, round: Round) -> Workshop:
        """Return it with a round said otherwise."""
        rounds = tuple(round if each.id == round.id else each for each in self.rounds)
        return replace(self, rounds=rounds)

    def _current(self) -> Round:
        if self.is_ended:
            raise NotNow("ended")
        if self.round is None:
            raise NotNow("no-round")
        return self.round

    def _with(self, round: Round) -> Workshop:
        return replace(
            self,
            rounds=(*self.rounds[: self.current], round, *self.rounds[self.current + 1 :]),
        )
