"""Saying what to watch where actions change something."""

from __future__ import annotations

from collections.abc import Iterable

from charter.action_plans import ActionStatus
from charter.indicators import Watch, watch
from charter.plan import Action
from charter.plan_views import Entry
from charter.workspace import Workspace


def watch_actions(workspace: Workspace, actions: Iterable[Action]) -> Watch:
    """Return what to watch where a plan that was found brings markers."""
    return watch(workspace, [(each.journey, each.touchpoint) for each in actions])


def watch_entries(workspace: Workspace, entries: Iterable[Entry]) -> Watch:
    """Return what to watch where the actions of a view change something."""
    places = (
        place
        for entry in entries
        if entry.status is not ActionStatus.DROPPED
        for place in entry.places
    )
    return watch(workspace, [(place.journey, place.touchpoint) for place in places])
