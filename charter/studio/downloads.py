"""Files to take away: each is made on request beside the page, then offered with its size.

A download whose file is made only when it is clicked on isn't found while the page runs again, so
a button makes the file, and another one offers it. What was made once for what is shown isn't made
again, for whoever asks.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable

import streamlit as st

from charter.checker import Checked
from charter.messages import N_, Speaker
from charter.reports.words import amount
from charter.studio import background, work
from charter.studio.elsewhere import elsewhere
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.usecases.desks import fingerprint
from charter.usecases.downloads import MEDIA_TYPES, Shown, Wanted, made

_EXPECTED = 20.0
"""Seconds that a file takes at most on a machine with other things to do: for the bar alone."""
_FORMATS = {
    ".pdf": N_("PDF, to print"),
    ".pptx": N_("Slides (PPTX)"),
    ".html": N_("Web page (HTML)"),
    ".xlsx": N_("Workbook (XLSX)"),
    ".csv": N_("Table (CSV)"),
    ".svg": N_("Picture to print (SVG)"),
    ".png": N_("Picture for a presentation (PNG)"),
    ".zip": N_("Pages in an archive (ZIP)"),
}


def offer(session: Session, wanted: Wanted, *, key: str) -> None:
    """Offer a file: to make it, then how far that is, then to take it away."""
    speak, name = session.speak, _name(session, wanted)
    label = speak(_FORMATS[wanted.ending])
    job = background.known(name)
    if job is None:
        st.button(
            label,
            key=key,
            icon=":material/draft:",
            width="stretch",
            on_click=_make,
            args=(session, wanted, name),
        )
        return
    with st.container(key=f"{key}-offer"):
        if job.is_running and not job.is_given_up:
            told = speak(N_("{file} is being made…"), file=label)
            background.show_progress(job, speak, told, key=key)
        elif isinstance(job.result, bytes):
            file = wanted.file_name(speak.words(session.written.charter.brand))
            st.download_button(
                f"{label} · {size(len(job.result), speak)}",
                job.result,
                file,
                MEDIA_TYPES[wanted.ending],
                key=f"{key}-download",
                type="primary",
                icon=":material/download:",
                width="stretch",
                on_click="ignore",
            )
        elif isinstance(job.result, Checked):
            st.error(literal(work.told_problems(job.result, speak)), icon=":material/error:")
        else:
            background.show_failure(job, speak, key=key)


def size(length: int, speak: Speaker) -> str:
    """Return how large a file of so many bytes is, for people."""
    if length < 1_000_000:
        return speak(N_("{size} KB"), size=speak.count(max(round(length / 1000), 1)))
    return speak(N_("{size} MB"), size=amount(round(length / 1_000_000, 1), speak))


def _name(session: Session, wanted: Wanted) -> Hashable:
    """Return the name of the work: another one once something else is shown."""
    contents = fingerprint(session.files, session.base.unread)
    shown = (str(session.root), contents, session.base.commit_id)
    return ("download", wanted, shown, session.speak.language, datetime.date.today())


def _make(session: Session, wanted: Wanted, name: Hashable) -> None:
    shown = Shown(session.files, session.root, session.base.commit)
    language, today = session.speak.language, datetime.date.today()
    background.run(
        name,
        lambda progress: elsewhere(progress, made, wanted, shown, language, today),
        seconds=_EXPECTED,
    )
