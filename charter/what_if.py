"""A workspace as it would be with a tag more or less: in memory, nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from charter.workspace import Workspace
from journeys.document import Reading, validate
from journeys.model import Journey, Tag, TagStatus, Touchpoint
from journeys.source import Text, paused_garbage_collection


@dataclass(frozen=True)
class Try:
    """A change of one tag, in thought: a marker put on a touchpoint, or taken off."""

    journey: str
    touchpoint: str
    marker: str
    is_carried: bool


def carried_markers(touchpoint: Touchpoint) -> set[str]:
    """Return the markers that a touchpoint carries today, for some segment at least."""
    return {tag.marker for tag in touchpoint.markers if tag.status is TagStatus.LIVE}


def tried(workspace: Workspace, tries: Iterable[Try]) -> Workspace:
    """Return the workspace as it would be.

    A marker put on is carried live, for every segment. Tries that name what isn't there any
    more are left out.
    """
    known = workspace.charter.markers_by_id
    by_place: dict[str, dict[str, list[Try]]] = {}
    for each in tries:
        if each.marker in known:
            by_place.setdefault(each.journey, {}).setdefault(each.touchpoint, []).append(each)
    journeys = [
        _retagged(journey, by_place[journey.id]) if journey.id in by_place else journey
        for journey in workspace.journeys
    ]
    with paused_garbage_collection():
        return workspace.with_journeys(journeys)


def _retagged(journey: Journey, changes: Mapping[str, Iterable[Try]]) -> Journey:
    touchpoints = tuple(
        reduce(_with_tag, changes[touchpoint.id], touchpoint)
        if touchpoint.id in changes
        else touchpoint
        for touchpoint in journey.touchpoints
    )
    return journey.model_copy(update={"touchpoints": touchpoints})


def _with_tag(touchpoint: Touchpoint, change: Try) -> Touchpoint:
    tags = [tag for tag in touchpoint.markers if tag.marker != change.marker]
    if change.is_carried:
        tag = validate(Tag, Text.at(change.marker, touchpoint.position), Reading())
        tags += [tag] if tag else []
    return touchpoint.model_copy(update={"markers": tuple(tags)})
