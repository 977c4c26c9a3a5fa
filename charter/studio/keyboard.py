"""What keys do that no widget of Streamlit's does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

# A field hands over what was typed when one leaves it, and the button to save wakes once that was
# taken in. Somebody who saves from within a field means what they see: so the field is left, its
# answer is waited for, and then the button is pressed.
_SAVE = """
const SETTLES_WITHIN = 10000;
const LEFT_FOR = 300;
const LOOKS_EVERY = 50;

export default function () {
  const press = (deadline) => {
    const app = document.querySelector("[data-testid=stApp]");
    const button = document.querySelector(".st-key-save button:not([disabled])");
    if (button && app?.dataset.testScriptState === "notRunning") {
      button.click();
    } else if (performance.now() < deadline) {
      setTimeout(() => press(deadline), LOOKS_EVERY);
    }
  };
  const onKey = (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (!isSave || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const field = document.activeElement;
    const isField = field && ["INPUT", "TEXTAREA"].includes(field.tagName);
    if (isField) field.blur();
    setTimeout(() => press(performance.now() + SETTLES_WITHIN), isField ? LEFT_FOR : 0);
  };
  window.addEventListener("keydown", onKey, true);
  return () => window.removeEventListener("keydown", onKey, true);
}
"""


def keyboard() -> None:
    """Let Ctrl+S save what was typed in the field that one is in."""
    _declared()(key="keyboard")


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.keyboard", js=_SAVE)
