"""How far each marker has come on each channel: live, planned, decided, an idea, or nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from charter.brand import Role
from charter.compare.parts import What
from charter.compare.renames import find_renames
from charter.plan_views import Entry, Place
from charter.rules.setting import Setting
from charter.workspace import Workspace
from journeys.customers import ShareBasis, weakest_basis
from journeys.model import Status, TagStatus, Touchpoint
from journeys.visits import expected_visits


class Standing(StrEnum):
    """How far a marker has come on a channel, the farthest first."""

    LIVE = "live"
    PLANNED = "planned"
    DECIDED = "decided"
    IDEA = "idea"
    NOT_FOR = "not-for"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Cell:
    """How far one marker has come on one channel.

    Touchpoints that are retired don't count; each other counts once, for what is farthest there.

    Attributes:
        touchpoints: How many there are on the channel.
        live: How many of them carry it today, for some segment at least.
        planned: How many are tagged with it as planned, or are planned themselves.
        decided: To how many an action that is decided, under way or done brings it.
        idea: To how many an action that is only an idea would bring it.
        leaving: Off how many that carry it an action takes it that isn't only an idea.
        is_left_out: Whether the charter says that it is not for the channel.
        actions: The ids of the actions that bring it or take it off, dropped ones left out.
        share: The share in [0, 1] of customers' visits on the channel that meet it; None where
            nobody comes by, or it isn't measured.
        share_basis: What that rests on.
    """

    marker: str
    channel: str
    touchpoints: int = 0
    live: int = 0
    planned: int = 0
    decided: int = 0
    idea: int = 0
    leaving: int = 0
    is_left_out: bool = False
    actions: tuple[str, ...] = ()
    is_decided: bool = False
    is_idea: bool = False
    share: float | None = None
    share_basis: ShareBasis | None = None

    @property
    def standing(self) -> Standing:
        """How far it has come where it has come farthest."""
        for standing, is_so in (
            (Standing.LIVE, self.live),
            (Standing.PLANNED, self.planned),
            (Standing.DECIDED, self.is_decided),
            (Standing.IDEA, self.is_idea),
            (Standing.NOT_FOR, self.is_left_out),
        ):
            if is_so:
                return standing
        return Standing.NOWHERE


@dataclass(frozen=True)
class Step:
    """A cell now, and as it was in an earlier version.

    Attributes:
        before: None where there was no such marker or channel, or no earlier version is asked for.
        after: None where there is no such marker or channel any more.
    """

    before: Cell | None
    after: Cell | None


@dataclass(frozen=True)
class Deployment:
    """How far markers have come on channels.

    Attributes:
        workspace: What it is of.
        cells: By marker and channel, in the charter's order.
        since: The earlier version that it is compared with, as it was asked for; empty for none.
        earlier: The workspace as it was then.
        steps: The cells with what they were then; those that are gone last.
    """

    workspace: Workspace
    cells: tuple[Cell, ...]
    since: str = ""
    earlier: Workspace | None = None
    steps: tuple[Step, ...] = ()


def totals(cells: Iterable[Cell], workspace: Workspace) -> dict[Standing, int]:
    """Return how many cells stand how, those of irritants left out: they are to be nowhere."""
    found = dict.fromkeys(Standing, 0)
    for cell in cells:
        if workspace.charter.markers_by_id[cell.marker].role is not Role.IRRITANT:
            found[cell.standing] += 1
    return found


def cells(workspace: Workspace, entries: Iterable[Entry]) -> tuple[Cell, ...]:
    """Return how far each marker has come on each channel.

    Args:
        workspace: What is asked.
        entries: The actions that are planned for it.
    """
    entries = [entry for entry in entries if entry.status is None or entry.status != "dropped"]
    shares = _Shares(workspace.settings)
    touchpoints = [
        (Place(journey.id, touchpoint.id), touchpoint)
        for journey in workspace.journeys
        for touchpoint in journey.touchpoints
        if touchpoint.status is not Status.RETIRED
    ]
    found = []
    for marker in workspace.charter.markers:
        bringing = [entry for entry in entries if entry.marker == marker.id]
        removing = [entry for entry in entries if entry.removes == marker.id]
        for channel in workspace.charter.channels:
            here = {p: t for p, t in touchpoints if channel.id in t.channel_shares}
            brought, removed = (
                [entry for entry in each if channel.id in entry.channels]
                for each in (bringing, removing)
            )
            share, basis = shares.of(marker.id, channel.id)
            found.append(
                Cell(
                    marker.id,
                    channel.id,
                    touchpoints=len(here),
                    **_counts(marker.id, here, brought, removed),
                    is_left_out=marker.is_not_for(channel.id),
                    actions=tuple(entry.id for entry in (*brought, *removed)),
                    is_decided=any(map(_is_committed, brought)),
                    is_idea=bool(brought),
                    share=share,
                    share_basis=basis,
                )
            )
    return tuple(found)


def _is_committed(entry: Entry) -> bool:
    return entry.status is not None and entry.status.is_committed


def _counts(
    marker: str,
    here: Mapping[Place, Touchpoint],
    brought: Collection[Entry],
    removed: Collection[Entry],
) -> dict[str, int]:
    """Return how many touchpoints of a channel stand how with a marker."""
    decided = _places(entry for entry in brought if _is_committed(entry))
    ideas = _places(entry for entry in brought if not _is_committed(entry))
    leaving = _places(entry for entry in removed if _is_committed(entry))
    found = dict.fromkeys(("live", "planned", "decided", "idea", "leaving"), 0)
    for place, touchpoint in here.items():
        tags = [tag for tag in touchpoint.markers if tag.marker == marker]
        is_there = touchpoint.status is Status.LIVE
        if is_there and any(tag.status is TagStatus.LIVE for tag in tags):
            found["live"] += 1
            found["leaving"] += place in leaving
        elif tags:
            found["planned"] += 1
        elif place in decided:
            found["decided"] += 1
        elif place in ideas:
            found["idea"] += 1
    return found


def _places(entries: Iterable[Entry]) -> set[Place]:
    return {place for entry in entries for place in entry.places}


class _Shares:
    """How many of the visits on each channel meet each marker, by all customers together."""

    def __init__(self, settings: Collection[Setting]) -> None:
        self.is_measured = all(setting.is_measured for setting in settings)
        self.all: dict[str, float] = {}
        self.met: dict[tuple[str, str], float] = {}
        self.bases: dict[str, set[ShareBasis]] = {}
        weight = sum(setting.journey.weight for setting in settings)
        for setting in settings if self.is_measured else ():
            for segment, visits in _visits(setting):
                self._count(setting, segment, visits, setting.journey.weight / weight)

    def _count(self, setting: Setting, segment: int, visits: list[float], weight: float) -> None:
        basis = setting.share_basis(segment)
        for number, stop in enumerate(setting.graph.stops):
            times = weight * visits[number]
            if not times:
                continue
            self.all[stop.channel] = self.all.get(stop.channel, 0.0) + times
            self.bases.setdefault(stop.channel, set()).add(basis)
            for marker, segments in setting.graph.labels[number].items():
                if segments >> segment & 1:
                    key = (marker, stop.channel)
                    self.met[key] = self.met.get(key, 0.0) + times

    def of(self, marker: str, channel: str) -> tuple[float | None, ShareBasis | None]:
        """Return the share of the visits on a channel that meet a marker, and its basis."""
        if channel not in self.all:
            return None, None
        share = min(1.0, self.met.get((marker, channel), 0.0) / self.all[channel])
        return share, weakest_basis(self.bases[channel])


def _visits(setting: Setting) -> Iterator[tuple[int, list[float]]]:
    """Yield by segment how often its customers come by each stop, weighted by how many they are."""
    for segment, name in enumerate(setting.graph.segments):
        customers = setting.customers_on_paths(segment, None)
        if customers is not None:
            weight = setting.segment_weights[name]
            yield segment, [weight * times for times in expected_visits(customers)]


def progress(before: Deployment, after: Deployment, revision: str) -> Deployment:
    """Return ``after`` with what each of its cells was at ``revision``.

    A marker or channel that was renamed is the same.
    """
    renames = find_renames(before.workspace, after.workspace)
    was = {
        (renames.of(What.MARKER, c.marker), renames.of(What.CHANNEL, c.channel)): c
        for c in before.cells
    }
    steps = [Step(was.pop((cell.marker, cell.channel), None), cell) for cell in after.cells]
    steps += [Step(cell, None) for cell in was.values()]
    return Deployment(after.workspace, after.cells, revision, before.workspace, tuple(steps))
