"""Pieces of text in components of ours: what they are, and how a browser makes them.

Texts reach the page through ``textContent`` or as text nodes, never as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import streamlit as st


class Tone(StrEnum):
    """How a piece of text looks; none is told by its colour alone."""

    PLAIN = "plain"
    SOFT = "soft"
    RED = "red"
    ORANGE = "orange"
    BLUE = "blue"
    GRAY = "gray"


@dataclass(frozen=True)
class Said:
    """A piece of a line, or a badge.

    Attributes:
        caption: What the text is, said softly before it; the text is strong then.
        icon: The name of one of Material's symbols, before the text.
    """

    text: str
    caption: str = ""
    tone: Tone = Tone.PLAIN
    icon: str = ""


def no_callback() -> None:
    """Stand for no callback: Streamlit keeps a state only where it is given one."""


def happened(key: str, event: str) -> object:
    """Return what a browser says of an event in a component; None where nothing happened there.

    That may be anything. Nothing happened, either, in what the page doesn't show any more: a
    browser may be asked about it while it turns to another page.
    """
    state = st.session_state.get(key)
    return None if state is None else state.get(event)


CSS = """
.badge { display: inline-block; max-width: 100%; box-sizing: border-box;
  padding: 0.05rem 0.4rem; border-radius: 5px; font-size: 0.8rem; font-weight: 400;
  line-height: 1.45; }
.badge.red { background: var(--st-red-background-color); color: var(--st-red-text-color); }
.badge.orange { background: var(--st-orange-background-color); color: var(--st-orange-text-color); }
.badge.blue { background: var(--st-blue-background-color); color: var(--st-blue-text-color); }
.badge.gray { background: var(--st-gray-background-color); color: var(--st-gray-text-color); }
.icon { font-family: "Material Symbols Rounded"; font-size: 1.15em; line-height: 1;
  font-weight: 400; font-feature-settings: "liga"; display: inline-block; flex: none;
  max-width: 1.2em; overflow: hidden; white-space: nowrap; vertical-align: -0.15em;
  user-select: none; }
"""
JS = """
function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

const inPlace = new WeakMap();

// What stands in an element: made the first time, the same ever after.
function standing(parent, Made) {
  if (!inPlace.has(parent)) inPlace.set(parent, new Made(parent));
  return inPlace.get(parent);
}

function icon(name) {
  const made = element("span", name, "icon");
  made.setAttribute("aria-hidden", "true");
  made.translate = false;
  return made;
}

function piece(said, className) {
  const made = element("span", "", `${className} ${said.tone}`);
  // Each runs as its own text does.
  made.dir = "auto";
  if (said.icon) made.append(icon(said.icon), " ");
  if (said.caption) made.append(element("span", said.caption, "caption"), element("b", said.text));
  else made.append(said.text);
  return made;
}
"""
