"""The documentation of rule kinds: their docstrings, and the French that translates them."""

from __future__ import annotations

import hashlib
import inspect
import re
from importlib import resources

from charter.messages import Language
from charter.rules.kind import Rule

_TRANSLATES = re.compile(r"\A<!-- translates: ([0-9a-f]{16}) -->\n+")


def english(kind: type[Rule]) -> str:
    """Return a kind's docstring as Markdown."""
    return inspect.cleandoc(kind.__doc__ or "").strip() + "\n"


def english_hash(kind: type[Rule]) -> str:
    """Return what stands for the English text in the French that translates it."""
    return hashlib.sha256(english(kind).encode()).hexdigest()[:16]


def _french_file(kind: type[Rule]) -> str:
    file = resources.files("charter.rules") / f"{kind.name().replace('-', '_')}.fr.md"
    return file.read_text(encoding="utf-8")


def translated_hash(kind: type[Rule]) -> str | None:
    """Return the hash of the English that the French text translates."""
    found = _TRANSLATES.match(_french_file(kind))
    return found[1] if found else None


def documentation(kind: type[Rule], language: Language) -> str:
    """Return what a kind checks, why it matters, an example that breaks, the same repaired."""
    if language is Language.FRENCH:
        return _TRANSLATES.sub("", _french_file(kind))
    return english(kind)
