"""Action plans: what is done next by target, and by channel."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from charter.book.blocks import Paragraph
from charter.book.making import Making
from charter.messages import N_
from charter.plan_views import By, Viewed, view, written_entries
from charter.reports.plan_views.telling import ViewTeller
from charter.site import addresses
from charter.site.blocks import Block, Choices, Fact, Link, Page, Section, Story

_FILES = {By.TARGET: addresses.BY_TARGET, By.CHANNEL: addresses.BY_CHANNEL}
_TITLES = {By.TARGET: N_("Action plans by target"), By.CHANNEL: N_("Action plans by channel")}
_CHOICES = {By.TARGET: N_("By target"), By.CHANNEL: N_("By channel")}


def pages(making: Making, today: datetime.date) -> Iterator[Page]:
    """Yield the plans by target and by channel; nothing where there are none."""
    if making.workspace.plans:
        for by in _FILES:
            yield _page(making, by, today)


def _page(making: Making, by: By, today: datetime.date) -> Page:
    speak, workspace = making.speak, making.workspace
    entries = written_entries(workspace, workspace.plans)
    seen = view(workspace, entries, by, making.report)
    teller = ViewTeller(Viewed(workspace, workspace.plans, seen, today), making.names)
    choices = tuple(Link(speak(told), _FILES[each]) for each, told in _CHOICES.items())
    blocks: list[Block] = [
        Choices(speak(N_("Seen by")), choices, _FILES[by]),
        *(Paragraph(told, is_note=True) for told in teller.plans()),
    ]
    for group, chapter in zip(seen.groups, teller.chapters(), strict=True):
        anchor = f"group.{group.id}" if group.id is not None else "group"
        blocks += [Section(chapter.title, anchor), Paragraph(chapter.sums, is_note=True)]
        if chapter.broken:
            blocks.append(Paragraph(chapter.broken, is_note=not chapter.is_bare))
        for entry, told in zip(group.entries, chapter.entries, strict=True):
            brought = entry.marker or entry.removes
            links = []
            if brought is not None:
                name = making.names.of("marker", brought)
                links.append(Link(name, addresses.marker(brought)))
            links += [
                Link(
                    making.names.stop(place.journey, place.touchpoint),
                    addresses.touchpoint(place.journey, place.touchpoint),
                )
                for place in entry.places
            ]
            blocks.append(
                Story(
                    kind="late" if told.is_late else "action",
                    word=told.state,
                    headline=told.what,
                    facts=tuple(Fact(fact.caption, fact.text) for fact in told.facts),
                    links=tuple(links),
                    anchor=addresses.action_anchor(group.id, entry.id),
                )
            )
    return Page(
        _FILES[by],
        speak(_TITLES[by]),
        addresses.BY_TARGET,
        tuple(blocks),
        eyebrow=speak(N_("What we do next")),
        lead=teller.headline(),
    )
