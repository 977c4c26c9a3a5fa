"""Versions: drafts, their review, what is published; any two compared; one had back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from charter.history import HistoryError, ReviewState
from charter.messages import N_
from charter.store import Conflicted
from charter.studio import version_deeds as deeds
from charter.studio.conflict_dialog import show_conflicts
from charter.studio.draft_cards import show_draft_card
from charter.studio.folder_card import show_folder_card
from charter.studio.no_versions import show_no_versions
from charter.studio.publish_dialog import preview, show_publish_dialog
from charter.studio.session import Session, current
from charter.studio.version_comparing import compare, compare_with_published, show_comparing
from charter.studio.version_log import show_log
from charter.studio.whos_here import others_with
from charter.usecases.desks import mark_of
from charter.usecases.drafts import ReviewedDraft, reviewed_drafts
from charter.usecases.versions import (
    FOLDER,
    FolderState,
    PublishedVersion,
    folder_state,
    mark_of_versions,
    published_versions,
)

LOOKS_EVERY = 3.0


@dataclass(frozen=True)
class Versions:
    """All versions, as they were when they had ``mark``."""

    mark: str
    drafts: list[ReviewedDraft]
    published: list[PublishedVersion]


def show(session: Session) -> None:
    """Show the page."""
    try:
        versions = _versions(str(session.root), mark_of_versions(session.root))
        state = _folder(str(session.root), versions.mark, mark_of(session.root, FOLDER))
    except HistoryError as error:
        show_no_versions(session, error)
        return
    _drafts(session, versions, state)
    names = [each.draft.name for each in versions.drafts]
    show_comparing(session, names, versions.published, versions.mark)
    st.header(session.speak(N_("Published versions")), anchor=False)
    show_log(session, versions.published, compare)
    _dialogs(session, versions)
    _watch(session, versions)


@st.cache_resource(max_entries=8, show_spinner=False)
def _versions(root: str, mark: str) -> Versions:
    folder = Path(root)
    drafts = reviewed_drafts(folder)
    # What is still to be done comes first.
    drafts.sort(key=lambda each: each.review.state is ReviewState.PUBLISHED)
    return Versions(mark, drafts, published_versions(folder))


@st.cache_resource(max_entries=8, ttl=10, show_spinner=False)
def _folder(root: str, mark: str, files: str) -> FolderState:
    del mark, files  # part of the key only
    return folder_state(Path(root))


def _drafts(session: Session, versions: Versions, state: FolderState) -> None:
    names = [each.draft.name for each in versions.drafts]
    others = others_with(session.root, [FOLDER, *names])
    st.caption(
        session.speak(
            N_(
                "A draft is a copy to work on: others see it here, review it, and publish it when "
                "it is good. Until then the published charter stays as it is."
            )
        )
    )
    with st.grid(2, min_column_width=420):
        show_folder_card(session, state, others[FOLDER], compare_with_published)
        for each in versions.drafts:
            shown = others[each.draft.name]
            show_draft_card(session, each, shown, compare_with_published, deeds.begin_publishing)
    if not versions.drafts:
        st.caption(
            session.speak(
                N_("No draft yet. Begin one with ⋮ above: it holds what you see, unsaved or not.")
            )
        )


def _dialogs(session: Session, versions: Versions) -> None:
    """Ask what the visitor was about to be asked."""
    by_name = {each.draft.name: each for each in versions.drafts}
    wanted, unsettled = deeds.to_publish(), deeds.to_settle()
    if unsettled in by_name:
        found = preview(session.root, unsettled, versions.mark, datetime.date.today())
        if isinstance(found, Conflicted):
            settle = partial(deeds.bring_in, unsettled)
            show_conflicts(
                found.conflicts, session.speak, session.names, settle, deeds.stop_settling
            )
    elif wanted in by_name:
        show_publish_dialog(session, by_name[wanted], versions.mark)


def _watch(session: Session, versions: Versions) -> None:
    """Run the page again once anybody saves or says something, comes or goes."""
    names = [FOLDER, *(each.draft.name for each in versions.drafts)]
    seen = others_with(session.root, names)

    @st.fragment(run_every=LOOKS_EVERY)
    def look() -> None:
        try:
            is_new = mark_of_versions(session.root) != versions.mark
        except HistoryError:
            is_new = True
        if is_new or others_with(session.root, names) != seen:
            st.rerun()

    look()


show(current())
