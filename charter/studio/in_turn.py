"""The parts of a page that are worked out beside it, one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar, cast

import streamlit as st

from charter.messages import N_, Speaker
from charter.studio.background import GivenUp, Job, Progress, forget, known, run

Result = TypeVar("Result")

LOOKS_EVERY = "1s"
"""How often the page looks at whether the part is done that is worked out now."""
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
        _give_up_what_was_shown_before(name, key)
        task = do if patience else partial(_in_turn, do)
        job = run(name, task, seconds=seconds, patience=patience)
        if job.is_running:
            self._wait(job, waiting, key)
        elif job.error is not None:
            raise job.error
        elif job.is_given_up:
            self._offer_to_begin_again(name, key)
        else:
            show(cast(Result, job.result))
        return job

    def _wait(self, job: Job[Any], waiting: str, key: str) -> None:
        told = f":material/hourglass_top: {waiting}"
        if self._is_looking:
            st.caption(told)
            return
        self._is_looking = True

        @st.fragment(run_every=LOOKS_EVERY)
        def look() -> None:
            if not job.is_running:
                st.rerun()
            with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-progress"):
                st.progress(job.progress.done, text=told)
                st.button(
                    self._speak(N_("Cancel")),
                    key=f"{key}-cancel",
                    icon=":material/close:",
                    on_click=job.progress.give_up,
                )

        look()

    def _offer_to_begin_again(self, name: Hashable, key: str) -> None:
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-stopped"):
            st.caption(self._speak(N_("This was stopped before it was done.")))
            st.button(
                self._speak(N_("Work it out")),
                key=f"{key}-again",
                on_click=forget,
                args=(name,),
                icon=":material/play_arrow:",
            )


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


def _give_up_what_was_shown_before(name: Hashable, key: str) -> None:
    before = st.session_state.get(f"{key}-work")
    if before is not None and before != name:
        job = known(before)
        if job is not None and job.is_running:
            forget(before)
    st.session_state[f"{key}-work"] = name
