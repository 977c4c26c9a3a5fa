"""Writing a new workspace into a folder of the visitor's choice, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from charter.messages import N_, Speaker
from charter.starter import NotEmpty
from charter.studio import session as sessions
from charter.studio.access import NotAllowed, require
from charter.studio.literal import literal
from charter.studio.refusal import forget_refusal, refuse, show_refusal, unreachable
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.usecases.guided import Unanswered
from charter.usecases.opening import is_free, place_of

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_PLACE = "start-folder"
_BEGUN = "begun"
_IS_NEW = "begun-just-now"
_NEEDED = {
    "brand": N_("the name of the brand"),
    "channels": N_("a channel"),
    "signs": N_("a sign by which people recognise you"),
}


def show_beginning(
    root: Path, speak: Speaker, label: str, name: str, start: Callable[[Path], object]
) -> None:
    """Ask for the folder of a new workspace, and offer to begin it there.

    Args:
        root: What is looked at, where there is none yet.
        speak: Says what the page says.
        label: What the button says.
        name: What the folder is called by default, where ``root`` holds something already.
        start: Writes the workspace into a folder.
    """
    default = root if is_free(root) or not sessions.may_open_folders() else root / name
    if sessions.may_open_folders():
        st.text_input(
            speak(N_("Folder that it is written to")),
            key=_PLACE,
            placeholder=str(default),
            help=speak(
                N_(
                    "A new or an empty folder of this machine; left empty, it is {folder}. Nothing "
                    "is written over."
                ),
                folder=literal(str(default)),
            ),
            persist_state="session",
            max_chars=1000,
        )
    show_refusal(speak)
    st.button(
        label,
        key="start",
        type="primary",
        icon=":material/check:",
        on_click=_start,
        args=(root, default, start),
    )


def _start(root: Path, default: Path, start: Callable[[Path], object]) -> None:
    typed: str = st.session_state.get(_PLACE, "") if sessions.may_open_folders() else ""
    forget_refusal()
    try:
        require(Role.PUBLISHER)
        folder = place_of(typed, root) if typed.strip() else default
        start(folder)
    except NotAllowed as refused:
        refuse(refused.tell)
    except Unanswered as needed:
        missing = needed.missing
        refuse(lambda speak: _tell_missing(missing, speak))
    except NotEmpty:
        named = typed.strip() or default
        told = N_("{folder} already holds something. Name a new or empty folder.")
        refuse(lambda speak: speak(told, folder=named))
    except (OSError, ValueError) as error:
        refuse(unreachable(typed.strip() or default, error))
    else:
        st.session_state[_BEGUN] = st.session_state[_IS_NEW] = True
        if folder != root:
            sessions.open_folder(folder)


def _tell_missing(missing: Iterable[str], speak: Speaker) -> str:
    needed = speak.all_of([speak(_NEEDED[each]) for each in missing])
    return speak(N_("Still to be answered: {questions}."), questions=needed)


def show_what_next(session: Session) -> None:
    """Say what to do first in a workspace that was begun just now."""
    if not st.session_state.get(_BEGUN):
        return
    speak = session.speak
    if st.session_state.pop(_IS_NEW, False):
        _to_the_top()(key="to-the-top")
    with st.container(border=True, key="what-next"):
        st.markdown(
            speak(
                N_(
                    ":material/celebration: **Your charter is written**, in {folder}, and checked "
                    "already. Three things to do next:"
                ),
                folder=literal(str(session.root)),
            )
        )
        st.markdown(
            "\n".join(
                f"1. {speak(step)}"
                for step in (
                    N_("See on *Consistency* which customers don't recognise you yet, and where."),
                    N_("Make the map on *Journeys* like your customers' real way."),
                    N_("Put the signs where they are missing, and watch what that mends."),
                )
            )
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "page/consistency.py",
                label=speak(N_("Consistency")),
                icon=":material/fact_check:",
                width="content",
            )
            st.page_link(
                "page/journeys.py",
                label=speak(N_("Journeys")),
                icon=":material/route:",
                width="content",
            )
            st.button(
                speak(N_("Don't show this again")),
                key="what-next-done",
                type="tertiary",
                on_click=_forget_begun,
            )


def _forget_begun() -> None:
    st.session_state.pop(_BEGUN, None)


@cache
def _to_the_top() -> ComponentRenderer:
    """Return what shows the page from its top: the button stood at the end of a longer one."""
    return st.components.v2.component(
        "experience-charter.to-the-top",
        js="""
export default function () {
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}
""",
    )
