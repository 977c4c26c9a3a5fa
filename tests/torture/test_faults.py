"""A disk that fails at any moment of a save leaves the files as they were, or as they should be."""

import errno
import os
import resource
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from charter.store import CannotSave, recover, save
from tests.scenarios.transcript import state
from tests.torture.small_files import CHARTER, JOURNEY, found, make, strays, version
from tests.torture.system_calls import CALLS, watched

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


REMOVES, MAKES = 1, 2
"""The versions after which a save removes a file, or makes one in a folder that it makes."""


def calls_of_a_save(root: Path, start: int) -> Counter[str]:
    make(root, start)
    made: Counter[str] = Counter()
    with watched(before=lambda call: made.update([call])):
        save(root, version(start + 1), version(start))
    return made


def fails(when: Callable[[str, Counter[str]], bool], error: int) -> Callable[[str], None]:
    """Return a hook that lets calls fail, told which it is and how many there were."""
    made: Counter[str] = Counter()

    def hook(call: str) -> None:
        made.update([call])
        if when(call, made):
            raise OSError(error, os.strerror(error))

    return hook


def is_saved(root: Path, start: int, hook: Callable[[str], None]) -> bool:
    make(root, start)
    try:
        with watched(before=hook):
            save(root, version(start + 1), version(start))
    except CannotSave:
        return False
    return True


@pytest.mark.parametrize("start", [REMOVES, MAKES])
@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", CALLS)
def test_one_call_that_fails_spoils_nothing(tmp_path: Path, call: str, error: int, start: int):
    """A save that is refused changed nothing and left nothing; one that isn't did all."""
    for place in range(1, calls_of_a_save(tmp_path / "counted", start)[call] + 1):
        root, untouched = tmp_path / str(place), tmp_path / f"{place} untouched"
        make(untouched, start)
        hook = fails(lambda each, made, place=place: each == call and made[call] == place, error)
        if is_saved(root, start, hook):
            assert found(root) == version(start + 1)
            # Only what can't be removed now is left for the next save.
            assert call == "unlink" or not list(strays(root))
        else:
            assert state(root) == state(untouched)
        save(root, version(start + 2), found(root))
        assert not list(strays(root))


def test_a_failure_of_each_kind_but_those_one_can_do_without_is_told(tmp_path: Path):
    """Links, and removing what is left over: a save does without; else it is refused."""
    refused = set()
    for call in CALLS:
        for start in (REMOVES, MAKES):
            hook = fails(lambda each, _, call=call: each == call, errno.EIO)
            if not is_saved(tmp_path / f"{call} {start}", start, hook):
                refused.add(call)
    assert refused == set(CALLS) - {"link", "rmdir"}


@pytest.mark.parametrize("start", [REMOVES, MAKES])
def test_a_disk_that_fails_for_good_at_any_moment_leaves_all_or_nothing(tmp_path: Path, start: int):
    """Once it works again, what was begun is finished or taken back."""
    ends = set()
    for place in range(1, calls_of_a_save(tmp_path / "counted", start).total() + 1):
        root = tmp_path / str(place)
        hook = fails(lambda _, made, place=place: made.total() >= place, errno.EIO)
        is_saved(root, start, hook)
        for file, content in found(root).items():
            assert content in (version(start)[file], version(start + 1)[file])
        recover(root)
        assert found(root) in (version(start), version(start + 1))
        assert not list(strays(root))
        ends.add(found(root) == version(start + 1))
    assert ends == {True, False}


LONGEST = len(version(2)[CHARTER] or b"")


@pytest.mark.parametrize("room", [0, 1, 4096, LONGEST - 1])
def test_a_file_that_does_not_fit_is_not_half_written(tmp_path: Path, room: int):
    """The system itself refuses to write more than this many bytes, not a test's stand-in."""
    make(tmp_path, REMOVES)
    before = state(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(CannotSave) as refused:
            save(tmp_path, version(2), version(1))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert refused.value.reason == "not-written"
    assert state(tmp_path) == before


def order_of(root: Path, files: tuple[str, ...]) -> list[str]:
    """Return the calls of a save that decide what a failing power supply leaves, in order."""
    make(root, MAKES)
    made: list[str] = []
    changes = {file: version(4)[file] for file in files}
    with watched(before=made.append):
        save(root, changes, {file: version(2)[file] for file in files})
    return [call for call in made if call in ("fsync", "link", "replace")]


def test_a_file_is_on_the_disk_before_it_is_in_its_place_and_its_name_after(tmp_path: Path):
    assert order_of(tmp_path, (CHARTER,)) == ["fsync", "link", "replace", "fsync"]


def test_the_journal_is_on_the_disk_before_the_first_file_is_replaced(tmp_path: Path):
    """Both files, the journal and its name, then file by file."""
    ready = ["fsync", "link"] * 2
    journal = ["fsync", "replace", "fsync"]
    assert order_of(tmp_path, (CHARTER, JOURNEY)) == [*ready, *journal, *["replace", "fsync"] * 2]
