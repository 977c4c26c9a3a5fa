"""What pages of a site are made of, beside the blocks of the charter book: links above all.

All texts are plain, in the site's language, and never markup. Only a drawing is: SVG that
`charter.pictures` made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from charter.book.blocks import Block as BookBlock
from charter.book.blocks import Term


@dataclass(frozen=True)
class Link:
    """A way to another place of the site.

    Attributes:
        address: A file of the site, perhaps with a place in it.
        note: What stands behind it, smaller.
    """

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Badge:
    """A sign and a word.

    Attributes:
        kind: A severity, an answer, a status or how far something has come; for its look.
        is_sign: Whether the sign stands alone, its word only for who doesn't see it.
    """

    kind: str
    word: str
    is_sign: bool = False


@dataclass(frozen=True)
class Share:
    """A part of the customers, as a bar and in words.

    Attributes:
        part: In [0, 1].
    """

    part: float
    text: str


Part: TypeAlias = str | Link | Badge | Share
Cell: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True)
class Row:
    """A row of a table; its first cell is its heading.

    Attributes:
        anchor: Its name within the page; empty where nothing leads to it.
    """

    cells: tuple[Cell, ...]
    anchor: str = ""


@dataclass(frozen=True)
class LinkedTable:
    """Rows under headings, with links in them.

    Attributes:
        first: How wide the first column is, of ten.
        is_grid: Whether it compares many small cells.
        shows_caption: Whether its caption says more than the heading over it.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    first: int = 3
    is_grid: bool = False
    shows_caption: bool = False


@dataclass(frozen=True)
class Drawing:
    """A picture, as SVG that stands within the page."""

    svg: str
    caption: str


@dataclass(frozen=True)
class LinkedRound:
    """Stops visited in a row, and how many times in a row they are."""

    stops: tuple[Link, ...]
    times: int


@dataclass(frozen=True)
class Fact:
    """Something that is said of a finding or an action.

    Attributes:
        share: The share in [0, 1] that it tells of, if any.
    """

    name: str
    text: str
    share: float | None = None


@dataclass(frozen=True)
class Story:
    """Something that isn't so yet, or is to be done.

    Attributes:
        kind: A severity, the status of what is set aside, ``action`` or ``late``.
        word: The same in words.
        answer: What stands before the path; alone, where there is none.
        drawing: The journey, with the path pointed out.
        is_open: Whether the drawing shows at once.
        links: Where to read on.
    """

    kind: str
    word: str
    headline: str
    answer: str = ""
    rounds: tuple[LinkedRound, ...] = ()
    facts: tuple[Fact, ...] = ()
    drawing: Drawing | None = None
    is_open: bool = False
    links: tuple[Link, ...] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Cards:
    """Pages to choose from, each with what is said of it."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Card:
    """A page to choose."""

    link: Link
    text: str


@dataclass(frozen=True)
class Choices:
    """The same page, seen in several ways.

    Attributes:
        current: The address of the one that it is.
    """

    label: str
    links: tuple[Link, ...]
    current: str


@dataclass(frozen=True)
class Section:
    """A heading, to which a link may lead."""

    text: str
    anchor: str = ""


Block: TypeAlias = BookBlock | LinkedTable | Drawing | Story | Cards | Choices | Section


@dataclass(frozen=True)
class Page:
    """A page of a site.

    Attributes:
        file: Its name.
        part: The file of the part of the site that it belongs to, for the navigation.
        above: The page that it stands under, where it does.
        lead: What is said first.
        said: What search finds it by, besides its title.
    """

    file: str
    title: str
    part: str
    blocks: tuple[Block, ...]
    eyebrow: str = ""
    above: Link | None = None
    lead: str = ""
    facts: tuple[Term, ...] = ()
    said: str = ""
