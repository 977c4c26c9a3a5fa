"""The kind `follows`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from charter.findings import Severity, Verdict
from charter.messages import N_
from charter.rules.aspect import Aspect
from charter.rules.carrying import Target
from charter.rules.kind import Sentences
from charter.rules.letters import Visit
from charter.rules.path import CarriedOnPaths
from charter.rules.remark import Remark, lacking, saying
from charter.rules.selector import Selector
from charter.rules.setting import Setting
from charter.rules.visit import VisitRule
from journeys.automata import Ending
from journeys.document import Whole


class _State(NamedTuple):
    """What is remembered of `follows`.

    Attributes:
        is_concerned: Whether a visit asked for something.
        waiting: How many counted visits ago the oldest asked that still waits (up to once too
            many; always 0 where any number will do); None where none waits.
    """

    is_concerned: bool
    waiting: int | None


class Follows(CarriedOnPaths, VisitRule):
    """After such a moment, the marker comes.

    Holds when, on every concerned path, each counted visit that matches `after` carries the
    marker itself, or is followed by a visit that carries it; with `within`, before the
    (`within` + 1)-th further counted visit. Paths without a visit that matches aren't concerned.

    # Why it matters

    A brand is judged by what it does next: after a refusal, a mistake, a long wait. Whatever
    way the customer then goes, the answer that is promised must be on it, and soon enough.

    # Breaks

        rules:
          - {id: make-good, kind: follows, markers: [named-host], after: {emotion: "<= -1"},
             within: 1}
        touchpoints:
          - {id: refusal, stage: discover, channel: phone, entry: true, emotion: -2,
             next: [call, till]}
          - {id: call, stage: discover, channel: phone, markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    Nobody gives their name on the way Refusal → Till.

    # Repaired

        touchpoints:
          - {id: refusal, stage: discover, channel: phone, entry: true, emotion: -2,
             next: [call]}
          - {id: call, stage: discover, channel: phone, markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    # Options

    - `after`: a selector: which visits ask for it.
    - `within`: among how many further counted visits it must come; any number where it isn't
      written.
    """

    code: ClassVar[str] = "CH106"
    default_severity: ClassVar[Severity] = Severity.ERROR
    sees_uncounted: ClassVar[bool] = True
    hurting_aspects: ClassVar[frozenset[int]] = frozenset({0})

    kind: Literal["follows"]
    after: Selector
    within: Annotated[Whole, Field(ge=1, le=1000)] | None = None

    @property
    def start(self) -> _State:
        """Nothing was asked."""
        return _State(is_concerned=False, waiting=None)

    def aspects(self, setting: Setting, target: Target) -> tuple[Aspect, ...]:
        """Return that a visit asks for it, and that it carries it."""
        return self.after.aspect(setting), self.carried(setting, target)

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Wait one visit longer, come to an end of waiting, or begin to wait."""
        asks, carries = shows
        waiting = state.waiting
        if waiting is not None and self.within is not None and is_counted:
            waiting = min(waiting + 1, self.within + 1)
        is_late = self.within is not None and waiting is not None and waiting > self.within
        if carries and not is_late:
            waiting = None
        if asks and is_counted and not carries and waiting is None:
            waiting = 0
        return _State(state.is_concerned or (asks and is_counted), waiting)

    def ending(self, state: _State) -> Ending:
        """Every visit that asked for it was answered, or one still waits."""
        if not state.is_concerned:
            return Ending.UNCONCERNED
        return Ending.HOLDS if state.waiting is None else Ending.BREAKS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that what was asked doesn't come, or not in time."""
        advice = N_("Add it to {places}.")
        if self.within is None:
            return Sentences(
                N_("After {after}, can a customer get through without meeting {what}?"),
                N_("After {after}, {path} doesn't meet {what}."),
                advice,
                N_("don't meet {what} after {after}"),
            )
        if self.within == 1:
            return Sentences(
                N_("After {after}, can the next step go without {what}?"),
                N_("After {after}, the next step of {path} goes without {what}."),
                advice,
                N_("go their next step without {what} after {after}"),
            )
        return Sentences(
            N_("After {after}, can the next {within} steps go without {what}?"),
            N_("After {after}, the next {within} steps of {path} go without {what}."),
            advice,
            N_("go their next {within} steps without {what} after {after}"),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Any visit that would answer all that wait; else the first of them."""
        unanswered = [
            self._window(visits, index)
            for index, visit in enumerate(visits)
            if visit.is_counted and visit.shows[0] and not self._is_answered(visits, index)
        ]
        in_all = [i for i in unanswered[0] if all(i in window for window in unanswered)]
        return in_all or unanswered[0]

    def _window(self, visits: Sequence[Visit], asking: int) -> range:
        """Return the visits that may answer the one that asks: itself and those in time."""
        further = 0
        for index in range(asking + 1, len(visits)):
            further += visits[index].is_counted
            if self.within is not None and further > self.within:
                return range(asking, index)
        return range(asking, len(visits))

    def _is_answered(self, visits: Sequence[Visit], asking: int) -> bool:
        return any(visits[index].shows[1] for index in self._window(visits, asking))

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say where it is asked for, how long it has been waited for, and where it comes."""
        del target
        state, since = self.start, 0
        for visit in visits:
            was_waiting = state.waiting is not None
            since = since + visit.is_counted if was_waiting else 0
            state = self.step(state, visit.is_counted, *visit.shows)
            yield self._told(visit, since, was_waiting, state.waiting is not None)

    def _told(self, visit: Visit, since: int, was_waiting: bool, is_waiting: bool) -> Remark | None:
        asks, carries = visit.shows
        if not was_waiting:
            if not (asks and visit.is_counted):
                return None
            if carries:
                return saying(N_("This is {after}, and it carries {what} at once."))
            return lacking(N_("This is {after}: from here on, {what} is waited for."))
        if carries and not is_waiting:
            return saying(N_("Carries {what}, in time."))
        if carries:
            return saying(N_("Carries {what}, but too late."))
        if self.within is None:
            return lacking(N_("Still without {what}: step {number} since."), number=since)
        if since <= self.within:
            return lacking(N_("Still without {what}: step {number} of {within}."), number=since)
        return saying(N_("Too late by now for {what}."))
