"""Opening a workspace in another folder of this machine."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from charter.messages import N_, Speaker
from charter.studio import session as sessions
from charter.studio.literal import literal
from charter.studio.refusal import forget_refusal, refuse, show_refusal, unreachable
from charter.usecases.opening import NoWorkspace, find_workspace, nearby

_TYPED = "open-typed"
_NEARBY = "open-nearby"
_WHY_NOT = {
    "missing": N_("There is no folder {folder}. Look for a slip in its name."),
    "no-folder": N_("{folder} is a file. Type the folder that holds charter.yaml."),
    "no-charter": N_(
        "{folder} holds no charter: there is no charter.yaml in it. Type the folder that holds "
        "one, or begin a charter with one of the other ways above."
    ),
}


def show_opening(root: Path, speak: Speaker) -> None:
    """Ask for the folder, and offer those nearby."""
    st.text_input(
        speak(N_("Folder of the charter")),
        key=_TYPED,
        help=speak(N_("The folder that holds charter.yaml.")),
        persist_state="session",
        max_chars=1000,
    )
    show_refusal(speak)
    st.button(
        speak(N_("Open this folder")),
        key="open",
        type="primary",
        icon=":material/folder_open:",
        on_click=_open_typed,
        args=(root,),
    )
    found: tuple[Path, ...] = st.session_state.get(_NEARBY) or nearby(root)
    if not found:
        return
    st.caption(speak(N_("Charters found nearby:")))
    with st.container(horizontal=True):
        for number, folder in enumerate(found):
            st.button(
                literal(folder.name),
                key=f"nearby-{number}",
                icon=":material/folder:",
                help=literal(str(folder)),
                on_click=_open,
                args=(folder,),
            )


def _open_typed(root: Path) -> None:
    typed: str = st.session_state.get(_TYPED, "")
    forget_refusal()
    st.session_state[_NEARBY] = ()
    if not typed.strip():
        refuse(lambda speak: speak(N_("Type the folder that holds charter.yaml.")))
        return
    try:
        _open(find_workspace(typed, root))
    except NoWorkspace as none:
        st.session_state[_NEARBY] = none.nearby
        told, folder = _WHY_NOT[none.reason], none.folder
        refuse(lambda speak: speak(told, folder=folder))
    except (OSError, ValueError) as error:
        refuse(unreachable(typed.strip(), error))


def _open(folder: Path) -> None:
    forget_refusal()
    sessions.open_folder(folder)
