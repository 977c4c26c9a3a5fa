"""Which part of the customers takes each way on, as a picture writes it beside the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from charter.messages import Speaker
from charter.rules.setting import Setting
from journeys.customers import NoPath, ShareBasis, weakest_basis


@dataclass(frozen=True, slots=True)
class WrittenShares:
    """Shares in words.

    Attributes:
        by_passage: By the number of a passage; only where customers part.
        basis: What they rest on; None where there are none.
        is_range: Whether some differ between segments, and are told from least to most.
    """

    by_passage: dict[int, str]
    basis: ShareBasis | None = None
    is_range: bool = False


def written_shares(setting: Setting, segment: str | None, speak: Speaker) -> WrittenShares:
    """Return the shares of a segment's customers, or of each segment's where none is asked for.

    Nothing where nobody stated them: a picture of guesses would be taken for customers.
    """
    graph = setting.graph
    asked = graph.names(graph.journey_segments) if segment is None else (segment,)
    places = [graph.segments.index(each) for each in asked if each in graph.segments]
    basis = weakest_basis(map(setting.share_basis, places))
    if basis in (None, ShareBasis.ASSUMED) or not setting.is_measured:
        return WrittenShares({})
    found: dict[int, list[float]] = defaultdict(list)
    for place in places:
        try:
            customers = setting.customers(place, None)
        except NoPath:
            continue
        for steps in customers.steps:
            for step in steps:
                found[step.passage].append(step.probability)
    parting = {number: sorted(shares) for number, shares in found.items() if min(shares) < 1 - 1e-9}
    written = {number: _told(shares, speak) for number, shares in parting.items()}
    is_range = any(len({speak.percent(share) for share in s}) > 1 for s in parting.values())
    return WrittenShares(written, basis if written else None, is_range)


def _told(shares: Sequence[float], speak: Speaker) -> str:
    """Return one share, or the least and the greatest of several."""
    rounded = [round(share, 2) if 0.01 <= share <= 0.99 else share for share in shares]
    least, most = speak.percent(rounded[0]), speak.percent(rounded[-1])
    if least == most:
        return most
    return f"{least.rstrip('%').rstrip()}–{most}"
