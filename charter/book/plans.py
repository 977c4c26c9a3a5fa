"""What the brand does next: its action plans by target and by channel."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from charter.action_plans import ActionStatus
from charter.book.blocks import Block, Chapter, Heading, Page, Paragraph, Table, Term, Told
from charter.book.making import Making
from charter.messages import N_, visible
from charter.plan_views import By, Entry, Group, Viewed, view, written_entries
from charter.reports.plan_views.telling import ViewTeller


def chapter(making: Making, today: datetime.date) -> Chapter:
    """Return the chapter; without any plan it has no page."""
    speak = making.speak
    title = speak(N_("What we do next"))
    introduction = speak(N_("Our action plans: for whom, on which channel, by whom and by when."))
    entries = tuple(_wanted(making))
    pages = (_by_target(making, entries, today), _by_channel(making, entries, today))
    return Chapter("plan", title, introduction, pages if entries else ())


def _wanted(making: Making) -> Iterator[Entry]:
    """Yield the actions that a book tells: what was given up is nobody's to do."""
    for entry in written_entries(making.workspace, making.workspace.plans):
        is_theirs = making.audience.is_everybody or any(map(making.audience.has, entry.channels))
        if is_theirs and entry.status is not ActionStatus.DROPPED:
            yield entry


def _viewed(making: Making, entries: tuple[Entry, ...], by: By, today: datetime.date) -> Viewed:
    workspace = making.workspace
    seen = view(workspace, entries, by, making.report)
    groups = tuple(group for group in seen.groups if _is_shown(making, group, by))
    return Viewed(workspace, workspace.plans, replace(seen, groups=groups), today)


def _is_shown(making: Making, group: Group, by: By) -> bool:
    return bool(group.entries) and (
        by is not By.CHANNEL or group.id is None or making.audience.has(group.id)
    )


def _by_target(making: Making, entries: tuple[Entry, ...], today: datetime.date) -> Page:
    speak = making.speak
    teller = ViewTeller(_viewed(making, entries, By.TARGET, today), making.names)
    blocks: list[Block] = [Paragraph(told, is_note=True) for told in _plans(making)]
    for group in teller.chapters():
        blocks.append(Heading(group.title))
        blocks += [
            Told(
                kind="late" if entry.is_late else "action",
                word=entry.state[:1].upper() + entry.state[1:],
                headline=entry.what,
                answer="",
                rounds=(),
                facts=tuple(Term(fact.caption, fact.text) for fact in entry.facts),
            )
            for entry in group.entries
        ]
    return Page("by-target", speak(N_("By target")), tuple(blocks))


def _plans(making: Making) -> Iterator[str]:
    """Yield the name of each plan."""
    for plan in making.workspace.plans:
        yield visible(plan.named(making.speak.language))


def _by_channel(making: Making, entries: tuple[Entry, ...], today: datetime.date) -> Page:
    speak, names = making.speak, making.names
    viewed = _viewed(making, entries, By.CHANNEL, today)
    teller = ViewTeller(viewed, names)
    blocks: list[Block] = []
    everybody = speak(N_("everybody"))
    for group, told in zip(viewed.view.groups, teller.chapters(), strict=True):
        rows = tuple(
            (
                entry_told.what,
                everybody
                if entry.is_for_everyone
                else ", ".join(names.of("segment", each) for each in entry.segments),
                visible(entry.owner) if entry.owner else "",
                entry_told.state,
            )
            for entry, entry_told in zip(group.entries, told.entries, strict=True)
        )
        columns = (N_("Action"), N_("For"), N_("Owner"), N_("How far"))
        blocks += [
            Heading(told.title),
            Table(told.title, tuple(map(speak, columns)), rows, (46, 24, 16, 24)),
        ]
    return Page("by-channel", speak(N_("By channel")), tuple(blocks))
