"""Who may do what in the app, as a small file says.

    default: viewer
    people:
      anne@maison.example: publisher
      paul@maison.example: editor

``default`` is the role of whoever signs in and isn't listed; where it isn't written, they are
refused. Addresses are the same in small and capital letters.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from pydantic import PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from charter.workspace import InvalidWorkspace
from journeys.document import Reading, Shape, closest, reading_of, validate
from journeys.source import Block, Items, Node, Position, Problem, Text, read

_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+")


class Role(StrEnum):
    """What somebody may do; each role may do all that those before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"

    def includes(self, other: Role) -> bool:
        """Return whether whoever has this role may do what ``other`` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True)
class Roles:
    """Who has which role.

    Attributes:
        people: Role by address, in small letters.
        default: Of whoever isn't listed; None where they are refused.
    """

    people: Mapping[str, Role]
    default: Role | None = None

    def of(self, email: str) -> Role | None:
        """Return the role of the person with an address; None where they have none."""
        return self.people.get(_folded(email), self.default)


def _folded(email: str) -> str:
    # Of other alphabets, different letters may have the same small one: those are other people.
    return re.sub("[A-Z]", lambda letter: letter[0].lower(), email)


def _role(written: Node, reading: Reading, key: str) -> Role | None:
    """Return the role that is written; None, and a problem noted, where it is none."""
    known = tuple(map(str, Role))
    if isinstance(written, Text) and written in known:
        return Role(written)
    value = str(written) if isinstance(written, Text) else "…"
    suggestion = closest(value, known)
    reading.report(
        "CH001",
        "unknown-choice",
        written.position,
        key=key,
        value=value,
        known=known,
        suggestion=suggestion,
    )
    return None


def _read_default(written: object, info: ValidationInfo) -> Role | None:
    assert isinstance(written, Text | Block | Items)
    return _role(written, reading_of(info), "default")


def _read_people(written: object, info: ValidationInfo) -> Mapping[str, Role]:
    if not isinstance(written, Block):
        raise PydanticCustomError("expected-mapping", "a mapping", {"keys": ()})
    reading = reading_of(info)
    people: dict[str, Role] = {}
    places: dict[str, Position] = {}
    for email, value in written.items():
        position = written.position_of_key(email)
        if not _ADDRESS.fullmatch(email):
            reading.report("CH001", "no-address", position, value=str(email))
        elif _folded(email) in places:
            reading.report("CH001", "repeated", position, id=str(email))
        places[_folded(email)] = position
        if role := _role(value, reading, str(email)):
            people[_folded(email)] = role
    return people


class _RolesFile(Shape):
    """The file as it is written."""

    people: Annotated[Mapping[str, Role], PlainValidator(_read_people)] = {}
    default: Annotated[Role | None, PlainValidator(_read_default)] = None


def read_roles(path: Path) -> Roles:
    """Return what a file says of roles, as it is now.

    Raises:
        InvalidWorkspace: It can't be read, or isn't valid; every problem is listed.
    """
    name = path.as_posix()
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        detail = (isinstance(error, OSError) and error.strerror) or type(error).__name__
        start = Position(name, 1, 1)
        problem = Problem("CH001", "unreadable", start, {"detail": detail})
        raise InvalidWorkspace([problem], {}) from None
    return _read(content, name)


# The file is looked at before each change that somebody makes; it hardly ever says anything new.
@functools.lru_cache(maxsize=8)
def _read(content: bytes, name: str) -> Roles:
    document = read(content, name)
    reading = Reading(problems=list(document.problems))
    written = None
    if document.root is not None:
        written = validate(_RolesFile, document.root, reading)
    if reading.problems or written is None:
        raise InvalidWorkspace(reading.problems, {name: document.text})
    return Roles(written.people, written.default)
