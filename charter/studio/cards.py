"""Cards: what is told of each, and what can be done about it, all drawn as one element.

    cards(CardsView(…), key="board", on_deed=_do)

A browser takes milliseconds to draw each of Streamlit's own elements, and a card is made of five
or more. Texts reach the page through ``textContent`` only, so that nothing in them is ever read as
markup; pictures are ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio import deeds as deed_pieces
from charter.studio.deeds import Deed
from charter.studio.pieces import CSS, JS, Said, happened

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

MOVE = "move-to-"
"""What a deed that moves a card to another group is called, before the group's id."""


class Layout(StrEnum):
    """How cards stand.

    Attributes:
        GRID: As many abreast as there is room for.
        ROWS: Below one another, what can be done on the right.
        COLUMNS: Each group in a column, between which cards can be dragged.
        BARE: As many abreast as there is room for, without frames, inside what has one.
        LIST: Below one another, likewise without frames.
    """

    GRID = "grid"
    ROWS = "rows"
    COLUMNS = "columns"
    BARE = "bare"
    LIST = "list"


@dataclass(frozen=True)
class Card:
    """One card.

    Attributes:
        title: What it is about; empty where what stands around it says so.
        note: Said softly beside the title.
        picture: SVG that we drew ourselves; empty for none.
        lines: Each of pieces that stand beside one another.
        can_move: Whether it may be dragged to another group.
    """

    id: str
    title: str
    note: str = ""
    badges: tuple[Said, ...] = ()
    picture: str = ""
    lines: tuple[tuple[Said, ...], ...] = ()
    deeds: tuple[Deed, ...] = ()
    can_move: bool = False


@dataclass(frozen=True)
class CardGroup:
    """Cards that stand together.

    Attributes:
        empty: What is said where there is none.
    """

    cards: tuple[Card, ...]
    id: str = ""
    title: str = ""
    icon: str = ""
    count: str = ""
    empty: str = ""


@dataclass(frozen=True)
class CardsView:
    """What is shown.

    Attributes:
        title: What it is, for those who don't see it.
    """

    title: str
    layout: Layout
    groups: tuple[CardGroup, ...]

    def deed(self, card: str, name: str) -> Deed | None:
        """Return what is offered under these names; None where nothing is."""
        for group in self.groups:
            for each in group.cards:
                if each.id == card:
                    return self._deed(each, group, name)
        return None

    def _deed(self, card: Card, at: CardGroup, name: str) -> Deed | None:
        for deed in card.deeds:
            if deed.name == name and not deed.is_disabled:
                return deed
        places = {group.id for group in self.groups} - {at.id}
        if card.can_move and name.removeprefix(MOVE) in places:
            return Deed(name, "")
        return None


def cards(view: CardsView, key: str, on_deed: Callable[[str, str], None] | None = None) -> None:
    """Show the cards.

    Args:
        view: What to show.
        key: Names the element on the page.
        on_deed: Called with the id of a card and the name of the deed that somebody chose, before
            the page runs again. Links are followed without it.
    """

    def done() -> None:
        found = _chosen(view, happened(key, "done"))
        if found is not None and on_deed is not None and not found[1].page:
            on_deed(found[0], found[1].name)

    shown = _declared()(key=key, data={**asdict(view), "move": MOVE}, on_done_change=done)
    found = _chosen(view, shown.get("done"))
    if found is not None and found[1].page:
        st.switch_page(f"page/{found[1].page}.py", query_params=dict(found[1].asked))


def _chosen(view: CardsView, said: object) -> tuple[str, Deed] | None:
    # Plain values from the browser, which may be anything.
    match said:
        case [str(card), str(name)]:
            deed = view.deed(card, name)
            return None if deed is None else (card, deed)
    return None


_CSS = (
    CSS
    + deed_pieces.CSS
    + """
.cards { font-family: var(--st-font); color: var(--st-text-color); font-size: 1rem;
  line-height: 1.5; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
p { margin: 0; overflow-wrap: anywhere; }
.grid ul { grid-template-columns: repeat(auto-fill, minmax(min(15.5rem, 100%), 1fr)); }
.bare ul { grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); }
.columns { display: grid; gap: 1rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr)); }
section { border-radius: var(--st-base-radius); min-height: 100%; }
section.over { outline: 2px dashed var(--st-primary-color); outline-offset: 4px; }
.group { display: flex; align-items: center; gap: 0.35rem; font-weight: 600;
  margin-bottom: 0.75rem; }
.empty { color: light-dark(#5B6473, #9AA4B5); font-size: 0.875rem; }
.card { display: flex; flex-direction: column; gap: 0.5rem; box-sizing: border-box; padding: 1rem;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  background: var(--st-background-color); min-width: 0; }
:is(.bare, .list) .card { border: none; padding: 0; background: none; }
.card[draggable="true"] { cursor: grab; }
.card.carried { opacity: 0.5; }
.told { display: flex; flex-direction: column; gap: 0.35rem; min-width: 0; flex: 1 1 auto; }
.rows .card { flex-flow: row wrap; align-items: center; justify-content: space-between; }
.rows .told { flex-basis: 20rem; }
.title { font-weight: 600; }
.note { font-weight: 400; font-size: 0.875rem; margin-left: 0.4rem; }
:is(.columns, .list) .line { font-size: 0.875rem; }
.said + .said::before { content: " · "; color: var(--st-text-color); }
.soft, .note, .caption { color: light-dark(#5B6473, #9AA4B5); }
.soft { font-size: 0.875rem; }
.caption { margin-right: 0.3em; }
.caption + b { font-weight: 600; }
.red { color: light-dark(#A3160C, #FFB4AB); }
.badge { margin-left: 0.4rem; }
.rows .badge { margin: 0 0.4rem 0 0; }
svg { display: block; width: 100%; height: auto; max-width: 26rem; }
@media print { .card { break-inside: avoid; } }
"""
)
_JS = (
    JS
    + deed_pieces.JS
    + """
const shown = new WeakMap();
let carried = null;

function cardOf(card, group, layout, choose) {
  const made = element("li", "", "card");
  made.dataset.card = card.id;
  const told = element("div", "", "told");
  const title = element("p", "", "title");
  const badges = card.badges.map((badge) => piece(badge, "badge"));
  // Where cards stand below one another, their badges are read down the left.
  if (layout === "rows") title.append(...badges, card.title);
  else title.append(card.title, ...badges);
  if (card.note) title.append(element("span", card.note, "note"));
  if (title.hasChildNodes()) told.append(title);
  if (card.picture) {
    told.append(new DOMParser().parseFromString(card.picture, "image/svg+xml").documentElement);
  }
  for (const line of card.lines) {
    const written = element("p", "", "line");
    written.append(...line.map((said) => piece(said, "said")));
    told.append(written);
  }
  made.append(told);
  if (card.deeds.length) {
    const deeds = element("div", "", "deeds");
    deeds.append(...card.deeds.map((deed) => {
      const id = [card.id, deed.name];
      return deedOf(deed, JSON.stringify(id), () => choose(id));
    }));
    made.append(deeds);
  }
  if (card.can_move) {
    made.draggable = true;
    made.ondragstart = (event) => {
      carried = { card: card.id, from: group.id };
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.title);
      made.classList.add("carried");
    };
    made.ondragend = () => {
      carried = null;
      made.classList.remove("carried");
    };
  }
  return made;
}

function groupOf(group, data, choose) {
  const made = element("section");
  if (group.title) {
    made.setAttribute("aria-label", group.title);
    const title = element("p", "", "group");
    if (group.icon) title.append(icon(group.icon));
    title.append(element("span", group.title));
    if (group.count) title.append(element("span", group.count, "badge gray"));
    made.append(title);
  }
  if (group.cards.length) {
    const list = element("ul");
    list.setAttribute("role", "list");
    list.append(...group.cards.map((card) => cardOf(card, group, data.layout, choose)));
    made.append(list);
  } else if (group.empty) made.append(element("p", group.empty, "empty"));
  if (data.layout === "columns") {
    const isWelcome = () => carried !== null && carried.from !== group.id;
    made.ondragover = (event) => {
      if (!isWelcome()) return;
      event.preventDefault();
      made.classList.add("over");
    };
    made.ondragleave = (event) => {
      if (!made.contains(event.relatedTarget)) made.classList.remove("over");
    };
    made.ondrop = (event) => {
      event.preventDefault();
      made.classList.remove("over");
      if (isWelcome()) choose([carried.card, data.move + group.id]);
    };
  }
  return made;
}

export default function ({ parentElement, data, setTriggerValue }) {
  let last = shown.get(parentElement);
  if (!last) {
    last = { frame: element("div"), drawn: "" };
    parentElement.append(last.frame);
    shown.set(parentElement, last);
  }
  last.choose = (deed) => setTriggerValue("done", deed);
  const drawn = JSON.stringify(data);
  if (drawn === last.drawn) return;
  last.drawn = drawn;
  const { frame } = last;
  const focused = frame.getRootNode().activeElement;
  const held = frame.contains(focused) ? JSON.parse(focused.dataset.deed) : null;
  frame.className = `cards ${data.layout}`;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", data.title);
  frame.replaceChildren(...data.groups.map((group) => groupOf(group, data, (d) => last.choose(d))));
  if (held) {
    const deeds = [...frame.querySelectorAll("[data-deed]:not([disabled])")];
    const own = deeds.filter((each) => JSON.parse(each.dataset.deed)[0] === held[0]);
    (own.find((each) => JSON.parse(each.dataset.deed)[1] === held[1]) || own[0])?.focus();
  }
  frame.dataset.ready = "true";
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.cards", js=_JS, css=_CSS)
