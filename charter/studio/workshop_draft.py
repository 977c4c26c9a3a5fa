"""The end of a workshop: a draft of the charter is written, a workbook or a report taken home."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from charter.history import HistoryError
from charter.messages import N_
from charter.studio import session as sessions
from charter.studio import work
from charter.studio.fields import follow
from charter.studio.literal import literal
from charter.studio.no_versions import show_no_versions
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.studio.toolbar import draft_names
from charter.studio.version_deeds import typed
from charter.usecases.downloads import MEDIA_TYPES
from charter.usecases.drafts import list_drafts
from charter.usecases.workshops import (
    ChangedMeanwhile,
    commit_message,
    free_draft_name,
    report_of,
    workbook_of,
    write_draft,
)
from charter.workshop import CannotKeep
from charter.workshop.outcome import Outcome
from charter.workshop.proposals import Proposal
from journeys.document import slug

_NAME, _WRITTEN = "outcome-name", "outcome-written"


@dataclass(frozen=True)
class _Written:
    workshop: str
    draft: str


def show_draft(
    session: Session, found: Outcome, chosen: Sequence[Proposal], *, is_proved: bool
) -> None:
    """Let a draft be written with the proposals that are ticked, and be opened then."""
    speak = session.speak
    st.subheader(speak(N_("The draft")), anchor=False)
    taken = draft_names(str(session.root))
    if taken is None:
        try:
            taken = [each.name for each in list_drafts(session.root)]
        except HistoryError as error:
            show_no_versions(session, error)
            return
    _show_written(session, found, taken)
    follow(_NAME, free_draft_name(found.workshop, taken, speak))
    with st.container(horizontal=True, vertical_alignment="bottom", key="outcome-draft"):
        st.text_input(
            speak(N_("Name of the draft")),
            key=_NAME,
            help=speak(N_("Letters, digits and hyphens, such as “spring-2027”.")),
            disabled=not session.may(Role.EDITOR),
            persist_state="session",
            width=360,
        )
        st.button(
            speak(N_("Write a draft")),
            key="outcome-write",
            type="primary",
            icon=":material/edit_note:",
            disabled=not (chosen and is_proved and session.may(Role.EDITOR)),
            on_click=_write,
            args=(found, tuple(chosen)),
        )
    told = speak.many(
        "{number} change, with its round and its support in the draft's message. Nobody is named.",
        "{number} changes, each with its round and its support in the draft's message. Nobody is "
        "named.",
        len(chosen),
    )
    st.caption(told)
    if session.desk.changes:
        st.caption(speak(N_("Your unsaved changes aren't part of it; they stay where they are.")))


def _show_written(session: Session, found: Outcome, drafts: Sequence[str]) -> None:
    written: _Written | None = st.session_state.get(_WRITTEN)
    if written is None or written.workshop != found.workshop.id or written.draft not in drafts:
        return
    speak = session.speak
    with st.container(horizontal=True, vertical_alignment="center", key="outcome-opening"):
        st.markdown(
            ":green[:material/check_circle:] "
            + speak(N_("The draft “{draft}” is written."), draft=literal(written.draft)),
            width="content",
        )
        st.button(
            speak(N_("Open it")),
            key="outcome-open",
            icon=":material/open_in_new:",
            disabled=session.version == written.draft,
            on_click=session.open_version,
            args=(written.draft,),
        )


def _write(found: Outcome, chosen: tuple[Proposal, ...]) -> None:
    session, name = sessions.current(), typed(_NAME)
    speak = session.speak

    def act() -> None:
        write_draft(
            session.root,
            found.workshop,
            chosen,
            name,
            version=session.version,
            language=str(speak.language),
            author=work.author(session),
            message=commit_message(found, chosen, speak),
            now=datetime.datetime.now().astimezone(),
        )

    try:
        is_done = work.done(Role.EDITOR, act, N_("The draft “{draft}” is written."), draft=name)
    except ChangedMeanwhile as changed:
        what = speak.all_of(each.told.spoken(speak) for each in changed.proposals[:3])
        work.refuse(
            speak(
                N_("This means something else now, so nothing was written: {what}. Look again."),
                what=what,
            )
        )
        return
    except CannotKeep as error:
        work.refuse(
            speak(N_("The disk refuses: {detail}. Nothing was changed."), detail=error.detail)
        )
        return
    if is_done:
        draft_names.clear()
        st.session_state[_WRITTEN] = _Written(found.workshop.id, name)


def show_downloads(session: Session, found: Outcome) -> None:
    """Offer the workbook and the report of a workshop; they are made once they are asked for."""
    speak = session.speak
    st.subheader(speak(N_("To take home")), anchor=False)
    name = slug(found.workshop.title) or "workshop"
    brand = session.written.charter.brand
    with st.container(horizontal=True, key="outcome-downloads"):
        for ending, label, make in (
            (".xlsx", N_("Workbook (XLSX)"), partial(workbook_of, session.root, found, speak)),
            (".html", N_("Report (HTML)"), partial(report_of, found, brand, speak)),
        ):
            st.download_button(
                speak(label),
                make,
                f"{name}{ending}",
                MEDIA_TYPES[ending],
                key=f"outcome-{ending.removeprefix('.')}",
                icon=":material/download:",
                on_click="ignore",
            )
    st.caption(speak(N_("Participants are numbers in it; nicknames are nowhere.")))
