"""The documentation of rule kinds: their docstrings and their French, and what kinds share."""

from __future__ import annotations

import hashlib
import inspect
import re
import textwrap
from collections.abc import Iterable
from importlib import resources

from charter.messages import N_, Language, speaker
from charter.rules.kind import Rule
from charter.rules.selector import Selector

_TRANSLATES = re.compile(r"\A<!-- translates: ([0-9a-f]{16}) -->\n+")
_WIDTH = 96

SHARED_TITLE = N_("Options shared with other kinds")
SELECTOR_TITLE = N_("What a selector is")
_SHARED = {
    "markers": N_(
        "`markers`: one marker's id or a list; each is asked for on its own. The words "
        "`signature`, `basic`, `irritant` and `every` (signature and basic) stand for all markers "
        "of that role."
    ),
    "any-of": N_("`any-of`: markers likewise, but any one of them will do."),
    "values": N_(
        "`values`: one value's id, a list, or `every`; each is asked for on its own, and carried "
        "by any signature or basic marker of that value. Exactly one of `markers`, `any-of` and "
        "`values` must be written."
    ),
    "where": N_("`where`: a selector; only what matches it can carry what is asked for."),
    "per": N_(
        "`per`: `channel` or `stage`; asks of each one on its own, as if a path's visits elsewhere "
        "weren't there."
    ),
    "segments": N_("`segments`: which customer segments are asked; all where it isn't written."),
    "journeys": N_("`journeys`: which journeys are asked; all where it isn't written."),
    "outcomes": N_(
        "`outcomes`: only paths that end in one of these are asked; all where it isn't written."
    ),
    "for-share": N_(
        "`for-share`: a percentage such as 95%; it is enough that the rule holds for that share of "
        "the segment's customers on the paths asked, by the shares of the journey. Where nobody "
        "stated those, every choice is taken to be equally likely, and the finding CH015 says so."
    ),
    "plans": N_(
        "`plans`: which action plans are asked; all where it isn't written. Where the charter has "
        "no rule of this kind, all its plans are asked all the same, by a rule that is called as "
        "the kind; one with `severity: off` keeps them from it."
    ),
    "severity": N_(
        "`severity`: `error`, `warning`, `info` or `off`, which asks nothing; the kind's own where "
        "it isn't written."
    ),
    "why": N_("`why`: why the rule is there; told with every finding."),
}
_SELECTOR = N_(
    "A selector says which touchpoints are meant, by conditions that must all hold: `channel`, "
    "`stage`, `owner`, `control`, `marker`, `value`, `touchpoint` (each one id or a list, one of "
    "which must fit), `moment-of-truth: true` or `false`, and `emotion` with a comparison such as "
    '"<= -1" (`<=`, `>=` or `==`; no emotion counts as 0).'
)
_SELECTOR_EXAMPLE = N_(
    "`{{moment-of-truth: true, channel: [web, app]}}` means moments of truth on one of these two "
    "channels."
)


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


def own_documentation(kind: type[Rule], language: Language) -> str:
    """Return what a kind checks, why it matters, an example that breaks, the same repaired.

    The options are those that no other kind takes, or not in the same way.
    """
    if language is Language.FRENCH:
        return _TRANSLATES.sub("", _french_file(kind))
    return english(kind)


def title(kind: type[Rule], language: Language) -> str:
    """Return what a kind asks in one sentence."""
    return " ".join(own_documentation(kind, language).strip().split("\n\n")[0].split())


def own_options(kind: type[Rule]) -> list[str]:
    """Return the keys that a kind adds to those of the rules like it, or takes in its own way."""
    fields = kind.model_fields
    return [_key(name) for name in kind.__annotations__ if name in fields and name != "kind"]


def shared_options(kind: type[Rule]) -> list[str]:
    """Return the keys that a kind takes as others do, in the order in which they are told."""
    taken = {_key(name) for name in kind.model_fields} - set(own_options(kind))
    return [key for key in _SHARED if key in taken]


_OPTION = re.compile(r"^- `([\w-]+)`: (.*(?:\n  .*)*)", re.MULTILINE)


def option_documentation(kind: type[Rule]) -> dict[str, str]:
    """Return what each documented option of a kind means, by key."""
    _, _, own = english(kind).partition("# Options\n")
    lists = [shared_documentation(shared_options(kind), Language.ENGLISH), own]
    return {
        key: " ".join(text.split()) for listed in lists for key, text in _OPTION.findall(listed)
    }


def takes_a_selector(kind: type[Rule]) -> bool:
    """Return whether one of a kind's options is a selector."""
    return any(_is_selector(field.annotation) for field in kind.model_fields.values())


def shared_documentation(keys: Iterable[str], language: Language) -> str:
    """Return what options mean that several kinds take, as a Markdown list."""
    speak = speaker(language)
    return "".join(
        textwrap.fill(
            f"- {speak(_SHARED[key])}",
            _WIDTH,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        + "\n"
        for key in keys
    )


def selector_documentation(language: Language) -> str:
    """Return what a selector is, as Markdown."""
    speak = speaker(language)
    told = f"{speak(_SELECTOR)} {speak(_SELECTOR_EXAMPLE)}"
    return textwrap.fill(told, _WIDTH, break_long_words=False, break_on_hyphens=False) + "\n"


def documentation(kind: type[Rule], language: Language) -> str:
    """Return all that there is to know of a kind, also of the options that others take too."""
    speak = speaker(language)
    parts = [
        own_documentation(kind, language),
        f"# {speak(SHARED_TITLE)}\n",
        shared_documentation(shared_options(kind), language),
    ]
    if takes_a_selector(kind):
        parts += [f"# {speak(SELECTOR_TITLE)}\n", selector_documentation(language)]
    return "\n".join(parts)


def _key(name: str) -> str:
    return name.replace("_", "-")


def _is_selector(annotation: object) -> bool:
    inside = getattr(annotation, "__args__", (annotation,))
    return any(isinstance(each, type) and issubclass(each, Selector) for each in inside)
