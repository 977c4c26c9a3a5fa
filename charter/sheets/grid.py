"""The blank grid of a workshop: to be printed or projected, and filled in by a room of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charter.brand import Role
from charter.messages import N_, Speaker
from charter.sheets.table import Column, Table, Value
from charter.sheets.workbook import Paper
from charter.workspace import Workspace
from journeys.model import EMOTIONS

PAPER = Paper(is_a3=True, row_height=26, is_one_page=True, has_lines=True)
"""Landscape, for A3; on A4 everything is smaller, and all there."""

_ROWS_OF_A_STAGE = 6
_BLANK_STAGES, _BLANK_CHANNELS, _BLANK_MARKERS = 5, 6, 10


def grid(workspace: Workspace | None, speak: Speaker) -> Table:
    """Return the grid: a row a touchpoint, stage by stage; channels, markers and emotions to tick.

    Without a workspace, its stages, channels and markers are to be written in too.
    """
    stages: Sequence[str] = [""] * _BLANK_STAGES
    channels: Sequence[str] = [""] * _BLANK_CHANNELS
    markers: Sequence[str] = [""] * _BLANK_MARKERS
    if workspace is not None:
        charter, language = workspace.charter, speak.language
        stages = [each.named(language) for each in charter.stages]
        channels = [each.named(language) for each in charter.channels]
        # What the brand wants gone isn't offered.
        offered = [each for each in charter.markers if each.role is not Role.IRRITANT]
        markers = [each.named(language) for each in offered]
    columns = tuple(_columns(channels, markers, speak))
    rest: list[Value] = [None] * (len(columns) - 1)
    rows = tuple(
        (stage if number == 0 and stage else None, *rest)
        for stage in stages
        for number in range(_ROWS_OF_A_STAGE)
    )
    return Table(speak(N_("Workshop")), "workshop", columns, rows, frozen=2, spare_rows=0)


def _columns(channels: Sequence[str], markers: Sequence[str], speak: Speaker) -> Iterator[Column]:
    yield Column(speak(N_("Stage")), speak(N_("Where in the customer's way it is.")), width=16)
    yield Column(
        speak(N_("Touchpoint")), speak(N_("What the customer meets, in their words.")), width=34
    )
    tick = speak(N_("Tick the channels that the touchpoint is on."))
    yield from (Column(each, tick, is_upright=True) for each in channels)
    tick = speak(N_("Tick the markers that the customer meets here today."))
    yield from (Column(each, tick, is_upright=True) for each in markers)
    yield Column(
        speak(N_("Moment of truth")), speak(N_("Tick where all is decided.")), is_upright=True
    )
    feel = speak(N_("Tick how it feels to the customer, from very bad to very good."))
    for emotion in EMOTIONS:
        # With a true minus, which no program takes for a formula.
        told = f"{emotion:+d}".replace("-", "−") if emotion else "0"
        yield Column(speak(N_("Emotion {emotion}"), emotion=told), feel, is_upright=True)
    yield Column(speak(N_("Notes")), speak(N_("What was said, and what to do about it.")), width=44)
