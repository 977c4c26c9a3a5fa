"""A workspace as large as a house's: one journey of 60 touchpoints, for three segments."""

from __future__ import annotations

from pathlib import Path

STAGES = ("discover", "choose", "buy", "receive", "use", "return")
CHANNELS = ("store", "web", "phone", "email")
SEGMENTS = ("newcomer", "regular", "loyal")
MARKERS = ("named-host", "plain-words", "one-promise", "farewell", "remembered", "no-repeat")
ACROSS = 10
"""Touchpoints of a stage."""
TOUCHPOINTS = tuple(f"t{number}" for number in range(len(STAGES) * ACROSS))


def _listed(ids: tuple[str, ...], more: str = "") -> str:
    return "\n".join(f"  - {{id: {each}, name: {each.capitalize()}{more}}}" for each in ids)


def _charter() -> str:
    return f"""\
charter: 1
brand: Maison Visited
promise: Every customer is received as a guest.
values:
  - {{id: hospitality, name: Hospitality}}
channels:
{_listed(CHANNELS)}
segments:
{_listed(SEGMENTS)}
stages:
{_listed(STAGES)}
markers:
{_listed(MARKERS, ", values: [hospitality]")}
rules:
  - {{id: host-everywhere, kind: carries, markers: [named-host]}}
  - {{id: words-everywhere, kind: carries, markers: [plain-words]}}
  - {{id: ends-well, kind: closes-with, markers: [farewell]}}
  - {{id: never-long-without, kind: no-gap, any-of: signature, longest: 3}}
"""


def _touchpoint(number: int) -> str:
    stage, place = divmod(number, ACROSS)
    onward = [f"t{number + step}" for step in (ACROSS, ACROSS + 1) if number + step < 60]
    if place and place % 4 == 0:
        onward.append(f"t{number - 1}")
    carried = [marker for at, marker in enumerate(MARKERS) if (number * 5 + at * 7) % 4 == 0]
    keys = [
        f"id: {TOUCHPOINTS[number]}",
        f"name: Moment {number}",
        f"stage: {STAGES[stage]}",
        f"channel: {CHANNELS[(number + stage) % len(CHANNELS)]}",
        f"markers: [{', '.join(carried)}]",
        f"next: [{', '.join(onward)}]",
        *(["entry: true"] if stage == 0 else []),
        *(["exit: done"] if stage == len(STAGES) - 1 else []),
    ]
    return f"  - {{{', '.join(keys)}}}"


def write_workspace(folder: Path) -> None:
    """Write the workspace into a new folder."""
    (folder / "journeys").mkdir(parents=True)
    (folder / "charter.yaml").write_text(_charter(), encoding="utf-8")
    touchpoints = "\n".join(map(_touchpoint, range(len(TOUCHPOINTS))))
    journey = f"journey: visit\nname: A visit\ntouchpoints:\n{touchpoints}\n"
    (folder / "journeys" / "visit.yaml").write_text(journey, encoding="utf-8")
