"""Write docs/rules.md and docs/rules.fr.md from what rule kinds and codes say of themselves.

``python -m tools.rule_reference``, after the messages were compiled; a test tells when they are
out of date.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from charter.defects import SEVERITIES
from charter.messages import Language, speaker
from charter.messages.codes import CODES
from charter.rules import KINDS
from charter.rules.documentation import (
    SELECTOR_TITLE,
    SHARED_TITLE,
    own_documentation,
    selector_documentation,
    shared_documentation,
    shared_options,
    takes_a_selector,
)
from charter.rules.kind import Rule

ROOT = Path(__file__).parent.parent
FILES = {Language.ENGLISH: ROOT / "docs/rules.md", Language.FRENCH: ROOT / "docs/rules.fr.md"}
FRENCH = ROOT / "charter/messages/locale/fr/LC_MESSAGES/charter.po"


@dataclass(frozen=True)
class Frame:
    """What stands around the documentation of the kinds, in one language."""

    other: str
    title: str
    introduction: str
    columns: tuple[str, str, str]
    also: str
    shapes: str
    about_shapes: str


FRAMES = {
    Language.ENGLISH: Frame(
        other="[En français](rules.fr.md)",
        title="Rules and codes",
        introduction=(
            "Every finding has a code, and every rule of a charter has a kind. `charter explain` "
            "tells in the terminal what stands here: `charter explain carries`, "
            "`charter explain CH101`."
        ),
        columns=("Code", "What it says", "Severity"),
        also="It also takes",
        shapes="Files and shapes",
        about_shapes="What is told of files and journeys without any rule that asks for it.",
    ),
    Language.FRENCH: Frame(
        other="[In English](rules.md)",
        title="Règles et codes",
        introduction=(
            "Chaque constat a un code, et chaque règle d’une charte a un type. `charter explain` "
            "dit dans le terminal ce qui est écrit ici\u00a0: `charter explain carries`, "
            "`charter explain CH101`."
        ),
        columns=("Code", "Ce qu’il dit", "Gravité"),
        also="Ce type accepte aussi",
        shapes="Fichiers et formes",
        about_shapes=(
            "Ce qui est dit des fichiers et des parcours sans qu’aucune règle le demande."
        ),
    ),
}


def reference(language: Language) -> str:
    """Return the reference in one language, as Markdown."""
    frame = FRAMES[language]
    meanings = _meanings(language)
    parts = [
        f"# {frame.title}",
        frame.other,
        _filled(frame.introduction),
        _table(frame, language, meanings),
    ]
    for kind in KINDS:
        parts.append(f"## {kind.name()}")
        parts.append(f"{kind.code}, `{kind.default_severity}`.")
        parts.extend(_under_a_heading(own_documentation(kind, language)))
        parts.append(_filled(_also(kind, frame, language)))
    speak = speaker(language)
    taken = dict.fromkeys(key for kind in KINDS for key in shared_options(kind))
    shared = shared_documentation(taken, language).rstrip("\n")
    parts += [f"## {speak(SHARED_TITLE)}", shared]
    parts += [f"## {speak(SELECTOR_TITLE)}", selector_documentation(language).rstrip("\n")]
    parts += [f"## {frame.shapes}", _filled(frame.about_shapes)]
    for code, meaning in meanings.items():
        parts += [f"### {code}", f"`{SEVERITIES[code]}`.", _filled(meaning)]
    return "\n\n".join(parts) + "\n"


def _also(kind: type[Rule], frame: Frame, language: Language) -> str:
    """Return which options a kind takes that are told further down, with where."""
    speak = speaker(language)
    titles = [SHARED_TITLE, *([SELECTOR_TITLE] if takes_a_selector(kind) else [])]
    places = (f"[{speak(title)}](#{_anchor(speak(title))})" for title in titles)
    options = ", ".join(f"`{key}`" for key in shared_options(kind))
    return f"{frame.also} {options} → {', '.join(places)}."


def _anchor(title: str) -> str:
    """Return what a heading is linked by."""
    return re.sub(r"[^\w-]", "", title.lower().replace(" ", "-"))


def _meanings(language: Language) -> dict[str, str]:
    """Return what each code outside the rule kinds means."""
    if language is Language.ENGLISH:
        return dict(CODES)
    # From the source of the translations, which may be newer than what is compiled.
    with FRENCH.open("rb") as file:
        catalogue = read_po(file)
    return {code: _translated(catalogue, text) for code, text in CODES.items()}


def _translated(catalogue: Catalog, text: str) -> str:
    message = catalogue.get(text)
    if message is None or not isinstance(message.string, str):
        raise LookupError(f"{FRENCH} has no translation of: {text}")
    return message.string


def _table(frame: Frame, language: Language, meanings: dict[str, str]) -> str:
    rows = [frame.columns, ("---", "---", "---")]
    for code, meaning in meanings.items():
        first = re.split(r"(?<=\.)\s", meaning)[0]
        rows.append((f"[{code}](#{code.lower()})", first, f"`{SEVERITIES[code]}`"))
    for kind in KINDS:
        name = kind.name()
        told = f"[`{name}`](#{name}): {_summary(kind, language)}"
        if language is Language.FRENCH:
            told = told.replace("): ", ")\u00a0: ", 1)
        rows.append((kind.code, told, f"`{kind.default_severity}`"))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _summary(kind: type[Rule], language: Language) -> str:
    return own_documentation(kind, language).partition("\n")[0]


def _under_a_heading(text: str) -> Iterator[str]:
    """Yield the blocks of a kind's documentation, headings lowered and examples fenced."""
    for block in re.split(r"\n{2,}", text.strip("\n")):
        if block.startswith("    "):
            yield f"```yaml\n{textwrap.dedent(block)}\n```"
        elif block.startswith("# "):
            yield f"##{block}"
        else:
            yield block


def _filled(text: str) -> str:
    return textwrap.fill(text, 96, break_long_words=False, break_on_hyphens=False)


def main() -> None:
    """Write both files."""
    for language, path in FILES.items():
        path.write_text(reference(language), encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
