"""The first page: the promise, what is proved, for how many customers, what to do next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from charter.action_plans import ActionStatus
from charter.book import identity
from charter.book.blocks import Figure, Figures, Paragraph, Statement
from charter.book.making import Making
from charter.findings import Severity, Status
from charter.messages import N_
from charter.plan_views import By, Viewed, view, written_entries
from charter.reports import outline
from charter.reports.plan_views.telling import ViewTeller
from charter.site import addresses, answers
from charter.site.blocks import Badge, Block, Card, Cards, Link, LinkedTable, Page, Row, Section
from charter.site.rules import asked

_MOST_STORIES = 5
_MOST_ACTIONS = 8


def page(making: Making, today: datetime.date) -> Page:
    """Return the page."""
    speak = making.speak
    figures = tuple(
        Figure(str(each.kind), each.number, each.word)
        for each in outline.figures(making.report, speak)
    )
    promise = making.words(making.charter.promise)
    blocks: list[Block] = [
        *([Statement(promise)] if promise else []),
        Section(speak(N_("What is proved"))),
        Paragraph(outline.headline(making.checked, speak)),
        Paragraph(outline.proved(making.report, making.workspace, making.names), is_note=True),
        *(
            Paragraph(told, is_note=True)
            for told in outline.comparisons(making.report, making.workspace, speak)
        ),
        Figures(figures),
        *_next(making),
        *_shares(making),
        *_actions(making, today),
        Section(speak(N_("Read on"))),
        _ways(making),
    ]
    return Page(
        addresses.INDEX,
        speak.words(making.charter.brand),
        addresses.INDEX,
        tuple(blocks),
        eyebrow=speak(N_("Customer-experience charter")),
        said=promise,
    )


def _shares(making: Making) -> Iterator[Block]:
    """Yield for how many customers each rule holds, those that hold for fewest first."""
    speak = making.speak
    found = answers.by_rule(making)
    measured = [
        (rule, share)
        for rule in making.workspace.rules
        if rule.id in found and rule.gravity is not Severity.INFO
        if (share := answers.least_share(found[rule.id], making)) is not None
    ]
    if not measured:
        return
    whole = sum(share.part == 1 for _, share in measured)
    measured = [each for each in measured if each[1].part < 1]
    measured.sort(key=lambda each: each[1].part)
    rows = tuple(
        Row(
            (
                (Link(asked(making, rule, found[rule.id]), addresses.rule(rule.id)),),
                (answers.badge(answers.gravest(found[rule.id]), making),),
                (share,),
            )
        )
        for rule, share in measured
    )
    yield Section(speak(N_("For how many customers")))
    if whole:
        told = speak.many(
            "{number} rule about paths holds for all customers concerned.",
            "{number} rules about paths hold for all customers concerned.",
            whole,
        )
        yield Paragraph(told)
    if not rows:
        return
    yield Paragraph(
        speak(
            N_(
                "The others, each in the segment and the journey where it holds for fewest of the "
                "customers concerned:"
            )
        ),
        is_note=True,
    )
    if any(map(answers.says_assumed, found.values())):
        yield assumed(making)
    columns = (N_("Asked"), N_("Answer"), N_("Holds for"))
    yield LinkedTable(
        speak(N_("For how many customers")), tuple(map(speak, columns)), rows, first=6
    )


def assumed(making: Making) -> Paragraph:
    """Return what is to be known of shares that nobody stated."""
    told = N_("Where it says “of cases”, it is as if every choice were equally likely.")
    return Paragraph(making.speak(told), is_note=True)


def _next(making: Making) -> Iterator[Block]:
    """Yield what is broken and what would mend it, the gravest first."""
    speak = making.speak
    open_ones = [
        finding
        for finding in making.report.findings
        if finding.status is Status.OPEN and finding.severity is not Severity.INFO
    ]
    yield Section(speak(N_("What to do next")))
    if not open_ones:
        yield Paragraph(speak(N_("Nothing asks for attention.")))
        return
    for finding in open_ones[:_MOST_STORIES]:
        links: tuple[Link, ...] = ()
        if finding.rule is not None and finding.verdicts:
            anchor = addresses.finding_anchor(finding.fingerprint)
            address = f"{addresses.rule(finding.rule)}#{anchor}"
            links = (Link(speak(N_("The path, and the proof")), address),)
        yield answers.story(finding, making, links=links, is_short=True)
    more = len(open_ones) - _MOST_STORIES
    if more > 0:
        told = speak.many(
            "{number} more thing asks for attention: see the rules.",
            "{number} more things ask for attention: see the rules.",
            more,
        )
        yield Paragraph(told, is_note=True)


def _actions(making: Making, today: datetime.date) -> Iterator[Block]:
    """Yield the planned actions that are to be done first."""
    speak, workspace = making.speak, making.workspace
    entries = [
        entry
        for entry in written_entries(workspace, workspace.plans)
        if entry.status not in (ActionStatus.DROPPED, ActionStatus.DONE)
    ]
    if not entries:
        return
    entries.sort(key=lambda entry: (entry.due is None, entry.due or today))
    seen = view(workspace, tuple(entries), By.TARGET, making.report)
    teller = ViewTeller(Viewed(workspace, workspace.plans, seen, today), making.names)
    told = [teller.entry(entry) for entry in entries[:_MOST_ACTIONS]]
    yield Section(speak(N_("Planned next")))
    yield LinkedTable(
        speak(N_("The actions that are due first")),
        (speak(N_("Action")), speak(N_("How far"))),
        tuple(
            Row(
                (
                    (Link(each.what, addresses.BY_TARGET),),
                    (Badge("late" if each.is_late else "action", each.state),),
                )
            )
            for each in told
        ),
        first=7,
    )


def _ways(making: Making) -> Cards:
    speak, charter, workspace = making.speak, making.charter, making.workspace
    cards = [
        Card(
            Link(speak(N_("Who we are")), addresses.IDENTITY),
            speak(N_("What customers can count on, and how we relate to them.")),
        ),
        Card(
            Link(speak(N_("Markers")), addresses.MARKERS),
            speak.many(
                "{number} sign of the house, and how it shows wherever people meet us.",
                "{number} signs of the house, and how each shows wherever people meet us.",
                len(charter.markers),
            ),
        ),
        Card(
            Link(speak(N_("Journeys")), addresses.JOURNEYS),
            speak.many(
                "{number} map of the ways that customers take.",
                "{number} maps of the ways that customers take.",
                len(workspace.journeys),
            ),
        ),
        Card(
            Link(speak(N_("Rules")), addresses.RULES),
            speak.many(
                "{number} rule: what we ask of ourselves, and whether it holds.",
                "{number} rules: what we ask of ourselves, and whether it holds.",
                len(workspace.rules),
            ),
        ),
    ]
    if workspace.plans:
        cards.append(
            Card(
                Link(speak(N_("Action plans")), addresses.BY_TARGET),
                speak(N_("For whom, on which channel, by whom and by when.")),
            )
        )
    return Cards(tuple(cards))


def identity_page(making: Making) -> Page:
    """Return the page that says who the brand is, and whom it serves where."""
    chapter = identity.chapter(making)
    blocks: list[Block] = []
    for each in chapter.pages:
        blocks += [Section(each.title, each.anchor), *each.blocks]
    return Page(
        addresses.IDENTITY,
        chapter.title,
        addresses.IDENTITY,
        tuple(blocks),
        lead=chapter.introduction,
    )
