"""A journey too large for one map: its stages by channel, each of which opens on a click."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from charter.messages import N_, Speaker
from charter.pictures.channel_looks import PATHS, channel_looks
from charter.stages_by_channels import Crossing, crossings
from charter.studio import address, folding
from charter.studio.drop_down import drop_down
from charter.studio.journey_map.component import STAGES_AND_CHANNELS, component
from charter.studio.journey_view import MOST_STOPS, JourneyView, Looking
from charter.studio.part import concerns_all
from charter.studio.pieces import happened
from charter.studio.session import Session

CROSSING = "crossing"
"""Remembers which stage and channel are open, as `stage.channel`."""
_GRID = "crossings"
_PART = "crossing-part"


def show_stage_channel_map(session: Session, view: JourneyView, looking: Looking) -> Looking | None:
    """Show a journey's stages by channel; return how to look at what is open, None for nothing."""
    speak = session.speak
    found = [
        crossing
        for crossing in crossings(view.setting, session.report.verdicts, looking.segment)
        if (not looking.channels or crossing.channel in looking.channels)
        and (not looking.stages or crossing.stage in looking.stages)
    ]
    by_name = {f"{crossing.stage}.{crossing.channel}": crossing for crossing in found}
    address.read(CROSSING, by_name)
    opened = st.session_state.get(CROSSING)
    address.write(CROSSING, opened)
    if not found:
        st.info(speak(N_("No touchpoint is left: choose other channels or stages above.")))
        return None
    component(STAGES_AND_CHANNELS, "stage_channel.js", "stage_channel.css")(
        key=_GRID,
        data=grid(found, view, opened),
        on_opened_change=lambda: _open(happened(_GRID, "opened"), by_name),
    )
    title = speak(N_("Stages and channels as a table"))
    with folding.expander(title, key="crossings-as-table") as is_open:
        if is_open:
            st.dataframe(
                list(crossing_rows(found, view)),
                hide_index=True,
                width="stretch",
                key="crossing-table",
            )
    if opened not in by_name:
        st.caption(speak(N_("Open a stage on a channel to see its touchpoints on the map.")))
        return None
    return replace(looking, stages=(), channels=(), only=_part(by_name[opened].stops, speak))


def _open(said: object, by_name: dict[str, Crossing]) -> None:
    """Open what was clicked; close it where it was open."""
    concerns_all()
    if isinstance(said, str) and said in by_name:
        st.session_state[CROSSING] = said
    else:
        st.session_state.pop(CROSSING, None)
    st.session_state.pop(_PART, None)


def _part(stops: Sequence[str], speak: Speaker) -> frozenset[str]:
    """Return the stops that one map has room for; which of them, where there are more."""
    starts = range(0, len(stops), MOST_STOPS)
    if len(starts) == 1:
        return frozenset(stops)

    def told(start: int) -> str:
        return speak(
            N_("{first} to {last} of {number}"),
            first=speak.count(start + 1),
            last=speak.count(min(start + MOST_STOPS, len(stops))),
            number=speak.count(len(stops)),
        )

    chosen = int(
        drop_down(
            speak(N_("Touchpoints on the map")),
            list(map(str, starts)),
            key=_PART,
            told=lambda start: told(int(start)),
            on_change=concerns_all,
            width=300,
        )
    )
    return frozenset(stops[chosen : chosen + MOST_STOPS])


def grid(found: Sequence[Crossing], view: JourneyView, opened: str | None) -> dict[str, Any]:
    """Return what the browser needs to draw the stages by channel."""
    speak, names, charter = view.speak, view.names, view.setting.charter
    looks = channel_looks([channel.id for channel in charter.channels])
    used = {crossing.channel for crossing in found}
    return {
        "title": speak.naming(
            N_("Stages and channels of the journey “{journey}”"), journey=view.title()
        ),
        "corner": speak(N_("Stage")),
        "opened": opened,
        "channels": [
            {
                "id": channel.id,
                "label": names.of("channel", channel.id),
                "colour": looks[channel.id].colour,
                "icon": PATHS[looks[channel.id].icon],
            }
            for channel in charter.channels
            if channel.id in used
        ],
        "stages": [
            {"id": stage, "label": names.of("stage", stage)}
            for stage in dict.fromkeys(crossing.stage for crossing in found)
        ],
        "cells": {
            f"{crossing.stage}.{crossing.channel}": _cell(crossing, view) for crossing in found
        },
    }


def _cell(crossing: Crossing, view: JourneyView) -> dict[str, Any]:
    speak = view.speak
    number = len(crossing.stops)
    touchpoints = speak.many("{number} touchpoint", "{number} touchpoints", number)
    signed = speak.many("{number} with a signature", "{number} with a signature", crossing.signed)
    broken = speak.many("{number} to mend", "{number} to mend", crossing.broken)
    where = (view.names.of("stage", crossing.stage), view.names.of("channel", crossing.channel))
    told = [touchpoints, signed, *([broken] if crossing.broken else [])]
    return {
        "number": speak.count(number),
        "signed": signed,
        "part": round(crossing.signed / number, 3),
        "broken": broken if crossing.broken else "",
        "told": f"{', '.join(where)}: {', '.join(told)}",
    }


def crossing_rows(found: Sequence[Crossing], view: JourneyView) -> Iterator[dict[str, object]]:
    """Yield one row for each stage on each of its channels."""
    speak = view.speak
    for crossing in found:
        yield {
            speak(N_("Stage")): view.names.of("stage", crossing.stage),
            speak(N_("Channel")): view.names.of("channel", crossing.channel),
            speak(N_("Touchpoints")): len(crossing.stops),
            speak(N_("With a signature")): crossing.signed,
            speak(N_("To mend")): crossing.broken,
        }
