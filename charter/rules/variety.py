"""The kind `variety`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from charter.brand import Charter
from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.aspect import Aspect
from charter.rules.carrying import MarkerIds, Target
from charter.rules.kind import Sentences
from charter.rules.letters import Visit
from charter.rules.remark import Remark, lacking, saying
from charter.rules.selector import Selector
from charter.rules.setting import Setting
from charter.rules.visit import VisitRule
from journeys.automata import STATE_LIMIT, Ending
from journeys.document import Whole

_State: TypeAlias = tuple[bool, frozenset[int] | None]
"""Whether a counted visit was seen, and which markers were met; None for enough."""


class Variety(VisitRule):
    """Customers meet several different markers, not one again and again.

    Holds when, on every concerned path, at least `at-least` (default 2) different markers of its
    `any-of` are met.

    # Why it matters

    One sign can be copied, and becomes a tic when it is all there is. An identity is recognised
    by several signs that go together.

    Finding a path with few different markers is hard in general: which ones were met has to be
    remembered. Where more than 4,096 such combinations may have to be told apart, the verdict is
    “inconclusive”, never a guess. Ask for fewer at once, or of fewer markers.

    # Breaks

        rules:
          - {id: more-than-one-sign, kind: variety, any-of: [named-host, no-repeat]}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [welcome, till]}
          - {id: till, stage: buy, channel: store, markers: [named-host], exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [welcome, till]}
          - {id: till, stage: buy, channel: store, markers: [no-repeat], exit: bought}

    # Options

    - `any-of`: the markers that count.
    - `where`: at which touchpoints they count; everywhere where it isn't written.
    - `at-least`: how many different ones must be met.
    """

    code: ClassVar[str] = "CH110"
    default_severity: ClassVar[Severity] = Severity.WARNING
    sees_uncounted: ClassVar[bool] = True
    # Each combination twice, concerned or not, and once more for enough.
    most_states: ClassVar[int] = 2 * STATE_LIMIT + 2

    kind: Literal["variety"]
    any_of: MarkerIds
    where: Selector | None = None
    at_least: Annotated[Whole, Field(ge=1, le=1000)] = 2

    @property
    def start(self) -> _State:
        """Nothing was visited."""
        return (False, frozenset())

    def targets(self, charter: Charter) -> tuple[Target, ...]:
        """Return the one target: all of its markers."""
        return (Target(None, None, charter.markers_named(self.any_of)),)

    def aspects(self, setting: Setting, target: Target) -> tuple[Aspect, ...]:
        """Return of each marker that a visit carries it."""
        among = self.where.aspect(setting) if self.where else Aspect()
        return tuple(among.bearing((marker,)) for marker in target.markers)

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each scope, as far as it can be decided."""
        (target,) = self.targets(setting.charter)
        asked = len(target.markers)
        combinations = sum(math.comb(asked, met) for met in range(min(self.at_least, asked + 1)))
        if combinations <= STATE_LIMIT:
            for verdict in super().judge(setting):
                # No path can meet more of them than there are.
                yield replace(verdict, reason="too-few" if asked < self.at_least else "")
            return
        # Which scopes are concerned doesn't depend on how many are asked for.
        easier = self.model_copy(update={"at_least": 1, "for_share": None})
        for verdict in easier.judge(setting):
            yield self.verdict(
                Answer.VACUOUS if verdict.verdict is Answer.VACUOUS else Answer.INCONCLUSIVE,
                journey=verdict.journey,
                segment=verdict.segment,
                channel=verdict.channel,
                stage=verdict.stage,
                place=self.position,
                details={"markers": asked, "combinations": combinations, "limit": STATE_LIMIT},
            )

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Note which markers are met, up to enough."""
        was_concerned, met = state
        if met is not None:
            met |= {marker for marker, is_carried in enumerate(shows) if is_carried}
            met = met if len(met) < self.at_least else None
        return was_concerned or is_counted, met

    def ending(self, state: _State) -> Ending:
        """Enough were met, or not."""
        is_concerned, met = state
        if not is_concerned:
            return Ending.UNCONCERNED
        return Ending.HOLDS if met is None else Ending.BREAKS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that too few are met, or why that can't be said."""
        if verdict.verdict is Answer.INCONCLUSIVE:
            return Sentences(
                N_("Can a customer meet fewer than {at_least} different markers among {among}?"),
                N_(
                    "It can't be decided exactly: up to {combinations} combinations of {markers} "
                    "markers would have to be told apart, more than {limit}."
                ),
                N_("Ask for fewer at once, or of fewer markers."),
            )
        advice = N_("Add one that is missing to {places}.")
        if verdict.reason == "too-few":
            advice = N_("There are fewer than {at_least} of them. Ask for less, or name more.")
        return Sentences(
            N_("Can a customer meet fewer than {at_least} different markers among {among}?"),
            N_("{path} meets fewer than {at_least} different markers among {among}."),
            advice,
            N_("meet fewer than {at_least} different markers among {among}"),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Any visit that lacks one of those not met yet."""
        met = {m for visit in visits for m, is_carried in enumerate(visit.shows) if is_carried}
        return [i for i, visit in enumerate(visits) if len(met) < len(visit.shows)]

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say which are met where, and how many different ones by then."""
        met: set[int] = set()
        for visit in visits:
            carried = {number for number, is_carried in enumerate(visit.shows) if is_carried}
            new = carried - met
            met |= carried
            if new:
                yield saying(
                    N_("Carries {new_marker}: {number} of {at_least} different ones."),
                    new_marker=tuple(target.markers[number] for number in sorted(new)),
                    number=len(met),
                )
            elif carried:
                yield lacking(
                    N_("Carries only what was met before: still {number} of {at_least}."),
                    number=len(met),
                )
            else:
                yield lacking(N_("Carries none of {among}."))
