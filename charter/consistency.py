"""How each rule stands for each segment, on all channels or one: the matrix of consistency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from charter.findings import Answer, Report, Status, Verdict
from charter.rules.setting import Setting
from charter.workspace import Workspace

EVERYONE = ""
"""The column of verdicts that tell no segments apart."""


class Mark(StrEnum):
    """How a rule stands for a segment, gravest first.

    `aside`: all that breaks it was waived, or accepted with the baseline; `elsewhere`: it is
    broken, but what would mend it is on no channel that is looked at; `nothing`: it concerns
    nothing there; `unasked`: it isn't asked there at all.
    """

    BROKEN = "broken"
    UNDECIDED = "undecided"
    ASIDE = "aside"
    ELSEWHERE = "elsewhere"
    HOLDS = "holds"
    NOTHING = "nothing"
    UNASKED = "unasked"


@dataclass(frozen=True)
class Asked:
    """Which verdicts a matrix is made of; empty for all.

    Attributes:
        journey: A journey's id.
        channel: A channel's id: verdicts that are about this channel, and of those about paths as
            a whole the broken ones that a change on it would mend, and those that aren't broken.
    """

    journey: str = ""
    channel: str = ""


ALL = Asked()


@dataclass(frozen=True)
class Cell:
    """How a rule stands for a segment.

    Attributes:
        mark: The gravest that one of its verdicts says.
        count: How many of them say it.
        verdicts: Those that say it.
    """

    mark: Mark
    verdicts: tuple[Verdict, ...] = ()

    @property
    def count(self) -> int:
        """How many verdicts say what the mark does."""
        return len(self.verdicts)


NOT_ASKED = Cell(Mark.UNASKED)


@dataclass(frozen=True)
class Matrix:
    """Rules by segments.

    Attributes:
        rules: The ids of the rules that answer something, as declared.
        segments: The ids of the segments that any of them tells apart, in the charter's order;
            `EVERYONE` behind them, where some tell none apart.
        cells: By rule and segment.
    """

    rules: tuple[str, ...]
    segments: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, rule: str, segment: str) -> Cell:
        """Return how a rule stands for a segment."""
        return self.cells.get((rule, segment), NOT_ASKED)


def consistency(workspace: Workspace, report: Report, asked: Asked = ALL) -> Matrix:
    """Return how each rule stands for each segment, as a report of the workspace says."""
    settings = {setting.journey.id: setting for setting in workspace.settings}
    marked: dict[tuple[str, str], dict[Mark, list[Verdict]]] = {}
    for verdict in report.verdicts:
        mark = _mark(verdict, settings.get(verdict.journey or ""), asked)
        if mark is not None:
            place = verdict.rule, verdict.segment or EVERYONE
            marked.setdefault(place, {}).setdefault(mark, []).append(verdict)
    cells = {place: _gravest(found) for place, found in marked.items()}
    rules = {rule for rule, _ in cells}
    named = {segment for _, segment in cells}
    segments = [each.id for each in workspace.charter.all_segments]
    return Matrix(
        rules=tuple(rule.id for rule in workspace.rules if rule.id in rules),
        segments=tuple(each for each in (*segments, EVERYONE) if each in named),
        cells=cells,
    )


def channels_of(verdict: Verdict, setting: Setting | None) -> frozenset[str] | None:
    """Return the channels that a verdict is about; None where it is about paths as a whole."""
    if verdict.channel is not None:
        return frozenset([verdict.channel])
    if verdict.touchpoint is None or setting is None:
        return None
    name, stops = verdict.touchpoint, setting.graph.stops
    places = setting.places_of.get(name.partition("@")[0], ())
    return frozenset(
        stops[place].channel
        for place in places
        if name in (stops[place].name, stops[place].touchpoint.id)
    )


def concerns(verdict: Verdict, setting: Setting | None, asked: Asked) -> bool:
    """Return whether a verdict is looked at, and says something that is to be mended there."""
    return _mark(verdict, setting, asked) not in (None, Mark.ELSEWHERE)


def _mark(verdict: Verdict, setting: Setting | None, asked: Asked) -> Mark | None:
    """Return what a verdict says of a cell; None where it isn't looked at."""
    if asked.journey and verdict.journey != asked.journey:
        return None
    mark = _MARKS[verdict.verdict]
    if mark is Mark.BROKEN and verdict.status is not Status.OPEN:
        mark = Mark.ASIDE
    if not asked.channel:
        return mark
    channels = channels_of(verdict, setting)
    if channels is not None:
        return mark if asked.channel in channels else None
    if verdict.verdict is not Answer.BROKEN:
        return mark
    at_fault = setting.channels_at_fault(verdict) if setting else frozenset()
    return mark if asked.channel in at_fault else Mark.ELSEWHERE


_MARKS = {
    Answer.BROKEN: Mark.BROKEN,
    Answer.INCONCLUSIVE: Mark.UNDECIDED,
    Answer.HOLDS: Mark.HOLDS,
    Answer.VACUOUS: Mark.NOTHING,
}


def _gravest(found: Mapping[Mark, Iterable[Verdict]]) -> Cell:
    mark = min(found, key=list(Mark).index)
    return Cell(mark, tuple(found[mark]))
