"""The book as a PDF: tagged, with bookmarks, its fonts inside.

Typst sets it from ``book.typ``. What people wrote reaches it as data, never as markup, and it is
given no folder to read from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib import resources
from typing import Any

import typst

from charter.book.blocks import Block, Book, Picture, Told
from charter.book.signs import SIGNS
from charter.pictures.font import font, font_files

_HEADINGS = ("Libertinus Serif", "Liberation Sans")
_TEXTS = ("Liberation Sans", "Libertinus Serif", "DejaVu Sans Mono")
_ACCESSIBLE = "ua-1"
"""PDF/UA-1, what readers of screens ask for."""


def render(book: Book) -> bytes:
    """Return the book as a PDF: as PDF/UA-1, where each letter has a font to be set in."""
    files = _files(book)
    # Letters that our fonts don't hold, and the brand's own fonts, are the machine's.
    own = _is_covered(book) and not (book.look.heading_font or book.look.text_font)
    try:
        return _compiled(files, own, [_ACCESSIBLE])
    except typst.TypstError:
        return _compiled(files, own, [])


def _compiled(files: dict[str, bytes], is_own: bool, standards: list[str]) -> bytes:
    made = typst.compile(  # type: ignore[call-overload]  # its stubs forgot files by name
        files,
        format="pdf",
        font_paths=[str(file.parent) for file in font_files()],
        ignore_system_fonts=is_own,
        pdf_standards=standards,
    )
    assert isinstance(made, bytes)
    return made


def _files(book: Book) -> dict[str, bytes]:
    template = resources.files("charter.book") / "book.typ"
    files = {"main.typ": template.read_bytes()}
    content = _content(book, files)
    files["book.json"] = json.dumps(content, ensure_ascii=False).encode()
    return files


def _content(book: Book, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the book as the template reads it; what it shows goes to ``files``."""
    logo = None
    if book.logo is not None:
        name = f"logo.{book.logo.kind}"
        files[name] = book.logo.content
        logo = {"file": name, "proportion": book.logo.proportion}
    look = book.look
    return {
        "language": str(book.language),
        "title": book.title,
        "brand": book.brand,
        "kind": book.kind,
        "promise": book.promise,
        "audience": book.audience,
        "edition": book.edition,
        "footer": f"{book.title} · {book.edition}",
        "labels": asdict(book.labels),
        "palette": asdict(book.palette),
        "signs": dict(SIGNS),
        "heading_fonts": [*filter(None, [look.heading_font]), *_HEADINGS, *_TEXTS],
        "text_fonts": [*filter(None, [look.text_font]), *_TEXTS],
        "logo": logo,
        "pages": sum(1 for _ in book.pages()),
        "chapters": [
            {
                "title": chapter.title,
                "introduction": chapter.introduction,
                "pages": [
                    {
                        "title": page.title,
                        "eyebrow": page.eyebrow,
                        "facts": [asdict(fact) for fact in page.facts],
                        "blocks": [_block(block, files) for block in page.blocks],
                    }
                    for page in chapter.pages
                ],
            }
            for chapter in book.chapters
        ],
    }


def _block(block: Block, files: dict[str, bytes]) -> dict[str, Any]:
    told = {"block": type(block).__name__, **asdict(block)}
    if isinstance(block, Picture):
        told["file"] = f"picture-{len(files)}.svg"
        files[told["file"]] = told.pop("svg").encode()
    if isinstance(block, Told):
        told["rounds"] = [{"stops": each.stops, "times": each.times} for each in block.rounds]
    return told


def _is_covered(book: Book) -> bool:
    """Return whether the fonts that we bring hold each letter of a book."""
    own = font(is_bold=False)
    return all(
        own.covers("".join(letter for letter in text if letter not in _SIGNS))
        for text in _texts(_content(book, {}))
    )


_SIGNS = frozenset("".join(SIGNS.values()) + "→×•")
"""These are in the fonts that Typst brings."""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
