"""How each marker stands on each channel: what the heat map of the overview shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from charter.brand import Marker, Role
from charter.findings import Answer, Status, Verdict
from charter.rules import Rule
from charter.rules.kind import JourneyRule
from charter.rules.path import PathRule
from charter.workspace import Workspace


class Standing(StrEnum):
    """How a marker stands on a channel, for a segment, gravest first.

    `carried`: it shows there, but no rule that asks for it holds; `absent`: it is nowhere on
    this channel of the map; `blank`: the charter leaves it out on purpose; `aside`: what is broken
    there was waived, or accepted with the baseline.
    """

    BROKEN = "broken"
    ASIDE = "aside"
    CARRIED = "carried"
    HOLDS = "holds"
    ABSENT = "absent"
    BLANK = "blank"


_Cell = tuple[str, str, str]
"""A marker, a segment and a channel."""


@dataclass
class _Evidence:
    """What verdicts and journeys say, cell by cell."""

    broken: set[_Cell] = field(default_factory=set)
    aside: set[_Cell] = field(default_factory=set)
    holding: set[tuple[str, str, str | None]] = field(default_factory=set)
    shown: set[_Cell] = field(default_factory=set)


def standings(
    workspace: Workspace, verdicts: Iterable[Verdict], segment: str | None = None
) -> Mapping[tuple[str, str], Standing]:
    """Return how each marker stands on each channel, by (marker, channel), in charter order.

    Broken where a change on that channel would mend a broken verdict that names the marker;
    holding where the marker shows and such a verdict holds. Without a segment, the gravest
    standing among all segments. Deliberate blanks are blank whatever the verdicts.
    """
    charter = workspace.charter
    segments = [each.id for each in charter.all_segments if segment in (None, each.id)]
    evidence = _evidence(workspace, verdicts, segments)
    gravest_first = list(Standing)
    return {
        (marker.id, channel.id): min(
            (_standing(marker, channel.id, name, evidence) for name in segments),
            key=gravest_first.index,
        )
        for marker in charter.markers
        for channel in charter.channels
    }


def _evidence(workspace: Workspace, verdicts: Iterable[Verdict], segments: list[str]) -> _Evidence:
    evidence = _Evidence()
    settings = {setting.journey.id: setting for setting in workspace.settings}
    rules = {rule.id: rule for rule in workspace.rules}
    for verdict in verdicts:
        if verdict.marker is None or not _tells_where(rules[verdict.rule]):
            continue
        for segment in segments if verdict.segment is None else [verdict.segment]:
            if verdict.verdict is Answer.HOLDS:
                evidence.holding.add((verdict.marker, segment, verdict.channel))
            elif verdict.verdict is Answer.BROKEN:
                cells = evidence.broken if verdict.status is Status.OPEN else evidence.aside
                for channel in settings[str(verdict.journey)].channels_at_fault(verdict):
                    cells.add((verdict.marker, segment, channel))
    for setting in workspace.settings:
        graph = setting.graph
        for stop, labels, walked in zip(graph.stops, graph.labels, graph.walked, strict=True):
            for marker, bits in labels.items():
                for segment in graph.names(bits & walked):
                    evidence.shown.add((marker, segment, stop.channel))
    return evidence


def _tells_where(rule: Rule) -> bool:
    """Return whether a rule's verdicts say where a marker shows, or doesn't.

    How shares compare, or when a marker was reviewed, is of no channel.
    """
    return isinstance(rule, PathRule) or (
        isinstance(rule, JourneyRule) and not rule.asks_for_shares
    )


def _standing(marker: Marker, channel: str, segment: str, evidence: _Evidence) -> Standing:
    if marker.is_not_for(channel):
        return Standing.BLANK
    cell = (marker.id, segment, channel)
    if cell in evidence.broken:
        return Standing.BROKEN
    if cell in evidence.aside:
        return Standing.ASIDE
    holds = not evidence.holding.isdisjoint([cell, (marker.id, segment, None)])
    if cell in evidence.shown:
        return Standing.HOLDS if holds else Standing.CARRIED
    # What the brand wants gone is as it should be where it isn't.
    return Standing.HOLDS if holds and marker.role is Role.IRRITANT else Standing.ABSENT
