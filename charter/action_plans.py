"""Action plans: what a brand means to do, by whom and until when, as plans/*.yaml lists it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from journeys.document import Date, Id, Positive, Reading, Reworded, Shape, one_or_many
from journeys.model import ChannelId, Effort, JourneyId, SegmentId, TagId, TouchpointId


class ActionStatus(StrEnum):
    """How far an action is."""

    IDEA = "idea"
    DECIDED = "decided"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self not in (ActionStatus.DONE, ActionStatus.DROPPED)

    @property
    def is_committed(self) -> bool:
        """Whether it was decided to be done, or is done: neither an idea nor dropped."""
        return self not in (ActionStatus.IDEA, ActionStatus.DROPPED)


class Period(Shape):
    """The days that a plan is for.

    Attributes:
        from_: The first.
        until: The last.
    """

    from_: Date | None = None
    until: Date | None = None


class PlannedAction(Shape):
    """Something to be done: a marker brought to touchpoints, or taken off them, or anything else.

    Attributes:
        id: Its name for files, one within its plan.
        what: What is to be done, in words.
        marker: The marker that it brings.
        removes: The marker that it takes off: an irritant, or one that is at odds with others.
        journey: The journey that its touchpoints are of; needed only where several journeys have
            a touchpoint of that id.
        touchpoints: Where.
        segments: For whom; every segment where it isn't written.
        channels: On which channels; those of its touchpoints where it isn't written.
        how: How the marker is to show there, where the charter doesn't say or it is done otherwise.
        owner: Who does it.
        due: The last day by which it should be done.
        status: How far it is: ``idea``, ``decided``, ``doing``, ``done`` or ``dropped``.
        cost: What it costs, in the unit of the effort grid or in the brand's own; what its own
            grid says where it isn't written (`charter.effort`).
        effort: Its own effort grid, where it isn't that of its touchpoints.
        effect: What it is expected to bring, in words.
    """

    id: Id
    what: Reworded | None = None
    marker: TagId | None = None
    removes: TagId | None = None
    journey: JourneyId | None = None
    touchpoints: Annotated[tuple[TouchpointId, ...], one_or_many] = ()
    segments: Annotated[tuple[SegmentId, ...], one_or_many, Field(min_length=1)] | None = None
    channels: Annotated[tuple[ChannelId, ...], one_or_many, Field(min_length=1)] | None = None
    how: Reworded | None = None
    owner: str | None = None
    due: Date | None = None
    status: ActionStatus = ActionStatus.IDEA
    cost: Positive | None = None
    effort: Effort | None = None
    effect: Reworded | None = None

    def named(self, language: str) -> str:
        """Return what is to be done in ``language``; its id where no words say it."""
        return self.what.in_language(language) if self.what else self.id

    def is_for(self, segment: str) -> bool:
        """Return whether it is meant for a segment."""
        return self.segments is None or segment in self.segments

    def is_late(self, on: datetime.date) -> bool:
        """Return whether it should be done by now and isn't; on the due day it is still in time."""
        return self.status.is_open and self.due is not None and on > self.due


class ActionPlan(Shape):
    """What a brand means to do in a period.

    Attributes:
        plan: Its id.
        name: Its name for people.
        brand: The brand whose charter it is for, as written there; refused for any other.
        period: When it is for.
        actions: What is to be done.
    """

    plan: Id
    name: Reworded | None = None
    brand: Reworded | None = None
    period: Period | None = None
    actions: tuple[PlannedAction, ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return self.plan

    @property
    def file(self) -> str:
        """The file it is written in."""
        return self.position.file

    def named(self, language: str) -> str:
        """Return its name in ``language``; its id where it has none."""
        return self.name.in_language(language) if self.name else self.id

    def report_misfits(
        self, journeys: Mapping[str, Collection[str]], brands: Collection[str], reading: Reading
    ) -> None:
        """Note what is wrong with it that one key by itself doesn't show.

        Args:
            journeys: The ids of touchpoints by their journey's id.
            brands: What the charter calls its brand, by language; none where it can't be told.
            reading: Takes the problems.
        """
        if self.brand and brands and not {text for _, text in self.brand.texts} & {*brands}:
            reading.report(
                "CH001",
                "plan-of-another",
                self.position_of("brand"),
                value=self.brand.texts[0][1],
                brand=next(iter(brands)),
            )
        period = self.period
        if period and period.from_ and period.until and period.from_ > period.until:
            reading.report("CH001", "period-backwards", period.position_of("until"))
        for action in self.actions:
            if action.journey is not None:
                continue
            for touchpoint in action.touchpoints:
                holders = tuple(name for name, ids in journeys.items() if touchpoint in ids)
                if len(holders) > 1:
                    position = action.position_of("touchpoints")
                    reading.report(
                        "CH002", "ambiguous-touchpoint", position, id=touchpoint, journeys=holders
                    )
