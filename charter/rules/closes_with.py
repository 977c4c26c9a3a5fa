"""The kind `closes-with`."""

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
"""Whether anything was visited, and how many visits ago it was met (up to ``within``)."""


class ClosesWith(CarryingVisitRule):
    """Every path closes with the marker.

    Holds when, on every concerned path, one of the last `within` (default 1) counted visits
    carries it.

    # Why it matters

    People remember how it ended (Kahneman's peak-end rule). A farewell without the brand's own
    sign leaves the memory to chance.

    # Breaks

        rules:
          - {id: signed-farewell, kind: closes-with, markers: [named-host]}
        touchpoints:
          - {id: till, stage: buy, channel: store, entry: true,
             markers: [named-host], next: [receipt]}
          - {id: receipt, stage: buy, channel: email, exit: bought}

    # Repaired

        touchpoints:
          - {id: till, stage: buy, channel: store, entry: true,
             markers: [named-host], next: [receipt]}
          - {id: receipt, stage: buy, channel: email, markers: [named-host], exit: bought}

    # Options

    - `within`: among how many last visits it may come.
    """

    code: ClassVar[str] = "CH104"
    default_severity: ClassVar[Severity] = Severity.ERROR

    kind: Literal["closes-with"]
    within: Annotated[Whole, Field(ge=1, le=1000)] = 1

    @property
    def start(self) -> _State:
        """Nothing was visited."""
        return (False, self.within)

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Note how long ago it was met."""
        _, ago = state
        return is_counted, 0 if any(shows) else min(ago + 1, self.within)

    def ending(self, state: _State) -> Ending:
        """It was met recently enough, or not."""
        is_concerned, ago = state
        if not is_concerned:
            return Ending.UNCONCERNED
        return Ending.HOLDS if ago < self.within else Ending.BREAKS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that the close goes without it."""
        if self.within == 1:
            return Sentences(
                N_("Can a customer's way end without {what}?"),
                N_("{path} doesn't end with {what}."),
                N_("Add it to {places}."),
                N_("end without {what}"),
            )
        return Sentences(
            N_("Can a customer's last {within} steps go without {what}?"),
            N_("{path} goes its last {within} steps without {what}."),
            N_("Add it to {places}."),
            N_("go their last {within} steps without {what}"),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Any of the last visits, the very last first."""
        return range(len(visits))[: -self.within - 1 : -1]

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say which of the last visits go without it, and where it comes too early."""
        del target
        for left, visit in zip(range(len(visits), 0, -1), visits, strict=True):
            if left > self.within:
                is_early = any(visit.shows)
                yield saying(N_("Carries {what}, but too early.")) if is_early else None
            elif self.within == 1:
                yield lacking(N_("The last step, and it doesn't carry {what}."))
            else:
                yield lacking(N_("One of the last {within} steps: it doesn't carry {what}."))
