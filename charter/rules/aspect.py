"""What a visit can show to a rule, and which tags it takes to show it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from charter.rules.setting import Setting
from journeys.ways import intersection


@dataclass(frozen=True)
class Aspect:
    """Something that a visit shows to some segments, and to others not.

    Attributes:
        where: By stop, the segments to which it shows as far as tags don't matter; None for all.
        borne: Groups of markers: of each of them the stop must bear one as well.
    """

    where: Sequence[int] | None = None
    borne: tuple[tuple[str, ...], ...] = ()

    def bearing(self, markers: tuple[str, ...]) -> Aspect:
        """Return what shows where the stop bears one of ``markers`` as well."""
        return replace(self, borne=(*self.borne, markers))

    @property
    def markers(self) -> frozenset[str]:
        """The markers that have a part in it."""
        return frozenset(marker for group in self.borne for marker in group)

    def segments(self, setting: Setting) -> Sequence[int]:
        """Return by stop the segments to which it shows."""
        columns = [setting.bearing(group) for group in self.borne]
        if self.where is not None:
            columns.insert(0, self.where)
        found, *more = columns
        for column in more:
            found = intersection(found, column)
        return found

    def shows(self, stop: int, segment: int, borne: AbstractSet[str]) -> bool:
        """Return whether it shows at a stop to a segment for which it bears the tags ``borne``.

        Stop and segment are given by their places.
        """
        if self.where is not None and not self.where[stop] >> segment & 1:
            return False
        return not any(borne.isdisjoint(group) for group in self.borne)
