"""The kind `targets`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal

from charter.findings import Answer, Gap, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import OfJourneys, Sentences
from charter.rules.setting import Landscape
from journeys.document import Percentage
from journeys.indicators import Indicator, Indicators


class Targets(OfJourneys):
    """What is watched reaches its target, and is as it was forecast.

    Holds when each indicator with a target and an observed number is no worse than its target, or
    by a part of it that is at most `within` (default 0%); and when each with a forecast and an
    observed number differs from its forecast by a part of it that is at most `deviation` (default
    10%), whichever way. Lower numbers are better where the indicator says so. For a score, these
    are parts of its scale. There is one verdict per live touchpoint, and one per stage, with such
    an indicator; none per stage where `journeys` names some. Indicators told in words, or that
    nobody has observed yet, aren't asked.

    # Why it matters

    A target that nobody compares with what happens is a wish. A forecast that was wrong means
    that something isn't as it is thought to be, and the next one will be wrong too.

    # Breaks

        rules:
          - {id: on-target, kind: targets}
        touchpoints:
          - id: welcome
            stage: discover
            channel: store
            entry: true
            owner: retail
            indicators:
              quantitative: [{name: waiting time, unit: min, better: lower, target: 3, observed: 5}]
            exit: bought

    # Repaired

        touchpoints:
          - id: welcome
            stage: discover
            channel: store
            entry: true
            owner: retail
            indicators:
              quantitative: [{name: waiting time, unit: min, better: lower, target: 3, observed: 2}]
            exit: bought

    # Options

    - `within`: by which part of its target an indicator may miss it, such as 5%; 0% where it
      isn't written.
    - `deviation`: by which part of its forecast an indicator may differ from it; 10% where it
      isn't written.
    """

    code: ClassVar[str] = "CH505"
    default_severity: ClassVar[Severity] = Severity.WARNING
    may_concern_the_charter: ClassVar[bool] = True

    kind: Literal["targets"]
    within: Percentage = 0.0
    deviation: Percentage = 0.1

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say what isn't as it should be, and who should look at it."""
        is_of_stage = verdict.touchpoint is None
        question = {
            ("target", True): N_("Does what is watched at the stage {the_stage} miss its target?"),
            ("target", False): N_("Does what is watched at {touchpoint} miss its target?"),
            ("forecast", True): N_(
                "Does what is watched at the stage {the_stage} differ from its forecast?"
            ),
            ("forecast", False): N_(
                "Does what is watched at {touchpoint} differ from its forecast?"
            ),
        }[verdict.reason, is_of_stage]
        broken = (
            N_("At the stage {the_stage}, {the_gaps}.")
            if is_of_stage
            else N_("At {touchpoint}, {the_gaps}.")
        )
        advice = {
            ("target", True): N_("Find out with {the_owners} what holds it back."),
            ("target", False): N_(
                "Find out what holds it back, and name who looks at it: its “owner”."
            ),
            ("forecast", True): N_("Find out with {the_owners} why, or forecast anew."),
            ("forecast", False): N_(
                "Find out why, or forecast anew, and name who looks at it: its “owner”."
            ),
        }[verdict.reason, "the_owners" in verdict.details]
        return Sentences(question, broken, advice)

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdict of each stage, then those of each journey's touchpoints."""
        for stage in landscape.charter.stages if self.journeys is None else ():
            if stage.indicators is not None and self._asked(stage.indicators):
                scope = {"stage": stage.id}
                yield self._judge(stage.indicators, None, {"the_stage": stage.id}, **scope)
        for setting in self.asked_settings(landscape):
            is_asked = False
            for touchpoint in setting.live_touchpoints:
                indicators = touchpoint.indicators
                if indicators is not None and self._asked(indicators):
                    is_asked = True
                    scope = {"journey": setting.journey.id, "touchpoint": touchpoint.id}
                    yield self._judge(indicators, touchpoint.owner, {}, **scope)
            if not is_asked:
                yield self.verdict(Answer.VACUOUS, journey=setting.journey.id)

    def _asked(self, indicators: Indicators) -> list[Indicator]:
        """Return the indicators that have numbers to compare."""
        return [
            each
            for each in (*indicators.quantitative, *indicators.qualitative)
            if each.progress is not None or each.deviation is not None
        ]

    def _judge(
        self, indicators: Indicators, owner: str | None, named: Mapping[str, str], **scope: Any
    ) -> Verdict:
        details: dict[str, object] = {**named}
        asked = self._asked(indicators)
        broken = [(each, gap) for each in asked if (gap := self._gap(each)) is not None]
        owners = _each_once(each.owner or owner for each, _ in broken)
        if broken:
            details["the_gaps"] = tuple(gap for _, gap in broken)
        if owners:
            details["the_owners"] = owners
        are_on_target = all(gap.target is None for _, gap in broken)
        return self.verdict(
            Answer.BROKEN if broken else Answer.HOLDS,
            **scope,
            place=(broken[0][0] if broken else asked[0]).position,
            reason="forecast" if are_on_target else "target",
            details=details,
        )

    def _gap(self, indicator: Indicator) -> Gap | None:
        """Return how an indicator misses its target, and how it differs from its forecast."""
        target, observed, forecast = indicator.numbers
        if target is None or indicator.reaches_target(self.within):
            target = None
        deviation = indicator.deviation
        if deviation is None or not deviation.is_beyond(self.deviation):
            forecast = None
        if observed is None or (target is None and forecast is None):
            return None
        lower = indicator.is_lower_better
        return Gap(indicator.name, indicator.unit, observed, target, lower, forecast)


def _each_once(owners: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owner for owner in owners if owner))
