"""The engine and the oracle asked the same: where they differ, and what they were asked.

`ORACLE_CASES` says how many cases a kind the tests draw (60), `ORACLE_SEED` where they start (0).
A difference is told on the smallest part of its workspace; with `ORACLE_SHRINK=0`, where only
that there is one matters, on the whole.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest

from charter.checker import check
from charter.workspace import InvalidWorkspace, read_files

from . import generate, replay
from .definitions import Record
from .shrink import shrunk
from .verdicts import TODAY, Verdict, verdicts

CASES = int(os.environ.get("ORACLE_CASES", "60"))
FIRST_SEED = int(os.environ.get("ORACLE_SEED", "0"))
SEEDS = range(FIRST_SEED, FIRST_SEED + CASES)
IS_SHRUNK = os.environ.get("ORACLE_SHRINK", "1") != "0"

System = Callable[[Record], list[Verdict]]


def engine(workspace: Record) -> list[Verdict]:
    """Return the verdicts of the system under test."""
    return engine_on(generate.files(workspace))


def engine_on(files: dict[str, str], *, measure: bool | None = None) -> list[Verdict]:
    """Return the verdicts of the system under test on a workspace's files, by name."""
    report = check(read_files(files), today=TODAY, measure=measure)
    return [Verdict.of(verdict) for verdict in report.verdicts]


def difference(system: System, workspace: Record) -> str | None:
    """Return the first thing on which the system and the oracle differ, if any."""
    return first_difference(verdicts(workspace), system(workspace))


def first_difference(right: Iterable[Verdict], given: Iterable[Verdict]) -> str | None:
    pairs = zip_longest(right, given)
    for number, (expected, said) in enumerate(pairs):
        if expected is None or not expected.agrees_with(said):
            return f"verdict {number}\n  oracle: {expected}\n  engine: {said}"
    return None


def differs(system: System, workspace: Record) -> bool:
    """Return whether the two differ on a workspace that both can read."""
    try:
        return difference(system, workspace) is not None
    except (InvalidWorkspace, LookupError, TypeError, AttributeError, NotImplementedError):
        return False


def told_on_the_smallest_part(system: System, workspace: Record) -> str:
    """Return a difference with the smallest part of the workspace on which there still is one."""
    smallest = workspace
    if IS_SHRUNK:
        smallest = shrunk(workspace, lambda smaller: differs(system, smaller))
    files = generate.files(smallest, generate.as_yaml)
    shown = "\n".join(f"# {name}\n{text}" for name, text in files.items())
    return f"on the smallest part: {difference(system, smallest)}\n{shown}"


@lru_cache(maxsize=10_000)
def right_verdicts(kind: str, seed: int) -> list[Verdict]:
    """Return what the oracle says, worked out once for all systems that are held against it."""
    return verdicts(generate.workspace(kind, seed))


@dataclass
class Tally:
    """What came of comparing some workspaces of a kind.

    Attributes:
        verdicts: How often each verdict was given.
        replayed: How many witnesses the separate checker confirmed or refused.
        differences: What was wrong, each with the seed that shows it.
    """

    workspaces: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    replayed: int = 0
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.workspaces += other.workspaces
        self.verdicts += other.verdicts
        self.replayed += other.replayed
        self.seconds += other.seconds
        self.differences += other.differences


def compared(system: System, kind: str, seeds: Iterable[int]) -> Tally:
    """Compare the system with the oracle on a workspace a seed, and replay its witnesses."""
    tally = Tally()
    began = time.perf_counter()
    for seed in seeds:
        workspace = generate.workspace(kind, seed)
        right, given = right_verdicts(kind, seed), system(workspace)
        tally.workspaces += 1
        tally.verdicts.update(verdict.verdict for verdict in given)
        where = f"{kind}, ORACLE_SEED={seed}"
        if first_difference(right, given) is not None:
            tally.differences.append(f"{where}, {told_on_the_smallest_part(system, workspace)}")
        for verdict in given:
            if verdict.witness is not None:
                tally.replayed += 1
                objections = replay.objections(workspace, verdict)
                if objections:
                    tally.differences.append(f"{where}, witness refused: {objections}\n  {verdict}")
    tally.seconds = time.perf_counter() - began
    return tally
