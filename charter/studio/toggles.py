"""Names to press: what is pressed is on, what isn't is off, in groups that have a title.

    toggles((ToggleGroup("Signatures", (Toggle("host", "A named host", is_pressed=True),)),),
            key="tags", on_toggle=tag)

They are one element, whose texts reach the page through ``textContent`` only, so that nothing in
them is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio.pieces import CSS, JS, happened

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


@dataclass(frozen=True)
class Toggle:
    """A name to press.

    Attributes:
        hint: What is told to those who point at it.
        is_disabled: Whether it can't be pressed.
    """

    id: str
    label: str
    hint: str = ""
    is_pressed: bool = False
    is_disabled: bool = False


@dataclass(frozen=True)
class ToggleGroup:
    """Names that stand together."""

    title: str
    toggles: tuple[Toggle, ...]


def toggles(
    groups: Sequence[ToggleGroup], key: str, on_toggle: Callable[[str, bool], None]
) -> None:
    """Show the names.

    Args:
        groups: What to show.
        key: Names the element on the page.
        on_toggle: Called with the id that somebody pressed, and whether it is to be on from now,
            before the page runs again.
    """

    def pressed() -> None:
        wanted = wanted_of(happened(key, "pressed"), groups)
        if wanted is not None:
            on_toggle(*wanted)

    offered = [asdict(group) for group in groups]
    _declared()(key=key, data={"offered": offered}, on_pressed_change=pressed)


def wanted_of(sent: object, groups: Sequence[ToggleGroup]) -> tuple[str, bool] | None:
    """Return what the browser says is to be on or off; None for anything that can't be."""
    match sent:
        case [str(id), bool(is_on)]:
            for group in groups:
                for each in group.toggles:
                    if each.id == id and not each.is_disabled and each.is_pressed is not is_on:
                        return id, is_on
    return None


_CSS = (
    CSS
    + """
.groups { display: grid; gap: 0.85rem; font-family: var(--st-font); color: var(--st-text-color); }
.title { margin-bottom: 0.4rem; font-size: 0.875rem; color: light-dark(#5B6473, #A9B2C1); }
.names { display: flex; flex-wrap: wrap; gap: 0.5rem; }
button { all: unset; box-sizing: border-box; display: inline-flex; align-items: center;
  gap: 0.35rem; min-height: 2.5rem; max-width: 100%; padding: 0.25rem 0.75rem;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  font-size: 0.875rem; line-height: 1.35; overflow-wrap: anywhere; cursor: pointer; }
button:hover { border-color: var(--st-primary-color);
  color: light-dark(var(--st-primary-color), var(--st-link-color)); }
button[aria-pressed="true"] { background: var(--st-primary-color);
  border-color: var(--st-primary-color); color: #FFFFFF; }
button[aria-pressed="true"]:hover { filter: brightness(0.92); }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
button:disabled { cursor: not-allowed; opacity: 0.45; filter: none; }
button:disabled:not([aria-pressed="true"]):hover { border-color: var(--st-border-color);
  color: inherit; }
@media (forced-colors: active) {
  button[aria-pressed="true"] { background: Highlight; color: HighlightText; }
}
"""
)
_JS = (
    JS
    + """
function toggle(each, send) {
  const made = element("button");
  made.type = "button";
  made.dataset.id = each.id;
  made.title = each.hint;
  made.disabled = each.is_disabled;
  made.setAttribute("aria-pressed", String(each.is_pressed));
  const label = element("span", each.label);
  label.dir = "auto";
  made.append(icon(each.is_pressed ? "check" : "add"), label);
  made.onclick = () => send("pressed", [each.id, !each.is_pressed]);
  return made;
}

function group({ title, toggles }, send) {
  const made = element("div");
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", title);
  const names = element("div", "", "names");
  names.append(...toggles.map((each) => toggle(each, send)));
  made.append(element("div", title, "title"), names);
  return made;
}

export default function ({ parentElement, data, setTriggerValue }) {
  let groups = parentElement.querySelector(".groups");
  if (!groups) {
    groups = element("div", "", "groups");
    parentElement.append(groups);
  }
  const held = groups.getRootNode().activeElement?.dataset?.id;
  groups.replaceChildren(...data.offered.map((each) => group(each, setTriggerValue)));
  if (held) {
    const next = [...groups.querySelectorAll("button")].find((each) => each.dataset.id === held);
    next?.focus({ preventScroll: true });
  }
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.toggles", js=_JS, css=_CSS)
