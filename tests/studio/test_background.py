"""Work done beside the page."""

import threading
import time
from collections.abc import Iterator

import pytest

from charter.studio import background
from charter.studio.background import run
from charter.studio.progress import Progress


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    background._jobs.clear()
    yield
    background._jobs.clear()


def test_what_is_quick_is_done_at_once():
    job = run("sum", lambda progress: 2 + 2)
    assert (job.is_running, job.result, job.error) == (False, 4, None)


def test_it_is_done_once_for_whoever_asks():
    done: list[int] = []
    for _ in range(3):
        run("once", lambda progress: done.append(1))
    assert done == [1]


def test_what_takes_long_runs_on_and_can_be_given_up():
    told = threading.Event()

    def count(progress: Progress) -> int:
        for number in range(10_000):
            progress.tell(number, 10_000)
            told.set()
            time.sleep(0.002)
        return 10_000

    job = run("count", count, patience=0)
    assert told.wait(5)
    assert job.is_running
    assert 0 <= job.progress.done < 1
    job.progress.give_up()
    job.wait(5)
    assert (job.is_running, job.result, job.is_given_up) == (False, None, True)


def test_a_search_that_is_given_up_has_no_time_left():
    progress = Progress(30)
    assert 0 < progress.seconds_left() <= 30
    progress.give_up()
    assert progress.seconds_left() < 0
    assert progress.clock() > 1e300


def test_why_it_failed_is_kept():
    def fail(progress: Progress) -> None:
        raise OSError("disk")

    job = run("fail", fail)
    assert isinstance(job.error, OSError)
    assert job.result is None


def test_what_was_forgotten_is_begun_anew():
    results = iter((1, 2))
    assert run("again", lambda progress: next(results)).result == 1
    background.forget("again")
    assert run("again", lambda progress: next(results)).result == 2


def test_not_all_is_kept_for_ever():
    for number in range(background._MOST_KEPT + 3):
        run(number, lambda progress: None)
    assert background.known(0) is None
    assert background.known(background._MOST_KEPT) is not None
