"""A drawing of ours, as wide as there is room for.

    drawing(svg, key="priorities")

It is SVG that was written with ``charter.pictures.svg``, in which every text is escaped. Its
colours may be two, ``light-dark(…, …)``: the page's own scheme decides.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_CSS = """
svg { display: block; width: 100%; height: auto; font-family: var(--st-font); }
"""
_JS = """
export default function ({ parentElement, data }) {
  const drawn = new DOMParser().parseFromString(data, "image/svg+xml").documentElement;
  for (const old of parentElement.querySelectorAll("svg")) old.remove();
  parentElement.append(drawn);
}
"""


def drawing(svg: str, key: str) -> None:
    """Show the drawing."""
    _declared()(key=key, data=svg)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.drawing", js=_JS, css=_CSS)
