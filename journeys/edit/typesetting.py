"""New values as YAML text, in the manner of what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from journeys.edit.spans import Listing, Mapping, Node, Scalar
from journeys.plain import Plain

WIDEST_FLOW = 100
"""How far a list or mapping may reach on one line where its like doesn't say how to write it."""
WIDEST_LIKE = 160
"""How far it may reach where its like stands on one line."""
EXAMPLES = 8
"""How many values are looked at for the manner of a new one."""

_PLAIN = re.compile(
    # What it begins with, and that neither ": " nor " #" stands in it, nor a colon at its end.
    r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`\ufeff]|[-?:](?=[^\s,\[\]{}]))"
    r"(?:[^\S\n\r\t\x85\u2028\u2029](?!#|\s*$)|:(?!\s|$)|[^\s:\ufeff])*"
)
_NOT_IN_FLOW = re.compile(r"[,\[\]{}?:]")
_READ_OTHERWISE = re.compile("~|null|Null|NULL|---.*|[.]{3}.*|=|<<")
"""What YAML takes for something else than a text whatever its place."""
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WORD_BREAK = re.compile(r"(?<=[^\s]) (?=[^\s])")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A value as text.

    Attributes:
        text: The text; lines after the first are indented.
        column: Where it begins, if it is a list or mapping in lines of its own.
        remains: Comments that belonged to none of the items it no longer has.
    """

    text: str
    column: int | None = None
    remains: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is to stand.

    Attributes:
        mapping: The column of a mapping in lines of its own.
        listing: The column of a list in lines of its own.
        is_flow: Whether it stands between brackets, where nothing has lines of its own.
        is_followed: Whether a comment follows on its line, so that no lines of text may.
    """

    mapping: int
    listing: int
    is_flow: bool = False
    is_followed: bool = False


ROOT = Place(0, 0)
IN_FLOW = Place(0, 0, is_flow=True)


@dataclass(frozen=True)
class Manner:
    """How a file is written, where nothing beside a new value shows it.

    Attributes:
        line_break: What ends a line.
        step: How much deeper a mapping stands than its key.
        list_step: How much deeper a list stands than its key.
        ends_lines: Whether its last line ends with a line break.
    """

    line_break: str = "\n"
    step: int = 2
    list_step: int = 2
    ends_lines: bool = True

    def under_key(self, column: int, *, is_followed: bool = False) -> Place:
        """Return the place of a value whose key stands at ``column``."""
        return Place(column + self.step, column + self.list_step, is_followed=is_followed)

    def typeset(self, value: Plain, place: Place, examples: Iterable[Node]) -> Typeset:
        """Return a value as text, in the manner of ``examples``."""
        alike = list(islice(examples, EXAMPLES))
        if value is None:
            return Typeset("")
        if isinstance(value, str):
            return Typeset(self.scalar(value, place, quotes(alike)))
        if self._is_flow(value, place, alike):
            return Typeset(_flow(value))
        if isinstance(value, list):
            column = place.listing
            inside = behind_dash(column, is_followed=place.is_followed)
            lines = [self.item(each, inside, items_of(alike)) for each in value]
        else:
            column = place.mapping
            inside = self.under_key(column, is_followed=place.is_followed)
            lines = [
                self.entry(scalar(key, is_flow=False), each, inside, values_of(alike, key))
                for key, each in value.items()
            ]
        return Typeset(f"{self.line_break}{' ' * column}".join(lines), column)

    def item(
        self, value: Plain, place: Place, examples: Iterable[Node], width: int = len("- ")
    ) -> str:
        """Return an item of a list in lines of its own: its dash, and ``value`` at its place."""
        typeset = self.typeset(value, place, examples)
        return f"{'-':<{width}}{typeset.text}" if typeset.text else "-"

    def entry(self, key: str, value: Plain, place: Place, examples: Iterable[Node]) -> str:
        """Return a key as it is written, with ``value`` at its place."""
        typeset = self.typeset(value, place, examples)
        if typeset.column is not None:
            return f"{key}:{self.line_break}{' ' * typeset.column}{typeset.text}"
        return f"{key}: {typeset.text}" if typeset.text else f"{key}:"

    def _is_flow(
        self, value: list[Plain] | dict[str, Plain], place: Place, alike: Sequence[Node]
    ) -> bool:
        if place.is_flow or not value:
            return True
        if not _fits_flow(value):
            return False
        kind = Listing if isinstance(value, list) else Mapping
        column = place.listing if kind is Listing else place.mapping
        width = column + len(_flow(value))
        for example in alike:
            if isinstance(example, kind) and example.end - example.start > len("[]"):
                return example.is_flow and width <= WIDEST_LIKE
        return place != ROOT and width <= WIDEST_FLOW

    def scalar(self, text: str, place: Place, style: str = "") -> str:
        """Return a scalar as text, in a style if it can be written in it."""
        is_block = style in ("|", ">") or "\n" in text
        is_block &= self.ends_lines or not text.endswith("\n")
        if is_block and not place.is_flow and not place.is_followed and _fits_block(text):
            return self._block_scalar(text, place.mapping, style)
        return scalar(text, is_flow=place.is_flow, style=style)

    def _block_scalar(self, text: str, column: int, style: str) -> str:
        body = text.rstrip("\n")
        chomping = "" if text.endswith("\n") else "-"
        if style == ">" and "\n" not in body:
            lines = _folded(body, max(WIDEST_FLOW - column, 40))
        else:
            style, lines = "|", body.split("\n")
        indented = [f"{' ' * column}{line}" if line else "" for line in lines]
        return self.line_break.join([f"{style}{chomping}", *indented])


def behind_dash(column: int, width: int = len("- "), *, is_followed: bool = False) -> Place:
    """Return the place of an item whose dash, ``width`` before it, stands at ``column``."""
    return Place(column + width, column + width, is_followed=is_followed)


def items_of(examples: Iterable[Node]) -> Iterable[Node]:
    """Yield the items of those that are lists."""
    for example in examples:
        if isinstance(example, Listing):
            yield from example.items


def values_of(examples: Iterable[Node], key: str) -> Iterable[Node]:
    """Yield what those that are mappings have behind ``key``, else what they have at all."""
    mappings = [example for example in examples if isinstance(example, Mapping)]
    found = [value for each in mappings if (value := each.get(key)) is not None]
    return found or (entry.value for each in mappings for entry in each.entries)


def scalar(text: str, *, is_flow: bool, style: str = "") -> str:
    """Return a scalar on one line: plain where that says the same, in quotation marks else."""
    if any(character not in '"\\' for character in _ESCAPED.findall(text)):
        return _double_quoted(text)
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    is_plain = (
        _PLAIN.fullmatch(text)
        and not _READ_OTHERWISE.fullmatch(text)
        and not (is_flow and _NOT_IN_FLOW.search(text))
    )
    return text if is_plain and style != '"' else _double_quoted(text)


def _double_quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda found: _escape(found.group()), text) + '"'


def _escape(character: str) -> str:
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _flow(value: Plain) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, dict):
        entries = (f"{scalar(key, is_flow=True)}: {_flow(each)}" for key, each in value.items())
        return "{" + ", ".join(entries) + "}"
    return "" if value is None else scalar(value, is_flow=True)


def _fits_flow(value: Plain) -> bool:
    """Return whether a value can stand on one line and be read there with ease."""
    if isinstance(value, list):
        return all(each is not None and _fits_flow(each) for each in value)
    if isinstance(value, dict):
        return all(map(_fits_flow, value.values()))
    return value is None or "\n" not in value


def _fits_block(text: str) -> bool:
    """Return whether a text can stand in lines of its own as it is."""
    first = text.lstrip("\n")[:1]
    return (
        bool(first)
        and first not in " \t"
        and not text.endswith("\n\n")
        and not any(character not in '"\\\n\t' for character in _ESCAPED.findall(text))
        and not any(line and not line.strip(" \t") for line in text.split("\n"))
    )


def quotes(alike: Sequence[Node]) -> str:
    """Return the quotation marks that all of some scalars have; nothing if they don't."""
    styles = {example.style for example in alike if isinstance(example, Scalar)}
    return styles.pop() if len(styles) == 1 and styles <= {"'", '"'} else ""


def _folded(text: str, width: int) -> list[str]:
    """Return a text in lines no wider than ``width``, where it has single spaces to break at."""
    lines = [""]
    for word in _WORD_BREAK.split(text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
