"""How people feel along a journey: touchpoint by touchpoint, and stage by stage.

What is told of a touchpoint is the emotion that its author wrote down, from −2 to 2; nothing is
made up where none is. What is told of a stage is what a visit there feels like on average: each
visit weighs what it weighs among customers, and visits where nothing is said are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from charter.rules.setting import Setting
from journeys.customers import ShareBasis, weakest_basis
from journeys.visits import expected_visits

EMOTIONS = range(-2, 3)


@dataclass(frozen=True)
class Feeling:
    """How people feel at a touchpoint.

    Attributes:
        emotion: From −2 to 2; None where nothing is said.
        visits: How often a customer comes by, on average; None where that isn't known.
    """

    touchpoint: str
    stage: str
    emotion: int | None
    is_moment_of_truth: bool
    visits: float | None


@dataclass(frozen=True)
class StageFeeling:
    """How people feel at a stage.

    Attributes:
        expected: What a visit feels like on average, from −2 to 2, of visits where something is
            said; None where nothing is, or visits aren't known.
        said: The share in [0, 1] of its visits where something is said; None likewise.
    """

    stage: str
    expected: float | None
    said: float | None


@dataclass(frozen=True)
class EmotionCurve:
    """How people feel along a journey, in its order: stage by stage, then as declared.

    Attributes:
        basis: What visits rest on; None where they aren't known.
    """

    points: tuple[Feeling, ...]
    stages: tuple[StageFeeling, ...]
    basis: ShareBasis | None

    @property
    def is_said(self) -> bool:
        """Whether anything is said at all."""
        return any(point.emotion is not None for point in self.points)


def emotion_curve(setting: Setting, segment: str | None = None) -> EmotionCurve:
    """Return how the customers of a segment feel along a journey; everyone's for None.

    Only touchpoints on some path of theirs are told. Cost: as for `expected_visits`, for each
    segment.
    """
    return setting.remembered(("emotions", segment), lambda: _curve(setting, segment))


def _curve(setting: Setting, segment: str | None) -> EmotionCurve:
    graph = setting.graph
    asked = [segment] if segment else list(graph.names(graph.journey_segments))
    visits, basis = _visits(setting, asked)
    bits = graph.bits(asked)
    walked = [
        (setting.journey.touchpoints[place], visits.get(identifier) if basis else None)
        for place, identifier in enumerate(t.id for t in setting.journey.touchpoints)
        if any(graph.walked[stop] & bits for stop in setting.places_of.get(identifier, ()))
    ]
    order = {stage.id: place for place, stage in enumerate(setting.charter.stages)}
    points = sorted(
        (
            Feeling(point.id, point.stage, point.emotion, point.moment_of_truth, number)
            for point, number in walked
        ),
        key=lambda point: order[point.stage],  # stable: as declared within a stage
    )
    return EmotionCurve(tuple(points), tuple(_stages(points)), basis)


def _visits(setting: Setting, segments: list[str]) -> tuple[dict[str, float], ShareBasis | None]:
    """Return by touchpoint how often a customer comes by, and what that rests on."""
    graph = setting.graph
    if not setting.is_measured:
        return {}, None
    found: dict[str, float] = defaultdict(float)
    bases: list[ShareBasis] = []
    total = 0.0
    for segment in segments:
        place = graph.segments.index(segment)
        customers = setting.customers_on_paths(place, None)
        if customers is None:
            continue
        weight = setting.segment_weights[segment]
        total += weight
        bases.append(setting.share_basis(place))
        for stop, number in zip(graph.stops, expected_visits(customers), strict=True):
            found[stop.touchpoint.id] += weight * number
    return {touchpoint: sum_ / total for touchpoint, sum_ in found.items()}, weakest_basis(bases)


def _stages(points: list[Feeling]) -> Iterator[StageFeeling]:
    by_stage: dict[str, list[Feeling]] = defaultdict(list)
    for point in points:
        by_stage[point.stage].append(point)
    for stage, inside in by_stage.items():
        said = [
            (point.visits, point.emotion)
            for point in inside
            if point.emotion is not None and point.visits
        ]
        visits = sum(point.visits or 0.0 for point in inside)
        weight = sum(number for number, _ in said)
        expected = sum(number * emotion for number, emotion in said) / weight if weight else None
        yield StageFeeling(stage, expected, min(1.0, weight / visits) if visits else None)
