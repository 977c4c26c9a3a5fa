"""What a YAML text is to mean: at first what is written, then what is changed of it."""

from __future__ import annotations

from typing import TypeAlias

from journeys.edit.spans import Listing, Mapping, Node, Scalar
from journeys.plain import Plain


class AsWritten:
    """The content of a draft that nobody has changed or looked into."""


AS_WRITTEN = AsWritten()

Content: TypeAlias = "str | list[Draft] | dict[str, Draft] | None"
"""What a draft holds: nothing, a text, drafts, or drafts by key."""


class Draft:
    """A value that may be changed.

    Attributes:
        origin: What stands in its place; None for what is new.
        key: The key it stands behind in the text.
        content: What it holds, if anybody has looked.
    """

    __slots__ = ("content", "key", "origin")

    def __init__(
        self,
        origin: Node | None,
        content: AsWritten | Content,
        key: Scalar | None = None,
    ) -> None:
        self.origin, self.content, self.key = origin, content, key

    @classmethod
    def of(cls, node: Node) -> Draft:
        """Return what is written."""
        return cls(node, AS_WRITTEN)

    @classmethod
    def new(cls, value: Plain) -> Draft:
        """Return a value that is written nowhere."""
        return cls(None, _drafted(value))

    def become(self, value: Plain) -> None:
        """Mean something else entirely."""
        self.content = _drafted(value)

    def opened(self) -> Content:
        """Return what it holds, to be changed in place."""
        if isinstance(self.content, AsWritten):
            self.content = _written_content(self.origin)
        return self.content

    def plain(self) -> Plain:
        """Return what it means."""
        content = self.content
        if isinstance(content, AsWritten):
            return _meaning(self.origin)
        if isinstance(content, list):
            return [each.plain() for each in content]
        if isinstance(content, dict):
            return {key: each.plain() for key, each in content.items()}
        return content


def _drafted(value: Plain) -> Content:
    if isinstance(value, list):
        return [Draft.new(each) for each in value]
    if isinstance(value, dict):
        return {key: Draft.new(each) for key, each in value.items()}
    return value


def _written_content(node: Node | None) -> Content:
    if isinstance(node, Listing):
        return [Draft.of(item) for item in node.items]
    if isinstance(node, Mapping):
        return {each.name: Draft(each.value, AS_WRITTEN, each.key) for each in node.entries}
    return node.text if node else None


def _meaning(node: Node | None) -> Plain:
    if isinstance(node, Listing):
        return [_meaning(item) for item in node.items]
    if isinstance(node, Mapping):
        return {entry.name: _meaning(entry.value) for entry in node.entries}
    return node.text if node else None
