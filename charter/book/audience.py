"""For whom a book is printed: everybody, or the people of some channels."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from charter.brand import Channel, Charter, Marker, Role
from charter.findings import Finding, Verdict
from charter.reports.names import Names
from charter.workspace import Workspace
from journeys.document import closest
from journeys.model import Journey, Touchpoint


class UnknownChannels(Exception):
    """Channels that the charter doesn't have.

    Attributes:
        ids: Each with what was probably meant, or None.
    """

    def __init__(self, ids: Iterable[tuple[str, str | None]]) -> None:
        self.ids = tuple(ids)
        super().__init__(", ".join(identifier for identifier, _ in self.ids))


@dataclass(frozen=True)
class Audience:
    """The people whom a book is for.

    Attributes:
        channels: The ids of their channels; None for everybody.
    """

    channels: frozenset[str] | None = None

    @classmethod
    def of(cls, charter: Charter, channels: Collection[str]) -> Audience:
        """Return the people of some channels; everybody where none is named.

        Raises:
            UnknownChannels: The charter has no such channel.
        """
        known = [channel.id for channel in charter.channels]
        unknown = [each for each in dict.fromkeys(channels) if each not in known]
        if unknown:
            raise UnknownChannels((each, closest(each, known)) for each in unknown)
        return cls(frozenset(channels) or None)

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out."""
        return self.channels is None

    def has(self, channel: str) -> bool:
        """Return whether a channel is one of theirs."""
        return self.channels is None or channel in self.channels

    def of_charter(self, charter: Charter) -> list[Channel]:
        """Return their channels, in the charter's order."""
        return [channel for channel in charter.channels if self.has(channel.id)]

    def channels_of(self, touchpoint: Touchpoint) -> list[str]:
        """Return the channels of a touchpoint that are theirs."""
        return [channel for channel in touchpoint.channel_shares if self.has(channel)]

    def touchpoints(self, journey: Journey) -> list[Touchpoint]:
        """Return the touchpoints of a journey that are on their channels."""
        return [each for each in journey.touchpoints if self.channels_of(each)]

    def is_concerned_by(self, marker: Marker, workspace: Workspace) -> bool:
        """Return whether a marker has to do with them.

        What the brand wants gone has to do with everybody.
        """
        if self.is_everybody or marker.role is Role.IRRITANT:
            return True
        return any(map(self.has, marker.expressions)) or any(
            tag.marker == marker.id
            for journey in workspace.journeys
            for touchpoint in self.touchpoints(journey)
            for tag in touchpoint.markers
        )

    def may_help(self, finding: Finding, names: Names) -> bool:
        """Return whether a finding is about something that happens on their channels."""
        if self.is_everybody:
            return True
        return any(
            self.has(channel)
            for verdict in finding.verdicts
            for channel in _channels_of(verdict, names)
        )


def _channels_of(verdict: Verdict, names: Names) -> Iterator[str]:
    """Yield the channels of whatever a verdict names."""
    if verdict.channel:
        yield verdict.channel
    setting = names.settings.get(verdict.journey or "")
    if setting is None:
        return
    for stop in verdict.witness or ():
        yield setting.stop(stop).channel
    identifier, _, channel = (verdict.touchpoint or "").partition("@")
    touchpoint = setting.touchpoint(identifier)
    if touchpoint is not None:
        yield from (channel,) if channel else touchpoint.channel_shares
