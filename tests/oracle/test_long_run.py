"""The long run compares what it says it compares, and can't end well with a difference."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from multiprocessing.pool import ThreadPool
from types import SimpleNamespace

import pytest

from . import long_run
from .comparison import Tally

pytestmark = pytest.mark.oracle


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Share the work out among threads, in which what a test replaces is replaced as well."""
    handlers = {sort: signal.getsignal(sort) for sort in (signal.SIGINT, signal.SIGTERM)}
    context = SimpleNamespace(Pool=ThreadPool)
    monkeypatch.setattr(long_run.multiprocessing, "get_context", lambda _: context)
    monkeypatch.setattr(long_run, "begin", lambda: None)
    yield
    for sort, handler in handlers.items():
        signal.signal(sort, handler)


def test_every_seed_of_every_kind_is_handed_out_once() -> None:
    tasks = list(long_run.tasks(["carries", "peak"], range(50, 300)))
    handed = [(kind, seed) for kind, seeds in tasks for seed in seeds]
    assert sorted(handed) == [(k, s) for k in ("carries", "peak") for s in range(50, 300)]


def test_a_run_without_differences_ends_with_0_and_a_table(capsys: pytest.CaptureFixture) -> None:
    assert long_run.main(["3", "--first-seed", "7", "--kinds", "carries", "adapted"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("Seeds 7 to 9 of each kind")
    rows = {line.split()[0]: line.split()[1:] for line in printed[1:]}
    assert list(rows) == ["kind", "carries", "adapted", "all"]
    assert [rows[kind][0] for kind in ("carries", "adapted", "all")] == ["3", "3", "6"]
    assert int(rows["carries"][5]) == int(rows["carries"][2]) > 0, "each witness is replayed"


def test_a_difference_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    tally = Tally(workspaces=1, differences=["carries, ORACLE_SEED=0, …"])
    monkeypatch.setattr(long_run, "compared", lambda *_: tally)
    assert long_run.main(["1", "--kinds", "carries"]) == 1
    assert capsys.readouterr().out.startswith("carries, ORACLE_SEED=0, …\n")


def test_an_engine_that_fails_is_a_difference(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def failing(*_: object) -> Tally:
        raise RecursionError("too deep")

    monkeypatch.setattr(long_run, "compared", failing)
    assert long_run.main(["1", "--kinds", "carries"]) == 1
    assert "RecursionError: too deep" in capsys.readouterr().out


def test_a_run_that_is_interrupted_tells_what_it_compared_and_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def first_only(kinds: list[str], seeds: range) -> Iterator[long_run.Task]:
        yield from zip(kinds, [seeds], strict=True)

    class Interrupted(ThreadPool):
        def imap_unordered(self, *asked: object) -> Iterator[tuple[str, Tally]]:
            yield from super().imap_unordered(*asked)  # type: ignore[arg-type]
            raise KeyboardInterrupt

    context = SimpleNamespace(Pool=Interrupted)
    monkeypatch.setattr(long_run.multiprocessing, "get_context", lambda _: context)
    monkeypatch.setattr(long_run, "tasks", first_only)
    assert long_run.main(["2", "--kinds", "reviewed"]) == 2
    assert capsys.readouterr().out.splitlines()[-1].split()[:2] == ["all", "2"]


def test_no_cases_at_all_are_refused(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        long_run.main(["0"])
    assert "at least one case" in capsys.readouterr().err
