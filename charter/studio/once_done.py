"""A part of a page whose content is worked out beside it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from charter.messages import N_, Speaker
from charter.studio.background import GivenUp, Job, Progress, forget, known, run, show_progress

Result = TypeVar("Result")


def show_once_done(
    name: Hashable,
    do: Callable[[Progress], Result],
    show: Callable[[Result], None],
    speak: Speaker,
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
        speak: The reader's language.
        key: The part of the page: what was begun for it under another name is given up.
        waiting: What is said meanwhile.
        seconds: How long it may take.
        patience: How many seconds the page may wait for it.
    """
    _give_up_what_was_shown_before(name, key)
    job = run(name, do, seconds=seconds, patience=patience)
    if job.is_running:
        show_progress(job, speak, waiting, key=key)
    elif job.error is not None:
        raise job.error
    elif job.is_given_up:
        _offer_to_begin_again(name, speak, key)
    else:
        result: Result = job.result  # type: ignore[assignment]  # None is a result of such work only
        show(result)
    return job


def go_on(progress: Progress) -> None:
    """Go on with some work, if it is still wanted.

    Raises:
        GivenUp: It isn't.
    """
    if progress.is_given_up:
        raise GivenUp


def _give_up_what_was_shown_before(name: Hashable, key: str) -> None:
    before = st.session_state.get(f"{key}-work")
    if before is not None and before != name:
        job = known(before)
        if job is not None and job.is_running:
            forget(before)
    st.session_state[f"{key}-work"] = name


def _offer_to_begin_again(name: Hashable, speak: Speaker, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-stopped"):
        st.caption(speak(N_("This was stopped before it was done.")))
        st.button(
            speak(N_("Work it out")),
            key=f"{key}-again",
            on_click=forget,
            args=(name,),
            icon=":material/play_arrow:",
        )
