"""A large journey at a glance: how much happens at each stage on each channel, and how well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charter.brand import Role
from charter.findings import Answer, Status, Verdict
from charter.rules.setting import Setting


@dataclass(frozen=True)
class Crossing:
    """What happens at a stage on a channel.

    Attributes:
        stops: The names of the touchpoints there, as declared.
        signed: How many of them carry a signature marker.
        broken: How many of them are where a broken verdict can be mended; waived and accepted
            ones aren't counted.
    """

    stage: str
    channel: str
    stops: tuple[str, ...]
    signed: int
    broken: int


def crossings(
    setting: Setting, verdicts: Iterable[Verdict], segment: str | None = None
) -> list[Crossing]:
    """Return the stages of a journey on its channels, in the charter's order.

    With a ``segment``, only what lies on its paths, is shown to it and is said of it. Cost:
    linear in touchpoints and places of verdicts.
    """
    graph, charter = setting.graph, setting.charter
    bits = graph.bits([segment]) if segment else graph.journey_segments
    signatures = [marker.id for marker in charter.markers if marker.role is Role.SIGNATURE]
    bearing = setting.bearing(signatures)
    at_fault = set(_at_fault(setting, verdicts, segment))
    inside: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, stop in enumerate(graph.stops):
        if segment is None or graph.walked[place] & bits:
            inside[stop.touchpoint.stage, stop.channel].append(place)
    return [
        Crossing(
            stage.id,
            channel.id,
            tuple(graph.stops[place].name for place in places),
            signed=sum(bool(bearing[place] & bits) for place in places),
            broken=sum(place in at_fault for place in places),
        )
        for stage in charter.stages
        for channel in charter.channels
        if (places := inside.get((stage.id, channel.id)))
    ]


def _at_fault(setting: Setting, verdicts: Iterable[Verdict], segment: str | None) -> Iterator[int]:
    """Yield the places where a change would mend a broken verdict."""
    places = {stop.name: place for place, stop in enumerate(setting.graph.stops)}
    for verdict in verdicts:
        if (
            verdict.journey != setting.journey.id
            or verdict.verdict is not Answer.BROKEN
            or verdict.status is not Status.OPEN
            or (segment is not None and verdict.segment not in (None, segment))
        ):
            continue
        for name in [verdict.touchpoint] if verdict.touchpoint else verdict.places:
            if name in places:
                yield places[name]
            else:
                yield from setting.places_of.get(name, ())
