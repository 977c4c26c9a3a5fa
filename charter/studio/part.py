"""A part of a page that answers by itself: a click in it makes nothing else anew.

Where something is done that the rest of the page tells of, such as an edit, all of it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

_Shown = TypeVar("_Shown")
_CONCERNS_ALL = "concerns-all"


def part(show: Callable[[], _Shown]) -> _Shown:
    """Show a part of a page, and return what ``show`` does."""

    @st.fragment
    def shown() -> _Shown:
        make_all_anew_if_concerned()
        return show()

    return shown()


def make_all_anew_if_concerned() -> None:
    """Make the whole page anew, if something was done that concerns all of it."""
    if st.session_state.get(_CONCERNS_ALL):
        st.rerun()


def concerns_all() -> None:
    """Let the whole page be made anew: something was done that concerns all of it."""
    st.session_state[_CONCERNS_ALL] = True


def made_anew() -> None:
    """Note that the whole page is being made anew."""
    st.session_state.pop(_CONCERNS_ALL, None)
