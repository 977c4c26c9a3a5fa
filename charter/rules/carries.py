"""The kind `carries`."""

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
"""Whether a counted visit was seen, and how many visits carried it (up to enough)."""


class Carries(CarryingVisitRule):
    """Every path meets the marker.

    Holds when, on every concerned path, at least `at-least` (default 1) visits carry it.

    # Why it matters

    A sign that only some customers meet doesn't make a brand recognisable. What carries the
    identity must lie on every way through, also on the short cuts that nobody drew on purpose.

    # Breaks

        rules:
          - {id: host-everywhere, kind: carries, markers: [named-host]}
        touchpoints:
          - {id: window, stage: discover, channel: store, entry: true, next: [welcome, till]}
          - {id: welcome, stage: discover, channel: store, markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    The way Window → Till passes the welcome by.

    # Repaired

        touchpoints:
          - {id: window, stage: discover, channel: store, entry: true, next: [welcome, till]}
          - {id: welcome, stage: discover, channel: store, markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, markers: [named-host], exit: bought}

    # Options

    - `at-least`: how many visits must carry it; a touchpoint that is visited twice counts twice.
    """

    code: ClassVar[str] = "CH101"
    default_severity: ClassVar[Severity] = Severity.ERROR
    sees_uncounted: ClassVar[bool] = True

    kind: Literal["carries"]
    at_least: Annotated[Whole, Field(ge=1, le=1000)] = 1

    @property
    def start(self) -> _State:
        """Nothing was visited."""
        return (False, 0)

    @property
    def least_visits(self) -> int:
        """As many as are asked for."""
        return self.at_least

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Count a visit that carries it."""
        was_concerned, met = state
        return was_concerned or is_counted, min(met + any(shows), self.at_least)

    def ending(self, state: _State) -> Ending:
        """It was met often enough, or not."""
        is_concerned, met = state
        if not is_concerned:
            return Ending.UNCONCERNED
        return Ending.HOLDS if met >= self.at_least else Ending.BREAKS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that it is not met, or not often enough."""
        if self.at_least == 1:
            return Sentences(
                N_("Can a customer get through without meeting {what}?"),
                N_("{path} never meets {what}."),
                N_("Add it to {places}."),
                N_("get through without meeting {what}"),
            )
        return Sentences(
            N_("Can a customer get through meeting {what} fewer than {at_least} times?"),
            N_("{path} meets {what} fewer than {at_least} times."),
            N_("Add it to {places}."),
            N_("get through meeting {what} fewer than {at_least} times"),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Any visit that doesn't carry it yet."""
        return [index for index, visit in enumerate(visits) if not any(visit.shows)]

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say where it is met, and where not."""
        del target
        met = 0
        for visit in visits:
            met += any(visit.shows)
            if any(visit.shows):
                yield saying(N_("Carries {what}: {number} of {at_least} times."), number=met)
            else:
                yield lacking(N_("Doesn't carry {what}."))
