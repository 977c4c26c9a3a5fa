"""The matrix of rules and segments: a table whose cells are buttons.

    clicked = verdict_matrix(MatrixView(…), key="matrix")

Each cell has a sign and a word beside its colour. The arrow keys move between cells. Texts reach
the page through ``textContent`` only, so that nothing in them is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from charter.consistency import EVERYONE, Mark, Matrix
from charter.messages import N_, Speaker
from charter.reports.names import Names
from charter.studio.words import SEVERITIES

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

SIGNS = {
    Mark.BROKEN: "✕",
    Mark.UNDECIDED: "?",
    Mark.ASIDE: "=",
    Mark.ELSEWHERE: "↷",
    Mark.HOLDS: "✓",
    Mark.NOTHING: "·",
    Mark.UNASKED: "",
}
WORDS = {
    Mark.BROKEN: N_("Broken"),
    Mark.UNDECIDED: N_("Undecided"),
    Mark.ASIDE: N_("Set aside"),
    Mark.ELSEWHERE: N_("Elsewhere"),
    Mark.HOLDS: N_("Holds"),
    Mark.NOTHING: N_("Concerns nothing"),
    Mark.UNASKED: N_("Not asked"),
}
MEANINGS = {
    Mark.BROKEN: N_("a path breaks the rule, or a touchpoint does"),
    Mark.UNDECIDED: N_("it could not be decided"),
    Mark.ASIDE: N_("what is broken was waived, or accepted with the baseline"),
    Mark.ELSEWHERE: N_("broken, but not to be mended on this channel"),
    Mark.HOLDS: N_("every path keeps the rule"),
    Mark.NOTHING: N_("no path is concerned"),
}
_COUNTED = (Mark.BROKEN, Mark.ASIDE, Mark.UNDECIDED, Mark.ELSEWHERE)


@dataclass(frozen=True)
class CellView:
    """One cell: its sign and word, and all that it says for those who don't see the table."""

    mark: str
    sign: str
    word: str
    told: str


@dataclass(frozen=True)
class RowView:
    """One rule."""

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
        columns: The ids of the segments with their names.
        selected: The rule and the segment whose cell is chosen; empty for none.
    """

    title: str
    corner: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[RowView, ...]
    selected: tuple[str, str] | tuple[()] = ()


def matrix_view(
    matrix: Matrix, names: Names, speak: Speaker, selected: tuple[str, str] | tuple[()] = ()
) -> MatrixView:
    """Return a matrix in people's words."""

    def name(segment: str) -> str:
        return names.of("segment", segment) if segment else speak(N_("Everyone"))

    def cell(rule: str, segment: str) -> CellView:
        found = matrix.cell(rule, segment)
        count = speak.count(found.count) if found.mark in _COUNTED else ""
        word = speak(WORDS[found.mark])
        told = f"{rule}, {name(segment)}: {word} {count}".strip()
        return CellView(found.mark.value, f"{SIGNS[found.mark]} {count}".strip(), word, told)

    return MatrixView(
        title=speak(N_("How each rule stands for each segment")),
        corner=speak(N_("Rule")),
        columns=tuple((segment, name(segment)) for segment in matrix.segments),
        rows=tuple(
            RowView(
                id=rule,
                title=rule,
                note=speak(SEVERITIES[names.rules[rule].gravity]),
                cells=tuple(cell(rule, segment) for segment in matrix.segments),
            )
            for rule in matrix.rules
        ),
        selected=selected,
    )


def _named(mark: Mark, speak: Speaker) -> str:
    return f"{SIGNS[mark]} {speak(WORDS[mark])}"


def legend(matrix: Matrix, speak: Speaker) -> str:
    """Return what the signs in a matrix mean, those that it has."""
    there = {cell.mark for cell in matrix.cells.values()}
    return " · ".join(
        speak(N_("{sign}: {meaning}"), sign=_named(mark, speak), meaning=speak(MEANINGS[mark]))
        for mark in MEANINGS
        if mark in there
    )


def verdict_matrix(view: MatrixView, key: str, on_click: Callable[[], None]) -> None:
    """Show the table; ``st.session_state[key]["clicked"]`` is the rule and the segment chosen."""
    _declared()(key=key, data=asdict(view), on_clicked_change=on_click)


def clicked(key: str) -> tuple[str, str] | None:
    """Return the rule and the segment of the cell that was clicked; None for none."""
    found = st.session_state.get(key, {}).get("clicked")
    if not isinstance(found, list | tuple) or len(found) != 2:
        return None
    rule, segment = map(str, found)
    return rule, segment or EVERYONE


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
.nothing { color: light-dark(#5B6473, #9AA4B5); }
.unasked { cursor: default; }
.unasked:hover { box-shadow: none; }
@media print { .scroll { max-height: none; overflow: visible; } }
"""
_JS = """
const shown = new WeakMap();

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function cellButton(cell, isSelected, choose) {
  const button = element("button", "", cell.mark);
  button.type = "button";
  button.tabIndex = -1;
  button.setAttribute("aria-label", cell.told);
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
      const segment = data.columns[at][0];
      const isSelected = data.selected[0] === row.id && data.selected[1] === segment;
      const place = element("td");
      place.append(cellButton(cell, isSelected, () => choose(row.id, segment)));
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
    draw(data, (rule, segment) => setTriggerValue("clicked", [rule, segment])),
  );
  const buttons = [...frame.querySelectorAll("button")];
  const pressed = buttons.find((each) => each.getAttribute("aria-pressed") === "true");
  const first = (focused !== null && buttons[held]) || pressed || buttons[0];
  if (first) first.tabIndex = 0;
  if (focused !== null && first) first.focus();
  frame.dataset.ready = "true";
}
"""


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.verdict_matrix", js=_JS, css=_CSS)
