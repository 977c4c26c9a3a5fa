"""The kind `hand-off`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar, Literal

from charter.findings import Severity, Verdict
from charter.messages import N_
from charter.rules.carrying import Target
from charter.rules.demand import Borne, Demand, Sides
from charter.rules.kind import Sentences
from charter.rules.path import CarriedOnPaths, Lens, PathRule, scope_of
from charter.rules.remark import UNCOUNTED, Remark, lacking, saying
from charter.rules.setting import Setting
from journeys.automata import Automaton, Ending
from journeys.graph import OpenGraph, Passage
from journeys.question import Letters, Question
from journeys.ways import alike


class Across(StrEnum):
    """What changes when a customer is handed over."""

    CHANNEL = "channel"
    OWNER = "owner"
    STAGE = "stage"


class Side(StrEnum):
    """Which side of a hand-off must carry the marker."""

    BOTH = "both"
    BEFORE = "before"
    AFTER = "after"
    PASSAGE = "passage"


# The letters that a passage shows; they are also what is remembered.
_NO_CHANGE, _CARRIED, _DROPPED = range(3)


class HandOff(CarriedOnPaths, PathRule):
    """The marker holds the customer's hand when they are passed on.

    Holds when, on every concerned path, on each transition that changes `across: channel`
    (default), `owner` or `stage` (both ends have one), `side: both` (default), `before` or
    `after` carries it, an end that isn't counted being excused; with `side: passage` the
    transition's own tags carry it, or both ends do. `where` concerns touchpoints, not passages.

    # Why it matters

    Customers get lost between teams and channels, not inside them. A hand-off is where a brand
    shows whether it is one, or several that share a logo.

    # Breaks

        rules:
          - {id: not-asked-twice, kind: hand-off, markers: [no-repeat], side: after}
        touchpoints:
          - {id: form, stage: discover, channel: web, entry: true, next: [call]}
          - {id: call, stage: buy, channel: phone, exit: helped}

    # Repaired

        touchpoints:
          - {id: form, stage: discover, channel: web, entry: true, next: [call]}
          - {id: call, stage: buy, channel: phone, markers: [no-repeat], exit: helped}

    # Options

    - `across`: what changes: `channel`, `owner` or `stage`.
    - `side`: where it must show: `both` ends, `before`, `after`, or on the `passage` itself.
    """

    code: ClassVar[str] = "CH109"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["hand-off"]
    across: Across = Across.CHANNEL
    side: Side = Side.BOTH

    @property
    def start(self) -> int:
        """No change was seen."""
        return _NO_CHANGE

    def ending(self, state: int) -> Ending:
        """Some change dropped it, all carried it, or there was none."""
        return (Ending.UNCONCERNED, Ending.HOLDS, Ending.BREAKS)[state]

    def evidence(self, setting: Setting, target: Target) -> object:
        """Return what each end of a passage carries."""
        return self.carrying(setting, target)

    def question_to_ask(
        self, setting: Setting, targets: Sequence[Target], lenses: Sequence[Lens]
    ) -> Question:
        """Return the question whose letters are what each passage shows to each view."""
        graph = setting.graph.of_paths(self.wanted_outcomes)
        ways, width = graph.ways, len(graph.segments)
        carrying = [self.carrying(setting, target) for target in targets]
        all_views = (1 << width * len(targets)) - 1
        kinds: list[Letters] = [((_NO_CHANGE, all_views),)]
        numbers: dict[int | None, int] = {None: 0}

        def kind_shown(passage: Passage) -> int:
            carried = self._carried_views(graph, passage, targets, carrying)
            if carried is not None and carried not in numbers:
                numbers[carried] = len(kinds)
                kinds.append(((_CARRIED, carried), (_DROPPED, all_views & ~carried)))
            return numbers[carried]

        # Passages show the same whose ends lie and carry alike, unless they have tags of their own.
        _, end = alike([graph.place_numbers, *carrying])
        known: dict[tuple[int, int, int | None], int] = {}
        on_passage: list[int] = []
        for number, (source, target) in enumerate(zip(ways.sources, ways.targets, strict=True)):
            has_own = self.side is Side.PASSAGE and ways.transitions[number].markers
            key = end[source], end[target], number if has_own else None
            if key not in known:
                known[key] = kind_shown(graph.passage(number))
            on_passage.append(known[key])
        return Question(
            graph=graph,
            # The worst that was seen is remembered.
            automaton=Automaton.explore(self.start, max, self.ending, range(3)),
            width=width,
            copies=len(targets) * len(lenses),
            asked=self.asked(setting),
            kinds=kinds,
            at_stop=[0] * len(graph.stops),
            on_passage=on_passage,
        )

    def _carried_views(
        self,
        graph: OpenGraph,
        passage: Passage,
        targets: Sequence[Target],
        carrying: Sequence[Sequence[int]],
    ) -> int | None:
        """Return the views for which a passage carries what is asked for; None if none changes."""
        if not self._changes(graph, passage):
            return None
        width = len(graph.segments)
        everyone = (1 << width) - 1
        carried = 0
        for index, (target, carries) in enumerate(zip(targets, carrying, strict=True)):
            bits = self._carried(graph, passage, target, carries) & everyone
            carried |= bits << index * width
        return carried

    def _changes(self, graph: OpenGraph, passage: Passage) -> bool:
        before, after = graph.stops[passage.source], graph.stops[passage.target]
        if self.across is Across.CHANNEL:
            return before.channel != after.channel
        if self.across is Across.STAGE:
            return before.touchpoint.stage != after.touchpoint.stage
        owners = before.touchpoint.owner, after.touchpoint.owner
        return all(owners) and owners[0] != owners[1]

    def _carried(
        self, graph: OpenGraph, passage: Passage, target: Target, carrying: Sequence[int]
    ) -> int:
        """Return the segments for which a change carries ``target``."""
        before, after = (
            carrying[end] if graph.stops[end].is_counted else -1
            for end in (passage.source, passage.target)
        )
        if self.side is Side.BEFORE:
            return before
        if self.side is Side.AFTER:
            return after
        if self.side is Side.BOTH:
            return before & after
        carried = before & after
        own = graph.bearing(passage.transition.markers)
        for marker in target.markers:
            carried |= own.get(marker, 0)
        return carried

    def sides(self, setting: Setting, target: Target) -> Sides:
        """Return the markers asked for, and none that may break it."""
        return self.carried(setting, target).markers, frozenset()

    def demand(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> Demand:
        """Return what it asks of the tags at the ends of the path's changes."""
        graph = setting.graph.of_paths(self.wanted_outcomes)
        carried = self.carried(setting, target)
        # By change: where it is, and whether each end is excused, or the passage itself carries.
        changes: list[tuple[int, bool]] = []
        for index, (source, following) in enumerate(pairwise(path)):
            for number in graph.ways.leaving(source):
                passage = graph.passage(number)
                is_walked = passage.target == following and passage.open_to >> segment & 1
                if is_walked and self._changes(graph, passage):
                    own = graph.bearing(passage.transition.markers)
                    is_own = any(own.get(m, 0) >> segment & 1 for m in target.markers)
                    changes.append((index, is_own and self.side is Side.PASSAGE))

        def is_broken(borne: Borne) -> bool:
            def carries(index: int) -> bool:
                place = path[index]
                if not graph.stops[place].is_counted:
                    return True
                return carried.shows(place, segment, borne[index])

            for index, is_own in changes:
                before = self.side is Side.AFTER or carries(index)
                after = self.side is Side.BEFORE or carries(index + 1)
                if not is_own and not (before and after):
                    return True
            return False

        helping, hurting = self.sides(setting, target)
        scope = scope_of(setting, target, lens, segment)
        return Demand(self.id, scope, segment, path, helping, hurting, is_broken)

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say between what the customer is handed over without it."""
        advice = (
            N_("Add it to the passage, or to {all_places}.")
            if self.side is Side.PASSAGE
            else N_("Add it to {all_places}.")
        )
        question, broken, shortfall = {
            Across.CHANNEL: (
                N_("Can a customer change channel without {what}?"),
                N_("{path} changes channel without {what}."),
                N_("change channel without {what}"),
            ),
            Across.OWNER: (
                N_("Can a customer pass from one team to another without {what}?"),
                N_("{path} passes from one team to another without {what}."),
                N_("pass from one team to another without {what}"),
            ),
            Across.STAGE: (
                N_("Can a customer enter another stage without {what}?"),
                N_("{path} enters another stage without {what}."),
                N_("enter another stage without {what}"),
            ),
        }[self.across]
        return Sentences(question, broken, advice, shortfall)

    def repairable(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return the ends of the changes that drop it."""
        del lens
        carrying = self.carrying(setting, target)
        found: dict[int, None] = {}
        for index, is_carried in self._walked_changes(setting, target, segment, path):
            if is_carried:
                continue
            for end in (index, index + 1):
                if self._lacks(setting, carrying, segment, path, index, end):
                    found[end] = None
        return tuple(found)

    def _walked_changes(
        self, setting: Setting, target: Target, segment: int, path: tuple[int, ...]
    ) -> Iterator[tuple[int, bool]]:
        """Yield the steps of a path from which it changes, and whether the change carries it."""
        graph = setting.graph.of_paths(self.wanted_outcomes)
        carrying = self.carrying(setting, target)
        for index, (source, following) in enumerate(pairwise(path)):
            for number in graph.ways.leaving(source):
                passage = graph.passage(number)
                is_walked = passage.target == following and passage.open_to >> segment & 1
                if is_walked and self._changes(graph, passage):
                    carried = self._carried(graph, passage, target, carrying)
                    yield index, bool(carried >> segment & 1)

    def _lacks(
        self,
        setting: Setting,
        carrying: Sequence[int],
        segment: int,
        path: tuple[int, ...],
        change: int,
        end: int,
    ) -> bool:
        """Return whether an end of a change is asked for it, and doesn't carry it."""
        is_asked = self.side is not (Side.AFTER if end == change else Side.BEFORE)
        is_carried = carrying[path[end]] >> segment & 1
        return is_asked and not is_carried and setting.graph.stops[path[end]].is_counted

    def remarks(
        self, setting: Setting, target: Target, lens: Lens, segment: int, path: tuple[int, ...]
    ) -> list[list[Remark]]:
        """Say at which change it is carried, and at which end of another it isn't."""
        del lens
        leaving, arriving, carried = _REMARKS[self.across]
        carrying = self.carrying(setting, target)
        found: list[list[Remark]] = [[] for _ in path]
        # Of several ways between two touchpoints one that drops it is the one that is walked.
        worst: dict[int, bool] = {}
        for index, is_carried in self._walked_changes(setting, target, segment, path):
            worst[index] = worst.get(index, True) and is_carried
        for index, is_carried in worst.items():
            if is_carried:
                found[index + 1].append(saying(carried))
                continue
            if self._lacks(setting, carrying, segment, path, index, index):
                found[index].append(lacking(leaving))
            if self._lacks(setting, carrying, segment, path, index, index + 1):
                found[index + 1].append(lacking(arriving))
            if self.side is Side.PASSAGE:
                found[index + 1].append(saying(_NOT_ON_PASSAGE))
        stops = [setting.graph.stops[place] for place in path]
        return [
            [*remarks, *([] if stop.is_counted else [UNCOUNTED])]
            for stop, remarks in zip(stops, found, strict=True)
        ]


_NOT_ON_PASSAGE = N_("The passage itself doesn't carry it either.")
_REMARKS = {
    Across.CHANNEL: (
        N_("From here, the customer changes channel: {what} isn't carried before it."),
        N_("The customer comes from another channel: {what} isn't carried after it."),
        N_("The customer comes from another channel with {what}."),
    ),
    Across.OWNER: (
        N_("From here, another team takes over: {what} isn't carried before it."),
        N_("Another team takes over: {what} isn't carried after it."),
        N_("Another team takes over with {what}."),
    ),
    Across.STAGE: (
        N_("From here, the customer enters another stage: {what} isn't carried before it."),
        N_("The customer enters another stage: {what} isn't carried after it."),
        N_("The customer enters another stage with {what}."),
    ),
}
