"""A plan told as a person would: what to do and why, what it costs, and what holds then."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from charter.effort import Lever, lever
from charter.findings import Answer, Finding, Status
from charter.messages import N_, Speaker, visible
from charter.plan import Action, Beyond, Reason, left_broken
from charter.reports.before_and_after import BeforeAndAfter, RuleTold
from charter.reports.names import Names
from charter.reports.telling import tell
from charter.reports.words import LEVERS, amount
from charter.suggestions import Change, Planned, Step, Suggestion
from journeys.model import Touchpoint

REASONS = {
    Reason.NO_TAG_HELPS: N_(
        "Wherever markers may be added, it stays broken somewhere: what breaks it isn't a marker "
        "that is missing."
    ),
    Reason.AT_ODDS: N_("It can't hold together with {others}: what mends one breaks the other."),
    Reason.NOT_OF_TAGS: N_("It asks for something else than a marker at a touchpoint."),
    Reason.NO_TIME: N_("No plan that mends it was found in the time given."),
    Reason.BUDGET: N_("The budget isn't enough to make it hold everywhere."),
}
"""Why a rule stays broken."""
_AT_ODDS_WITH_ITSELF = N_(
    "It can't hold everywhere at once: what mends it in one place breaks it in another."
)

# Babel finds no text within an f-string.
_PLANNED = N_("It is planned there already.")
_CHEAPEST = N_("No cheaper set of actions does it.")
_FARTHEST = N_("No other choice for this budget reaches more.")

_COST_TOLERANCE = 1e-6
_VALUE_TOLERANCE = 1e-9


@dataclass(frozen=True)
class ActionTold:
    """An action in words.

    Attributes:
        what: What to do, where.
        facts: How, what it is for, what it costs.
    """

    what: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """The actions of one journey."""

    title: str
    file: str
    actions: tuple[ActionTold, ...]


@dataclass(frozen=True)
class Obstacle:
    """A rule that the plan leaves broken.

    Attributes:
        reasons: Why, a sentence each.
        question: What its first finding asks; empty where none is left.
        path: The path that still breaks it, if one does.
        advice: What `charter check` advises.
        levers: What else would make it hold, as was tried.
    """

    rule: str
    reasons: tuple[str, ...]
    question: str
    path: str
    advice: str
    levers: tuple[str, ...]


class PlanTeller:
    """Tells a plan by the names that people gave."""

    def __init__(self, planned: Planned, names: Names) -> None:
        self.planned, self.plan = planned, planned.plan
        self.names = names
        self.speak: Speaker = names.speak
        self._turn = BeforeAndAfter(names, planned.plan.before, planned.plan.after)

    @property
    def was_asked_nothing(self) -> bool:
        """Whether no rule asked for is broken."""
        return not left_broken(self.plan.before, self.plan.asked)

    def headline(self) -> str:
        """Return what the plan comes to in one sentence."""
        speak, plan = self.speak, self.plan
        if self.was_asked_nothing:
            return speak(N_("No rule asked for is broken: there is nothing to do."))
        if not plan.is_found:
            return speak(N_("No plan was found in {time}."), time=self.time())
        if not plan.actions and plan.reach is not None:
            return speak(
                N_(
                    "For a budget of {budget}, nothing was found that brings more customers to "
                    "where the rules hold."
                ),
                budget=self.amount(plan.reach.budget),
            )
        if not plan.actions:
            return speak(N_("No marker that may be added would help."))
        told = speak.many(
            "{number} action makes every rule asked for hold.",
            "{number} actions make every rule asked for hold.",
            len(plan.actions),
        )
        if plan.is_proved:
            return told
        if plan.reach is not None:
            return speak.many(
                "{number} action brings most customers for a budget of {budget}.",
                "{number} actions bring most customers for a budget of {budget}.",
                len(plan.actions),
                budget=self.amount(plan.reach.budget),
            )
        return speak.many(
            "{number} action mends what adding markers can mend.",
            "{number} actions mend what adding markers can mend.",
            len(plan.actions),
        )

    def hint(self) -> str:
        """Return how to ask for more where nothing asked for is broken, if more is broken."""
        others = dict.fromkeys(
            verdict.rule
            for verdict in self.plan.before.verdicts
            if verdict.verdict is Answer.BROKEN
            and verdict.status is not Status.WAIVED
            and verdict.rule not in self.plan.asked
        )
        if not others:
            return ""
        return self.speak.many(
            "{number} other rule is broken; ask for it with --rule: {rules}.",
            "{number} other rules are broken; ask for them with --rule: {rules}.",
            len(others),
            rules=", ".join(others),
        )

    # What to do.

    def chapters(self) -> Iterator[Chapter]:
        """Yield the actions by journey."""
        for journey in self.planned.workspace.journeys:
            actions = [each for each in self.plan.actions if each.journey == journey.id]
            if actions:
                title = self.names.of("journey", journey.id)
                yield Chapter(title, journey.file, tuple(map(self._action, actions)))

    def what(self, action: Action) -> str:
        """Return what an action brings where."""
        touchpoint = self._touchpoint(action.journey, action.touchpoint)
        channels = [self.names.of("channel", channel) for channel in touchpoint.channel_shares]
        return self.speak(
            N_("Bring {marker} to {touchpoint} ({channels})."),
            marker=self.names.marker(action.marker),
            touchpoint=self._named(touchpoint),
            channels=self.speak.all_of(channels),
        )

    def purposes(self, action: Action) -> tuple[str, ...]:
        """Return the rules that an action is for, a phrase each."""
        return tuple(map(self._purpose, action.repairs))

    def _action(self, action: Action) -> ActionTold:
        speak = self.speak
        touchpoint = self._touchpoint(action.journey, action.touchpoint)
        what = self.what(action)
        if touchpoint.is_planned(action.marker):
            what = f"{what} {speak(_PLANNED)}"
        facts = [*self._expressions(action, touchpoint), *self.purposes(action)]
        if action.cost != 1:
            facts.append(speak(N_("Cost: {cost}"), cost=self.amount(action.cost)))
        found = self.lever(action)
        if found is not None:
            facts.append(speak(N_("Effort: {lever}"), lever=speak(LEVERS[found])))
        return ActionTold(what, tuple(facts))

    def lever(self, action: Action) -> Lever | None:
        """Return what the effort grid of an action's touchpoint proposes, if it is graded."""
        touchpoint = self._touchpoint(action.journey, action.touchpoint)
        return lever(touchpoint.effort, self.planned.workspace.charter.levers)

    def _expressions(self, action: Action, touchpoint: Touchpoint) -> Iterator[str]:
        """Yield how the marker shows on each channel, or that nobody has said so yet."""
        marker = self.planned.workspace.charter.markers_by_id[action.marker]
        several = len(touchpoint.channel_shares) > 1
        for channel in touchpoint.channel_shares:
            name = self.names.of("channel", channel)
            expression = marker.expressions.get(channel)
            if expression is None:
                caption = N_("How: the charter doesn't say yet how it shows on {channel}.")
                yield self.speak(caption, channel=name)
            elif expression.text is not None:
                text = self.speak.words(expression.text)
                caption = N_("How on {channel}: {text}") if several else N_("How: {text}")
                yield self.speak(caption, channel=name, text=text)

    def _purpose(self, rule: str) -> str:
        why = self.names.rules[rule].why
        if why is None:
            return self.speak(N_("For the rule {rule}"), rule=rule)
        return self.speak(N_("For the rule {rule}: {why}"), rule=rule, why=self.speak.words(why))

    # What it costs, and what it brings.

    def price(self) -> str:
        """Return what all costs together, and whether it could be had for less."""
        speak, plan = self.speak, self.plan
        cost = speak(N_("Cost in all: {cost}."), cost=self.amount(plan.cost))
        if plan.reach is not None and plan.bound < plan.cost - _COST_TOLERANCE:
            return cost
        if plan.cost <= plan.bound + _COST_TOLERANCE:
            return f"{cost} {speak(_CHEAPEST)}"
        # Rounded up, so that no more is promised than was proved.
        percent = math.ceil((1 - plan.bound / plan.cost) * 100 - 1e-9) / 100
        told = speak(
            N_("The best found in {time}; one up to {share} cheaper may exist."),
            time=self.time(),
            share=speak.percent(percent),
        )
        return f"{cost} {told}"

    def opening(self) -> str:
        """Return what of the cost goes into showing markers on channels that are new to them."""
        opening = sum(action.opening for action in self.plan.actions)
        if not opening:
            return ""
        return self.speak(
            N_("Of this, {cost} goes into markers shown on a channel for the first time."),
            cost=self.amount(opening),
        )

    def reach(self) -> str:
        """Return how many customers a budget brings to where the rules hold."""
        reach, speak = self.plan.reach, self.speak
        if reach is None:
            return ""
        told = speak(
            N_(
                "Customers whose paths keep the rules, weighted by segment and priority: {before} "
                "today, {value} then."
            ),
            before=speak.percent(reach.before),
            value=speak.percent(reach.value),
        )
        if reach.at_most <= reach.value + _VALUE_TOLERANCE:
            return f"{told} {speak(_FARTHEST)}"
        told_too = speak(
            N_("The best found in {time}; no other choice reaches more than {share}."),
            time=self.time(),
            share=speak.percent(reach.at_most),
        )
        return f"{told} {told_too}"

    # Before and after.

    def rules(self) -> Iterator[RuleTold]:
        """Yield the rules that are broken today or then, as declared."""
        return self._turn.rules(self.plan.asked)

    def proof(self) -> str:
        """Return how many verdicts are broken before and after, as was checked."""
        return self._turn.proof()

    # What stays broken.

    def obstacles(self) -> Iterator[Obstacle]:
        """Yield the rules that stay broken, and what else would mend them."""
        by_rule: dict[str, list[Beyond]] = {}
        for each in self.plan.beyond:
            by_rule.setdefault(each.rule, []).append(each)
        levers = {each.rule: each for each in self.planned.suggestions}
        for rule, beyond in by_rule.items():
            finding = self._finding(rule)
            told = tell(finding, self.names) if finding else None
            yield Obstacle(
                rule,
                tuple(map(self.why, beyond)),
                told.headline if told else "",
                told.path if told else "",
                told.advice if told and rule not in levers else "",
                tuple(self._steps(levers[rule])) if rule in levers else (),
            )

    def _finding(self, rule: str) -> Finding | None:
        for finding in self.plan.after.findings:
            if finding.rule == rule and finding.status is Status.OPEN and finding.verdicts:
                return finding
        return None

    def why(self, beyond: Beyond) -> str:
        """Return why a rule stays broken."""
        if beyond.reason is Reason.AT_ODDS and not beyond.others:
            return self.speak(_AT_ODDS_WITH_ITSELF)
        others = self.speak.all_of(map(self.speak.quote, beyond.others))
        return self.speak(REASONS[beyond.reason], others=others)

    def _steps(self, suggestion: Suggestion) -> Iterator[str]:
        return map(self._step, suggestion.steps)

    def _step(self, step: Step) -> str:
        speak = self.speak
        touchpoint = self._named(self._touchpoint(step.journey, step.touchpoint))
        if step.change is Change.TAKE_OFF:
            marker = self.names.marker(step.marker)
            return speak(N_("take {marker} off {touchpoint}"), marker=marker, touchpoint=touchpoint)
        if step.change is Change.CLOSE:
            to = self._named(self._touchpoint(step.journey, step.to))
            return speak(
                N_("close the way from {touchpoint} to {to}"), touchpoint=touchpoint, to=to
            )
        return speak(N_("retire {touchpoint}"), touchpoint=touchpoint)

    # Words.

    def _touchpoint(self, journey: str, identifier: str) -> Touchpoint:
        touchpoint = self.names.settings[journey].touchpoint(identifier)
        if touchpoint is None:
            raise ValueError(f"no touchpoint {identifier}")
        return touchpoint

    def _named(self, touchpoint: Touchpoint) -> str:
        return self.speak.quote(visible(touchpoint.named(self.speak.language)))

    def amount(self, number: float) -> str:
        """Return a number, whole or not."""
        return amount(number, self.speak)

    def time(self) -> str:
        """Return how long the search was allowed to take."""
        return self.speak(N_("{seconds} s"), seconds=self.amount(self.planned.seconds))
