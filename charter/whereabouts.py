"""Where markers live: the touchpoints that carry them, and how many customers meet them there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from charter.rules.setting import Setting
from charter.workspace import Workspace
from journeys.customers import ShareBasis, weakest_basis
from journeys.model import Status, Tag, TagStatus, Touchpoint
from journeys.visits import share_that_visits


class State(StrEnum):
    """Whether customers can meet a marker: today, once plans are done, or nowhere yet."""

    LIVE = "live"
    PLANNED = "planned"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Spot:
    """A touchpoint that is tagged with a marker.

    Attributes:
        channels: In the order that the touchpoint names them.
        is_live: Whether the touchpoint is there today, and carries the marker today.
        segments: Whom the tag is for; empty for everybody who comes there.
    """

    journey: str
    touchpoint: str
    channels: tuple[str, ...]
    is_live: bool
    segments: tuple[str, ...] = ()

    @property
    def stop(self) -> str:
        """The name of its first stop, as links to the map spell it."""
        many = len(self.channels) > 1
        return f"{self.touchpoint}@{self.channels[0]}" if many else self.touchpoint


@dataclass(frozen=True)
class Meeting:
    """How many customers of a segment meet a marker.

    Attributes:
        share: The share in [0, 1] of them; over all journeys that are for them, weighed as these
            are. None where it wasn't measured.
        basis: What it rests on.
    """

    share: float | None
    basis: ShareBasis | None


@dataclass(frozen=True)
class Whereabouts:
    """Where a marker lives.

    Attributes:
        spots: Journey by journey, in the order declared.
        met_by: By segment that walks any path, in the charter's order.
    """

    marker: str
    spots: tuple[Spot, ...]
    met_by: Mapping[str, Meeting]

    @property
    def live(self) -> tuple[Spot, ...]:
        """The spots that carry it today."""
        return tuple(spot for spot in self.spots if spot.is_live)

    @property
    def planned(self) -> tuple[Spot, ...]:
        """The spots that are to carry it."""
        return tuple(spot for spot in self.spots if not spot.is_live)

    @property
    def state(self) -> State:
        """Whether customers can meet it."""
        if self.live:
            return State.LIVE
        return State.PLANNED if self.spots else State.NOWHERE

    def by_channel(self) -> dict[str, tuple[Spot, ...]]:
        """Return its spots by channel; one on several channels stands with each."""
        found: dict[str, tuple[Spot, ...]] = {}
        for spot in self.spots:
            for channel in spot.channels:
                found[channel] = (*found.get(channel, ()), spot)
        return found


def whereabouts(workspace: Workspace) -> dict[str, Whereabouts]:
    """Return where each marker of the charter lives, by its id.

    Cost: for each journey, segment and marker one system of linear equations over the stops; the
    answers are remembered with the journey.
    """
    charter = workspace.charter
    return {
        marker.id: Whereabouts(
            marker.id,
            tuple(spot for each in workspace.settings for spot in _spots(each, marker.id)),
            {
                segment.id: meeting
                for segment in charter.all_segments
                if (meeting := _meeting(workspace, marker.id, segment.id)) is not None
            },
        )
        for marker in charter.markers
    }


def _spots(setting: Setting, marker: str) -> Iterator[Spot]:
    for touchpoint in setting.journey.touchpoints:
        tags = [tag for tag in touchpoint.markers if tag.marker == marker]
        if tags and touchpoint.status is not Status.RETIRED:
            yield _spot(setting.journey.id, touchpoint, tags)


def _spot(journey: str, touchpoint: Touchpoint, tags: list[Tag]) -> Spot:
    live = [tag for tag in tags if tag.status is TagStatus.LIVE]
    meant = live or tags
    for_all = any(tag.segments is None for tag in meant)
    segments = () if for_all else tuple(s for tag in meant for s in tag.segments or ())
    return Spot(
        journey,
        touchpoint.id,
        tuple(touchpoint.channels) or (str(touchpoint.channel),),
        bool(live) and touchpoint.status is Status.LIVE,
        tuple(dict.fromkeys(segments)),
    )


def _meeting(workspace: Workspace, marker: str, segment: str) -> Meeting | None:
    """Return how many customers of a segment meet a marker; None where they walk no path."""
    parts: list[tuple[float, float]] = []
    bases: list[ShareBasis] = []
    is_measured = True
    for setting in workspace.settings:
        graph = setting.graph
        place = graph.segments.index(segment)
        if not graph.journey_segments >> place & 1:
            continue
        if not setting.is_measured:
            is_measured = False
            continue
        share = _remembered_share(setting, marker, place)
        if share is not None:
            parts.append((setting.journey.weight, share))
            bases.append(setting.share_basis(place))
    if not is_measured:
        return Meeting(None, None)
    if not parts:
        return None
    total = sum(weight for weight, _ in parts)
    return Meeting(sum(weight * share for weight, share in parts) / total, weakest_basis(bases))


def _remembered_share(setting: Setting, marker: str, place: int) -> float | None:
    return setting.remembered(("met", marker, place), lambda: _share(setting, marker, place))


def _share(setting: Setting, marker: str, place: int) -> float | None:
    customers = setting.customers_on_paths(place, None)
    if customers is None:
        return None
    stops = [stop for stop, bits in enumerate(setting.bearing([marker])) if bits >> place & 1]
    return share_that_visits(customers, stops) if stops else 0.0
