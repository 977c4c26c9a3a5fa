"""Work in a process of its own."""

import datetime
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from charter.studio.elsewhere import elsewhere
from charter.studio.progress import GivenUp, Progress
from charter.usecases.priorities import what_first
from charter.workspace import read_folder


def test_it_is_done_in_another_process():
    assert elsewhere(Progress(None), os.getpid) not in (os.getpid(), None)


def test_it_may_be_asked_about_more_than_a_pipe_holds():
    assert elsewhere(Progress(None), len, bytes(1_000_000)) == 1_000_000


def test_what_to_do_first_is_as_it_would_be_here(root: Path):
    workspace, today = read_folder(root), datetime.date(2026, 11, 26)
    there = elsewhere(
        Progress(None), what_first, workspace, today, seconds=60, clock=time.monotonic
    )
    here = what_first(workspace, today, seconds=60, clock=time.monotonic)
    assert there.actions
    assert there == here


def test_the_app_is_not_loaded_there():
    """It would take longer than most of what is asked."""
    assert not elsewhere(Progress(None), eval, "'streamlit' in __import__('sys').modules")


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


class Grows:
    """What is worked out, and kept among what is asked about, while that is being packed."""

    def __init__(self, kept: dict[str, object]) -> None:
        self.kept = kept

    def __reduce__(self) -> tuple[type[str], tuple[()]]:
        self.kept.setdefault("worked out", True)
        return str, ()


def test_what_is_asked_about_may_be_worked_on_meanwhile():
    kept: dict[str, object] = {}
    kept.update({"a": Grows(kept), "b": 1})
    with pytest.raises(RuntimeError):
        pickle.dumps(kept)
    kept = {}
    kept.update({"a": Grows(kept), "b": 1})
    assert elsewhere(Progress(None), sorted, kept) == ["a", "b", "worked out"]


def test_nothing_is_said_where_whoever_asked_has_gone():
    process = subprocess.Popen(
        [sys.executable, "-m", "charter.studio.elsewhere"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    process.stdout.close()
    process.stdin.write(pickle.dumps((len, ("gone",), {})))
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr
    with process.stderr:
        assert process.stderr.read() == b""
