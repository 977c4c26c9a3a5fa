"""A site made of a checked workspace. Pure: it reads no file and asks no clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from charter.book import glossary
from charter.book.audience import Audience
from charter.book.edition import Edition
from charter.book.html import logo_address
from charter.book.logo import Logo
from charter.book.making import Making
from charter.book.signs import SIGNS
from charter.checker import Checked
from charter.messages import N_, Speaker
from charter.palette import Palette
from charter.reports.names import Names
from charter.reports.web import document, text
from charter.site import addresses, journeys, look, markers, overview, plans, rules, search
from charter.site.blocks import Link, Page


def site_of(
    checked: Checked,
    speak: Speaker,
    edition: Edition,
    today: datetime.date,
    *,
    logo: Logo | None = None,
) -> Mapping[str, str]:
    """Return the files of a site by name; the same for the same workspace, version and day.

    Args:
        checked: The workspace is valid.
        speak: Says what the site says.
        edition: Which version of the charter it shows.
        today: The day on which actions are late or not.
        logo: The brand's, where it has one.

    Raises:
        ValueError: The workspace is invalid.
    """
    making = Making(checked, Names(checked.valid, speak), Audience())
    pages = tuple(_pages(making, today))
    frame = _frame(making, edition)
    files = {
        page.file: document(
            "site_page.html",
            speak.language,
            page=page,
            kind_of=_kind,
            book_signs=SIGNS,
            logo=logo_address(logo) if logo and page.file == addresses.INDEX else "",
            **frame,
        )
        for page in pages
    }
    files[addresses.SEARCH] = document(
        "site_search.html", speak.language, page=_search(making), **frame
    )
    files[addresses.SCRIPT] = text("site_search.js", index=search.index(making, pages))
    files[addresses.STYLE] = _style(making)
    return files


def _pages(making: Making, today: datetime.date) -> Iterator[Page]:
    of_markers = markers.MarkerPages(making)
    yield overview.page(making, today)
    yield overview.identity_page(making)
    yield of_markers.overview()
    yield from of_markers.pages()
    yield journeys.overview(making)
    yield from journeys.pages(making)
    yield rules.overview(making)
    yield from rules.pages(making)
    yield from plans.pages(making, today)
    yield _words(making)


def _words(making: Making) -> Page:
    chapter = glossary.chapter(making)
    blocks = tuple(block for page in chapter.pages for block in page.blocks)
    return Page(addresses.WORDS, chapter.title, addresses.WORDS, blocks)


def _search(making: Making) -> Page:
    return Page(addresses.SEARCH, making.speak(N_("Search")), addresses.SEARCH, ())


def _frame(making: Making, edition: Edition) -> dict[str, Any]:
    """Return what stands around each page."""
    speak = making.speak
    ways = [
        Link(speak(N_("Overview")), addresses.INDEX),
        Link(speak(N_("Who we are")), addresses.IDENTITY),
        Link(speak(N_("Markers")), addresses.MARKERS),
        Link(speak(N_("Journeys")), addresses.JOURNEYS),
        Link(speak(N_("Rules")), addresses.RULES),
    ]
    if making.workspace.plans:
        ways.append(Link(speak(N_("Action plans")), addresses.BY_TARGET))
    ways.append(Link(speak(N_("Words")), addresses.WORDS))
    return {
        "brand": speak.words(making.charter.brand),
        "ways": ways,
        "files": {"style": addresses.STYLE, "script": addresses.SCRIPT, "search": addresses.SEARCH},
        "edition": edition.told(speak),
        "words": {
            "site": speak(N_("Customer-experience charter")),
            "skip": speak(N_("To the content")),
            "navigation": speak(N_("Parts of the charter")),
            "search": speak(N_("Search")),
            "search_for": speak(N_("A marker, a touchpoint, a rule…")),
            "no_script": speak(N_("Searching needs JavaScript; everything is in the menu, too.")),
            "example": speak(N_("For example")),
            "map": speak(N_("Show it on the map")),
            "see": speak(N_("See")),
        },
    }


def _kind(block: object) -> str:
    return type(block).__name__


def _style(making: Making) -> str:
    brand = making.charter.look
    return text(
        "site.css",
        day=_colours(look.day(brand)),
        night=_colours(look.night(brand)),
        of_pictures=list(look.by_night(brand)),
        heading_font=brand.heading_font,
        text_font=brand.text_font,
    )


def _colours(palette: Palette) -> list[tuple[str, str]]:
    names: Iterable[str] = (each.name for each in fields(palette))
    return [(name.replace("_", "-"), getattr(palette, name)) for name in names]
