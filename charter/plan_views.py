"""What is to be done, seen by whom it reaches, on which channel, and by who does it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from charter.action_plans import ActionPlan, ActionStatus, PlannedAction
from charter.brand import Charter
from charter.checker import of_the_map
from charter.effort import Lever, cost_of_a_marker, lever
from charter.findings import Answer, Report, Scope, Status, Verdict
from charter.indicators import NOTHING_TO_WATCH, Watch
from charter.plan import Action
from charter.rules.path import PathRule
from charter.rules.setting import Setting
from charter.workspace import Workspace
from journeys.document import Words
from journeys.model import Effort, Journey, Touchpoint
from journeys.model import Status as TouchpointStatus


class By(StrEnum):
    """What actions are seen by."""

    TARGET = "target"
    CHANNEL = "channel"
    OWNER = "owner"


@dataclass(frozen=True)
class Place:
    """A touchpoint, by its id and its journey's."""

    journey: str
    touchpoint: str


@dataclass(frozen=True)
class Entry:
    """An action as views list it: one that a plan says, or one that was found to help.

    Attributes:
        id: Its name among all of them: ``q4/train-hosts``.
        plan: The id of its plan; None of one that no plan says.
        what: What is to be done, in words; None where its marker and its place say it.
        marker: The marker that it brings.
        removes: The marker that it takes off.
        journey: Its journey, where it is of one.
        places: Where, in the order written.
        segments: For whom, in the charter's order.
        is_for_everyone: Whether that is every segment because no other was said.
        channels: On which channels, in the charter's order: those said, else its touchpoints'.
        how: How the marker is to show there, where that was said for this action.
        owner: Who does it; of one that no plan says, who answers for the touchpoint.
        start: The first day of its plan.
        due: The last day by which it should be done.
        status: How far it is; None of one that no plan says.
        cost: What it costs; by its own effort grid where nothing else is said.
        levers: What its own effort grid proposes, else those of its touchpoints, each once.
        effect: What it is expected to bring.
        repairs: The rules that it repairs, somewhere at least; None where that wasn't looked into.
    """

    id: str
    plan: str | None = None
    what: Words | None = None
    marker: str | None = None
    removes: str | None = None
    journey: str | None = None
    places: tuple[Place, ...] = ()
    segments: tuple[str, ...] = ()
    is_for_everyone: bool = False
    channels: tuple[str, ...] = ()
    how: Words | None = None
    owner: str | None = None
    start: datetime.date | None = None
    due: datetime.date | None = None
    status: ActionStatus | None = None
    cost: float | None = None
    levers: tuple[Lever, ...] = ()
    effect: Words | None = None
    repairs: tuple[str, ...] | None = None

    def is_late(self, on: datetime.date) -> bool:
        """Return whether it should be done by now and isn't; on the due day it is still in time."""
        is_open = self.status is not None and self.status.is_open
        return is_open and self.due is not None and on > self.due


@dataclass(frozen=True)
class Total:
    """What actions of one status come to.

    Attributes:
        status: None of actions that no plan says.
        number: How many they are.
        cost: What those of them cost together whose cost is said.
        unpriced: How many say none.
    """

    status: ActionStatus | None
    number: int
    cost: float
    unpriced: int


@dataclass(frozen=True)
class Group:
    """What is to be done for one segment, on one channel, or by one owner.

    Attributes:
        id: The segment's or channel's id, or the owner; None for the actions that name none.
        entries: By due date, those without one last, and then by status.
        totals: By status, as far as there are any.
        broken: The rules of the charter and its journeys that are broken here today, as declared,
            and not waived: on a channel or by an owner, those that a path breaks which comes by.
    """

    id: str | None
    entries: tuple[Entry, ...]
    totals: tuple[Total, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """Actions in groups; one that is for several stands under each.

    Attributes:
        entries: All of them, each once, in the order of plans.
        groups: As declared; those without any action too.
    """

    by: By
    entries: tuple[Entry, ...]
    groups: tuple[Group, ...]


def written_entries(workspace: Workspace, plans: Iterable[ActionPlan]) -> tuple[Entry, ...]:
    """Return the actions that plans say, in their order."""
    return tuple(_written(workspace, plan, action) for plan in plans for action in plan.actions)


def _written(workspace: Workspace, plan: ActionPlan, action: PlannedAction) -> Entry:
    charter = workspace.charter
    places = workspace.places(action)
    own = action.channels
    if own is None:
        own = tuple(c for _, touchpoint in places for c in touchpoint.channel_shares)
    journeys = {journey.id for journey, _ in places}
    return Entry(
        id=f"{plan.id}/{action.id}",
        plan=plan.id,
        what=action.what,
        marker=action.marker,
        removes=action.removes,
        journey=action.journey or (next(iter(journeys)) if len(journeys) == 1 else None),
        places=tuple(Place(journey.id, touchpoint.id) for journey, touchpoint in places),
        segments=tuple(s.id for s in charter.all_segments if action.is_for(s.id)),
        is_for_everyone=action.segments is None,
        channels=_in_order(charter, own),
        how=action.how,
        owner=action.owner,
        start=plan.period.from_ if plan.period else None,
        due=action.due,
        status=action.status,
        cost=_cost(action),
        levers=_levers(charter, [action.effort] if action.effort else _grids(places)),
        effect=action.effect,
    )


def _cost(action: PlannedAction) -> float | None:
    if action.cost is None and action.effort is not None:
        return float(cost_of_a_marker(action.effort))
    return action.cost


def _grids(places: Iterable[tuple[Journey, Touchpoint]]) -> list[Effort | None]:
    return [touchpoint.effort for _, touchpoint in places]


def _levers(charter: Charter, grids: Iterable[Effort | None]) -> tuple[Lever, ...]:
    """Return what effort grids propose, each once, in the order of `Lever`."""
    proposed = {lever(grid, charter.levers) for grid in grids}
    return tuple(each for each in Lever if each in proposed)


def proposed_entries(workspace: Workspace, actions: Iterable[Action]) -> tuple[Entry, ...]:
    """Return actions that were found to make rules hold, in their order."""
    return tuple(_proposed(workspace, action) for action in actions)


def _proposed(workspace: Workspace, action: Action) -> Entry:
    place = Place(action.journey, action.touchpoint)
    touchpoint = _touchpoint(workspace, place)
    return Entry(
        id=f"{action.journey}/{action.touchpoint}/{action.marker}",
        marker=action.marker,
        journey=action.journey,
        places=(place,),
        segments=_who_comes(workspace, place, touchpoint),
        channels=_in_order(workspace.charter, touchpoint.channel_shares),
        owner=touchpoint.owner,
        cost=action.cost,
        levers=_levers(workspace.charter, [touchpoint.effort]),
        repairs=action.repairs,
    )


def _who_comes(workspace: Workspace, place: Place, touchpoint: Touchpoint) -> tuple[str, ...]:
    """Return the segments that may come to a touchpoint."""
    (journey,) = (j for j in workspace.journeys if j.id == place.journey)
    return tuple(
        segment.id
        for segment in workspace.charter.all_segments
        if journey.segments is None or segment.id in journey.segments
        if touchpoint.segments is None or segment.id in touchpoint.segments
    )


def _touchpoint(workspace: Workspace, place: Place) -> Touchpoint:
    for setting in workspace.settings:
        if setting.journey.id == place.journey:
            touchpoint = setting.touchpoint(place.touchpoint)
            if touchpoint is not None:
                return touchpoint
    raise ValueError(f"no touchpoint {place.touchpoint} in {place.journey}")


def _in_order(charter: Charter, channels: Collection[str]) -> tuple[str, ...]:
    return tuple(channel.id for channel in charter.channels if channel.id in channels)


def view(workspace: Workspace, entries: Iterable[Entry], by: By, report: Report) -> View:
    """Return actions by target, by channel or by owner.

    Args:
        workspace: What they are for.
        entries: The actions.
        by: What they are seen by.
        report: What the checker says of the workspace today.
    """
    entries = tuple(entries)
    members = {entry.id: _members(entry, by) for entry in entries}
    broken = _broken(workspace, by, report)
    named = dict.fromkeys(each for found in members.values() for each in found if each is not None)
    groups = [
        _group(each, [e for e in entries if each in members[e.id]], broken.get(each, ()))
        for each in dict.fromkeys([*_declared(workspace, by), *named])
    ]
    homeless = [entry for entry in entries if None in members[entry.id]]
    if homeless:
        groups.append(_group(None, homeless, ()))
    return View(by, entries, tuple(groups))


def _members(entry: Entry, by: By) -> tuple[str | None, ...]:
    """Return the groups that an action stands in; None where it says nothing of any."""
    if by is By.OWNER:
        return (entry.owner,)
    return (entry.segments if by is By.TARGET else entry.channels) or (None,)


def _declared(workspace: Workspace, by: By) -> Iterator[str]:
    """Yield the groups that a workspace has, whether or not anything is to be done there."""
    charter = workspace.charter
    if by is By.TARGET:
        yield from (segment.id for segment in charter.all_segments)
    elif by is By.CHANNEL:
        yield from (channel.id for channel in charter.channels)
    else:
        owners = [
            *(
                touchpoint.owner
                for journey in workspace.journeys
                for touchpoint in journey.touchpoints
                if touchpoint.status is not TouchpointStatus.RETIRED
            ),
            *(marker.owner for marker in charter.markers),
        ]
        yield from (owner for owner in owners if owner)


_URGENCY: tuple[ActionStatus | None, ...] = (
    ActionStatus.DOING,
    ActionStatus.DECIDED,
    ActionStatus.IDEA,
    None,
    ActionStatus.DONE,
    ActionStatus.DROPPED,
)
"""What is under way comes first, what is over last."""


def _group(identifier: str | None, entries: Collection[Entry], broken: Iterable[str]) -> Group:
    in_order = sorted(
        entries, key=lambda each: (each.due or datetime.date.max, _URGENCY.index(each.status))
    )
    return Group(identifier, tuple(in_order), totals(entries), tuple(broken))


def totals(entries: Collection[Entry]) -> tuple[Total, ...]:
    """Return what actions come to by status, what is under way first."""
    found = []
    for status in _URGENCY:
        costs = [entry.cost for entry in entries if entry.status is status]
        if costs:
            priced = [cost for cost in costs if cost is not None]
            found.append(Total(status, len(costs), sum(priced), len(costs) - len(priced)))
    return tuple(found)


def _broken(workspace: Workspace, by: By, report: Report) -> Mapping[str | None, Collection[str]]:
    """Return the rules that are broken by group, as declared, those waived left out.

    A verdict is about the segment, channel or owner that it names; else about those of its
    touchpoint; else, where it is about paths, about those that a breaking path comes by. Cost: a
    proof for each rule that is broken in a journey and each group that its witness passes by.
    """
    broken = [
        verdict
        for verdict in of_the_map(report, workspace).verdicts
        if verdict.verdict is Answer.BROKEN and verdict.status is not Status.WAIVED
    ]
    passages = _Passages(workspace, by)
    found = {(each, v.rule) for v in broken for each in passages.told(v)}
    for verdict in broken:
        found |= {(each, verdict.rule) for each in passages.besides(verdict, found)}
    in_order = dict.fromkeys(verdict.rule for verdict in broken)
    groups = dict.fromkeys(each for each, _ in found)
    return {each: [rule for rule in in_order if (each, rule) in found] for each in groups}


class _Passages:
    """Where paths pass that break rules.

    Attributes:
        known: By rule, journey and group, the scopes that a path breaks which comes by the group.
    """

    def __init__(self, workspace: Workspace, by: By) -> None:
        self.by = by
        self.rules = {rule.id: rule for rule in workspace.rules}
        self.settings = {setting.journey.id: setting for setting in workspace.settings}
        self.known: dict[tuple[str, str, str], AbstractSet[Scope]] = {}

    def _own(self, verdict: Verdict) -> str | None:
        """Return the group that a verdict names."""
        if self.by is By.TARGET:
            return verdict.segment
        return verdict.channel if self.by is By.CHANNEL else verdict.owner

    def told(self, verdict: Verdict) -> Iterable[str | None]:
        """Return the groups that a broken verdict says it is about."""
        own = self._own(verdict)
        if own is not None or verdict.journey is None or self.by is By.TARGET:
            return (own,)
        setting = self.settings[verdict.journey]
        if verdict.touchpoint is not None:
            return self._groups(setting, verdict.touchpoint)
        witness = verdict.witness or ()
        return [each for name in witness for each in self._groups(setting, name)]

    def _groups(self, setting: Setting, name: str) -> Iterable[str | None]:
        """Return the groups of a touchpoint, by the name of one of its stops."""
        identifier, _, channel = name.partition("@")
        touchpoint = setting.touchpoint(identifier)
        if touchpoint is None:
            return ()
        if self.by is By.OWNER:
            return (touchpoint.owner,)
        return (channel,) if channel else touchpoint.channel_shares

    def besides(
        self, verdict: Verdict, found: Collection[tuple[str | None, str]]
    ) -> Iterator[str | None]:
        """Yield the groups that paths come by which break a verdict, those in ``found`` left out.

        Nothing, where the verdict says what it is about.
        """
        rule = self.rules[verdict.rule]
        if not isinstance(rule, PathRule) or verdict.touchpoint is not None:
            return
        if self.by is By.TARGET or self._own(verdict) is not None:
            return
        setting = self.settings[str(verdict.journey)]
        for group, stops in self._stops(setting).items():
            if (group, rule.id) not in found and verdict.scope in self._broken_through(
                rule, setting, group, stops
            ):
                yield group

    def _stops(self, setting: Setting) -> Mapping[str, Collection[int]]:
        """Return the stops of each group in a journey."""
        found: dict[str, list[int]] = {}
        for number, stop in enumerate(setting.graph.stops):
            group = stop.channel if self.by is By.CHANNEL else stop.touchpoint.owner
            if group is not None:
                found.setdefault(group, []).append(number)
        return found

    def _broken_through(
        self, rule: PathRule, setting: Setting, group: str, stops: Collection[int]
    ) -> AbstractSet[Scope]:
        key = (rule.id, setting.journey.id, group)
        if key not in self.known:
            self.known[key] = rule.broken_through(setting, stops)
        return self.known[key]


@dataclass(frozen=True)
class Viewed:
    """A view, with what its telling needs.

    Attributes:
        workspace: What it is of.
        plans: The plans whose actions it lists; none where no plan says them.
        today: The day on which actions are late or not.
        watch: What to watch where its actions change something.
    """

    workspace: Workspace
    plans: tuple[ActionPlan, ...]
    view: View
    today: datetime.date
    watch: Watch = NOTHING_TO_WATCH
