"""What reading a workspace costs, beside PyYAML's fastest loader with plain pydantic models.

``python -m benchmarks.read [TOUCHPOINTS ...]`` reads the same generated journey in several ways and
prints the milliseconds of each, the fewest of several runs, and the memory that the result holds.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forgot it

from benchmarks.generate import workspace
from benchmarks.tables import table
from charter.workspace import read_files
from journeys.model import Journey, Tag, Touchpoint, Transition
from journeys.source import read

SIZES = (100, 1_000, 10_000)
RUNS = 5
WEIGHED = 1_000
"""Touchpoints at most when memory is measured, which is slow and the same for each."""
FILE = "journeys/generated.yaml"
TEXT = """\
## Reading

The same generated journey read in several ways: the milliseconds that a processor works for each,
the fewest of several runs, and the memory that the result holds.

- `events`: libyaml's events through PyYAML, thrown away; nothing that uses it can be faster
- `nodes`: our values with their places, from those events
- `workspace`: all of reading: nodes, ids, references, typed journeys that know their places
- `CSafeLoader`: PyYAML's own fastest loader, without places
- `+ pydantic`: its plain values in plain pydantic models; ids looked at, references not
- `in code`: as many touchpoints and transitions made without YAML"""

PlainId = Annotated[str, StringConstraints(pattern="^[a-z0-9][a-z0-9-]*$", max_length=200)]
PlainShares = float | dict[PlainId, float]


class Plain(BaseModel):
    """The fields that generated journeys use, in pydantic as it comes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlainTag(Plain):
    marker: PlainId
    segments: tuple[PlainId, ...] | None = None


class PlainTransition(Plain):
    to: PlainId
    share: PlainShares | None = None
    segments: tuple[PlainId, ...] | None = None


class PlainTouchpoint(Plain):
    id: PlainId
    name: str | None = None
    stage: PlainId
    channel: PlainId
    entry: bool = False
    emotion: int | None = None
    exit: PlainId | None = None
    ends: PlainShares | None = None
    markers: tuple[PlainId | PlainTag, ...] = ()
    next: tuple[PlainId | PlainTransition, ...] = ()


class PlainJourney(Plain):
    journey: PlainId
    touchpoints: Annotated[tuple[PlainTouchpoint, ...], Field(min_length=1)]


def events(content: bytes) -> None:
    """Go through the events of ``content``."""
    parser = CParser(content)
    while type(parser.get_event()) is not yaml.StreamEndEvent:
        pass
    parser.dispose()


def in_code(touchpoints: int) -> Journey:
    """Return a journey of as many touchpoints and tags, and three transitions each."""
    ids = [f"t{index}" for index in range(touchpoints)]

    def touchpoint(index: int) -> Touchpoint:
        one, two, three = (ids[(index * factor + 1) % touchpoints] for factor in (2, 3, 5))
        return Touchpoint.of(
            ids[index],
            name=f"Touchpoint {index}",
            stage="stage-0",
            channel="channel-0",
            markers=[] if index % 3 else ["marker-0", Tag.of("marker-1", segments=("segment-0",))],
            next=[
                one,
                Transition.of(two, share=30),
                Transition.of(three, segments=("segment-0", "segment-1")),
            ],
        )

    return Journey.of("generated", map(touchpoint, range(touchpoints)))


def ways(touchpoints: int) -> dict[str, Callable[[], Any]]:
    """Return each way to read, by name."""
    files = {name: text.encode() for name, text in workspace(touchpoints).items()}
    content = files[FILE]
    return {
        "events": lambda: events(content),
        "nodes": lambda: read(content, FILE),
        "workspace": lambda: read_files(files),
        "CSafeLoader": lambda: yaml.load(content, yaml.CSafeLoader),
        "+ pydantic": lambda: PlainJourney.model_validate(yaml.load(content, yaml.CSafeLoader)),
        "in code": lambda: in_code(touchpoints),
    }


def milliseconds(way: Callable[[], Any]) -> float:
    """Return the milliseconds that ``way`` takes, garbage collection included."""
    taken = []
    for _ in range(RUNS):
        gc.collect()
        start = time.process_time()
        result = way()
        taken.append(time.process_time() - start)
        del result
    return min(taken) * 1000


def bytes_held(way: Callable[[], Any]) -> int:
    """Return how many bytes what ``way`` returns holds."""
    way()  # what is made once and kept is nobody's cost
    gc.collect()
    tracemalloc.start()
    try:
        result = way()
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    del result
    return held


def section(sizes: Sequence[int]) -> str:
    """Return the table of what each way takes and holds at each size."""
    rows = []
    for size in sizes:
        found = ways(size)
        taken = {name: milliseconds(way) for name, way in found.items()}
        weighed = min(size, WEIGHED)
        held = {name: bytes_held(way) / weighed for name, way in ways(weighed).items()}
        for name, took in taken.items():
            each, ratio = took * 1000 / size, took / taken["+ pydantic"]
            figures = f"{took:,.1f}", f"{each:.1f}", f"{held[name]:,.0f}", f"{ratio:.2f}×"
            rows.append([f"{size:,}", name, *figures])
    heads = ["touchpoints", "way", "ms", "µs a touchpoint", "bytes a touchpoint", "to + pydantic"]
    return f"{TEXT}\n\n{table(heads, rows)}"


if __name__ == "__main__":
    print(section([int(size) for size in sys.argv[1:]] or SIZES))
