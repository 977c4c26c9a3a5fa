"""What every kind of rule has: its fields, its documentation, and the words for what it finds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, ClassVar, NamedTuple

from charter.brand import Charter
from charter.findings import Answer, Severity, Status, Verdict
from charter.rules.demand import Demand
from charter.rules.selector import Selector
from charter.rules.setting import Landscape, Setting
from charter.waivers import Waiver
from journeys.document import Id, Reworded, Shape, one_or_many
from journeys.model import JourneyId, OutcomeId, SegmentId
from journeys.relaxation import Relaxation


class Bound(NamedTuple):
    """How often every path must meet one of some markers, and how often it may.

    Attributes:
        markers: Any of them will do.
        least: At least so many visits.
        most: At most so many; None for any number.
    """

    markers: frozenset[str]
    least: int
    most: int | None


class Sentences(NamedTuple):
    """How a broken rule is told.

    Attributes:
        question: Asks whether it can be broken; the answer is a yes, with the path.
        broken: Says that it is, naming ``{path}`` or ``{touchpoint}``.
        advice: Says what to do, naming ``{places}`` any of which will do, or ``{all_places}``.
        shortfall: Says what customers do who break it, to stand behind “customers”; empty where
            markers can't mend it.

    Each may also name ``{what}`` is asked for, ``{among}`` which markers, on which ``{channels}``,
    the rule's own fields (numbers, selectors) and the verdict's ``details``.
    """

    question: str
    broken: str
    advice: str
    shortfall: str = ""


class Rule(Shape, ABC):
    """Something that must hold, as a charter asks for it.

    Each kind is one subclass in a file of its own. Its docstring is its documentation for
    users.

    Attributes:
        id: What it is called in files and reports.
        kind: What it checks.
        code: The stable code of its findings.
        default_severity: How bad it is where the rule doesn't say.
    """

    code: ClassVar[str]
    default_severity: ClassVar[Severity]
    id: Id
    kind: str
    severity: Severity | None = None
    why: Reworded | None = None

    @property
    def gravity(self) -> Severity:
        """Its severity; the kind's own where it says none."""
        return self.severity or self.default_severity

    @property
    def asks_for_shares(self) -> bool:
        """Whether its answer depends on how customers spread over the paths."""
        return False

    def selectors(self) -> list[tuple[str, Selector]]:
        """Return the selectors that are written in it, by key."""
        fields = type(self).model_fields.items()
        written = ((field.alias or name, getattr(self, name)) for name, field in fields)
        return [(key, option) for key, option in written if isinstance(option, Selector)]

    @abstractmethod
    def sentences(self, verdict: Verdict) -> Sentences:
        """Return how a broken verdict is told."""

    @abstractmethod
    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield a verdict for each scope there is, in the fixed order."""

    def waive(
        self, landscape: Landscape, verdicts: Sequence[Verdict], waivers: Sequence[Waiver]
    ) -> Iterator[Verdict]:
        """Yield ``verdicts`` of this rule, broken ones marked with the waivers that cover them.

        ``waivers`` are those of this rule that are in force.
        """
        del landscape
        for verdict in verdicts:
            covering = tuple(waiver for waiver in waivers if waiver.covers(verdict))
            if covering and verdict.verdict is Answer.BROKEN:
                yield replace(verdict, status=Status.WAIVED, waivers=covering)
            else:
                yield verdict

    def verdict(self, answer: Answer, **scope: Any) -> Verdict:
        """Return a verdict of this rule."""
        return Verdict(rule=self.id, code=self.code, severity=self.gravity, verdict=answer, **scope)

    def demands(self, setting: Setting) -> Iterator[Demand]:
        """Yield, for each scope of a journey in which it breaks, what it asks of tags there.

        Nothing where tags have no part in it, or none that one path could tell.
        """
        yield from ()

    def relaxation(
        self, setting: Setting, options: Sequence[Mapping[str, int]]
    ) -> Relaxation | None:
        """Return what a planner that chooses by halves asks of a journey; None for nothing.

        Args:
            setting: The journey as it is.
            options: By stop, the number of the option that each marker is there.
        """
        return None

    @classmethod
    def name(cls) -> str:
        """Return what the kind is called in files: ``no-gap``."""
        return str(cls.model_fields["kind"].annotation.__args__[0])  # type: ignore[union-attr]


class OfJourneys(Rule):
    """A rule that may be asked of some journeys only.

    Attributes:
        may_concern_the_charter: Whether it has verdicts of no journey too.
    """

    may_concern_the_charter: ClassVar[bool] = False

    journeys: Annotated[tuple[JourneyId, ...], one_or_many] | None = None

    def is_asked_of(self, setting: Setting) -> bool:
        """Return whether the rule is asked of a journey."""
        return self.journeys is None or setting.journey.id in self.journeys

    def asked_settings(self, landscape: Landscape) -> tuple[Setting, ...]:
        """Return the journeys that the rule is asked of."""
        return tuple(filter(self.is_asked_of, landscape.settings))


class JourneyRule(OfJourneys):
    """A rule asked of each journey on its own."""

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdicts of each journey."""
        for setting in self.asked_settings(landscape):
            yield from setting.remembered(("judged", self.id), partial(self._judged, setting))

    def _judged(self, setting: Setting) -> tuple[Verdict, ...]:
        return tuple(self.judge(setting))

    @abstractmethod
    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield a verdict for each scope that the journey has, in the fixed order."""


class SegmentRule(JourneyRule):
    """A rule asked of each segment on its own, over paths with certain outcomes."""

    segments: Annotated[tuple[SegmentId, ...], one_or_many] | None = None
    outcomes: Annotated[tuple[OutcomeId, ...], one_or_many] | None = None

    def bounds(self, charter: Charter) -> list[Bound]:
        """Return what it asks of how often every path of a segment meets markers, if anything."""
        return []

    @property
    def wanted_outcomes(self) -> frozenset[str] | None:
        """The outcomes whose paths are concerned; None for all."""
        return None if self.outcomes is None else frozenset(self.outcomes)

    def asked(self, setting: Setting) -> int:
        """Return the segments of the journey that the rule asks about."""
        graph = setting.graph
        named = graph.journey_segments if self.segments is None else graph.bits(self.segments)
        return graph.journey_segments & named
