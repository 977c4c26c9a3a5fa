"""The kind `concentration`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, ClassVar, Literal

from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.carrying import Target
from charter.rules.kind import Sentences
from charter.rules.path import CarriedOnPaths
from charter.rules.setting import Setting
from journeys.customers import SHARE_TOLERANCE, ShareBasis, weakest_basis
from journeys.document import Percentage
from journeys.graph import Stop
from journeys.visits import expected_visits


class By(StrEnum):
    """What the identity may hang on."""

    TOUCHPOINT = "touchpoint"
    OWNER = "owner"
    CHANNEL = "channel"


class Concentration(CarriedOnPaths):
    """The identity doesn't hang on a few stars.

    Holds when no touchpoint alone (`by: touchpoint`, the default), `owner` or `channel` provides
    more than `at-most` of the expected counted visits that carry the marker. There is one verdict
    per journey, marker, and touchpoint, owner or channel that provides any. Segments count by
    their weights.

    # Why it matters

    If nearly everybody meets the brand's sign at one desk, the identity leaves with the person
    who holds it, or falls silent the day that desk is closed.

    # Breaks

        rules:
          - {id: not-one-star, kind: concentration, markers: [named-host], at-most: 60%}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, markers: [named-host], exit: bought}

    # Options

    - `at-most`: the largest part that one of them may provide.
    - `by`: what is looked at one by one: `touchpoint`, `owner` or `channel`.
    """

    code: ClassVar[str] = "CH204"
    default_severity: ClassVar[Severity] = Severity.INFO

    kind: Literal["concentration"]
    at_most: Percentage
    by: By = By.TOUCHPOINT

    @property
    def asks_for_shares(self) -> bool:
        """It compares numbers of visits."""
        return True

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say how much hangs on it."""
        question, broken = {
            By.TOUCHPOINT: (
                N_("Does {what} hang on {touchpoint} alone?"),
                N_(
                    "{touchpoint} alone provides {part} of all times that customers meet {what}; "
                    "at most {at_most} may come from one touchpoint."
                ),
            ),
            By.OWNER: (
                N_("Does {what} hang on {the_owner} alone?"),
                N_(
                    "{the_owner} alone provides {part} of all times that customers meet {what}; "
                    "at most {at_most} may come from one owner."
                ),
            ),
            By.CHANNEL: (
                N_("Does {what} hang on {the_channel} alone?"),
                N_(
                    "{the_channel} alone provides {part} of all times that customers meet {what}; "
                    "at most {at_most} may come from one channel."
                ),
            ),
        }[self.by]
        return Sentences(question, broken, N_("Let it show elsewhere too, where customers pass."))

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each target and of what provides it."""
        visits, basis = self._visits(setting)
        for target in self.targets(setting.charter):
            yield from self._judge(setting, target, visits, basis)

    def _visits(self, setting: Setting) -> tuple[dict[int, list[float]], ShareBasis | None]:
        """Return by segment and stop how many visits there are, and what that rests on."""
        asked = self.asked(setting)
        found: dict[int, list[float]] = {}
        for segment, name in enumerate(setting.graph.segments):
            customers = setting.customers_on_paths(segment, self.wanted_outcomes)
            if asked >> segment & 1 and customers is not None:
                weight = setting.segment_weights[name]
                found[segment] = [weight * visits for visits in expected_visits(customers)]
        return found, weakest_basis(map(setting.share_basis, found))

    def _judge(
        self,
        setting: Setting,
        target: Target,
        visits: dict[int, list[float]],
        basis: ShareBasis | None,
    ) -> Iterator[Verdict]:
        carrying = self.carrying(setting, target)
        scope = {"journey": setting.journey.id, "marker": target.marker, "value": target.value}
        total = 0.0
        # As declared: channels in the charter's order, all else in the journey's.
        providers = map(self._provider, setting.graph.stops)
        parts = {thing: 0.0 for thing in providers if thing is not None}
        if self.by is By.CHANNEL:
            parts = {channel.id: 0.0 for channel in setting.charter.channels}
        for index, stop in enumerate(setting.graph.stops):
            met = sum(
                by_stop[index]
                for segment, by_stop in visits.items()
                if stop.is_counted and carrying[index] >> segment & 1
            )
            total += met
            if met and (thing := self._provider(stop)) is not None:
                parts[thing] += met
        if not any(parts.values()):
            yield self.verdict(Answer.VACUOUS, **scope)
        for thing, met in parts.items():
            if met:
                is_star = met / total > self.at_most + SHARE_TOLERANCE
                yield self.verdict(
                    Answer.BROKEN if is_star else Answer.HOLDS,
                    **scope,
                    **self._named(setting, thing),
                    share_basis=basis,
                    details={"part": met / total, f"the_{self.by}": thing},
                )

    def _provider(self, stop: Stop) -> str | None:
        """Return what provides the visits to a stop; None where nobody owns it."""
        if self.by is By.TOUCHPOINT:
            return stop.name
        return stop.channel if self.by is By.CHANNEL else stop.touchpoint.owner

    def _named(self, setting: Setting, thing: str) -> dict[str, Any]:
        """Return where a verdict names what it is about, and where that is written."""
        place = setting.journey.position
        if self.by is By.TOUCHPOINT:
            place = setting.stop_position(thing)
        return {str(self.by): thing, "place": place}
