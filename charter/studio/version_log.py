"""The versions that were published, latest first: who, when, why; compare one, have one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from charter.messages import N_, Speaker
from charter.reports.words import moment
from charter.studio import version_deeds as deeds
from charter.studio.literal import literal
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.usecases.versions import PublishedVersion

_FIRST_SHOWN = 8
_ALL = "log-all"


def show_log(
    session: Session,
    published: Sequence[PublishedVersion],
    on_compare: Callable[[str, str], None],
) -> None:
    """Show the versions as a list."""
    speak = session.speak
    is_whole = bool(st.session_state.get(_ALL))
    shown = published if is_whole else published[:_FIRST_SHOWN]
    with st.container(border=True, key="log", gap="small"):
        for number, version in enumerate(shown):
            _show_version(session, version, number == 0, on_compare)
        if len(shown) < len(published):
            st.button(
                speak.many(
                    "Show {number} earlier version",
                    "Show {number} earlier versions",
                    len(published) - len(shown),
                ),
                key="log-more",
                icon=":material/expand_more:",
                type="tertiary",
                on_click=_show_all,
            )


def _show_all() -> None:
    st.session_state[_ALL] = True


def _show_version(
    session: Session,
    version: PublishedVersion,
    is_latest: bool,
    on_compare: Callable[[str, str], None],
) -> None:
    speak, commit, before = session.speak, version.commit, version.before
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"version-{commit.id[:12]}"
    ):
        badge = " :green-badge[" + speak(N_("Published now")) + "]" if is_latest else ""
        who = speak(N_("{who}, {when}"), who=commit.author, when=moment(commit.when, speak))
        st.markdown(
            f"**{literal(commit.subject)}**{badge}  \n:gray[{literal(who)}]", width="stretch"
        )
        if before is not None:
            st.button(
                speak(N_("What it changed")),
                key=f"log-compare-{commit.id[:12]}",
                icon=":material/difference:",
                type="tertiary",
                on_click=on_compare,
                args=(before.id, commit.id),
            )
        if not is_latest:
            _restore(session, version, speak)


def _restore(session: Session, version: PublishedVersion, speak: Speaker) -> None:
    key = f"restore-name-{version.commit.id[:12]}"
    with st.popover(
        speak(N_("Restore…")),
        icon=":material/restore:",
        type="tertiary",
        disabled=not session.may(Role.EDITOR),
        key=f"restore-{version.commit.id[:12]}",
    ):
        st.markdown(
            speak(
                N_(
                    "A draft begins in which everything is as it was then. Nothing is lost: what "
                    "is published stays until the draft is published, and in this list after that."
                )
            )
        )
        st.text_input(
            speak(N_("Name of a new draft")),
            key=key,
            placeholder=speak(N_("as-it-was")),
            persist_state="session",
        )
        st.button(
            speak(N_("Restore as a draft")),
            key=f"restore-now-{version.commit.id[:12]}",
            type="primary",
            on_click=deeds.restore,
            args=(version.commit.id, key),
        )
