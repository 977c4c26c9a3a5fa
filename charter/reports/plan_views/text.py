"""A view for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from charter.messages import N_, Speaker
from charter.plan_views import Viewed
from charter.reports import indicators
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.plan_views.telling import Chapter, EntryTold, ViewTeller
from charter.reports.text import wrap

_BOLD, _DIM, _RED = "1", "2", "31"


def render(viewed: Viewed, speak: Speaker, page: Page) -> str:
    """Return the view for people."""
    teller = ViewTeller(viewed, Names(viewed.workspace, speak))
    brand = speak.words(viewed.workspace.charter.brand)
    lines = wrap(f"{brand} · {teller.headline()}", page, "")
    lines[0] = lines[0].replace(brand, page.paint(brand, _BOLD), 1)
    for plan in teller.plans():
        lines += wrap(plan, page, "")
    for chapter in teller.chapters():
        lines += ["", *_chapter(chapter, speak, page)]
    watched = list(indicators.lines(viewed.watch, teller.names, page))
    if watched:
        lines += ["", *watched]
    return "\n".join(lines) + "\n"


def _chapter(chapter: Chapter, speak: Speaker, page: Page) -> Iterator[str]:
    for line in wrap(chapter.title, page, ""):
        yield page.paint(line, _BOLD)
    yield from wrap(chapter.sums, page, "  ")
    for line in wrap(chapter.broken, page, "  "):
        yield page.paint(line, _RED) if chapter.is_bare else line
    for number, entry in enumerate(chapter.entries, 1):
        yield from ["", *_entry(entry, number, speak, page)]


def _entry(entry: EntryTold, number: int, speak: Speaker, page: Page) -> Iterator[str]:
    indent = " " * 6
    first, *more = wrap(entry.what, page, indent)
    yield f"  {f'{number}.':<4}{first.lstrip()}"
    yield from more
    for line in wrap(entry.state, page, indent):
        yield page.paint(line, _RED) if entry.is_late else line
    for fact in entry.facts:
        yield from wrap(
            speak(N_("{caption}: {text}"), caption=fact.caption, text=fact.text), page, indent
        )
    for line in wrap(entry.reference, page, indent):
        yield page.paint(line, _DIM)
