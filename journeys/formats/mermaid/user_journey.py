"""A journey written as a Mermaid user journey: one line of touchpoints, and how each feels."""

from __future__ import annotations

from journeys.formats.mermaid.flowchart import Names, left_out
from journeys.formats.mermaid.labels import escaped
from journeys.formats.mermaid.tasks import MIDDLE
from journeys.formats.mermaid.text import JOURNEY
from journeys.model import Journey, Touchpoint

_PARTS = ":,"
"""What parts a task's name, its score and its actors."""


def user_journey(journey: Journey, names: Names) -> str:
    """Return ``journey`` as a user journey: stages as sections, segments as actors.

    Touchpoints stand in the order of stages, then of the file. Where they lead isn't told.
    """
    lines = [JOURNEY, f"  title {_text(journey.named(names.language))}"]
    for stage, name in names.stages.items():
        inside = [each for each in journey.touchpoints if each.stage == stage]
        if inside:
            lines.append(f"  section {_text(name)}")
            lines += [f"    {_task(each, journey, names)}" for each in inside]
    return "\n".join(lines) + "\n"


def _task(touchpoint: Touchpoint, journey: Journey, names: Names) -> str:
    score = MIDDLE + (touchpoint.emotion or 0)
    segments = touchpoint.segments or journey.segments or tuple(names.segments)
    actors = ", ".join(_text(names.segments[each]) for each in segments)
    return f"{_text(touchpoint.named(names.language))}: {score}: {actors}"


def _text(text: str) -> str:
    one_line = " ".join(text.split())
    # A word that begins a line of another kind is no name of a task.
    first = one_line.partition(" ")[0]
    told = escaped(one_line, also=_PARTS)
    if first in ("title", "section") or first.startswith("acc"):
        told = f"#{ord(told[0])};{told[1:]}"
    return told or "#8203;"


def left_out_of_user_journey(journey: Journey) -> dict[str, int]:
    """Return what of ``journey`` a user journey has no place for, and how much of it."""
    touchpoints = journey.touchpoints
    steps = [step for each in touchpoints for step in each.next]
    counts = left_out(journey)
    del counts["emotions"]
    counts["segments"] = sum(step.segments is not None for step in steps)
    return {
        "transitions": len(steps),
        "reasons": sum(step.because is not None for step in steps),
        "channels": sum(len(each.channel_shares) for each in touchpoints),
        "exits": sum(each.exit is not None for each in touchpoints),
        **counts,
    }
