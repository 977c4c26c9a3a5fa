"""Which touchpoints carry what a rule asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, ValidationInfo, model_validator

from charter.brand import Charter
from charter.rules.aspect import Aspect
from charter.rules.kind import SegmentRule
from charter.rules.selector import SelectedMarkerId
from charter.rules.setting import Setting
from journeys.document import Id, one_or_many, reading_of, refers_to
from journeys.source import Block

AskedValueId = Annotated[Id, refers_to("value", also=("every",))]
MarkerIds = Annotated[tuple[SelectedMarkerId, ...], one_or_many, Field(min_length=1)]


@dataclass(frozen=True)
class Target:
    """What one verdict of a rule asks for: any of some markers.

    Attributes:
        marker: The marker, where the rule names its markers one by one.
        value: The value, where the rule asks for values.
        markers: The markers that carry it.
    """

    marker: str | None
    value: str | None
    markers: tuple[str, ...]


class CarryingRule(SegmentRule):
    """A rule that asks for markers or values, in exactly one of three ways."""

    markers: MarkerIds | None = None
    any_of: MarkerIds | None = None
    values: Annotated[tuple[AskedValueId, ...], one_or_many, Field(min_length=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _ask_for_one_thing(cls, data: object, info: ValidationInfo) -> object:
        keys = ("markers", "any-of", "values")
        found = tuple(key for key in keys if isinstance(data, Block) and key in data)
        if isinstance(data, Block) and len(found) != 1:
            reading_of(info).report("CH001", "one-of", data.position, keys=keys, found=found)
        return data

    def targets(self, charter: Charter) -> tuple[Target, ...]:
        """Return what is asked for, a target a verdict."""
        if self.any_of is not None:
            return (Target(None, None, charter.markers_named(self.any_of)),)
        if self.markers is not None:
            return tuple(Target(m, None, (m,)) for m in charter.markers_named(self.markers))
        asked = self.values or ()
        return tuple(
            Target(None, value.id, charter.markers_of_value(value.id))
            for value in charter.values
            if value.id in asked or "every" in asked
        )

    def carried(self, setting: Setting, target: Target) -> Aspect:
        """Return what it looks for: that a visit carries ``target``."""
        return Aspect().bearing(target.markers)

    def carrying(self, setting: Setting, target: Target) -> Sequence[int]:
        """Return by stop the segments for which it carries ``target``."""
        return self.carried(setting, target).segments(setting)
