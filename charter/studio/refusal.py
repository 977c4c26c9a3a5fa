"""Why what a visitor asked for wasn't done, told in the language that they read now."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from charter.messages import N_, Speaker
from charter.studio.literal import literal

_REFUSED = "refusal"


def refuse(tell: Callable[[Speaker], str]) -> None:
    """Note why something wasn't done: what says so, in whatever language."""
    st.session_state[_REFUSED] = tell


def forget_refusal() -> None:
    """Note that nothing stands in the way any more."""
    st.session_state.pop(_REFUSED, None)


def show_refusal(speak: Speaker) -> None:
    """Show why what was asked for last wasn't done, if it wasn't."""
    if tell := st.session_state.get(_REFUSED):
        st.error(literal(tell(speak)), icon=":material/error:")


def unreachable(folder: object, error: OSError | ValueError) -> Callable[[Speaker], str]:
    """Return what says that a folder can't be read or written."""
    strerror = error.strerror if isinstance(error, OSError) else None
    told = {"folder": str(folder).replace("\0", ""), "detail": strerror or type(error).__name__}
    return lambda speak: speak(
        N_("{folder} can't be reached ({detail}). Name another folder."), **told
    )
