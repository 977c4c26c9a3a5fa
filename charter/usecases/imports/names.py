"""Ids of a charter for what another tool calls channels, stages or segments."""

from __future__ import annotations

from collections.abc import Iterable

from charter.brand import Channel, Segment, Stage
from journeys.formats.ids import id_of_key, id_of_name, one_line
from journeys.plain import Plain

UNSORTED = "unsorted"
"""The id of the stage and of the channel of what nobody has sorted yet."""

_NAMELESS = "other"
_UNSORTED_NAME: Plain = {"en": "To be sorted", "fr": "À classer"}


class Catalogue:
    """The channels, stages or segments of a charter, and those that an import adds to them.

    Attributes:
        added: What is to be written for each that is new, in the order met.
    """

    def __init__(self, things: Iterable[Channel | Stage | Segment]) -> None:
        self.added: list[Plain] = []
        self._ids: set[str] = set()
        self._by_name: dict[str, str] = {}
        for thing in things:
            self._ids.add(thing.id)
            for _, name in thing.name.texts if thing.name else ():
                self._by_name.setdefault(_folded(name), thing.id)

    def known(self, text: str) -> str | None:
        """Return the id that a text means, an id itself or a name; None where it is none's."""
        if text in self._ids:
            return text
        return self._by_name.get(_folded(text))

    def id_of(self, text: str, name: str = "") -> str:
        """Return the id that a text means; a new one, called ``name``, where it is none's."""
        found = self.known(text) or self.known(name)
        if found is not None:
            return found
        wanted = (id_of_name if " " in text.strip() else id_of_key)(text) or id_of_name(name)
        identifier = wanted or self._numbered()
        if identifier in self._ids:
            return identifier
        shown = one_line(name or text)
        entry: Plain = {"id": identifier, "name": shown}
        self._add(identifier, entry if shown != identifier else {"id": identifier})
        self._by_name.setdefault(_folded(text), identifier)
        self._by_name.setdefault(_folded(shown), identifier)
        return identifier

    def unsorted(self) -> str:
        """Return the id for what isn't sorted yet."""
        if UNSORTED not in self._ids:
            self._add(UNSORTED, {"id": UNSORTED, "name": _UNSORTED_NAME})
        return UNSORTED

    def _add(self, identifier: str, entry: Plain) -> None:
        self._ids.add(identifier)
        self.added.append(entry)

    def _numbered(self) -> str:
        """Return a new id for what has no letter or digit that an id may have."""
        number = 1
        while f"{_NAMELESS}-{number}" in self._ids:
            number += 1
        return f"{_NAMELESS}-{number}"


def _folded(name: str) -> str:
    return one_line(name).casefold()
