"""The comparison for a pull request, in GitHub-flavoured Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from charter.compare import Comparison, Turn
from charter.messages import N_, Speaker
from charter.reports.diff.changes import ChangesTold
from charter.reports.diff.telling import Chapter, Story, tell_comparison
from charter.reports.markdown_text import code, details, escape, table
from charter.reports.page import Page
from charter.reports.words import SEVERITIES

_OPEN = (Turn.NEWLY_BROKEN, Turn.NEWLY_ASKED)
"""What a reviewer has to look at; the rest is folded away."""


def render(comparison: Comparison, speak: Speaker, page: Page) -> str:
    """Return the comparison as a comment or a summary of a job."""
    del page
    told = tell_comparison(comparison, speak)
    blocks = [
        f"## {escape(told.brand)} · {escape(told.versions)}\n",
        f"{escape(', '.join(told.counts))}\n",
    ]
    if told.changes:
        number = sum(len(changes.changes) for changes in told.changes)
        rows = "\n".join(_changes(changes, speak) for changes in told.changes)
        title = speak(N_("What changed"))
        blocks.append(details(f"{title} ({speak.count(number)})", rows))
    blocks += [_chapter(chapter, speak) for chapter in told.chapters]
    return "\n".join(blocks)


def _changes(changes: ChangesTold, speak: Speaker) -> str:
    heading = [speak(N_("Change")), speak(N_("Of what")), speak(N_("From what to what"))]
    rows = (
        [
            escape(change.label),
            f"{escape(change.what)} {escape(change.name)}",
            "<br>".join(map(escape, change.details)),
        ]
        for change in changes.changes
    )
    return f"**{escape(changes.title)}**\n\n{table(heading, rows)}"


def _chapter(chapter: Chapter, speak: Speaker) -> str:
    content = "\n".join([*(_story(story, speak) for story in chapter.stories), *_lines(chapter)])
    if chapter.turn in _OPEN:
        return f"### {escape(chapter.title)}\n\n{content}"
    number = len(chapter.stories) + len(chapter.lines)
    return details(f"{chapter.title} ({speak.count(number)})", content)


def _lines(chapter: Chapter) -> Iterator[str]:
    if chapter.lines:
        yield "".join(f"- {escape(line)}\n" for line in chapter.lines)


def _story(story: Story, speak: Speaker) -> str:
    facts = "".join(f"  - {escape(fact)}\n" for fact in story.facts)
    reference = " ".join(code(part) for part in story.reference if part)
    label = escape(speak(SEVERITIES[story.severity]))
    return f"- **{label}** {escape(story.headline)}\n{facts}  - {reference}\n"
