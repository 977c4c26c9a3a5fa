"""Text put into GitHub-flavoured Markdown, so that nobody's words become markup, links or mentions.

Every function returns text without line breaks but `table` and `details`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from charter.messages import visible

# A colon begins what GitHub makes a link of or an emoji, and "www." is a link without one.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$!@^=]|:(?=\S)|(?<=[wW])\.")
# What would begin an item of a list, where the text begins a line or an item itself.
_LIST_ITEM = re.compile(r"\A(?:[-+]|\d{1,9}[.)])")
# Escaped or not, GitHub looks for @somebody and #123 in the text that is shown.
_MENTION = re.compile(r"([@#])(?=\w)")
_WORD_JOINER = "\u2060"
"""It takes no room, and no break of the line."""


def escape(text: str) -> str:
    """Return ``text`` to stand anywhere in a line of Markdown, also in a cell or as an item."""
    shown = visible(text).strip()
    escaped = _MARKUP.sub(lambda found: f"\\{found.group()}", shown)
    item = _LIST_ITEM.match(escaped)
    if item:
        escaped = f"{escaped[: item.end() - 1]}\\{escaped[item.end() - 1 :]}"
    return _MENTION.sub(rf"\1{_WORD_JOINER}", escaped)


def code(text: str) -> str:
    """Return ``text`` as code, to stand anywhere in a line, also in a cell of `table`."""
    shown = visible(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    # A space that code spans drop again keeps a backtick at an end apart from the fence.
    padding = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already."""
    lines = [heading, ["---"] * len(heading), *([_in_cell(c) for c in row] for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _in_cell(cell: str) -> str:
    """Return Markdown without a bar that would end its cell, as one in code would, too."""
    return re.sub(
        r"(\\*)\|",
        lambda found: f"{found[1]}|" if len(found[1]) % 2 else f"{found[1]}\\|",
        cell,
    )


def details(summary: str, content: str) -> str:
    """Return Markdown that is folded away under a plain text."""
    shown = _MENTION.sub(rf"\1{_WORD_JOINER}", html.escape(visible(summary)))
    return f"<details><summary>{shown}</summary>\n\n{content}\n\n</details>\n"
