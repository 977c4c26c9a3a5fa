"""What the bar has no room for is said in whole where one points at it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

# The names of a brand, of a version, of whoever is signed in.
_TELL = """
const CUT_SHORT = ".st-key-head-row :is(h1, input, p)";

export default function () {
  const onPointer = ({ target }) => {
    const named = target instanceof Element && target.closest(CUT_SHORT);
    if (!named) return;
    const box = named.tagName === "P" ? named.parentElement : named;
    const whole = box.scrollWidth > box.clientWidth ? named.value ?? named.textContent : "";
    if (whole) named.title = whole;
    else named.removeAttribute("title");
  };
  document.addEventListener("pointerover", onPointer);
  return () => document.removeEventListener("pointerover", onPointer);
}
"""


def say_what_is_cut_short() -> None:
    """Say a name of the bar in whole where one points at it, if it is cut short."""
    _declared()(key="cut-short")


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.cut-short", js=_TELL)
