"""What makes the brand recognisable: each marker on a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from charter.book.blocks import (
    Block,
    Chapter,
    Expressed,
    Grid,
    Heading,
    Mark,
    Page,
    Paragraph,
    Points,
    Term,
    Terms,
    Tone,
)
from charter.book.making import Making
from charter.brand import Bearer, Cue, Expression, Marker, Priority, Role
from charter.findings import Severity
from charter.messages import N_, visible
from journeys.model import TagStatus, Touchpoint

ROLES = {
    Role.SIGNATURE: N_("Signature marker"),
    Role.BASIC: N_("Basic need"),
    Role.IRRITANT: N_("Irritant"),
}
_BORNE_BY = {
    Bearer.PERSON: N_("a person"),
    Bearer.PLACE: N_("a place"),
    Bearer.TEXT: N_("a text"),
    Bearer.PRODUCT: N_("a product"),
}
_ROLE_TOLD = {
    Role.SIGNATURE: N_("A sign by which people know that it is us."),
    Role.BASIC: N_("What anybody is owed, by us or by any other brand."),
    Role.IRRITANT: N_("A practice that customers meet today, and that we want gone."),
}
_MOST_COLUMNS = 9
"""More channels than that don't fit side by side."""
_MOST_REASONS = 4


def chapter(making: Making) -> Chapter:
    """Return the chapter."""
    speak = making.speak
    concerned = [
        marker
        for marker in making.charter.markers
        if making.audience.is_concerned_by(marker, making.workspace)
    ]
    # Signatures come first, whatever the order of the files.
    in_order = sorted(concerned, key=lambda marker: list(Role).index(marker.role))
    pages = [_overview(making, in_order)] if in_order else []
    pages += [_page(making, marker) for marker in in_order]
    return Chapter(
        "markers",
        speak(N_("How people recognise us")),
        speak(N_("The signs of the house, and how each shows wherever people meet us.")),
        tuple(pages),
    )


def _overview(making: Making, markers: Iterable[Marker]) -> Page:
    speak, names = making.speak, making.names
    channels = making.audience.of_charter(making.charter)
    shown = [marker for marker in markers if marker.role is not Role.IRRITANT]
    legend = (
        (Mark.SHOWN, speak(N_("it shows here"))),
        (Mark.NOT_FOR, speak(N_("deliberately not here"))),
        (Mark.UNWRITTEN, speak(N_("asked for here, still to be written"))),
    )
    blocks: list[Block] = []
    for start in range(0, len(channels), _MOST_COLUMNS):
        part = channels[start : start + _MOST_COLUMNS]
        rows = tuple(
            (
                names.of("marker", marker.id),
                tuple(_mark(making, marker, channel.id) for channel in part),
            )
            for marker in shown
        )
        columns = tuple(names.of("channel", channel.id) for channel in part)
        caption = speak(N_("Markers by channel"))
        blocks.append(Grid(caption, speak(N_("Marker")), columns, rows, legend))
    return Page("overview", speak(N_("All markers at a glance")), tuple(blocks))


def _mark(making: Making, marker: Marker, channel: str) -> Mark:
    if marker.is_expressed_on(channel):
        return Mark.SHOWN
    if marker.is_not_for(channel):
        return Mark.NOT_FOR
    return Mark.UNWRITTEN if channel in _unwritten(making, marker) else Mark.NOTHING


def _unwritten(making: Making, marker: Marker) -> set[str]:
    """Return the channels where it is tagged, and nothing says how it shows there."""
    return {
        channel
        for journey in making.workspace.journeys
        for touchpoint in journey.touchpoints
        for tag in touchpoint.markers
        if tag.marker == marker.id and tag.how is None
        for channel in making.audience.channels_of(touchpoint)
        if channel not in marker.expressions
    }


def _page(making: Making, marker: Marker) -> Page:
    return Page(
        f"marker-{marker.id}",
        making.names.of("marker", marker.id),
        (*told(making, marker), *_met(making, marker)),
        making.speak(ROLES[marker.role]),
        facts(making, marker),
    )


def facts(making: Making, marker: Marker) -> tuple[Term, ...]:
    """Return what is said of a marker in a line: its values, who bears it, who answers for it."""
    speak, names = making.speak, making.names
    found = []
    if marker.values:
        values = ", ".join(names.of("value", value) for value in marker.values)
        found.append(Term(speak(N_("Values")), values))
    if marker.borne_by is not None:
        found.append(Term(speak(N_("Borne by")), speak(_BORNE_BY[marker.borne_by])))
    if marker.owner:
        found.append(Term(speak(N_("Answers for it")), visible(marker.owner)))
    return tuple(found)


def told(making: Making, marker: Marker) -> Iterator[Block]:
    """Yield what a marker is, why it is there, and how it shows where and to whom."""
    yield from _why(making, marker)
    yield from _shows(making, marker)
    yield from _writing(making, marker)
    yield from _adaptations(making, marker)
    yield from _never(making, marker)


def _why(making: Making, marker: Marker) -> Iterator[Block]:
    """Yield what it is, and why it is there."""
    speak, charter = making.speak, making.charter
    yield Paragraph(speak(_ROLE_TOLD[marker.role]))
    meanings = {value.id: making.words(value.meaning) for value in charter.values}
    reasons = [meanings[value] for value in marker.values if meanings.get(value)]
    reasons += dict.fromkeys(
        speak.words(rule.why)
        for rule in making.workspace.rules
        if rule.why and rule.gravity is not Severity.OFF and marker.id in _named(rule)
    )
    if reasons:
        yield Points(speak(N_("Why")), tuple(dict.fromkeys(reasons))[:_MOST_REASONS])


def _named(rule: object) -> tuple[str, ...]:
    """Return the markers that a rule names one by one."""
    markers, any_of = getattr(rule, "markers", None), getattr(rule, "any_of", None)
    return (*(markers or ()), *(any_of or ()))


def _shows(making: Making, marker: Marker) -> Iterator[Block]:
    """Yield how it shows, channel by channel."""
    speak = making.speak
    shown = [
        _expressed(making, channel.id, marker.expressions[channel.id])
        for channel in making.audience.of_charter(making.charter)
        if marker.is_expressed_on(channel.id)
    ]
    if shown:
        yield Heading(speak(N_("How it shows")))
        yield from shown
    unwritten = _unwritten(making, marker)
    missing = [
        making.names.of("channel", channel.id)
        for channel in making.audience.of_charter(making.charter)
        if channel.id in unwritten
    ]
    if missing and marker.role is not Role.IRRITANT:
        asked = N_("Asked for too, and still to be written: {channels}.")
        yield Paragraph(speak(asked, channels=speak.all_of(missing)), is_note=True)


def _expressed(making: Making, channel: str, expression: Expression) -> Expressed:
    speak = making.speak
    return Expressed(
        making.names.of("channel", channel),
        making.words(expression.text),
        Points(speak(N_("Do")), making.all_words(expression.do), Tone.YES),
        Points(speak(N_("Don't")), making.all_words(expression.dont), Tone.NO),
        making.words(expression.example),
    )


# What is plainly a word or a phrase, not a pattern of signs.
_PHRASE = re.compile(r"[^\\^$*+?()\[\]{}|]{1,80}")


def _writing(making: Making, marker: Marker) -> Iterator[Block]:
    """Yield what is said of texts, as far as it can be said without patterns."""
    speak = making.speak
    terms = []
    for channel, cues in marker.cues.items():
        if channel != "any" and not making.audience.has(channel):
            continue
        name = making.names.of("channel", channel) if channel != "any" else ""
        for cue in cues:
            terms += [Term(name or speak(N_("Everywhere")), each) for each in _cue(making, cue)]
    if terms:
        yield Heading(speak(N_("In writing")))
        yield Terms(tuple(terms))


def _cue(making: Making, cue: Cue) -> Iterator[str]:
    speak = making.speak
    words = [speak.quote(visible(each)) for each in cue.forbids if _PHRASE.fullmatch(each)]
    if words:
        avoid = speak(N_("Don't write {words}."), words=speak.any_of(words))
        instead = making.words(cue.say)
        write = speak(N_("Write {words}."), words=speak.quote(instead)) if instead else ""
        yield " ".join(filter(None, (avoid, write)))
    for avoided, better in cue.swap.items():
        if _PHRASE.fullmatch(avoided):
            yield speak(
                N_("Write {better}, not {avoided}."),
                better=speak.quote(visible(better)),
                avoided=speak.quote(visible(avoided)),
            )
    if cue.at_most_words_a_sentence:
        yield speak.many(
            "At most {number} word a sentence.",
            "At most {number} words a sentence.",
            cue.at_most_words_a_sentence,
        )


def _adaptations(making: Making, marker: Marker) -> Iterator[Block]:
    speak, names = making.speak, making.names
    terms = []
    for segment in making.charter.all_segments:
        if segment.id in marker.adaptations:
            is_first = segment.priority is Priority.HIGH
            note = speak(N_("They come first for us.")) if is_first else ""
            text = speak.words(marker.adaptations[segment.id])
            terms.append(Term(names.of("segment", segment.id), text, note))
    if terms:
        yield Heading(speak(N_("For some, more")))
        yield Terms(tuple(terms))


def _never(making: Making, marker: Marker) -> Iterator[Block]:
    """Yield where it deliberately doesn't show, and why."""
    terms = [
        Term(making.names.of("channel", channel.id), making.words(expression.not_for))
        for channel in making.audience.of_charter(making.charter)
        if (expression := marker.expressions.get(channel.id)) and expression.not_for
    ]
    if terms:
        yield Heading(making.speak(N_("Never here")))
        yield Terms(tuple(terms))


def _met(making: Making, marker: Marker) -> Iterator[Block]:
    """Yield where customers meet it, journey by journey."""
    terms = []
    for journey in making.workspace.journeys:
        moments = [
            moment
            for touchpoint in making.audience.touchpoints(journey)
            if (moment := _moment(making, marker, touchpoint))
        ]
        if moments:
            terms.append(Term(making.names.of("journey", journey.id), ", ".join(moments)))
    if terms:
        yield Heading(making.speak(N_("Where customers meet it")))
        yield Terms(tuple(terms))


def _moment(making: Making, marker: Marker, touchpoint: Touchpoint) -> str:
    """Return the name of a touchpoint that carries a marker; nothing where it doesn't."""
    tags = [tag for tag in touchpoint.markers if tag.marker == marker.id]
    if not tags:
        return ""
    name = visible(touchpoint.named(making.speak.language))
    if all(tag.status is TagStatus.PLANNED for tag in tags):
        return making.speak(N_("{place} (planned)"), place=name)
    return name
