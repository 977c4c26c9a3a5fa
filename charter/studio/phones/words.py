"""The words of the phones' page; its scripts ask for them by name."""

from __future__ import annotations

import string

from charter.messages import N_, Language, Speaker, speaker
from charter.messages.workshop import GRADES

WORDS = {
    "title": N_("Workshop"),
}


def all_words() -> dict[str, dict[str, str]]:
    """Return the words by language and name; what the page fills in stays between braces."""
    told = {**WORDS, **{f"grade.{key}": text for key, text in GRADES.items()}}
    return {
        language: {name: _unfilled(text, speaker(language)) for name, text in told.items()}
        for language in Language
    }


def _unfilled(text: str, speak: Speaker) -> str:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return speak(text, **{name: f"{{{name}}}" for name in names})
