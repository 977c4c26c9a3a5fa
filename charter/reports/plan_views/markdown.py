"""A view in GitHub-flavoured Markdown, for a wiki or an issue."""

from __future__ import annotations

from collections.abc import Iterator

from charter.messages import N_, Speaker
from charter.plan_views import Viewed
from charter.reports import indicators
from charter.reports.markdown_text import code, escape, table
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.plan_views.telling import Chapter, EntryTold, ViewTeller


def render(viewed: Viewed, speak: Speaker, page: Page) -> str:
    """Return the view, a table for each segment, channel or owner."""
    del page
    teller = ViewTeller(viewed, Names(viewed.workspace, speak))
    brand = speak.words(viewed.workspace.charter.brand)
    blocks = [f"## {escape(f'{brand} · {teller.headline()}')}\n"]
    blocks += ["".join(f"- {escape(plan)}\n" for plan in teller.plans())]
    for chapter in teller.chapters():
        blocks += _chapter(chapter, speak)
    if viewed.watch.indicators:
        blocks += [f"### {escape(speak(indicators.TITLE))}\n"]
        cells = indicators.rows(viewed.watch, teller.names)
        rows = [[escape(cell) for cell in row] for row in cells]
        blocks += [table(list(indicators.headers(speak)), rows)]
        steps = indicators.steps(viewed.watch, teller.names)
        blocks += ["".join(f"- {escape(step)}\n" for step in steps)]
    return "\n".join(filter(None, blocks))


def _chapter(chapter: Chapter, speak: Speaker) -> Iterator[str]:
    yield f"### {escape(chapter.title)}\n"
    broken = f"**{escape(chapter.broken)}**" if chapter.is_bare else escape(chapter.broken)
    yield "".join(f"{line}\n\n" for line in (escape(chapter.sums), broken) if line).rstrip() + "\n"
    if chapter.entries:
        heading = [speak(title) for title in (N_("Action"), N_("How far"), N_("Details"))]
        yield table(heading, [_row(entry, speak) for entry in chapter.entries])


def _row(entry: EntryTold, speak: Speaker) -> list[str]:
    what = escape(entry.what)
    if entry.reference:
        what = f"{what}<br>{code(entry.reference)}"
    state = escape(entry.state)
    facts = (
        escape(speak(N_("{caption}: {text}"), caption=fact.caption, text=fact.text))
        for fact in entry.facts
    )
    return [what, f"**{state}**" if entry.is_late else state, "<br>".join(facts)]
