"""The kind `conversion-rises`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import JourneyRule, Sentences
from charter.rules.setting import Setting
from journeys.customers import SHARE_TOLERANCE
from journeys.document import one_or_many
from journeys.model import SegmentId


class ConversionRises(JourneyRule):
    """From stage to stage, the chance of a good end rises.

    Holds when the chance of ending in a wanted outcome, for a customer entering a stage for the
    first time, is never lower than for the stage before. There is one verdict per journey,
    segment and stage after the first that the segment's customers enter. A stage is entered by a
    counted visit; which outcomes are wanted, the journey declares.

    # Why it matters

    Each stage should bring customers nearer to what they came for. Where the chance falls, the
    stage drives away people who were better off before they entered it.

    # Breaks

        rules:
          - {id: ever-nearer, kind: conversion-rises}
        outcomes: [{id: bought, wanted: true}, {id: left}]
        touchpoints:
          - {id: window, stage: discover, channel: store, entry: true,
             next: [{to: stand, share: 80}, {to: till, share: 20}]}
          - {id: stand, stage: discover, channel: store, exit: bought}
          - {id: till, stage: buy, channel: store, exit: left}

    # Repaired

        outcomes: [{id: bought, wanted: true}, {id: left}]
        touchpoints:
          - {id: window, stage: discover, channel: store, entry: true,
             next: [{to: stand, share: 80}, {to: till, share: 20}]}
          - {id: stand, stage: discover, channel: store, exit: left}
          - {id: till, stage: buy, channel: store, exit: bought}

    # Options

    - `segments`: which segments are asked; all where it isn't written.
    """

    code: ClassVar[str] = "CH503"
    default_severity: ClassVar[Severity] = Severity.INFO

    kind: Literal["conversion-rises"]
    segments: Annotated[tuple[SegmentId, ...], one_or_many] | None = None

    @property
    def asks_for_shares(self) -> bool:
        """It compares chances."""
        return True

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say how far the chance falls."""
        return Sentences(
            N_("Does the stage {the_stage} make a good end less likely?"),
            N_(
                "Of those who enter the stage {the_stage}, {chance} end as wanted; of those who "
                "enter {previous_stage}, the stage before, {previous_chance} do."
            ),
            N_("Look at what makes them leave there."),
        )

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each segment and stage."""
        graph = setting.graph
        for segment, name in enumerate(graph.segments):
            is_asked = self.segments is None or name in self.segments
            if not is_asked or not graph.journey_segments >> segment & 1:
                continue
            scope = {"journey": setting.journey.id, "segment": name}
            chances = self._chances(setting, segment)
            if len(chances) < 2:
                yield self.verdict(Answer.VACUOUS, **scope)
            for (before, previous), (stage, chance) in pairwise(chances.items()):
                falls = chance < previous - SHARE_TOLERANCE
                first = next(t for t in setting.live_touchpoints if t.stage == stage)
                yield self.verdict(
                    Answer.BROKEN if falls else Answer.HOLDS,
                    **scope,
                    stage=stage,
                    share_basis=setting.share_basis(segment),
                    place=first.position,
                    details={
                        "the_stage": stage,
                        "chance": chance,
                        "previous_stage": before,
                        "previous_chance": previous,
                    },
                )

    def _chances(self, setting: Setting, segment: int) -> dict[str, float]:
        """Return by stage that a segment enters the chance to end as wanted."""
        entered = setting.stages_entered(segment).items()
        return {stage: entry.chance for stage, entry in entered if entry.chance is not None}
