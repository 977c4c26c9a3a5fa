"""What a workshop proposes to change in the charter: each change with its support.

Nothing is changed here, and nothing names a participant. What the charter says already, and what
it has no place for any more, is told apart from what can still be done.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from charter.amendments import CHARTER, Amendment, Express, Introduce, Place, Put, Tag, free_id
from charter.brand import Channel, Charter, Marker, Priorities, Priority, Role, Segment
from charter.expressing import is_bilingual
from charter.messages import N_
from charter.messages.workshop import FEELINGS, GRADE_NAMES, LEVELS
from charter.workshop.answers import Answer, Idea, Irritant, line_of
from charter.workshop.proposals import Name, Proposal, Standing, Told, What, told
from charter.workshop.results import Group, Results, Tally, results_of
from charter.workshop.rounds import Card, Kind, Round, Subject
from charter.workshop.running import Workshop
from charter.workspace import Workspace
from journeys.document import Words
from journeys.model import Evidence, TagStatus, Touchpoint
from journeys.plain import Plain

LEAST = 2
"""How many people have to say something for it to be advised; less is one person's opinion."""
FELT_BY = 0.5
"""The share of those who answered about a touchpoint that has to feel a marker there."""


@dataclass(frozen=True)
class RoundOutcome:
    """A round, what it came to, and what it proposes."""

    round: Round
    results: Results
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Outcome:
    """What a workshop came to."""

    workshop: Workshop
    rounds: tuple[RoundOutcome, ...]

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All that is proposed, round by round."""
        return tuple(chain.from_iterable(each.proposals for each in self.rounds))

    def of(self, standing: Standing) -> tuple[Proposal, ...]:
        """Return what stands so."""
        return tuple(each for each in self.proposals if each.standing is standing)

    def chosen(self, ids: Iterable[str]) -> tuple[Proposal, ...]:
        """Return what can be done of some proposals, by their ids, in the order of the rounds."""
        wanted = set(ids)
        return tuple(each for each in self.of(Standing.OPEN) if each.id in wanted)


def outcome_of(
    workshop: Workshop,
    answers: Mapping[str, Sequence[Answer]],
    workspace: Workspace,
    language: str,
) -> Outcome:
    """Return what a workshop came to, and what it proposes to change in a workspace.

    Args:
        workshop: The workshop.
        answers: Those of each round, by its id.
        workspace: The charter as it is now.
        language: What new texts are said in, where the charter says its texts by language.
    """
    results = {each.id: results_of(each, answers.get(each.id, ())) for each in workshop.rounds}
    dots = _Dots(workshop, results)
    charter = workspace.charter
    ground = _Ground(workspace, language, {marker.id for marker in charter.markers})
    return Outcome(
        workshop,
        tuple(
            RoundOutcome(
                each,
                results[each.id],
                _once(_proposals(each, results[each.id], ground, dots)),
            )
            for each in workshop.rounds
        ),
    )


def _once(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return proposals with what is gone told once, however much was said of it."""
    return tuple({each.id: each for each in proposals}.values())


# What is there.


@dataclass(frozen=True)
class _Dots:
    """The dots that ideas got, in the rounds about them."""

    workshop: Workshop
    results: Mapping[str, Results]

    def of(self, round: Round, group: Group) -> int:
        """Return the dots that an idea of a round got."""
        return sum(
            tally.total
            for each in self.workshop.rounds
            if each.subject is Subject.IDEAS and each.of == round.id
            for tally in self.results[each.id].tallies
            if tally.key.isdecimal() and int(tally.key) in group.numbers
        )


@dataclass(frozen=True)
class _Ground:
    """The charter that proposals are held against.

    Attributes:
        taken: The ids of markers, with those that are proposed.
    """

    workspace: Workspace
    language: str
    taken: set[str]
    _stops: dict[tuple[str, str], Touchpoint] = field(default_factory=dict)
    _new: dict[tuple[str, bool], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for journey in self.workspace.journeys:
            for each in journey.touchpoints:
                self._stops[journey.id, each.id] = each

    @property
    def charter(self) -> Charter:
        return self.workspace.charter

    def marker(self, id: str) -> Marker | None:
        return self.charter.markers_by_id.get(id)

    def marker_called(self, name: str, *, is_irritant: bool = False) -> Marker | None:
        """Return the marker, or the irritant, of a name in any language; None where none is."""
        return next(
            (
                marker
                for marker in self.charter.markers
                if (marker.role is Role.IRRITANT) is is_irritant
                and any(_plain(text) == _plain(name) for _, text in marker.name.texts)
            ),
            None,
        )

    def channel(self, id: str) -> Channel | None:
        return next((each for each in self.charter.channels if each.id == id), None)

    def segment(self, id: str) -> Segment | None:
        return next((each for each in self.charter.segments if each.id == id), None)

    def stop(self, round: Round, id: str) -> tuple[Place, Touchpoint] | None:
        """Return a touchpoint of a round's journey, of any where it has none; None if gone."""
        for (journey, touchpoint), found in self._stops.items():
            if touchpoint == id and round.journey in ("", journey):
                return Place("touchpoint", id, journey), found
        return None

    def said(self, text: str, marker: Marker | None = None) -> Plain:
        """Return a new text as the charter's texts are said: by language, or not."""
        return {self.language: text} if is_bilingual(self.charter, marker) else text

    def new_marker(self, name: str, *, is_irritant: bool = False) -> Place:
        """Return where a new marker goes: one of the same name goes to the same place."""
        called = _plain(name), is_irritant
        if called not in self._new:
            self._new[called] = free_id(name[:_LONGEST_ID], self.taken, "marker")
            self.taken.add(self._new[called])
        return Place("marker", self._new[called])


_LONGEST_ID = 40


def _plain(name: str) -> str:
    return line_of(name).casefold()


def _named(thing: Marker | Channel | Segment | Touchpoint) -> Words:
    return thing.name or Words.of(thing.id)


_GONE = {
    "marker": N_("The marker “{name}” isn't there any more."),
    "touchpoint": N_("The touchpoint “{name}” isn't there any more."),
    "channel": N_("The channel “{name}” isn't there any more."),
    "segment": N_("The segment “{name}” isn't there any more."),
    "value": N_("The value “{name}” isn't there any more; the marker comes without it."),
    "idea": N_("The idea “{name}” was taken back."),
}


def _gone(round: Round, what: What, kind: str, card: Card | None, key: str, asked: int) -> Proposal:
    """Return what tells that something isn't there any more."""
    return Proposal(
        f"{round.id}-gone-{kind}-{key}",
        round.id,
        what,
        Standing.GONE,
        told(_GONE[kind], name=card.name if card else key),
        0,
        asked,
        told(N_("{asked} answered about it"), asked=asked),
    )


# Round by round.


def _proposals(round: Round, results: Results, ground: _Ground, dots: _Dots) -> Iterator[Proposal]:
    match round.kind:
        case Kind.PROPOSE:
            yield from _markers(round, results, ground, dots)
        case Kind.TAG:
            yield from _tags(round, results, ground)
        case Kind.EXPRESS:
            yield from _expressions(round, results, ground)
        case Kind.EMOTION:
            yield from _medians(round, results, ground, What.EMOTION, _emotion)
        case Kind.IRRITANTS:
            yield from _irritants(round, results, ground, dots)
        case Kind.EFFORT:
            yield from _medians(round, results, ground, What.EFFORT, _effort)
        case Kind.DOTS:
            yield from _spent(round, results, ground, dots)


def _idea_backing(group: Group, asked: int, spent: int) -> Told:
    if spent:
        message = N_("said by {support} of {asked} · dots: {dots}")
        return told(message, support=group.support, asked=asked, dots=spent)
    return told(N_("said by {support} of {asked}"), support=group.support, asked=asked)


def _markers(round: Round, results: Results, ground: _Ground, dots: _Dots) -> Iterator[Proposal]:
    values = {each.id: each for each in ground.charter.values}
    asked_for = {each.key: each for each in round.choices}
    for group in results.ideas:
        ideas = [each for each in (group.says, *group.others) if isinstance(each, Idea)]
        name = ideas[0].name
        served = dict.fromkeys(each.value for each in ideas if each.value)
        for value in served:
            if value not in values:
                yield _gone(
                    round, What.MARKER, "value", asked_for.get(value), value, results.answered
                )
        serves = [each for each in served if each in values]
        spent = dots.of(round, group)
        is_there = ground.marker_called(name) is not None
        item: dict[str, Plain] = {"name": ground.said(name)}
        if serves:
            item["values"] = [*serves]
        yield Proposal(
            f"{round.id}-marker-{group.number}",
            round.id,
            What.MARKER,
            Standing.DONE if is_there else Standing.OPEN,
            told(
                N_("New marker “{marker}”, for {values}"),
                marker=name,
                values=tuple(values[each].name or values[each].id for each in serves),
            )
            if serves
            else told(N_("New marker “{marker}”"), marker=name),
            group.support,
            results.answered,
            _idea_backing(group, results.answered, spent),
            () if is_there else (Introduce(ground.new_marker(name), item),),
            not is_there and (group.support >= LEAST or spent > 0),
            " / ".join(dict.fromkeys(each.example for each in ideas if each.example)),
        )


def _irritants(round: Round, results: Results, ground: _Ground, dots: _Dots) -> Iterator[Proposal]:
    asked_for = {each.key: each for each in round.choices}
    for group in results.ideas:
        irritants = [each for each in (group.says, *group.others) if isinstance(each, Irritant)]
        name, spent = irritants[0].name, dots.of(round, group)
        places: list[tuple[Place, Touchpoint]] = []
        for key in dict.fromkeys(each.touchpoint for each in irritants if each.touchpoint):
            stop = ground.stop(round, key)
            if stop is None:
                yield _gone(
                    round, What.IRRITANT, "touchpoint", asked_for.get(key), key, results.answered
                )
            else:
                places.append(stop)
        known = ground.marker_called(name, is_irritant=True)
        if known:
            places = [stop for stop in places if not _tags_of(stop[1], known.id)] or places
        new = [stop for stop in places if not known or not _tags_of(stop[1], known.id)]
        is_open = not known or bool(new)
        amendments: list[Amendment] = []
        if is_open:
            marker = (
                Place("marker", known.id) if known else ground.new_marker(name, is_irritant=True)
            )
            if not known:
                item: dict[str, Plain] = {"name": ground.said(name), "role": Role.IRRITANT.value}
                amendments.append(Introduce(marker, item))
            amendments += [Tag(place, marker.id, _ASSUMED) for place, _ in new]
        where = tuple(told(N_("“{text}”"), text=_named(touchpoint)) for _, touchpoint in places)
        yield Proposal(
            f"{round.id}-irritant-{group.number}",
            round.id,
            What.IRRITANT,
            Standing.OPEN if is_open else Standing.DONE,
            _irritant_told(name, where, is_known=known is not None),
            group.support,
            results.answered,
            _idea_backing(group, results.answered, spent),
            tuple(amendments),
            is_open and (group.support >= LEAST or spent > 0),
        )


def _irritant_told(name: str, where: tuple[Name, ...], *, is_known: bool) -> Told:
    if not where:
        return told(N_("New irritant “{marker}”"), marker=name)
    if is_known:
        return told(N_("The irritant “{marker}” is met at {where}"), marker=name, where=where)
    return told(N_("New irritant “{marker}”, met at {where}"), marker=name, where=where)


_ASSUMED: Mapping[str, Plain] = {"evidence": Evidence.ASSUMED.value}


def _tags_of(touchpoint: Touchpoint, marker: str) -> bool:
    return any(tag.marker == marker for tag in touchpoint.markers)


def _is_live(touchpoint: Touchpoint, marker: str) -> bool:
    return any(tag.marker == marker and tag.status is TagStatus.LIVE for tag in touchpoint.markers)


def _tags(round: Round, results: Results, ground: _Ground) -> Iterator[Proposal]:
    for card in round.cards:
        answered = max((t.count for t in results.tallies if t.key == card.key), default=0)
        if not answered:
            continue
        stop = ground.stop(round, card.key)
        if stop is None:
            yield _gone(round, What.TAG, "touchpoint", card, card.key, answered)
            continue
        place, touchpoint = stop
        for choice in round.choices:
            marker = ground.marker(choice.key)
            tally = results.tally(card.key, choice.key)
            assert tally is not None
            if marker is None:
                if tally.total:
                    yield _gone(round, What.TAG, "marker", choice, choice.key, results.answered)
                continue
            names = {"marker": _named(marker), "touchpoint": _named(touchpoint)}
            backing = told(
                N_("felt by {support} of {asked}"), support=tally.total, asked=tally.count
            )
            of = (round.id, What.TAG)
            id = f"{round.id}-tag-{card.key}-{choice.key}"
            if not tally.total:
                if _is_live(touchpoint, marker.id) and marker.role is not Role.IRRITANT:
                    unfelt = N_(
                        "Nobody felt “{marker}” at “{touchpoint}”, where the charter has it."
                    )
                    yield Proposal(
                        id, *of, Standing.NOTED, told(unfelt, **names), 0, tally.count, backing
                    )
                continue
            is_there = _tags_of(touchpoint, marker.id)
            yield Proposal(
                id,
                *of,
                Standing.DONE if is_there else Standing.OPEN,
                told(N_("“{marker}” is felt at “{touchpoint}”"), **names),
                tally.total,
                tally.count,
                backing,
                () if is_there else (Tag(place, marker.id, _ASSUMED),),
                not is_there and tally.total >= FELT_BY * tally.count,
            )


_SHOWINGS = {
    "do": N_("How “{marker}” shows on “{channel}”, to do: {text}"),
    "dont": N_("How “{marker}” shows on “{channel}”, not to do: {text}"),
    "example": N_("How “{marker}” shows on “{channel}”, for example: {text}"),
}


def _expressions(round: Round, results: Results, ground: _Ground) -> Iterator[Proposal]:
    for tally in results.tallies:
        card = round.card(tally.key)
        marker_id, _, channel_id = tally.key.partition("/")
        marker, channel = ground.marker(marker_id), ground.channel(channel_id)
        missing = "marker" if marker is None else "channel"
        if marker is None or channel is None:
            yield _gone(round, What.EXPRESSION, missing, card, tally.key, tally.count)
            continue
        names = {"marker": _named(marker), "channel": _named(channel)}
        if marker.is_not_for(channel.id):
            left_out = N_("The charter leaves “{marker}” out on “{channel}”, and says why.")
            yield Proposal(
                f"{round.id}-left-out-{tally.key.replace('/', '-')}",
                round.id,
                What.EXPRESSION,
                Standing.GONE,
                told(left_out, **names),
                0,
                tally.count,
                told(N_("{asked} answered about it"), asked=tally.count),
            )
            continue
        yield from _texts(round, tally, marker, channel, names, ground)


def _texts(
    round: Round,
    tally: Tally,
    marker: Marker,
    channel: Channel,
    names: Mapping[str, Words],
    ground: _Ground,
) -> Iterator[Proposal]:
    part = tally.choice
    there = _written(marker, channel.id, part)
    for text, people in tally.spread:
        text = str(text)
        is_there = _is_among(text, there, part)
        place = Place("marker", marker.id)
        yield Proposal(
            f"{round.id}-express-{marker.id}-{channel.id}-{part}-{_mark(text)}",
            round.id,
            What.EXPRESSION,
            Standing.DONE if is_there else Standing.OPEN,
            told(_SHOWINGS[part], **names, text=text),
            people,
            tally.count,
            told(N_("written by {support} of {asked}"), support=people, asked=tally.count),
            () if is_there else (Express(place, channel.id, part, ground.said(text, marker)),),
            not is_there and people >= LEAST,
        )


def _written(marker: Marker, channel: str, part: str) -> set[str]:
    """Return what a part of an expression says already, in every language."""
    expression = marker.expressions.get(channel)
    if expression is None:
        return set()
    said = {"do": expression.do, "dont": expression.dont}.get(part, ())
    texts = {text for words in said for _, text in words.texts}
    if part == "example" and expression.example is not None:
        texts |= {text for _, text in expression.example.texts}
    return {line_of(text).casefold() for text in texts}


def _is_among(text: str, there: Collection[str], part: str) -> bool:
    """Return whether a text is there already; of examples, several stand in one text."""
    wanted = text.casefold()
    if part != "example":
        return wanted in there
    return any(f" / {wanted} / " in f" / {each} / " for each in there)


def _mark(text: str) -> str:
    """Return what tells a text from others in an id."""
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def _medians(
    round: Round,
    results: Results,
    ground: _Ground,
    what: What,
    propose: Callable[[Round, Tally, float, Place, Touchpoint], Proposal],
) -> Iterator[Proposal]:
    """Yield what the median of each touchpoint proposes; or that the touchpoint is gone."""
    for tally in results.tallies:
        if tally.middle is None:
            continue
        stop = ground.stop(round, tally.key)
        if stop is None:
            card = round.card(tally.key)
            yield _gone(round, what, "touchpoint", card, tally.key, tally.count)
        else:
            yield propose(round, tally, tally.middle, *stop)


def _emotion(
    round: Round, tally: Tally, median: float, place: Place, touchpoint: Touchpoint
) -> Proposal:
    emotion = towards(0, median)
    return _graded(
        f"{round.id}-emotion-{tally.key}",
        round,
        What.EMOTION,
        tally,
        emotion,
        touchpoint.emotion,
        Put(place, ("emotion",), str(emotion)),
        {"touchpoint": _named(touchpoint)},
        FEELINGS,
        (
            N_("“{touchpoint}”: {grade}"),
            N_("“{touchpoint}”: {grade}, instead of “{was}”"),
        ),
    )


def _effort(
    round: Round, tally: Tally, median: float, place: Place, touchpoint: Touchpoint
) -> Proposal:
    grade = towards(2, median)
    return _graded(
        f"{round.id}-effort-{tally.key}-{tally.choice}",
        round,
        What.EFFORT,
        tally,
        grade,
        getattr(touchpoint.effort, tally.choice) if touchpoint.effort else None,
        Put(place, ("effort", tally.choice), str(grade)),
        {"touchpoint": _named(touchpoint), "criterion": told(GRADE_NAMES[tally.choice])},
        LEVELS,
        (
            N_("“{touchpoint}”, {criterion}: {grade}"),
            N_("“{touchpoint}”, {criterion}: {grade}, instead of “{was}”"),
        ),
    )


def towards(middle: int, median: float) -> int:
    """Return a median as a grade. Halfway between two it is the one nearer to ``middle``."""
    return math.floor(median) if median > middle else math.ceil(median)


def _graded(
    id: str,
    round: Round,
    what: What,
    tally: Tally,
    grade: int,
    was: int | None,
    put: Put,
    names: Mapping[str, Name],
    words: Mapping[int, str],
    messages: tuple[str, str],
) -> Proposal:
    """Return what puts a grade; ``messages`` tell it without and with the one that it replaces."""
    is_there = grade == was
    support = dict(tally.spread)[grade]
    first, instead = messages
    told_so = (
        told(first, **names, grade=told(words[grade]))
        if was is None or is_there
        else told(instead, **names, grade=told(words[grade]), was=told(words[was]))
    )
    return Proposal(
        id,
        round.id,
        what,
        Standing.DONE if is_there else Standing.OPEN,
        told_so,
        support,
        tally.count,
        told(
            N_("the middle of what {asked} said; {support} said just this"),
            asked=tally.count,
            support=support,
        ),
        () if is_there else (put,),
        not is_there and tally.count >= LEAST,
    )


# Dots.


def _spent(round: Round, results: Results, ground: _Ground, dots: _Dots) -> Iterator[Proposal]:
    if not results.answered:
        return
    match round.subject:
        case Subject.TOUCHPOINTS:
            yield from _first(round, results, ground)
        case Subject.SEGMENTS:
            yield from _first(round, results, ground)
        case Subject.PRIORITIES:
            yield from _weights(round, results, ground)
        case Subject.IDEAS:
            ideas = dots.results.get(round.of)
            for tally in results.tallies:
                is_there = ideas and tally.key.isdecimal() and ideas.idea(int(tally.key))
                if tally.total and not is_there:
                    card = round.card(tally.key)
                    yield _gone(round, What.MARKER, "idea", card, tally.key, results.answered)


def _first(round: Round, results: Results, ground: _Ground) -> Iterator[Proposal]:
    """Yield what makes moments of truth, or segments that come first, of what got most dots.

    Those are what got more dots than a card has on average, those without any counted too.
    """
    everything = sum(tally.total for tally in results.tallies)
    for tally in results.tallies:
        if tally.total * len(results.tallies) <= everything:
            continue
        card = round.card(tally.key)
        if round.subject is Subject.SEGMENTS:
            segment, what = ground.segment(tally.key), What.SEGMENT
            if segment is None:
                yield _gone(round, what, "segment", card, tally.key, results.answered)
                continue
            is_there = segment.priority is Priority.HIGH
            amendment = Put(Place("segment", segment.id), ("priority",), Priority.HIGH.value)
            told_so = told(N_("The segment “{segment}” comes first"), segment=_named(segment))
        else:
            stop, what = ground.stop(round, tally.key), What.MOMENT_OF_TRUTH
            if stop is None:
                yield _gone(round, what, "touchpoint", card, tally.key, results.answered)
                continue
            place, touchpoint = stop
            is_there = touchpoint.moment_of_truth
            amendment = Put(place, ("moment-of-truth",), "true")
            told_so = told(N_("“{touchpoint}” is a moment of truth"), touchpoint=_named(touchpoint))
        yield Proposal(
            f"{round.id}-dots-{tally.key}",
            round.id,
            what,
            Standing.DONE if is_there else Standing.OPEN,
            told_so,
            sum(people for spent, people in tally.spread if spent),
            results.answered,
            told(
                N_("{dots} of {all} dots, more than a card has on average"),
                dots=tally.total,
                all=everything,
            ),
            () if is_there else (amendment,),
            not is_there and results.answered >= LEAST,
        )


def _weights(round: Round, results: Results, ground: _Ground) -> Iterator[Proposal]:
    """Yield what weighs priorities by their dots: all of them at once, as they are shares."""
    known = set(Priorities.keys())
    tallies = [each for each in results.tallies if each.key in known]
    everything = sum(each.total for each in tallies)
    if not everything:
        return
    now = ground.charter.priorities
    is_there = all(getattr(now, each.key) == each.total for each in tallies)
    weights = tuple(
        told(
            N_("{name} {weight}"),
            name=card.name if (card := round.card(each.key)) else each.key,
            weight=each.total,
        )
        for each in sorted(tallies, key=lambda each: -each.total)
    )
    yield Proposal(
        f"{round.id}-priorities",
        round.id,
        What.PRIORITIES,
        Standing.DONE if is_there else Standing.OPEN,
        told(N_("What makes an action come first: {weights}"), weights=weights),
        results.answered,
        results.answered,
        told(N_("dots: {dots} · people: {asked}"), dots=everything, asked=results.answered),
        ()
        if is_there
        else tuple(Put(CHARTER, ("priorities", each.key), str(each.total)) for each in tallies),
        not is_there and results.answered >= LEAST,
    )
