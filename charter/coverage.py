"""How much of the identity customers meet: on the poorest path, and on average.

What is counted are the brand's *values*, as far as signature markers make them concrete: a value
is met where one of these is carried, live, at a touchpoint that the customer visits. Of a charter
without such values, its signature markers themselves are counted. The *coverage* of a path is the
share of them that a customer meets on it.

Paths are those that rules over paths concern: walks from an entry to an exit that are open to the
segment, with at least one visit that isn't run by customers themselves (of a channel: one such
visit on it). What they meet where the public speaks is met all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from charter.brand import Charter, Role
from charter.rules.setting import Setting
from charter.workspace import Workspace
from journeys.automata import TooManyStates
from journeys.customers import Customers, ShareBasis, weakest_basis
from journeys.gathering import Fewest, Gathering, Look
from journeys.visits import share_that_visits


class Counted(StrEnum):
    """What coverage is a share of."""

    VALUES = "value"
    MARKERS = "marker"


class Unknown(StrEnum):
    """Why the poorest path of a scope isn't known.

    `nothing-counted`: the charter has no signature marker, or none that is meant for the channel;
    `no-path`: no path is concerned; `too-many`: more combinations than can be
    told apart.
    """

    NOTHING_COUNTED = "nothing-counted"
    NO_PATH = "no-path"
    TOO_MANY = "too-many"


@dataclass(frozen=True)
class Pillars:
    """What coverage is a share of: the signature markers by what they stand for.

    Attributes:
        counted: Whether these are values or, where no value has any, the markers themselves.
        markers: By id, the signature markers of it, in the charter's order.
        bare: Values without a signature marker, which nobody can meet, and which aren't counted.
    """

    counted: Counted
    markers: Mapping[str, tuple[str, ...]]
    bare: tuple[str, ...]

    @classmethod
    def of(cls, charter: Charter) -> Pillars:
        """Return what is counted in a charter."""
        signatures = [marker for marker in charter.markers if marker.role is Role.SIGNATURE]
        of_values = {
            value.id: tuple(marker.id for marker in signatures if value.id in marker.values)
            for value in charter.values
        }
        bare = tuple(value for value, markers in of_values.items() if not markers)
        concrete = {value: markers for value, markers in of_values.items() if markers}
        if concrete:
            return cls(Counted.VALUES, concrete, bare)
        return cls(Counted.MARKERS, {marker.id: (marker.id,) for marker in signatures}, bare)


@dataclass(frozen=True)
class Poorest:
    """The shortest of the paths that meet the least.

    Attributes:
        channel: The channel whose visits are looked at; None for all.
        path: The names of its stops.
        met_at: By stop of the path, what is met there.
        met: What it meets, in the charter's order.
        missed: What it doesn't.
    """

    journey: str
    segment: str
    channel: str | None
    path: tuple[str, ...]
    met_at: tuple[tuple[str, ...], ...]
    met: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """How much is met in a scope: a journey's segment, all of a segment, a channel, or in all.

    Shares of customers and averages are weighed by journeys and segments; they are those of
    customers on paths that are concerned. None where nothing was measured.

    Attributes:
        counted: How many values (or markers) are counted.
        fewest: How many the poorest path meets; None where that isn't known.
        average: The share in [0, 1] that a customer meets, on average.
        whole: The share of customers who meet every one; None also for a channel.
        as_poor: The share of customers who meet no more than `fewest`; likewise.
        poorest: A path that meets no more.
        basis: What shares of customers rest on.
        reason: Why `fewest` isn't known.
    """

    counted: int
    fewest: int | None = None
    average: float | None = None
    whole: float | None = None
    as_poor: float | None = None
    poorest: Poorest | None = None
    basis: ShareBasis | None = None
    reason: Unknown | None = None

    @property
    def least(self) -> float | None:
        """The share in [0, 1] that the poorest path meets."""
        return None if self.fewest is None else self.fewest / self.counted


@dataclass(frozen=True)
class Coverages:
    """The coverage of a workspace, scope by scope.

    Attributes:
        overall: Of everybody on every journey.
        by_segment: In the charter's order.
        by_channel: In the charter's order.
        by_scope: By journey and segment that it is for.
        met_by: By what is counted, the share in [0, 1] of all customers who meet it; None where
            nothing was measured.
    """

    pillars: Pillars
    overall: Coverage
    by_segment: Mapping[str, Coverage]
    by_channel: Mapping[str, Coverage]
    by_scope: Mapping[tuple[str, str], Coverage]
    met_by: Mapping[str, float | None]


def coverage(
    workspace: Workspace,
    *,
    with_shares: bool = True,
    between: Callable[[], None] = lambda: None,
) -> Coverages:
    """Return how much of the identity customers meet.

    Args:
        workspace: As it is.
        with_shares: Whether to work out for how many customers all of it is met, or no more than
            on the poorest path, which is what takes longest; else these are None.
        between: Called between two pieces of the work; what it raises ends it.

    Cost: for each journey, one search of its stops times the combinations of values met for each
    number of values up to the fewest met, all segments and channels at once: at most passages
    times 2^values, `STATE_LIMIT` of these combinations being the most (twelve values, or more
    where few are met). An average is one chain of stops for each segment and value; a share of
    customers one chain of stops times combinations for each segment.
    """
    pillars = Pillars.of(workspace.charter)
    scopes: list[_Scope] = []
    for setting in workspace.settings:
        between()
        scopes += _scopes(setting, pillars)
    whole = [scope for scope in scopes if scope.channel is None]

    def together(some: Iterable[_Scope]) -> Coverage:
        between()
        return _together(list(some), with_shares=with_shares)

    return Coverages(
        pillars,
        overall=together(whole),
        by_segment={
            segment.id: together(scope for scope in whole if scope.segment == segment.id)
            for segment in workspace.charter.all_segments
        },
        by_channel={
            channel.id: together(scope for scope in scopes if scope.channel == channel.id)
            for channel in workspace.charter.channels
        },
        by_scope={(scope.setting.journey.id, scope.segment): together([scope]) for scope in whole},
        met_by={pillar: _mean_of(pillar, whole) for pillar in pillars.markers},
    )


@dataclass(frozen=True, eq=False)
class _Scope:
    """A journey's segment, seen as a whole or on one channel.

    Attributes:
        place: The segment's place.
        look: The place of its look in the gathering.
        pillars: What is counted: by id, the stops where the segment meets it.
        stops: The stops looked at.
        fewest: None where no path is concerned.
    """

    setting: Setting
    gathering: Gathering
    place: int
    look: int
    channel: str | None
    pillars: Mapping[str, frozenset[int]]
    stops: frozenset[int]
    fewest: Fewest | None

    @property
    def segment(self) -> str:
        return self.setting.graph.segments[self.place]

    @property
    def weight(self) -> float:
        """How many of all customers its are, whether they are concerned or not."""
        setting = self.setting
        return setting.journey.weight * setting.segment_weights[self.segment]

    @cached_property
    def concerned(self) -> float:
        """The share of its customers on paths that are concerned."""
        if self.channel is None and len(self._counted) == len(self.stops):
            return 1.0
        return share_that_visits(self._customers, self._counted)

    @cached_property
    def _counted(self) -> frozenset[int]:
        stops = self.setting.graph.stops
        return frozenset(stop for stop in self.stops if stops[stop].is_counted)

    @cached_property
    def meeting(self) -> Mapping[str, float]:
        """By what is counted, the share of its customers who meet it on a path concerned."""
        return {pillar: self._share_that_meets(stops) for pillar, stops in self.pillars.items()}

    def _share_that_meets(self, stops: frozenset[int]) -> float:
        if not stops:
            return 0.0
        if stops <= self._counted:
            return share_that_visits(self._customers, stops)
        # To meet it where the public speaks doesn't make the path one that is concerned.
        bit = 1 << self.place
        met = [bit if stop in stops else 0 for stop in range(len(self.setting.graph.stops))]
        alone = Gathering(self.gathering.graph, (met,), (Look(self.stops, 1),))
        measure = alone.shares_that_meet(1, 0, [self.place], self._customers_at)[self.place]
        return (measure.share or 0.0) * (measure.concerned or 0.0)

    @property
    def _customers(self) -> Customers:
        return self._customers_at(self.place)

    def _customers_at(self, place: int) -> Customers:
        return self.setting.customers(place, None)

    def share_that_meets(self, number: int) -> float | None:
        """Return the share of its customers who meet at least ``number``; None if not known."""
        if self.fewest is not None and number <= self.fewest.at_least:
            return 1.0
        if number not in self._shares:
            try:
                found = self.gathering.shares_that_meet(
                    number, self.look, [self.place], self._customers_at
                )
                self._shares[number] = found[self.place].share
            except TooManyStates:
                self._shares[number] = None
        return self._shares[number]

    @cached_property
    def _shares(self) -> dict[int, float | None]:
        return {}

    def poorest(self) -> Poorest | None:
        """Return the path that meets the fewest."""
        if self.fewest is None or self.fewest.path is None:
            return None
        visited = self.stops.intersection(self.fewest.path)
        met = {pillar: not stops.isdisjoint(visited) for pillar, stops in self.pillars.items()}
        graph = self.setting.graph
        return Poorest(
            self.setting.journey.id,
            self.segment,
            self.channel,
            tuple(graph.stops[stop].name for stop in self.fewest.path),
            tuple(
                tuple(pillar for pillar, stops in self.pillars.items() if stop in stops)
                for stop in self.fewest.path
            ),
            tuple(pillar for pillar, is_met in met.items() if is_met),
            tuple(pillar for pillar, is_met in met.items() if not is_met),
        )


def _scopes(setting: Setting, pillars: Pillars) -> Iterator[_Scope]:
    """Yield the segments of a journey, each as a whole and then on each channel."""
    charter, graph = setting.charter, setting.graph.of_paths()
    shown = {pillar: setting.bearing(markers) for pillar, markers in pillars.markers.items()}
    channels = (None, *(channel.id for channel in charter.channels))
    counted = {channel: _counted_on(channel, pillars, charter) for channel in channels}
    stops = {channel: _stops_on(channel, setting) for channel in channels}
    looks = [
        Look(
            stops[channel],
            sum(1 << place for place, pillar in enumerate(shown) if pillar in counted[channel]),
        )
        for channel in channels
    ]
    gathering = Gathering(graph, tuple(shown.values()), looks)
    fewest = gathering.fewest()
    for segment in range(len(graph.segments)):
        if not graph.journey_segments >> segment & 1:
            continue
        for look, channel in enumerate(channels):
            met = {
                pillar: frozenset(s for s in stops[channel] if shown[pillar][s] >> segment & 1)
                for pillar in counted[channel]
            }
            known = fewest.get((look, segment))
            yield _Scope(setting, gathering, segment, look, channel, met, stops[channel], known)


def _counted_on(channel: str | None, pillars: Pillars, charter: Charter) -> tuple[str, ...]:
    """Return what is counted on a channel: all but what the charter leaves out there."""
    return tuple(
        pillar
        for pillar, markers in pillars.markers.items()
        if channel is None
        or not all(charter.markers_by_id[marker].is_not_for(channel) for marker in markers)
    )


def _stops_on(channel: str | None, setting: Setting) -> frozenset[int]:
    stops = enumerate(setting.graph.stops)
    return frozenset(place for place, stop in stops if channel in (None, stop.channel))


def _together(scopes: Sequence[_Scope], *, with_shares: bool) -> Coverage:
    """Return the coverage of some scopes, all of them as a whole or on the same channel."""
    counted = len(scopes[0].pillars) if scopes else 0
    concerned = [scope for scope in scopes if scope.fewest is not None]
    if not counted or not concerned:
        reason = Unknown.NO_PATH if counted or not scopes else Unknown.NOTHING_COUNTED
        return Coverage(counted, reason=reason)
    poorest = _poorest_of(concerned)
    found = Coverage(
        counted,
        fewest=None if poorest is None else len(poorest.met),
        poorest=poorest,
        reason=Unknown.TOO_MANY if poorest is None else None,
    )
    if not all(scope.setting.is_measured for scope in concerned):
        return found
    with_shares &= scopes[0].channel is None
    customers = sum(scope.weight * scope.concerned for scope in concerned)
    meeting = sum(scope.weight * sum(scope.meeting.values()) for scope in concerned)
    return replace(
        found,
        average=min(1.0, meeting / (counted * customers)),
        whole=_share_that_meets(counted, concerned) if with_shares else None,
        as_poor=_share_as_poor(found.fewest, concerned) if with_shares else None,
        basis=weakest_basis(scope.setting.share_basis(scope.place) for scope in concerned),
    )


def _poorest_of(scopes: Iterable[_Scope]) -> Poorest | None:
    """Return the path that meets the fewest, the first of equals; None where it isn't known."""
    known: list[tuple[int, _Scope]] = []
    open_from: list[int] = []
    for scope in scopes:
        if scope.fewest is not None and scope.fewest.number is not None:
            known.append((scope.fewest.number, scope))
        elif scope.fewest is not None:
            open_from.append(scope.fewest.at_least)
    if not known:
        return None
    number, scope = min(known, key=lambda each: each[0])
    # What is open doesn't matter where it is surely no less.
    return scope.poorest() if number <= min(open_from, default=number) else None


def _share_as_poor(fewest: int | None, scopes: Sequence[_Scope]) -> float | None:
    if fewest is None:
        return None
    if fewest == len(scopes[0].pillars):
        return 1.0
    better = _share_that_meets(fewest + 1, scopes)
    return None if better is None else 1.0 - better


def _share_that_meets(number: int, scopes: Sequence[_Scope]) -> float | None:
    """Return the share of all customers of some scopes who meet at least ``number``."""
    shares = [(scope.weight * scope.concerned, scope.share_that_meets(number)) for scope in scopes]
    if any(share is None for _, share in shares):
        return None
    total = sum(weight for weight, _ in shares)
    return min(1.0, sum(weight * share for weight, share in shares if share) / total)


def _mean_of(pillar: str, scopes: Iterable[_Scope]) -> float | None:
    """Return the share of all customers who meet something that is counted."""
    concerned = [scope for scope in scopes if scope.fewest is not None]
    if not concerned or not all(scope.setting.is_measured for scope in concerned):
        return None
    meeting = sum(scope.weight * scope.meeting[pillar] for scope in concerned)
    return min(1.0, meeting / sum(scope.weight * scope.concerned for scope in concerned))
