"""The kind `indicators`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import JourneyRule, Sentences
from charter.rules.setting import Setting


class Indicators(JourneyRule):
    """Each stage is watched by a figure and by what customers say.

    Holds when each stage of each journey has at least one quantitative and one qualitative
    indicator, at any of its live touchpoints or of the stage as a whole, in the charter. There is
    one verdict per journey and stage with a counted touchpoint.

    # Why it matters

    A figure says that something changed, what customers say tells why. A stage watched by
    neither gets worse without anybody noticing.

    # Breaks

        rules:
          - {id: watched, kind: indicators}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             indicators: {quantitative: [waiting time]}, exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             indicators: {quantitative: [waiting time], qualitative: [how the welcome felt]},
             exit: bought}
    """

    code: ClassVar[str] = "CH501"
    default_severity: ClassVar[Severity] = Severity.INFO

    kind: Literal["indicators"]

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say what is missing."""
        question, broken, advice = {
            "quantitative": (
                N_("Is the stage {the_stage} watched without any figure?"),
                N_("Nothing at the stage {the_stage} has a quantitative indicator."),
                N_("Write one under “indicators” of the stage, or of one of its touchpoints."),
            ),
            "qualitative": (
                N_("Is the stage {the_stage} watched without asking anybody?"),
                N_("Nothing at the stage {the_stage} has a qualitative indicator."),
                N_("Write one under “indicators” of the stage, or of one of its touchpoints."),
            ),
            "both": (
                N_("Is the stage {the_stage} watched by nobody?"),
                N_("Nothing at the stage {the_stage} has any indicator."),
                N_(
                    "Write a quantitative and a qualitative one under “indicators” of the stage, "
                    "or of one of its touchpoints."
                ),
            ),
        }[verdict.reason]
        return Sentences(question, broken, advice)

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each stage with a counted touchpoint."""
        live = setting.live_touchpoints
        scope = {"journey": setting.journey.id}
        stages = [
            stage
            for stage in setting.charter.stages
            if any(t.is_counted and t.stage == stage.id for t in live)
        ]
        if not stages:
            yield self.verdict(Answer.VACUOUS, **scope)
        for stage in stages:
            inside = [touchpoint for touchpoint in live if touchpoint.stage == stage.id]
            places = [stage.indicators, *(touchpoint.indicators for touchpoint in inside)]
            indicators = [each for each in places if each is not None]
            has_figure = any(each.quantitative for each in indicators)
            has_words = any(each.qualitative for each in indicators)
            missing = {(False, False): "both", (False, True): "quantitative"}
            yield self.verdict(
                Answer.HOLDS if has_figure and has_words else Answer.BROKEN,
                **scope,
                stage=stage.id,
                place=inside[0].position,
                reason=missing.get((has_figure, has_words), "qualitative"),
                details={"the_stage": stage.id},
            )
