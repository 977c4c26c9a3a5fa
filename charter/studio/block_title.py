"""The title of a block that is read first and edited on demand, with its pencil: one element."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio import deeds as deed_pieces
from charter.studio.pencil import offered, turn
from charter.studio.pieces import CSS, JS, happened
from charter.studio.session import Session

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


def block_title(session: Session, title: str, block: str, hint: str) -> None:
    """Show the title, and offer to open the block's fields or to put them away.

    The element is called ``title-`` and the block's name; ``hint`` says in the visitor's words what
    is edited. Whoever only reads is offered nothing.
    """
    key = f"title-{block}"
    deeds = [asdict(each) for each in offered(session, block, hint)]
    _declared()(
        key=key,
        data={"title": title, "deeds": deeds},
        on_turned_change=lambda: turn(block, happened(key, "turned")),
    )


_CSS = (
    CSS
    + deed_pieces.CSS
    + """
.head { display: flex; align-items: center; justify-content: space-between; gap: 0.75rem;
  min-height: 2.5rem; font-family: var(--st-font); color: var(--st-text-color); }
h3 { margin: 0; font-size: 1.1rem; font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
.deeds { flex: none; margin: 0; }
"""
)
_JS = (
    JS
    + deed_pieces.JS
    + """
class Title {
  constructor(parent) {
    this.title = element("h3");
    this.title.dir = "auto";
    this.deeds = element("div", "", "deeds");
    const head = element("div", "", "head");
    head.append(this.title, this.deeds);
    parent.append(head);
  }

  // Whoever opens the block by the keyboard is at what puts it away again.
  show({ title, deeds }, send) {
    this.title.textContent = title;
    const isHeld = this.deeds.contains(this.deeds.getRootNode().activeElement);
    const made = deeds.map((each) => deedOf(each, each.name, () => send("turned", each.name)));
    this.deeds.replaceChildren(...made);
    if (isHeld) made[0]?.focus({ preventScroll: true });
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  standing(parentElement, Title).show(data, setTriggerValue);
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.block-title", js=_JS, css=_CSS)
