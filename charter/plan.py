"""The cheapest tags that make broken rules hold, proved."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from charter.brand import Role
from charter.checker import check
from charter.findings import Answer, Report, Scope, Severity, Verdict
from charter.rules.demand import Demand
from charter.rules.kind import OfJourneys
from charter.rules.setting import Setting
from charter.what_if import Try, tried
from charter.workspace import Workspace
from journeys.model import Control, Status, TagStatus, Touchpoint
from journeys.repair import Clause, Contradiction, Options, cheapest


@dataclass(frozen=True)
class Action:
    """A marker brought to a touchpoint.

    Attributes:
        cost: What it costs, above 0; 1 where no effort is stated.
        repairs: The rules that break without it once all else is done.
    """

    journey: str
    touchpoint: str
    marker: str
    cost: float
    repairs: tuple[str, ...]


@dataclass(frozen=True)
class Beyond:
    """A rule that adding markers can't make hold everywhere.

    Attributes:
        reason: Which sentence says why.
        others: The rules that it is at odds with, where that is why.
    """

    rule: str
    reason: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What to do, what it costs, and what holds then.

    Attributes:
        actions: In the order of journeys, touchpoints and markers.
        cost: What they cost together.
        bound: What every plan that does the same costs at least.
        is_proved: Whether the checker found every rule asked for to hold once they are done.
        beyond: What adding markers can't repair.
        before: What the checker says today.
        after: What it says once they are done.
    """

    actions: tuple[Action, ...]
    cost: float
    bound: float
    is_proved: bool
    beyond: tuple[Beyond, ...]
    before: Report
    after: Report


def cheapest_plan(
    workspace: Workspace,
    today: datetime.date,
    *,
    rules: Collection[str] | None = None,
    locked: Collection[str] = (),
    seconds_left: Callable[[], float],
) -> Plan:
    """Return the cheapest tags with which the rules asked for hold in every scope.

    What holds today is kept. Where time runs out, the best plan so far with what every plan costs
    at least.

    Args:
        workspace: What is to be repaired.
        today: The day of the check.
        rules: The ids of the rules asked for; those of severity ``error`` where nothing is said.
        locked: Touchpoints to leave as they are, by their ids.
        seconds_left: Returns how long the search may still take.
    """
    return _Planner(workspace, today, rules, locked).plan(seconds_left)


class _Planner:
    def __init__(
        self,
        workspace: Workspace,
        today: datetime.date,
        rules: Collection[str] | None,
        locked: Collection[str],
    ) -> None:
        self.workspace, self.today = workspace, today
        self.before = check(workspace, today, measure=False)
        self.asked = {
            rule.id
            for rule in workspace.rules
            if (rule.gravity is Severity.ERROR if rules is None else rule.id in rules)
        }
        broken = [v for v in self.before.verdicts if v.verdict is Answer.BROKEN]
        # What is broken and not asked for may stay so; all else is asked for.
        self.left_alone = {(v.rule, scope_of(v)) for v in broken if v.rule not in self.asked}
        self.dropped: set[str] = set()
        self.beyond: dict[str, Beyond] = {}
        self.options = tuple(self._options(set(locked)))
        self.numbers = {option: number for number, option in enumerate(self.options)}
        self.settings = {s.journey.id: s for s in workspace.settings}

    def _options(self, locked: AbstractSet[str]) -> Iterator[Try]:
        charter = self.workspace.charter
        wanted = [m for m in charter.markers if m.role is not Role.IRRITANT]
        for journey in self.workspace.journeys:
            for touchpoint in journey.touchpoints:
                if touchpoint.id in locked or not _can_be_equipped(touchpoint):
                    continue
                for marker in wanted:
                    is_ruled_out = any(map(marker.is_not_for, touchpoint.channel_shares))
                    if not is_ruled_out and not _is_borne_by_all(touchpoint, marker.id):
                        yield Try(journey.id, touchpoint.id, marker.id, is_carried=True)

    def plan(self, seconds_left: Callable[[], float]) -> Plan:
        options = Options(
            costs=[1.0] * len(self.options),
            openings=[None] * len(self.options),
            opening_costs=[],
        )
        while True:
            try:
                choice = cheapest(options, self.unmet, self.relaxed(), seconds_left=seconds_left)
                break
            except Contradiction as contradiction:
                self._drop_one_of(contradiction.sources)
        chosen = choice.chosen or frozenset()
        repaired = tried(self.workspace, [self.options[option] for option in sorted(chosen)])
        after = check(repaired, self.today, measure=False)
        actions = tuple(
            Action(
                o.journey,
                o.touchpoint,
                o.marker,
                options.costs[number],
                self._needing(chosen, number),
            )
            for number in sorted(chosen)
            for o in [self.options[number]]
        )
        return Plan(
            actions=actions,
            cost=options.cost(chosen),
            bound=choice.bound,
            is_proved=not any(
                v.verdict is Answer.BROKEN and v.rule in self.asked for v in after.verdicts
            ),
            beyond=tuple(
                self.beyond[rule.id] for rule in self.workspace.rules if rule.id in self.beyond
            ),
            before=self.before,
            after=after,
        )

    def relaxed(self):
        from charter.rules.path import VisitRule
        from journeys.cheap_paths import CheapPaths
        import numpy as np
        finders=[]
        for rule in self.workspace.rules:
            if rule.id in self.asked and rule.id not in self.dropped and isinstance(rule, VisitRule):
                for setting in self.workspace.settings:
                    if rule.journeys is not None and setting.journey.id not in rule.journeys: continue
                    options=[{} for _ in setting.graph.stops]
                    where={}
                    for i,s in enumerate(setting.graph.stops): where.setdefault(s.touchpoint.id,[]).append(i)
                    for n,o in enumerate(self.options):
                        if o.journey==setting.journey.id:
                            for i in where.get(o.touchpoint,()): options[i][o.marker]=n
                    finders.append((rule.id, CheapPaths(*rule.relaxed(setting, options))))
        quiet = set()
        def find(values):
            found = []
            for again in (False, True):
                for number, (rid, finder) in enumerate(finders):
                    if (number in quiet) is not again:
                        continue
                    raised = np.clip(np.array(values),0,1)
                    any_found = False
                    for _ in range(20):
                        ways = [w for w in finder.find(raised, 1 - 1e-6) if w]
                        if not ways:
                            break
                        any_found = True
                        for way in ways:
                            found.append(Clause(rid, way))
                            for option in way:
                                raised[option] = 1.0
                    (quiet.discard if any_found else quiet.add)(number)
                if found:
                    break
            return list(dict.fromkeys(found))
        return find

    def _needing(self, chosen: frozenset[int], option: int) -> tuple[str, ...]:
        """Return the rules that break without an option."""
        return tuple(dict.fromkeys(str(c.source) for c in self.unmet(chosen - {option})))

    def _drop_one_of(self, sources: tuple[str, ...]) -> None:
        """Give up the least grave of some rules that can't hold together, the last among equals."""
        order = [rule.id for rule in self.workspace.rules]
        gravity = {rule.id: rule.gravity.rank for rule in self.workspace.rules}
        given_up = max(sources, key=lambda rule: (gravity[rule], order.index(rule)))
        self.dropped.add(given_up)
        others = tuple(rule for rule in order if rule in sources and rule != given_up)
        self.beyond[given_up] = Beyond(given_up, "at-odds", others)

    def unmet(self, chosen: frozenset[int]) -> list[Clause]:
        """Return what a choice leaves broken."""
        equipped = tried(self.workspace, [self.options[option] for option in chosen])
        found = []
        for rule in self.workspace.rules:
            if (
                rule.gravity is Severity.OFF
                or rule.id in self.dropped
                or not isinstance(rule, OfJourneys)
            ):
                continue
            for setting in equipped.settings:
                if rule.journeys is not None and setting.journey.id not in rule.journeys:
                    continue
                for demand in rule.demands(setting):
                    if (demand.rule, demand.scope) in self.left_alone:
                        continue
                    clause = self.clause(setting, demand, chosen)
                    if clause.adding or clause.leaving:
                        found.append(clause)
                    else:
                        self.left_alone.add((demand.rule, demand.scope))
                        self.beyond.setdefault(demand.rule, Beyond(demand.rule, "no-tag-helps"))
        return found

    def clause(self, setting: Setting, demand: Demand, chosen: frozenset[int]) -> Clause:
        """Return what a broken path asks of the options: as few of them as possible.

        What could mend it and doesn't is added, what could break it and doesn't is taken off, as
        long as the path stays broken: what is left must change.
        """
        visits = [self._borne(setting, stop, demand.segment) for stop in demand.visits]
        places: dict[str, list[int]] = {}
        for index, stop in enumerate(demand.visits):
            places.setdefault(setting.graph.stops[stop].touchpoint.id, []).append(index)

        def change(touchpoint: str, marker: str, *, is_borne: bool) -> None:
            for index in places[touchpoint]:
                (visits[index].add if is_borne else visits[index].discard)(marker)

        adding, leaving = set(), set()
        for touchpoint in places:
            for marker in sorted(demand.helping | demand.hurting):
                number = self.numbers.get(
                    Try(setting.journey.id, touchpoint, marker, is_carried=True)
                )
                if number is None:
                    continue
                is_chosen = number in chosen
                if marker in (demand.hurting if not is_chosen else demand.helping) and not (
                    marker in demand.helping and marker in demand.hurting
                ):
                    continue
                if marker in demand.helping and marker in demand.hurting:
                    (leaving if is_chosen else adding).add(number)
                    continue
                before = [set(v) for v in visits]
                change(touchpoint, marker, is_borne=not is_chosen)
                if not demand.is_broken(visits):
                    visits[:] = before
                    (leaving if is_chosen else adding).add(number)
        return Clause(demand.rule, frozenset(adding), frozenset(leaving))

    def _borne(self, setting: Setting, stop: int, segment: int) -> set[str]:
        labels = setting.graph.labels[stop]
        return {marker for marker, bits in labels.items() if bits >> segment & 1}


def scope_of(verdict: Verdict) -> Scope:
    """Return what a verdict is about."""
    return Scope(
        journey=verdict.journey,
        segment=verdict.segment,
        marker=verdict.marker,
        value=verdict.value,
        channel=verdict.channel,
        stage=verdict.stage,
        touchpoint=verdict.touchpoint,
        owner=verdict.owner,
    )


def _can_be_equipped(touchpoint: Touchpoint) -> bool:
    return touchpoint.status is Status.LIVE and touchpoint.control is not Control.CUSTOMER


def _is_borne_by_all(touchpoint: Touchpoint, marker: str) -> bool:
    return any(
        tag.marker == marker and tag.status is TagStatus.LIVE and tag.segments is None
        for tag in touchpoint.markers
    )
