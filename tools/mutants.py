"""Break the prover on purpose, in many small ways, and see that the tests notice.

``python -m tools.mutants`` works in a copy of the project under ``build/mutation``. Which files
are mutated, and which tests judge the mutants, stands in pyproject.toml under ``tool.mutmut``.
Words after the command are patterns of mutants, such as ``journeys.prove.*``; none means all.

Exit status: 0 where the tests kill as many as asked, 1 where they don't, 2 where it could not run.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
WORKSHOP = ROOT / "build" / "mutation"
LOG = WORKSHOP / "mutmut.log"
COPIED = (
    "benchmarks",
    "charter",
    "docs",
    "journeys",
    "samples",
    "tests",
    "tools",
    "pyproject.toml",
)

LEAST_KILLED = 0.9
"""The share of mutants that the tests must kill."""
MOST_MEMORY = 4 << 30
"""Bytes a mutant may take: one that forgets where it has been would take all there are."""

ENVIRONMENT = {
    "CI": "1",  # Hypothesis tries the same cases each time.
    "MEASURE_CASES": "12",
    "ORACLE_CASES": "15",
    "ORACLE_SHRINK": "0",
}

# mutmut leaves what is decorated alone; a property's body is put into a method for it to find.
PROPERTY = re.compile(r"^    @(property|cached_property)\n    def (\w+)(?=\(self\))", re.MULTILINE)
OPENED_UP = r"    \2 = \1(lambda self: self.of_\2())\n\n    def of_\2"
# How a broken rule is told proves nothing; the scenarios hold it, word by word.
SENTENCES = re.compile(r"\) -> Sentences:$", re.MULTILINE)
LEFT_ALONE = r"\g<0>  # pragma: no mutate block"
# A guard against what can't be: without it nothing changes, so no test can miss it.
STRICT = re.compile(r", strict=True\)")


class Mutant(NamedTuple):
    """A small change to the code, and what became of it."""

    name: str
    status: str

    @property
    def file(self) -> str:
        """The file that it changes."""
        return re.split(r"\.x[_ǁ]", self.name)[0].replace(".", "/") + ".py"

    @property
    def is_killed(self) -> bool:
        """Whether a test failed, or came to no end."""
        return self.status in ("killed", "timeout", "segfault")


def main(patterns: Sequence[str]) -> int:
    """Run the mutants, print the survivors and the figures, and return the exit status."""
    started = time.monotonic()
    set_up_workshop()
    # Not everywhere may memory be limited.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    say(f"Running mutants. How far it is: tail -f {LOG.relative_to(ROOT)}")
    with LOG.open("w", encoding="utf-8") as log:
        if mutmut("run", *patterns, output=log).returncode != 0:
            say(f"mutmut could not run; {LOG.relative_to(ROOT)} says why.")
            return 2
    mutants = [
        mutant
        for mutant in results()
        if not patterns or any(fnmatchcase(mutant.name, pattern) for pattern in patterns)
    ]
    for mutant in mutants:
        # On a busy machine what took too long may have survived, so it is shown too.
        if not mutant.is_killed or mutant.status == "timeout":
            say(f"{mutant.status}: {mutant.name}\n{changed_lines(mutant)}\n")
    say("\n".join(figures(mutants)))
    say(f"in {(time.monotonic() - started) / 60:.0f} minutes")
    return 0 if sum(m.is_killed for m in mutants) >= LEAST_KILLED * len(mutants) else 1


def set_up_workshop() -> None:
    """Copy the project, with properties opened up in what is mutated."""
    shutil.rmtree(WORKSHOP, ignore_errors=True)
    for name in COPIED:
        source, copy = ROOT / name, WORKSHOP / name
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name in settings["tool"]["mutmut"]["only_mutate"]:
        path = WORKSHOP / name
        text = PROPERTY.sub(OPENED_UP, path.read_text(encoding="utf-8"))
        text = STRICT.sub(")", SENTENCES.sub(LEFT_ALONE, text))
        path.write_text(text, encoding="utf-8")


def mutmut(
    *words: str, output: IO[str] | int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run mutmut in the workshop."""
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *words],
        cwd=WORKSHOP,
        env=os.environ | ENVIRONMENT,
        check=False,
        encoding="utf-8",
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def results() -> Iterator[Mutant]:
    """Yield every mutant."""
    for line in mutmut("results", "--all", "true").stdout.splitlines():
        name, _, status = line.strip().partition(": ")
        yield Mutant(name, status)


def changed_lines(mutant: Mutant) -> str:
    """Return the lines that a mutant changes, before and after."""
    shown = mutmut("show", mutant.name).stdout.splitlines()
    return "\n".join(line for line in shown if re.match(r"[-+](?![-+]{2} )", line))


def figures(mutants: Sequence[Mutant]) -> Iterator[str]:
    """Yield the lines of a table, a file a line."""
    files = sorted({mutant.file for mutant in mutants})
    width = max(len(file) for file in [*files, "all"])
    yield f"{'':{width}}  mutants  killed  timed out  survived"
    for file in [*files, "all"]:
        counted = [mutant for mutant in mutants if file in (mutant.file, "all")]
        statuses = Counter(mutant.status for mutant in counted)
        killed = sum(mutant.is_killed for mutant in counted)
        yield (
            f"{file:{width}}  {len(counted):7}  {killed / len(counted):6.1%}"
            f"  {statuses['timeout']:9}  {len(counted) - killed:8}"
        )


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
