"""Where people put the cards of a journey's map, which else are laid out by themselves.

Kept beside the workspace, for everybody who works on it. Nothing of the charter is in it: what
can't be read is no arrangement, and the map is laid out by itself again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_PLACES = 10_000
"""How many cards are remembered; those put in their place first are forgotten first."""

FARTHEST = 1_000.0
"""No card lies farther away than that, in columns or rows."""

_FORMAT = "charter-arrangement/1"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card was put.

    Attributes:
        x: Columns from the left edge of its stage to the middle of the card.
        y: Rows down from the middle of the map, which lies at 0.
    """

    x: float
    y: float


Spots = Mapping[str, Spot]
"""Where cards were put, by stop."""


@dataclass(frozen=True)
class Arrangement:
    """Where cards were put, by journey and stop."""

    journeys: Mapping[str, Spots] = field(default_factory=dict)

    def of(self, journey: str) -> Spots:
        """Return where the cards of a journey were put."""
        return self.journeys.get(journey, {})

    def with_card(self, journey: str, stop: str, spot: Spot) -> Arrangement:
        """Return it with a card moved; what was moved last is kept longest."""
        others = {name: spots for name, spots in self.journeys.items() if name != journey}
        here = {name: at for name, at in self.of(journey).items() if name != stop}
        return Arrangement(_bounded({**others, journey: {**here, stop: spot}}))

    def without(self, journey: str) -> Arrangement:
        """Return it with all cards of a journey back in their order."""
        kept = {name: spots for name, spots in self.journeys.items() if name != journey}
        return Arrangement(kept)

    def with_only(self, known: Mapping[str, Collection[str]]) -> Arrangement:
        """Return it without what is gone: all but the stops ``known``, by journey."""
        kept = {
            journey: {stop: spot for stop, spot in spots.items() if stop in known[journey]}
            for journey, spots in self.journeys.items()
            if journey in known
        }
        return Arrangement({journey: spots for journey, spots in kept.items() if spots})


def parse(content: bytes | None) -> Arrangement:
    """Return what a file says; whatever of it can't be understood is left out."""
    try:
        said = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return Arrangement()
    journeys = said.get("journeys") if isinstance(said, dict) else None
    if not isinstance(journeys, dict) or said.get("format") != _FORMAT:
        return Arrangement()
    read = {journey: dict(_spots(stops)) for journey, stops in journeys.items()}
    return Arrangement(_bounded({journey: spots for journey, spots in read.items() if spots}))


def serialise(arrangement: Arrangement) -> bytes:
    """Return the file that says it."""
    journeys = {
        journey: {stop: [spot.x, spot.y] for stop, spot in spots.items()}
        for journey, spots in arrangement.journeys.items()
    }
    said = {"format": _FORMAT, "journeys": journeys}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def spot_of(x: object, y: object) -> Spot | None:
    """Return the spot that two numbers stand for; None where they stand for none."""
    numbers = []
    for each in (x, y):
        if isinstance(each, bool) or not isinstance(each, int | float) or not math.isfinite(each):
            return None
        numbers.append(round(min(max(float(each), -FARTHEST), FARTHEST), 4))
    return Spot(*numbers)


def _spots(stops: Any) -> Iterator[tuple[str, Spot]]:
    if not isinstance(stops, dict):
        return
    for stop, pair in stops.items():
        if isinstance(pair, list) and len(pair) == 2 and (spot := spot_of(*pair)) is not None:
            yield stop, spot


def _bounded(journeys: dict[str, Spots]) -> dict[str, Spots]:
    """Return the last of them, journeys and their stops in order."""
    room = MOST_PLACES
    kept: dict[str, Spots] = {}
    for journey, spots in reversed(journeys.items()):
        last = list(spots.items())[-room:] if room else []
        room -= len(last)
        if last:
            kept[journey] = dict(last)
    return dict(reversed(kept.items()))
