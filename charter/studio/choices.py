"""One of a list: what is chosen is marked, and the list scrolls where it is long.

    choices(ChoicesView(…), key="findings", on_choose=look_at)

It answers to the keyboard as radio buttons do: one stop for Tab, arrow keys that choose. Each
badge says in words what its colour does. Texts reach the page through ``textContent`` only, so
that nothing in them is ever read as markup. Streamlit's own radio buttons read each option and
each caption as Markdown, which takes the browser longer than all else on a page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio.pieces import CSS, JS, Said, happened, no_callback

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


@dataclass(frozen=True)
class Choice:
    """One of the list.

    Attributes:
        badges: What is to be seen first.
        note: What is less than the title.
    """

    id: str
    title: str
    note: str = ""
    badges: tuple[Said, ...] = ()


@dataclass(frozen=True)
class ChoicesView:
    """What the list shows.

    Attributes:
        title: What it is, for those who don't see it.
        chosen: The id of the one that is chosen.
        more: What the button says that lists others; empty where there are none.
        is_long: Whether the list scrolls, rather than grow with what it holds.
    """

    title: str
    choices: tuple[Choice, ...]
    chosen: str
    more: str = ""
    is_long: bool = False


def choices(
    view: ChoicesView,
    key: str,
    on_choose: Callable[[str], None],
    on_more: Callable[[], None] | None = None,
) -> None:
    """Show the list.

    Args:
        view: What to show.
        key: Names the list on the page.
        on_choose: Called with the id that somebody chose, before the page runs again.
        on_more: Called likewise where somebody wants the others.
    """

    def chose() -> None:
        chosen = chosen_of(happened(key, "chosen"), view)
        if chosen is not None:
            on_choose(chosen)

    _declared()(
        key=key,
        data=asdict(view),
        on_chosen_change=chose,
        on_more_change=on_more or no_callback,
    )


def chosen_of(sent: object, view: ChoicesView) -> str | None:
    """Return what the browser says was chosen; None for anything that isn't listed."""
    return next((each.id for each in view.choices if each.id == sent), None)


_CSS = (
    CSS
    + """
.frame { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  font-family: var(--st-font); color: var(--st-text-color); font-size: 0.95rem; line-height: 1.4;
  overflow: hidden; }
.frame.long { max-height: 40rem; overflow-y: auto; }
.choice { box-sizing: border-box; min-height: 2.75rem; padding: 0.55rem 0.9rem;
  border-inline-start: 4px solid transparent; cursor: pointer; overflow-wrap: anywhere; }
.choice + .choice, .more { border-top: 1px solid var(--st-border-color); }
.choice:hover { background: color-mix(in srgb, var(--st-primary-color) 5%, transparent); }
.choice[aria-checked="true"] { border-inline-start-color: var(--st-primary-color);
  background: color-mix(in srgb, var(--st-primary-color) 11%, transparent); }
.choice:focus { outline: none; }
.choice:focus-visible, .more:focus-visible { outline: 3px solid var(--st-primary-color);
  outline-offset: -3px; border-radius: 6px; }
.badge { margin-inline-end: 0.2rem; }
.note { margin-top: 0.1rem; font-size: 0.83rem; color: light-dark(#5B6473, #A9B2C1); }
.choice[aria-checked="true"] .note { color: light-dark(#4A5260, #C3CAD6); }
.more { all: unset; box-sizing: border-box; display: block; width: 100%; min-height: 2.75rem;
  padding: 0.65rem 0.9rem; text-align: center; font-weight: 600; cursor: pointer;
  border-top: 1px solid var(--st-border-color); color: var(--st-link-color); }
.more:hover { background: color-mix(in srgb, var(--st-primary-color) 5%, transparent); }
@media (forced-colors: active) {
  .choice { border-inline-start-color: Canvas; }
  .choice[aria-checked="true"] { border-inline-start-color: Highlight; }
}
@media print { .frame.long { max-height: none; overflow: visible; } .more { display: none; } }
"""
)
_JS = (
    JS
    + """
// A line runs as its own text does: a badge, which says its own direction, has no say in it.
function line(text, className) {
  const made = element("div", "", className);
  made.dir = "auto";
  made.append(text);
  return made;
}

function radio(choice) {
  const made = element("div", "", "choice");
  made.setAttribute("role", "radio");
  made.dataset.id = choice.id;
  const title = line("", "title");
  for (const badge of choice.badges) title.append(piece(badge, "badge"), " ");
  title.append(choice.title);
  made.append(title);
  if (choice.note) made.append(line(choice.note, "note"));
  return made;
}

class List {
  constructor(parent) {
    this.frame = element("div", "", "frame");
    this.frame.onclick = (event) => this.clicked(event);
    this.frame.onkeydown = (event) => this.pressed(event);
    parent.append(this.frame);
  }

  get radios() {
    return [...this.frame.querySelectorAll("[role=radio]")];
  }

  get active() {
    const active = this.frame.getRootNode().activeElement;
    return this.frame.contains(active) ? active : null;
  }

  // What somebody chose a moment ago holds until the page has answered to it.
  show(data, send) {
    this.send = send;
    if (this.asked === data.chosen || !data.choices.some((each) => each.id === this.asked)) {
      this.asked = null;
    }
    const listed = JSON.stringify({ ...data, chosen: "" });
    if (listed !== this.listed) this.draw(data);
    this.listed = listed;
    this.mark(this.asked ?? data.chosen);
    this.frame.dataset.ready = "true";
  }

  draw(data) {
    const { active, frame } = this;
    const held = active?.dataset.id;
    const wasMore = active?.classList.contains("more");
    const before = this.radios.length;
    const top = frame.scrollTop;
    const group = element("div");
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", data.title);
    group.append(...data.choices.map(radio));
    frame.classList.toggle("long", data.is_long);
    frame.replaceChildren(group);
    if (data.more) {
      const more = element("button", data.more, "more");
      more.type = "button";
      frame.append(more);
    }
    frame.scrollTop = top;
    if (!active) return;
    const { radios } = this;
    const next = wasMore ? radios[before] : radios.find((each) => each.dataset.id === held);
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }

  mark(id) {
    const { radios } = this;
    const chosen = radios.find((each) => each.dataset.id === id);
    for (const each of radios) {
      each.setAttribute("aria-checked", String(each === chosen));
      each.tabIndex = each === (chosen ?? radios[0]) ? 0 : -1;
    }
    if (chosen && id !== this.marked) this.reveal(chosen);
    this.marked = id;
  }

  // Within the list alone: the page stays where it is.
  reveal(chosen) {
    const { frame } = this;
    const top = frame.getBoundingClientRect().top + frame.clientTop;
    const row = chosen.getBoundingClientRect();
    const below = row.bottom - top - frame.clientHeight;
    if (row.top < top) frame.scrollTop -= Math.ceil(top - row.top);
    else if (below > 0) frame.scrollTop += Math.ceil(Math.min(below, row.top - top));
  }

  choose(chosen) {
    chosen.focus({ preventScroll: true });
    if (chosen.getAttribute("aria-checked") === "true") return;
    this.asked = chosen.dataset.id;
    this.mark(this.asked);
    this.send("chosen", this.asked);
  }

  clicked(event) {
    const target = event.target.closest("[role=radio], .more");
    if (target?.classList.contains("more")) this.send("more", true);
    else if (target) this.choose(target);
  }

  pressed(event) {
    const { radios } = this;
    const at = radios.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const end = radios.length - 1;
    const next = {
      ArrowUp: at ? at - 1 : end, ArrowLeft: at ? at - 1 : end,
      ArrowDown: at < end ? at + 1 : 0, ArrowRight: at < end ? at + 1 : 0,
      Home: 0, End: end, " ": at,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(radios[next]);
    radios[next].scrollIntoView({ block: "nearest" });
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  standing(parentElement, List).show(data, setTriggerValue);
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.choices", js=_JS, css=_CSS)
