"""Work in a process of its own."""

import os
import time

import pytest

from charter.studio.background import GivenUp, Progress
from charter.studio.elsewhere import elsewhere


def test_it_is_done_in_another_process():
    assert elsewhere(Progress(None), os.getpid) not in (os.getpid(), None)


def test_it_may_be_asked_about_more_than_a_pipe_holds():
    assert elsewhere(Progress(None), len, bytes(1_000_000)) == 1_000_000


def test_what_it_raises_is_raised_here():
    with pytest.raises(FileNotFoundError):
        elsewhere(Progress(None), os.stat, "/nowhere/at/all")


def test_what_it_prints_is_no_answer():
    assert elsewhere(Progress(None), print, "Hello") is None


def test_giving_it_up_stops_it():
    progress = Progress(None)
    progress.give_up()
    begun = time.monotonic()
    with pytest.raises(GivenUp):
        elsewhere(progress, time.sleep, 60)
    assert time.monotonic() - begun < 30


def test_a_process_that_dies_is_told():
    with pytest.raises(ChildProcessError):
        elsewhere(Progress(None), os._exit, 3)
