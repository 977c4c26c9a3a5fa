"""Tags that could be put on touchpoints, and what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from charter.brand import Role
from charter.effort import cost_of_a_marker
from charter.what_if import Try
from charter.workspace import Workspace
from journeys.model import Status, TagStatus, Touchpoint
from journeys.options import Options


def candidates(workspace: Workspace, locked: AbstractSet[str] = frozenset()) -> tuple[Try, ...]:
    """Return each tag that could be put on a touchpoint, by journey, touchpoint and marker.

    None where the touchpoint isn't live, is run by customers or is locked (it says so, or its id
    is among ``locked``); where the charter says that the marker is not for its channel; and where
    every customer meets it already. Irritants are never brought anywhere.
    """
    wanted = [m for m in workspace.charter.markers if m.role is not Role.IRRITANT]
    return tuple(
        Try(journey.id, touchpoint.id, marker.id, is_carried=True)
        for journey in workspace.journeys
        for touchpoint in journey.touchpoints
        if touchpoint.status is Status.LIVE and touchpoint.is_counted
        if not touchpoint.locked and touchpoint.id not in locked
        for marker in wanted
        if not any(map(marker.is_not_for, touchpoint.channel_shares))
        if not _is_borne_by_all(touchpoint, marker.id)
    )


def _is_borne_by_all(touchpoint: Touchpoint, marker: str) -> bool:
    return any(
        tag.marker == marker and tag.status is TagStatus.LIVE and tag.segments is None
        for tag in touchpoint.markers
    )


def costs(workspace: Workspace, tries: Sequence[Try]) -> Options:
    """Return what tags cost: by touchpoint, and once a channel where a marker is new there.

    Of equally cheap ones those are preferred that are planned there already.

    A touchpoint's part is told by its effort grid (`charter.effort.cost_of_a_marker`), 1 without.
    A marker is new on a channel where no touchpoint carries it and the charter doesn't say how it
    shows; opening it there costs its ``opening-cost``.
    """
    charter = workspace.charter
    shown = _shown(workspace)
    touchpoints = {
        (journey.id, touchpoint.id): touchpoint
        for journey in workspace.journeys
        for touchpoint in journey.touchpoints
    }
    numbers: dict[tuple[str, str], int] = {}
    opening_costs: list[float] = []
    openings = []
    own_costs = []
    planned = []
    for each in tries:
        marker = charter.markers_by_id[each.marker]
        touchpoint = touchpoints[each.journey, each.touchpoint]
        own_costs.append(float(cost_of_a_marker(touchpoint.effort)))
        opened = []
        if marker.opening_cost is not None:
            for channel in touchpoint.channel_shares:
                place = (each.marker, channel)
                if place in shown or marker.is_expressed_on(channel):
                    continue
                if place not in numbers:
                    numbers[place] = len(opening_costs)
                    opening_costs.append(marker.opening_cost)
                opened.append(numbers[place])
        openings.append(tuple(opened))
        planned.append(touchpoint.is_planned(each.marker))
    preferred = frozenset(number for number, is_planned in enumerate(planned) if is_planned)
    return Options(own_costs, openings, opening_costs, preferred)


def _shown(workspace: Workspace) -> set[tuple[str, str]]:
    """Return each marker with each channel on which some touchpoint carries it."""
    return {
        (tag.marker, channel)
        for journey in workspace.journeys
        for touchpoint in journey.touchpoints
        if touchpoint.status is Status.LIVE
        for tag in touchpoint.markers
        if tag.status is TagStatus.LIVE
        for channel in touchpoint.channel_shares
    }
