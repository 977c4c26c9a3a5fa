"""The comparison for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from charter.compare import Comparison
from charter.compare.changes import Kind
from charter.messages import N_, Speaker
from charter.reports.diff.changes import KINDS, ChangesTold, ChangeTold
from charter.reports.diff.telling import Chapter, Story, tell_comparison
from charter.reports.page import Page
from charter.reports.text import COLOURS, wrap
from charter.reports.words import SEVERITIES

_BOLD, _DIM = "1", "2"
_KIND_COLOURS = {Kind.ADDED: "32", Kind.REMOVED: "31", Kind.RENAMED: "36", Kind.CHANGED: "33"}


def render(comparison: Comparison, speak: Speaker, page: Page) -> str:
    """Return the comparison for people."""
    told = tell_comparison(comparison, speak)
    lines = [
        *wrap(f"{told.brand} · {told.versions}", page, ""),
        *wrap(", ".join(told.counts), page, ""),
    ]
    lines[0] = lines[0].replace(told.brand, page.paint(told.brand, _BOLD), 1)
    if told.changes:
        lines += ["", page.paint(speak(N_("What changed")), _BOLD)]
    for changes in told.changes:
        lines += ["", *_changes(changes, speak, page)]
    for chapter in told.chapters:
        lines += ["", *_chapter(chapter, speak, page)]
    return "\n".join(lines) + "\n"


def _changes(changes: ChangesTold, speak: Speaker, page: Page) -> Iterator[str]:
    yield from wrap(changes.title, page, "  ")
    column = max(len(speak(word)) for word in KINDS.values())
    for change in changes.changes:
        yield from _change(change, column, page)


def _change(change: ChangeTold, column: int, page: Page) -> Iterator[str]:
    indent = " " * (column + 6)
    first, *more = wrap(f"{change.what} {change.name}", page, indent)
    label = page.paint(change.label, _KIND_COLOURS[change.kind])
    yield f"    {label}{' ' * (column - len(change.label) + 2)}{first.lstrip()}"
    yield from more
    for detail in change.details:
        yield from wrap(detail, page, f"{indent}  ")


def _chapter(chapter: Chapter, speak: Speaker, page: Page) -> Iterator[str]:
    yield page.paint(chapter.title, _BOLD)
    for story in chapter.stories:
        yield ""
        yield from _story(story, speak, page)
    if chapter.lines:
        yield ""
    for line in chapter.lines:
        yield from wrap(line, page, "  ")


def _story(story: Story, speak: Speaker, page: Page) -> Iterator[str]:
    label = speak(SEVERITIES[story.severity])
    indent = " " * (max(len(speak(word)) for word in SEVERITIES.values()) + 4)
    first, *more = wrap(story.headline, page, indent)
    padding = " " * (len(indent) - len(label) - 2)
    yield f"  {page.paint(label, COLOURS[story.severity])}{padding}{first.lstrip()}"
    yield from more
    for fact in story.facts:
        yield from wrap(fact, page, indent)
    yield indent + page.paint("  ".join(filter(None, story.reference)), _DIM)
