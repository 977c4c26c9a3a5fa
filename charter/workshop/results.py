"""What the answers of a round come to: tallies, ideas with their support, agreement.

Nothing here names a participant; each answer is counted, a lonely one too.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from charter.workshop.agreement import Rating, Scale, alikeness, alpha
from charter.workshop.answers import (
    Answer,
    Dots,
    Feeling,
    Felt,
    Grades,
    Idea,
    Irritant,
    Showing,
)
from charter.workshop.likeness import likely_same
from charter.workshop.rounds import GRADES, Card, Kind, Round
from journeys.document import Words

EMOTIONS = (-2, -1, 0, 1, 2)
LEVELS = (1, 2, 3)
"""What the effort grid grades by."""
SHOWINGS = ("do", "dont", "example")


@dataclass(frozen=True)
class Tally:
    """How one thing was answered.

    Attributes:
        key: The card.
        choice: What of it: the marker felt there, the grade of `GRADES`, the field of `SHOWINGS`;
            empty where the card is answered as a whole.
        count: How many answered it.
        spread: Each answer, and how many gave it. Where numbers are answered, each that may be,
            in order: 1 and 0 for a marker that is felt or isn't, -2 to 2, 1 to 3, the dots that
            were spent on the card. Else the texts, those that most wrote first.
        middle: The median; None for texts, and for what nobody answered.
        agreement: How much alike two people answered, from 0 to 1; see `alikeness`. None for
            texts, and where fewer than two answered.
    """

    key: str
    choice: str
    count: int
    spread: tuple[tuple[str | int, int], ...]
    middle: float | None = None
    agreement: float | None = None

    @property
    def total(self) -> int:
        """The sum of what was answered: the dots spent on a card, who felt a marker there."""
        return sum(answer * people for answer, people in self.spread if isinstance(answer, int))


@dataclass(frozen=True)
class Group:
    """An idea, with those that the facilitator took for the same.

    Attributes:
        number: The number that it goes by: the first of them.
        says: What that one says.
        others: What the others say, word for word, each once.
        numbers: The numbers of all of them.
        support: How many different people said it.
    """

    number: int
    says: Idea | Irritant
    others: tuple[Idea | Irritant, ...]
    numbers: tuple[int, ...]
    support: int


@dataclass(frozen=True)
class Results:
    """What a round came to.

    Attributes:
        answered: How many different people answered.
        tallies: One for each card, or for each card and choice, in the order of the round; for
            texts, none where nobody wrote any.
        ideas: What was proposed, or annoys; what most people said first.
        agreement: Krippendorff's alpha: nominal for markers felt, interval for emotions, dots and
            grades. Of the four grades it is the lowest, as what is read off the grid is as sure as
            the one that people agree on least. None for ideas and texts, and where fewer than two
            answered the same.
    """

    answered: int
    tallies: tuple[Tally, ...] = ()
    ideas: tuple[Group, ...] = ()
    agreement: float | None = None

    @cached_property
    def likely_same(self) -> tuple[tuple[int, ...], ...]:
        """Ideas that nearly say the same, by their numbers, to be merged or not."""
        return likely_same([(each.number, each.says.name) for each in self.by_number])

    @property
    def by_number(self) -> tuple[Group, ...]:
        """The ideas in the order in which they came in."""
        return tuple(sorted(self.ideas, key=lambda each: each.number))

    def tally(self, key: str, choice: str = "") -> Tally | None:
        """Return how a card was answered; None where that isn't asked."""
        return self._tallies.get((key, choice))

    def idea(self, number: int) -> Group | None:
        """Return the idea of a number, or that it was merged into; None where it is gone."""
        return next((each for each in self.ideas if number in each.numbers), None)

    @cached_property
    def _tallies(self) -> Mapping[tuple[str, str], Tally]:
        return {(each.key, each.choice): each for each in self.tallies}


def results_of(round: Round, answers: Sequence[Answer]) -> Results:
    """Return what answers of a round come to, as they stand."""
    answered = len({each.participant for each in answers})
    if round.kind in (Kind.PROPOSE, Kind.IRRITANTS):
        return Results(answered, ideas=tuple(_ideas(round, answers)))
    if round.kind is Kind.EXPRESS:
        return Results(answered, tuple(_texts(round, answers)))
    asked = _ASKED[round.kind](round)
    ratings = list(_RATED[round.kind](round, answers))
    return Results(
        answered,
        tuple(_tallies(round, asked, ratings)),
        agreement=_agreement(round, asked, ratings),
    )


def cards_of(results: Results) -> tuple[Card, ...]:
    """Return the ideas as cards to spend dots on, in the order in which they came in."""
    return tuple(_card(each) for each in results.by_number)


def _card(group: Group) -> Card:
    detail = group.says.example if isinstance(group.says, Idea) else ""
    return Card(str(group.number), Words.of(group.says.name), Words.of(detail) if detail else None)


# Numbers.


def _felt(round: Round, answers: Iterable[Answer]) -> Iterator[Rating]:
    for each in answers:
        if isinstance(each.says, Felt):
            for choice in round.choices:
                is_felt = choice.key in each.says.markers
                yield Rating(each.participant, (each.key, choice.key), int(is_felt))


def _feelings(round: Round, answers: Iterable[Answer]) -> Iterator[Rating]:
    del round
    for each in answers:
        if isinstance(each.says, Feeling):
            yield Rating(each.participant, (each.key, ""), each.says.emotion)


def _grades(round: Round, answers: Iterable[Answer]) -> Iterator[Rating]:
    del round
    for each in answers:
        if isinstance(each.says, Grades):
            for grade in GRADES:
                level: int | None = getattr(each.says, grade)
                if level is not None:
                    yield Rating(each.participant, (each.key, grade), level)


def _dots(round: Round, answers: Iterable[Answer]) -> Iterator[Rating]:
    for each in answers:
        if isinstance(each.says, Dots):
            spent = dict(each.says.dots)
            for card in round.cards:
                yield Rating(each.participant, (card.key, ""), spent.get(card.key, 0))


_RATED: Mapping[Kind, Callable[[Round, Iterable[Answer]], Iterator[Rating]]] = {
    Kind.TAG: _felt,
    Kind.EMOTION: _feelings,
    Kind.EFFORT: _grades,
    Kind.DOTS: _dots,
}
_ASKED: Mapping[Kind, Callable[[Round], Sequence[str]]] = {
    Kind.TAG: lambda round: [each.key for each in round.choices],
    Kind.EMOTION: lambda _: [""],
    Kind.EFFORT: lambda _: GRADES,
    Kind.DOTS: lambda _: [""],
}
"""What is asked of each card."""


def _may_say(round: Round) -> Sequence[int]:
    match round.kind:
        case Kind.TAG:
            return (1, 0)
        case Kind.EMOTION:
            return EMOTIONS
        case Kind.EFFORT:
            return LEVELS
    return range(round.dots + 1)


def _tallies(round: Round, asked: Sequence[str], ratings: Iterable[Rating]) -> Iterator[Tally]:
    may_say = _may_say(round)
    counts: dict[tuple[str, ...], Counter[int]] = {}
    for each in ratings:
        counts.setdefault(each.thing, Counter())[each.says] += 1
    for card in round.cards:
        for choice in asked:
            count = counts.get((card.key, choice), Counter())
            yield Tally(
                card.key,
                choice,
                count.total(),
                tuple((says, count[says]) for says in may_say),
                float(statistics.median(count.elements())) if count else None,
                alikeness(count, max(may_say) - min(may_say) or 1),
            )


def _agreement(round: Round, asked: Sequence[str], ratings: Sequence[Rating]) -> float | None:
    if round.kind is Kind.TAG:
        return alpha(ratings, Scale.NOMINAL)
    parts = ([each for each in ratings if each.thing[1] == choice] for choice in asked)
    found = [alpha(part, Scale.INTERVAL) for part in parts]
    return min((each for each in found if each is not None), default=None)


# Texts.


def _texts(round: Round, answers: Sequence[Answer]) -> Iterator[Tally]:
    for card in round.cards:
        shown = [a.says for a in answers if a.key == card.key and isinstance(a.says, Showing)]
        for field in SHOWINGS:
            texts = Counter(text for each in shown if (text := getattr(each, field)))
            if texts:
                yield Tally(card.key, field, len(shown), tuple(texts.most_common()))


# Ideas.


def _ideas(round: Round, answers: Sequence[Answer]) -> list[Group]:
    said = {a.number: a for a in answers if isinstance(a.says, Idea | Irritant)}
    groups = [_group(each, said) for each in _merged(round.merged, said)]
    return sorted(groups, key=lambda each: (-each.support, each.number))


def _merged(merged: Iterable[tuple[int, ...]], said: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of each idea. Those of ideas that were taken back go on meaning it."""
    groups: list[tuple[int, ...]] = []
    for numbers in merged:
        joined = [each for each in groups if not set(each).isdisjoint(numbers)]
        groups = [each for each in groups if each not in joined]
        groups.append(tuple(dict.fromkeys(n for each in (*joined, numbers) for n in each)))
    there = set(said)
    yield from (each for each in groups if not there.isdisjoint(each))
    together = {number for each in groups for number in each}
    yield from ((number,) for number in said if number not in together)


def _group(numbers: tuple[int, ...], said: Mapping[int, Answer]) -> Group:
    there = [said[number] for number in numbers if number in said]
    first, *rest = (each.says for each in there)
    return Group(
        there[0].number,
        _as_idea(first),
        tuple(dict.fromkeys(_as_idea(each) for each in rest if each != first)),
        numbers,
        len({each.participant for each in there}),
    )


def _as_idea(says: object) -> Idea | Irritant:
    assert isinstance(says, Idea | Irritant)
    return says
