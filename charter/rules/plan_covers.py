"""The kind `plan-covers`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Literal

from charter.findings import Answer, Severity, Status, Verdict
from charter.messages import N_
from charter.rules.kind import Sentences
from charter.rules.planned import PlanRule, channels_of
from charter.rules.setting import Landscape


class PlanCovers(PlanRule):
    """Whoever is let down, and wherever they are, a plan thinks of them.

    Holds when each segment for which a rule is broken has an open action that is for it, and when
    of the channels on which a broken rule can be mended, one has an open action. What is waived
    doesn't count as broken; what the baseline accepts does, for plans are there to pay it off.
    There is one verdict per segment and one per channel; where nothing is broken, it concerns
    nothing.

    # Why it matters

    Plans are written where somebody speaks up. The segment and the channel that nobody speaks
    for are let down for another year.

    # Breaks

        rules:
          - {id: host-everywhere, kind: carries, markers: [named-host]}
          - {id: nobody-left-out, kind: plan-covers}
        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, exit: bought}
        plan: q4
        actions:
          - {id: train-hosts, marker: named-host, touchpoints: [shop], segments: [loyal]}

    Newcomers miss the host too.

    # Repaired

        plan: q4
        actions:
          - {id: train-hosts, marker: named-host, touchpoints: [shop]}
        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, exit: bought}
    """

    code: ClassVar[str] = "CH602"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["plan-covers"]

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say whom, or what, every plan leaves out."""
        if verdict.segment is not None:
            return Sentences(
                N_("Does every plan leave {the_segment} out?"),
                N_(
                    "No open action is for these customers, though rules are broken for them, "
                    "above all {broken_rule}."
                ),
                N_("Plan an action for them, or accept with a waiver what is broken."),
            )
        return Sentences(
            N_("Does every plan leave {the_channel} out?"),
            N_(
                "No open action is for {the_channel}, though rules are broken there, above all "
                "{broken_rule}."
            ),
            N_("Plan an action there, or accept with a waiver what is broken."),
        )

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdict of each segment, then of each channel."""
        plans = self.asked_plans(landscape)
        if not plans:
            yield self.verdict(Answer.VACUOUS)
            return
        actions = self.open_actions(landscape).values()
        broken = [
            verdict
            for verdict in landscape.answered
            if verdict.verdict is Answer.BROKEN and verdict.status is Status.OPEN
        ]
        place = plans[0].position
        for segment in landscape.charter.all_segments:
            own = [verdict for verdict in broken if verdict.segment == segment.id]
            is_covered = any(action.is_for(segment.id) for action in actions)
            about = {"segment": segment.id, "place": place}
            yield self._judge(own, is_covered, {"the_segment": segment.id}, about)
        covered = {channel for action in actions for channel in channels_of(action, landscape)}
        there = _by_channel(broken, landscape)
        for channel in landscape.charter.channels:
            own = [verdict for verdict, channels in there if channel.id in channels]
            # What is broken on several channels may be mended on any.
            left = [v for v, channels in there if channel.id in channels and not channels & covered]
            about = {"channel": channel.id, "place": place}
            yield self._judge(left or own, not left, {"the_channel": channel.id}, about)

    def _judge(
        self, broken: list[Verdict], is_covered: bool, what: dict[str, str], about: dict[str, Any]
    ) -> Verdict:
        if not broken:
            return self.verdict(Answer.VACUOUS, **about)
        details = {**what, "broken_rule": tuple(_gravest(broken))}
        answer = Answer.HOLDS if is_covered else Answer.BROKEN
        return self.verdict(answer, **about, details=details)


def _by_channel(
    broken: Iterable[Verdict], landscape: Landscape
) -> list[tuple[Verdict, frozenset[str]]]:
    """Return what is broken in a journey, each with the channels on any of which it is mended."""
    settings = {setting.journey.id: setting for setting in landscape.settings}
    return [
        (verdict, settings[verdict.journey].channels_at_fault(verdict))
        for verdict in broken
        if verdict.journey is not None
    ]


_RULES_TOLD = 3


def _gravest(broken: Iterable[Verdict]) -> list[str]:
    """Return the gravest of the rules that are broken, as many as can be told."""
    by_gravity = sorted(broken, key=lambda verdict: verdict.severity.rank)
    return list(dict.fromkeys(verdict.rule for verdict in by_gravity))[:_RULES_TOLD]
