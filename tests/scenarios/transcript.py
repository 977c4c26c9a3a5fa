"""Scenarios read, run, and told as `expected.txt` tells them."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from charter.cli import main

SCENARIOS = Path(__file__).parent
ROOT = SCENARIOS.parent.parent
EXPECTED = "expected.txt"
PROMPT = "$ charter "
GIVEN_MARK = "given: "

# What a run may be told by its surroundings, always the same.
ENVIRONMENT = {
    "COLUMNS": "80",
    "LANG": "C.UTF-8",
    "LANGUAGE": "en",
    "NO_COLOR": "1",
    "PYTHONPATH": str(ROOT),
    "PYTHONIOENCODING": "utf-8",
}

State = Mapping[str, bytes | str]
"""The files, links and folders below a folder, by name."""


@dataclass(frozen=True)
class Run:
    """What a command did."""

    status: int
    stdout: str
    stderr: str
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """A scenario as written in its folder.

    Attributes:
        heading: Everything before the first command.
        given: What is prepared before it.
        commands: The words behind ``charter``, as written.
    """

    name: str
    heading: str
    given: tuple[str, ...]
    commands: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return SCENARIOS / self.name

    @property
    def expected(self) -> str:
        return (self.folder / EXPECTED).read_text(encoding="utf-8")


def scenarios() -> list[Scenario]:
    """Return every scenario, by name."""
    return [read(file.parent.name) for file in sorted(SCENARIOS.glob(f"*/{EXPECTED}"))]


def read(name: str) -> Scenario:
    lines = (SCENARIOS / name / EXPECTED).read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith(PROMPT)]
    heading = lines[: lines.index(commands[0])]
    return Scenario(
        name=name,
        heading="\n".join(heading),
        given=tuple(
            line.removeprefix(GIVEN_MARK) for line in heading if line.startswith(GIVEN_MARK)
        ),
        commands=tuple(line.removeprefix(PROMPT) for line in commands),
    )


def play(scenario: Scenario, folder: Path) -> str:
    """Run the commands of a scenario in an empty folder, and tell what they did."""
    copy_files(scenario.folder, folder)
    run = run_here
    for given in scenario.given:
        run = GIVEN[given](folder) or run
    told = [scenario.heading]
    for command in scenario.commands:
        before = state(folder)
        done = run(shlex.split(command), folder)
        done = Run(done.status, done.stdout, done.stderr, changes(before, state(folder)))
        told.append(tell(command, done))
    return "\n".join(told)


def tell(command: str, run: Run) -> str:
    parts = [f"{PROMPT}{command}\nexit {run.status}\n{run.stdout}"]
    if run.stderr:
        parts.append(f"--- stderr\n{run.stderr}")
    parts += [f"--- written: {name}\n{content}" for name, content in run.written.items()]
    return "".join(part if part.endswith("\n") else f"{part}\n" for part in parts)


def run_here(words: Sequence[str], folder: Path) -> Run:
    """Run a command in this process, which is quick."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    status = 0
    with (
        contextlib.chdir(folder),
        environment(ENVIRONMENT),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main(list(words))
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    said = []
    for stream in (out, err):
        stream.flush()
        said.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return Run(status, *said)


def run_apart(
    words: Sequence[str],
    folder: Path,
    *,
    python: Sequence[str] = (sys.executable, "-m", "charter"),
    more: Mapping[str, str] | None = None,
) -> Run:
    """Run a command in a process of its own, as people do."""
    done = subprocess.run(
        [*python, *words],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT, **(more or {})},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@contextlib.contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Hold the environment at these variables; the command line sets one itself."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def copy_files(source: Path, folder: Path) -> None:
    """Copy the files of a scenario over what is in ``folder``."""
    shutil.copytree(
        source,
        folder,
        ignore=shutil.ignore_patterns(EXPECTED, "__pycache__"),
        dirs_exist_ok=True,
        symlinks=True,
    )


def state(folder: Path) -> State:
    """Return what is below a folder, so that any change to it shows."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not path.is_dir():
            found[name] = "neither file nor folder"
        else:
            found[f"{name}/"] = "folder"
    return found


def changes(before: State, after: State) -> dict[str, str]:
    """Return each file that was made or changed, with its content."""
    found = {}
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            content = after.get(name, "gone")
            if name.endswith(".schema.json"):
                # They are long, and tests/test_schema.py reads them.
                content = "a schema"
            found[name] = content.decode() if isinstance(content, bytes) else content
    return found


Runner = Callable[[Sequence[str], Path], Run]


def _small_workspace(folder: Path) -> None:
    own = state(folder)
    contents = {name: content for name, content in own.items() if isinstance(content, bytes)}
    copy_files(SCENARIOS / "small", folder)
    for name, content in contents.items():
        (folder / name).write_bytes(content)


def _large_file(folder: Path) -> None:
    line = b"# One line of a comment, which is as good as any other.\n"
    (folder / "journeys/large.yaml").write_bytes(line * (11 * 1024 * 1024 // len(line) + 1))


def _brackets(folder: Path) -> None:
    (folder / "journeys/brackets.yaml").write_bytes(b"touchpoints: " + b"[" * 200_000)


def _link_out(folder: Path) -> None:
    outside = folder.parent / f"{folder.name}-outside.yaml"
    outside.write_text("journey: elsewhere\n", encoding="utf-8")
    (folder / "journeys/elsewhere.yaml").symlink_to(outside)


def _link_inside(folder: Path) -> None:
    (folder / "shared").mkdir()
    (folder / "journeys/buying.yaml").rename(folder / "shared/buying.yaml")
    (folder / "journeys/buying.yaml").symlink_to("../shared/buying.yaml")


def _link_to_nothing(folder: Path) -> None:
    (folder / "journeys/lost.yaml").symlink_to("gone.yaml")


def _link_in_circles(folder: Path) -> None:
    (folder / "journeys/loop.yaml").symlink_to("loop.yaml")


def _link_to_itself(folder: Path) -> None:
    (folder / "journeys").rename(folder / "elsewhere")
    (folder / "journeys").symlink_to("journeys")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "journeys/pipe.yaml")


def _large_model(folder: Path) -> None:
    (folder / "large.bpmn").write_bytes(b" " * (11 * 1024 * 1024))


def _deep_model(folder: Path) -> None:
    (folder / "deep.bpmn").write_bytes(b"<a>" * 100_000 + b"</a>" * 100_000)


def _strange_names(folder: Path) -> None:
    for name in (b"a b.yaml", b"\xc3\xa9t\xc3\xa9.yaml", b"\x1b[31mred.yaml", b"\xff.yaml"):
        path = os.fsencode(folder / "journeys") + b"/" + name
        Path(os.fsdecode(path)).write_bytes(b"journy: x\n")


# A capability dropped from the bounding set is gone after the next exec, for root as well; who
# isn't root never had it. PR_CAPBSET_DROP is 24, CAP_DAC_OVERRIDE 1, CAP_DAC_READ_SEARCH 2.
_WITHOUT_PRIVILEGES = """
import ctypes, os, sys
if os.geteuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (1, 2):
        if libc.prctl(24, capability, 0, 0, 0):
            sys.exit(f"root can't give up its privileges: {os.strerror(ctypes.get_errno())}")
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


UNPRIVILEGED = (sys.executable, "-c", _WITHOUT_PRIVILEGES)
"""A Python that may read and write only what the modes of files allow, even to root."""


def run_unprivileged(words: Sequence[str], folder: Path) -> Run:
    """Run a command that may read and write only what the modes of files allow, even to root."""
    return run_apart(words, folder, python=(*UNPRIVILEGED, "-m", "charter"))


def _while(name: str, modes: int) -> Callable[[Path], Runner]:
    """Return what gives a file or folder these modes while an unprivileged command runs."""

    def prepare(folder: Path) -> Runner:
        def run(words: Sequence[str], folder: Path) -> Run:
            path = folder / name
            mode = path.stat().st_mode
            path.chmod(modes)
            try:
                return run_unprivileged(words, folder)
            finally:
                path.chmod(mode)

        return run

    return prepare


GIVEN: Mapping[str, Callable[[Path], Runner | None]] = {
    "the small workspace": _small_workspace,
    "a process of its own": lambda _: run_apart,
    "11 MiB in journeys/large.yaml": _large_file,
    "11 MiB in large.bpmn": _large_model,
    "100,000 elements in one another in deep.bpmn": _deep_model,
    "200,000 times [ in journeys/brackets.yaml": _brackets,
    "journeys/elsewhere.yaml, a link out of the workspace": _link_out,
    "journeys/buying.yaml, a link to a file inside the workspace": _link_inside,
    "journeys/lost.yaml, a link to nothing": _link_to_nothing,
    "journeys/loop.yaml, a link to itself": _link_in_circles,
    "journeys, a link to itself": _link_to_itself,
    "journeys/pipe.yaml, a named pipe": _pipe,
    "journeys in files with strange names": _strange_names,
    "nobody may read journeys": _while("journeys", 0o000),
    "nobody may read charter.yaml": _while("charter.yaml", 0o000),
    "nobody may enter the workspace": _while("shop", 0o000),
    "the workspace may be listed, not entered": _while("shop", 0o400),
    "nobody may write here": _while(".", 0o500),
}
