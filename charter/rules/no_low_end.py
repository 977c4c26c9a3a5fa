"""The kind `no-low-end`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from charter.findings import Severity, Verdict
from charter.messages import N_
from charter.rules.aspect import Aspect
from charter.rules.carrying import Target
from charter.rules.kind import Sentences
from charter.rules.letters import Visit
from charter.rules.remark import Remark, lacking
from charter.rules.setting import Setting
from charter.rules.visit import VisitRule
from journeys.automata import Ending
from journeys.document import Whole
from journeys.model import EMOTIONS
from journeys.ways import column_of_sets

_State: TypeAlias = bool | None
"""Whether the last counted visit was too low; None before any."""


class NoLowEnd(VisitRule):
    """No customer is left on a bad note.

    Holds when, on every concerned path, the last counted visit's emotion isn't lower than
    `at-least` (default 0). A touchpoint without `emotion` counts as 0.

    # Why it matters

    The end colours the memory of all that came before it (Kahneman's peak-end rule). What the
    customer does alone afterwards is not the brand's; its own last gesture is.

    # Breaks

        rules:
          - {id: end-well, kind: no-low-end}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true, emotion: 2, next: [till]}
          - {id: till, stage: buy, channel: store, emotion: -1, exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true, emotion: 2, next: [till]}
          - {id: till, stage: buy, channel: store, emotion: -1, next: [farewell]}
          - {id: farewell, stage: buy, channel: store, emotion: 1, exit: bought}

    # Options

    - `at-least`: the lowest emotion that an end may have, from -2 to 2.
    """

    code: ClassVar[str] = "CH112"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["no-low-end"]
    at_least: Annotated[Whole, Field(ge=EMOTIONS[0], le=EMOTIONS[-1])] = 0

    @property
    def start(self) -> _State:
        """Nothing was visited."""
        return None

    def aspects(self, setting: Setting, target: Target) -> tuple[Aspect, ...]:
        """Return that a visit is too low to end with."""
        width, everyone = len(setting.graph.segments), setting.graph.journey_segments
        emotions = (stop.touchpoint.emotion or 0 for stop in setting.graph.stops)
        low = column_of_sets(width, (everyone if e < self.at_least else 0 for e in emotions))
        return (Aspect(low),)

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Remember the last visit alone."""
        return shows[0]

    def ending(self, state: _State) -> Ending:
        """The last visit was too low, or not."""
        if state is None:
            return Ending.UNCONCERNED
        return Ending.BREAKS if state else Ending.HOLDS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that the end is low."""
        return Sentences(
            N_("Can a customer's way end on an emotion below {at_least}?"),
            N_("{path} ends on an emotion below {at_least}."),
            N_("Make {places} a better end, or let something better follow."),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """The last visit."""
        return [len(visits) - 1]

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say how low it ends."""
        del target
        yield from [None] * (len(visits) - 1)
        yield lacking(N_("The last step, with an emotion of {emotion}: below {at_least}."))
