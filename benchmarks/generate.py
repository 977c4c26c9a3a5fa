"""Generated workspaces of any size, the same for the same numbers."""

from __future__ import annotations

import random

CHANNELS, STAGES, LAYERS = 6, 5, 20
BACK_EDGES = 0.04
"""The share of transitions that lead anywhere instead of one layer on; they make the loops."""


def workspace(
    touchpoints: int, *, segments: int = 8, rules: int = 12, seed: int = 1
) -> dict[str, str]:
    """Return the files of a layered journey with three transitions a touchpoint.

    A third of the touchpoints bear two markers, one of them for one segment only; a third of the
    transitions are open to two segments only. There is one ``carries`` rule a marker.
    """
    dice = random.Random(seed)
    segment_ids = [f"segment-{i}" for i in range(segments)]
    markers = [f"marker-{i}" for i in range(rules)]
    charter = [
        "charter: 1",
        "brand: A generated brand",
        f"channels: [{', '.join(f'{{id: channel-{i}}}' for i in range(CHANNELS))}]",
        f"stages: [{', '.join(f'{{id: stage-{i}}}' for i in range(STAGES))}]",
        f"segments: [{', '.join(f'{{id: {segment}}}' for segment in segment_ids)}]",
        "markers:",
        *(f"  - {{id: {marker}, name: Marker {i}}}" for i, marker in enumerate(markers)),
        "rules:",
        *(
            f"  - {{id: rule-{i}, kind: carries, markers: [{marker}]}}"
            for i, marker in enumerate(markers)
        ),
    ]
    width = max(1, touchpoints // LAYERS)
    journey = ["journey: generated", "touchpoints:"]
    for index in range(touchpoints):
        layer = index // width
        journey += [
            f"  - id: t{index}",
            f"    name: Touchpoint {index}",
            f"    stage: stage-{min(STAGES - 1, layer * STAGES // LAYERS)}",
            f"    channel: channel-{index % CHANNELS}",
        ]
        if dice.random() < 1 / 3:
            tag = f"{{marker: {dice.choice(markers)}, segments: [{dice.choice(segment_ids)}]}}"
            journey.append(f"    markers: [{dice.choice(markers)}, {tag}]")
        if layer == 0:
            journey.append("    entry: true")
        if layer >= LAYERS - 1:
            journey.append("    exit: done\n    ends: 300")
        # Also from exits, so that there are exactly three transitions a touchpoint.
        targets = [
            dice.randrange(touchpoints)
            if dice.random() < BACK_EDGES
            else min(touchpoints - 1, (layer + 1) * width + dice.randrange(width))
            for _ in range(3)
        ]
        two = f"{dice.choice(segment_ids)}, {dice.choice(segment_ids)}"
        journey.append(
            f"    next: [t{targets[0]}, {{to: t{targets[1]}, share: 30}}, "
            f"{{to: t{targets[2]}, segments: [{two}]}}]"
        )
    return {
        "charter.yaml": "\n".join(charter) + "\n",
        "journeys/generated.yaml": "\n".join(journey) + "\n",
    }
