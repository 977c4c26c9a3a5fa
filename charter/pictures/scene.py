"""What a picture of a journey shows, as values and in words, before anything has a place."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charter.brand import Role
from charter.messages import N_, Speaker, visible
from charter.pictures.shares import WrittenShares, written_shares
from charter.reports.names import Names
from charter.rules.setting import Setting
from charter.workspace import Workspace
from journeys.graph import Stop
from journeys.model import Control

MOST_TOUCHPOINTS = 150
"""More than that can't be read on one picture: stages and channels are counted instead."""

_RUN_BY = {
    Control.PARTNER: N_("run by a partner"),
    Control.CUSTOMER: N_("run by customers"),
}
_ROLE_ORDER = (Role.IRRITANT, Role.SIGNATURE, Role.BASIC)


@dataclass(frozen=True, slots=True)
class Chip:
    """A marker that a touchpoint carries."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Ending:
    """How paths end at a touchpoint, and whether the brand hopes for it."""

    name: str
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A touchpoint on one channel.

    Attributes:
        id: As paths name it.
        stage: The place of its stage among the charter's.
        channel: The id of its channel.
        notes: The name of its channel, and who runs it where it isn't the brand.
        steps: The steps of the path pointed out that come here, counted from 1.
        is_faint: Whether it isn't what the picture is about.
    """

    id: str
    name: str
    stage: int
    channel: str
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    is_entry: bool
    ending: Ending | None
    is_moment_of_truth: bool
    is_counted: bool
    emotion: int | None
    steps: tuple[int, ...]
    is_faint: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A passage from one touchpoint to another.

    Attributes:
        share: Which part of the customers takes it, where that is known.
        is_walked: Whether the path pointed out takes it.
    """

    id: str
    source: str
    target: str
    share: str
    is_walked: bool
    is_faint: bool


@dataclass(frozen=True)
class Scene:
    """Everything that one picture shows.

    Attributes:
        version: Which version of the charter it shows; empty where that isn't said.
        caption: What else is to be read below its title.
        segment: The name of the segment whose paths are shown; empty for everyone's.
        stages: The names of the charter's stages, in order.
        channels: The names of the charter's channels by id, in order.
        path: The path that is pointed out, by the names of its touchpoints; empty if none is.
    """

    brand: str
    title: str
    version: str
    caption: str
    segment: str
    stages: tuple[str, ...]
    channels: dict[str, str]
    cards: tuple[Card, ...]
    arrows: tuple[Arrow, ...]
    shares: WrittenShares
    path: str

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        journey: str,
        speak: Speaker,
        *,
        witness: Sequence[str] | None = None,
        segment: str | None = None,
        version: str = "",
        caption: str = "",
    ) -> Scene:
        """Return what a picture of a journey shows.

        Raises:
            ValueError: There is no such journey, segment of it or touchpoint on it.
        """
        names = Names(workspace, speak)
        if journey not in names.settings:
            raise ValueError(f"there is no journey {journey!r}")
        setting = names.settings[journey]
        graph = setting.graph
        if segment is not None and segment not in graph.names(graph.journey_segments):
            raise ValueError(f"the journey {journey!r} is not for {segment!r}")
        path = tuple(witness or ())
        unknown = set(path) - {stop.name for stop in graph.stops}
        if unknown:
            raise ValueError(f"the journey {journey!r} doesn't visit {sorted(unknown)}")
        charter = workspace.charter
        # Where touchpoints are counted, nothing is written on a passage.
        is_counted = len(graph.stops) > MOST_TOUCHPOINTS
        shares = WrittenShares({}) if is_counted else written_shares(setting, segment, speak)
        drawing = _Drawing(setting, names, speak, segment, path)
        return cls(
            brand=speak.words(charter.brand),
            title=names.of("journey", journey),
            version=visible(version),
            caption=visible(caption),
            segment=names.of("segment", segment) if segment else "",
            stages=tuple(names.of("stage", stage.id) for stage in charter.stages),
            channels={c.id: names.of("channel", c.id) for c in charter.channels},
            cards=tuple(drawing.cards()),
            arrows=tuple(drawing.arrows(shares)),
            shares=shares,
            path=names.path(journey, path) if path else "",
        )

    def told(self, speak: Speaker) -> str:
        """Return all that it shows in words, stage by stage, for who doesn't see it."""
        return "\n".join(self._sentences(speak))

    def _sentences(self, speak: Speaker) -> Iterator[str]:
        if self.caption:
            yield self.caption
        if self.path:
            yield speak(N_("The path pointed out: {path}."), path=self.path)
        by_stage: dict[int, list[Card]] = defaultdict(list)
        for card in self.cards:
            by_stage[card.stage].append(card)
        onward: dict[str, list[str]] = defaultdict(list)
        called = {card.id: card.name for card in self.cards}
        for arrow in self.arrows:
            share = f" ({arrow.share})" if arrow.share else ""
            onward[arrow.source].append(called[arrow.target] + share)
        for stage in sorted(by_stage):
            yield f"{self.stages[stage]}:"
            for card in by_stage[stage]:
                told = self.card_in_words(card, speak)
                leads = ", ".join(onward[card.id])
                yield f"{told} → {leads}." if leads else f"{told}."

    def card_in_words(self, card: Card, speak: Speaker) -> str:
        """Return what one card shows: Welcome (Boutique): entry, moment of truth; A named host."""
        parts = []
        if card.is_entry:
            parts.append(speak(N_("entry")))
        if card.ending:
            parts.append(speak(N_("exit: {outcome}"), outcome=card.ending.name))
        if card.is_moment_of_truth:
            parts.append(speak(N_("moment of truth")))
        if card.emotion is not None:
            sign = f"{card.emotion:+d}".replace("-", "−")
            parts.append(speak(N_("emotion {emotion}"), emotion=sign))
        for chip in card.chips:
            is_irritant = chip.role is Role.IRRITANT
            name = speak(N_("{marker} (irritant)"), marker=chip.name) if is_irritant else chip.name
            parts.append(name)
        told = f"{card.name} ({', '.join(card.notes)})"
        return f"{told}: {', '.join(parts)}" if parts else told


@dataclass(frozen=True)
class _Drawing:
    """A journey on the way to a scene."""

    setting: Setting
    names: Names
    speak: Speaker
    segment: str | None
    path: tuple[str, ...]

    @property
    def _bits(self) -> int:
        graph = self.setting.graph
        return graph.journey_segments if self.segment is None else graph.bits([self.segment])

    def cards(self) -> Iterator[Card]:
        graph, bits = self.setting.graph, self._bits
        steps: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.path, start=1):
            steps[name].append(number)
        stages = {stage.id: place for place, stage in enumerate(self.setting.charter.stages)}
        for index, stop in enumerate(graph.stops):
            touchpoint = stop.touchpoint
            is_elsewhere = self.segment is not None and not graph.walked[index] & bits
            yield Card(
                id=stop.name,
                name=visible(touchpoint.named(self.speak.language)),
                stage=stages[touchpoint.stage],
                channel=stop.channel,
                notes=self._notes(stop),
                chips=self._chips(index, bits),
                is_entry=touchpoint.entry,
                ending=self._ending(stop),
                is_moment_of_truth=touchpoint.moment_of_truth,
                is_counted=stop.is_counted,
                emotion=touchpoint.emotion,
                steps=tuple(steps.get(stop.name, ())),
                is_faint=is_elsewhere or bool(self.path and stop.name not in steps),
            )

    def _notes(self, stop: Stop) -> tuple[str, ...]:
        channel = self.names.of("channel", stop.channel)
        run_by = _RUN_BY.get(stop.touchpoint.control)
        return (channel, self.speak(run_by)) if run_by else (channel,)

    def _chips(self, index: int, bits: int) -> tuple[Chip, ...]:
        labels = self.setting.graph.labels[index]
        markers = self.setting.charter.markers_by_id
        chips = [
            Chip(self.names.of("marker", marker), markers[marker].role)
            for marker, segments in labels.items()
            if segments & bits
        ]
        return tuple(sorted(chips, key=lambda chip: _ROLE_ORDER.index(chip.role)))

    def _ending(self, stop: Stop) -> Ending | None:
        ends = stop.touchpoint.exit
        if ends is None:
            return None
        for outcome in self.setting.journey.outcomes or ():
            if outcome.id == ends:
                name = self.speak.words(outcome.name) if outcome.name else visible(ends)
                return Ending(name, outcome.wanted)
        return Ending(visible(ends), is_wanted=False)

    def arrows(self, shares: WrittenShares) -> Iterator[Arrow]:
        graph, bits = self.setting.graph, self._bits
        walked = self._walked()
        for number, open_to in enumerate(graph.walkable):
            if not open_to:
                continue
            passage = graph.passage(number)
            yield Arrow(
                id=str(number),
                source=graph.stops[passage.source].name,
                target=graph.stops[passage.target].name,
                share=shares.by_passage.get(number, ""),
                is_walked=number in walked,
                is_faint=not open_to & bits or bool(self.path and number not in walked),
            )

    def _walked(self) -> set[int]:
        """Return the passages that the path takes: between two stops the first one open to it."""
        graph, bits = self.setting.graph, self._bits
        first: dict[tuple[str, str], int] = {}
        for number, open_to in enumerate(graph.walkable):
            if open_to & bits:
                passage = graph.passage(number)
                ends = (graph.stops[passage.source].name, graph.stops[passage.target].name)
                first.setdefault(ends, number)
        return {first[ends] for ends in itertools.pairwise(self.path) if ends in first}
