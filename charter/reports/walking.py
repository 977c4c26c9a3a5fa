"""A witness told step by step: where one is, what is carried there, and what was missing."""

from __future__ import annotations

from dataclasses import dataclass

from charter.findings import Verdict
from charter.messages import visible
from charter.reports.names import Names
from charter.reports.telling import remark
from charter.rules.path import PathRule
from charter.rules.setting import Setting


@dataclass(frozen=True)
class RemarkTold:
    """Something said of a step, and whether it is why the path breaks the rule."""

    text: str
    is_lacking: bool


@dataclass(frozen=True)
class StepTold:
    """One step of a path in words.

    Attributes:
        touchpoint: Its id.
        name: What it is called, with its channel where the touchpoint has several.
        carried: The markers that it carries for the segment.
        remarks: What is to be said of it.
        is_place: Whether a change there would mend the path.
    """

    touchpoint: str
    name: str
    channel: str
    stage: str
    owner: str
    carried: tuple[str, ...]
    remarks: tuple[RemarkTold, ...]
    is_place: bool


def steps_told(verdict: Verdict, names: Names) -> tuple[StepTold, ...]:
    """Return each step of the path that breaks a verdict; none where no path does."""
    rule = names.rules[verdict.rule]
    setting = names.settings.get(verdict.journey or "")
    if not verdict.witness or setting is None or not isinstance(rule, PathRule):
        return ()
    told = []
    for name, remarks in zip(verdict.witness, rule.remarks_on(setting, verdict), strict=True):
        stop = setting.stop(name)
        emotion = stop.touchpoint.emotion or 0
        told.append(
            StepTold(
                touchpoint=stop.touchpoint.id,
                name=names.stop(setting.journey.id, name),
                channel=names.of("channel", stop.channel),
                stage=names.of("stage", stop.touchpoint.stage),
                owner=visible(stop.touchpoint.owner or ""),
                carried=_carried(setting, name, verdict.segment, names),
                remarks=tuple(
                    RemarkTold(remark(each, emotion, verdict, names), each.is_lacking)
                    for each in remarks
                ),
                is_place=name in verdict.places,
            )
        )
    return tuple(told)


def first_lacking(steps: tuple[StepTold, ...]) -> int:
    """Return the first step at which something was missing; the first of all where none was."""
    lacking = (i for i, step in enumerate(steps) if any(r.is_lacking for r in step.remarks))
    return next(lacking, 0)


def _carried(setting: Setting, name: str, segment: str | None, names: Names) -> tuple[str, ...]:
    graph = setting.graph
    labels = graph.labels[graph.stops.index(setting.stop(name))]
    bit = 1 << graph.segments.index(str(segment))
    found = [marker for marker, segments in labels.items() if segments & bit]
    order = list(setting.charter.markers_by_id)
    return tuple(
        names.with_role(marker, names.of("marker", marker))
        for marker in sorted(found, key=order.index)
    )
