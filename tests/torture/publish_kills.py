"""Publishing that is killed, in a process of one thread, which may fork.

``python -m tests.torture.publish_kills FOLDER STEP`` lets a draft's publishing die before, and
after, every STEP-th thing that it does: a system call of the save, or a start of git. Then it is
published again, as anybody would. Prints how often; what isn't as it should be stops it.
"""

import datetime
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from charter.history import Author, Drafts, Note, Repository, program
from tests.history.building import WORKSPACE, Made
from tests.torture.kills import KILLED, dies_at, status_of
from tests.torture.system_calls import Hook, nothing, watched

DRAFT = "spring"
NOTE = Note(
    Author("Anne", ""), datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC), "What is published"
)
FILES = {
    "journeys/visit.yaml": (WORKSPACE["journeys/visit.yaml"], b"journey: visit\n"),
    "content/new.md": (None, b"New\n"),
    "content/old.md": (b"Old\n", None),
}
GIT_TAKES_ITS_LOCKS_OFF = 5.0


def make(top: Path) -> None:
    """Make a repository whose draft changes, adds and removes a file."""
    made = Made.at(top)
    made.commit({**WORKSPACE, "content/old.md": b"Old\n"})
    drafts = Drafts(Repository.holding(top))
    changes = {name: after for name, (_, after) in FILES.items()}
    drafts.save(DRAFT, changes, drafts.repository.resolve("HEAD"), NOTE)


@contextmanager
def git_watched(before: Hook, after: Hook) -> Iterator[None]:
    """Have hooks called with each start of git, before and after it."""
    original = program.Call.__init__

    def call(self: program.Call, *words: object) -> None:
        before("git")
        original(self, *words)  # type: ignore[arg-type]
        after("git")

    program.Call.__init__ = call  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        program.Call.__init__ = original  # type: ignore[method-assign]


def publish(top: Path) -> None:
    Drafts(Repository.holding(top)).publish(DRAFT, NOTE)


def publish_and_die(top: Path, moment: str, place: int) -> None:
    hooks = {"before": nothing, "after": nothing, moment: dies_at(place)}
    with watched(**hooks), git_watched(**hooks):
        publish(top)


def wait_for_git(top: Path) -> None:
    """Wait until what git was about to do is done or taken back; nobody tells it any more."""
    end = time.monotonic() + GIT_TAKES_ITS_LOCKS_OFF
    while list((top / ".git").rglob("*.lock")):
        assert time.monotonic() < end, "a lock was left behind"
        time.sleep(0.01)


def content(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def at_every(folder: Path, step: int) -> dict[str, int]:
    template = folder / "template"
    make(template)
    old = Made(template).git("rev-parse", "main")
    new = Made(template).git("rev-parse", f"draft/{DRAFT}")
    told = {"kills": 0, "before the branch moved": 0}
    for moment in ("before", "after"):
        for place in count(1, step):
            top = folder / f"{moment}-{place}"
            shutil.copytree(template, top)
            status = status_of(partial(publish_and_die, top, moment, place))
            assert status in (0, KILLED)
            wait_for_git(top)
            made = Made(top)
            for name, versions in FILES.items():
                assert content(top / name) in versions
            at = made.git("rev-parse", "main")
            assert at in (old, new)
            publish(top)
            assert made.git("rev-parse", "main") == new
            assert made.git("status", "--porcelain", "--branch", "--ignored") == "## main"
            for name, (_, after) in FILES.items():
                assert content(top / name) == after
            shutil.rmtree(top)
            if status == 0:
                break
            told["kills"] += 1
            told["before the branch moved"] += at == old
    return told


def main() -> None:
    started = time.monotonic()
    told = at_every(Path(sys.argv[1]), int(sys.argv[2]))
    spent = {"seconds": round(time.monotonic() - started, 1)}
    spent["processor seconds"] = round(sum(os.times()[:4]), 1)
    print(json.dumps({**told, **spent}))


if __name__ == "__main__":
    main()
