"""Any two versions compared: which, what they say differently, what came of it, on the map."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from functools import partial

import streamlit as st

from charter.checker import Checked
from charter.compare import Comparison
from charter.history import HistoryError
from charter.messages import N_
from charter.reports.words import moment
from charter.store import Conflicted
from charter.studio import address, work
from charter.studio.drop_down import drop_down
from charter.studio.in_turn import InTurn
from charter.studio.literal import literal
from charter.studio.meaning_diff import show_changed_map, show_comparison
from charter.studio.progress import Progress
from charter.studio.session import Session
from charter.studio.toolbar import version_name
from charter.usecases.check import check_workspace
from charter.usecases.desks import mark_of
from charter.usecases.versions import (
    FOLDER,
    PublishedVersion,
    compare_versions,
    once_published,
    revision_of_draft,
)
from charter.workspace import Workspace

OLD, NEW = "from", "to"
IN_FOLDER = "folder"
"""What lies in the folder, as it is asked for."""
PUBLISHED = "HEAD"
_PATIENCE = 0.2

_Found = Comparison | Checked | Conflicted | HistoryError


def compare_with_published(version: str) -> None:
    """Compare what is published with what it would be with a draft, or with the folder."""
    compare(PUBLISHED, once_published(version) if version else IN_FOLDER)


def compare(old: str, new: str) -> None:
    """Compare two versions from the next answer on."""
    st.session_state[OLD], st.session_state[NEW] = old, new


def show_comparing(
    session: Session, drafts: Sequence[str], published: Sequence[PublishedVersion], mark: str
) -> None:
    """Show two versions to choose, and compare them; ``mark`` names all as they are now."""
    speak, options = session.speak, _options(session, drafts, published)
    draft = revision_of_draft(session.version) if session.version else IN_FOLDER
    st.header(speak(N_("Compare two versions")), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare"):
        for key, label, default in (
            (OLD, N_("Before"), PUBLISHED),
            (NEW, N_("After"), draft if draft in options else IN_FOLDER),
        ):
            address.read(key, options, default=default)
            chosen = drop_down(
                speak(label), list(options), key=key, told=options.__getitem__, width=420
            )
            address.write(key, chosen)
    old, new = (
        FOLDER if st.session_state[key] == IN_FOLDER else st.session_state[key]
        for key in (OLD, NEW)
    )
    today, files = datetime.date.today(), mark_of(session.root, FOLDER)

    def do(_: Progress) -> _Found:
        try:
            return compare_versions(session.root, old, new, today, check_once)
        except (Conflicted, HistoryError) as error:
            return error

    InTurn(speak).show(
        ("versions", str(session.root), old, new, mark, files, today),
        do,
        partial(_show, session),
        key="compared",
        waiting=speak(N_("Both versions are being compared.")),
        patience=_PATIENCE,
    )


def check_once(workspace: Workspace, today: datetime.date) -> Checked:
    """Check a workspace, once for what it says: many are compared with what is published."""
    said = hashlib.blake2b(digest_size=16)
    for file, text in sorted(workspace.sources.items()):
        said.update(f"{file}\0{len(text)}\0{text}".encode(errors="surrogatepass"))
    return _check_once(said.hexdigest(), today, workspace)


@st.cache_resource(max_entries=16, show_spinner=False)
def _check_once(said: str, today: datetime.date, _workspace: Workspace) -> Checked:
    del said  # part of the key only
    return check_workspace(_workspace, today)


def _show(session: Session, found: _Found) -> None:
    if isinstance(found, Conflicted):
        told = N_(
            "What was published meanwhile and this draft contradict each other. Publish the draft "
            "to settle that; nothing is published before."
        )
        st.info(session.speak(told), icon=":material/merge:")
        return
    if isinstance(found, HistoryError):
        st.info(literal(work.why(found, session.speak) or ""), icon=":material/info:")
        return
    show_comparison(found, session.speak, "compared")
    show_changed_map(found, session.speak, "compared")


def _options(
    session: Session, drafts: Sequence[str], published: Sequence[PublishedVersion]
) -> dict[str, str]:
    """Return what can be compared, by how it is asked for, each with what it is called."""
    speak = session.speak
    earlier = {
        each.commit.id: speak(
            N_("Published {when}: {what}"),
            when=moment(each.commit.when, speak),
            what=each.commit.subject,
        )
        for each in published
    }
    return {
        PUBLISHED: speak(N_("What is published now")),
        IN_FOLDER: version_name(FOLDER, speak),
        **{revision_of_draft(name): version_name(name, speak) for name in drafts},
        **{
            once_published(name): speak(N_("Draft “{name}”, once published"), name=name)
            for name in drafts
        },
        **earlier,
    }
