"""YAML text read into values that know where they stand.

The subset of YAML that a workspace is written in: no aliases, no tags, no duplicate keys, and
no guessing. Every scalar stays the text that was written; the field that asks for it decides
whether it is a number, a date or a name. Reading stops at limits that no honest file meets, so
that a hostile one costs neither memory nor a crash.
"""

from __future__ import annotations

import functools
import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forgot it

SIZE_LIMIT = 10 * 1024 * 1024
"""Largest file that is read, in bytes."""
DEPTH_LIMIT = 64
"""Deepest nesting of lists and mappings."""
NODE_LIMIT = 1_000_000
"""Most values (scalars, lists and mappings, keys included) in one file."""

# What YAML 1.1 allows in a stream; the C parser reports the rest by byte offset only.
_UNPRINTABLE = re.compile(
    "[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

_BYTE_ORDER_MARK = "\ufeff"

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

_CONFLICT_MARKER = re.compile(r"^(<<<<<<<|=======$|>>>>>>>)", re.MULTILINE)


class Position(NamedTuple):
    """A place in a file; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Position("", 1, 1)
"""The place of what is written in no file."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with what was written, in terms that can be put into words later.

    Attributes:
        code: The stable code of the defect, such as ``CH001``.
        reason: Which sentence explains it, such as ``unknown-key``.
        position: The place to change.
        parameters: What the sentence names: the key, the id, the limit.
    """

    code: str
    reason: str
    position: Position
    parameters: Mapping[str, object] = field(default_factory=dict)


# A place in a file is held as one number, line and column as the parser counts them, from 0.
# No column of a file within the size limit is too great for its bits.
_COLUMN_BITS = SIZE_LIMIT.bit_length()
_COLUMN = (1 << _COLUMN_BITS) - 1


def _place(position: Position) -> int:
    return (position.line - 1) << _COLUMN_BITS | (position.column - 1)


def _position(file: str, place: int) -> Position:
    return Position(file, (place >> _COLUMN_BITS) + 1, (place & _COLUMN) + 1)


class _Written:
    """What knows where it is written.

    Of the hundreds of thousands of places in a large workspace hardly any is ever told, so they
    become positions only when they are asked for.
    """

    __slots__ = ()

    _file: str
    _place: int

    @property
    def position(self) -> Position:
        """Where it begins."""
        return _position(self._file, self._place)


class Text(_Written, str):
    """A scalar as written, and where.

    Attributes:
        is_blank: Nothing at all stood there (``key:`` with no value), as opposed to ``""``.
    """

    __slots__ = ("_file", "_place", "is_blank")

    is_blank: bool

    @classmethod
    def at(cls, value: str, position: Position, *, is_blank: bool = False) -> Text:
        """Return ``value`` standing at ``position``."""
        text = cls(value)
        text._file, text._place = position.file, _place(position)
        text.is_blank = is_blank
        return text


class Block(_Written, dict[str, "Node"]):
    """A mapping, and where it begins; its keys are `Text`."""

    __slots__ = ("_file", "_place")

    @classmethod
    def at(cls, entries: Mapping[str, Node], position: Position) -> Block:
        """Return a mapping of ``entries`` that begins at ``position``."""
        block = cls(entries)
        block._file, block._place = position.file, _place(position)
        return block

    def position_of_key(self, key: str) -> Position:
        """Return where ``key`` is written; where the mapping begins if it isn't."""
        for written in self:
            if written == key and isinstance(written, Text):
                return written.position
        return self.position


class Items(_Written, list["Node"]):
    """A list, and where it begins."""

    __slots__ = ("_file", "_place")

    @classmethod
    def at(cls, items: list[Node], position: Position) -> Items:
        """Return a list of ``items`` that begins at ``position``."""
        written = cls(items)
        written._file, written._place = position.file, _place(position)
        return written


Node: TypeAlias = Text | Block | Items


class Source:
    """Where a mapping was written, and each of its values, in little memory.

    Attributes:
        keys: Its keys.
        lists: Those that a list stands behind.
    """

    __slots__ = ("_file", "_places", "keys", "lists")

    def __init__(
        self, file: str, places: tuple[int, ...], keys: tuple[str, ...], lists: tuple[str, ...]
    ) -> None:
        # The place of the mapping, then of each of its values.
        self._file, self._places = file, places
        self.keys, self.lists = keys, lists

    @classmethod
    def of(cls, block: Block) -> Source:
        """Return where ``block`` and its values are written."""
        places = [block._place]
        places += [value._place for value in block.values()]
        lists = [key for key, value in block.items() if type(value) is Items]
        return cls(block._file, tuple(places), _shared(tuple(block)), _shared(tuple(lists)))

    @classmethod
    def of_shorthand(cls, key: str, text: Text) -> Source:
        """Return where ``text`` is written, which stands for a mapping of ``key`` to it."""
        return cls(text._file, (text._place, text._place), _shared((key,)), ())

    @classmethod
    def nowhere(cls, *lists: str) -> Source:
        """Return the source of what is written in no file, but would have had ``lists``."""
        return cls(NOWHERE.file, (0,) * (len(lists) + 1), lists, lists)

    @property
    def position(self) -> Position:
        """Where the mapping begins."""
        return _position(self._file, self._places[0])

    def position_of(self, key: str) -> Position | None:
        """Return where the value of ``key`` begins; None if it isn't written."""
        if key not in self.keys:
            return None
        return _position(self._file, self._places[1 + self.keys.index(key)])


@functools.lru_cache(maxsize=1024)
def _shared(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``keys``, free of where they stand: few combinations serve very many mappings."""
    return tuple(map(str, keys))


@dataclass(frozen=True)
class Document:
    """One file as read.

    Attributes:
        file: Its name, as people are told it.
        text: Its text; empty if it could not be decoded.
        root: Its value; None if there is none, or if reading had to stop.
        problems: All that is wrong with it as YAML, in the order of the file.
    """

    file: str
    text: str
    root: Node | None
    problems: tuple[Problem, ...]


@contextmanager
def paused_garbage_collection() -> Iterator[None]:
    """Hold the cyclic garbage collector while very many small objects are made.

    None of them can be garbage yet, and looking for it takes as long as reading.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read(content: bytes, file: str) -> Document:
    """Return what ``content`` says.

    Cost is linear in the size of ``content``. Never raises for what the file holds: what is
    wrong is listed in the document's ``problems``, and what could be read is in its ``root``.
    """
    start = Position(file, 1, 1)
    if len(content) > SIZE_LIMIT:
        problem = Problem("CH001", "too-large", start, {"limit": SIZE_LIMIT // (1024 * 1024)})
        return Document(file, "", None, (problem,))
    try:
        text = content.decode("utf-8").lstrip(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").lstrip(_BYTE_ORDER_MARK)
        position = _position_after(before, file)
        byte = f"0x{content[error.start]:02x}"
        return Document(file, "", None, (Problem("CH001", "not-utf-8", position, {"byte": byte}),))
    refused = _refused_text(text, file)
    if refused is not None:
        return Document(file, text, None, (refused,))
    builder = _Builder(file)
    with paused_garbage_collection():
        builder.build(text)
    is_blank = isinstance(builder.root, Text) and builder.root.is_blank
    if (builder.root is None or is_blank) and not builder.problems:
        return Document(file, text, None, (Problem("CH001", "empty-file", start),))
    problems = tuple(sorted(builder.problems, key=lambda problem: problem.position))
    return Document(file, text, builder.root, problems)


def lines_of(text: str) -> list[str]:
    """Return the lines of ``text`` as positions count them."""
    return _LINE_BREAK.split(text)


def _position_after(before: str, file: str) -> Position:
    lines = lines_of(before)
    return Position(file, len(lines), len(lines[-1]) + 1)


def _refused_text(text: str, file: str) -> Problem | None:
    """Return the problem of a text that no YAML parser should be given, if it is one."""
    if "<<<<<<<" in text and ">>>>>>>" in text:
        conflict = _CONFLICT_MARKER.search(text)
        if conflict:
            position = _position_after(text[: conflict.start()], file)
            return Problem("CH001", "conflict-marker", position)
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        position = _position_after(text[: unprintable.start()], file)
        character = f"U+{ord(unprintable.group()):04X}"
        return Problem("CH001", "unprintable", position, {"character": character})
    return None


_MERGE_KEY = "<<"
_CORE_TAG = "tag:yaml.org,2002:"
"""What YAML's own tags begin with, once the parser has written ``!!`` out."""


class _Stop(Exception):
    """Reading can't go on; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class _Builder:
    """Builds values straight from the C parser's events.

    PyYAML's own loader composes a tree of nodes first, which costs five times as much, and it
    recurses into nested lists, which 60 KB of brackets turn into a crash.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []

    def build(self, text: str) -> None:
        parser = CParser(text)
        try:
            self._read_events(parser)
        except _Stop as stop:
            self.root = None
            self.problems.append(stop.problem)
        except yaml.MarkedYAMLError as error:
            self.root = None
            self.problems.append(self._syntax_problem(error, text))
        finally:
            parser.dispose()

    def _read_events(self, parser: CParser) -> None:
        # One loop with an explicit stack, and names bound once: this is where reading a large
        # workspace spends its time.
        file = self.file
        get_event = parser.get_event
        scalar_event, block_start, block_end = (
            yaml.ScalarEvent,
            yaml.MappingStartEvent,
            yaml.MappingEndEvent,
        )
        items_start, items_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        containers: list[Any] = []
        keys: list[Text | None] = []
        container: Any = None
        key: Text | None = None
        nodes = 0
        documents = 0
        while True:
            # The stubs don't know which event has which fields.
            event: Any = get_event()
            kind = type(event)
            node: Any
            if kind is scalar_event:
                nodes += 1
                value = event.value
                mark = event.start_mark
                node = Text(value)
                node._file = file
                node._place = mark.line << _COLUMN_BITS | mark.column
                node.is_blank = not value and not event.style
            elif kind is block_end or kind is items_end:
                if containers:
                    container, key = containers.pop(), keys.pop()
                else:
                    container, key = None, None
                continue
            elif kind is block_start or kind is items_start:
                nodes += 1
                mark = event.start_mark
                node = Block() if kind is block_start else Items()
                node._file = file
                node._place = mark.line << _COLUMN_BITS | mark.column
            elif kind is yaml.AliasEvent:
                nodes += 1
                self._report("alias", event, name=event.anchor)
                node = Text.at("", self._position(event), is_blank=True)
            elif kind is yaml.StreamEndEvent:
                return
            else:
                if kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        raise _Stop(self._problem("several-documents", event))
                continue
            if nodes > NODE_LIMIT:
                raise _Stop(self._problem("too-many-nodes", event, limit=NODE_LIMIT))
            if kind is not yaml.AliasEvent and (event.tag or event.anchor):
                self._report_properties(event)
            # Where does it go?
            if key is not None:
                # A repeated key keeps its first value, and nothing is merged: the problem is
                # reported either way.
                if key != _MERGE_KEY or kind is not yaml.AliasEvent:
                    container.setdefault(key, node)
                key = None
            elif type(container) is Block:
                if type(node) is not Text:
                    raise _Stop(self._problem("key-not-text", event))
                if node in container:
                    first = container.position_of_key(node)
                    self._report("duplicate-key", event, key=str(node), line=first.line)
                key = node
                continue
            elif container is None:
                self.root = node
            else:
                container.append(node)
            if kind is block_start or kind is items_start:
                if container is not None:
                    containers.append(container)
                    keys.append(key)
                if len(containers) >= DEPTH_LIMIT:
                    raise _Stop(self._problem("too-deep", event, limit=DEPTH_LIMIT))
                container, key = node, None

    def _report_properties(self, event: Any) -> None:
        if event.tag is not None:
            self._report("tag", event, tag=event.tag.replace(_CORE_TAG, "!!"))
        if event.anchor is not None:
            self._report("anchor", event, name=event.anchor)

    def _position(self, event: Any) -> Position:
        mark = event.start_mark
        return Position(self.file, mark.line + 1, mark.column + 1)

    def _problem(self, reason: str, event: Any, **parameters: object) -> Problem:
        return Problem("CH001", reason, self._position(event), parameters)

    def _report(self, reason: str, event: Any, **parameters: object) -> None:
        self.problems.append(self._problem(reason, event, **parameters))

    def _syntax_problem(self, error: yaml.MarkedYAMLError, text: str) -> Problem:
        reason, at_context = _syntax_reason(error.problem or "", error.context or "")
        mark: Any = (error.context_mark if at_context else None) or error.problem_mark
        lines = lines_of(text.rstrip("\r\n"))
        line, column = mark.line, mark.column
        if line >= len(lines):  # the parser noticed at the end of the file
            line, column = len(lines) - 1, len(lines[-1])
        character = lines[line][column : column + 1]
        if character == "\t" and reason in ("character", "malformed"):
            reason = "tab"
        elif reason == "indentation" and lines[line][:column].endswith(("'", '"')):
            reason = "quote-inside"
        position = Position(self.file, line + 1, column + 1)
        return Problem("CH001", reason, position, {"character": character})


# What libyaml says, the sentence of ours that explains it, and whether the place to look at is
# where the construct began (an open quote is mended there, not at the end of the file).
_SYNTAX_REASONS = (
    ("could not find expected ':'", "colon-missing", True),
    ("mapping values are not allowed", "colon-unexpected", False),
    ("did not find expected ',' or", "bracket-open", True),
    ("alphabetic or numeric character", "character", True),
    ("comment or line break", "character", True),
    ("flow node", "bracket-open", False),
    ("did not find expected key", "indentation", False),
    ("did not find expected '-' indicator", "indentation", False),
    ("block sequence entries are not allowed", "list-in-line", False),
    ("block mapping entries are not allowed", "indentation", False),
    ("unexpected end of stream", "quote-open", True),
    ("unknown escape character", "escape", False),
    ("hexdecimal", "escape", False),
    ("cannot start any token", "character", False),
)


def _syntax_reason(problem: str, context: str) -> tuple[str, bool]:
    """Return which of our sentences explains what the parser says in its own words."""
    said = f"{problem}, {context}"
    for words, reason, at_context in _SYNTAX_REASONS:
        if words in said:
            return reason, at_context
    return "malformed", False
