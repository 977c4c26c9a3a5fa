"""A workspace as it would be with a tag more or less, or with actions done: nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from charter.action_plans import ActionPlan, ActionStatus, PlannedAction
from charter.workspace import Workspace
from journeys.document import Reading, validate
from journeys.model import Journey, Status, Tag, TagStatus, Touchpoint
from journeys.source import Block, Items, Node, Text, paused_garbage_collection


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


def is_counted(action: PlannedAction, *, is_committed_only: bool) -> bool:
    """Return whether an action is supposed to be done: all that wasn't dropped, or is decided."""
    if is_committed_only:
        return action.status.is_committed
    return action.status is not ActionStatus.DROPPED


def with_plans_done(
    workspace: Workspace, plans: Iterable[ActionPlan], *, is_committed_only: bool = False
) -> Workspace:
    """Return the workspace as it would be once the actions of plans that count are done."""
    actions = (action for plan in plans for action in plan.actions)
    return carried_out(
        workspace,
        [each for each in actions if is_counted(each, is_committed_only=is_committed_only)],
    )


def carried_out(workspace: Workspace, actions: Iterable[PlannedAction]) -> Workspace:
    """Return the workspace as it would be once actions are done, one after another.

    The marker that an action brings is carried live at its touchpoints for its segments, shown as
    it says; the one that it removes is carried for them no longer. A planned touchpoint that an
    action names is there then. Where an action names channels, only touchpoints all of whose
    channels are among them change: a tag counts for the whole touchpoint, so nothing less could be
    shown. Retired ones stay as they are.
    """
    by_place: dict[str, dict[str, list[PlannedAction]]] = {}
    for action in actions:
        for journey, touchpoint in workspace.places(action):
            by_place.setdefault(journey.id, {}).setdefault(touchpoint.id, []).append(action)
    everyone = [segment.id for segment in workspace.charter.all_segments]
    journeys = []
    for journey in workspace.journeys:
        if journey.id in by_place:
            changes = by_place[journey.id]
            touchpoints = tuple(
                reduce(
                    lambda at, action: _with_action(at, action, everyone),
                    changes.get(each.id, ()),
                    each,
                )
                for each in journey.touchpoints
            )
            journey = journey.model_copy(update={"touchpoints": touchpoints})
        journeys.append(journey)
    with paused_garbage_collection():
        return workspace.with_journeys(journeys)


def changes_touchpoint(action: PlannedAction, touchpoint: Touchpoint) -> bool:
    """Return whether an action can change a touchpoint that it names."""
    is_whole = action.channels is None or {*touchpoint.channel_shares} <= {*action.channels}
    return is_whole and touchpoint.status is not Status.RETIRED


def _with_action(
    touchpoint: Touchpoint, action: PlannedAction, everyone: Iterable[str]
) -> Touchpoint:
    if not changes_touchpoint(action, touchpoint):
        return touchpoint
    tags = list(touchpoint.markers)
    if action.removes is not None:
        tags = [left for tag in tags if (left := _without(tag, action, everyone)) is not None]
    if action.marker is not None and not _is_carried(tags, action):
        # What was only planned for as many is live now.
        tags = [tag for tag in tags if not _is_made_live(tag, action)]
        tags.append(_tag_of(action))
    changed = {"markers": tuple(tags), "status": Status.LIVE}
    return touchpoint.model_copy(update=changed)


def _is_carried(tags: Iterable[Tag], action: PlannedAction) -> bool:
    """Return whether a marker is carried already for all whom an action is for."""
    live = [t for t in tags if t.marker == action.marker and t.status is TagStatus.LIVE]
    if any(tag.segments is None for tag in live):
        return True
    met = {segment for tag in live for segment in tag.segments or ()}
    return action.segments is not None and {*action.segments} <= met


def _is_made_live(tag: Tag, action: PlannedAction) -> bool:
    is_whole = action.segments is None or (
        tag.segments is not None and {*tag.segments} <= {*action.segments}
    )
    return tag.marker == action.marker and tag.status is TagStatus.PLANNED and is_whole


def _without(tag: Tag, action: PlannedAction, everyone: Iterable[str]) -> Tag | None:
    """Return what is left of a tag once an action has removed its marker."""
    if tag.marker != action.removes:
        return tag
    left = tuple(s for s in tag.segments or everyone if not action.is_for(s))
    return tag.model_copy(update={"segments": left}) if left else None


def _tag_of(action: PlannedAction) -> Tag:
    """Return the tag that an action brings; what is found about it points at the action."""
    position = action.position
    written: dict[str, Node] = {"marker": Text.at(action.marker or "", position)}
    if action.segments is not None:
        segments: list[Node] = [Text.at(segment, position) for segment in action.segments]
        written["segments"] = Items.at(segments, position)
    tag = validate(Tag, Block.at(written, position), Reading())
    if tag is None:
        raise AssertionError("a marker that is none")
    return tag.model_copy(update={"how": action.how}) if action.how else tag
