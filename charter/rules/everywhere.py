"""The kind `everywhere`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar, Literal

from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.aspect import Aspect
from charter.rules.carrying import CarryingRule, Target
from charter.rules.demand import Borne, Demand, Sides
from charter.rules.kind import Sentences
from charter.rules.selector import Selector
from charter.rules.setting import Setting


class Everywhere(CarryingRule):
    """Each of these touchpoints carries the marker.

    Holds when each counted touchpoint on some path that matches `where` carries it. There is
    one verdict per segment and touchpoint.

    # Why it matters

    Some moments weigh more than others. What must be there at each of them is asked of the
    touchpoint itself, not of the path as a whole.

    # Breaks

        rules:
          - {id: truth-is-signed, kind: everywhere, any-of: signature,
             where: {moment-of-truth: true}}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, moment-of-truth: true, exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, moment-of-truth: true,
             markers: [named-host], exit: bought}

    # Options

    - `where`: which touchpoints are asked; all of them where it isn't written.
    """

    code: ClassVar[str] = "CH201"
    default_severity: ClassVar[Severity] = Severity.ERROR

    kind: Literal["everywhere"]
    where: Selector | None = None

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say where it is missing."""
        return Sentences(
            N_("Does {touchpoint} go without {what}?"),
            N_("{touchpoint} doesn't carry {what}."),
            N_("Add it there."),
            N_("come to {touchpoint} without {what}"),
        )

    def sides(self, setting: Setting, target: Target) -> Sides:
        """Return the markers asked for, and those by which `where` makes a touchpoint ask."""
        return frozenset(target.markers), self._among(setting).markers

    def _among(self, setting: Setting) -> Aspect:
        """Return what makes a touchpoint ask for it."""
        return self.where.aspect(setting) if self.where else Aspect()

    def demands(self, setting: Setting) -> Iterator[Demand]:
        """Yield what each touchpoint without it asks, as a path of one visit."""
        places = {stop.name: place for place, stop in enumerate(setting.graph.stops)}
        targets = {(t.marker, t.value): t for t in self.targets(setting.charter)}
        among = self._among(setting)
        for verdict in self.judge(setting):
            if verdict.verdict is Answer.BROKEN:
                target = targets[verdict.marker, verdict.value]
                helping, hurting = self.sides(setting, target)
                segment = setting.graph.segments.index(str(verdict.segment))
                place = places[str(verdict.touchpoint)]
                yield Demand(
                    rule=self.id,
                    scope=verdict.scope,
                    segment=segment,
                    visits=(place,),
                    helping=helping,
                    hurting=hurting,
                    is_broken=partial(_is_missing, among, target, place, segment),
                )

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each segment, target and touchpoint concerned."""
        graph = setting.graph.of_paths(self.wanted_outcomes)
        asked = self.asked(setting)
        matching: Sequence[int] = graph.walked
        if self.where is not None:
            matching = self.where.narrow(graph.walked, setting)
        targets = self.targets(setting.charter)
        carrying = [self.carrying(setting, target) for target in targets]
        for segment, name in enumerate(graph.segments):
            if not asked >> segment & 1:
                continue
            for target, carries in zip(targets, carrying, strict=True):
                scope = {
                    "journey": setting.journey.id,
                    "segment": name,
                    "marker": target.marker,
                    "value": target.value,
                }
                concerned = [
                    index
                    for index, stop in enumerate(graph.stops)
                    if stop.is_counted and matching[index] >> segment & 1
                ]
                if not concerned:
                    yield self.verdict(Answer.VACUOUS, **scope)
                for index in concerned:
                    stop = graph.stops[index]
                    is_carried = carries[index] >> segment & 1
                    yield self.verdict(
                        Answer.HOLDS if is_carried else Answer.BROKEN,
                        **scope,
                        touchpoint=stop.name,
                        place=stop.touchpoint.position,
                    )


def _is_missing(among: Aspect, target: Target, place: int, segment: int, borne: Borne) -> bool:
    """Return whether a visit that is asked for it goes without it."""
    (markers,) = borne
    return among.shows(place, segment, markers) and markers.isdisjoint(target.markers)
