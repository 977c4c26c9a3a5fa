"""Work that takes longer than a click: done beside the page, told how far it is, and given up.

    job = run(("plan", fingerprint), lambda progress: plan(…, seconds_left=progress.seconds_left))
    if job.is_running:
        show_progress(job, speak, speak(N_("Looking for the cheapest plan…")), key="plan")
    elif job.result is not None:
        …

What was worked out once for a name isn't worked out again, for whoever asks.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

import streamlit as st

from charter.messages import N_, Speaker
from charter.studio.progress import GivenUp, Progress

_Result = TypeVar("_Result")
_log = logging.getLogger(__name__)
_MOST_KEPT = 64
LOOKS_EVERY = 0.4


class Job(Generic[_Result]):
    """Some work, and what came of it.

    Attributes:
        progress: How far it is.
        result: What came of it; None while it runs, where it failed and where it was given up.
        error: Why it failed.
    """

    def __init__(self, do: Callable[[Progress], _Result], seconds: float | None) -> None:
        self.progress = Progress(seconds)
        self.result: _Result | None = None
        self.error: Exception | None = None
        self._do = do
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether it isn't done yet."""
        return self._thread.is_alive()

    @property
    def is_given_up(self) -> bool:
        """Whether nobody wants it any more."""
        return self.progress.is_given_up

    def wait(self, seconds: float) -> None:
        """Wait for what may be done in a moment."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            result = self._do(self.progress)
        except GivenUp:
            return
        except Exception as error:
            # A fault of ours mustn't take the page along; it is found in the log.
            _log.exception("Work beside the page failed")
            self.error = error
            return
        if not self.is_given_up:
            self.result = result


def run(
    name: Hashable,
    do: Callable[[Progress], _Result],
    *,
    seconds: float | None = None,
    patience: float = 0.15,
    place: str = "",
) -> Job[_Result]:
    """Return the work of a name, begun now if it wasn't yet; what is quick is done already.

    Args:
        name: Tells this work from others: what is done, and with what.
        do: Does it.
        seconds: How long it may take, which `Progress` tells it.
        patience: How long to wait for it before it is shown as running.
        place: Where it is shown: what this visitor was shown there before, and still runs, is
            given up.
    """
    if place:
        _give_up_what_was_there(place, name)
    jobs, lock = _jobs()
    with lock:
        job = jobs.get(name)
        if job is None:
            job = jobs[name] = Job(do, seconds)
            while len(jobs) > _MOST_KEPT:
                _, oldest = jobs.popitem(last=False)
                oldest.progress.give_up()
        jobs.move_to_end(name)
    job.wait(patience)
    return job


def _give_up_what_was_there(place: str, name: Hashable) -> None:
    key = f"{place}:work"
    before: Hashable = st.session_state.get(key)
    st.session_state[key] = name
    job = known(before)
    if before != name and job is not None and job.is_running:
        forget(before)


def known(name: Hashable) -> Job[Any] | None:
    """Return the work of a name, if it was begun."""
    jobs, lock = _jobs()
    with lock:
        return jobs.get(name)


def forget(name: Hashable) -> None:
    """Give work up, and let it be begun anew."""
    jobs, lock = _jobs()
    with lock:
        job = jobs.pop(name, None)
    if job is not None:
        job.progress.give_up()


@st.cache_resource(show_spinner=False)
def _jobs() -> tuple[OrderedDict[Hashable, Job[Any]], threading.Lock]:
    return OrderedDict(), threading.Lock()


def show_progress(job: Job[Any], speak: Speaker, told: str, *, key: str) -> None:
    """Show how far work is, with a way to give it up; the page runs again once it is done."""

    @st.fragment(run_every=LOOKS_EVERY)
    def look() -> None:
        if not job.is_running:
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-progress"):
            st.progress(job.progress.done, text=told)
            st.button(
                speak(N_("Cancel")),
                key=f"{key}-cancel",
                icon=":material/close:",
                on_click=job.progress.give_up,
            )

    look()


def show_failure(job: Job[Any], speak: Speaker, *, key: str) -> None:
    """Say why work has no result, and offer to do it again."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-failed"):
        if job.is_given_up:
            st.markdown(speak(N_("This was cancelled.")))
        else:
            st.markdown(
                ":orange[:material/warning: "
                + speak(N_("This couldn't be worked out. Nothing of yours is lost."))
                + "]"
            )
        st.button(
            speak(N_("Try again")),
            key=f"{key}-again",
            icon=":material/refresh:",
            on_click=_forget_job,
            args=(job,),
        )


def _forget_job(job: Job[Any]) -> None:
    jobs, lock = _jobs()
    with lock:
        for name in [name for name, each in jobs.items() if each is job]:
            del jobs[name]
