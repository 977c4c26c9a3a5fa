"""What a visitor does with versions: have drafts reviewed, publish, discard, restore.

Each is called before the page runs again, and tells what was done, or why it wasn't, in the bar.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import streamlit as st

from charter.history import Commit, HistoryError
from charter.merging.settling import Choice
from charter.messages import N_
from charter.studio import session as sessions
from charter.studio import work
from charter.studio.roles import Role
from charter.studio.toolbar import draft_names
from charter.usecases import drafts, versions

_PUBLISHING = "draft-to-publish"
_SETTLING = "draft-to-settle"


def typed(key: str) -> str:
    """Return what was typed into a field."""
    return str(st.session_state.get(key, "")).strip()


def ask_for_review(name: str, seen: str, key: str) -> None:
    """Ask others to look at a draft."""
    told = N_("Others were asked to review the draft “{draft}”.")
    _say_in_review(drafts.ask_for_review, Role.EDITOR, name, seen, key, told)


def approve(name: str, seen: str, key: str) -> None:
    """Approve a draft as it was seen."""
    told = N_("You approved the draft “{draft}”.")
    _say_in_review(drafts.approve, Role.PUBLISHER, name, seen, key, told)


def ask_for_changes(name: str, seen: str, key: str) -> None:
    """Say what should be different in a draft."""
    if not typed(key):
        work.refuse(sessions.current().speak(N_("Say what should be different, then ask for it.")))
        return
    told = N_("You asked for changes in the draft “{draft}”.")
    _say_in_review(drafts.ask_for_changes, Role.EDITOR, name, seen, key, told)


def _say_in_review(
    say: Callable[..., object], role: Role, name: str, seen: str, key: str, told: str
) -> None:
    """Say something about a draft as it was ``seen``, in the words typed into a field."""
    session = sessions.current()

    def act() -> None:
        author = work.author(session)
        say(session.root, name, seen, author=author, words=typed(key), now=_now())

    _forget_if(work.done(role, act, told, draft=name), key)


def publish(name: str, key: str) -> None:
    """Publish a draft."""
    stop_publishing()
    session = sessions.current()
    message = typed(key) or session.speak(N_("Publish the draft “{draft}”"), draft=name)

    def act() -> None:
        who = work.author(session)
        try:
            drafts.publish_draft(session.root, name, author=who, message=message, now=_now())
        except HistoryError as error:
            if error.reason != "unsaved-work":
                raise
            # Nobody here runs git: they know what lies in the folder as the shared charter.
            raise HistoryError("unpublished-in-folder", **error.parameters) from None

    is_done = work.done(
        Role.PUBLISHER,
        act,
        N_("The draft “{draft}” is published."),
        draft=name,
    )
    _forget_if(is_done, key)


def discard(name: str, seen: Commit) -> None:
    """Discard a draft as it was seen."""
    session = sessions.current()
    is_done = work.done(
        Role.EDITOR,
        lambda: drafts.discard_draft(session.root, name, seen),
        N_("The draft “{draft}” was discarded."),
        draft=name,
    )
    if is_done:
        draft_names.clear()
        if session.version == name:
            session.open_version(versions.FOLDER)


def restore(revision: str, key: str) -> None:
    """Begin a draft in which everything is as it was in a version, and show it."""
    session, name = sessions.current(), typed(key)
    _begin_draft(
        name,
        key,
        lambda: versions.restore_version(
            session.root,
            revision,
            name,
            author=work.author(session),
            message=session.speak(N_("As it was in an earlier version")),
            now=_now(),
        ),
        N_("The version was restored as the draft “{draft}”."),
    )


def put_folder_into_draft(key: str) -> None:
    """Put what lies in the folder, and isn't published, into a draft, and show that."""
    session, name = sessions.current(), typed(key)
    _begin_draft(
        name,
        key,
        lambda: versions.put_folder_into_draft(
            session.root,
            name,
            author=work.author(session),
            message=session.speak(N_("What was saved in the shared charter")),
            now=_now(),
        ),
        N_("What was saved in the shared charter is in the draft “{draft}” now."),
    )


def _begin_draft(name: str, key: str, act: Callable[[], object], told: str) -> None:
    if work.done(Role.EDITOR, act, told, draft=name):
        draft_names.clear()
        sessions.current().open_version(name)
        _forget_if(True, key)


def start_keeping_versions() -> None:
    """Let git keep the versions from now on."""
    session = sessions.current()
    work.done(
        Role.PUBLISHER,
        lambda: versions.start_keeping_versions(
            session.root,
            author=work.author(session),
            message=session.speak(N_("The first version")),
            now=_now(),
        ),
        N_("Versions are kept from now on. What lies in the folder is the first."),
    )
    draft_names.clear()


def begin_publishing(name: str) -> None:
    """Ask before a draft is published, until the visitor says so or doesn't want to any more."""
    st.session_state[_PUBLISHING] = name


def stop_publishing() -> None:
    """Don't ask any more."""
    st.session_state.pop(_PUBLISHING, None)


def to_publish() -> str | None:
    """Return the draft that the visitor is asked about before it is published."""
    name: str | None = st.session_state.get(_PUBLISHING)
    return name


def begin_settling(name: str) -> None:
    """Ask about what the draft and what was published since say in different ways."""
    stop_publishing()
    st.session_state[_SETTLING] = name


def stop_settling() -> None:
    """Don't ask any more; what was decided so far is kept."""
    st.session_state.pop(_SETTLING, None)


def to_settle() -> str | None:
    """Return the draft that the visitor is asked to settle."""
    name: str | None = st.session_state.get(_SETTLING)
    return name


def bring_in(name: str, choices: Sequence[Choice] = ()) -> None:
    """Merge into a draft what was published since it began."""
    stop_settling()
    session = sessions.current()
    work.done(
        Role.EDITOR,
        lambda: drafts.bring_in_published(
            session.root,
            name,
            choices,
            author=work.author(session),
            message=session.speak(N_("What was published meanwhile")),
            now=_now(),
        ),
        N_("What was published meanwhile is in the draft “{draft}” now."),
        draft=name,
    )


def _forget_if(is_done: bool, key: str) -> None:
    """Forget what was typed once it is said; what couldn't be said stays where it was typed."""
    if is_done:
        st.session_state[key] = ""


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()
