"""Saving: all or nothing, never over somebody else's change."""

import errno
import json
import os
import pickle
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from charter import locking
from charter.merging import FileConflict
from charter.messages import Language, speaker
from charter.messages.problems import sentence
from charter.store import CannotSave, Conflicted, contents, recover, save
from charter.store.files import PREFIX
from charter.workspace import UNFINISHED_SAVE, InvalidWorkspace, read_folder
from tests.scenarios.transcript import UNPRIVILEGED, state

VISIT = "journeys/visit.yaml"
CHARTER = "charter.yaml"


def edit(root: Path, file: str, old: str, new: str) -> tuple[bytes, bytes]:
    """Return what a file says, and would say after an edit."""
    content = (root / file).read_bytes()
    assert old.encode() in content
    return content, content.replace(old.encode(), new.encode())


def save_edit(root: Path, file: str, old: str, new: str) -> None:
    content, edited = edit(root, file, old, new)
    save(root, {file: edited}, {file: content})


# What is written ------------------------------------------------------------------------------


def test_a_file_says_what_was_saved_and_nothing_else_is_left(root: Path):
    before = state(root)
    content, edited = edit(root, VISIT, "A visit", "A stroll")
    done = save(root, {VISIT: edited}, {VISIT: content})
    assert state(root) == {**before, VISIT: edited}
    assert (done.contents, done.written, done.merged) == ({VISIT: edited}, (VISIT,), ())


def test_saving_what_is_there_writes_nothing(root: Path):
    content = (root / VISIT).read_bytes()
    number = (root / VISIT).stat().st_ino
    assert save(root, {VISIT: content}, {VISIT: content}).written == ()
    assert (root / VISIT).stat().st_ino == number


def test_files_are_made_and_removed_with_the_rest(root: Path):
    """A journey that gets another file name is one save."""
    content = (root / VISIT).read_bytes()
    changes = {VISIT: None, "journeys/stroll.yaml": content, "content/till/note.md": b"Hello.\n"}
    save(
        root, changes, {VISIT: content, "journeys/stroll.yaml": None, "content/till/note.md": None}
    )
    assert sorted(state(root)) == [
        "charter.yaml",
        "content/",
        "content/till/",
        "content/till/note.md",
        "journeys/",
        "journeys/stroll.yaml",
    ]


@pytest.mark.parametrize("modes", [0o600, 0o644, 0o664, 0o750])
def test_modes_are_kept(root: Path, modes: int):
    (root / VISIT).chmod(modes)
    save_edit(root, VISIT, "A visit", "A stroll")
    assert stat.S_IMODE((root / VISIT).stat().st_mode) == modes


def test_a_new_file_gets_the_modes_of_any_new_file(root: Path):
    (root / "any").write_bytes(b"")
    save(root, {"rules.yaml": b"[]\n"}, {"rules.yaml": None})
    assert (root / "rules.yaml").stat().st_mode == (root / "any").stat().st_mode


def test_the_owner_is_kept_where_the_system_lets_us(root: Path, monkeypatch: pytest.MonkeyPatch):
    asked = []

    def refuse(descriptor: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "fchown", refuse)
    status = (root / VISIT).stat()
    save_edit(root, VISIT, "A visit", "A stroll")
    assert asked == [(-1, status.st_gid), (status.st_uid, -1)]


def test_a_link_inside_the_workspace_is_followed(root: Path):
    (root / "content").mkdir()
    (root / VISIT).rename(root / "content/visit.yaml")
    (root / VISIT).symlink_to("../content/visit.yaml")
    save_edit(root, VISIT, "A visit", "A stroll")
    assert (root / VISIT).is_symlink()
    assert "A stroll" in (root / "content/visit.yaml").read_text(encoding="utf-8")


def test_a_link_that_is_removed_leaves_what_it_led_to(root: Path):
    (root / "content").mkdir()
    (root / VISIT).rename(root / "content/visit.yaml")
    (root / VISIT).symlink_to("../content/visit.yaml")
    content = (root / VISIT).read_bytes()
    save(root, {VISIT: None}, {VISIT: content})
    assert not (root / VISIT).is_symlink()
    assert (root / "content/visit.yaml").read_bytes() == content


# What somebody else changed meanwhile -----------------------------------------------------------


def test_both_changes_of_a_file_are_kept_with_its_comments(root: Path):
    content, mine = edit(root, VISIT, "Vitrine", "La vitrine")
    save_edit(root, VISIT, "    stage: buy\n", "    stage: buy   # not yet\n    emotion: 1\n")
    done = save(root, {VISIT: mine}, {VISIT: content})
    said = (root / VISIT).read_text(encoding="utf-8")
    assert said == mine.decode().replace(
        "    stage: buy\n", "    stage: buy   # not yet\n    emotion: 1\n"
    )
    assert (done.merged, done.contents) == ((VISIT,), {VISIT: said.encode()})


def test_the_same_change_is_no_conflict(root: Path):
    content, mine = edit(root, VISIT, "A visit", "A stroll")
    (root / VISIT).write_bytes(mine + b"# And a comment.\n")
    assert save(root, {VISIT: mine}, {VISIT: content}).written == ()


def test_what_both_changed_otherwise_is_handed_back_and_nothing_is_written(root: Path):
    content, mine = edit(root, VISIT, "control: customer", "control: partner")
    save_edit(root, VISIT, "control: customer", "control: owned")
    charter, changed = edit(root, CHARTER, "Maison", "Villa")
    before = state(root)
    with pytest.raises(Conflicted) as refused:
        save(root, {VISIT: mine, CHARTER: changed}, {VISIT: content, CHARTER: charter})
    address = ("touchpoints", "reviews", "control")
    assert refused.value.conflicts == (
        FileConflict(address, "customer", "partner", "owned", file=VISIT),
    )
    assert state(root) == before


WHOLE = [
    pytest.param(VISIT, "a: 1\n", "a: [\n", "a: 2\n", id="mine is no YAML"),
    pytest.param(VISIT, "a: 1\n", "a: 2\n", "a: [\n", id="theirs is no YAML"),
    pytest.param(VISIT, "a: [\n", "a: 1\n", "a: 2\n", id="it was no YAML"),
    pytest.param(VISIT, "a: 1\n", None, "a: 2\n", id="removed by me"),
    pytest.param(VISIT, "a: 1\n", "a: 2\n", None, id="removed by them"),
    pytest.param(VISIT, None, "a: 1\n", "a: 2\n", id="made by both"),
    pytest.param("content/note.md", "One.\n", "Two.\n", "Three.\n", id="a text"),
]


@pytest.mark.parametrize(("file", "base", "mine", "theirs"), WHOLE)
def test_what_cannot_be_told_apart_is_a_conflict_of_the_whole_file(
    root: Path, file: str, base: str | None, mine: str | None, theirs: str | None
):
    def encoded(text: str | None) -> bytes | None:
        return None if text is None else text.encode()

    path = root / file
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if theirs is not None:
        path.write_text(theirs, encoding="utf-8")
    before = state(root)
    with pytest.raises(Conflicted) as refused:
        save(root, {file: encoded(mine)}, {file: encoded(base)})
    assert refused.value.conflicts == (FileConflict((), base, mine, theirs, file=file),)
    assert state(root) == before


# What is refused ------------------------------------------------------------------------------


def refusal(root: Path, changes: dict[str, bytes | None], **more: float) -> CannotSave:
    """Return why these changes can't be saved, after seeing that nothing was written."""
    before = state(root)
    started = contents_or_none(root, changes)
    with pytest.raises(CannotSave) as refused:
        save(root, changes, started, **more)
    assert state(root) == before
    for language in Language:
        assert sentence(refused.value.problem, speaker(language))
    return refused.value


def contents_or_none(root: Path, files: dict[str, bytes | None]) -> dict[str, bytes | None]:
    return {file: (root / file).read_bytes() if (root / file).is_file() else None for file in files}


@pytest.mark.parametrize(
    "file",
    [
        "",
        ".",
        "..",
        "../charter.yaml",
        "/etc/passwd",
        "journeys/../charter.yaml",
        "journeys//visit.yaml",
        "journeys/./visit.yaml",
        "journeys/deep/visit.yaml",
        "journeys/visit.txt",
        "journeys/.hidden.yaml",
        "journeys",
        "content",
        "content/",
        "content/.git/config",
        "content/a\\b.md",
        "content/a\x00b.md",
        "content/\x1b[31m.md",
        "README.md",
        ".git/hooks/pre-commit",
        ".charter-saving.json",
    ],
)
def test_only_files_of_a_workspace_are_written(root: Path, file: str):
    assert refusal_of_name(root, file) == "not-of-workspace"


def refusal_of_name(root: Path, file: str) -> str:
    before = state(root)
    with pytest.raises(CannotSave) as refused:
        save(root, {file: b"x"}, {file: None})
    assert state(root) == before
    with pytest.raises(CannotSave):
        contents(root, [file])
    return refused.value.reason


@pytest.mark.parametrize(
    "file",
    [
        "charter.yaml",
        "rules.yaml",
        "waivers.yaml",
        "baseline.json",
        "journeys/été.yml",
        "markers/a b.yaml",
        "plans/q4.yaml",
        "content/deep/er/page.html",
    ],
)
def test_each_file_of_a_workspace_may_be_written(tmp_path: Path, file: str):
    save(tmp_path, {file: b"x"}, {file: None})
    assert (tmp_path / file).read_bytes() == b"x"


def _link_out(root: Path) -> None:
    (root.parent / f"{root.name}.yaml").write_text("a: 1\n", encoding="utf-8")
    (root / VISIT).unlink()
    (root / VISIT).symlink_to(root.parent / f"{root.name}.yaml")


def _folder_out(root: Path) -> None:
    (root / "journeys").rename(root.parent / f"{root.name}-journeys")
    (root / "journeys").symlink_to(root.parent / f"{root.name}-journeys")


def _circle(root: Path) -> None:
    (root / VISIT).unlink()
    (root / VISIT).symlink_to("visit.yaml")


def _pipe(root: Path) -> None:
    (root / VISIT).unlink()
    os.mkfifo(root / VISIT)


def _folder(root: Path) -> None:
    (root / VISIT).unlink()
    (root / VISIT).mkdir()


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        pytest.param(_link_out, "leads-out", id="a link out"),
        pytest.param(_folder_out, "leads-out", id="its folder is a link out"),
        pytest.param(_circle, "not-written-over", id="a link to itself"),
        pytest.param(_pipe, "not-written-over", id="a named pipe"),
        pytest.param(_folder, "not-written-over", id="a folder"),
        pytest.param(lambda r: (r / VISIT).chmod(0o444), "read-only", id="a read-only file"),
    ],
)
@pytest.mark.parametrize("content", [b"a: 2\n", None], ids=["written", "removed"])
def test_what_is_out_of_reach_is_left_alone(
    root: Path, prepare: Callable[[Path], None], reason: str, content: bytes | None
):
    prepare(root)
    before = state(root.parent)
    assert refusal(root, {VISIT: content}).reason == reason
    assert state(root.parent) == before


REFUSED = """
import sys
from pathlib import Path
from charter.store import CannotSave, save
root = Path(sys.argv[1])
content = (root / "charter.yaml").read_bytes()
try:
    save(root, {"charter.yaml": b"x"}, {"charter.yaml": content})
except CannotSave as refused:
    print(refused.reason, refused.file)
"""


def test_a_folder_that_nobody_may_write_to_says_so(root: Path):
    before = state(root)
    root.chmod(0o500)
    done = subprocess.run(
        [*UNPRIVILEGED, "-c", REFUSED, root], capture_output=True, text=True, check=True
    )
    root.chmod(0o700)
    assert done.stdout == "not-permitted charter.yaml\n"
    assert state(root) == before


def test_two_names_of_one_file_are_not_written_at_once(root: Path):
    (root / "journeys/again.yaml").symlink_to("visit.yaml")
    assert refusal(root, {VISIT: b"a: 1\n", "journeys/again.yaml": b"a: 2\n"}).reason == "same-file"


def test_a_folder_that_is_not_there_is_told(root: Path):
    with pytest.raises(CannotSave) as refused:
        save(root / "nowhere", {CHARTER: b"x"}, {CHARTER: None})
    assert (refused.value.reason, refused.value.file) == ("not-written", str(root / "nowhere"))


# One at a time --------------------------------------------------------------------------------


def test_who_saves_waits_for_who_is_saving(root: Path):
    order = []

    def hold() -> None:
        with locking.writing(root):
            ready.set()
            time.sleep(0.2)
            order.append("they")

    ready = threading.Event()
    other = threading.Thread(target=hold)
    other.start()
    ready.wait()
    save_edit(root, VISIT, "A visit", "A stroll")
    order.append("we")
    other.join()
    assert order == ["they", "we"]


def test_waiting_has_an_end(root: Path):
    with locking.writing(root):
        assert refusal(root, {CHARTER: b"x"}, patience=0.05).reason == "busy"


def test_who_reads_lets_others_read(root: Path):
    with locking.reading(root), locking.reading(root, patience=0):
        assert refusal(root, {CHARTER: b"x"}, patience=0.05).reason == "busy"


def test_reading_is_never_refused(root: Path):
    with locking.writing(root), locking.reading(root, patience=0.01):
        assert (root / CHARTER).exists()


def test_where_a_folder_cannot_be_locked_a_file_among_the_temporary_ones_is(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
):
    elsewhere = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(locking.tempfile, "gettempdir", lambda: str(elsewhere))
    lock = locking._lock

    def refuse_folders(descriptor: int, *, is_shared: bool) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EBADF, "not here")
        lock(descriptor, is_shared=is_shared)

    monkeypatch.setattr(locking, "_lock", refuse_folders)
    with locking.writing(root):
        assert refusal(root, {CHARTER: b"x"}, patience=0.05).reason == "busy"
    save_edit(root, VISIT, "A visit", "A stroll")


# What was broken off --------------------------------------------------------------------------


def break_off(root: Path, changes: dict[str, bytes | None], step: str, after: int) -> None:
    """Save in a process that dies before the given call of the given kind."""
    program = (
        "import os, pickle, sys, pathlib\n"
        "from charter.store import save\n"
        "root, changes, step, after = pickle.load(sys.stdin.buffer)\n"
        "call, calls = getattr(os, step), 0\n"
        "def die(*args, **more):\n"
        "    global calls\n"
        "    calls += 1\n"
        "    if calls > after: os._exit(9)\n"
        "    return call(*args, **more)\n"
        "setattr(os, step, die)\n"
        "save(root, changes, {file: (root / file).read_bytes() for file in changes})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps((root, changes, step, after)),
        check=False,
        timeout=60,
    )
    assert done.returncode == 9


def two_changes(root: Path) -> dict[str, bytes | None]:
    return {
        CHARTER: edit(root, CHARTER, "named-host", "our-host")[1],
        VISIT: edit(root, VISIT, "named-host", "our-host")[1],
    }


def half_renamed(root: Path) -> dict[str, bytes | None]:
    """Break a save off between its two files; return what it was about to write."""
    changes = two_changes(root)
    break_off(root, changes, "replace", 2)
    assert (root / CHARTER).read_bytes() == changes[CHARTER]
    assert (root / VISIT).read_bytes() != changes[VISIT]
    return changes


def strays(root: Path) -> list[str]:
    return [name for name in state(root) if ".charter-saving" in name]


def test_a_check_of_a_half_saved_workspace_says_what_happened(root: Path):
    half_renamed(root)
    with pytest.raises(InvalidWorkspace) as invalid:
        read_folder(root)
    assert ("unfinished-save", UNFINISHED_SAVE) in {
        (problem.reason, problem.position.file) for problem in invalid.value.problems
    }


def test_recovering_finishes_what_was_broken_off(root: Path):
    changes = half_renamed(root)
    assert recover(root) == (CHARTER, VISIT)
    assert contents(root, changes) == changes
    assert strays(root) == []
    assert recover(root) == ()
    read_folder(root)


def test_the_next_save_finishes_it_first(root: Path):
    changes = half_renamed(root)
    save(root, {"rules.yaml": b"[]\n"}, {"rules.yaml": None})
    assert contents(root, changes) == changes
    assert strays(root) == []


def test_what_was_broken_off_before_it_began_is_forgotten(root: Path):
    before = state(root)
    break_off(root, two_changes(root), "replace", 0)
    assert strays(root) != []
    assert recover(root) == ()
    assert state(root) == before


def test_it_is_taken_back_where_it_cannot_be_finished(root: Path):
    """The new text of one file is gone, the old one of the other is still there."""
    before = state(root)
    half_renamed(root)
    for path in (root / "journeys").glob(f"{PREFIX}*"):
        path.unlink()
    assert recover(root) == (CHARTER, VISIT)
    assert state(root) == before


def test_a_file_that_was_changed_since_is_left_and_told(root: Path):
    half_renamed(root)
    with (root / VISIT).open("ab") as file:
        file.write(b"# Mended by hand.\n")
    assert refusal(root, {"rules.yaml": b"[]\n"}).reason == "changed-since"
    before = state(root)
    with pytest.raises(CannotSave) as refused:
        recover(root)
    assert (refused.value.reason, refused.value.file) == ("changed-since", VISIT)
    assert state(root) == before


ENTRY = {"file": VISIT, "before": None, "after": None}
NAMES = {"prepared": f"{PREFIX}{'0' * 16}", "kept": f"{PREFIX}{'1' * 16}"}


@pytest.mark.parametrize(
    ("journal", "reason"),
    [
        pytest.param("", "strange-journal", id="empty"),
        pytest.param("[]", "strange-journal", id="a list"),
        pytest.param("[" * 100_000, "strange-journal", id="nested"),
        pytest.param('{"schema": "charter-saving/2", "files": []}', "strange-journal", id="newer"),
        pytest.param(
            json.dumps({"schema": "charter-saving/1", "files": [{**ENTRY, "prepared": 1}]}),
            "strange-journal",
            id="other keys",
        ),
        pytest.param(
            json.dumps(
                {
                    "schema": "charter-saving/1",
                    "files": [{**ENTRY, **NAMES, "prepared": "../charter.yaml"}],
                }
            ),
            "strange-journal",
            id="names of others",
        ),
        pytest.param(
            json.dumps(
                {
                    "schema": "charter-saving/1",
                    "files": [{**ENTRY, **NAMES, "file": "../outside.yaml"}],
                }
            ),
            "not-of-workspace",
            id="a file outside",
        ),
    ],
)
def test_a_journal_of_somebody_else_is_not_followed(root: Path, journal: str, reason: str):
    (root / UNFINISHED_SAVE).write_text(journal, encoding="utf-8")
    assert refusal(root, {CHARTER: b"x"}).reason == reason


def test_a_stray_file_of_a_dead_writer_is_removed_by_the_next(root: Path):
    (root / "content/deep").mkdir(parents=True)
    for folder in (root, root / "journeys", root / "content/deep"):
        (folder / f"{PREFIX}0123456789abcdef").write_bytes(b"half")
    save_edit(root, VISIT, "A visit", "A stroll")
    assert strays(root) == []
