"""What keys do that no widget of Streamlit's does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

# A field hands over what was typed when one leaves it. Somebody who saves from within it with
# Ctrl+S means what they see, so the field is left first.
_LEAVE_FIELD = """
export default function () {
  const onKey = (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    const field = document.activeElement;
    if (!isSave) return;
    event.preventDefault();
    if (field && ["INPUT", "TEXTAREA"].includes(field.tagName)) field.blur();
  };
  document.addEventListener("keydown", onKey, true);
  return () => document.removeEventListener("keydown", onKey, true);
}
"""


def keyboard() -> None:
    """Let Ctrl+S save what was typed in the field that one is in."""
    _declared()(key="keyboard")


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.keyboard", js=_LEAVE_FIELD)
