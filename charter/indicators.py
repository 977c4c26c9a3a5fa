"""What a workspace watches: where, who looks at it, and how many customers come by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from charter.rules.setting import Setting, StageEntry
from charter.workspace import Workspace
from journeys.customers import ShareBasis, weakest_basis
from journeys.document import Words
from journeys.indicators import Indicator, Indicators
from journeys.model import Touchpoint
from journeys.visits import share_that_visits


class Sort(StrEnum):
    """Whether something is counted, or told."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


@dataclass(frozen=True)
class Reach:
    """How many customers come by a place at least once.

    Attributes:
        share: The share in [0, 1] of all customers on paths: of the journey for a touchpoint, of
            every journey, by their weights, for a stage. None where nobody is on any path, or it
            wasn't measured.
        by_segment: The same by segment on paths, each of its own customers.
        basis: What the shares rest on; None where there are none.
    """

    share: float | None
    by_segment: Mapping[str, float]
    basis: ShareBasis | None


@dataclass(frozen=True)
class Watched:
    """An indicator, where it stands.

    Attributes:
        journey: None for an indicator of a stage as a whole.
        touchpoint: Likewise.
        owner: Who looks at it: its own owner, else that of its touchpoint; None where nobody is
            named.
    """

    indicator: Indicator
    sort: Sort
    stage: str
    journey: str | None
    touchpoint: str | None
    owner: str | None
    reach: Reach

    @property
    def weighted(self) -> float | None:
        """What was observed, times the share of customers who come by: its weight for all.

        None where no number was observed, or the share isn't known.
        """
        observed, share = self.indicator.numbers.observed, self.reach.share
        return None if observed is None or share is None else observed * share


@dataclass(frozen=True)
class Move:
    """What is watched by one name at a stage and at the next.

    Attributes:
        before: What was observed at the stage.
        after: What was observed at the next.
        is_better: Whether it got better; None where it is the same.
    """

    name: Words
    unit: Words | None
    before: float
    after: float
    is_better: bool | None


@dataclass(frozen=True)
class StageStep:
    """What becomes of a journey's customers from a stage to the next that they enter.

    Attributes:
        segment: Whose they are; None for all of the journey's.
        stage: The stage.
        next_stage: The next one, in the charter's order.
        entering: The share in [0, 1] of customers who enter the stage.
        entering_next: The share of them all who enter the next.
        chance: Of those who enter the stage, the share that ends as wanted, as
            `conversion-rises` asks; None where the journey wants no outcome.
        chance_next: Likewise of those who enter the next.
        basis: What the shares rest on.
        moves: What is watched by one name at both; the same for every segment.
    """

    journey: str
    segment: str | None
    stage: str
    next_stage: str
    entering: float
    entering_next: float
    chance: float | None
    chance_next: float | None
    basis: ShareBasis | None
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Watch:
    """What to watch where something is to change.

    Attributes:
        indicators: At the touchpoints that are to change, then of their stages.
        steps: Into and out of those stages, in the journeys that are to change; nothing where
            nothing is watched.
    """

    indicators: tuple[Watched, ...] = ()
    steps: tuple[StageStep, ...] = ()


NOTHING_TO_WATCH = Watch()


def watch(workspace: Workspace, touchpoints: Collection[tuple[str, str]]) -> Watch:
    """Return what to watch where something is to change.

    Args:
        workspace: As it is.
        touchpoints: Each by its journey's id and its own.
    """
    indicators = indicators_touched(workspace, touchpoints)
    if not indicators:
        return NOTHING_TO_WATCH
    journeys = {journey for journey, _ in touchpoints}
    stages = _stages_of(workspace, touchpoints)
    return Watch(
        indicators,
        tuple(
            step
            for step in stage_steps(workspace, journeys)
            if stages & {(step.journey, step.stage), (step.journey, step.next_stage)}
        ),
    )


def _stages_of(
    workspace: Workspace, touchpoints: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return the stages of touchpoints, each behind its journey."""
    places = set(touchpoints)
    return {
        (journey.id, touchpoint.stage)
        for journey in workspace.journeys
        for touchpoint in journey.touchpoints
        if (journey.id, touchpoint.id) in places
    }


def watched(workspace: Workspace) -> tuple[Watched, ...]:
    """Return all that is watched: of stages, in their order, then of touchpoints, as written."""
    return (*_of_stages(workspace, None), *_of_touchpoints(workspace, None))


def indicators_touched(
    workspace: Workspace, touchpoints: Collection[tuple[str, str]]
) -> tuple[Watched, ...]:
    """Return what is watched where something is to change.

    That is what is watched at the touchpoints, then of the stages that they are of. To tag a
    touchpoint changes nothing about who comes by.

    Args:
        workspace: As it is.
        touchpoints: Each by its journey's id and its own.
    """
    stages = {stage for _, stage in _stages_of(workspace, touchpoints)}
    return (*_of_touchpoints(workspace, set(touchpoints)), *_of_stages(workspace, stages))


def _of_touchpoints(
    workspace: Workspace, places: Collection[tuple[str, str]] | None
) -> Iterator[Watched]:
    for setting in workspace.settings:
        journey = setting.journey.id
        for touchpoint in setting.journey.touchpoints:
            if touchpoint.indicators is None or (
                places is not None and (journey, touchpoint.id) not in places
            ):
                continue
            reach = reach_of_touchpoint(setting, touchpoint)
            for sort, indicator in _sorted(touchpoint.indicators):
                owner = indicator.owner or touchpoint.owner
                yield Watched(
                    indicator, sort, touchpoint.stage, journey, touchpoint.id, owner, reach
                )


def _of_stages(workspace: Workspace, stages: Collection[str] | None) -> Iterator[Watched]:
    for stage in workspace.charter.stages:
        if stage.indicators is None or (stages is not None and stage.id not in stages):
            continue
        reach = reach_of_stage(workspace, stage.id)
        for sort, indicator in _sorted(stage.indicators):
            yield Watched(indicator, sort, stage.id, None, None, indicator.owner, reach)


def _sorted(indicators: Indicators) -> Iterator[tuple[Sort, Indicator]]:
    for figure in indicators.quantitative:
        yield Sort.QUANTITATIVE, figure
    for impression in indicators.qualitative:
        yield Sort.QUALITATIVE, impression


# Who comes by.


def reach_of_touchpoint(setting: Setting, touchpoint: Touchpoint) -> Reach:
    """Return how many of a journey's customers come by a touchpoint, on whatever channel."""
    places = [
        index
        for index, stop in enumerate(setting.graph.stops)
        if stop.touchpoint.id == touchpoint.id
    ]
    return _reach([(setting, lambda segment: _share_that_visits(setting, segment, places))])


def reach_of_stage(workspace: Workspace, stage: str) -> Reach:
    """Return how many customers of all journeys enter a stage, by a counted visit."""

    def entering(setting: Setting) -> Callable[[int], float]:
        def share(segment: int) -> float:
            entry = setting.stages_entered(segment).get(stage)
            return entry.share if entry is not None else 0.0

        return share

    return _reach([(setting, entering(setting)) for setting in workspace.settings])


def _share_that_visits(setting: Setting, segment: int, places: Collection[int]) -> float:
    customers = setting.customers_on_paths(segment, None)
    return share_that_visits(customers, places) if customers is not None and places else 0.0


def _reach(journeys: Collection[tuple[Setting, Callable[[int], float]]]) -> Reach:
    """Return how many customers of some journeys come by a place.

    Args:
        journeys: Each with what returns the share of a segment on its paths.
    """
    if not all(setting.is_measured for setting, _ in journeys):
        return Reach(None, {}, None)
    coming: dict[str, float] = {}
    all_of_them: dict[str, float] = {}
    bases = []
    for setting, share in journeys:
        for segment, name in _on_paths(setting):
            weight = setting.journey.weight * setting.segment_weights[name]
            coming[name] = coming.get(name, 0.0) + weight * share(segment)
            all_of_them[name] = all_of_them.get(name, 0.0) + weight
            bases.append(setting.share_basis(segment))
    if not all_of_them:
        return Reach(None, {}, None)
    return Reach(
        min(1.0, sum(coming.values()) / sum(all_of_them.values())),
        {name: min(1.0, coming[name] / all_of_them[name]) for name in all_of_them},
        weakest_basis(bases),
    )


def _on_paths(setting: Setting) -> Iterator[tuple[int, str]]:
    """Yield the segments of a journey that have a path in it, each with its place."""
    graph = setting.graph
    for segment, name in enumerate(graph.segments):
        is_inside = graph.journey_segments >> segment & 1
        if is_inside and setting.customers_on_paths(segment, None) is not None:
            yield segment, name


# From stage to stage.


def stage_steps(
    workspace: Workspace, journeys: Collection[str] | None = None
) -> Iterator[StageStep]:
    """Yield what becomes of customers from stage to stage: by journey, all, then each segment.

    Journeys whose shares aren't measured are left out, and others than ``journeys``, by their ids,
    where some are named.
    """
    for setting in workspace.settings:
        if not setting.is_measured or (journeys is not None and setting.journey.id not in journeys):
            continue
        entries: dict[str | None, Mapping[str, StageEntry]] = {}
        bases: dict[str | None, ShareBasis | None] = {}
        for segment, name in _on_paths(setting):
            entries[name] = setting.stages_entered(segment)
            bases[name] = setting.share_basis(segment)
        entries = {None: _together(setting, entries), **entries}
        bases[None] = weakest_basis(basis for basis in bases.values() if basis is not None)
        for whose, entered in entries.items():
            for (stage, here), (next_stage, there) in pairwise(entered.items()):
                yield StageStep(
                    setting.journey.id,
                    whose,
                    stage,
                    next_stage,
                    here.share,
                    there.share,
                    here.chance,
                    there.chance,
                    bases[whose],
                    tuple(_moves(workspace, setting, stage, next_stage)),
                )


def _together(
    setting: Setting, entries: Mapping[str | None, Mapping[str, StageEntry]]
) -> dict[str, StageEntry]:
    """Return which stages the customers of all segments enter."""
    weights = {segment: setting.segment_weights[str(segment)] for segment in entries}
    found = {}
    for stage in setting.charter.stages:
        entering = {
            segment: weights[segment] * entered[stage.id].share
            for segment, entered in entries.items()
            if stage.id in entered
        }
        share = sum(entering.values())
        if not share:
            continue
        chances = [
            part * chance
            for segment, part in entering.items()
            if (chance := entries[segment][stage.id].chance) is not None
        ]
        chance = min(1.0, sum(chances) / share) if chances else None
        found[stage.id] = StageEntry(min(1.0, share / sum(weights.values())), chance)
    return found


def _moves(workspace: Workspace, setting: Setting, stage: str, next_stage: str) -> Iterator[Move]:
    """Yield what is watched by one name at two stages; of several places the first counts."""
    before = _observed(workspace, setting, stage)
    for name, (indicator, now) in _observed(workspace, setting, next_stage).items():
        if name in before:
            _, was = before[name]
            is_better = None if was == now else (now < was) is indicator.is_lower_better
            yield Move(name, indicator.unit, was, now, is_better)


def _observed(
    workspace: Workspace, setting: Setting, stage: str
) -> dict[Words, tuple[Indicator, float]]:
    """Return what was observed as a number at a stage, of the stage itself first, by name."""
    found: dict[Words, tuple[Indicator, float]] = {}
    stages = {each.id: each for each in workspace.charter.stages}
    places = [stages[stage].indicators]
    places += [each.indicators for each in setting.live_touchpoints if each.stage == stage]
    for indicators in filter(None, places):
        for _, indicator in _sorted(indicators):
            if (observed := indicator.numbers.observed) is not None:
                found.setdefault(indicator.name, (indicator, observed))
    return found
