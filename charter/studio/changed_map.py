"""The map of a journey in two versions at once: what was added, removed and changed is marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, Protocol, TypeVar

from charter.compare.changes import Change, Kind
from charter.compare.parts import What
from charter.studio.journey_map import MapPassage, MapStop, MapView
from charter.studio.journey_view import JourneyView, Looking


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Thing = TypeVar("_Thing", bound=_Named)


def changed_map(
    before: JourneyView | None, after: JourneyView | None, changes: Iterable[Change]
) -> MapView:
    """Return the map of a journey as it is, with what it lost, each mark by what became of it.

    Args:
        before: The journey as it was; None where it is new.
        after: The journey as it is; None where it is gone.
        changes: The changes between the two versions; those of other journeys too.

    Raises:
        ValueError: The journey is in neither.
    """
    if after is None:
        if before is None:
            raise ValueError("a journey of neither version")
        return _all_marked(before.map(Looking()), "removed")
    now = after.map(Looking())
    if before is None:
        return _all_marked(now, "added")
    known = [change for change in changes if change.journey == after.id]
    former = _Former(known, before.map(Looking()))
    return replace(
        now,
        stages=_with_lost(now.stages, former.view.stages),
        channels=_with_lost(now.channels, former.view.channels),
        stops=(*_stops(now, former, known), *former.lost_stops(now)),
        passages=(*_passages(now, former, known), *former.lost_passages(now)),
    )


class _Former:
    """A map as it was, its stops by the ids that they have now."""

    def __init__(self, changes: Iterable[Change], view: MapView) -> None:
        self._renamed = {
            change.was: change.id
            for change in changes
            if change.what is What.TOUCHPOINT and change.was is not None
        }
        self.view = view
        self.stops = {self._now(stop.id): stop for stop in view.stops}
        self.passages = _numbered(
            replace(each, source=self._now(each.source), target=self._now(each.target))
            for each in view.passages
        )

    def _now(self, stop: str) -> str:
        touchpoint, at, channel = stop.partition("@")
        return f"{self._renamed.get(touchpoint, touchpoint)}{at}{channel}"

    def lost_stops(self, now: MapView) -> Iterator[MapStop]:
        there = {stop.id for stop in now.stops}
        for name, stop in self.stops.items():
            if name not in there:
                yield replace(stop, id=name, change="removed")

    def lost_passages(self, now: MapView) -> Iterator[MapPassage]:
        there = _numbered(now.passages)
        for way, passage in self.passages.items():
            if way not in there:
                yield replace(passage, id=f"was-{passage.id}", change="removed")


_Way = tuple[str, str, int]


def _numbered(passages: Iterable[MapPassage]) -> dict[_Way, MapPassage]:
    """Return passages by their ends, those between the same ends told apart by number."""
    found: dict[_Way, MapPassage] = {}
    for passage in passages:
        number = 1
        while (way := (passage.source, passage.target, number)) in found:
            number += 1
        found[way] = passage
    return found


def _stops(now: MapView, former: _Former, changes: Sequence[Change]) -> Iterator[MapStop]:
    changed = {
        change.id
        for change in changes
        if change.what is What.TOUCHPOINT and change.kind in (Kind.CHANGED, Kind.RENAMED)
    }
    for stop in now.stops:
        if stop.id not in former.stops:
            yield replace(stop, change="added")
        elif stop.id.partition("@")[0] in changed:
            yield replace(stop, change="changed")
        else:
            yield stop


def _passages(now: MapView, former: _Former, changes: Sequence[Change]) -> Iterator[MapPassage]:
    changed = {
        change.id
        for change in changes
        if change.what is What.TRANSITION and change.kind is not Kind.ADDED
    }
    for way, passage in _numbered(now.passages).items():
        if way not in former.passages:
            yield replace(passage, change="added")
        elif _told(way) in changed:
            yield replace(passage, change="changed")
        else:
            yield passage


def _told(way: _Way) -> str:
    """Return how a change names a way between two touchpoints."""
    source, target, number = way
    ends = f"{source.partition('@')[0]} → {target.partition('@')[0]}"
    return ends if number == 1 else f"{ends} ({number})"


def _with_lost(now: tuple[_Thing, ...], was: tuple[_Thing, ...]) -> tuple[_Thing, ...]:
    there = {each.id for each in now}
    return (*now, *(each for each in was if each.id not in there))


def _all_marked(view: MapView, mark: Literal["added", "removed"]) -> MapView:
    return replace(
        view,
        stops=tuple(replace(stop, change=mark) for stop in view.stops),
        passages=tuple(replace(passage, change=mark) for passage in view.passages),
    )
