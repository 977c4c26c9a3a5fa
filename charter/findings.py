"""What a check answers: verdicts, and the findings that people are shown."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property

from charter.waivers import Waiver
from journeys.document import Words
from journeys.source import Position


class Severity(StrEnum):
    """How bad it is if a rule is broken; ``off`` asks nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Answer(StrEnum):
    """A verdict's answer; ``vacuous`` where nothing was concerned is never a pass."""

    HOLDS = "holds"
    BROKEN = "broken"
    VACUOUS = "vacuous"
    INCONCLUSIVE = "inconclusive"


class Status(StrEnum):
    """Whether somebody accepted what is told: for a time and a reason, or as it was found."""

    OPEN = "open"
    WAIVED = "waived"
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a verdict is about, by ids; None where the rule doesn't tell them apart.

    Attributes:
        touchpoint: A stop's name, ``basket@web`` for a touchpoint on several channels; the
            touchpoint's id where an action is meant for all of them.
        action: An action of a plan, ``q4/train-hosts``.
    """

    journey: str | None = None
    segment: str | None = None
    marker: str | None = None
    value: str | None = None
    channel: str | None = None
    stage: str | None = None
    touchpoint: str | None = None
    owner: str | None = None
    action: str | None = None

    @property
    def ids(self) -> dict[str, str | None]:
        """The ids by what they are of, in the order told; an action only where there is one."""
        ids = {part.name: getattr(self, part.name) for part in fields(Scope)}
        if self.action is None:
            # What is asked of no plan is told, and called, as it was before there were any.
            del ids["action"]
        return ids


@dataclass(frozen=True)
class Gap:
    """What an indicator is, and what it was to be instead.

    Attributes:
        name: The indicator's.
        unit: What its numbers count; None where it doesn't say.
        target: The target that it misses; None where it doesn't.
        is_lower_better: Whether the target is the most that it was to be, rather than the least.
        forecast: The forecast from which it differs; None where it doesn't.
    """

    name: Words
    unit: Words | None
    observed: float
    target: float | None
    is_lower_better: bool
    forecast: float | None


@dataclass(frozen=True, kw_only=True)
class Verdict(Scope):
    """The answer to one rule in one scope.

    Attributes:
        witness: Names of the stops of the shortest path that breaks the rule.
        places: The stops of the witness where a change would mend it, the likeliest first.
        share: The share in [0, 1] of the segment's customers on concerned paths whose path
            satisfies the rule; None where it was not measured.
        concerned: The share in [0, 1] of the segment's customers who walk a concerned path (of
            those who end in an outcome the rule names, where it names some); None likewise.
        share_basis: ``observed``, ``stated`` or ``assumed``, where a share is given.
        status: Of a broken verdict, whether all that breaks it is waived, or it was accepted.
        waivers: Those that cover some of what breaks it, as listed. Where its status is open, the
            witness is of what they don't cover.
        place: Where to change something, if that is no stop of the witness.
        reason: Which sentence of the rule's kind tells it, where the kind has several.
        details: What its sentence names besides: numbers; shares in [0, 1] as floats; days; ids,
            under names that end with what they are of (``least_segment``); gaps; and several of
            these.
    """

    rule: str
    code: str
    severity: Severity
    verdict: Answer
    witness: tuple[str, ...] | None = None
    places: tuple[str, ...] = ()
    share: float | None = None
    concerned: float | None = None
    share_basis: str | None = None
    status: Status = Status.OPEN
    waivers: tuple[Waiver, ...] = ()
    place: Position | None = None
    reason: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def scope(self) -> Scope:
        """What it is about, by itself."""
        return Scope(**self.ids)

    @cached_property
    def fingerprint(self) -> str:
        """A name for this rule in this scope that outlives changes elsewhere in the files."""
        return _digest(self.code, self.rule, *self.ids.values())


def _digest(*parts: object) -> str:
    """Return 16 hexadecimal digits that stand for ``parts``."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Finding:
    """Something to be told to people: verdicts that break alike, or a defect of a shape.

    Attributes:
        verdicts: The verdicts it tells, all of one rule, journey and witness, broken or else
            undecided; empty for CH0xx.
        reason: Which sentence tells it, for CH0xx.
        parameters: What that sentence names.
        concerned: The share in [0, 1] of all customers that it concerns.
        status: That of each of its verdicts.
        waivers: Those of each of its verdicts, as in `Verdict`.
        ordinal: How many defects just like it stand before it in the same file.
    """

    code: str
    severity: Severity
    position: Position
    rule: str | None = None
    journey: str | None = None
    verdicts: tuple[Verdict, ...] = ()
    reason: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    concerned: float = 0.0
    status: Status = Status.OPEN
    waivers: tuple[Waiver, ...] = ()
    ordinal: int = 0

    @property
    def is_undecided(self) -> bool:
        """Whether it tells of verdicts that are neither broken nor hold."""
        return any(verdict.verdict is Answer.INCONCLUSIVE for verdict in self.verdicts)

    @cached_property
    def fingerprint(self) -> str:
        """A name for the finding that outlives changes elsewhere in the files."""
        if self.verdicts:
            return _digest(self.code, *(verdict.fingerprint for verdict in self.verdicts))
        ordinal = (self.ordinal,) if self.ordinal else ()
        return _digest(self.code, self.reason, self.position.file, *self.about.values(), *ordinal)

    @property
    def about(self) -> dict[str, str]:
        """What a defect's sentence names, as text, but lines, which move."""
        return {
            name: ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            for name, value in self.parameters.items()
            if name != "line"
        }


def numbered(defects: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return defects, those that are just like others told apart by their ordinal."""
    before: Counter[str] = Counter()
    found = []
    for defect in sorted(defects, key=lambda each: each.position):
        found.append(replace(defect, ordinal=before[defect.fingerprint]))
        before[defect.fingerprint] += 1
    return tuple(found)


@dataclass(frozen=True)
class Since:
    """An earlier version: what was there to be told then is left out.

    Attributes:
        revision: The version, as it was asked for.
        left_out: How many findings there are besides those told.
    """

    revision: str
    left_out: int


@dataclass(frozen=True)
class Report:
    """The answer of a check.

    Attributes:
        verdicts: Every verdict, in a fixed order: rules as declared, journeys by file name,
            then segment, marker or value, channel or stage, touchpoint.
        findings: By severity, then by the customers concerned.
        since: Where only the findings are told that came since.
    """

    brand: Words
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    since: Since | None = None

    def count(self, answer: Answer) -> int:
        """Return how many verdicts answer so."""
        return sum(verdict.verdict is answer for verdict in self.verdicts)

    def count_set_aside(self, status: Status) -> int:
        """Return how many broken verdicts and defects are waived, or accepted."""
        verdicts = sum(verdict.status is status for verdict in self.verdicts)
        return verdicts + sum(f.status is status and not f.verdicts for f in self.findings)

    def count_findings(self, severity: Severity) -> int:
        """Return how many open findings are of ``severity``."""
        return sum(
            finding.severity is severity and finding.status is Status.OPEN
            for finding in self.findings
        )
