"""The map of a journey, put together once for all who look at the same in the same way."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

from charter.arrangement import Spots
from charter.messages import Language
from charter.studio.journey_map import MapView
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.session import Session

_MOST_KEPT = 32


def drawn_map(session: Session, view: JourneyView, looking: Looking, spots: Spots) -> MapView:
    """Return the map of a journey that is shown, with nothing pointed out on it."""
    parts = looking.channels, looking.stages, looking.only
    return _drawn(
        _Asked(
            (session.shown, *map(frozenset, parts), frozenset(spots.items())),
            view.id,
            looking.segment,
            session.speak.language,
            view,
            looking,
            spots,
        )
    )


@dataclass(frozen=True)
class _Asked:
    shown: Hashable
    journey: str
    segment: str | None
    language: Language
    view: JourneyView = field(compare=False)
    looking: Looking = field(compare=False)
    spots: Spots = field(compare=False)


@lru_cache(maxsize=_MOST_KEPT)
def _drawn(asked: _Asked) -> MapView:
    return asked.view.map(asked.looking, spots=asked.spots)
