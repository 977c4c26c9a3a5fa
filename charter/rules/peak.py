"""The kind `peak`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, TypeAlias

from charter.findings import Severity, Verdict
from charter.messages import N_
from charter.rules.aspect import Aspect
from charter.rules.carrying import Target
from charter.rules.kind import Sentences
from charter.rules.letters import Visit
from charter.rules.path import CarriedOnPaths
from charter.rules.remark import Remark, lacking, saying
from charter.rules.setting import Setting
from charter.rules.visit import VisitRule
from journeys.automata import Ending
from journeys.model import EMOTIONS
from journeys.ways import column_of_sets

_State: TypeAlias = tuple[int, bool] | None
"""The highest emotion so far, and whether a visit of that height carried it; None before any."""


class Peak(CarriedOnPaths, VisitRule):
    """The best moment is recognisably the brand's.

    Holds when, on every concerned path, one of the counted visits with the path's highest
    emotion carries the marker. A touchpoint without `emotion` counts as 0.

    # Why it matters

    People remember the peak and the end of an experience, and forget how long it was (Kahneman's
    peak-end rule). A peak without a sign of the brand is remembered as luck.

    # Breaks

        rules:
          - {id: the-best-is-ours, kind: peak, markers: [named-host]}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true, emotion: 1,
             markers: [named-host], next: [unboxing]}
          - {id: unboxing, stage: buy, channel: store, emotion: 2, exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true, emotion: 1,
             markers: [named-host], next: [unboxing]}
          - {id: unboxing, stage: buy, channel: store, emotion: 2, markers: [named-host],
             exit: bought}
    """

    code: ClassVar[str] = "CH111"
    default_severity: ClassVar[Severity] = Severity.ERROR

    kind: Literal["peak"]

    @property
    def start(self) -> _State:
        """Nothing was visited."""
        return None

    def aspects(self, setting: Setting, target: Target) -> tuple[Aspect, ...]:
        """Return that a visit carries it, and by emotion above the lowest that it gets so high."""
        width, everyone = len(setting.graph.segments), setting.graph.journey_segments
        emotions = [stop.touchpoint.emotion or 0 for stop in setting.graph.stops]

        def so_high(height: int) -> Aspect:
            return Aspect(column_of_sets(width, (everyone * (e >= height) for e in emotions)))

        heights = map(so_high, EMOTIONS[1:])
        return self.carried(setting, target), *heights

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Note a new peak, or that one as high carries it."""
        carries, *heights = shows
        height = sum(heights)
        if state is None or height > state[0]:
            return height, carries
        return state[0], state[1] or (carries and height == state[0])

    def ending(self, state: _State) -> Ending:
        """A visit at the peak carried it, or none did."""
        if state is None:
            return Ending.UNCONCERNED
        return Ending.HOLDS if state[1] else Ending.BREAKS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that the peak goes without it."""
        return Sentences(
            N_("Can a customer's best moment go without {what}?"),
            N_("The best moment of {path} goes without {what}."),
            N_("Add it to {places}."),
            N_("have their best moment without {what}"),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """The visits at the peak."""
        heights = [sum(visit.shows[1:]) for visit in visits]
        return [index for index, height in enumerate(heights) if height == max(heights)]

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say where the path is highest, and that it isn't carried there."""
        del target
        heights = [sum(visit.shows[1:]) for visit in visits]
        for height, visit in zip(heights, visits, strict=True):
            if height == max(heights):
                yield lacking(
                    N_("The best moment, with an emotion of {emotion}: it doesn't carry {what}.")
                )
            elif visit.shows[0]:
                yield saying(N_("Carries {what}, but isn't the best moment: emotion {emotion}."))
            else:
                yield saying(N_("An emotion of {emotion}."))
