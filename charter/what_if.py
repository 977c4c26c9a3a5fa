"""A workspace as it would be with a tag more or less: in memory, nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    journeys = {journey.id: journey for journey in workspace.journeys}
    for each in tries:
        if each.journey in journeys and each.marker in workspace.charter.markers_by_id:
            journeys[each.journey] = _retagged(journeys[each.journey], each)
    with paused_garbage_collection():
        return workspace.with_journeys(journeys.values())


def _retagged(journey: Journey, change: Try) -> Journey:
    touchpoints = tuple(
        _with_tag(touchpoint, change) if touchpoint.id == change.touchpoint else touchpoint
        for touchpoint in journey.touchpoints
    )
    return journey.model_copy(update={"touchpoints": touchpoints})


def _with_tag(touchpoint: Touchpoint, change: Try) -> Touchpoint:
    tags = [tag for tag in touchpoint.markers if tag.marker != change.marker]
    if change.is_carried:
        tag = validate(Tag, Text.at(change.marker, touchpoint.position), Reading())
        tags += [tag] if tag else []
    return touchpoint.model_copy(update={"markers": tuple(tags)})
