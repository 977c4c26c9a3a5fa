"""The shared charter as a card: what was saved there and isn't published, and who has it open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from charter.messages import N_
from charter.studio import version_deeds as deeds
from charter.studio.literal import literal
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.usecases.versions import FOLDER, FolderState

_NAME = "folder-draft-name"
_FILES_SHOWN = 6


def show_folder_card(
    session: Session,
    state: FolderState,
    others: Sequence[str],
    on_compare: Callable[[str], None],
) -> None:
    """Show how the folder stands to what is published."""
    speak = session.speak
    with st.container(border=True, key="folder-card", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(speak(N_("Shared charter")), anchor=False, width="stretch")
            if state.changes:
                label = speak(N_("Not all published"))
                st.markdown(f":orange-badge[:material/pending: {label}]", width="content")
            else:
                label = speak(N_("As published"))
                st.markdown(f":green-badge[:material/check_circle: {label}]", width="content")
        if others:
            who = literal(speak.all_of(others))
            told = speak.many(
                "{who} has it open now", "{who} have it open now", len(others), who=who
            )
            st.markdown(f":blue[:material/visibility: {told}]")
        st.markdown(literal(_told(session, state)))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.button(
                speak(N_("Open")) if session.version else speak(N_("Open already")),
                key="open-folder",
                icon=":material/menu_book:",
                disabled=not session.version,
                on_click=session.open_version,
                args=(FOLDER,),
            )
            if state.changes:
                st.button(
                    speak(N_("What it changes")),
                    key="compare-folder",
                    icon=":material/difference:",
                    on_click=on_compare,
                    args=(FOLDER,),
                )
                _into_draft(session)


def _told(session: Session, state: FolderState) -> str:
    speak = session.speak
    if not state.changes:
        return speak(N_("What was saved there is what is published."))
    names = [change.file for change in state.changes]
    more = [speak(N_("others"))] if len(names) > _FILES_SHOWN else []
    told = speak.many(
        "{number} file was saved there and isn't published yet: {files}.",
        "{number} files were saved there and aren't published yet: {files}.",
        len(names),
        files=speak.all_of([*names[:_FILES_SHOWN], *more]),
    )
    if state.meant:
        return told
    return f"{told} " + speak(N_("They say the same in other words or comments."))


def _into_draft(session: Session) -> None:
    speak = session.speak
    with st.popover(
        speak(N_("Put it into a draft…")),
        icon=":material/note_add:",
        disabled=not session.may(Role.EDITOR),
        key="folder-into-draft",
    ):
        st.markdown(
            speak(
                N_(
                    "Others can review it there, and it is published from there. The shared "
                    "charter stays as it is meanwhile."
                )
            )
        )
        st.text_input(
            speak(N_("Name of the draft")),
            key=_NAME,
            placeholder=speak(N_("spring-campaign")),
            persist_state="session",
        )
        st.button(
            speak(N_("Put it into this draft")),
            key="folder-into-draft-now",
            type="primary",
            on_click=deeds.put_folder_into_draft,
            args=(_NAME,),
        )
