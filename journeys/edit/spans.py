"""Where each value of a YAML text stands, from its first character to its last.

`journeys.source` says what a text means and where each value begins; to change a text one must
also know where each ends, and how it is written. Offsets count characters of the text without
its byte order mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forgot it

BREAKS = "\n\r\x85\u2028\u2029"
"""The characters that end a line."""
LINE_BREAKS = tuple(BREAKS)
"""The same, one by one."""
_BLANK = " \t" + BREAKS


@dataclass(slots=True, eq=False)
class Written:
    """A value as it is written.

    Attributes:
        start: Where it begins: in block style at its first item's dash, or at its first key.
        end: Where what it says ends; a comment or line break behind it is none of it.
        floor: Where what is written before it ended.
    """

    start: int
    end: int
    floor: int


@dataclass(slots=True, eq=False)
class Scalar(Written):
    """A scalar.

    Attributes:
        text: What it says; None where nothing is written.
        style: ``'``, ``"``, ``|``, ``>``, or nothing for a plain one.
    """

    text: str | None
    style: str


@dataclass(slots=True, eq=False)
class Listing(Written):
    """A list; ``is_flow`` between brackets."""

    is_flow: bool
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Entry:
    """A key of a mapping, with its value."""

    key: Scalar
    value: Node

    @property
    def name(self) -> str:
        """What the key says."""
        return self.key.text or ""


@dataclass(slots=True, eq=False)
class Mapping(Written):
    """A mapping; ``is_flow`` between braces."""

    is_flow: bool
    entries: list[Entry] = field(default_factory=list)

    def get(self, name: str) -> Node | None:
        """Return the value of a key, None if it isn't written."""
        return next((entry.value for entry in self.entries if entry.name == name), None)


Node: TypeAlias = Scalar | Listing | Mapping


def is_block(node: Node) -> bool:
    """Return whether a value is a list or mapping in lines of its own."""
    return not isinstance(node, Scalar) and not node.is_flow


def values(node: Listing | Mapping) -> list[Node]:
    """Return the items of a list, or the values of a mapping."""
    if isinstance(node, Listing):
        return node.items
    return [entry.value for entry in node.entries]


def spans(text: str) -> Node | None:
    """Return the value of a text that `journeys.source.read` reads without a problem."""
    parser = CParser(text)
    try:
        return _Builder(text).build(_events(parser))
    finally:
        parser.dispose()


def _events(parser: CParser) -> Iterator[Any]:
    while True:
        event = parser.get_event()
        yield event
        if isinstance(event, yaml.StreamEndEvent):
            return


class _Builder:
    """Builds the tree; nesting was limited when the text was read, so recursion is safe."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Where what is written so far ends.
        self.written = 0

    def build(self, events: Iterator[Any]) -> Node | None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                end: Any = event.end_mark
                self.written = end.index
            elif isinstance(event, yaml.NodeEvent):
                return self._node(event, events)
        return None

    def _node(self, event: Any, events: Iterator[Any]) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        start, floor = event.start_mark.index, self.written
        # What opens a block is its first item, which is yet to come.
        is_flow = bool(event.flow_style)
        if is_flow:
            self.written = event.end_mark.index
        node: Listing | Mapping
        if isinstance(event, yaml.SequenceStartEvent):
            node = Listing(start, start, floor, is_flow)
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                node.items.append(self._node(event, events))
        else:
            node = Mapping(start, start, floor, is_flow)
            while not isinstance(event := next(events), yaml.MappingEndEvent):
                key = self._scalar(event)
                node.entries.append(Entry(key, self._node(next(events), events)))
        if is_flow:
            self.written = event.end_mark.index
        node.end = self.written
        return node

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        if style in ("|", ">"):
            end = self._end_of_block_scalar(start, end, event.value)
        is_blank = not event.value and not style
        scalar = Scalar(start, end, self.written, None if is_blank else event.value, style)
        self.written = end
        return scalar

    def _end_of_block_scalar(self, start: int, end: int, value: str) -> int:
        """Return where a block scalar ends, without the line break and the lines it drops."""
        written = self.text[start:end]
        header = written.split("\n", 1)[0].split("#", 1)[0]
        if "+" not in header and not value.rstrip("\n").endswith((" ", "\t")):
            return start + len(written.rstrip(_BLANK))
        for line_break in ("\r\n", *BREAKS):
            if written.endswith(line_break):
                return end - len(line_break)
        return end
