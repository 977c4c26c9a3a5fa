"""A table whose cells are buttons: how each of some things stands for each of some others.

    matrix_table(MatrixView(…), key="matrix", on_click=look_at)

Each cell has a sign and a word beside its colour. The arrow keys move between cells. Texts reach
the page through ``textContent`` only, so that nothing in them is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.studio.pieces import JS, happened, no_callback

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


@dataclass(frozen=True)
class CellView:
    """One cell: its sign and word, and all that it says to those who ask, or don't see the table.

    Attributes:
        mark: What it looks like; nothing can be clicked where it is ``unasked``.
    """

    mark: str
    sign: str
    word: str
    told: str


@dataclass(frozen=True)
class RowView:
    """What stands in one row."""

    id: str
    title: str
    note: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class MatrixView:
    """What the table shows.

    Attributes:
        title: What it is, for those who don't see it.
        corner: What its rows are.
        columns: The ids of what stands in the columns, with their names.
        selected: The row and the column whose cell is chosen; empty for none.
    """

    title: str
    corner: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[RowView, ...]
    selected: tuple[str, str] | tuple[()] = ()


def matrix_table(view: MatrixView, key: str, on_click: Callable[[], None] = no_callback) -> None:
    """Show the table; ``clicked(key)`` is the row and the column of the cell chosen last."""
    _declared()(key=key, data=asdict(view), on_clicked_change=on_click)


def clicked(key: str) -> tuple[str, str] | None:
    """Return the row and the column of the cell that was clicked; None for none."""
    found = happened(key, "clicked")
    if not isinstance(found, list | tuple) or len(found) != 2:
        return None
    row, column = map(str, found)
    return row, column


_CSS = """
.scroll { overflow-x: auto; border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); max-height: 36.2rem; overflow-y: auto; }
table { border-collapse: separate; border-spacing: 0; width: 100%;
  font-family: var(--st-font); color: var(--st-text-color); font-size: 0.875rem; }
thead th { position: sticky; top: 0; z-index: 2; background: var(--st-secondary-background-color);
  text-align: center; vertical-align: bottom; font-weight: 600; padding: 0.5rem 0.4rem;
  border-bottom: 1px solid var(--st-border-color); overflow-wrap: anywhere; min-width: 5.5rem; }
thead th:first-child { left: 0; z-index: 3; }
th:first-child { text-align: left; padding-left: 0.75rem; }
tbody th { position: sticky; left: 0; z-index: 1; background: var(--st-background-color);
  font-weight: 600; padding: 0.3rem 0.75rem; overflow-wrap: anywhere; width: 28%;
  min-width: 9rem; border-right: 1px solid var(--st-border-color); }
tbody tr + tr > * { border-top: 1px solid var(--st-border-color); }
.note { font-weight: 400; opacity: 0.75; font-size: 0.8rem; margin-left: 0.5rem;
  white-space: nowrap; }
td { padding: 3px; text-align: center; }
button { all: unset; box-sizing: border-box; display: block; width: 100%; min-height: 1.8rem;
  padding: 0.2rem 0.4rem; border-radius: 6px; cursor: pointer; text-align: center;
  line-height: 1.2; white-space: nowrap; }
.sign { font-weight: 700; margin-right: 0.35em; }
button:hover { box-shadow: inset 0 0 0 1px currentColor; }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 1px; }
button[aria-pressed="true"] { box-shadow: inset 0 0 0 2px currentColor; font-weight: 600; }
.broken { background: light-dark(#F6C4BE, #6B2720); color: light-dark(#8E1A11, #FFD3CC); }
.undecided { background: light-dark(#FBE7C3, #5A3F14); color: light-dark(#7A4A00, #FFE0B0); }
.aside { background: light-dark(#E6DDF2, #453060); color: light-dark(#55308A, #E2D2F8); }
.elsewhere { color: light-dark(#8E1A11, #FFD3CC);
  border: 1px dashed light-dark(#C98A84, #8A4A42); }
.holds { background: light-dark(#DDF1E5, #1A3F2E); color: light-dark(#0F5A36, #BDF0D4); }
.carried { background: light-dark(#FBE7C3, #5A3F14); color: light-dark(#7A4A00, #FFE0B0); }
.blank { background: light-dark(#E4E7EE, #2F3642); color: light-dark(#454E5C, #C3CAD6); }
.absent { background: light-dark(#F5F6F9, #1B1F27); color: light-dark(#5B6473, #9AA4B5); }
.nothing { color: light-dark(#5B6473, #9AA4B5); }
.unasked { cursor: default; }
.unasked:hover { box-shadow: none; }
@media print { .scroll { max-height: none; overflow: visible; } }
"""
_JS = (
    JS
    + """
const shown = new WeakMap();

function cellButton(cell, isSelected, choose) {
  const button = element("button", "", cell.mark);
  button.type = "button";
  button.tabIndex = -1;
  button.setAttribute("aria-label", cell.told);
  if (cell.mark !== "unasked") button.title = cell.told;
  button.setAttribute("aria-pressed", String(isSelected));
  if (cell.mark === "unasked") button.setAttribute("aria-disabled", "true");
  else {
    button.append(element("span", cell.sign, "sign"), element("span", cell.word));
    button.onclick = choose;
  }
  return button;
}

function draw(data, choose) {
  const table = element("table");
  table.setAttribute("aria-label", data.title);
  const head = element("tr");
  head.append(element("th", data.corner));
  for (const [, title] of data.columns) head.append(element("th", title));
  for (const cell of head.children) cell.scope = "col";
  const top = element("thead");
  top.append(head);
  const body = element("tbody");
  for (const row of data.rows) {
    const line = element("tr");
    const title = element("th", row.title);
    title.scope = "row";
    title.append(element("span", row.note, "note"));
    line.append(title);
    row.cells.forEach((cell, at) => {
      const column = data.columns[at][0];
      const isSelected = data.selected[0] === row.id && data.selected[1] === column;
      const place = element("td");
      place.append(cellButton(cell, isSelected, () => choose(row.id, column)));
      line.append(place);
    });
    body.append(line);
  }
  table.append(top, body);
  return table;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function move(frame, event) {
  const step = STEPS[event.key];
  const place = event.target.closest("td");
  if (!step || !place) return;
  event.preventDefault();
  event.stopPropagation();
  const rows = [...frame.querySelectorAll("tbody tr")];
  const row = rows[rows.indexOf(place.parentElement) + step[0]];
  const next = row?.children[place.cellIndex + step[1]]?.querySelector("button");
  if (!next) return;
  for (const each of frame.querySelectorAll("button")) each.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export default function ({ parentElement, data, setTriggerValue }) {
  let frame = shown.get(parentElement);
  if (!frame) {
    frame = element("div", "", "scroll");
    frame.onkeydown = (event) => move(frame, event);
    parentElement.append(frame);
    shown.set(parentElement, frame);
  }
  const active = frame.getRootNode().activeElement;
  const focused = frame.contains(active) ? active.getAttribute("aria-label") : null;
  const held = [...frame.querySelectorAll("button")].indexOf(active);
  frame.replaceChildren(
    draw(data, (row, column) => setTriggerValue("clicked", [row, column])),
  );
  const buttons = [...frame.querySelectorAll("button")];
  const pressed = buttons.find((each) => each.getAttribute("aria-pressed") === "true");
  const first = (focused !== null && buttons[held]) || pressed || buttons[0];
  if (first) first.tabIndex = 0;
  if (focused !== null && first) first.focus();
  frame.dataset.ready = "true";
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.matrix_table", js=_JS, css=_CSS)
