"""The headings of sheets: as they are written, and as they are found again in either language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charter.messages import N_, Language, Speaker, speaker
from charter.sheets.layout import ADAPTATION, EXPRESSIONS, REMOVE_TITLE, Key, Sheet
from charter.sheets.syntax import ExpressionField, Field

COMMENT = "#"
"""How headings and names of sheets begin that are somebody's own, and aren't read."""
IN_LANGUAGE = N_("{title} ({language})")
_IN_LANGUAGE = re.compile(r"(.*\S)\s*\(([A-Za-z]{2,3})\)")


def title_of(field: Field, speak: Speaker) -> str:
    """Return the heading of a field, without its language."""
    if isinstance(field, ExpressionField):
        # An id is said alike in every language.
        return field.title
    if field.title == ADAPTATION:
        return capital(speak(ADAPTATION, segment=field.what))
    return capital(speak(field.title))


def capital(title: str) -> str:
    """Return a heading with a capital."""
    return title[:1].upper() + title[1:]


def heading(field: Field, language: str, speak: Speaker) -> str:
    """Return the heading of a field's column for a language."""
    title = title_of(field, speak)
    return speak(IN_LANGUAGE, title=title, language=language) if language else title


@dataclass(frozen=True)
class Meant:
    """What a column tells.

    Attributes:
        key: The number of the key that it is; None for another column.
        title: What its field is called, as in `charter.sheets.layout`; None for a key.
        language: The language that it is in; empty where it has none.
        is_remove: Whether it says what is to be removed.
    """

    key: int | None = None
    title: str | None = None
    language: str = ""
    is_remove: bool = False


class Headings:
    """The headings that a sheet may have, in both languages and as the keys in files.

    Attributes:
        known: Each as people write it, to be proposed where one is misspelt.
    """

    def __init__(self, sheet: Sheet, fields: Iterable[Field]) -> None:
        self.known: list[str] = []
        self._keys: dict[str, int] = {}
        self._titles: dict[str, Field] = {}
        self._removes: set[str] = set()
        speakers = [speaker(language) for language in Language]
        for number, key in enumerate(sheet.keys):
            for title in _titles_of_key(key, speakers):
                self._keys.setdefault(folded(title), number)
                self.known.append(title)
        for field in fields:
            for title in _titles_of_field(field, speakers, sheet):
                self._titles.setdefault(folded(title), field)
                self.known.append(title)
        for speak in speakers:
            self._removes.add(folded(speak(REMOVE_TITLE)))
            self.known.append(capital(speak(REMOVE_TITLE)))

    def meant(self, text: str) -> Meant | None:
        """Return what a heading means; None if that can't be told."""
        name = folded(text)
        if name in self._keys:
            return Meant(key=self._keys[name])
        if name in self._removes:
            return Meant(is_remove=True)
        field = self._titles.get(name)
        if field is not None:
            return Meant(title=identity(field))
        found = _IN_LANGUAGE.fullmatch(text.strip())
        field = self._titles.get(folded(found[1])) if found else None
        if found is None or field is None or not field.has_languages:
            return None
        return Meant(title=identity(field), language=found[2].lower())


def identity(field: Field) -> str:
    """Return by what a field is known in its sheet."""
    return f"{field.title}\0{field.what}" if field.title == ADAPTATION else field.title


def _titles_of_key(key: Key, speakers: Iterable[Speaker]) -> Iterator[str]:
    yield from (capital(speak(key.title)) for speak in speakers)
    yield key.title


def _titles_of_field(field: Field, speakers: Iterable[Speaker], sheet: Sheet) -> Iterator[str]:
    yield from dict.fromkeys(title_of(field, speak) for speak in speakers)
    if sheet is not EXPRESSIONS:
        yield field.path[-1]


def folded(text: str) -> str:
    """Return a text without what people may write otherwise: case, accents, spaces, hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\s\-_’'\u2010-\u2015]+", " ", letters).strip()
