"""The parts of a page that are worked out beside it, one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar, cast

import streamlit as st

from charter.messages import Speaker
from charter.studio.background import Job, run, show_failure, show_progress
from charter.studio.progress import GivenUp, Progress

Result = TypeVar("Result")

PAGE_FIRST = 0.3
"""Seconds after which work is begun that the page doesn't wait for."""
# Threads of Python share one processor, and the page is drawn by one of them.
_one_at_a_time = threading.Lock()


class InTurn:
    """The parts of one page, for one answer: one of them at a time is looked at."""

    def __init__(self, speak: Speaker) -> None:
        self._speak = speak
        self._is_looking = False

    def show(
        self,
        name: Hashable,
        do: Callable[[Progress], Result],
        show: Callable[[Result], None],
        *,
        key: str,
        waiting: str,
        seconds: float | None = None,
        patience: float = 0.0,
    ) -> Job[Result]:
        """Show what comes of some work; until then how far it is, and a way to give it up.

        Args:
            name: Tells this work from others: what is done, and with what.
            do: Does it.
            show: Shows what came of it.
            key: The part of the page: what was begun for it under another name is given up.
            waiting: What is said meanwhile.
            seconds: How long it may take.
            patience: How many seconds the page may wait for it. What it doesn't wait for is begun
                once the page is there, and when no other such work is under way.
        """
        task = do if patience else partial(_in_turn, do)
        job = run(name, task, seconds=seconds, patience=patience, place=key)
        if job.is_running:
            self._wait(job, waiting, key)
        elif job.error is not None or job.is_given_up:
            show_failure(job, self._speak, key=key)
        else:
            show(cast(Result, job.result))
        return job

    def _wait(self, job: Job[Any], waiting: str, key: str) -> None:
        told = f":material/hourglass_top: {waiting}"
        if self._is_looking:
            st.caption(told)
            return
        self._is_looking = True
        show_progress(job, self._speak, told, key=key)


def go_on(progress: Progress) -> None:
    """Go on with some work, if it is still wanted.

    Raises:
        GivenUp: It isn't.
    """
    if progress.is_given_up:
        raise GivenUp


def _in_turn(do: Callable[[Progress], Result], progress: Progress) -> Result:
    time.sleep(PAGE_FIRST)
    with _one_at_a_time:
        go_on(progress)
        return do(progress)
