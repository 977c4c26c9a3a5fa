"""The bar at the head of a panel: what can be done with all of it, and which part is seen.

    part = panel_bar("Part", ["markers", "ways"], key="part", told=name_of,
                     deeds=(Deed("copy", "Duplicate", icon="content_copy"),), on_deed=do)

It is one element. The parts are radio buttons of the browser's own, with its keys. Texts reach the
page through ``textContent`` only, so that nothing in them is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio import deeds as deed_pieces
from charter.studio import one_of
from charter.studio.deeds import Deed
from charter.studio.one_of import OneOf
from charter.studio.pieces import CSS, JS, happened

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer
    from streamlit.elements.lib.layout_utils import Width


def panel_bar(
    label: str,
    parts: Sequence[str],
    *,
    key: str,
    told: Callable[[str], str],
    deeds: Sequence[Deed] = (),
    on_deed: Callable[[str], None] | None = None,
    width: Width = "stretch",
) -> str:
    """Show the bar, and return which part is chosen, as `OneOf` keeps it.

    Args:
        label: What is chosen, for those who don't see it.
        parts: Texts that stay the same in every language; at least one.
        key: Names what is chosen, and the bar on the page: ``bar-…``.
        told: What each part is called.
        deeds: What can be done; no links.
        on_deed: Called with the name of what is to be done, before the page runs again.
        width: In pixels, or as in Streamlit.
    """
    part = OneOf(key, parts, shown=f"bar-{key}")

    def done() -> None:
        name = deed_of(happened(part.shown, "done"), deeds)
        if name is not None and on_deed is not None:
            on_deed(name)

    _declared()(
        key=part.shown,
        data={
            "label": label,
            "options": [[each, told(each)] for each in parts],
            "deeds": [asdict(each) for each in deeds],
            **part.data,
        },
        width=width,
        on_chosen_change=part.take,
        on_done_change=done,
    )
    return part.chosen


def deed_of(sent: object, deeds: Sequence[Deed]) -> str | None:
    """Return what the browser says is to be done; None for anything that can't be."""
    return next((each.name for each in deeds if each.name == sent and not each.is_disabled), None)


_CSS = (
    CSS
    + deed_pieces.CSS
    + """
.bar { display: grid; gap: 0.75rem; font-family: var(--st-font); color: var(--st-text-color); }
.deeds:empty { display: none; }
.parts { display: flex; flex-wrap: wrap; min-width: 0; margin: 0; padding: 0; border: 0; }
.parts label { position: relative; flex: 1 1 auto; display: flex; align-items: center;
  justify-content: center; box-sizing: border-box; min-height: 2.5rem; margin: 0 -1px -1px 0;
  padding: 0.25rem 0.75rem; border: 1px solid var(--st-border-color); font-size: 0.875rem;
  text-align: center; cursor: pointer; }
.parts label:first-child { border-start-start-radius: var(--st-button-radius);
  border-end-start-radius: var(--st-button-radius); }
.parts label:last-child { border-start-end-radius: var(--st-button-radius);
  border-end-end-radius: var(--st-button-radius); }
.parts label:hover { z-index: 1; border-color: var(--st-primary-color); }
.parts label:has(:checked) { z-index: 2; border-color: var(--st-primary-color); font-weight: 600;
  background: color-mix(in srgb, var(--st-primary-color) 11%, var(--st-background-color)); }
.parts label:has(:focus-visible) { z-index: 3; outline: 3px solid var(--st-primary-color);
  outline-offset: 1px; }
input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0;
  cursor: pointer; }
@media (forced-colors: active) {
  .parts label:has(:checked) { background: Highlight; color: HighlightText; }
}
"""
)
_JS = (
    JS
    + deed_pieces.JS
    + one_of.JS
    + """
let bars = 0;

class Bar {
  constructor(parent) {
    this.choosing = new Choosing();
    this.name = `parts-${(bars += 1)}`;
    this.deeds = element("div", "", "deeds");
    this.parts = element("fieldset", "", "parts");
    this.parts.setAttribute("role", "radiogroup");
    const frame = element("div", "", "bar");
    frame.append(this.deeds, this.parts);
    parent.append(frame);
  }

  show(data, send) {
    this.send = send;
    this.parts.setAttribute("aria-label", data.label);
    this.showDeeds(data.deeds);
    this.showParts(data.options);
    if (this.choosing.holds(data)) return;
    for (const radio of this.radios) radio.checked = radio.value === data.chosen;
  }

  get radios() {
    return [...this.parts.querySelectorAll("input")];
  }

  showDeeds(deeds) {
    const shown = JSON.stringify(deeds);
    if (shown === this.shownDeeds) return;
    this.shownDeeds = shown;
    const held = this.deeds.getRootNode().activeElement?.dataset?.deed;
    const made = deeds.map((each) => deedOf(each, each.name, () => this.send("done", each.name)));
    this.deeds.replaceChildren(...made);
    made.find((each) => each.dataset.deed === held)?.focus({ preventScroll: true });
  }

  showParts(options) {
    const shown = JSON.stringify(options);
    if (shown === this.shownParts) return;
    this.shownParts = shown;
    const active = this.parts.getRootNode().activeElement;
    const held = this.parts.contains(active) ? active.value : null;
    const before = this.radios.find((each) => each.checked)?.value;
    this.parts.replaceChildren(...options.map(([value, text]) => {
      const label = element("label");
      const radio = element("input");
      Object.assign(radio, { type: "radio", name: this.name, value, checked: value === before });
      radio.onchange = () => this.choosing.choose(value, this.send);
      const said = element("span", text);
      said.dir = "auto";
      label.append(radio, said);
      return label;
    }));
    this.radios.find((each) => each.value === held)?.focus({ preventScroll: true });
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  standing(parentElement, Bar).show(data, setTriggerValue);
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.panel-bar", js=_JS, css=_CSS)
