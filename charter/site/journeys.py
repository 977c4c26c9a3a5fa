"""Journeys: a page each, with its map and its touchpoints, for everybody and for each segment."""

from __future__ import annotations

from collections.abc import Iterator

from charter.book.blocks import Heading, Paragraph, Term
from charter.book.making import Making
from charter.findings import Severity, Status
from charter.messages import N_, visible
from charter.pictures import journey_picture
from charter.reports import words
from charter.reports.telling import tell
from charter.site import addresses, look
from charter.site.blocks import (
    Badge,
    Block,
    Card,
    Cards,
    Cell,
    Choices,
    Drawing,
    Link,
    LinkedTable,
    Page,
    Part,
    Row,
)
from journeys.model import Control, Journey, TagStatus, Touchpoint
from journeys.model import Status as TouchpointStatus

_RUN_BY = {
    Control.PARTNER: N_("run by a partner"),
    Control.CUSTOMER: N_("run by customers and the public"),
}


def overview(making: Making) -> Page:
    """Return the page of all journeys."""
    speak, names = making.speak, making.names
    cards = []
    for journey in making.workspace.journeys:
        count = sum(each.status is not TouchpointStatus.RETIRED for each in journey.touchpoints)
        told = speak.many("{number} touchpoint", "{number} touchpoints", count)
        link = Link(names.of("journey", journey.id), addresses.journey(journey.id))
        cards.append(Card(link, f"{told} · {', '.join(_segments(making, journey).values())}"))
    return Page(
        addresses.JOURNEYS,
        speak(N_("Journeys")),
        addresses.JOURNEYS,
        (Cards(tuple(cards)),),
        lead=speak(N_("The ways that customers take, moment by moment, and what they meet there.")),
    )


def _segments(making: Making, journey: Journey) -> dict[str, str]:
    """Return the segments that a journey is for, with their names."""
    weights = making.names.settings[journey.id].segment_weights
    return {each: making.names.of("segment", each) for each in weights}


def pages(making: Making) -> Iterator[Page]:
    """Yield the pages of each journey: everybody's first, then each segment's."""
    for journey in making.workspace.journeys:
        segments = _segments(making, journey)
        yield _page(making, journey, segments, None)
        if len(segments) > 1:
            for segment in segments:
                yield _page(making, journey, segments, segment)


def _page(making: Making, journey: Journey, segments: dict[str, str], segment: str | None) -> Page:
    speak, names = making.speak, making.names
    name = names.of("journey", journey.id)
    title = name if segment is None else f"{name} · {segments[segment]}"
    everybody = Link(speak(N_("Everybody")), addresses.journey(journey.id))
    choices = [
        everybody,
        *(Link(told, addresses.journey(journey.id, each)) for each, told in segments.items()),
    ]
    blocks: list[Block] = []
    if len(segments) > 1:
        current = addresses.journey(journey.id, segment)
        blocks.append(Choices(speak(N_("For whom")), tuple(choices), current))
    blocks += [
        Drawing(
            journey_picture(
                making.workspace,
                journey.id,
                speak,
                segment=segment,
                look=look.of_pictures(making.charter.look),
            ),
            speak.naming(N_("Map of the journey “{journey}”"), journey=title),
        ),
        Heading(speak(N_("Moment by moment"))),
        _touchpoints(making, journey, segment),
        *_findings(making, journey, segment),
    ]
    endings = [
        speak.words(outcome.name) if outcome.name else outcome.id
        for outcome in journey.outcomes or ()
    ]
    told = tuple(segments.values()) if segment is None else (segments[segment],)
    facts = [Term(speak(N_("For")), ", ".join(told))]
    if endings:
        facts.append(Term(speak(N_("How it may end")), ", ".join(endings)))
    if journey.shares is not None:
        observed = visible(journey.shares.observed or "")
        source = speak.words(journey.shares.source)
        facts.append(
            Term(speak(N_("Shares counted from")), ", ".join(filter(None, (source, observed))))
        )
    return Page(
        addresses.journey(journey.id, segment),
        title,
        addresses.JOURNEYS,
        tuple(blocks),
        eyebrow=speak(N_("Journey")),
        above=Link(speak(N_("Journeys")), addresses.JOURNEYS),
        facts=tuple(facts),
    )


def _touchpoints(making: Making, journey: Journey, segment: str | None) -> LinkedTable:
    speak = making.speak
    there = {each.id: each for each in _there(making, journey, segment)}
    columns = (
        N_("Moment"),
        N_("Stage"),
        N_("Channel"),
        N_("What people meet there"),
        N_("Leads to"),
    )
    rows = tuple(
        Row(
            (
                _moment(making, each),
                (making.names.of("stage", each.stage),),
                (", ".join(making.names.of("channel", c) for c in each.channel_shares),),
                tuple(_met(making, each, segment)),
                tuple(_onward(making, journey, each, there, segment)),
            ),
            addresses.touchpoint_anchor(each.id),
        )
        for each in there.values()
    )
    return LinkedTable(speak(N_("Moment by moment")), tuple(map(speak, columns)), rows)


def _there(making: Making, journey: Journey, segment: str | None) -> Iterator[Touchpoint]:
    """Yield the touchpoints that are there, or are to come; for a segment, those on its paths."""
    graph = making.names.settings[journey.id].graph
    walked = None
    if segment is not None:
        bits = graph.bits([segment])
        walked = {
            stop.touchpoint.id
            for stop, open_to in zip(graph.stops, graph.walked, strict=True)
            if open_to & bits
        }
    for touchpoint in journey.touchpoints:
        if touchpoint.status is TouchpointStatus.RETIRED:
            continue
        if walked is None or touchpoint.id in walked:
            yield touchpoint


def _moment(making: Making, touchpoint: Touchpoint) -> Cell:
    speak = making.speak
    parts: list[Part] = [visible(touchpoint.named(speak.language))]
    for is_so, kind, word in (
        (touchpoint.entry, "entry", N_("entry")),
        (touchpoint.moment_of_truth, "truth", N_("moment of truth")),
        (touchpoint.exit is not None, "exit", N_("exit")),
        (touchpoint.status is TouchpointStatus.PLANNED, "planned", N_("planned")),
    ):
        if is_so:
            parts.append(Badge(kind, speak(word)))
    if touchpoint.control in _RUN_BY:
        parts.append(speak(_RUN_BY[touchpoint.control]))
    if touchpoint.owner:
        parts.append(visible(touchpoint.owner))
    return tuple(parts)


def _met(making: Making, touchpoint: Touchpoint, segment: str | None) -> Iterator[Part]:
    """Yield the markers of a touchpoint, each a link, with for whom and how."""
    speak, names = making.speak, making.names
    for tag in touchpoint.markers:
        if segment is not None and tag.segments is not None and segment not in tag.segments:
            continue
        notes = []
        if segment is None and tag.segments is not None:
            notes.append(", ".join(names.of("segment", each) for each in tag.segments))
        if tag.status is TagStatus.PLANNED:
            notes.append(speak(N_("planned")))
        if tag.how is not None:
            notes.append(speak.words(tag.how))
        name = names.with_role(tag.marker, names.of("marker", tag.marker))
        yield Link(name, addresses.marker(tag.marker), speak(N_("; ")).join(notes))


def _onward(
    making: Making,
    journey: Journey,
    touchpoint: Touchpoint,
    there: dict[str, Touchpoint],
    segment: str | None,
) -> Iterator[Part]:
    """Yield the touchpoints that may follow."""
    speak = making.speak
    for step in touchpoint.next:
        if segment is not None and step.segments is not None and segment not in step.segments:
            continue
        if step.to in there:
            name = visible(there[step.to].named(speak.language))
            because = speak.words(step.because) if step.because else ""
            yield Link(name, addresses.touchpoint(journey.id, step.to, segment), because)


def _findings(making: Making, journey: Journey, segment: str | None) -> Iterator[Block]:
    """Yield what isn't so yet on a journey, each with the rule that it breaks."""
    speak = making.speak
    rows = []
    for finding in making.report.findings:
        if finding.journey != journey.id or finding.rule is None or not finding.verdicts:
            continue
        if finding.status is not Status.OPEN or finding.severity is Severity.OFF:
            continue
        concerned = {verdict.segment for verdict in finding.verdicts}
        if segment is not None and concerned.isdisjoint({segment, None}):
            continue
        anchor = addresses.finding_anchor(finding.fingerprint)
        told = tell(finding, making.names)
        rows.append(
            Row(
                (
                    (Link(told.headline, f"{addresses.rule(finding.rule)}#{anchor}"),),
                    (Badge(str(finding.severity), speak(words.SEVERITIES[finding.severity])),),
                    (told.who,),
                )
            )
        )
    yield Heading(speak(N_("What isn't so yet")))
    if not rows:
        yield Paragraph(speak(N_("Nothing asks for attention.")))
        return
    columns = (N_("Asked"), N_("Severity"), N_("Who"))
    yield LinkedTable(
        speak(N_("What isn't so yet")), tuple(map(speak, columns)), tuple(rows), first=6
    )
