"""What is chosen stands in the page's address, so that a link shows the same.

Ids are written, not words: a link works in either language. (Streamlit's own binding of a
widget to the address writes the words that the widget shows.)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

_WRITTEN = "address"


def read(
    key: str, options: Collection[str], *, default: str | None = None, is_list: bool = False
) -> None:
    """Let the address choose for the widget `key`, before it is shown.

    What the address says is taken where somebody followed a link; what this visitor chose
    before is kept otherwise, and `default` where nothing was. Whatever isn't offered any more
    is forgotten.
    """
    said = st.query_params.get(key)
    written = st.session_state.setdefault(_WRITTEN, {})
    if said is not None and said != written.get(key):
        chosen = [each for each in said.split(",") if each in options] if is_list else [said]
        if chosen and all(each in options for each in chosen):
            st.session_state[key] = chosen if is_list else chosen[0]
        written[key] = said
    if key in st.session_state:
        _forget_what_is_gone(key, options)
    if default is not None:
        # Not as the widget's own default, which Streamlit won't have beside a value set here.
        st.session_state.setdefault(key, default)


def choose(key: str, chosen: str) -> None:
    """Note in a callback what somebody chooses now, whatever the address says.

    A browser that is asked again at once still tells the address from before the last answer.
    """
    st.session_state[key] = chosen
    st.session_state.setdefault(_WRITTEN, {})[key] = st.query_params.get(key)


def is_new(key: str) -> bool:
    """Return whether the address says something for `key` that the app didn't write itself."""
    said = st.query_params.get(key)
    return said is not None and said != st.session_state.get(_WRITTEN, {}).get(key)


def _forget_what_is_gone(key: str, options: Collection[str]) -> None:
    chosen = st.session_state[key]
    if isinstance(chosen, list):
        kept = [each for each in chosen if each in options]
        if kept != chosen:
            st.session_state[key] = kept
    elif chosen not in options:
        del st.session_state[key]


def write(key: str, chosen: str | Sequence[str] | None, default: str = "") -> None:
    """Write what is chosen into the address; nothing where it is what one sees anyway."""
    text = chosen if isinstance(chosen, str) else ",".join(chosen or ())
    written = st.session_state.setdefault(_WRITTEN, {})
    if text and text != default:
        if st.query_params.get(key) != text:
            st.query_params[key] = text
        written[key] = text
    else:
        if key in st.query_params:
            del st.query_params[key]
        written.pop(key, None)
