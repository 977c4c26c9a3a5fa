"""What a budget buys: the tags that bring most customers to where the rules hold."""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Callable, Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import count
from typing import TypeAlias

from charter.brand import Priority
from charter.candidates import candidates, costs
from charter.checker import check
from charter.findings import Answer, Severity, Status, Verdict
from charter.plan import (
    Action,
    Beyond,
    Broken,
    Plan,
    Reach,
    Reason,
    cheapest_plan,
    left_broken,
)
from charter.rules import Rule
from charter.rules.everywhere import Everywhere
from charter.rules.path import PathRule
from charter.what_if import tried
from charter.workspace import Workspace

VALUE_TOLERANCE = 1e-9
"""What two values may differ by and be the same."""

Sides: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""Markers that may mend a rule, and markers that may break it."""

_COST_TOLERANCE = 1e-6
_ACTIONS_MISSED_ONE_BY_ONE = 50
"""Of more actions, none is tried to be done without alone."""
_PRIORITIES = {Priority.STANDARD: 1.0, Priority.HIGH: 2.0}
_PART_FOR_THE_WHOLE = 0.3
"""The part of the time in which a plan for all that is asked is looked for first."""


def plan_within(
    workspace: Workspace,
    today: datetime.date,
    budget: float,
    *,
    rules: Collection[str] | None = None,
    locked: Collection[str] = (),
    measure: bool | None = None,
    seconds_left: Callable[[], float],
) -> Plan:
    """Return the tags within a budget that bring most customers to where the rules asked for hold.

    The value of a choice is a share of customers in [0, 1]. Each journey and segment counts with
    the journey's weight times the segment's, twice as much where its priority is high. What it
    contributes is the mean, over the verdicts there today of the rules asked for (but those
    waived), of the share of the segment's customers whose path doesn't break the rule: 1 where it
    holds or concerns nobody, 0 where it is broken or undecided and no share was measured. The sum
    is divided by what all journeys and segments with such verdicts count together.

    As in `cheapest_plan`, no path rule and no `everywhere` becomes broken where it isn't today. No
    action could be left out without loss. Branch and bound: a choice is never worth more than
    with everything added that still fits the budget alone. Where time runs out, the best choice
    so far, with what no other exceeds (`Plan.reach`). `Plan.bound` is the cost where the budget
    is enough for all that is asked, and else 0.

    Args:
        workspace: What is to be repaired.
        today: The day of the check.
        budget: What the tags may cost together, above 0.
        rules: The ids of the rules asked for; those of severity ``error`` where nothing is said.
        locked: Touchpoints to leave as they are, by their ids.
        measure: Whether shares of customers are measured, as for `check`.
        seconds_left: Returns how long the search may still take.
    """
    until = seconds_left() * (1.0 - _PART_FOR_THE_WHOLE)
    whole = cheapest_plan(
        workspace,
        today,
        rules=rules,
        locked=locked,
        measure=measure,
        seconds_left=lambda: seconds_left() - until,
    )
    waived = {
        (verdict.rule, verdict.scope)
        for verdict in whole.before.verdicts
        if verdict.status is Status.WAIVED
    }
    search = _Search(replace(workspace, measure=measure), whole.asked, waived, locked, budget)
    before = search.value(frozenset())
    if whole.is_found and whole.is_proved and whole.cost <= budget + _COST_TOLERANCE:
        return replace(whole, reach=Reach(budget, before, 1.0, 1.0))
    chosen, at_most = search.best(search.numbers_of(whole.actions), seconds_left)
    repaired = search.equipped(chosen)
    after = check(repaired, today)
    broken = {verdict.rule for verdict in left_broken(after, whole.asked)}
    paid = search.options.shares_of_openings(chosen)
    return Plan(
        actions=tuple(search.action(option, chosen, opening) for option, opening in paid.items()),
        cost=search.options.cost(chosen),
        bound=0.0,
        is_found=bool(chosen) or at_most <= before + VALUE_TOLERANCE,
        is_proved=not broken,
        beyond=tuple(
            each for rule in workspace.rules if rule.id in broken for each in _reasons(rule, whole)
        ),
        asked=whole.asked,
        before=whole.before,
        after=after,
        repaired=repaired,
        reach=Reach(budget, before, search.value(chosen), at_most),
    )


def _reasons(rule: Rule, whole: Plan) -> tuple[Beyond, ...]:
    """Return why a rule stays broken: no tag helps, or else the budget isn't enough for it."""
    if not isinstance(rule, PathRule | Everywhere):
        return (Beyond(rule.id, Reason.NOT_OF_TAGS),)
    hopeless = tuple(
        each for each in whole.beyond if each.rule == rule.id and each.reason is Reason.NO_TAG_HELPS
    )
    return hopeless or (Beyond(rule.id, Reason.BUDGET),)


Outcome: TypeAlias = Mapping[Broken, Verdict]
"""What the rules that tags can mend or break come to in one journey, by rule and scope."""


def _share(verdict: Verdict | None) -> float:
    """Return the share of a segment's customers whose path doesn't break a rule, in [0, 1]."""
    if verdict is None or verdict.verdict in (Answer.HOLDS, Answer.VACUOUS):
        return 1.0
    if verdict.share is None:
        return 0.0
    concerned = 1.0 if verdict.concerned is None else verdict.concerned
    return 1.0 - concerned * (1.0 - verdict.share)


def _broken(outcome: Outcome) -> set[Broken]:
    return {scope for scope, verdict in outcome.items() if verdict.verdict is Answer.BROKEN}


class _Search:
    """A search under way.

    Attributes:
        weights: By journey, and scope there of the rules asked for, what it counts; together 1.
        useful: The options that may mend something.
    """

    def __init__(
        self,
        workspace: Workspace,
        asked: Collection[str],
        waived: AbstractSet[Broken],
        locked: Collection[str],
        budget: float,
    ) -> None:
        self.workspace, self.budget = workspace, budget
        self.rules = [
            rule
            for rule in workspace.rules
            if isinstance(rule, PathRule | Everywhere) and rule.gravity is not Severity.OFF
        ]
        self.tries = candidates(workspace, frozenset(locked))
        self.options = costs(workspace, self.tries)
        self.settings = {setting.journey.id: setting for setting in workspace.settings}
        self._outcomes: dict[tuple[str, frozenset[int]], Outcome] = {}
        self.weights = self._weights(asked, waived)
        sides = {
            journey: {
                (rule.id, t.marker, t.value): rule.sides(setting, t)
                for rule in self.rules
                if rule.is_asked_of(setting)
                for t in rule.targets(workspace.charter)
            }
            for journey, setting in self.settings.items()
        }
        self.useful = [
            option
            for option, each in enumerate(self.tries)
            if any(each.marker in helping for helping, _ in sides[each.journey].values())
        ]
        self.addable = {
            journey: {
                scope: self._addable(
                    journey, *sides[journey][scope[0], scope[1].marker, scope[1].value]
                )
                for scope in scopes
            }
            for journey, scopes in self.weights.items()
        }

    def _weights(
        self, asked: Collection[str], waived: AbstractSet[Broken]
    ) -> dict[str, dict[Broken, float]]:
        segments = {segment.id: segment for segment in self.workspace.charter.all_segments}
        found: dict[str, dict[Broken, float]] = {}
        for journey, setting in self.settings.items():
            by_segment: dict[str, list[Broken]] = {}
            for scope, verdict in self.outcome(journey, frozenset()).items():
                if verdict.rule in asked and verdict.segment and scope not in waived:
                    by_segment.setdefault(verdict.segment, []).append(scope)
            found[journey] = {}
            for name, scopes in by_segment.items():
                segment = segments[name]
                weight = setting.journey.weight * segment.weight * _PRIORITIES[segment.priority]
                found[journey] |= dict.fromkeys(scopes, weight / len(scopes))
        total = sum(sum(weights.values()) for weights in found.values())
        return {
            journey: {scope: weight / total for scope, weight in weights.items()}
            for journey, weights in found.items()
        }

    def _addable(
        self, journey: str, helping: frozenset[str], hurting: frozenset[str]
    ) -> frozenset[str] | None:
        """Return the markers with which a scope comes off best; None where that can't be told."""
        candidates_there = {each.marker for each in self.tries if each.journey == journey}
        if not hurting & candidates_there:
            return frozenset(candidates_there)
        return None if helping & hurting & candidates_there else helping & candidates_there

    # What choices come to.

    def equipped(self, chosen: AbstractSet[int]) -> Workspace:
        """Return the workspace with the tags chosen."""
        return tried(self.workspace, [self.tries[option] for option in sorted(chosen)])

    def numbers_of(self, actions: Collection[Action]) -> frozenset[int]:
        """Return the options that actions are."""
        wanted = {(each.journey, each.touchpoint, each.marker) for each in actions}
        return frozenset(
            option
            for option, each in enumerate(self.tries)
            if (each.journey, each.touchpoint, each.marker) in wanted
        )

    def outcome(self, journey: str, chosen: frozenset[int]) -> Outcome:
        """Return what options, all of one journey, come to there."""
        key = (journey, chosen)
        if key not in self._outcomes:
            settings = self.equipped(chosen).settings
            (setting,) = (each for each in settings if each.journey.id == journey)
            self._outcomes[key] = {
                (rule.id, verdict.scope): verdict
                for rule in self.rules
                if rule.is_asked_of(setting)
                for verdict in rule.judge(setting)
            }
        return self._outcomes[key]

    def outcomes(self, chosen: AbstractSet[int]) -> Iterator[tuple[str, Outcome]]:
        """Yield what a choice comes to in each journey."""
        for journey in self.settings:
            yield journey, self.outcome(journey, self._within(journey, chosen))

    def _within(self, journey: str, chosen: AbstractSet[int]) -> frozenset[int]:
        return frozenset(option for option in chosen if self.tries[option].journey == journey)

    def value(self, chosen: AbstractSet[int]) -> float:
        """Return what a choice is worth, in [0, 1]."""
        return sum(
            weight * _share(outcome.get(scope))
            for journey, outcome in self.outcomes(chosen)
            for scope, weight in self.weights[journey].items()
        )

    def is_harmless(self, chosen: AbstractSet[int]) -> bool:
        """Return whether nothing is broken that isn't today."""
        return all(
            _broken(outcome) <= _broken(self.outcome(journey, frozenset()))
            for journey, outcome in self.outcomes(chosen)
        )

    def fits(self, chosen: AbstractSet[int]) -> bool:
        """Return whether the budget is enough for a choice."""
        return self.options.cost(chosen) <= self.budget + _COST_TOLERANCE

    def bound(self, chosen: frozenset[int], rest: Collection[int]) -> float:
        """Return what no choice is worth more than that adds to ``chosen`` some of ``rest``."""
        fitting = [option for option in rest if self.fits(chosen | {option})]
        found = 0.0
        for journey, weights in self.weights.items():
            there = self._within(journey, chosen)
            for scope, weight in weights.items():
                addable = self.addable[journey][scope]
                if addable is None:
                    found += weight
                    continue
                added = {
                    option
                    for option in self._within(journey, frozenset(fitting))
                    if self.tries[option].marker in addable
                }
                found += weight * _share(self.outcome(journey, there | added).get(scope))
        return found

    # Choosing.

    def best(
        self, start: frozenset[int], seconds_left: Callable[[], float]
    ) -> tuple[frozenset[int], float]:
        """Return the best choice found, and what none is worth more than.

        Args:
            start: A choice to begin with, harmless but perhaps too dear.
            seconds_left: Returns how long the search may still take.
        """
        found = max(
            (frozenset(), self._fitting(start, seconds_left), self._greedy(seconds_left)),
            key=lambda chosen: (self.value(chosen), -self.options.cost(chosen)),
        )
        value = self.value(found)
        # What may still be decided, the most promising first.
        waiting: list[tuple[float, int, frozenset[int], int]] = []
        numbers = count()

        def wait(chosen: frozenset[int], place: int) -> None:
            rest = self.useful[place:]
            if any(self.fits(chosen | {option}) for option in rest):
                bound = self.bound(chosen, rest)
                heapq.heappush(waiting, (-bound, next(numbers), chosen, place))

        wait(frozenset(), 0)
        at_most = value
        while waiting and -waiting[0][0] > value + VALUE_TOLERANCE:
            if seconds_left() <= 0:
                at_most = -waiting[0][0]
                break
            _, _, chosen, place = heapq.heappop(waiting)
            wait(chosen, place + 1)
            more = chosen | {self.useful[place]}
            if self.fits(more):
                worth = self.value(more)
                if worth > value + VALUE_TOLERANCE and self.is_harmless(more):
                    found, value = more, worth
                wait(more, place + 1)
        # What is added up in another order may differ in its last digits.
        is_optimal = at_most <= value + VALUE_TOLERANCE
        return self._without_idle(found), value if is_optimal else min(at_most, 1.0)

    def _greedy(self, seconds_left: Callable[[], float]) -> frozenset[int]:
        """Return a choice of what brings most for its cost, one after the other."""
        chosen: frozenset[int] = frozenset()
        while True:
            value, cost = self.value(chosen), self.options.cost(chosen)
            best, best_gain = None, VALUE_TOLERANCE
            for option in self.useful:
                if seconds_left() <= 0:
                    return best or chosen
                more = chosen | {option}
                if option in chosen or not self.fits(more):
                    continue
                gain = (self.value(more) - value) / (self.options.cost(more) - cost)
                if gain > best_gain and self.is_harmless(more):
                    best, best_gain = more, gain
            if best is None:
                return chosen
            chosen = best

    def _fitting(self, chosen: frozenset[int], seconds_left: Callable[[], float]) -> frozenset[int]:
        """Return a choice that the budget is enough for: without what is missed least."""
        if len(chosen) > _ACTIONS_MISSED_ONE_BY_ONE:
            return self._filled(chosen, seconds_left)
        while not self.fits(chosen):
            best, best_value = None, -1.0
            for option in sorted(chosen):
                if seconds_left() <= 0:
                    return frozenset()
                fewer = chosen - {option}
                if self.is_harmless(fewer) and self.value(fewer) > best_value:
                    best, best_value = fewer, self.value(fewer)
            if best is None:
                return frozenset()
            chosen = best
        return chosen

    def _filled(self, among: frozenset[int], seconds_left: Callable[[], float]) -> frozenset[int]:
        """Return a choice among very many: of one marker first, then of the others."""
        best, best_value = frozenset[int](), 0.0
        for first in dict.fromkeys(self.tries[option].marker for option in sorted(among)):
            if seconds_left() <= 0:
                break
            chosen: frozenset[int] = frozenset()
            for option in sorted(among, key=lambda o: (self.tries[o].marker != first, o)):
                if self.fits(chosen | {option}):
                    chosen |= {option}
            if self.is_harmless(chosen) and self.value(chosen) > best_value:
                best, best_value = chosen, self.value(chosen)
        return best

    def _without_idle(self, chosen: frozenset[int]) -> frozenset[int]:
        """Return a choice without what could be left out of it."""
        value = self.value(chosen)
        for option in sorted(chosen):
            fewer = chosen - {option}
            if self.value(fewer) >= value - VALUE_TOLERANCE and self.is_harmless(fewer):
                chosen = fewer
        return chosen

    def action(self, option: int, chosen: frozenset[int], opening: float) -> Action:
        """Return an action, with the rules for which fewer customers would come off well."""
        each = self.tries[option]
        there = self._within(each.journey, chosen)
        now = self.outcome(each.journey, there)
        without = self.outcome(each.journey, there - {option})
        missed = {
            rule
            for rule, scope in without
            if _share(without[rule, scope]) < _share(now.get((rule, scope))) - VALUE_TOLERANCE
        }
        return Action(
            each.journey,
            each.touchpoint,
            each.marker,
            self.options.costs[option] + opening,
            tuple(rule.id for rule in self.rules if rule.id in missed),
            opening,
        )
