"""Us and the peers, on the same generated journeys, in one run.

``python -m benchmarks [TOUCHPOINTS ...]`` prints the tables; without sizes it asks at all of them,
and writes docs/benchmarks.md and docs/benchmarks.svg. It fails where two tools disagree.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks import check, diff, growth, plan, read, report
from benchmarks.report import Result
from benchmarks.tool import TOOLS

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COMMAND_LIMIT = 10_000
"""Most touchpoints of a journey that is written as YAML and checked by the command."""

PLAN_LIMIT = 2_000
"""Most touchpoints of a journey that is planned for."""


class Disagreement(Exception):
    """Two tools gave different answers to one question."""


def run(name: str, file: Path, size: int, scratch: Path) -> Result:
    """Ask one tool in a process of its own, which is ended with all that it started."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.tool", name, str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(scratch)},
        start_new_session=True,
    ) as process:
        try:
            told, errors = process.communicate()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    found = json.loads(told) if process.returncode == 0 else None
    if found is None and process.returncode != -signal.SIGALRM:
        print(f"{TOOLS[name].name} failed:\n{errors}", file=sys.stderr)
    return Result(name, size, found, process.returncode)


def results(sizes: Sequence[int], tools: Sequence[str]) -> Iterator[Result]:
    """Yield how each tool does at each size, smallest first, until it gives up.

    Raises:
        Disagreement: A tool answers otherwise than another did.
    """
    given_up: set[str] = set()
    few = {size for name in tools for size in TOOLS[name].sizes or () if size <= max(sizes)}
    for size in sorted({*sizes, *few}):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "journey.npz"
            command = [sys.executable, "-m", "benchmarks.generate", str(size), str(file)]
            subprocess.run(command, check=True, cwd=ROOT)
            known: dict[tuple[int, int], bool] = {}
            for name in tools:
                # We are asked at all, so that there is an answer to compare with.
                is_asked = name == "ours" or size in (TOOLS[name].sizes or sizes)
                if name in given_up or not is_asked:
                    continue
                result = run(name, file, size, Path(folder))
                for pair, avoided in result.avoided.items():
                    if known.setdefault(pair, avoided) != avoided:
                        raise Disagreement(
                            f"{TOOLS[name].name} disagrees at {size:,} touchpoints on segment "
                            f"{pair[0]} and marker {pair[1]}: it says {avoided}."
                        )
                if not result.is_complete:
                    given_up.add(name)
                yield result


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for, print it, and write it down where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("touchpoints", nargs="*", type=int)
    parser.add_argument("--tools", nargs="+", default=list(TOOLS), choices=list(TOOLS))
    parser.add_argument("--write", type=Path, help="the folder to write to")
    asked = parser.parse_args(arguments)
    sizes = tuple(sorted(asked.touchpoints or SIZES))
    folder = asked.write or (None if asked.touchpoints else DOCS)

    found = []
    try:
        for result in results(sizes, asked.tools):
            found.append(result)
            print(report.line(result), file=sys.stderr, flush=True)
    except Disagreement as disagreement:
        print(disagreement, file=sys.stderr)
        return 1
    if not all(result.is_complete for result in found if result.name == "ours"):
        print("Ours did not answer everything.", file=sys.stderr)
        return 1
    compared = report.compared(found, sizes)
    print(compared)
    parts = [compared]
    written = [size for size in sizes if size <= COMMAND_LIMIT]
    asked_of_files = (check.section, diff.section, read.section) if written else ()
    for section in (growth.section(sizes), *(of(written) for of in asked_of_files)):
        print(f"\n{section}", flush=True)
        parts.append(section)
    planned = plan.section([size for size in asked.touchpoints or plan.SIZES if size <= PLAN_LIMIT])
    print(f"\n{planned}", flush=True)
    parts.append(planned)
    if folder is not None:
        report.write(folder, parts, found)
    return 0


if __name__ == "__main__":
    # Whoever ends the run ends the tool that it is waiting for as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main(sys.argv[1:]))
