"""The book as a web page: one file that needs nothing else, and prints well."""

from __future__ import annotations

import base64
from dataclasses import fields

from charter.book.blocks import Block, Book, Picture
from charter.book.logo import Kind, Logo
from charter.book.signs import SIGNS
from charter.reports.web import document

_TYPES = {Kind.SVG: "image/svg+xml", Kind.PNG: "image/png"}


def render(book: Book) -> bytes:
    """Return the book as an HTML document."""
    palette = book.palette
    logo = book.logo
    return document(
        "book.html",
        book.language,
        book=book,
        colours=[
            (each.name.replace("_", "-"), getattr(palette, each.name)) for each in fields(palette)
        ],
        logo=logo_address(logo) if logo else "",
        kind_of=_kind,
        drawn=_drawn,
        book_signs=SIGNS,
    ).encode()


def _kind(block: Block) -> str:
    return type(block).__name__


def logo_address(logo: Logo) -> str:
    """Return the address at which a page finds a logo: within itself."""
    return _address(_TYPES[logo.kind], logo.content)


def _drawn(picture: Picture) -> str:
    return _address("image/svg+xml", picture.svg.encode())


def _address(kind: str, content: bytes) -> str:
    # As a picture of its own, not as a part of the page: nothing in it can act on the page.
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
