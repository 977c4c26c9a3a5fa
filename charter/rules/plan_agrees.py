"""The kind `plan-agrees`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from charter.action_plans import ActionStatus, PlannedAction
from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import Sentences
from charter.rules.planned import PlanRule, channels_of
from charter.rules.setting import Landscape
from journeys.document import Words


class PlanAgrees(PlanRule):
    """Whoever brings a marker shows it the same way.

    Holds when no two actions, of one plan or of several, say by their `how` that one marker shows
    in different ways on one channel for the same customers. Actions that are dropped, or say
    nothing of how, are left out, as are channels that the charter says the marker is not for.
    There is one verdict per action and channel, told of the later of two actions.

    # Why it matters

    A sign is recognised because it is always the same. Two teams that each bring it as they see
    fit bring two signs, and customers of both recognise neither.

    # Breaks

        rules:
          - {id: one-way-to-show-it, kind: plan-agrees}
        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}
        plan: q4
        actions:
          - {id: greet, marker: named-host, touchpoints: [shop], how: The host says their name.}
          - {id: badge, marker: named-host, touchpoints: [till], how: Everybody wears a badge.}

    # Repaired

        touchpoints:
          - {id: shop, stage: discover, channel: store, entry: true, next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}
        plan: q4
        actions:
          - {id: greet, marker: named-host, touchpoints: [shop], how: The host says their name.}
          - {id: badge, marker: named-host, touchpoints: [till], how: The host says their name.}
    """

    code: ClassVar[str] = "CH603"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["plan-agrees"]

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say which two actions differ, and where."""
        del verdict
        return Sentences(
            N_("Do two actions bring {what} in two ways?"),
            N_(
                "The actions {other_action} and {the_action} show {what} in different ways on "
                "{channels}, to the same customers."
            ),
            N_("Agree on one “how”, or write it into the charter and leave it out of both."),
        )

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdict of each action that says how, and channel."""
        earlier: dict[tuple[str, str], list[tuple[str, PlannedAction]]] = {}
        for name, action in self.actions(landscape).items():
            if action.marker is None or action.how is None or _is_out(action):
                continue
            marker = landscape.charter.markers_by_id[action.marker]
            for channel in channels_of(action, landscape):
                if marker.is_not_for(channel):
                    continue
                before = earlier.setdefault((action.marker, channel), [])
                others = (other for other, one in before if _is_at_odds(one, action))
                other = next(others, None)
                before.append((name, action))
                yield self.verdict(
                    Answer.HOLDS if other is None else Answer.BROKEN,
                    marker=action.marker,
                    channel=channel,
                    action=name,
                    place=action.position_of("how"),
                    details={
                        "the_action": name,
                        **({} if other is None else {"other_action": other}),
                    },
                )
        if not earlier:
            yield self.verdict(Answer.VACUOUS)


def _is_out(action: PlannedAction) -> bool:
    return action.status is ActionStatus.DROPPED


def _is_at_odds(one: PlannedAction, other: PlannedAction) -> bool:
    """Return whether two actions show one marker otherwise to some segment of both."""
    is_shared = (
        one.segments is None
        or other.segments is None
        or not set(one.segments).isdisjoint(other.segments)
    )
    return bool(is_shared and one.how and other.how and _differ(one.how, other.how))


def _differ(one: Words, other: Words) -> bool:
    """Return whether two texts differ in some language in which both are written.

    A text in no language that is told stands against those in any.
    """
    ours, theirs = (
        {language: " ".join(text.split()) for language, text in words.texts}
        for words in (one, other)
    )
    if "" in ours or "" in theirs:
        return set(ours.values()).isdisjoint(theirs.values())
    return any(theirs.get(language, text) != text for language, text in ours.items())
