"""A book made of a checked workspace. Pure: it reads no file and asks no clock."""

from __future__ import annotations

import datetime

from charter.book import glossary, identity, journeys, markers, plans, proof
from charter.book.audience import Audience
from charter.book.blocks import Book, Chapter, Labels
from charter.book.edition import Edition
from charter.book.logo import Logo
from charter.book.making import Making
from charter.checker import Checked
from charter.messages import N_, Speaker
from charter.reports.names import Names


def compose(
    checked: Checked,
    speak: Speaker,
    edition: Edition,
    today: datetime.date,
    *,
    audience: Audience | None = None,
    logo: Logo | None = None,
) -> Book:
    """Return the charter book of a checked workspace.

    Args:
        checked: The workspace is valid.
        speak: Says what the book says.
        edition: Which version it is printed from.
        today: The day on which actions are late or not.
        audience: For whom; everybody by default.
        logo: The brand's, where it has one.

    Raises:
        ValueError: The workspace is invalid.
    """
    audience = audience or Audience()
    making = Making(checked, Names(checked.valid, speak), audience)
    chapters = (
        identity.chapter(making),
        markers.chapter(making),
        journeys.chapter(making),
        proof.chapter(making),
        plans.chapter(making, today),
        glossary.chapter(making),
    )
    return Book(
        language=speak.language,
        brand=speak.words(making.charter.brand),
        kind=speak(N_("Customer-experience charter")),
        promise=making.words(making.charter.promise),
        audience=_told(making),
        edition=edition.told(speak),
        chapters=tuple(filter(_is_written, chapters)),
        look=making.charter.look,
        labels=Labels(
            contents=speak(N_("Contents")),
            continued=speak(N_("continued")),
            example=speak(N_("For example")),
            page=speak(N_("Page")),
        ),
        logo=logo,
    )


def _is_written(chapter: Chapter) -> bool:
    return bool(chapter.pages)


def _told(making: Making) -> str:
    """Return for whom the book is; nothing where it is for everybody."""
    if making.audience.is_everybody:
        return ""
    names = making.names
    channels = [names.of("channel", each.id) for each in making.audience.of_charter(making.charter)]
    return making.speak(N_("For everybody at: {channels}"), channels=", ".join(channels))
