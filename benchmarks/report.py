"""How the comparison is told: its tables, and the page in docs/ with them."""

from __future__ import annotations

import datetime
import os
import platform
import signal
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from benchmarks.picture import Line, draw
from benchmarks.tables import figures, megabytes, seconds, table
from benchmarks.tool import OUT_OF_MEMORY, PATIENCE, TOOLS, Tool

QUESTION = """\
For each of 8 segments and 12 markers: is there a path of the segment that avoids the marker? That
is, with the touchpoints taken away that carry the marker for the segment, does what is open to the
segment still lead from an entry to an exit? 96 questions about one layered journey: three
transitions a touchpoint, 4 % of them leading back, a third of them open to two segments at most.

Each tool runs in a process of its own on the same arrays. The time is what answering takes once
the journey is in the tool's own form; in parentheses, how many times ours that is. Ours includes
the verdicts with their shortest witnesses; the peers only say yes or no. All answers were compared
in the run: one that differs fails it."""

BUSY = 1.2
"""Time over processor time, from which on a run is said to have been disturbed."""

LEFT_OUT = """\
pm4py is left out: it checks event logs against models, and its nearest check of a model alone (the
reachability graph of a Petri net, with one token) is a search by networkx after another
translation."""


@dataclass(frozen=True)
class Result:
    """How one tool did at one size.

    Attributes:
        name: Which of `TOOLS`.
        found: What `benchmarks.tool` printed; None where it was ended, or failed.
        status: The exit status of its process, negative for the signal that ended it.
    """

    name: str
    size: int
    found: Mapping[str, object] | None
    status: int = 0

    @property
    def tool(self) -> Tool:
        """The tool."""
        return TOOLS[self.name]

    @property
    def missing(self) -> list[str]:
        """What isn't installed that it needs."""
        return list(self.found.get("missing", [])) if self.found else []  # type: ignore[call-overload]

    @property
    def is_complete(self) -> bool:
        """Whether it answered in time."""
        return bool(self.found and self.found.get("is-complete"))

    @property
    def avoided(self) -> dict[tuple[int, int], bool]:
        """By segment and marker asked, whether some path avoids the marker."""
        told = self.found.get("avoided", []) if self.found else []
        return {(segment, marker): bool(avoided) for segment, marker, avoided in told}  # type: ignore[attr-defined]

    def number(self, what: str) -> float:
        """Return a figure that was found; `KeyError` where there is none."""
        return float(str((self.found or {})[what]))

    @property
    def is_over_time(self) -> bool:
        """Whether it was given up because it took too long."""
        stopped = self.found is not None and self.found.get("is-complete") is False
        return stopped or self.status == -signal.SIGALRM

    @property
    def failure(self) -> str:
        """Why there is no answer, in few words."""
        if self.missing:
            return "not installed"
        if self.found and self.found.get("note") == OUT_OF_MEMORY:
            return OUT_OF_MEMORY
        return f"> {self.tool.patience} s" if self.is_over_time else "failed"


def line(result: Result) -> str:
    """Return a line that tells how far the run is."""
    told = f"{result.size:>11,}  {result.tool.name:<28}"
    if not result.is_complete:
        note = f" ({result.found['note']})" if result.found and "note" in result.found else ""
        return told + result.failure + note
    return (
        f"{told}{seconds(result.number('answering')):>8}  loaded in "
        f"{seconds(result.number('loading'))}, {megabytes(result.number('megabytes'))}, "
        f"{seconds(result.number('processor'))} of a processor"
        f"  {(result.found or {})['note']}"
    )


def _grid(results: Iterable[Result], sizes: Sequence[int], cell: Callable[[Result], str]) -> str:
    by_place = {(result.name, result.size): result for result in results}
    rows = []
    for name in dict.fromkeys(result.name for result in results):
        cells = []
        for size in sizes:
            result = by_place.get((name, size))
            cells.append(cell(result) if result else "")
        if any(cells):
            rows.append([TOOLS[name].name, *cells])
    return table(["touchpoints", *(f"{size:,}" for size in sizes)], rows)


def compared(results: Sequence[Result], sizes: Sequence[int]) -> str:
    """Return the section that compares the tools."""
    ours = {r.size: r.number("answering") for r in results if r.name == "ours" and r.is_complete}

    def time(result: Result) -> str:
        if not result.is_complete:
            return result.failure
        took = result.number("answering")
        is_ours = result.name == "ours" or result.size not in ours
        return seconds(took) + ("" if is_ours else f" ({figures(took / ours[result.size])}×)")

    def figure(what: str, told: Callable[[float], str]) -> Callable[[Result], str]:
        return lambda r: told(r.number(what)) if r.found and what in r.found else ""

    listed = [result for result in results if result.tool.sizes is None]
    several = [result for result in results if result.tool.sizes is not None]
    parts = [
        "## The question that all answer",
        QUESTION,
        _grid(listed, sizes, time),
    ]
    if several:
        rows = [[f"{r.size:,}", time(r), str((r.found or {}).get("note", ""))] for r in several]
        parts += [
            "Listing all paths, as people do first, for one segment and one marker (networkx, "
            "`all_simple_paths`):",
            table(["touchpoints", "time", "paths"], rows),
        ]
    parts += [
        "Peak memory of the process, its imports included:",
        _grid(results, sizes, figure("megabytes", megabytes)),
        "Bringing the journey into the tool's own form, not counted above (ours: building "
        "touchpoints and transitions as objects, and their open graph; SPIN: writing, "
        "translating and compiling a model):",
        _grid(results, sizes, figure("loading", seconds)),
        "Importing the tool, not counted either:",
        _grid([r for r in results if r.size == sizes[0]], sizes[:1], figure("importing", seconds)),
        "Ours, part by part. “Paths” keeps what lies on paths; “verdicts” is what touchpoints show "
        "and what is told. The first three are done once a journey, for all rules:",
        _parts([r for r in results if r.name == "ours" and r.size in sizes]),
        LEFT_OUT,
    ]
    missing = {m: r.tool for r in results for m in r.missing}
    for what, tool in missing.items():
        parts.append(f"{tool.name} was left out: {what} isn't installed here ({tool.advice}).")
    return "\n\n".join(parts)


def _parts(ours: Sequence[Result]) -> str:
    """Return what each part of ours takes."""
    found = [(r.size, r.found["parts"]) for r in ours if r.found and r.is_complete]
    names = list(found[0][1]) if found else []  # type: ignore[call-overload]
    rows = [[name, *(seconds(parts[name]) for _, parts in found)] for name in names]  # type: ignore[index]
    return table(["touchpoints", *(f"{size:,}" for size, _ in found)], rows)


def machine(results: Sequence[Result]) -> str:
    """Return on what, and with what, it was run, and whether that was busy with other work."""
    packages = sorted({tool.package for tool in TOOLS.values() if tool.package} | {"numpy"})
    versions = []
    for package in packages:
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            continue
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    answered = [result for result in results if result.is_complete]
    waiting = sum(r.number("answering") for r in answered) / sum(
        r.number("processor") for r in answered
    )
    busy = (
        f" The machine was busy with other work: answers took {figures(waiting)} times as long as "
        "a processor worked for them."
        if waiting > BUSY
        else ""
    )
    return (
        f"Run on {datetime.date.today():%Y-%m-%d} with `make bench` on {os.cpu_count()} cores and "
        f"{memory:.0f} GB of memory ({platform.system()}, {platform.machine()}), Python "
        f"{platform.python_version()}, {', '.join(versions)}. Figures are of one run: read ratios "
        f"and growth, not promises.{busy}"
    )


def write(folder: Path, parts: Sequence[str], results: Sequence[Result]) -> None:
    """Write the page and its picture."""
    folder.mkdir(exist_ok=True)
    draw(folder / "benchmarks.svg", _lines(results), PATIENCE)
    text = [
        "# Benchmarks",
        textwrap.fill(machine(results), 100, break_on_hyphens=False),
        "![Seconds over touchpoints, a line for each tool](benchmarks.svg)",
        *parts,
    ]
    (folder / "benchmarks.md").write_text("\n\n".join(text) + "\n", encoding="utf-8")


def _lines(results: Sequence[Result]) -> dict[str, Line]:
    """Return what is drawn of each tool."""
    found = {}
    for name, tool in TOOLS.items():
        asked = [result for result in results if result.name == name]
        answered = [(r.size, r.number("answering")) for r in asked if r.is_complete]
        slow = [r.size for r in asked if r.is_over_time]
        found[name] = Line(tool.name, answered, min(slow, default=None))
    return found
