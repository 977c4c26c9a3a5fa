"""The text of a Mermaid file: its title, which kind of diagram it is, and its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from journeys.formats.ids import one_line
from journeys.formats.markup import Unreadable
from journeys.source import SIZE_LIMIT, Block, Position, Text, read

FLOWCHARTS = ("flowchart", "graph", "flowchart-elk")
JOURNEY = "journey"

_OTHERS = (
    "architecture",
    "architecture-beta",
    "block",
    "block-beta",
    "C4Component",
    "C4Container",
    "C4Context",
    "C4Deployment",
    "C4Dynamic",
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "gantt",
    "gitGraph",
    "info",
    "kanban",
    "mindmap",
    "packet",
    "packet-beta",
    "pie",
    "quadrantChart",
    "radar-beta",
    "requirement",
    "requirementDiagram",
    "sankey",
    "sankey-beta",
    "sequenceDiagram",
    "stateDiagram",
    "stateDiagram-v2",
    "timeline",
    "treemap",
    "treemap-beta",
    "xychart",
    "xychart-beta",
    "zenuml",
)
_FRONT = re.compile(r"\s*---[ \t]*\n(.*?\n)?[ \t]*---[ \t]*(?:\n|$)", re.DOTALL)
_WORD = re.compile(r"[^\s:;{]+")
_DIRECTIVE_ENDS = ("%%{", "}%%")


@dataclass(frozen=True)
class Sheet:
    """A Mermaid file, up to its diagram.

    Attributes:
        kind: The word that the diagram begins with.
        title: What its front matter calls it; empty where it doesn't.
        text: The whole text; comments and all before the diagram are blanks, so that places stay.
        begin: Where what follows the kind's word begins in ``text``.
    """

    file: str
    kind: str
    title: str
    text: str
    begin: int

    def position(self, offset: int) -> Position:
        """Return the place of an offset."""
        line = self.text.count("\n", 0, offset)
        return Position(self.file, line + 1, offset - self.text.rfind("\n", 0, offset))


def read_sheet(content: bytes, file: str) -> Sheet:
    """Return a Mermaid file, up to its diagram.

    Raises:
        Unreadable: It is no text, or no diagram that can be a journey.
    """
    start = Position(file, 1, 1)
    if len(content) > SIZE_LIMIT:
        raise Unreadable.because("too-large", start, limit=SIZE_LIMIT // (1024 * 1024))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        position = Position(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        byte = f"0x{content[error.start]:02x}"
        raise Unreadable.because("not-utf-8", position, byte=byte) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable.because("empty-file", start)
    title = ""
    front = _FRONT.match(text)
    if front:
        title = _title(front[1] or "")
        text = _blank(text, front.start(), front.end())
    text = _without_comments(_without_directives(text))
    word = _WORD.search(text)
    if word is None:
        raise Unreadable.because("no-diagram", start)
    sheet = Sheet(file, word[0], title, text, word.end())
    if word[0] not in (*FLOWCHARTS, JOURNEY):
        reason = "other-diagram" if word[0] in _OTHERS else "not-mermaid"
        name = one_line(word[0])[:40]
        raise Unreadable.because(reason, sheet.position(word.start()), name=name)
    return sheet


def _title(front: str) -> str:
    """Return the title that front matter gives; empty where it can't be read."""
    root = read(front.encode(), "").root
    title = root.get("title") if isinstance(root, Block) else None
    return one_line(title) if isinstance(title, Text) else ""


def _without_directives(text: str) -> str:
    """Return ``text`` with blanks for what is said to the program that draws."""
    opening, closing = _DIRECTIVE_ENDS
    parts, at = [], 0
    while (begin := text.find(opening, at)) >= 0 and (end := text.find(closing, begin)) >= 0:
        end += len(closing)
        parts += [text[at:begin], _blanks(text[begin:end])]
        at = end
    return "".join([*parts, text[at:]])


def _without_comments(text: str) -> str:
    """Return ``text`` with blanks for what stands behind ``%%``, outside quotation marks."""
    lines = []
    is_quoted = False
    for line in text.split("\n"):
        shown = line
        place = 0
        while (found := re.search('"|%%', line[place:])) is not None:
            at = place + found.start()
            if found[0] == '"':
                is_quoted = not is_quoted
                place = at + 1
            elif is_quoted:
                place = at + 2
            else:
                shown = line[:at] + " " * (len(line) - at)
                break
        lines.append(shown)
    return "\n".join(lines)


def _blank(text: str, begin: int, end: int) -> str:
    return text[:begin] + _blanks(text[begin:end]) + text[end:]


def _blanks(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
