"""Compares the engine with the oracle at length: ``python -m tests.oracle.long_run 10000``.

Workspaces of every kind are drawn from consecutive seeds and shared out among processes. A table
says what was compared; each difference is told with its seed and the smallest part of the
workspace that still shows it, and makes the exit status 1. A run that is interrupted tells what it
compared so far, and ends with 2.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Iterator

from . import generate
from .comparison import Tally, compared, engine

BATCH = 100
"""How many workspaces are handed to a process at once."""
WORDS = ("holds", "broken", "vacuous", "inconclusive")

Task = tuple[str, range]


def tasks(kinds: list[str], seeds: range) -> Iterator[Task]:
    """Give all kinds the same first seeds, then the next, so that a run cut short has them all."""
    for first in range(seeds.start, seeds.stop, BATCH):
        for kind in kinds:
            yield kind, range(first, min(first + BATCH, seeds.stop))


def done(task: Task) -> tuple[str, Tally]:
    kind, seeds = task
    try:
        return kind, compared(engine, kind, seeds)
    except Exception:  # An engine that fails is told with its seeds, and the run goes on.
        told = f"{kind}, a seed of {seeds}:\n{traceback.format_exc()}"
        return kind, Tally(differences=[told])


def begin() -> None:
    """Prepare a process: who interrupts the run speaks to the one that shares out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is imported lasts: the many short collections needn't look at it again.
    gc.freeze()


def table(tallies: dict[str, Tally]) -> Iterator[str]:
    """Give the lines of the table, a kind each, and their sum."""
    heads = ("workspaces", *WORDS, "replayed", "differences", "seconds")
    yield f"{'kind':18}" + "".join(f"{head:>14}" for head in heads)
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    for kind, tally in {**tallies, "all": total}.items():
        verdicts = [tally.verdicts[word] for word in WORDS]
        numbers = (tally.workspaces, *verdicts, tally.replayed, len(tally.differences))
        cells = "".join(f"{number:14,}" for number in numbers)
        yield f"{kind:18}{cells}{tally.seconds:14.1f}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.long_run", description=__doc__)
    parser.add_argument("cases", type=int, help="how many workspaces a kind")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="+", choices=generate.KINDS, default=list(generate.KINDS))
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    if asked.cases < 1:
        parser.error("at least one case is needed to say anything")
    seeds = range(asked.first_seed, asked.first_seed + asked.cases)
    tallies = {kind: Tally() for kind in asked.kinds}
    is_interrupted = False
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    with multiprocessing.get_context("spawn").Pool(asked.processes, begin) as pool:
        try:
            for kind, tally in pool.imap_unordered(done, tasks(asked.kinds, seeds)):
                tallies[kind].add(tally)
                for difference in tally.differences:
                    print(difference, flush=True)
        except KeyboardInterrupt:
            is_interrupted = True
            for impatience in (signal.SIGINT, signal.SIGTERM):
                signal.signal(impatience, signal.SIG_IGN)
    print(f"Seeds {seeds.start} to {seeds.stop - 1} of each kind, {asked.processes} processes.")
    print("\n".join(table(tallies)))
    if any(tally.differences for tally in tallies.values()):
        return 1
    return 2 if is_interrupted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
