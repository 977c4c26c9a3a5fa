"""The open graph of a journey: what each of its segments can walk.

Sets of segments are bit sets: bit *i* stands for the *i*-th segment of the workspace. One pass
over the graph then answers for every segment at once, although each sees a graph of its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from journeys.model import Journey, Status, Tag, TagStatus, Touchpoint, Transition
from journeys.ways import Ways, column_of_sets


class Stop(NamedTuple):
    """A touchpoint on one of its channels: what a path visits.

    Attributes:
        name: The touchpoint's id; ``id@channel`` where it was given ``channels``.
        portion: The part in (0, 1] of those who come to the touchpoint that come on this channel.
    """

    touchpoint: Touchpoint
    channel: str
    name: str
    portion: float

    @property
    def is_counted(self) -> bool:
        """Whether visits here are steps of the brand's own."""
        return self.touchpoint.is_counted


class Passage(NamedTuple):
    """A transition between two stops, given by their places in the graph.

    Attributes:
        open_to: The segments that may walk it.
        portion: The part in (0, 1] of those who take the transition that take this passage: a
            touchpoint on several channels is reached on each in proportion to its share.
    """

    source: int
    target: int
    transition: Transition
    open_to: int
    portion: float


@dataclass(frozen=True)
class OpenGraph:
    """Stops and passages of a journey, with the segments that each is open to.

    Attributes:
        segments: The ids that the bits stand for.
        journey_segments: The segments that the journey is for.
        stops: In the order declared; a touchpoint's channels in order.
        open_to: By stop, the segments that it is open to.
        ways: The passages.
        walkable: By passage, the segments that may walk it.
        entries: By stop, the segments whose paths may begin there.
        exits: By stop, the segments whose paths may end there.
    """

    journey: Journey
    segments: tuple[str, ...]
    journey_segments: int
    stops: tuple[Stop, ...]
    open_to: tuple[int, ...]
    ways: Ways
    walkable: Sequence[int]
    entries: tuple[int, ...]
    exits: tuple[int, ...]

    @classmethod
    def of(cls, journey: Journey, segments: Sequence[str]) -> OpenGraph:
        """Return the open graph of ``journey`` among the workspace's ``segments``.

        Retired and planned touchpoints are no part of it. Cost: stops plus passages.
        """
        bits = {segment: 1 << index for index, segment in enumerate(segments)}
        bit_sets: dict[tuple[str, ...] | None, int] = {None: (1 << len(bits)) - 1}

        def bit_set(ids: tuple[str, ...] | None) -> int:
            if ids not in bit_sets:
                bit_sets[ids] = sum(bits[segment] for segment in set(ids or ()))
            return bit_sets[ids]

        everyone = bit_set(journey.segments)
        stops: list[Stop] = []
        open_to: list[int] = []
        # The stops of touchpoints with one channel, and by channel those of all others.
        single: dict[str, int] = {}
        several: dict[str, dict[str, int]] = {}
        for touchpoint in journey.touchpoints:
            if touchpoint.status is not Status.LIVE:
                continue
            identifier = touchpoint.id
            allowed = everyone & bit_set(touchpoint.segments)
            if not touchpoint.channels:
                single[identifier] = len(stops)
                stops.append(Stop(touchpoint, str(touchpoint.channel), identifier, 1.0))
                open_to.append(allowed)
                continue
            several[identifier] = {}
            total = sum(touchpoint.channels.values())
            for channel, share in touchpoint.channels.items():
                several[identifier][channel] = len(stops)
                stops.append(Stop(touchpoint, channel, f"{identifier}@{channel}", share / total))
                open_to.append(allowed)
        walkable = column_of_sets(len(bits))
        ways = _ways(stops, open_to, single, several, bit_set, walkable)
        return cls(
            journey=journey,
            segments=tuple(segments),
            journey_segments=everyone,
            stops=tuple(stops),
            open_to=tuple(open_to),
            ways=ways,
            walkable=walkable,
            entries=tuple(
                allowed if stop.touchpoint.entry else 0
                for stop, allowed in zip(stops, open_to, strict=True)
            ),
            exits=tuple(
                allowed if stop.touchpoint.exit is not None else 0
                for stop, allowed in zip(stops, open_to, strict=True)
            ),
        )

    def shown_anew(self, journey: Journey) -> OpenGraph | None:
        """Return the graph of another version of the journey in which customers walk just so.

        Only what they are shown on the way may differ: tags, names, owners, emotions… None where
        more does. What was worked out of the ways is kept. Cost: touchpoints, for those that are
        not the same object as before also their transitions.
        """
        was = self.journey
        versions = list(zip(was.touchpoints, journey.touchpoints, strict=False))
        is_alike = (
            len(was.touchpoints) == len(journey.touchpoints)
            and (was.id, was.segments, was.shares) == (journey.id, journey.segments, journey.shares)
            and all(old is new or old.is_walked_like(new) for old, new in versions)
        )
        if not is_alike:
            return None
        now = {old.id: new for old, new in versions}
        stops = tuple(
            stop
            if now[stop.touchpoint.id] is stop.touchpoint
            else stop._replace(touchpoint=now[stop.touchpoint.id])
            for stop in self.stops
        )
        return self._with_stops(journey, stops)

    def _with_stops(self, journey: Journey, stops: tuple[Stop, ...]) -> OpenGraph:
        """Return the same ways between other stops."""
        graph = replace(self, journey=journey, stops=stops)
        for known in ("steps", "reached", "leading_out", "walked"):
            if known in self.__dict__:
                graph.__dict__[known] = self.__dict__[known]
        for outcomes, kept in self._of_paths.items():
            graph._of_paths[outcomes] = kept._with_stops(journey, stops)
        return graph

    def bits(self, segments: Iterable[str]) -> int:
        """Return the bit set of ``segments``; ids that the workspace doesn't know are left out."""
        wanted = set(segments)
        return sum(1 << i for i, segment in enumerate(self.segments) if segment in wanted)

    def names(self, bits: int) -> tuple[str, ...]:
        """Return the ids of a bit set of segments, in order."""
        return tuple(s for i, s in enumerate(self.segments) if bits >> i & 1)

    @cached_property
    def places(self) -> tuple[tuple[str, str, str, str | None], ...]:
        """By stop, where it lies: channel, stage, control and owner."""
        return tuple(
            (stop.channel, touchpoint.stage, touchpoint.control, touchpoint.owner)
            for stop in self.stops
            for touchpoint in [stop.touchpoint]
        )

    @cached_property
    def place_numbers(self) -> Sequence[int]:
        """By stop, a number for where it lies: the same for all stops that lie there."""
        numbers = {place: number for number, place in enumerate(dict.fromkeys(self.places))}
        return array("Q", map(numbers.__getitem__, self.places))

    def passage(self, number: int) -> Passage:
        """Return one passage; see `passages`."""
        ways = self.ways
        return Passage(
            ways.sources[number],
            ways.targets[number],
            ways.transitions[number],
            self.walkable[number],
            ways.portions[number],
        )

    @property
    def passages(self) -> Iterator[Passage]:
        """Yield the passages open to someone, by stop that they leave, in the order of ``next``."""
        return (self.passage(number) for number, bits in enumerate(self.walkable) if bits)

    @cached_property
    def steps(self) -> tuple[tuple[tuple[int, int, int], ...], ...]:
        """By stop, what leaves it in order: (passage, target, segments it is open to)."""
        ways, walkable = self.ways, self.walkable
        return tuple(
            tuple(
                (number, ways.targets[number], walkable[number])
                for number in ways.leaving(stop)
                if walkable[number]
            )
            for stop in range(len(self.stops))
        )

    @cached_property
    def reached(self) -> tuple[int, ...]:
        """By stop, the segments that can get there from an entry."""
        return self.ways.spread(self.entries, self.walkable, backward=False)

    def leading_to(self, ends: Sequence[int]) -> tuple[int, ...]:
        """Return by stop the segments that can get from there to where ``ends`` has them."""
        return self.ways.spread(ends, self.walkable, backward=True)

    def around(self, stop: int, segments: int) -> tuple[int, ...]:
        """Return by stop those of ``segments`` with a way between there and ``stop``."""
        only = tuple(segments if index == stop else 0 for index in range(len(self.stops)))
        after = self.ways.spread(only, self.walkable, backward=False)
        before = self.ways.spread(only, self.walkable, backward=True)
        return tuple(a | b for a, b in zip(after, before, strict=True))

    @cached_property
    def leading_out(self) -> tuple[int, ...]:
        """By stop, the segments that can get from there to an exit."""
        return self.leading_to(self.exits)

    @cached_property
    def walked(self) -> tuple[int, ...]:
        """By stop, the segments of which some path visits it."""
        return tuple(a & b for a, b in zip(self.reached, self.leading_out, strict=True))

    def of_paths(self, outcomes: frozenset[str] | None = None) -> OpenGraph:
        """Return only what lies on paths, or on the paths that end in one of ``outcomes``.

        Every walk from an entry in it can be carried on to an exit. Stops and passages keep their
        places.
        """
        if outcomes not in self._of_paths:
            self._of_paths[outcomes] = self._trimmed(outcomes)
        return self._of_paths[outcomes]

    @cached_property
    def _of_paths(self) -> dict[frozenset[str] | None, OpenGraph]:
        return {}

    def _trimmed(self, outcomes: frozenset[str] | None) -> OpenGraph:
        ending = self
        if outcomes is not None:
            exits = tuple(
                bits if stop.touchpoint.exit in outcomes else 0
                for stop, bits in zip(self.stops, self.exits, strict=True)
            )
            ending = replace(self, exits=exits)
        walked = ending.walked
        return replace(
            ending,
            walkable=self.ways.trimmed(self.walkable, walked),
            entries=tuple(e & w for e, w in zip(ending.entries, walked, strict=True)),
            exits=tuple(e & w for e, w in zip(ending.exits, walked, strict=True)),
        )

    def bearing(self, tags: Iterable[Tag]) -> dict[str, int]:
        """Return by label the segments for which live ``tags`` bear it."""
        found: dict[str, int] = {}
        for tag in tags:
            if tag.status is TagStatus.LIVE:
                found[tag.marker] = found.get(tag.marker, 0) | self._segments_of(tag)
        return found

    def _segments_of(self, tag: Tag) -> int:
        """Return the segments that a tag is for; few lists of them come again and again."""
        if tag.segments not in self._known_segments:
            named = self.bits(tag.segments or ())
            self._known_segments[tag.segments] = self.journey_segments & named
        return self._known_segments[tag.segments]

    @cached_property
    def _known_segments(self) -> dict[tuple[str, ...] | None, int]:
        return {None: self.journey_segments}

    @cached_property
    def labels(self) -> tuple[dict[str, int], ...]:
        """By stop, the segments for which it bears each label."""
        return tuple(self.bearing(stop.touchpoint.markers) for stop in self.stops)

    @cached_property
    def bearers(self) -> dict[str, dict[int, int]]:
        """By label, the stops that bear it for some segments, and for which."""
        found: dict[str, dict[int, int]] = {}
        for index, stop in enumerate(self.stops):
            for tag in stop.touchpoint.markers:
                if tag.status is TagStatus.LIVE:
                    of_label = found.setdefault(tag.marker, {})
                    of_label[index] = of_label.get(index, 0) | self._segments_of(tag)
        return found


def _ways(
    stops: Sequence[Stop],
    open_to: Sequence[int],
    single: Mapping[str, int],
    several: Mapping[str, Mapping[str, int]],
    bit_set: Callable[[tuple[str, ...] | None], int],
    walkable: MutableSequence[int],
) -> Ways:
    """Return the passages between stops.

    Args:
        stops: All stops.
        open_to: By stop, the segments that it is open to.
        single: The stops of touchpoints with one channel.
        several: By channel, the stops of touchpoints with several.
        bit_set: Returns the bit set of some segments.
        walkable: Is filled with the segments that may walk each passage.
    """
    offsets, sources, targets = array("i", [0]), array("i"), array("i")
    portions, transitions = array("d"), list[Transition]()
    for source, stop in enumerate(stops):
        here = open_to[source]
        for transition in stop.touchpoint.next:
            to = transition.to
            reached: Iterable[int]
            if to in single:
                reached, is_staying = (single[to],), True
            else:
                # A customer already on one of its channels stays on it.
                channels = several.get(to, {})
                is_staying = stop.channel in channels and not transition.cross
                reached = (channels[stop.channel],) if is_staying else channels.values()
            allowed = here
            if transition.segments is not None:
                allowed &= bit_set(transition.segments)
            for target in reached:
                if bits := allowed & open_to[target]:
                    sources.append(source)
                    targets.append(target)
                    transitions.append(transition)
                    portions.append(1.0 if is_staying else stops[target].portion)
                    walkable.append(bits)
        offsets.append(len(targets))
    return Ways(offsets, sources, targets, tuple(transitions), portions)
