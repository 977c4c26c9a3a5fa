"""The kind `opens-with`."""

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

_State: TypeAlias = tuple[int, bool]
"""How many visits were made (up to ``within``), and whether one of them carried it."""


class OpensWith(CarryingVisitRule):
    """Every path opens with the marker.

    Holds when, on every concerned path, one of the first `within` (default 1) counted visits
    carries it (of all of them, if there are fewer).

    # Why it matters

    The first seconds set how all that follows is read. A brand that is itself only from the
    third touchpoint on has been anyone until then.

    # Breaks

        rules:
          - {id: warm-opening, kind: opens-with, markers: [named-host], within: 1}
        touchpoints:
          - {id: call, stage: discover, channel: phone, entry: true, next: [host]}
          - {id: host, stage: discover, channel: phone, markers: [named-host], exit: helped}

    # Repaired

        touchpoints:
          - {id: call, stage: discover, channel: phone, entry: true,
             markers: [named-host], next: [host]}
          - {id: host, stage: discover, channel: phone, markers: [named-host], exit: helped}

    # Options

    - `within`: among how many first visits it may come.
    """

    code: ClassVar[str] = "CH103"
    default_severity: ClassVar[Severity] = Severity.ERROR

    kind: Literal["opens-with"]
    within: Annotated[Whole, Field(ge=1, le=1000)] = 1

    @property
    def start(self) -> _State:
        """Nothing was visited."""
        return (0, False)

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Look at a visit while it is among the first."""
        visits, was_met = state
        if visits >= self.within or was_met:
            return state
        return visits + is_counted, any(shows)

    def ending(self, state: _State) -> Ending:
        """One of the first carried it, or none."""
        visits, was_met = state
        if not visits:
            return Ending.UNCONCERNED
        return Ending.HOLDS if was_met else Ending.BREAKS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that the opening goes without it."""
        if self.within == 1:
            return Sentences(
                N_("Can a customer's way begin without {what}?"),
                N_("{path} doesn't begin with {what}."),
                N_("Add it to {places}."),
                N_("begin without {what}"),
            )
        return Sentences(
            N_("Can a customer's first {within} steps go without {what}?"),
            N_("{path} goes its first {within} steps without {what}."),
            N_("Add it to {places}."),
            N_("go their first {within} steps without {what}"),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Any of the first visits."""
        return range(min(self.within, len(visits)))

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say which of the first visits go without it, and where it comes too late."""
        del target
        for number, visit in enumerate(visits, 1):
            if number > self.within:
                is_late = any(visit.shows)
                yield saying(N_("Carries {what}, but too late.")) if is_late else None
            elif self.within == 1:
                yield lacking(N_("The first step, and it doesn't carry {what}."))
            else:
                yield lacking(
                    N_("Step {number} of the first {within}: it doesn't carry {what}."),
                    number=number,
                )
