"""What a shape says, as plain values: by this two versions of it are compared.

Where it is written, how (a list or one text, a default or nothing) and in which order plays no
part; what its ids refer to does, so that they can be followed to where they are declared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from journeys.document import Reference, Shape, Words
from journeys.indicators import Level
from journeys.model import Shares

Content: TypeAlias = dict[str, object]
"""What is said, by key: a scalar, `Words` in the order of their languages, what stands behind each
key of a mapping, or the items of a list in an order that tells nothing. Keys that say no more than
they would unwritten are left out."""

Naming: TypeAlias = Callable[[str, str], str]
"""Returns the id to tell for a ``what`` with an id."""


def as_written(_what: str, identifier: str) -> str:
    """Return an id as it is."""
    return identifier


def content(shape: Shape, naming: Naming = as_written, *, without: Collection[str] = ()) -> Content:
    """Return what ``shape`` says, but for the keys ``without``, its references by ``naming``."""
    said: Content = {}
    for name, key, default, read in _READERS[type(shape)]:
        value = getattr(shape, name)
        if key not in without and value is not default and value != default:
            said[key] = read(value, naming)
    return said


_Read: TypeAlias = Callable[[Any, Naming], object]


class _Readers(dict[type[Shape], list[tuple[str, str, Any, _Read]]]):
    """By shape, each field: its name, its key, its default, and how it is read."""

    def __missing__(self, shape: type[Shape]) -> list[tuple[str, str, Any, _Read]]:
        annotations = get_type_hints(shape, include_extras=True)
        self[shape] = [
            (
                name,
                declared.alias or name,
                None if declared.is_required() else declared.default,
                _reader(annotations[name]),
            )
            for name, declared in shape.model_fields.items()
        ]
        return self[shape]


_READERS = _Readers()


def _reader(annotation: object) -> _Read:
    """Return how a value of a field annotated so is read."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        references = [note for note in arguments[1:] if isinstance(note, Reference)]
        return _reference(references[0].what) if references else _reader(arguments[0])
    if origin in (Union, UnionType):
        (written,) = (argument for argument in arguments if argument is not NoneType)
        return _reader(written)
    if origin is tuple:
        return _items(_reader(arguments[0]))
    if origin is dict:
        return _entries(_reader(arguments[0]), _reader(arguments[1]))
    return _value


def _reference(what: str) -> _Read:
    return lambda identifier, naming: naming(what, identifier)


def _items(read: _Read) -> _Read:
    def read_items(items: tuple[Any, ...], naming: Naming) -> object:
        return tuple(sorted([read(item, naming) for item in items], key=repr))

    return read_items


def _entries(read_key: _Read, read: _Read) -> _Read:
    def read_entries(entries: Mapping[str, Any], naming: Naming) -> object:
        said = {str(read_key(key, naming)): read(value, naming) for key, value in entries.items()}
        return dict(sorted(said.items()))

    return read_entries


def _value(value: Any, naming: Naming) -> object:
    if isinstance(value, Shape):
        return content(value, naming)
    if isinstance(value, Shares):
        if value.everyone is not None:
            return value.everyone
        return _by_segment(value.by_segment, naming)
    if isinstance(value, Level):
        value = value.content
    if isinstance(value, Words):
        return Words(tuple(sorted(value.texts)))
    return value.value if isinstance(value, Enum) else value


_by_segment = _entries(_reference("segment"), lambda weight, _: weight)
