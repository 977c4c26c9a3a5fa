"""Generated journeys of any size, the same for the same numbers: as arrays, and as YAML files.

``python -m benchmarks.generate TOUCHPOINTS FILE`` writes the arrays of one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

CHANNELS, STAGES, OWNERS, LAYERS, NARROWEST = 6, 5, 10, 20, 5
STAGE_IDS = [f"stage-{i}" for i in range(STAGES)]
CHANNEL_IDS = [f"channel-{i}" for i in range(CHANNELS)]
TRANSITIONS = 3
"""Transitions that leave each touchpoint: the second has a share, the third is for few."""
BACK_EDGES = 0.04
"""The share of transitions that lead back instead of one layer on; they make the loops."""


@dataclass(frozen=True)
class RandomJourney:
    """A layered journey as plain arrays; touchpoints are numbers, in an order that tells nothing.

    Attributes:
        sources: By transition, the touchpoint that it leaves, in order.
        targets: By transition, the touchpoint that it leads to.
        open_to: By transition, the bit set of segments that may walk it.
        bears: By marker and touchpoint, the bit set of segments for which it is carried there.
        layers: By touchpoint, how far along it lies, from 0.
        is_entry: By touchpoint, whether paths may begin there.
        is_exit: By touchpoint, whether paths may end there.
        emotions: By touchpoint, how it feels, from -2 to 2.
        segments: How many there are.
    """

    sources: np.ndarray
    targets: np.ndarray
    open_to: np.ndarray
    bears: np.ndarray
    layers: np.ndarray
    is_entry: np.ndarray
    is_exit: np.ndarray
    emotions: np.ndarray
    segments: np.ndarray

    @classmethod
    def of(
        cls, touchpoints: int, *, segments: int = 8, markers: int = 12, seed: int = 1
    ) -> RandomJourney:
        """Return a journey with three transitions a touchpoint.

        A third of the touchpoints bear two markers, one of them for one segment only. Each of the
        first quarter of the markers is also borne by a whole layer, for all segments but one:
        most segments can't get round it. Every third transition is open to two segments at most.
        """
        dice = np.random.default_rng(seed)
        depth = min(LAYERS, max(2, touchpoints // NARROWEST))
        width = touchpoints // depth
        # Drawn in the order of the layers, then shuffled.
        layers = np.minimum(np.arange(touchpoints) // width, depth - 1)
        starts, ends = layers * width, np.append(layers[1:] != layers[:-1], True).nonzero()[0] + 1
        following = np.minimum(layers + 1, depth - 1)
        onward = dice.integers(
            (following * width)[:, None], ends[following][:, None], (touchpoints, TRANSITIONS)
        )
        # Back to where the layer begins, or before; never on past a layer.
        back = dice.integers(0, (starts + width)[:, None], (touchpoints, TRANSITIONS))
        is_back = dice.random((touchpoints, TRANSITIONS)) < BACK_EDGES
        everyone = (1 << segments) - 1
        open_to = np.full((touchpoints, TRANSITIONS), everyone, np.int64)
        few = 1 << dice.integers(0, segments, (2, touchpoints))
        open_to[:, -1] = few[0] | few[1]
        bears = np.zeros((markers, touchpoints), np.int64)
        tagged = (dice.random(touchpoints) < 1 / 3).nonzero()[0]
        marker, other = dice.integers(0, markers, (2, len(tagged)))
        bears[marker, tagged] |= everyone
        bears[other, tagged] |= 1 << dice.integers(0, segments, len(tagged))
        for gate in range(markers // 4):
            # Late layers, so that a search has most of the journey to go through before.
            at = max(0, depth - 2 - gate)
            bears[gate, layers == at] |= everyone & ~(1 << gate % segments)
        emotions = dice.integers(-2, 3, touchpoints)
        # Where each is written, and from there back to where it was drawn.
        places = dice.permutation(touchpoints)
        drawn = np.argsort(places)
        return cls(
            sources=np.repeat(np.arange(touchpoints), TRANSITIONS),
            targets=places[np.where(is_back, back, onward)][drawn].ravel(),
            open_to=open_to[drawn].ravel(),
            bears=bears[:, drawn],
            layers=layers[drawn],
            is_entry=layers[drawn] == 0,
            is_exit=layers[drawn] == depth - 1,
            emotions=emotions[drawn],
            segments=np.array(segments),
        )

    @property
    def touchpoints(self) -> int:
        """How many touchpoints there are."""
        return len(self.layers)

    @cached_property
    def stages(self) -> list[int]:
        """By touchpoint, the number of its stage."""
        return (self.layers * STAGES // (self.layers.max() + 1)).tolist()

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Every segment with every marker."""
        return [(s, m) for s in range(int(self.segments)) for m in range(len(self.bears))]

    def save(self, file: Path) -> None:
        """Write the arrays."""
        np.savez(file, **asdict(self))

    @classmethod
    def load(cls, file: Path) -> RandomJourney:
        """Return the journey whose arrays were written."""
        with np.load(file) as arrays:
            return cls(**arrays)


def segment_ids(bits: int) -> list[str]:
    """Return the ids of a bit set of segments."""
    return [f"segment-{i}" for i in range(bits.bit_length()) if bits >> i & 1]


CARRIES = tuple(f"{{id: rule-{i}, kind: carries, markers: [marker-{i}]}}" for i in range(12))
"""One rule a marker."""
ALL_CARRIED = ("{id: everywhere, kind: carries, markers: every}",)
"""All markers in one rule."""
MIXED = (
    "{id: rule-0, kind: carries, markers: [marker-0]}",
    "{id: rule-1, kind: at-most, times: 2, markers: [marker-1]}",
    "{id: rule-2, kind: opens-with, within: 3, markers: [marker-2]}",
    "{id: rule-3, kind: closes-with, within: 2, markers: [marker-3]}",
    "{id: rule-4, kind: no-gap, longest: 6, any-of: [marker-4, marker-5]}",
    "{id: rule-5, kind: follows, after: {channel: channel-0}, within: 4, markers: [marker-5]}",
    "{id: rule-6, kind: precedes, before: {channel: channel-1}, markers: [marker-6]}",
    "{id: rule-7, kind: excludes, one: marker-7, other: marker-8}",
    "{id: rule-8, kind: hand-off, markers: [marker-8]}",
    "{id: rule-9, kind: variety, any-of: [marker-9, marker-10, marker-11]}",
    "{id: rule-10, kind: peak, markers: [marker-10]}",
    "{id: rule-11, kind: no-low-end}",
)
"""Twelve kinds of rules over paths, one of each."""


def charter(*, segments: int = 8, markers: int = 12, rules: tuple[str, ...] = CARRIES) -> str:
    """Return the YAML of a charter with some rules."""

    def listed(what: str, number: int) -> str:
        return f"[{', '.join(f'{{id: {what}-{i}}}' for i in range(number))}]"

    lines = [
        "charter: 1",
        "brand: A generated brand",
        f"channels: {listed('channel', CHANNELS)}",
        f"stages: {listed('stage', STAGES)}",
        f"segments: {listed('segment', segments)}",
        "markers:",
        *(f"  - {{id: marker-{i}, name: Marker {i}}}" for i in range(markers)),
        "rules:",
        *(f"  - {rule}" for rule in rules),
    ]
    return "\n".join(lines) + "\n"


def stage_and_channel(journey: RandomJourney, index: int) -> tuple[str, str]:
    """Return where a touchpoint lies."""
    return STAGE_IDS[journey.stages[index]], CHANNEL_IDS[index % CHANNELS]


def written(journey: RandomJourney) -> Iterator[str]:
    """Yield the lines of the YAML of a journey."""
    everyone = (1 << int(journey.segments)) - 1
    yield from ("journey: generated", "touchpoints:")
    for index in range(journey.touchpoints):
        stage, channel = stage_and_channel(journey, index)
        yield f"  - id: t{index}"
        yield f"    name: Touchpoint {index}"
        yield f"    stage: {stage}"
        yield f"    channel: {channel}"
        yield f"    emotion: {journey.emotions[index]}"
        tags = [
            f"marker-{marker}"
            if bits == everyone
            else f"{{marker: marker-{marker}, segments: [{', '.join(segment_ids(int(bits)))}]}}"
            for marker, bits in enumerate(journey.bears[:, index])
            if bits
        ]
        if tags:
            yield f"    markers: [{', '.join(tags)}]"
        if journey.is_entry[index]:
            yield "    entry: true"
        if journey.is_exit[index]:
            yield "    exit: done\n    ends: 300"
        first = index * TRANSITIONS
        one, other, few = journey.targets[first : first + TRANSITIONS]
        two = ", ".join(segment_ids(int(journey.open_to[first + 2])))
        yield f"    next: [t{one}, {{to: t{other}, share: 30}}, {{to: t{few}, segments: [{two}]}}]"


def workspace(
    touchpoints: int,
    *,
    segments: int = 8,
    rules: int = 12,
    seed: int = 1,
    asked: tuple[str, ...] = CARRIES,
) -> dict[str, str]:
    """Return the files of a random journey and its charter, with as many markers as ``rules``.

    ``asked`` are the rules as YAML; by default there is one ``carries`` rule a marker.
    """
    journey = RandomJourney.of(touchpoints, segments=segments, markers=rules, seed=seed)
    return {
        "charter.yaml": charter(segments=segments, markers=rules, rules=asked[:rules]),
        "journeys/generated.yaml": "\n".join(written(journey)) + "\n",
    }


if __name__ == "__main__":
    RandomJourney.of(int(sys.argv[1])).save(Path(sys.argv[2]))
