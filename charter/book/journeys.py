"""Where customers meet the brand: each journey on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator

from charter.book.blocks import Block, Chapter, Page, Paragraph, Picture, Table, Term
from charter.book.making import Making
from charter.messages import N_, visible
from charter.pictures import LIGHT, journey_picture
from journeys.model import Control, Journey, Status, Tag, TagStatus, Touchpoint

_RUN_BY = {
    Control.PARTNER: N_("run by a partner"),
    Control.CUSTOMER: N_("run by customers and the public"),
}


def chapter(making: Making) -> Chapter:
    """Return the chapter."""
    speak = making.speak
    return Chapter(
        "journeys",
        speak(N_("Where people meet us")),
        speak(N_("The ways that customers take, moment by moment, and what they meet there.")),
        tuple(
            _page(making, journey)
            for journey in making.workspace.journeys
            if making.audience.touchpoints(journey)
        ),
    )


def _page(making: Making, journey: Journey) -> Page:
    speak, names = making.speak, making.names
    setting = names.settings[journey.id]
    segments = [names.of("segment", each) for each in setting.segment_weights]
    endings = [
        speak.words(outcome.name) if outcome.name else outcome.id
        for outcome in journey.outcomes or ()
    ]
    facts = [Term(speak(N_("For")), ", ".join(segments))]
    if endings:
        facts.append(Term(speak(N_("How it may end")), ", ".join(endings)))
    return Page(
        f"journey-{journey.id}",
        names.of("journey", journey.id),
        tuple(_blocks(making, journey)),
        speak(N_("Journey")),
        tuple(facts),
    )


def _blocks(making: Making, journey: Journey) -> Iterator[Block]:
    speak = making.speak
    there = [each for each in journey.touchpoints if each.status is not Status.RETIRED]
    theirs = [each for each in there if making.audience.channels_of(each)]
    if len(theirs) < len(there):
        yield Paragraph(
            speak.many(
                "Of the {number} moment of this journey, those on your channels:",
                "Of the {number} moments of this journey, those on your channels:",
                len(there),
            ),
            is_note=True,
        )
    yield Table(
        caption=speak(N_("Moment by moment")),
        columns=(
            speak(N_("Moment")),
            speak(N_("Stage")),
            speak(N_("Channel")),
            speak(N_("What people meet there")),
        ),
        rows=tuple(_row(making, touchpoint) for touchpoint in theirs),
        widths=(30, 16, 18, 46),
    )
    name = making.names.of("journey", journey.id)
    look = making.charter.look
    yield Picture(
        svg=journey_picture(
            making.workspace,
            journey.id,
            speak,
            look=LIGHT.with_brand(accent=look.accent, ink=look.ink, paper=look.paper),
        ),
        text=speak(
            N_("Map of the journey {journey}: its moments by stage, and the ways between them."),
            journey=speak.quote(name),
        ),
        caption=speak(N_("Map of the journey {journey}"), journey=speak.quote(name)),
    )


def _row(making: Making, touchpoint: Touchpoint) -> tuple[str, ...]:
    speak, names = making.speak, making.names
    marks = [speak(N_("moment of truth"))] if touchpoint.moment_of_truth else []
    if touchpoint.control in _RUN_BY:
        marks.append(speak(_RUN_BY[touchpoint.control]))
    if touchpoint.status is Status.PLANNED:
        marks.append(speak(N_("planned")))
    name = visible(touchpoint.named(speak.language))
    channels = making.audience.channels_of(touchpoint)
    return (
        f"{name} ({', '.join(marks)})" if marks else name,
        names.of("stage", touchpoint.stage),
        ", ".join(names.of("channel", channel) for channel in channels),
        speak(N_("; ")).join(_tag(making, tag) for tag in touchpoint.markers),
    )


def _tag(making: Making, tag: Tag) -> str:
    """Return a marker as it is met at a touchpoint: for whom, whether yet, and how."""
    speak, names = making.speak, making.names
    told = names.with_role(tag.marker, names.of("marker", tag.marker))
    marks = [names.of("segment", segment) for segment in tag.segments or ()]
    if tag.status is TagStatus.PLANNED:
        marks.append(speak(N_("planned")))
    if marks:
        told = f"{told} ({', '.join(marks)})"
    if tag.how is not None:
        told = speak(N_("{marker}: {how}"), marker=told, how=speak.words(tag.how).rstrip("."))
    return told
