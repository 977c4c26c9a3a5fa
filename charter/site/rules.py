"""Rules: what is asked, and a page each with every verdict and the path that breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charter.book.blocks import Heading, Paragraph, Points, Term
from charter.book.making import Making
from charter.book.proof import answer_in_words, asked_in_words
from charter.findings import Answer, Finding, Severity, Verdict
from charter.messages import N_, visible
from charter.pictures import journey_picture
from charter.reports import words
from charter.reports.telling import tell
from charter.rules import Rule
from charter.rules.documentation import title
from charter.rules.kind import OfJourneys
from charter.rules.path import PathRule
from charter.site import addresses, answers, look
from charter.site.blocks import Block, Cell, Drawing, Link, LinkedTable, Page, Row
from journeys.customers import ShareBasis

_BASES = {
    ShareBasis.OBSERVED: N_("shares of customers are as they were observed."),
    ShareBasis.STATED: N_("shares of customers are as the journey states them."),
    ShareBasis.ASSUMED: N_(
        "nobody stated all shares of customers: cases are told, as if every choice were equally "
        "likely."
    ),
}


def asked(making: Making, rule: Rule, verdicts: Sequence[Verdict]) -> str:
    """Return what a rule asks in words."""
    return asked_in_words(making, rule, verdicts)


def overview(making: Making) -> Page:
    """Return the page of all rules, with how each is answered."""
    speak = making.speak
    found = answers.by_rule(making)
    rows = []
    for rule in making.workspace.rules:
        if rule.id not in found:
            continue
        verdicts = found[rule.id]
        share = answers.least_share(verdicts, making)
        rows.append(
            Row(
                (
                    (Link(asked(making, rule, verdicts), addresses.rule(rule.id)),),
                    (
                        answers.badge(answers.gravest(verdicts), making),
                        answer_in_words(verdicts, speak),
                    ),
                    (share,) if share is not None else (),
                )
            )
        )
    columns = (N_("Asked"), N_("Answer"), N_("Holds for"))
    table = LinkedTable(
        speak(N_("What we ask of ourselves")), tuple(map(speak, columns)), tuple(rows), first=6
    )
    blocks: tuple[Block, ...] = (table,)
    if not rows:
        blocks = (Paragraph(speak(N_("No rule is asked."))),)
    return Page(
        addresses.RULES,
        speak(N_("Rules")),
        addresses.RULES,
        blocks,
        lead=speak(N_("What we ask of ourselves on every path, and whether it holds.")),
    )


def pages(making: Making) -> Iterator[Page]:
    """Yield a page for each rule that is asked."""
    found = answers.by_rule(making)
    for rule in making.workspace.rules:
        if rule.id in found:
            yield _page(making, rule, found[rule.id])


def _page(making: Making, rule: Rule, verdicts: Sequence[Verdict]) -> Page:
    speak = making.speak
    told = asked(making, rule, verdicts)
    kind = title(type(rule), speak.language)
    blocks: list[Block] = []
    if told != kind:
        blocks.append(Paragraph(kind))
    why = making.words(rule.why)
    if why:
        blocks.append(Points(speak(N_("Why")), (why,)))
    blocks += [
        Heading(speak(N_("What was found"))),
        Paragraph(f"{answer_in_words(verdicts, speak)}."),
        *(Paragraph(each, is_note=True) for each in _scope(making, rule, verdicts)),
        *_tables(making, verdicts),
        *_broken(making, rule),
    ]
    facts = (
        Term(speak(N_("Rule")), rule.id),
        Term(speak(N_("Kind")), f"{rule.name()} ({rule.code})"),
        Term(speak(N_("Severity")), speak(words.SEVERITIES[rule.gravity])),
    )
    return Page(
        addresses.rule(rule.id),
        told,
        addresses.RULES,
        tuple(blocks),
        eyebrow=speak(N_("Rule")),
        above=Link(speak(N_("Rules")), addresses.RULES),
        facts=facts,
        said=f"{rule.id} {rule.name()} {rule.code} {why}",
    )


def _scope(making: Making, rule: Rule, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield over what it was proved, what was left out, and what its shares rest on."""
    speak, names = making.speak, making.names
    journeys = list(dict.fromkeys(v.journey for v in verdicts if v.journey))
    told = speak.all_of(names.quoted("journey", journeys))
    if isinstance(rule, PathRule):
        segments = dict.fromkeys(v.segment for v in verdicts if v.segment)
        whom = speak.all_of(names.of("segment", each) for each in segments)
        every = N_("Every path through {journeys} was followed, for {segments}.")
        yield speak(every, journeys=told, segments=whom)
        left_out = sum(
            not stop.is_counted for each in journeys for stop in names.settings[each].graph.stops
        )
        if left_out:
            yield speak.many(
                "{number} moment that customers run themselves is no step of ours, and left out.",
                "{number} moments that customers run themselves are no steps of ours, and left "
                "out.",
                left_out,
            )
        if rule.for_share is not None:
            enough = N_("It is enough that it holds for {share} of the customers concerned.")
            yield speak(enough, share=speak.percent(rule.for_share))
    elif isinstance(rule, OfJourneys) and journeys:
        yield speak(N_("What was looked at: {journeys}."), journeys=told)
    else:
        yield speak(N_("What was looked at: the charter and its plans."))
    for basis, sentence in _BASES.items():
        where = dict.fromkeys(v.journey for v in verdicts if v.share_basis == basis and v.journey)
        if where:
            journeys_told = speak.all_of(names.quoted("journey", where))
            yield speak(N_("{caption}: {text}"), caption=journeys_told, text=speak(sentence))


def _tables(making: Making, verdicts: Sequence[Verdict]) -> Iterator[Block]:
    """Yield a table for each journey: what is asked for, by the segments that are asked."""
    by_journey: dict[str | None, list[Verdict]] = {}
    for verdict in verdicts:
        by_journey.setdefault(verdict.journey, []).append(verdict)
    for journey, own in by_journey.items():
        yield _table(making, journey, own)


def _table(making: Making, journey: str | None, verdicts: Sequence[Verdict]) -> LinkedTable:
    speak, names = making.speak, making.names
    segments = list(dict.fromkeys(verdict.segment for verdict in verdicts))
    rows: dict[str, dict[str | None, list[Verdict]]] = {}
    for verdict in verdicts:
        about = _about(making, verdict)
        rows.setdefault(about, {}).setdefault(verdict.segment, []).append(verdict)
    columns = [
        names.of("segment", each) if each is not None else speak(N_("Answer")) for each in segments
    ]
    caption = names.of("journey", journey) if journey is not None else speak(N_("The charter"))
    return LinkedTable(
        caption,
        (speak(N_("Asked for")), *columns),
        tuple(
            Row(((about,), *(_cell(making, cells.get(segment, ())) for segment in segments)))
            for about, cells in rows.items()
        ),
        is_grid=True,
        shows_caption=True,
    )


def _about(making: Making, verdict: Verdict) -> str:
    """Return what a verdict is about, besides its journey and its segment."""
    names, speak = making.names, making.speak
    parts = [
        names.of(what, identifier)
        for what in ("marker", "value", "channel", "stage", "action")
        if (identifier := getattr(verdict, what)) is not None
    ]
    if verdict.touchpoint is not None and verdict.journey is not None:
        parts.append(names.stop(verdict.journey, verdict.touchpoint))
    if verdict.owner is not None:
        parts.append(visible(verdict.owner))
    return " · ".join(parts) or speak(N_("what is asked"))


def _cell(making: Making, verdicts: Sequence[Verdict]) -> Cell:
    if not verdicts:
        return ()
    share = answers.least_share(verdicts, making)
    told = answers.badge(answers.gravest(verdicts), making)
    is_whole = share is None or share.part == 1 or told.kind == Answer.VACUOUS
    return (told,) if share is None or is_whole else (told, share)


def _broken(making: Making, rule: Rule) -> Iterator[Block]:
    """Yield what breaks a rule: the shortest path of each finding, and the map with it."""
    speak = making.speak
    found = [
        finding
        for finding in making.report.findings
        if finding.rule == rule.id and finding.verdicts and finding.severity is not Severity.OFF
    ]
    if not found:
        return
    yield Heading(speak(N_("What isn't so yet")))
    for number, finding in enumerate(found):
        yield answers.story(finding, making, drawing=_drawing(making, finding), is_open=number == 0)


def _drawing(making: Making, finding: Finding) -> Drawing | None:
    """Return the journey with the path that breaks a rule pointed out, where a path does."""
    witness = finding.verdicts[0].witness
    if not witness or finding.journey is None:
        return None
    speak, names = making.speak, making.names
    svg = journey_picture(
        making.workspace,
        finding.journey,
        speak,
        witness=witness,
        look=look.of_pictures(making.charter.look),
        caption=tell(finding, names).headline,
    )
    caption = N_("The path on the map of “{journey}”")
    return Drawing(svg, speak.naming(caption, journey=names.of("journey", finding.journey)))
