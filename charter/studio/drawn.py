"""Charts that are drawn once for what they show, not once for each answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    import altair

_MOST_KEPT = 128


def show_chart(
    shown: tuple[object, ...], draw: Callable[[], altair.TopLevelMixin], *, key: str, alt: str
) -> None:
    """Show a chart.

    Args:
        shown: All that it shows, and how: another once anything in it is another.
        draw: Draws it.
        key: What it is called.
        alt: What it says to who doesn't see it.
    """
    # Altair takes about 0.1 s to write down what a chart is, each time it is shown.
    st.vega_lite_chart(spec=_written_down((key, *shown), draw), width="stretch", key=key, alt=alt)


@st.cache_data(max_entries=_MOST_KEPT, show_spinner=False)
def _written_down(
    shown: tuple[object, ...], _draw: Callable[[], altair.TopLevelMixin]
) -> dict[str, Any]:
    del shown  # part of the key only
    # Comparing it with Vega-Lite's schema takes as long as drawing it, and is done by our tests.
    written: dict[str, Any] = _draw().to_dict(validate=False)
    return written
