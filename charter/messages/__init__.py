"""What people are told, in English and French.

English sentences are the keys of the gettext catalogues. Identifiers, codes and the keys of
machine formats are never translated.
"""

from __future__ import annotations

import functools
import gettext
import os
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from charter.messages.quotes import MARKS, quoted

if TYPE_CHECKING:
    # `charter --help` needs words, but no journeys.
    from journeys.document import Words


class Language(StrEnum):
    """A language that the toolkit speaks."""

    ENGLISH = "en"
    FRENCH = "fr"


def N_(message: str) -> str:  # noqa: N802 - gettext's own convention
    """Mark ``message`` for translation where it is not yet said."""
    return message


def language_of_environment(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language that ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` or ``LANG`` ask for."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in environment.get(variable, "").split(":"):
            code = re.split(r"[_.@]", wanted)[0].lower()
            if code in tuple(Language):
                return Language(code)
            if code in ("c", "posix"):
                return Language.ENGLISH
    return Language.ENGLISH


DOMAIN = "charter"
"""The name of the catalogues."""


def catalogues() -> Path:
    """Return the folder of the catalogues."""
    return Path(str(resources.files(__name__) / "locale"))


@functools.cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    # English is what the sentences are written in.
    is_english = language is Language.ENGLISH
    return gettext.translation(DOMAIN, catalogues(), [language], fallback=is_english)


# What could move the cursor, recolour the terminal or turn the reading direction of what follows.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# But no-break spaces, which French sets before its signs.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


def visible(text: str) -> str:
    """Return ``text`` on one line, with characters that would act on a terminal made visible."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", _SPACES.sub(" ", text))


def visible_line(text: str) -> str:
    """Return a line of a file with characters that would act on a terminal made visible.

    Its spaces stay as they are, so that one can see how far it is indented.
    """
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


class Speaker:
    """Says sentences in one language."""

    def __init__(self, language: Language) -> None:
        # "fr" equals Language.FRENCH but isn't it, and what is asked below is which it is.
        self.language = Language(language)
        self._catalogue = _catalogue(self.language)

    def __call__(self, message: str, **parameters: object) -> str:
        """Return ``message`` in this language, its ``{names}`` filled in."""
        return self._catalogue.gettext(message).format(**parameters)

    def many(self, one: str, several: str, number: int, **parameters: object) -> str:
        """Return the sentence for ``number`` things; ``{number}`` is filled in."""
        message = self._catalogue.ngettext(one, several, number)
        return message.format(number=self.count(number), **parameters)

    def words(self, words: Words) -> str:
        """Return a text of the workspace in this language, as far as it was written in it."""
        return visible(words.in_language(self.language))

    def count(self, number: int) -> str:
        """Return a whole number, its thousands parted as the language does."""
        return f"{number:,}".replace(",", "\u202f" if self.language is Language.FRENCH else ",")

    def percent(self, share: float) -> str:
        """Return a share as a percentage that never rounds something to all or to nothing."""
        if 0 < share < 0.001 or 0.999 < share < 1:
            text = "<0.1" if share < 0.5 else ">99.9"
        else:
            text = f"{share:.1%}".removesuffix("%").removesuffix(".0")
        if self.language is Language.FRENCH:
            return f"{text.replace('.', ',')}\u00a0%"
        return f"{text}%"

    def quote(self, text: str) -> str:
        """Return ``text`` between this language's quotation marks, and its own as inner ones.

        A text that stands between quotation marks as a whole gets no second pair.
        """
        return quoted(text, MARKS[self.language])

    def naming(self, message: str, **names: object) -> str:
        """Return ``message`` as a call does; names that it puts between marks are quoted.

        What people wrote exactly so, such as a key of a file, isn't a name: call for it instead.
        """
        told = self._catalogue.gettext(message)
        opening, closing = MARKS[self.language][0]
        for name, named in names.items():
            between = f"{opening}{{{name}}}{closing}"
            if between in told:
                told = told.replace(between, f"{{{name}_quoted}}")
                names = {**names, f"{name}_quoted": self.quote(str(named))}
        return told.format(**names)

    def any_of(self, things: Iterable[str]) -> str:
        """Return "a, b or c"."""
        return self._joined(list(things), N_("{first} or {last}"))

    def all_of(self, things: Iterable[str]) -> str:
        """Return "a, b and c"."""
        return self._joined(list(things), N_("{first} and {last}"))

    def _joined(self, things: list[str], pair: str) -> str:
        if len(things) < 2:
            return "".join(things)
        return self(pair, first=", ".join(things[:-1]), last=things[-1])


@functools.cache
def speaker(language: Language) -> Speaker:
    """Return the speaker of ``language``."""
    return Speaker(language)
