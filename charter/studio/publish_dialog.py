"""Asks before a draft is published: what will be otherwise, what comes of it, in which words."""

from __future__ import annotations

import datetime
from pathlib import Path

import streamlit as st

from charter.checker import Checked
from charter.compare import Comparison, Turn
from charter.history import HistoryError, ReviewState
from charter.messages import N_
from charter.store import Conflicted
from charter.studio import version_deeds as deeds
from charter.studio import work
from charter.studio.draft_cards import key_of
from charter.studio.literal import literal
from charter.studio.meaning_diff import show_comparison
from charter.studio.session import Session
from charter.studio.version_comparing import check_once
from charter.usecases.drafts import ReviewedDraft
from charter.usecases.versions import preview_of_publishing


def show_publish_dialog(session: Session, shown: ReviewedDraft, mark: str) -> None:
    """Show what publishing a draft would bring; ``mark`` names the versions as they are now."""
    speak, name = session.speak, shown.draft.name
    title = speak(N_("Publish the draft “{draft}”"), draft=literal(name))

    @st.dialog(title, width="large", icon=":material/publish:", on_dismiss=deeds.stop_publishing)
    def dialog() -> None:
        found = preview(session.root, name, mark, datetime.date.today())
        if isinstance(found, HistoryError):
            st.error(literal(work.why(found, speak) or ""), icon=":material/error:")
            return
        if isinstance(found, Conflicted):
            _offer_to_settle(session, name, found)
            return
        _warn(session, shown, found)
        message = f"publish-message-{key_of(name)}"
        st.text_input(
            speak(N_("What this version is, in a few words")),
            key=message,
            placeholder=speak(N_("The host is named on the web")),
            persist_state="session",
        )
        is_valid = isinstance(found, Comparison)
        if st.button(
            speak(N_("Publish")),
            key="publish-now",
            icon=":material/publish:",
            type="primary",
            disabled=not is_valid,
            on_click=deeds.publish,
            args=(name, message),
        ):
            st.rerun()
        show_comparison(found, speak, "preview")

    dialog()


def _warn(session: Session, shown: ReviewedDraft, found: Comparison | Checked) -> None:
    """Say what speaks against publishing it just now."""
    speak, review = session.speak, shown.review
    if review.state is ReviewState.CHANGES_ASKED:
        st.warning(speak(N_("Somebody asked for changes in it.")), icon=":material/feedback:")
    elif review.state is not ReviewState.APPROVED:
        st.info(speak(N_("Nobody has approved it yet.")), icon=":material/info:")
    elif review.has_changed_since:
        st.warning(speak(N_("It was changed after it was approved.")), icon=":material/history:")
    broken = len(found.of(Turn.NEWLY_BROKEN)) if isinstance(found, Comparison) else 0
    if broken:
        st.warning(
            speak.many(
                "Publishing it breaks {number} verdict that holds now.",
                "Publishing it breaks {number} verdicts that hold now.",
                broken,
            ),
            icon=":material/cancel:",
        )
    if session.version == shown.draft.name and session.desk.changes:
        st.warning(
            speak(
                N_(
                    "You have unsaved changes in this draft. They aren't published with it: save "
                    "them first if they should be."
                )
            ),
            icon=":material/save:",
        )


def _offer_to_settle(session: Session, name: str, found: Conflicted) -> None:
    speak = session.speak
    st.markdown(
        speak.many(
            "What was published meanwhile and this draft say {number} thing in different ways. "
            "Settle it in the draft first; nothing is published until then.",
            "What was published meanwhile and this draft say {number} things in different ways. "
            "Settle them in the draft first; nothing is published until then.",
            len(found.conflicts),
        )
    )
    if st.button(
        speak(N_("Settle")),
        key="publish-settle",
        type="primary",
        on_click=deeds.begin_settling,
        args=(name,),
    ):
        st.rerun()


Preview = Comparison | Checked | Conflicted | HistoryError


def preview(root: Path, draft: str, mark: str, today: datetime.date) -> Preview:
    """Return what publishing a draft would bring, worked out once for each state of versions."""
    return _preview(str(root), draft, mark, today)


@st.cache_resource(max_entries=8, show_spinner=False)
def _preview(root: str, draft: str, mark: str, today: datetime.date) -> Preview:
    del mark  # part of the key only
    try:
        return preview_of_publishing(Path(root), draft, today, check_once)
    except (Conflicted, HistoryError) as error:
        return error
