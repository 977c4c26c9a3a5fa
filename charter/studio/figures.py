"""Figures side by side, each with what it counts, what that means, and how it changes.

They are one element. Texts reach the page through ``textContent`` only, so that nothing in them is
ever read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio.pieces import CSS, JS

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


@dataclass(frozen=True)
class Figure:
    """A number.

    Attributes:
        label: What is counted.
        told: What that means.
        change: What became of it, in words; empty where nothing did.
        is_better: Whether that is to the good.
    """

    label: str
    value: str
    told: str
    change: str = ""
    is_better: bool = True


def show_figures(figures: Sequence[Figure], *, key: str) -> None:
    """Show figures; the key names the element on the page."""
    _declared()(key=key, data={"figures": [asdict(each) for each in figures]})


_CSS = (
    CSS
    + """
.figures { display: grid; gap: 1rem; margin: 0; font-family: var(--st-font);
  grid-template-columns: repeat(auto-fit, minmax(min(10.5rem, 100%), 1fr));
  color: var(--st-text-color); }
.figure { display: flex; flex-direction: column; gap: 0.2rem; box-sizing: border-box;
  padding: 0.85rem 1rem; border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); min-width: 0; overflow-wrap: anywhere; }
dt { font-size: 0.875rem; }
dd { margin: 0; }
.value { display: flex; flex-wrap: wrap; align-items: center; gap: 0.15rem 0.6rem;
  font-size: 1.9rem; font-weight: 600; line-height: 1.25; }
.told { font-size: 0.83rem; line-height: 1.4; color: light-dark(#5B6473, #A9B2C1); }
.badge.better { background: var(--st-green-background-color); color: var(--st-green-text-color); }
@media print { .figure { break-inside: avoid; } }
"""
)
_JS = (
    JS
    + """
function figure({ label, value, told, change, is_better }) {
  const made = element("div", "", "figure");
  const number = element("dd", value, "value");
  if (change) {
    const badge = element("span", "", `badge ${is_better ? "better" : "red"}`);
    badge.append(icon(is_better ? "check_circle" : "error"), " ", change);
    number.append(badge);
  }
  made.append(element("dt", label), number, element("dd", told, "told"));
  return made;
}

export default function ({ parentElement, data }) {
  let figures = parentElement.querySelector("dl");
  if (!figures) {
    figures = element("dl", "", "figures");
    parentElement.append(figures);
  }
  figures.replaceChildren(...data.figures.map(figure));
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.figures", js=_JS, css=_CSS)
