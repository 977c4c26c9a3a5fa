"""What to do first: each action that helps what is broken, ranked by reasons that can be told.

An action brings a marker to a touchpoint. Ranked are those that could mend a breaking path that
was found, and those of the plan; each was tried in memory, and what the rules say then is what is
told of it. Actions that help nothing are left out, as are those that would break something as
grave as what they help, unless the plan asks for them.

The **score** is a weighted mean of parts, each in [0, 1]; the weights are the charter's
``priorities`` (by default 4, 3, 3, 2, 2, 1, 1 in this order):

- *reach*: the share of all customers whom something concerns that the action helps, over that of
  the action with the greatest;
- *severity*: of the gravest rule that it helps: 1 for an error, 2/3 for a warning, 1/3 for a note;
- *repairs*: 1 where by itself it makes a broken rule hold everywhere, 1/2 where it does so with
  others, being part of the cheapest plan, else 0;
- *segments*: of the customers it reaches, the share in segments with ``priority: high``;
- *ease*: 1 over what it costs (`charter.candidates.costs`);
- *signature*: 1 for a signature marker, else 0; *basic*: 1 for a basic one, else 0.

Among equals come first those whose tag is planned there already, then as the journeys have them.

In the **matrix** the *effect* of an action is its score without *ease*: great from `GREAT_EFFECT`
on. Its effort is little up to a cost of `LITTLE_EFFORT`. Great effect for little effort is a quick
win, for more a foundation; a small effect for little effort is for later, for more not for now.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from charter.brand import Priority, Role
from charter.candidates import candidates, costs
from charter.checker import verdicts_of
from charter.findings import Answer, Severity, Status, Verdict
from charter.plan import Action, Broken
from charter.rules.kind import OfJourneys
from charter.rules.path import PathRule
from charter.rules.setting import Landscape, Setting
from charter.what_if import Try, tried
from charter.workspace import Workspace
from journeys.customers import SHARE_TOLERANCE

GREAT_EFFECT = 0.5
"""The effect in [0, 1] from which an action is a quick win or a foundation."""
LITTLE_EFFORT = 2
"""The cost up to which an action is a quick win, or for later."""

_SEVERITIES = {Severity.ERROR: 1.0, Severity.WARNING: 2 / 3, Severity.INFO: 1 / 3}


class Quarter(StrEnum):
    """Where an action lies in the matrix of effect and effort."""

    QUICK_WIN = "quick-win"
    FOUNDATION = "foundation"
    LATER = "later"
    NOT_NOW = "not-now"


@dataclass(frozen=True)
class Concern:
    """A rule broken today that an action helps.

    Attributes:
        verdicts: Those of today, in the scopes that it helps.
        customers: The share in [0, 1] of all customers whom they concern; whole segments where it
            wasn't measured.
        remaining: The share in [0, 1] of these customers for whom it is still broken after the
            action alone; None where it wasn't measured.
    """

    rule: str
    verdicts: tuple[Verdict, ...]
    customers: float
    remaining: float | None


@dataclass(frozen=True)
class RankedAction:
    """An action, and why it comes where it does.

    Attributes:
        rank: From 1 on.
        instead_of: The rank of an earlier action that alone puts the same right: one of the two
            is enough.
        covered_by: The rank of an earlier action that alone puts right all that this one helps,
            and more.
        is_planned_there: Whether a tag of the touchpoint says that it is planned.
        cost: What it costs by itself.
        score: In [0, 1].
        effect: Its score without ease, in [0, 1].
        parts: What the score is made of, each in [0, 1].
        reach: The share in [0, 1] of all customers whom it concerns.
        reach_by_segment: By segment, the share in [0, 1] of its customers in the journey.
        concerns: What it helps: the gravest first, then what it mends, then by customers.
        repairs_alone: The rules that hold everywhere once it is done.
        repairs_with_others: The rules that need it in the cheapest plan.
        breaks: The rules that it would break.
    """

    rank: int
    instead_of: int | None
    covered_by: int | None
    journey: str
    touchpoint: str
    marker: str
    is_planned_there: bool
    cost: float
    score: float
    effect: float
    parts: Mapping[str, float]
    quarter: Quarter
    reach: float
    reach_by_segment: Mapping[str, float]
    concerns: tuple[Concern, ...]
    repairs_alone: tuple[str, ...]
    repairs_with_others: tuple[str, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """What to do first.

    Attributes:
        actions: By rank.
        weights: What each part of the score weighs.
        untried: How many more actions there was no time to try.
    """

    actions: tuple[RankedAction, ...]
    weights: Mapping[str, float]
    untried: int


def ranking(
    workspace: Workspace,
    verdicts: Iterable[Verdict],
    today: datetime.date,
    *,
    planned: Collection[Action] = (),
    locked: Collection[str] = (),
    seconds_left: Callable[[], float],
) -> Ranking:
    """Return what to do first.

    Args:
        workspace: What is to be repaired.
        verdicts: All that a check said of it.
        today: The day of the check.
        planned: The actions of its cheapest plan.
        locked: Touchpoints to leave as they are, by their ids.
        seconds_left: Returns how long actions may still be tried.
    """
    return _Ranker(workspace, verdicts, today, planned, locked).ranking(seconds_left)


@dataclass(frozen=True)
class _Tried:
    """What trying an action told.

    Attributes:
        helped: The broken scopes that it helps.
        mended: Those that hold then.
    """

    change: Try
    cost: float
    helped: frozenset[Broken]
    mended: frozenset[Broken]
    concerns: tuple[Concern, ...]
    reach_by_segment: Mapping[str, float]
    breaks: tuple[str, ...]


class _Ranker:
    """Tries actions, and compares them.

    Attributes:
        broken: What is broken today and not waived.
        answers: What is said of each scope today.
    """

    def __init__(
        self,
        workspace: Workspace,
        verdicts: Iterable[Verdict],
        today: datetime.date,
        planned: Collection[Action],
        locked: Collection[str],
    ) -> None:
        self.workspace, self.today = workspace, today
        self.rules = {
            rule.id: rule
            for rule in workspace.rules
            if isinstance(rule, OfJourneys) and rule.gravity is not Severity.OFF
        }
        own = [verdict for verdict in verdicts if verdict.rule in self.rules]
        self.answers = {(v.rule, v.scope): v.verdict for v in own}
        self.broken = {(v.rule, v.scope): v for v in own if _is_unwaived(v)}
        self.planned = {(each.journey, each.touchpoint, each.marker): each for each in planned}
        self.candidates = {
            (each.journey, each.touchpoint, each.marker): each
            for each in candidates(workspace, frozenset(locked))
        }
        self.settings = {setting.journey.id: setting for setting in workspace.settings}

    def ranking(self, seconds_left: Callable[[], float]) -> Ranking:
        found: list[_Tried] = []
        possible = self.possible()
        untried = 0
        for change in possible:
            if seconds_left() <= 0:
                untried += 1
            elif (effect := self.effect(change)) is not None:
                found.append(effect)
        return Ranking(tuple(self.ranked(found)), self.weights, untried)

    def possible(self) -> list[Try]:
        """Return the actions to try: the plan's, then those for what is gravest."""
        places = dict.fromkeys(place for place in self.planned if place in self.candidates)
        for broken in sorted(self.broken, key=lambda each: self.rules[each[0]].gravity.rank):
            verdict = self.broken[broken]
            stops = verdict.witness or filter(None, [verdict.touchpoint])
            # A path can be mended on it alone.
            for touchpoint in dict.fromkeys(stop.partition("@")[0] for stop in stops):
                for marker in sorted(self.helping[broken]):
                    place = (str(verdict.journey), touchpoint, marker)
                    if place in self.candidates:
                        places[place] = None
        return [self.candidates[place] for place in places]

    @cached_property
    def helping(self) -> Mapping[Broken, frozenset[str]]:
        """By what is broken, the markers that may mend it."""
        found = dict.fromkeys(self.broken, frozenset[str]())
        for setting in self.workspace.settings:
            for rule in self.rules.values():
                if not rule.is_asked_of(setting):
                    continue
                if isinstance(rule, PathRule):
                    sides = {
                        (target.marker, target.value): rule.sides(setting, target)[0]
                        for target in rule.targets(setting.charter)
                    }
                    for broken in self.broken:
                        if broken[0] == rule.id and broken[1].journey == setting.journey.id:
                            found[broken] = sides[broken[1].marker, broken[1].value]
                else:
                    for demand in rule.demands(setting):
                        if (rule.id, demand.scope) in found:
                            found[rule.id, demand.scope] = demand.helping
        return found

    def effect(self, change: Try) -> _Tried | None:
        """Return what an action does; None where that doesn't speak for it."""
        journey = change.journey
        changed = tried(self.workspace, [change])
        landscape = Landscape(changed.charter, changed.settings, self.today)
        after = {
            (v.rule, v.scope): v
            for v in verdicts_of(self.rules.values(), changed.waivers, landscape)
        }
        own = {broken: v for broken, v in self.broken.items() if broken[1].journey == journey}
        plan = self.planned.get((journey, change.touchpoint, change.marker))
        mended = frozenset(b for b in own if b not in after or not _is_unwaived(after[b]))
        helped = mended | {b for b in own.keys() - mended if _holds_for_more(own[b], after[b])}
        if plan:
            # What it does only together with others can't be seen by trying it alone.
            unseen = set(plan.repairs) - {rule for rule, _ in helped}
            helped |= {b for b in own if b[0] in unseen and self.may_help(change, b)}
        breaks = {
            broken[0]
            for broken, verdict in after.items()
            if _is_unwaived(verdict) and self.answers.get(broken) is not Answer.BROKEN
        }
        gravest = min((self.rules[rule].gravity.rank for rule, _ in helped), default=-1)
        if not helped or (not plan and any(self.rules[b].gravity.rank <= gravest for b in breaks)):
            return None
        before = [verdict for broken, verdict in own.items() if broken in helped]
        left = {broken: after[broken] for broken in helped - mended}
        return _Tried(
            change=change,
            cost=costs(self.workspace, [change]).cost({0}),
            helped=helped,
            mended=mended,
            concerns=tuple(self.concerns(self.settings[journey], before, left)),
            reach_by_segment={
                segment: 1.0 if share is None else share
                for segment, share in self.settings[journey].broken_by_segment(before).items()
            },
            breaks=tuple(rule for rule in self.rules if rule in breaks),
        )

    def may_help(self, change: Try, broken: Broken) -> bool:
        """Return whether an action may mend what is broken in its journey, with others."""
        touchpoint = broken[1].touchpoint
        is_there = touchpoint is None or touchpoint.partition("@")[0] == change.touchpoint
        return is_there and change.marker in self.helping[broken]

    def concerns(
        self, setting: Setting, before: Iterable[Verdict], left: Mapping[Broken, Verdict]
    ) -> list[Concern]:
        """Return what an action helps, rule by rule."""
        by_rule: dict[str, list[Verdict]] = {}
        for verdict in before:
            by_rule.setdefault(verdict.rule, []).append(verdict)
        found = []
        for rule, verdicts in by_rule.items():
            customers = setting.broken_by_segment(verdicts)
            still = setting.broken_by_segment(v for (r, _), v in left.items() if r == rule)
            found.append(
                Concern(
                    rule,
                    tuple(verdicts),
                    self.share_of_all(setting, customers),
                    _part(_together(setting, still), _together(setting, customers)),
                )
            )
        return sorted(
            found,
            key=lambda concern: (
                self.rules[concern.rule].gravity.rank,
                concern.remaining != 0,
                -round(concern.customers, 9),
            ),
        )

    def share_of_all(self, setting: Setting, shares: Mapping[str, float | None]) -> float:
        """Return the share of all customers that shares of a journey's segments make."""
        weights = setting.segment_weights
        own = sum(weights[s] * (1.0 if share is None else share) for s, share in shares.items())
        return own * setting.journey.weight / sum(j.weight for j in self.workspace.journeys)

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """What each part of the score weighs, by its key in the charter."""
        priorities = self.workspace.charter.priorities
        return {name: getattr(priorities, name) for name in type(priorities).model_fields}

    def ranked(self, found: Collection[_Tried]) -> Iterator[RankedAction]:
        """Yield the actions by rank."""
        reaches = [self.reach(each) for each in found]
        greatest = max(reaches, default=0.0)
        scored = []
        for effect, reach in zip(found, reaches, strict=True):
            parts = self.parts(effect, reach / greatest if greatest else 0.0)
            scored.append((effect, reach, parts, _mean(parts, self.weights)))
        place = {each: number for number, each in enumerate(self.candidates.values())}
        scored.sort(
            key=lambda each: (
                -round(each[3], 9),
                not self.is_planned_there(each[0].change),
                place[each[0].change],
            )
        )
        earlier: dict[int, _Tried] = {}
        for rank, (effect, reach, parts, score) in enumerate(scored, start=1):
            covering = next((r for r, e in earlier.items() if effect.helped <= e.mended), None)
            is_as_good = covering is not None and effect.mended == earlier[covering].mended
            if covering is None:
                earlier[rank] = effect
            change = effect.change
            worth = _mean(parts, {**self.weights, "ease": 0.0})
            yield RankedAction(
                rank=rank,
                instead_of=covering if is_as_good else None,
                covered_by=None if is_as_good else covering,
                journey=change.journey,
                touchpoint=change.touchpoint,
                marker=change.marker,
                is_planned_there=self.is_planned_there(change),
                cost=effect.cost,
                score=score,
                effect=worth,
                parts=parts,
                quarter=_quarter(worth, effect.cost),
                reach=reach,
                reach_by_segment=effect.reach_by_segment,
                concerns=effect.concerns,
                repairs_alone=self.repairs_alone(effect),
                repairs_with_others=self.repairs_with_others(effect),
                breaks=effect.breaks,
            )

    def reach(self, effect: _Tried) -> float:
        return self.share_of_all(self.settings[effect.change.journey], effect.reach_by_segment)

    def is_planned_there(self, change: Try) -> bool:
        touchpoint = self.settings[change.journey].touchpoint(change.touchpoint)
        return touchpoint is not None and touchpoint.is_planned(change.marker)

    def repairs_alone(self, effect: _Tried) -> tuple[str, ...]:
        left = {rule for rule, scope in self.broken if (rule, scope) not in effect.mended}
        rules = {rule for rule, _ in effect.mended} - left
        return tuple(rule for rule in self.rules if rule in rules)

    def repairs_with_others(self, effect: _Tried) -> tuple[str, ...]:
        change = effect.change
        plan = self.planned.get((change.journey, change.touchpoint, change.marker))
        alone = self.repairs_alone(effect)
        return tuple(r for r in plan.repairs if r not in alone) if plan else ()

    def parts(self, effect: _Tried, reach: float) -> Mapping[str, float]:
        """Return the parts of an action's score, as the module tells them."""
        role = self.workspace.charter.markers_by_id[effect.change.marker].role
        repairs = 0.5 if self.repairs_with_others(effect) else 0.0
        return {
            "reach": reach,
            "severity": max(_SEVERITIES[self.rules[c.rule].gravity] for c in effect.concerns),
            "repairs": 1.0 if self.repairs_alone(effect) else repairs,
            "segments": self.priority_part(effect),
            "ease": 1.0 / effect.cost,
            "signature": float(role is Role.SIGNATURE),
            "basic": float(role is Role.BASIC),
        }

    def priority_part(self, effect: _Tried) -> float:
        """Return the share of high priority segments among the customers reached."""
        high = {s.id for s in self.workspace.charter.all_segments if s.priority is Priority.HIGH}
        weights = self.settings[effect.change.journey].segment_weights
        reached = {s: weights[s] * share for s, share in effect.reach_by_segment.items()}
        total = sum(reached.values())
        return sum(share for s, share in reached.items() if s in high) / total if total else 0.0


def _is_unwaived(verdict: Verdict) -> bool:
    return verdict.verdict is Answer.BROKEN and verdict.status is not Status.WAIVED


def _holds_for_more(before: Verdict, after: Verdict) -> bool:
    """Return whether a rule that is broken still is so for fewer customers."""
    if before.share is None or after.share is None:
        return False
    return after.share > before.share + SHARE_TOLERANCE


def _together(setting: Setting, shares: Mapping[str, float | None]) -> float | None:
    """Return what shares of segments come to; None where one wasn't measured."""
    measured = [setting.segment_weights[s] * x for s, x in shares.items() if x is not None]
    return sum(measured) if len(measured) == len(shares) else None


def _part(left: float | None, whole: float | None) -> float | None:
    """Return which part is left."""
    if left == 0:
        return 0.0
    return None if left is None or not whole else left / whole


def _mean(parts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted mean of parts; 0 where nothing weighs."""
    total = sum(weights.values())
    return sum(weights[name] * part for name, part in parts.items()) / total if total else 0.0


def _quarter(effect: float, cost: float) -> Quarter:
    if effect >= GREAT_EFFECT:
        return Quarter.QUICK_WIN if cost <= LITTLE_EFFORT else Quarter.FOUNDATION
    return Quarter.LATER if cost <= LITTLE_EFFORT else Quarter.NOT_NOW
