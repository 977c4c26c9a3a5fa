"""Texts and ids as Mermaid writes them: a label is never markup, and an id never a word of its own.

Mermaid reads ``#name;`` and ``#number;`` as the character of that name or number, before it looks
at anything else: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters.
"""

from __future__ import annotations

import re
from collections.abc import Container
from html.entities import html5

RESERVED = frozenset(
    {
        "call",
        "class",
        "classdef",
        "click",
        "default",
        "direction",
        "end",
        "entry",
        "exit",
        "flowchart",
        "graph",
        "href",
        "interpolate",
        "linkstyle",
        "style",
        "subgraph",
    }
)
"""Words that no node and no class is called: Mermaid's own, and those of the classes we write."""

# What HTML, Markdown or Mermaid would take for markup, what quotes or breaks a label, and what
# turns the direction of reading. Digits before a dot begin a list in Markdown; and wherever it
# stands in a line, Mermaid takes “direction LR” for a direction.
_MARKUP = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    '"#&<>`*_~\\\\\\[\\](){}|$;%@]|^[-+=:]|(?<=^\\d)[.)]|(?<=^\\d\\d)[.)]|(?<=^\\d\\d\\d)[.)]'
    "|d(?=irection\\s+(?:TB|BT|RL|LR))"
)
# Mermaid's own, and those of HTML, as which labels are drawn.
_ENTITY = re.compile("#([0-9]+);|[#&]([A-Za-z][A-Za-z0-9]*);")
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def escaped(text: str, *, also: str = "") -> str:
    """Return ``text`` as a label that Mermaid shows just so, whatever it holds.

    ``also`` names more characters that part things where it stands.
    """
    safe = _MARKUP.sub(lambda found: _entity(found.group()), text)
    return "".join(_entity(each) if each in also else each for each in safe)


def _entity(character: str) -> str:
    return f"#{ord(character)};"


def unescaped(label: str) -> str:
    """Return the text that a label shows, its entities written out."""
    return _ENTITY.sub(_character, label)


def _character(entity: re.Match[str]) -> str:
    digits, name = entity.groups()
    if name:
        return html5.get(f"{name};", entity[0])
    # More digits than any character's number has stand for none.
    number = int(digits) if len(digits) <= 7 else _LAST_CHARACTER + 1
    is_one = 0 < number <= _LAST_CHARACTER and number not in _SURROGATES
    return chr(number) if is_one else entity[0]


def written_id(identifier: str, taken: Container[str] = ()) -> str:
    """Return an id as Mermaid can read it, and none of those ``taken``.

    Hyphens become underscores, as two of them are an arrow.
    """
    written = identifier.replace("-", "_")
    if written in RESERVED:
        written = f"_{written}"
    while written in taken:
        written = f"_{written}"
    return written
