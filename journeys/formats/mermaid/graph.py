"""A Mermaid flowchart read: nodes, links, subgraphs and classes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from journeys.formats.ids import one_line
from journeys.formats.markup import Unreadable
from journeys.formats.mermaid.labels import unescaped
from journeys.formats.mermaid.text import Sheet
from journeys.formats.notes import Note
from journeys.source import Position, Problem

NODE_LIMIT = 5_000
"""Most nodes in one flowchart."""
LINK_LIMIT = 100_000
"""Most links in one flowchart."""
_PROBLEMS_TOLD = 20

_BLANKS = re.compile(r"[ \t]*")
_ANY_BLANKS = re.compile(r"\s*")
_AND = re.compile(r"[ \t]*&")
_BREAK = re.compile(r"[ \t]*(?:[;\n]|$)")
# Letters, digits and most signs; a hyphen, a dot or an equals sign unless a link begins with it.
_ID = re.compile(r"(?:[^\W]|[!#$%'*+.`?\\/]|-(?![->.])|=(?!=))+")
_QUOTED = re.compile(r'"([^"]*)"')
_WORDS = re.compile(r"[^\[\](){}|\"\n]*")
_CLASS = re.compile(r":::([\w-]+)")
_EDGE_NAME = re.compile(r"[\w-]+@(?=[<xo]?[-=~])")
_METADATA = re.compile(r"@\{([^}]*)\}")
_META_LABEL = re.compile(r"\blabel\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|([^,\n}]+))")
# A link with its words, if any, between bars behind it; or its words inside it.
_LINK = re.compile(r"([xo<])?(?:--+[-xo>]|==+[=xo>]|-?\.+-[xo>]?|~~~+)")
_LINK_START = re.compile(r"([xo<])?(--|==|-\.)(?=[ \t\"\w])")
_LINK_ENDS = {
    "--": re.compile(r"--+[-xo>]"),
    "==": re.compile(r"==+[=xo>]"),
    "-.": re.compile(r"\.+-[xo>]?"),
}
# How a label is opened and closed; what is longer is tried first.
_SHAPES = (
    ("(((", (")))",)),
    ("((", ("))",)),
    ("([", ("])",)),
    ("(-", ("-)",)),
    ("(", (")",)),
    ("[[", ("]]",)),
    ("[(", (")]",)),
    ("[/", ("/]", "\\]")),
    ("[\\", ("\\]", "/]")),
    ("[", ("]",)),
    ("{{", ("}}",)),
    ("{", ("}",)),
    (">", ("]",)),
)
_KEYWORD = re.compile(
    r"(subgraph|end|direction|classDef|class|style|linkStyle|click|accTitle|accDescr)"
    r"(?=[ \t:;{\n]|$)"
)
_SUBGRAPH = re.compile(r"[ \t]*(?:([^\s\[\";]+)[ \t]*(?=\[|[;\n]|$))?")
_SHARE = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)[ \t]*%")
_ICON = re.compile(r"\bfa[a-z]?:fa-[\w-]+\s*")
_LINE_BREAK = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)


@dataclass
class GraphNode:
    """A node.

    Attributes:
        key: Its id in the file.
        name: Its label as people read it; empty where it has none of its own.
        subgraph: The id of the subgraph that it is in; None for none.
        classes: The classes that it was given, in their order.
    """

    key: str
    position: Position
    name: str = ""
    subgraph: str | None = None
    classes: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class GraphLink:
    """A link from one node to another.

    Attributes:
        label: What stands on it, as people read it.
        share: How many go this way, where the label is a percentage.
    """

    source: str
    target: str
    label: str
    share: str | None
    position: Position


@dataclass
class Graph:
    """What a flowchart holds.

    Attributes:
        nodes: By id, in the order of the file.
        titles: The titles of subgraphs by id.
        holders: The ids of the subgraphs that subgraphs are in.
    """

    nodes: dict[str, GraphNode] = field(default_factory=dict)
    links: list[GraphLink] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    holders: dict[str, str | None] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def outermost(self, subgraph: str | None) -> str | None:
        """Return the outermost subgraph around one, or it itself."""
        found, met = subgraph, set()
        while found is not None and found not in met:
            met.add(found)
            subgraph, found = found, self.holders.get(found)
        return subgraph


def read_graph(sheet: Sheet) -> Graph:
    """Return what a flowchart holds.

    Raises:
        Unreadable: Some of it can't be read.
    """
    return _Parser(sheet).graph()


class _Misread(Exception):
    """A statement can't be read from here on."""

    def __init__(self, offset: int, reason: str = "mermaid-syntax", **parameters: object) -> None:
        super().__init__(reason)
        self.offset, self.reason, self.parameters = offset, reason, parameters


class _Parser:
    """Reads one statement after the other; what can't be read ends with its line."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.text, self.at = sheet, sheet.text, sheet.begin
        self.found = Graph()
        self.open: list[str] = []
        self.inside: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.given: list[tuple[str, str]] = []
        self.problems: list[Problem] = []
        self.subgraphs = 0
        # Where lines begin is looked up once for each place told, and always further on.
        self.line, self.line_begin = self.text.count("\n", 0, self.at) + 1, 0
        self.line_begin = self.text.rfind("\n", 0, self.at) + 1

    def graph(self) -> Graph:
        self.at = self._line_end(self.at) if self._is_direction() else self.at
        while self.at < len(self.text) and len(self.problems) < _PROBLEMS_TOLD:
            self.at = self._past_blanks(self.at)
            if self.at >= len(self.text):
                break
            if self.text[self.at] in ";\n":
                self.at += 1
                continue
            try:
                self._statement()
            except _Misread as misread:
                self._report(misread)
                self.at = self._line_end(self.at)
        while self.open and len(self.problems) < _PROBLEMS_TOLD:
            self.problems.append(Problem("CH001", "subgraph-open", self._here(len(self.text))))
            self._close()
        if self.problems:
            raise Unreadable(tuple(self.problems))
        self._leave_subgraphs_out()
        for key, name in self.given:
            if key in self.found.nodes:
                self.found.nodes[key].classes[name] = None
        return self.found

    def _is_direction(self) -> bool:
        """Return whether all that follows the kind's word on its line is a direction."""
        end = self._line_end(self.at)
        rest = self.text[self.at : end].partition(";")
        if rest[0].strip() in ("", "TB", "TD", "BT", "RL", "LR", ">", "<", "^", "v"):
            self.at += len(rest[0])
            return not rest[1]
        return False

    def _report(self, misread: _Misread) -> None:
        offset = min(misread.offset, len(self.text))
        end = self._line_end(offset)
        shown = one_line(self.text[offset:end])[:30]
        parameters = {"text": shown, **misread.parameters}
        self.problems.append(Problem("CH001", misread.reason, self._here(offset), parameters))

    def _here(self, offset: int) -> Position:
        if offset < self.line_begin:
            return self.sheet.position(offset)
        self.line += self.text.count("\n", self.line_begin, offset)
        self.line_begin = max(self.line_begin, self.text.rfind("\n", self.line_begin, offset) + 1)
        return Position(self.sheet.file, self.line, offset - self.line_begin + 1)

    def _past_blanks(self, offset: int, blanks: re.Pattern[str] = _BLANKS) -> int:
        found = blanks.match(self.text, offset)
        return found.end() if found else offset

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    # Statements.

    def _statement(self) -> None:
        keyword = _KEYWORD.match(self.text, self.at)
        if keyword is None:
            self._chain()
            return
        begin, self.at = self.at, keyword.end()
        match keyword[1]:
            case "subgraph":
                self._subgraph(begin)
            case "end":
                if not self.open:
                    raise _Misread(begin, "end-unexpected")
                self._close()
                self._expect_end()
            case "class":
                self._class(begin)
            case "click":
                named = {"kind": "click", "name": self._rest()}
                self.found.notes.append(Note("not-carried", self._here(begin), named))
            case "accDescr" if self._opens_block():
                end = self.text.find("}", self.at)
                self.at = len(self.text) if end < 0 else end + 1
            case _:
                # How it looks, and what is read out instead, is no part of a journey.
                self._rest()

    def _opens_block(self) -> bool:
        return self.text[self.at : self.at + 40].lstrip().startswith("{")

    def _rest(self) -> str:
        """Return what is left of the statement, gone past."""
        rest = self.text[self.at : self._line_end(self.at)].partition(";")[0]
        self.at += len(rest)
        return one_line(rest)

    def _expect_end(self) -> None:
        if not (found := _BREAK.match(self.text, self.at)):
            raise _Misread(self._past_blanks(self.at))
        self.at = found.end()

    def _subgraph(self, begin: int) -> None:
        end = self._line_end(self.at)
        found = _SUBGRAPH.match(self.text, self.at)
        key = found[1] if found and found[1] else ""
        if found and found[1]:
            self.at = found.end()
        title = ""
        if key and self.text.startswith("[", self.at):
            title = self._label()
        elif not key:
            line = self.text[self.at : end].partition(";")[0]
            title, self.at = _shown(line.strip().strip('"')), self.at + len(line)
        self._expect_end()
        if not key:
            self.subgraphs += 1
            # A title alone is its id as well; several without one are told apart.
            key = title or f"subgraph {self.subgraphs}"
        self.found.titles[key] = title or self.found.titles.get(key, "")
        self.found.holders.setdefault(key, self.open[-1] if self.open else None)
        self.open.append(key)
        if len(self.open) > 100:
            raise Unreadable.because("too-deep", self._here(begin), limit=100)

    def _close(self) -> None:
        key = self.open.pop()
        for node in self.inside.pop(key, {}):
            if self.found.nodes[node].subgraph is None:
                self.found.nodes[node].subgraph = key

    def _class(self, begin: int) -> None:
        words = self._rest().split()
        if len(words) < 2:
            raise _Misread(begin)
        names = words[-1].split(",")
        self.given += [(key, name) for key in "".join(words[:-1]).split(",") for name in names]

    # Nodes and links.

    def _chain(self) -> None:
        sources = self._nodes()
        while True:
            begin = self._past_blanks(self.at)
            link = self._link(begin)
            if link is None:
                break
            forth, back, label = link
            targets = self._nodes()
            self._connect(sources, targets, label, begin, is_forth=forth, is_back=back)
            sources = targets
        self._expect_end()

    def _connect(
        self,
        sources: list[str],
        targets: list[str],
        label: str,
        begin: int,
        *,
        is_forth: bool,
        is_back: bool,
    ) -> None:
        if len(self.found.links) + len(sources) * len(targets) > LINK_LIMIT:
            raise Unreadable.because("too-many-ways", self._here(begin), limit=LINK_LIMIT)
        position = self._here(begin)
        share = _SHARE.fullmatch(label.strip().strip('"'))
        shown = "" if share else _shown(label)
        part = share[1].replace(",", ".") if share and float(share[1].replace(",", ".")) else None
        for source in sources:
            for target in targets:
                if is_forth:
                    self.found.links.append(GraphLink(source, target, shown, part, position))
                if is_back:
                    self.found.links.append(GraphLink(target, source, shown, part, position))

    def _link(self, begin: int) -> tuple[bool, bool, str] | None:
        """Return where a link leads, forth and back, and its words; None where none begins."""
        named = _EDGE_NAME.match(self.text, begin)
        at = named.end() if named else begin
        words: str | None = None
        if (found := _LINK.match(self.text, at)) is not None:
            arrow, self.at = found[0], found.end()
            head = found[1]
        elif (found := _LINK_START.match(self.text, at)) is not None:
            head, self.at = found[1], found.end()
            words, arrow = self._words_inside(found[2])
        else:
            return None
        bar = self._past_blanks(self.at)
        if words is None and self.text.startswith("|", bar):
            self.at = bar + 1
            words = self._text_until(("|",))
        if "~" in arrow:
            self.found.notes.append(Note("invisible-link", self._here(begin)))
            return False, False, ""
        is_back = head == "<"
        return arrow.endswith((">", "x", "o")) or not is_back, is_back, words or ""

    def _words_inside(self, start: str) -> tuple[str, str]:
        """Return the words inside a link, and its end."""
        at = self._past_blanks(self.at)
        line_end = self._line_end(at)
        quoted = _QUOTED.match(self.text, at)
        end = _LINK_ENDS[start].search(self.text, quoted.end() if quoted else at, line_end)
        if end is None:
            raise _Misread(at, "link-open")
        words, self.at = self.text[at : end.start()], end.end()
        return words, end[0]

    def _nodes(self) -> list[str]:
        keys = [self._one_node()]
        while (found := _AND.match(self.text, self.at)) is not None:
            self.at = found.end()
            keys.append(self._one_node())
        return keys

    def _one_node(self) -> str:
        # A link may go on in the next line.
        begin = self.at = self._past_blanks(self.at, _ANY_BLANKS)
        found = _ID.match(self.text, begin)
        if found is None:
            raise _Misread(begin)
        self.at = found.end()
        node = self._node(found[0], begin)
        if metadata := _METADATA.match(self.text, self.at):
            self.at = metadata.end()
            if label := _META_LABEL.search(metadata[1]):
                node.name = _shown(label[1] or label[2] or label[3] or "")
        elif self.text.startswith(("[", "(", "{", ">"), self.at):
            node.name = self._label()
        while given := _CLASS.match(self.text, self.at):
            self.at = given.end()
            node.classes[given[1]] = None
        return node.key

    def _node(self, key: str, offset: int) -> GraphNode:
        node = self.found.nodes.get(key)
        if node is None:
            if len(self.found.nodes) >= NODE_LIMIT:
                raise Unreadable.because(
                    "too-many-flow-nodes", self._here(offset), limit=NODE_LIMIT
                )
            node = self.found.nodes[key] = GraphNode(key, self._here(offset))
        if self.open:
            self.inside[self.open[-1]][key] = None
        return node

    # Labels.

    def _label(self) -> str:
        """Return the label that begins here, in whatever shape."""
        begin = self.at
        for opening, closings in _SHAPES:
            if self.text.startswith(opening, begin):
                self.at = begin + len(opening)
                return _shown(self._text_until(closings))
        raise _Misread(begin)

    def _text_until(self, closings: tuple[str, ...]) -> str:
        """Return what stands before one of ``closings``, its quotation marks taken off."""
        at = self._past_blanks(self.at, _ANY_BLANKS)
        quoted = _QUOTED.match(self.text, at)
        if quoted:
            words, end = quoted[1], quoted.end()
        else:
            plain = _WORDS.match(self.text, self.at)
            words, end = (plain[0], plain.end()) if plain else ("", self.at)
            # A slash or a hyphen before the bracket belongs to the shape.
            for closing in closings:
                lead = closing[:-1]
                if lead and words.endswith(lead) and self.text.startswith(closing, end - len(lead)):
                    words, end = words[: -len(lead)], end - len(lead)
                    break
        end = self._past_blanks(end, _ANY_BLANKS) if quoted else end
        for closing in closings:
            if self.text.startswith(closing, end):
                self.at = end + len(closing)
                return words
        if self.text.startswith('"', at):
            raise _Misread(at, "label-open" if not quoted else "mermaid-syntax")
        raise _Misread(min(end, len(self.text)), "label-unquoted")

    def _leave_subgraphs_out(self) -> None:
        """Take links to whole subgraphs, and classes given to them, for what they are: no nodes."""
        graph = self.found
        whole = {key for key in graph.titles if key in graph.nodes}
        kept = []
        for link in graph.links:
            if {link.source, link.target} & whole:
                named = {"kind": "link", "name": f"{link.source} → {link.target}"}
                graph.notes.append(Note("to-subgraph", link.position, named))
            else:
                kept.append(link)
        graph.links = kept
        for key in whole:
            del graph.nodes[key]


def _shown(label: str) -> str:
    """Return what people read of a label: without what is written for the drawing only."""
    text = label.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = text[1:-1]
    text = _ICON.sub("", _LINE_BREAK.sub(" ", text))
    return one_line(unescaped(text))
