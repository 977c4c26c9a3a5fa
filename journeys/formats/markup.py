"""XML from strangers, read within limits into elements that know where they stand.

Nothing declares entities here: a document type is refused as soon as it begins, so that nothing is
fetched and nothing grows. Elements are put together without recursion, and no deeper and no more
than an honest file has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from journeys.source import SIZE_LIMIT, Position, Problem, paused_garbage_collection

DEPTH_LIMIT = 200
"""Deepest nesting of elements."""
ELEMENT_LIMIT = 200_000
"""Most elements in one file."""


class Unreadable(Exception):
    """A file that isn't what it is taken for.

    Attributes:
        problems: Why, and where.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{each.position}: {each.reason}" for each in problems))
        self.problems = problems

    @classmethod
    def because(cls, reason: str, position: Position, **parameters: object) -> Unreadable:
        """Return that of one problem."""
        return cls((Problem("CH001", reason, position, parameters),))


@dataclass
class Element:
    """An element.

    Attributes:
        space: Its namespace; empty where it has none.
        name: Its name, without a prefix.
        attributes: Those without a namespace of their own.
        text: What stands directly inside it, before and between its children.
    """

    space: str
    name: str
    attributes: Mapping[str, str]
    position: Position
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def named(self, name: str) -> Iterator[Element]:
        """Yield its children of this name, in its own namespace."""
        return (each for each in self.children if (each.space, each.name) == (self.space, name))


def read_markup(content: bytes, file: str) -> Element:
    """Return the outermost element of an XML file.

    Raises:
        Unreadable: It is no XML, declares a document type, or is past a limit.
    """
    start = Position(file, 1, 1)
    if len(content) > SIZE_LIMIT:
        raise Unreadable.because("too-large", start, limit=SIZE_LIMIT // (1024 * 1024))
    if not content.strip():
        raise Unreadable.because("empty-file", start)
    return _Builder(file).build(content)


class _Builder:
    """Builds elements from the parser's events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.open: list[Element] = []
        self.texts: list[list[str]] = []
        self.root: Element | None = None
        self.number = 0

    def build(self, content: bytes) -> Element:
        try:
            with paused_garbage_collection():
                self.parser.Parse(content, True)
        except expat.ExpatError as error:
            position = Position(self.file, error.lineno, error.offset + 1)
            raise Unreadable.because("not-xml", position) from None
        except (LookupError, ValueError):
            # An encoding that nobody knows, or one that isn't for text.
            raise Unreadable.because("not-xml", self._here()) from None
        finally:
            # It holds the methods of this builder, which holds it.
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            self.parser.StartDoctypeDeclHandler = self.parser.CharacterDataHandler = None
        if self.root is None:
            raise AssertionError("well-formed XML has an outermost element")
        return self.root

    def _here(self) -> Position:
        return Position(
            self.file,
            max(1, self.parser.CurrentLineNumber),
            max(0, self.parser.CurrentColumnNumber) + 1,
        )

    def _refuse_document_type(self, *_: object) -> None:
        raise Unreadable.because("document-type", self._here())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.number += 1
        if self.number > ELEMENT_LIMIT:
            raise Unreadable.because("too-many-elements", self._here(), limit=ELEMENT_LIMIT)
        if len(self.open) >= DEPTH_LIMIT:
            raise Unreadable.because("too-deep", self._here(), limit=DEPTH_LIMIT)
        space, _, local = name.rpartition(" ")
        own = {key: value for key, value in attributes.items() if " " not in key}
        element = Element(space, local, own, self._here())
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.texts.append([])

    def _end(self, _: str) -> None:
        self.open.pop().text = "".join(self.texts.pop()).strip()

    def _text(self, text: str) -> None:
        self.texts[-1].append(text)
