"""The short way to read what is written as usual: no validator is asked, no problem told.

Nearly all of a large workspace is well formed, and asking pydantic's validators of ours about
each id takes longer than parsing. So the annotation of a field is turned, once, into a plain
function from what is written to its value. Whatever such a function doesn't expect is `Unusual`:
it is then read the long way, by pydantic, which also knows what is wrong with it. An annotation
that isn't known here has no short way, so that a new constraint can't be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Protocol, TypeAlias, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from journeys.source import Items, Node, Text


class Unusual(Exception):
    """It isn't written as usual: the long way reads it, or tells what is wrong."""


class KnownIds(Protocol):
    """What ids may be referred to."""

    def ids(self, what: str) -> Mapping[str, str] | None:
        """Return each valid id of a ``what`` by itself; None where any valid id will do."""


Shortcut: TypeAlias = Callable[[Node, KnownIds], Any]
"""Returns the value of what is written.

Raises:
    Unusual: It is read the long way.
"""


def never(_written: Node, _known: KnownIds) -> Any:
    """Read nothing: there is no short way."""
    raise Unusual


@dataclass(frozen=True)
class ReadAs:
    """Annotates a type with its short way, which does all that stands before it there."""

    read: Shortcut

    def shorten(self, _: Shortcut) -> Shortcut:
        """Return the short way."""
        return self.read


@dataclass(frozen=True)
class Shortened(BeforeValidator):
    """A validator that knows its own short way.

    Attributes:
        shorten: Returns it, given the short way of what stands before the validator.
    """

    shorten: Callable[[Shortcut], Shortcut] = field(kw_only=True)


def shortcut(annotation: object) -> Shortcut:
    """Return the short way to read what ``annotation`` describes."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        read = shortcut(arguments[0])
        for metadata in arguments[1:]:
            read = _shortened(read, metadata)
        return read
    if origin in (Union, UnionType):
        # What isn't written isn't read, so nothing is ever read as None.
        written = [argument for argument in arguments if argument is not NoneType]
        return shortcut(written[0]) if len(written) == 1 else never
    if origin is tuple and arguments[1:] == (...,):
        return _all_items(shortcut(arguments[0]))
    if annotation is str:
        return text
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return one_of({member.value: member for member in annotation})
    if getattr(annotation, "has_shortcut", False):
        return annotation.read_shortly  # type: ignore[attr-defined, no-any-return]  # see Shape
    return never


def _shortened(read: Shortcut, metadata: object) -> Shortcut:
    if isinstance(metadata, ReadAs | Shortened):
        return metadata.shorten(read)
    for constraint in metadata.metadata if isinstance(metadata, FieldInfo) else [metadata]:
        bound = _bound(constraint)
        if bound is None:
            return never
        read = _within(bound, read)
    return read


def _bound(constraint: object) -> Callable[[Any], bool] | None:
    """Return whether a value keeps to ``constraint``; None if it isn't known what it asks for."""
    match constraint:
        case Gt(gt=limit):
            return lambda value: value > limit
        case Ge(ge=limit):
            return lambda value: value >= limit
        case Lt(lt=limit):
            return lambda value: value < limit
        case Le(le=limit):
            return lambda value: value <= limit
        case MinLen(min_length=limit):
            return lambda value: len(value) >= limit
    return None


def _within(is_kept: Callable[[Any], bool], read: Shortcut) -> Shortcut:
    def read_within(written: Node, known: KnownIds) -> Any:
        value = read(written, known)
        if not is_kept(value):
            raise Unusual
        return value

    return read_within


def _all_items(read: Shortcut) -> Shortcut:
    def read_all(written: Node, known: KnownIds) -> tuple[Any, ...]:
        if type(written) is not Items:
            raise Unusual
        return tuple([read(item, known) for item in written])

    return read_all


def one_or_many(read: Shortcut) -> Shortcut:
    """Return the short way to read a list, or a single text that stands for a list of one."""

    def read_any(written: Node, known: KnownIds) -> Any:
        return read(Items([written]) if type(written) is Text else written, known)

    return read_any


def one_of(values: Mapping[str, Any]) -> Shortcut:
    """Return the short way to read one of a few words, each with what it stands for."""

    def read_one(written: Node, _: KnownIds) -> Any:
        if type(written) is not Text or written not in values:
            raise Unusual
        return values[written]

    return read_one


def text(written: Node, _: KnownIds) -> str:
    """Return a text that isn't empty."""
    if type(written) is not Text or not written:
        raise Unusual
    return str(written)


_PLAIN_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
_PLAIN_WHOLE = re.compile(r"-?[0-9]{1,15}")


def number(written: Node, _: KnownIds) -> float:
    """Return a number as people write it."""
    if type(written) is not Text or not _PLAIN_NUMBER.fullmatch(written):
        raise Unusual
    return float(written)


_PLAIN_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def amount(written: Node, _: KnownIds) -> float:
    """Return a number as people write it, which may be below 0."""
    if type(written) is not Text or not _PLAIN_AMOUNT.fullmatch(written):
        raise Unusual
    return float(written)


def whole(written: Node, _: KnownIds) -> int:
    """Return a whole number as people write it."""
    if type(written) is not Text or not _PLAIN_WHOLE.fullmatch(written):
        raise Unusual
    return int(written)


LONGEST_ID = 200
"""Most characters of an id."""
ID_PATTERN = "[a-z0-9][a-z0-9-]*"
"""What an id looks like."""
_ID = re.compile(ID_PATTERN)


def is_id(value: str) -> bool:
    """Return whether ``value`` is a valid id."""
    return len(value) <= LONGEST_ID and _ID.fullmatch(value) is not None


def identifier(written: Node, _: KnownIds) -> str:
    """Return a valid id."""
    if type(written) is not Text or not is_id(written):
        raise Unusual
    return str(written)


def reference(what: str) -> Shortcut:
    """Return the short way to read the id of a declared ``what``."""

    def read_reference(written: Node, known: KnownIds) -> str:
        ids = known.ids(what)
        if ids is None:
            return identifier(written, known)
        # One text serves all that refer to the same.
        found = ids.get(written) if type(written) is Text else None
        if found is None:
            raise Unusual
        return found

    return read_reference
