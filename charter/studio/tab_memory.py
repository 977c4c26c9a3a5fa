"""What is entered where no folder keeps it yet: the tab does, so that a reload loses nothing.

    remember("answers", {"brand": "Maison"}, on_recall=take)

It never leaves the browser but to come back here, and is gone once the tab is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio.pieces import JS, happened
from journeys.plain import Plain

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


def remember(
    name: str, entered: Mapping[str, Plain], on_recall: Callable[[Mapping[object, object]], None]
) -> None:
    """Let the tab keep what was entered; where nothing is yet, let it tell what it kept.

    Args:
        name: Tells what is kept from all else that the tab keeps.
        entered: What was entered so far.
        on_recall: Called with what the tab says it kept, which may be anything, before the page
            runs again.
    """
    key = f"memory-{name}"

    def recalled() -> None:
        kept = happened(key, "recalled")
        if isinstance(kept, dict):
            on_recall(kept)

    _declared()(
        key=key,
        data={"name": f"experience-charter:{name}", "entered": dict(entered)},
        on_recalled_change=recalled,
    )


_JS = (
    JS
    + """
class Memory {
  show({ name, entered }, send) {
    const isFirst = this.name !== name;
    this.name = name;
    // A browser may be set to keep nothing.
    try {
      const kept = isFirst && sessionStorage.getItem(name);
      if (kept && !Object.keys(entered).length) send("recalled", JSON.parse(kept));
      else sessionStorage.setItem(name, JSON.stringify(entered));
    } catch {}
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  standing(parentElement, Memory).show(data, setTriggerValue);
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.tab-memory", js=_JS)
