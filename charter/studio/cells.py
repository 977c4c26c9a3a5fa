"""Cells of a table that are edited in place: what was typed where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from charter.amendments import Amendment, Place, written_item
from charter.expressing import is_said_by_language
from charter.items import Item
from charter.studio.session import Session

CELL_WIDTH = 250


@dataclass(frozen=True)
class Edit:
    """A cell that was typed into.

    Attributes:
        row: The id of what its row is about.
        column: The id of what its column is about.
        typed: What it says now; empty for nothing.
    """

    row: str
    column: str
    typed: str


class SayCell(Protocol):
    """What becomes of a marker where a cell of its row says something else."""

    def __call__(
        self,
        item: Item,
        marker: str,
        column: str,
        language: str,
        typed: str,
        /,
        *,
        is_by_language: bool,
    ) -> Amendment | None:
        """Return it; None where it says so already."""


def cell_edits(
    state: Mapping[str, Any], rows: Sequence[str], columns: Sequence[str]
) -> Iterator[Edit]:
    """Yield the cells that were typed into, row by row, of what Streamlit says of its editor."""
    edited: Mapping[Any, Mapping[str, object]] = state.get("edited_rows") or {}
    for number in sorted(edited, key=int):
        if not 0 <= int(number) < len(rows):
            continue
        for column, typed in edited[number].items():
            if column in columns:
                yield Edit(rows[int(number)], column, "" if typed is None else str(typed))


def editor_key(name: str, rows: Sequence[Mapping[str, str]], session: Session) -> str:
    """Return the key of an editor of rows: another one once they say something else.

    So what was typed and done is forgotten with the rows it changed, and what was refused stays.
    """
    said = json.dumps([session.version, session.speak.language, *rows]).encode()
    return f"{name}-{hashlib.blake2b(said, digest_size=6).hexdigest()}"


def texts_config(titles: Mapping[str, str]) -> dict[str, Any]:
    """Return how columns of texts are shown, by their ids and titles."""
    return {
        column: st.column_config.TextColumn(title, width=CELL_WIDTH)
        for column, title in titles.items()
    }


def marker_amendments(
    files: Mapping[str, bytes], edits: Iterable[Edit], language: str, say: SayCell
) -> list[Amendment]:
    """Return what edited cells change, each row a marker: by ``say``, a function of `expressing`.

    Raises:
        WantsAReason: A cell holds a dash with nothing behind it.
    """
    made = []
    for edit in edits:
        item = written_item(files, Place("marker", edit.row))
        amendment = say(
            item,
            edit.row,
            edit.column,
            language,
            edit.typed,
            is_by_language=is_said_by_language(item),
        )
        if amendment is not None:
            made.append(amendment)
    return made
