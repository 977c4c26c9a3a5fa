"""Saves that are killed, in a process of one thread, which may fork.

``python -m tests.torture.kills at-each-call FOLDER`` and ``… at-random FOLDER NUMBER SEED``
print what they did; what isn't as it should be stops them.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count, product
from pathlib import Path

from charter.store import contents, recover, save
from tests.torture.small_files import (
    CHARTER,
    JOURNEY,
    PLAN,
    found,
    make,
    number_of,
    strays,
    version,
)
from tests.torture.system_calls import Hook, nothing, watched

KILLED = 9


def in_a_child(work: Callable[[], object]) -> int:
    """Do some work in a process of its own; return its number."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def status_of(work: Callable[[], object]) -> int:
    """Do some work in a process of its own; return its status, negative if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(in_a_child(work), 0)[1])


def dies_at(place: int) -> Hook:
    calls = count(1)

    def hook(call: str) -> None:
        if next(calls) == place:
            os._exit(KILLED)

    return hook


def at_each_call(folder: Path) -> dict[str, object]:
    """Let a save die before, and after, each of its system calls."""
    ends = Counter[str]()
    for start, moment in product((1, 2), ("before", "after")):
        for place in count(1):
            root = folder / f"{start} {moment} {place}"
            make(root, start)
            status = status_of(partial(save_and_die, root, start, moment, place))
            assert status in (0, KILLED)
            for file, content in found(root).items():
                assert content in (version(start)[file], version(start + 1)[file])
            recover(root)
            assert found(root) in (version(start), version(start + 1))
            assert not list(strays(root))
            if status == 0:
                break
            ends["taken back" if found(root) == version(start) else "finished"] += 1
    return {"kills": ends.total(), **ends}


def save_and_die(root: Path, start: int, moment: str, place: int) -> None:
    hooks = {"before": nothing, "after": nothing, moment: dies_at(place)}
    with watched(**hooks):
        save(root, version(start + 1), version(start))


def save_on_and_on(root: Path, number: int, begins: int) -> None:
    """Save one version after the other, each begun with a word; every third a file alone too."""
    for following in count(number + 1):
        os.write(begins, b".")
        changes = version(following)
        save(root, changes, contents(root, changes))
        if following % 3 == 0:
            alone = {"rules.yaml": version(following)[CHARTER]}
            save(root, alone, contents(root, alone))


def at_random(folder: Path, number: int, seed: int) -> dict[str, object]:
    """Kill a process that saves on and on, at a moment that nobody chose."""
    chance, found_in = random.Random(seed), Counter[str]()
    make(folder, 0)
    at = saves = 0
    for _ in range(number):
        begun, begins = os.pipe()
        child = in_a_child(partial(save_on_and_on, folder, at, begins))
        os.read(begun, 1)
        began = time.monotonic()
        os.read(begun, 1)
        # However busy the machine is, it dies within the next save or the one behind it.
        time.sleep(chance.uniform(0, 1.5) * (time.monotonic() - began))
        os.kill(child, signal.SIGKILL)
        os.close(begun)
        os.close(begins)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
        found_in["with traces" if list(strays(folder)) else "without traces"] += 1
        versions = {number_of(found(folder)[file] or b"") for file in (CHARTER, JOURNEY)}
        assert len(versions) == 1 or max(versions) - min(versions) == 1
        finished = recover(folder)
        assert not list(strays(folder))
        now = number_of((folder / CHARTER).read_bytes())
        assert found(folder) == version(now)
        assert not finished or set(finished) == {CHARTER, JOURNEY, PLAN}
        assert now >= max(versions) - 1
        if (folder / "rules.yaml").exists():
            number_of((folder / "rules.yaml").read_bytes())
        found_in["half saved"] += len(versions) - 1
        saves, at = saves + now - at, now
    return {"kills": number, "saves": saves, **found_in}


def main() -> None:
    started = time.monotonic()
    kind, folder, *numbers = sys.argv[1:]
    done = (
        at_each_call(Path(folder))
        if kind == "at-each-call"
        else at_random(Path(folder), *map(int, numbers))
    )
    spent = {"seconds": round(time.monotonic() - started, 1)}
    spent["processor seconds"] = round(sum(os.times()[:4]), 1)
    print(json.dumps({**done, **spent}))


if __name__ == "__main__":
    main()
