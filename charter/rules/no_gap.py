"""The kind `no-gap`."""

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
"""Whether a counted visit was seen, and how many in a row passed without it."""


class NoGap(CarryingVisitRule):
    """The marker never stays away for long.

    Holds when, on every concerned path, no more than `longest` counted visits in a row pass
    without it, also before the first and after the last. A visit that carries it ends the row,
    counted or not.

    # Why it matters

    Recognition fades. A customer who goes five steps without a sign of the brand is, for those
    five steps, anybody's customer.

    # Breaks

        rules:
          - {id: never-far, kind: no-gap, markers: [named-host], longest: 1}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [shelf]}
          - {id: shelf, stage: discover, channel: store, next: [shelf, till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [shelf]}
          - {id: shelf, stage: discover, channel: store, markers: [named-host], next: [shelf, till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    # Options

    - `longest`: how many counted visits in a row may pass without it.
    """

    code: ClassVar[str] = "CH105"
    default_severity: ClassVar[Severity] = Severity.WARNING
    sees_uncounted: ClassVar[bool] = True

    kind: Literal["no-gap"]
    longest: Annotated[Whole, Field(ge=0, le=1000)]

    @property
    def start(self) -> _State:
        """Nothing was visited."""
        return (False, 0)

    @property
    def least_visits(self) -> int:
        """One, where not even a single step may go without it."""
        return 1 if self.longest == 0 else 0

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Lengthen the row, or end it; a row too long is never forgotten."""
        was_concerned, row = state
        if row > self.longest:
            return state
        return was_concerned or is_counted, 0 if any(shows) else row + 1

    def ending(self, state: _State) -> Ending:
        """Some row was too long, or none."""
        is_concerned, row = state
        if not is_concerned:
            return Ending.UNCONCERNED
        return Ending.HOLDS if row <= self.longest else Ending.BREAKS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that it stays away for too long."""
        advice = N_("Add it to {places}.")
        if self.longest == 0:
            return Sentences(
                N_("Can a single step go without {what}?"),
                N_("{path} has a step without {what}."),
                advice,
                N_("have a step without {what}"),
            )
        if self.longest == 1:
            return Sentences(
                N_("Can two steps in a row go without {what}?"),
                N_("{path} goes two steps in a row without {what}."),
                advice,
                N_("go two steps in a row without {what}"),
            )
        return Sentences(
            N_("Can more than {longest} steps in a row go without {what}?"),
            N_("{path} goes more than {longest} steps in a row without {what}."),
            advice,
            N_("go more than {longest} steps in a row without {what}"),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Any visit of the first row that is too long."""
        row: list[int] = []
        for index, visit in enumerate(visits):
            row = [] if any(visit.shows) else [*row, index]
            if len(row) > self.longest:
                break
        return row

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say how long it has been away by each visit."""
        del target
        row = 0
        for visit in visits:
            row = 0 if any(visit.shows) else row + 1
            if not row:
                yield saying(N_("Carries {what}."))
            elif not self.longest:
                yield lacking(N_("Doesn't carry {what}; no step may go without it."))
            elif row <= self.longest:
                yield lacking(
                    N_("Step {number} in a row without {what}; {longest} may go without."),
                    number=row,
                )
            else:
                yield lacking(
                    N_("Step {number} in a row without {what}, more than the {longest} allowed."),
                    number=row,
                )
