"""Several processes that save one draft at once, none of which waits for the others' edits.

``python -m tests.torture.draft_writers FOLDER PROCESSES SAVES`` prints what they did: the edits
are those of `tests.torture.writers`, saved as commits.
"""

import datetime
import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from charter.history import Author, Drafts, HistoryError, Note, Repository
from charter.store import Conflicted
from tests.history.building import Made
from tests.torture.side_by_side import Meet, fork
from tests.torture.writers import FILE, MEETING, START, Account, after_edit, meaning, take_down

DRAFT = "torture"
WHEN = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)


@dataclass
class Commits:
    """What one process committed.

    Attributes:
        made: The ids that its accepted saves were answered with.
        late: How many times it had to give up because others were always faster.
    """

    made: list[str] = field(default_factory=list)
    late: int = 0


def work(root: Path, process: int, saves: int, meet: Meet) -> tuple[Account, Commits]:
    """Save as often as is asked for, each edit until it is accepted, from what is there then."""
    drafts = Drafts(Repository.holding(root))
    account, commits, meetings = Account(), Commits(), list(MEETING)
    note = Note(Author(f"Writer {process}", ""), WHEN, "One more change")
    for number in range(saves):
        token = f"w{process}-{number}"
        while True:
            started = drafts.tip(DRAFT)
            content = drafts.repository.files(started)[FILE]
            if number in meetings:
                meetings.remove(number)
                meet()
            changes = {FILE: after_edit(content, account, token)}
            try:
                saved = drafts.save(DRAFT, changes, started, note)
            except Conflicted:
                account.refused += 1
            except HistoryError as error:
                if error.reason != "busy":
                    raise
                commits.late += 1
            else:
                break
        commits.made.append(saved.id)
        account.merged += drafts.repository.find(f"{saved.id}^") != started.id
        take_down(account, token, content)
    return account, commits


def main() -> None:
    folder, processes, saves = Path(sys.argv[1]), *map(int, sys.argv[2:])
    made = Made.at(folder / "repository")
    made.commit({FILE: START, "untouched.txt": b"x"})
    made.git("branch", f"draft/{DRAFT}")

    def account_of(process: int, meet: Meet) -> dict[str, Any]:
        account, commits = work(made.top, process, saves, meet)
        return {**asdict(account), **asdict(commits)}

    done = fork(folder, processes, account_of)
    final = meaning(made.git("show", f"draft/{DRAFT}:{FILE}").encode())
    history = made.git("rev-list", f"draft/{DRAFT}").split()
    status = made.git("status", "--porcelain", "--branch")
    print(json.dumps({"final": final, "history": history, "status": status, **done}))


if __name__ == "__main__":
    main()
