"""What a book is made of. All texts are plain, in the book's language, and never markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from charter.book.logo import Logo
from charter.brand import Look
from charter.messages import Language
from charter.palette import Palette
from journeys.path import Round


class Tone(StrEnum):
    """How something is meant, for its colour and sign."""

    PLAIN = "plain"
    YES = "yes"
    NO = "no"


class Mark(StrEnum):
    """How a marker stands with a channel."""

    SHOWN = "shown"
    NOT_FOR = "not-for"
    UNWRITTEN = "unwritten"
    NOTHING = ""


@dataclass(frozen=True)
class Statement:
    """A sentence that has a page of its own."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A text.

    Attributes:
        is_note: Whether it is read second.
    """

    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Heading:
    """What stands over the blocks that follow."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list under a title, which may be empty."""

    title: str
    items: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Sides:
    """Two lists that answer one another."""

    left: Points
    right: Points


@dataclass(frozen=True)
class Term:
    """Something and what is said of it.

    Attributes:
        note: What stands beside it, smaller.
    """

    name: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Terms:
    """Things, each with what is said of it.

    Attributes:
        is_large: Whether each has room of its own, as values have.
    """

    terms: tuple[Term, ...]
    is_large: bool = False


@dataclass(frozen=True)
class Expressed:
    """How a marker shows on one channel."""

    channel: str
    text: str
    do: Points
    dont: Points
    example: str


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first cell of a row is its heading.

    Attributes:
        widths: How wide the columns are, against one another.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """Markers by channel, a sign in each cell.

    Attributes:
        rows: Each a name and its marks, column by column.
        legend: What the marks mean.
    """

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark, ...]], ...]
    legend: tuple[tuple[Mark, str], ...]


@dataclass(frozen=True)
class Figure:
    """A number and what is counted.

    Attributes:
        kind: What it counts: a severity, a status or an answer.
    """

    kind: str
    number: str
    word: str


@dataclass(frozen=True)
class Figures:
    """Numbers side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Told:
    """Something that isn't so yet, or that will be done, and what there is to know of it.

    Attributes:
        kind: A severity, the status of what is set aside, or ``action`` or ``late``.
        word: The same in words.
        answer: What stands before the path; alone, where there is none.
        rounds: The path that breaks it; empty where none does.
    """

    kind: str
    word: str
    headline: str
    answer: str
    rounds: tuple[Round, ...]
    facts: tuple[Term, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing.

    Attributes:
        text: What it shows, for who doesn't see it.
    """

    svg: str
    text: str
    caption: str


Block: TypeAlias = (
    Statement
    | Paragraph
    | Heading
    | Points
    | Sides
    | Terms
    | Expressed
    | Table
    | Grid
    | Figures
    | Told
    | Picture
)


@dataclass(frozen=True)
class Page:
    """A page, or as many as its blocks take.

    Attributes:
        anchor: Its name within the book, one of its own.
        eyebrow: What it belongs to, over its title.
        facts: What is said beside its title, in a line.
    """

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    eyebrow: str = ""
    facts: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """Pages under one title."""

    anchor: str
    title: str
    introduction: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Labels:
    """The book's own words, in its language.

    Attributes:
        contents: Over the list of chapters.
        continued: Behind the title of a page that goes on.
        example: Before what is said in so many words.
        page: Before the number of a page.
    """

    contents: str
    continued: str
    example: str
    page: str


@dataclass(frozen=True)
class Book:
    """A charter as it is handed out.

    Attributes:
        brand: The brand's name.
        kind: What it is a book of.
        promise: The brand's promise; empty where there is none.
        audience: For whom it is; empty for everybody.
        edition: Which version it is, and of when.
        look: What the brand asks for.
        logo: None where the brand has none.
    """

    language: Language
    brand: str
    kind: str
    promise: str
    audience: str
    edition: str
    chapters: tuple[Chapter, ...]
    look: Look
    labels: Labels
    logo: Logo | None = field(default=None, repr=False)

    @property
    def palette(self) -> Palette:
        """The colours it is printed in."""
        return Palette.of(self.look)

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.brand} · {self.kind}"

    def pages(self) -> Iterator[Page]:
        """Yield its pages in order."""
        for chapter in self.chapters:
            yield from chapter.pages
