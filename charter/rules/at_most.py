"""The kind `at-most`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from charter.findings import Severity, Verdict
from charter.messages import N_
from charter.rules.carrying import Target
from charter.rules.kind import Sentences
from charter.rules.letters import Visit
from charter.rules.remark import Remark, lacking, saying
from charter.rules.visit import CarryingVisitRule
from journeys.automata import Ending
from journeys.document import Whole

_State: TypeAlias = tuple[bool, int]
"""Whether anything was visited, and how often it was met (up to once too often)."""


class AtMost(CarryingVisitRule):
    """No path meets the marker more often than allowed.

    Holds when, on every concerned path, at most `times` counted visits carry it.

    # Why it matters

    A sign repeated at every step becomes a tic, and an irritant is one time too many at once.
    Loops count: a touchpoint that a customer can come back to is met as often as they do.

    # Breaks

        rules:
          - {id: no-waiting, kind: at-most, markers: [please-wait], times: 1}
        touchpoints:
          - {id: call, stage: buy, channel: phone, entry: true,
             markers: [please-wait], next: [call, answer]}
          - {id: answer, stage: buy, channel: phone, exit: helped}

    Calling twice is waiting twice: Call → Call → Answer.

    # Repaired

        touchpoints:
          - {id: call, stage: buy, channel: phone, entry: true,
             markers: [please-wait], next: [answer]}
          - {id: answer, stage: buy, channel: phone, exit: helped}

    # Options

    - `times`: how often it may be met; 0 means never.
    """

    code: ClassVar[str] = "CH102"
    default_severity: ClassVar[Severity] = Severity.WARNING
    hurting_aspects: ClassVar[frozenset[int]] = frozenset({0})

    kind: Literal["at-most"]
    times: Annotated[Whole, Field(ge=0, le=1000)]

    @property
    def start(self) -> _State:
        """Nothing was visited."""
        return (False, 0)

    @property
    def least_visits(self) -> int:
        """None at all."""
        return 0

    @property
    def most_visits(self) -> int:
        """As many as are allowed."""
        return self.times

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Count a visit that carries it."""
        _, met = state
        return is_counted, min(met + any(shows), self.times + 1)

    def ending(self, state: _State) -> Ending:
        """It was met too often, or not."""
        is_concerned, met = state
        if not is_concerned:
            return Ending.UNCONCERNED
        return Ending.HOLDS if met <= self.times else Ending.BREAKS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that it is met, or met too often."""
        if self.times == 0:
            return Sentences(
                N_("Can a customer meet {what}?"),
                N_("{path} meets {what}."),
                N_("Put an end to it at {places}."),
            )
        advice = N_("Make it rarer at {places}.")
        if self.times == 1:
            return Sentences(
                N_("Can a customer meet {what} more than once?"),
                N_("{path} meets {what} more than once."),
                advice,
            )
        return Sentences(
            N_("Can a customer meet {what} more than {times} times?"),
            N_("{path} meets {what} more than {times} times."),
            advice,
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Any visit that carries it."""
        return [index for index, visit in enumerate(visits) if any(visit.shows)]

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say how often it was met, and from where on too often."""
        del target
        met = 0
        for visit in visits:
            met += any(visit.shows)
            if not any(visit.shows):
                yield None
            elif not self.times:
                yield lacking(N_("Carries {what}, which is never to be met."))
            elif met <= self.times:
                yield saying(N_("Carries {what}: {number} of {times} allowed."), number=met)
            else:
                yield lacking(
                    N_("Carries {what} once too often: {number} by now, {times} allowed."),
                    number=met,
                )
