"""One tool on one journey, in a process of its own, so that its memory and its end are its own.

``python -m benchmarks.tool TOOL FILE`` prints what it found as JSON. A tool that takes longer than
its time is ended by the alarm clock of the system, whatever code it is in.
"""

from __future__ import annotations

import importlib
import json
import resource
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60
"""Seconds that a peer may take to answer; at larger journeys it isn't asked any more."""
PATIENCE_TO_LOAD = 300
"""Seconds that a tool may take to bring the journey into its own form."""
GRACE = 5
"""Seconds more, for a tool that looks at the clock itself to say how far it came."""
ROUNDS = 5
"""Most times that a small journey is asked about; the quickest counts."""
OUT_OF_MEMORY = "out of memory"


@dataclass(frozen=True)
class Tool:
    """Something that is asked.

    Attributes:
        name: What it is called in tables.
        function: The module and function that load a journey into it.
        imports: The modules that it needs; importing them is told apart.
        package: What gives its version.
        programs: The programs that it needs, and the Debian packages that have them.
        sizes: The only sizes it is asked at; None for all.
        patience: Seconds that it may take to answer.
    """

    name: str
    function: str
    imports: tuple[str, ...]
    package: str | None = None
    programs: tuple[str, ...] = ()
    sizes: tuple[int, ...] | None = None
    patience: int = PATIENCE

    @property
    def advice(self) -> str:
        """How to install it."""
        return (
            f"on Debian: apt-get install {' '.join(self.programs)}"
            if self.programs
            else "make bench"
        )


TOOLS = {
    "ours": Tool("ours", "benchmarks.ours:carries", ("charter.checker",), patience=600),
    "networkx-paths": Tool(
        "networkx, all simple paths",
        "benchmarks.peers:networkx_paths",
        ("networkx",),
        "networkx",
        sizes=(20, 40, 60, 80, 100),
    ),
    "networkx": Tool(
        "networkx, remove and search",
        "benchmarks.peers:networkx_removal",
        ("networkx",),
        "networkx",
    ),
    "clingo": Tool("clingo", "benchmarks.peers:clingo_rules", ("clingo",), "clingo"),
    "spin": Tool("SPIN", "benchmarks.peers:spin_model", (), programs=("spin", "gcc")),
    "rustworkx": Tool(
        "rustworkx", "benchmarks.peers:rustworkx_removal", ("rustworkx",), "rustworkx"
    ),
    "igraph": Tool("igraph", "benchmarks.peers:igraph_removal", ("igraph",), "igraph"),
    "scipy": Tool(
        "scipy, a search per pair",
        "benchmarks.peers:scipy_per_pair",
        ("scipy.sparse.csgraph",),
        "scipy",
    ),
    "limit": Tool(
        "scipy, one search", "benchmarks.peers:scipy_once", ("scipy.sparse.csgraph",), "scipy"
    ),
    "check": Tool(
        "ours, the whole check", "benchmarks.ours:whole_check", ("charter.checker",), patience=600
    ),
}


def ask(tool: Tool, file: Path) -> dict[str, object]:
    """Return what a tool found in the journey in ``file``, and what that took.

    Small journeys are asked several times, each time from the start, and the quickest told.
    """
    missing = [program for program in tool.programs if not shutil.which(program)]
    started = time.perf_counter()
    try:
        for module in tool.imports:
            importlib.import_module(module)
    except ModuleNotFoundError as error:
        missing.append(str(error.name))
    if missing:
        return {"missing": missing}
    importing = time.perf_counter() - started

    from benchmarks.generate import RandomJourney

    module, name = tool.function.split(":")
    load = getattr(importlib.import_module(module), name)
    journey = RandomJourney.load(file)
    runs = []
    while len(runs) < ROUNDS and sum(loading + answering for loading, answering, *_ in runs) < 1:
        signal.alarm(PATIENCE_TO_LOAD)
        loaded = time.perf_counter()
        answer = load(journey)
        signal.alarm(tool.patience + GRACE)
        asked, worked = time.perf_counter(), processor_time()
        answers = answer()
        answered = time.perf_counter() - asked
        runs.append((asked - loaded, answered, processor_time() - worked, answers))
        signal.alarm(0)
    loading, answering, processor, answers = min(runs, key=lambda run: run[1])
    return {
        "importing": importing,
        "loading": loading,
        "answering": answering,
        "processor": processor,
        "is-complete": answers.is_complete and answering <= tool.patience,
        "parts": answers.seconds,
        "note": answers.note,
        "avoided": sorted([*pair, avoided] for pair, avoided in answers.avoided.items()),
        "megabytes": peak_memory(),
    }


def processor_time() -> float:
    """Return the seconds that processors have worked for this process and its children."""
    each = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, each))


def peak_memory() -> float:
    """Return the most memory in MB that this process, or the largest of its children, has held."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    each = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in each) / unit


if __name__ == "__main__":
    print(json.dumps(ask(TOOLS[sys.argv[1]], Path(sys.argv[2]))))
