"""What is made only once somebody unfolds it: nobody waits for what they don't see.

with folding.expander(title, key="grid") as is_open:
if is_open:
show_grid()
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import streamlit as st


@contextlib.contextmanager
def expander(label: str, *, key: str, **how: Any) -> Iterator[bool]:
    """Show an expander, and say whether it is open; see ``st.expander``."""
    with st.expander(label, key=key, on_change="rerun", **how) as fold:
        yield bool(fold.open)


@contextlib.contextmanager
def popover(label: str, *, key: str, **how: Any) -> Iterator[bool]:
    """Show a button that opens a popover, and say whether it is open; see ``st.popover``."""
    with st.popover(label, key=key, on_change="rerun", **how) as fold:
        yield bool(fold.open)
