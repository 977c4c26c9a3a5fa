"""Who the brand is: its promise, its values, its posture, and whom it serves where."""

from __future__ import annotations

from collections.abc import Iterator

from charter.book.blocks import (
    Block,
    Chapter,
    Heading,
    Page,
    Paragraph,
    Points,
    Sides,
    Statement,
    Term,
    Terms,
    Tone,
)
from charter.book.making import Making
from charter.brand import Priority, Segment
from charter.messages import N_
from charter.reports import words


def chapter(making: Making) -> Chapter:
    """Return the chapter."""
    speak = making.speak
    pages = [*_promise(making), *_values(making), *_posture(making), _people(making)]
    return Chapter(
        "identity",
        speak(N_("Who we are")),
        speak(N_("What customers can count on, and how we relate to them.")),
        tuple(pages),
    )


def _promise(making: Making) -> Iterator[Page]:
    promise, reviewed = making.charter.promise, making.charter.reviewed
    if promise is None:
        return
    speak = making.speak
    blocks: list[Block] = [Statement(speak.words(promise))]
    if reviewed is not None:
        day = words.date(reviewed, speak)
        told = speak(N_("This charter was last read through on {day}."), day=day)
        blocks.append(Paragraph(told, is_note=True))
    yield Page("promise", speak(N_("Our promise")), tuple(blocks))


def _values(making: Making) -> Iterator[Page]:
    speak, charter, names = making.speak, making.charter, making.names
    if not charter.values:
        return
    terms = []
    for value in charter.values:
        markers = names.quoted("marker", charter.markers_of_value(value.id))
        shown = speak(N_("Recognised by: {markers}"), markers=", ".join(markers))
        told = shown if markers else speak(N_("No marker makes it concrete yet."))
        terms.append(Term(names.of("value", value.id), making.words(value.meaning), told))
    introduction = speak(N_("Each value is made concrete by markers: signs that people recognise."))
    yield Page(
        "values",
        speak(N_("Our values")),
        (Paragraph(introduction), Terms(tuple(terms), is_large=True)),
    )


def _posture(making: Making) -> Iterator[Page]:
    speak, posture = making.speak, making.charter.posture
    if posture is None or not (posture.is_ or posture.is_not):
        return
    sides = Sides(
        Points(speak(N_("We are")), making.all_words(posture.is_), Tone.YES),
        Points(speak(N_("We are not")), making.all_words(posture.is_not), Tone.NO),
    )
    introduction = speak(N_("How we relate to people, whatever the moment and the channel."))
    yield Page("posture", speak(N_("Our posture")), (Paragraph(introduction), sides))


def _people(making: Making) -> Page:
    speak, charter, names = making.speak, making.charter, making.names
    total = sum(segment.weight for segment in charter.all_segments)
    blocks: list[Block] = []
    if charter.segments:
        blocks += [Heading(speak(N_("Whom we serve"))), _segments(making, charter.segments, total)]
    channels = tuple(names.of("channel", c.id) for c in making.audience.of_charter(charter))
    stages = tuple(names.of("stage", stage.id) for stage in charter.stages)
    blocks += [
        Sides(
            Points(speak(N_("Where they meet us")), channels),
            Points(speak(N_("The stages of their way")), stages),
        )
    ]
    return Page("people", speak(N_("Whom we serve, and where")), tuple(blocks))


def _segments(making: Making, segments: tuple[Segment, ...], total: float) -> Terms:
    speak = making.speak
    terms = []
    for segment in segments:
        share = speak(N_("{share} of customers"), share=speak.percent(segment.weight / total))
        is_first = segment.priority is Priority.HIGH
        first = speak(N_("They come first for us.")) if is_first else ""
        terms.append(Term(making.names.of("segment", segment.id), share, first))
    return Terms(tuple(terms))
