"""One of a list that opens when somebody asks for it.

    journey = drop_down("Journey", ["visit", "repair"], key="journey", told=names.of)

It is the browser's own: made at once, opened by mouse, finger and keys as everywhere on that
machine, and a letter goes to what begins with it. Streamlit's own, which can also be searched,
takes a browser ten times as long to make; forms that are opened on purpose keep it. Texts reach
the page through ``textContent`` only, so that nothing in them is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio import one_of
from charter.studio.one_of import OneOf
from charter.studio.pieces import CSS, JS, no_callback

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer
    from streamlit.elements.lib.layout_utils import Width


def drop_down(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    told: Callable[[str], str] = str,
    on_change: Callable[[], None] = no_callback,
    icon: str = "",
    hint: str = "",
    width: Width = "stretch",
    shows_label: bool = True,
    disabled: bool = False,
) -> str:
    """Show the list, and return which option is chosen, as `OneOf` keeps it.

    Args:
        label: What is chosen.
        options: Texts that stay the same in every language; at least one.
        key: Names what is chosen, and the list on the page: ``drop-down-…``.
        told: What each option is called.
        on_change: Called once another option is chosen, before the page runs again.
        icon: The name of one of Material's symbols, before what is chosen.
        hint: What is told to those who point at the list.
        width: In pixels, or as in Streamlit.
        shows_label: Whether the label is seen; otherwise only those hear it who don't see.
        disabled: Whether nothing can be chosen.
    """
    one = OneOf(key, options, shown=f"drop-down-{key}", on_change=on_change)
    _declared()(
        key=one.shown,
        data={
            "label": label,
            "options": [[each, told(each)] for each in options],
            **one.data,
            "icon": icon,
            "hint": hint,
            "shows_label": shows_label,
            "disabled": disabled,
        },
        width=width,
        on_chosen_change=no_callback if disabled else one.take,
    )
    return one.chosen


_CSS = (
    CSS
    + """
.field { display: block; font-family: var(--st-font); color: var(--st-text-color); }
.label { min-height: 1.5rem; margin-bottom: 0.25rem; font-size: 0.875rem; line-height: 1.6;
  overflow-wrap: anywhere; }
.label[hidden] { display: none; }
.box { position: relative; display: flex; align-items: center; box-sizing: border-box;
  height: 2.5rem; border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); background: var(--st-secondary-background-color); }
.box:focus-within { border-color: var(--st-primary-color);
  box-shadow: inset 0 0 0 1px var(--st-primary-color); }
.box > .icon { position: absolute; left: 0.6rem; font-size: 1.15rem;
  pointer-events: none; vertical-align: 0; }
.box > .arrow { left: auto; right: 0.4rem; }
select { appearance: none; box-sizing: border-box; width: 100%; height: 100%; margin: 0;
  padding: 0 1.9rem 0 0.5rem; border: 0; outline: none; background: none; color: inherit;
  font: inherit; font-size: 0.875rem; cursor: pointer; text-overflow: ellipsis; }
.icon + select { padding-left: 2.1rem; }
option { color: var(--st-text-color); background: var(--st-background-color); }
select:disabled { cursor: not-allowed; opacity: 0.6; }
@media (forced-colors: active) { .box:focus-within { outline: 2px solid Highlight; } }
@media print { .arrow { display: none; } }
"""
)
_JS = (
    JS
    + one_of.JS
    + """
class DropDown {
  constructor(parent) {
    this.choosing = new Choosing();
    this.field = element("label", "", "field");
    this.label = element("div", "", "label");
    this.box = element("div", "", "box");
    this.select = element("select");
    this.arrow = icon("keyboard_arrow_down");
    this.arrow.classList.add("arrow");
    this.box.append(this.select, this.arrow);
    this.field.append(this.label, this.box);
    this.select.onchange = () => this.choosing.choose(this.select.value, this.send);
    parent.append(this.field);
  }

  show(data, send) {
    this.send = send;
    const { select } = this;
    const chosen = this.choosing.holds(data) ? select.value : data.chosen;
    const options = JSON.stringify(data.options);
    if (options !== this.options) {
      select.replaceChildren(...data.options.map(([value, text]) => {
        const option = element("option", text);
        option.value = value;
        option.dir = "auto";
        return option;
      }));
      this.options = options;
    }
    if (select.value !== chosen) select.value = chosen;
    if (select.selectedIndex < 0) select.value = data.chosen;
    select.disabled = data.disabled;
    select.dir = "auto";
    select.title = data.hint;
    this.label.textContent = data.label;
    this.label.hidden = !data.shows_label;
    if (data.shows_label) select.removeAttribute("aria-label");
    else select.setAttribute("aria-label", data.label);
    if (data.icon !== this.icon) {
      this.box.querySelector(".icon:not(.arrow)")?.remove();
      if (data.icon) this.box.prepend(icon(data.icon));
      this.icon = data.icon;
    }
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  standing(parentElement, DropDown).show(data, setTriggerValue);
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.drop-down", js=_JS, css=_CSS)
