"""Several processes that save one file at once, none of which waits for the others' edits.

Only twice do they wait for one another, between having read and saving, so that it is sure that
some saves are merged and some refused (see `MEETING`), however the machine lets them run.

``python -m tests.torture.writers FOLDER PROCESSES SAVES`` prints what they did. Each adds
touchpoints of its own, changes fields of its own touchpoint, and now and then the one field that
all of them change.
"""

import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from charter.store import Conflicted, contents, save
from journeys.edit import Edit, InsertItem, SetValue, edited
from journeys.plain import plain
from journeys.source import read
from tests.torture.side_by_side import Meet, fork

FILE = "journeys/visit.yaml"
START = b"""\
journey: visit
name: nobody  # all of them change it
touchpoints:
  # The way in.
  - id: door
    stage: discover
"""

MEETING = (0, 3)
"""The saves, as each process counts its own, before which all wait until each has read.

Of the touchpoints that all add first, all but one are merged. Of the first changes of the name,
all made from the first name, all but one are refused.
"""


@dataclass
class Account:
    """What one process did.

    Attributes:
        added: The touchpoints whose saves were accepted.
        owner: What it made of its own field last.
        names: What the name was, and what it became, at each accepted change of it.
        refused: How many saves were handed back because of a conflict.
        merged: How many were merged with what others had saved meanwhile.
    """

    added: list[str] = field(default_factory=list)
    owner: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)
    refused: int = 0
    merged: int = 0


def work(root: Path, process: int, saves: int, meet: Meet) -> Account:
    """Save as often as is asked for, each edit until it is accepted, from what is there then."""
    account, meetings = Account(), list(MEETING)
    for number in range(saves):
        token = f"w{process}-{number}"
        while True:
            started = contents(root, [FILE])
            if number in meetings:
                meetings.remove(number)
                meet()
            try:
                saved = save(root, {FILE: after_edit(started[FILE], account, token)}, started)
            except Conflicted:
                account.refused += 1
                continue
            break
        account.merged += len(saved.merged)
        take_down(account, token, started[FILE])
    return account


def take_down(account: Account, token: str, started: bytes | None) -> None:
    kind = kind_of(token)
    if kind == "add":
        account.added.append(token)
    elif kind == "name":
        account.names.append((str(meaning(started)["name"]), token))
    else:
        account.owner = token


def kind_of(token: str) -> str:
    """Return which edit is made: a touchpoint every fifth time, the name in between."""
    return {0: "add", 3: "name"}.get(int(token.partition("-")[2]) % 5, "field")


def meaning(content: bytes | None) -> dict[str, Any]:
    root = read(content or b"", FILE).root
    said = plain(root) if root is not None else None
    assert isinstance(said, dict)
    return said


def after_edit(content: bytes | None, account: Account, token: str) -> bytes:
    """Return the file with one edit: something of one's own, or what all of them change."""
    kind = kind_of(token)
    edit: Edit
    if kind == "name":
        edit = SetValue(("name",), token)
    else:
        ids = [touchpoint["id"] for touchpoint in meaning(content)["touchpoints"]]
        if kind == "add":
            # Each behind the touchpoint that came last, where all others put theirs too.
            new = {"id": token, "stage": "discover", "owner": "nobody"}
            edit = InsertItem(("touchpoints", len(ids)), new)
        else:
            own = ids.index(account.added[0])
            edit = SetValue(("touchpoints", own, "owner"), token)
    return edited(content or b"", [edit], FILE)


def main() -> None:
    folder, processes, saves = Path(sys.argv[1]), *map(int, sys.argv[2:])
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_bytes(START)
    done = fork(folder, processes, lambda process, meet: asdict(work(folder, process, saves, meet)))
    content = (folder / FILE).read_bytes()
    print(json.dumps({"final": meaning(content), "text": content.decode(), **done}))


if __name__ == "__main__":
    main()
