"""What plans will bring, told as a person would: what holds then, and what each action is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from charter.action_plans import ActionStatus
from charter.messages import N_, Speaker, visible
from charter.outlook import Effect, Outlook
from charter.reports.before_and_after import BeforeAndAfter
from charter.reports.names import Names
from charter.reports.telling import tell
from charter.reports.words import ACTION_STATUSES, date

# Babel finds no text within an f-string.
_ALL_HOLD = N_("Once {plans} is done, every rule of severity “error” holds.")
_ALL_HOLD_SEVERAL = N_("Once {plans} are done, every rule of severity “error” holds.")


@dataclass(frozen=True)
class EffectTold:
    """An action in words.

    Attributes:
        what: What is to be done.
        state: Its plan and id, how far it is, who does it, until when.
        facts: What it does for the rules.
        is_harmful: Whether something breaks only because of it.
    """

    what: str
    state: str
    facts: tuple[str, ...]
    is_harmful: bool


@dataclass(frozen=True)
class Obstacle:
    """A rule of severity ``error`` that is broken once all is done."""

    rule: str
    question: str
    path: str
    advice: str


class OutlookTeller:
    """Tells an outlook by the names that people gave."""

    def __init__(self, outlook: Outlook, speak: Speaker) -> None:
        self.outlook, self.speak = outlook, speak
        # What is only planned today has its place on paths then.
        self.names = Names(outlook.done, speak)
        self.turn = BeforeAndAfter(self.names, outlook.before, outlook.after)

    def headline(self) -> str:
        """Return what the plans come to in one sentence."""
        speak, outlook = self.speak, self.outlook
        plans = [speak.quote(visible(p.named(speak.language))) for p in outlook.plans]
        several = len(plans) > 1
        left = len({verdict.rule for verdict in outlook.still_broken})
        if not left and not outlook.is_proved:
            return speak(
                N_("What holds once {plans} is done can't be told: nothing was proved."),
                plans=speak.all_of(plans),
            )
        if not left:
            return speak(_ALL_HOLD_SEVERAL if several else _ALL_HOLD, plans=speak.all_of(plans))
        if several:
            return speak.many(
                "Once {plans} are done, {number} rule of severity “error” is still broken.",
                "Once {plans} are done, {number} rules of severity “error” are still broken.",
                left,
                plans=speak.all_of(plans),
            )
        return speak.many(
            "Once {plans} is done, {number} rule of severity “error” is still broken.",
            "Once {plans} is done, {number} rules of severity “error” are still broken.",
            left,
            plans=speak.all_of(plans),
        )

    def counted(self) -> str:
        """Return how many actions count, and why others don't."""
        speak, effects = self.speak, self.outlook.effects
        told = [
            speak.many(
                "{number} action counts.",
                "{number} actions count.",
                sum(effect.is_counted for effect in effects),
            )
        ]
        left_out = [effect.action.status for effect in effects if not effect.is_counted]
        if dropped := left_out.count(ActionStatus.DROPPED):
            told.append(
                speak.many("{number} was dropped.", "{number} were dropped.", dropped),
            )
        if ideas := left_out.count(ActionStatus.IDEA):
            told.append(
                speak.many(
                    "{number} is an idea and is left out.",
                    "{number} are ideas and are left out.",
                    ideas,
                )
            )
        return " ".join(told)

    def unchanged(self) -> str:
        """Return which rules are as broken then as they are today; empty where none is."""
        left = self.turn.unchanged()
        if not left:
            return ""
        return self.speak.many(
            "{number} rule is as broken then as today: {rules}.",
            "{number} rules are as broken then as today: {rules}.",
            len(left),
            rules=self.speak.all_of(left),
        )

    def effects(self) -> Iterator[EffectTold]:
        """Yield each action that counts."""
        for effect in self.outlook.effects:
            if effect.is_counted:
                action = effect.action
                yield EffectTold(
                    visible(action.named(self.speak.language)),
                    self._state(effect),
                    tuple(self._facts(effect)),
                    bool(effect.breaks),
                )

    def _state(self, effect: Effect) -> str:
        speak, action = self.speak, effect.action
        told = [speak(ACTION_STATUSES[action.status])]
        if action.owner:
            told.append(visible(action.owner))
        if action.due:
            told.append(speak(N_("due {date}"), date=date(action.due, speak)))
        return f"{visible(effect.plan)}/{visible(action.id)} · {', '.join(told)}"

    def _facts(self, effect: Effect) -> Iterator[str]:
        speak = self.speak
        if effect.changes is None:
            yield speak(N_("There was no time to try it by itself."))
            return
        if effect.needed_for:
            yield speak.many(
                "Without it, the rule {rules} would be broken.",
                "Without it, the rules {rules} would be broken.",
                len(effect.needed_for),
                rules=speak.all_of(effect.needed_for),
            )
        spared = [rule for rule in effect.mends if rule not in effect.needed_for]
        if spared:
            yield speak(
                N_("It mends {rules} too, but the other actions do that without it."),
                rules=speak.all_of(spared),
            )
        if effect.breaks:
            yield speak(N_("It breaks {rules}."), rules=speak.all_of(effect.breaks))
        if not effect.changes:
            yield speak(N_("It changes nothing that a rule asks for."))
        elif not (effect.needed_for or spared or effect.breaks):
            yield speak(N_("More or fewer customers meet what rules ask, but no verdict turns."))

    def obstacles(self) -> Iterator[Obstacle]:
        """Yield the rules that are still broken."""
        left = dict.fromkeys(verdict.rule for verdict in self.outlook.still_broken)
        by_rule = {finding.rule: finding for finding in reversed(self.outlook.open_findings)}
        for rule in left:
            told = tell(by_rule[rule], self.names)
            yield Obstacle(rule, told.headline, told.path, told.advice)
