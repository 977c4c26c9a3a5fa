"""The cheapest tags that make rules hold, proved."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, cast

from charter.candidates import candidates, costs
from charter.checker import check
from charter.findings import Answer, Report, Scope, Severity, Status, Verdict
from charter.rules.demand import Demand
from charter.rules.kind import OfJourneys
from charter.rules.path import PathRule
from charter.rules.setting import Landscape, Setting
from charter.what_if import tried
from charter.workspace import Workspace
from journeys.options import Clause
from journeys.relaxation import Relaxation

if TYPE_CHECKING:
    from journeys.repair import Choice


@dataclass(frozen=True)
class Action:
    """A marker brought to a touchpoint.

    Attributes:
        cost: What it costs, above 0; 1 where no effort is stated and nothing opened.
        repairs: The rules that break without it once all else is done; of plans of very many
            actions, those of them that the search came upon.
        opening: How much of the cost is for showing the marker on a channel for the first time,
            which the first action that does so pays.
    """

    journey: str
    touchpoint: str
    marker: str
    cost: float
    repairs: tuple[str, ...]
    opening: float = 0.0


class Reason(StrEnum):
    """Why a rule stays broken."""

    NO_TAG_HELPS = "no-tag-helps"
    AT_ODDS = "at-odds"
    NOT_OF_TAGS = "not-of-tags"
    NO_TIME = "no-time"
    BUDGET = "budget"


@dataclass(frozen=True)
class Beyond:
    """A rule that a plan leaves broken somewhere.

    Attributes:
        others: The rules that it is at odds with, where that is why.
    """

    rule: str
    reason: Reason
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reach:
    """How many customers a budget brings to where the rules hold.

    Attributes:
        budget: What the actions may cost together.
        before: The share of customers in [0, 1] today, as `charter.budget` weighs them.
        value: The same once the actions are done.
        at_most: What no choice within the budget exceeds.
    """

    budget: float
    before: float
    value: float
    at_most: float


@dataclass(frozen=True)
class Plan:
    """What to do, what it costs, and what holds then.

    Attributes:
        actions: In the order of journeys, touchpoints and markers.
        cost: What they cost together.
        bound: What every plan that does the same costs at least.
        is_found: Whether the search came upon any plan in its time; without one there are no
            actions.
        is_proved: Whether the checker found every rule asked for to hold once they are done, but
            where that is waived.
        beyond: What adding markers can't repair.
        asked: The rules asked for, as declared.
        before: What the checker says today.
        after: What it says once they are done.
        repaired: The workspace once they are done.
        reach: What a budget buys; None for a plan that is to make every rule asked for hold.
    """

    actions: tuple[Action, ...]
    cost: float
    bound: float
    is_found: bool
    is_proved: bool
    beyond: tuple[Beyond, ...]
    asked: tuple[str, ...]
    before: Report
    after: Report
    repaired: Workspace
    reach: Reach | None = None


def cheapest_plan(
    workspace: Workspace,
    today: datetime.date,
    *,
    rules: Collection[str] | None = None,
    scopes: Collection[Scope] | None = None,
    locked: Collection[str] = (),
    measure: bool | None = False,
    seconds_left: Callable[[], float],
) -> Plan:
    """Return the cheapest tags with which the rules asked for hold in every scope.

    What holds today is kept. Where time runs out, the best plan so far with what every plan costs
    at least.

    Args:
        workspace: What is to be repaired.
        today: The day of the check.
        rules: The ids of the rules asked for; those of severity ``error`` where nothing is said.
        scopes: The scopes in which they are to hold; where they are broken in others, they may stay
            so. None for all.
        locked: Touchpoints to leave as they are, by their ids.
        measure: Whether the reports measure shares of customers, as for `check`.
        seconds_left: Returns how long the search may still take.
    """
    return _Planner(workspace, today, rules, scopes, locked, measure).plan(seconds_left)


def asked_rules(workspace: Workspace, rules: Collection[str] | None) -> tuple[str, ...]:
    """Return the rules asked for, as declared: those of severity ``error`` where nothing is said.

    Those that are off ask nothing.
    """
    return tuple(
        rule.id
        for rule in workspace.rules
        if (rule.gravity is Severity.ERROR if rules is None else rule.id in rules)
        if rule.gravity is not Severity.OFF
    )


def left_broken(report: Report, asked: Collection[str]) -> tuple[Verdict, ...]:
    """Return the verdicts of the rules asked for that are broken, and not waived."""
    return tuple(
        verdict
        for verdict in report.verdicts
        if verdict.rule in asked
        and verdict.verdict is Answer.BROKEN
        and verdict.status is not Status.WAIVED
    )


Broken: TypeAlias = tuple[str, Scope]
"""A rule, and a scope in which it is broken."""


_ACTIONS_PROVED_ONE_BY_ONE = 50
"""Of longer plans, only what the search came upon is said to break without an action."""


class _Planner:
    """A search under way.

    Attributes:
        let_be: Scopes of rules that nothing is asked of: they may stay broken.
        left_alone: Those, and those that can't be made to hold.
        beyond: Why rules can't be made to hold.
    """

    def __init__(
        self,
        workspace: Workspace,
        today: datetime.date,
        rules: Collection[str] | None,
        scopes: Collection[Scope] | None,
        locked: Collection[str],
        measure: bool | None,
    ) -> None:
        self.today, self.measure = today, measure
        # The search needs no shares but where a rule asks for one.
        self.workspace = replace(workspace, measure=False)
        self.before = check(workspace, today, measure=measure)
        self.asked = asked_rules(workspace, rules)
        # What is broken and not asked for, or waived, may stay so; whatever holds shall go on to.
        self.let_be: frozenset[Broken] = frozenset(
            (verdict.rule, verdict.scope)
            for verdict in self.before.verdicts
            if verdict.verdict is Answer.BROKEN
            and (
                verdict.rule not in self.asked
                or verdict.status is Status.WAIVED
                or (scopes is not None and verdict.scope not in scopes)
            )
        )
        self.left_alone: set[Broken] = {*self.let_be}
        self.beyond: dict[Beyond, None] = {}
        self.tries = candidates(workspace, frozenset(locked))
        self.options = costs(workspace, self.tries)
        self.numbers = {
            (each.journey, each.touchpoint, each.marker): number
            for number, each in enumerate(self.tries)
        }

    def plan(self, seconds_left: Callable[[], float]) -> Plan:
        # It brings libraries that take longer to load than most else does to be worked out.
        from journeys.repair import Contradiction, cheapest

        self.leave_the_hopeless_alone()
        choice = None
        while choice is None:
            try:
                choice = cheapest(
                    self.options, self.unmet, self.relaxations(), seconds_left=seconds_left
                )
            except Contradiction as contradiction:
                self.give_one_up(cast(tuple[Broken, ...], contradiction.sources))
        chosen = choice.chosen or frozenset()
        repaired = replace(self.equipped(chosen), measure=self.measure)
        after = check(repaired, self.today)
        broken = {
            verdict.rule
            for verdict in left_broken(after, self.asked)
            if (verdict.rule, verdict.scope) not in self.let_be
        }
        for rule in broken - {each.rule for each in self.beyond}:
            reason = Reason.NO_TIME if choice.chosen is None else Reason.NOT_OF_TAGS
            self.beyond[Beyond(rule, reason)] = None
        paid = self.options.shares_of_openings(chosen)
        return Plan(
            actions=tuple(self.action(option, choice, opening) for option, opening in paid.items()),
            cost=self.options.cost(chosen),
            bound=choice.bound,
            is_found=choice.chosen is not None,
            is_proved=not broken,
            beyond=tuple(
                each
                for rule in self.workspace.rules
                for each in self.beyond
                if each.rule == rule.id
            ),
            asked=self.asked,
            before=self.before,
            after=after,
            repaired=repaired,
        )

    def leave_the_hopeless_alone(self) -> None:
        """Find the scopes that stay broken with every tag that could mend them."""
        for setting in self.workspace.settings:
            for rule in self.rules:
                if rule.id in self.asked and rule.is_asked_of(setting):
                    for sides, scopes in self.broken_by_sides(rule, setting).items():
                        asked = {s for s in scopes if (rule.id, s) not in self.let_be}
                        stay = asked & self.broken_at_best(rule, setting, *sides)
                        self.left_alone |= {(rule.id, scope) for scope in stay}
                        if stay:
                            self.beyond[Beyond(rule.id, Reason.NO_TAG_HELPS)] = None

    def broken_by_sides(
        self, rule: OfJourneys, setting: Setting
    ) -> Mapping[tuple[frozenset[str], frozenset[str]], set[Scope]]:
        """Return the scopes broken today, by the markers that may mend and break them."""
        found: dict[tuple[frozenset[str], frozenset[str]], set[Scope]] = {}
        if rule.asks_for_shares and isinstance(rule, PathRule):
            for verdict in rule.judge(setting):
                if verdict.verdict is Answer.BROKEN:
                    scope = verdict.scope
                    target = rule.target_of(scope, self.workspace.charter)
                    found.setdefault(rule.sides(setting, target), set()).add(scope)
        for demand in rule.demands(setting):
            found.setdefault((demand.helping, demand.hurting), set()).add(demand.scope)
        return found

    def broken_at_best(
        self,
        rule: OfJourneys,
        setting: Setting,
        helping: frozenset[str],
        hurting: frozenset[str],
    ) -> set[Scope]:
        """Return the scopes of a rule broken with all that may only mend, where that is best."""
        if helping & hurting:
            return set()
        journey = setting.journey.id
        equipped = self.equipped(
            {
                option
                for option, each in enumerate(self.tries)
                if each.journey == journey and each.marker in helping
            }
        )
        (best,) = (s for s in equipped.settings if s.journey.id == journey)
        return {
            verdict.scope
            for verdict in rule.verdicts(Landscape(equipped.charter, (best,), self.today))
            if verdict.verdict is Answer.BROKEN
        }

    @cached_property
    def broken_today(self) -> frozenset[Broken]:
        """What is broken today."""
        verdicts = self.before.verdicts
        return frozenset((v.rule, v.scope) for v in verdicts if v.verdict is Answer.BROKEN)

    @cached_property
    def settings(self) -> Mapping[str, Setting]:
        """The journeys as they are, by id."""
        return {setting.journey.id: setting for setting in self.workspace.settings}

    def action(self, option: int, choice: Choice, opening: float) -> Action:
        each = self.tries[option]
        cost = self.options.costs[option] + opening
        broken = choice.needing[option]
        if len(choice.needing) <= _ACTIONS_PROVED_ONE_BY_ONE:
            broken |= {clause.source for clause in self.unmet(frozenset(choice.needing) - {option})}
        rules = {rule for rule, _ in cast(frozenset[Broken], broken)}
        repairs = tuple(rule.id for rule in self.rules if rule.id in rules)
        return Action(each.journey, each.touchpoint, each.marker, cost, repairs, opening)

    def give_one_up(self, at_odds: Collection[Broken]) -> None:
        """Leave one of the scopes alone that can't hold together.

        One that is broken today, that of the least grave rule, the last among equals. (There is
        one: whatever isn't, holds together with no tag added.)
        """
        order = {rule.id: (rule.gravity.rank, place) for place, rule in enumerate(self.rules)}
        given_up = max(
            (broken for broken in at_odds if broken in self.broken_today),
            key=lambda broken: order[broken[0]],
        )
        self.left_alone.add(given_up)
        others = tuple(rule for rule in order if rule in {r for r, _ in at_odds} - {given_up[0]})
        reason = Reason.AT_ODDS if len(at_odds) > 1 else Reason.NO_TAG_HELPS
        self.beyond[Beyond(given_up[0], reason, others)] = None

    @property
    def rules(self) -> tuple[OfJourneys, ...]:
        """The rules that tags of a journey can mend or break."""
        return tuple(
            rule
            for rule in self.workspace.rules
            if isinstance(rule, OfJourneys) and rule.gravity is not Severity.OFF
        )

    def equipped(self, chosen: AbstractSet[int]) -> Workspace:
        """Return the workspace with the tags chosen."""
        return tried(self.workspace, [self.tries[option] for option in sorted(chosen)])

    def relaxations(self) -> Iterator[Relaxation]:
        """Yield what choosing by halves asks of each rule and journey."""
        for setting in self.workspace.settings:
            journey = setting.journey.id
            options: list[dict[str, int]] = []
            for stop in setting.graph.stops:
                at_stop = {}
                for marker in self.workspace.charter.markers_by_id:
                    number = self.numbers.get((journey, stop.touchpoint.id, marker))
                    if number is not None:
                        at_stop[marker] = number
                options.append(at_stop)
            for rule in self.rules:
                if rule.id in self.asked and rule.is_asked_of(setting):
                    relaxation = rule.relaxation(setting, options)
                    if relaxation is not None:
                        yield relaxation.without(self.left_alone)

    def unmet(self, chosen: frozenset[int]) -> list[Clause]:
        """Return what a choice leaves broken."""
        found: list[Clause] = []
        for setting in self.equipped(chosen).settings:
            for rule in self.rules:
                if not rule.is_asked_of(setting):
                    continue
                if rule.asks_for_shares:
                    found += self.clauses_of_shares(rule, setting, chosen)
                else:
                    found += [
                        self.clause(setting, demand, chosen)
                        for demand in rule.demands(setting)
                        if (rule.id, demand.scope) not in self.left_alone
                    ]
        return found

    def clauses_of_shares(
        self, rule: OfJourneys, setting: Setting, chosen: frozenset[int]
    ) -> Iterator[Clause]:
        """Yield what each share that is too small asks."""
        if isinstance(rule, PathRule):
            for verdict in rule.judge(setting):
                scope = verdict.scope
                is_broken = verdict.verdict is Answer.BROKEN
                if is_broken and (rule.id, scope) not in self.left_alone:
                    yield self.clause_of_share(rule, scope, chosen)

    def clause_of_share(self, rule: PathRule, scope: Scope, chosen: frozenset[int]) -> Clause:
        """Return what a share that is too small asks, as `clause` does for a path."""
        target = rule.target_of(scope, self.workspace.charter)

        def is_broken(tried_out: AbstractSet[int]) -> bool:
            settings = self.equipped(tried_out).settings
            (setting,) = (s for s in settings if s.journey.id == scope.journey)
            verdicts = (v for v in rule.judge(setting) if v.scope == scope)
            return any(verdict.verdict is Answer.BROKEN for verdict in verdicts)

        changes: tuple[set[int], set[int]] = (set(), set())
        changed: frozenset[int] = chosen
        for option, each in enumerate(self.tries):
            is_chosen = option in chosen
            helping, hurting = rule.sides(self.settings[each.journey], target)
            may_help, may_hurt = each.marker in helping, each.marker in hurting
            if each.journey != scope.journey or not (may_help or may_hurt):
                continue
            if may_help and may_hurt:
                changes[is_chosen].add(option)
            elif may_hurt if is_chosen else may_help:
                if is_broken(changed ^ {option}):
                    changed ^= {option}
                else:
                    changes[is_chosen].add(option)
        adding, leaving = map(frozenset, changes)
        return Clause((rule.id, scope), adding, leaving)

    def clause(self, setting: Setting, demand: Demand, chosen: AbstractSet[int]) -> Clause:
        """Return what a broken path asks: one of as few changes as can be told.

        What could mend the path and doesn't is added, what could break it and doesn't is taken
        off, as long as it stays broken: one of the changes left must come, whatever else does.
        """
        graph = setting.graph
        labels = [graph.labels[stop] for stop in demand.visits]
        visits = [{m for m, bits in at.items() if bits >> demand.segment & 1} for at in labels]
        places: dict[str, list[set[str]]] = {}
        today: dict[str, Mapping[str, int]] = {}
        for stop, borne in zip(demand.visits, visits, strict=True):
            touchpoint = graph.stops[stop].touchpoint.id
            places.setdefault(touchpoint, []).append(borne)
            today[touchpoint] = self.settings[setting.journey.id].graph.labels[stop]
        changes: tuple[set[int], set[int]] = (set(), set())
        for touchpoint, at_touchpoint in places.items():
            for marker in sorted(demand.helping | demand.hurting):
                option = self.numbers.get((setting.journey.id, touchpoint, marker))
                # What the segment meets there anyway is neither added nor taken off for it.
                if option is None or today[touchpoint].get(marker, 0) >> demand.segment & 1:
                    continue
                is_chosen = option in chosen
                if marker in demand.helping and marker in demand.hurting:
                    changes[is_chosen].add(option)
                elif marker in (demand.hurting if is_chosen else demand.helping):
                    _toggle(at_touchpoint, marker)
                    if not demand.is_broken(visits):
                        _toggle(at_touchpoint, marker)
                        changes[is_chosen].add(option)
        adding, leaving = map(frozenset, changes)
        return Clause((demand.rule, demand.scope), adding, leaving)


def _toggle(visits: Collection[set[str]], marker: str) -> None:
    for borne in visits:
        borne ^= {marker}
