"""Running orders of workshops: rounds made from templates, with what the charter names on cards.

A round's cards are words, so that whoever answers needs no charter: they are made here, and once
the round was opened they stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from charter.brand import Role
from charter.messages import N_, Language, speaker
from charter.workshop import Card, Kind, Round, Stage, Subject
from charter.workshop.results import Results, cards_of
from charter.workshop.rounds import LONGEST_ROUND, MOST_CARDS, MOST_DOTS
from charter.workspace import Workspace
from journeys.document import Words
from journeys.model import Journey, Status, Touchpoint

LONGEST_TITLE = 80
LONGEST_NOTE = 600
_DETAIL = " · "


class Template(StrEnum):
    """What a workshop may be for; each is a round or a few of a running order."""

    MARKERS = "markers"
    TAGS = "tags"
    EXPRESSIONS = "expressions"
    IRRITANTS = "irritants"
    TRUTHS = "truths"
    PRIORITIES = "priorities"


TEMPLATES: Mapping[Template, tuple[str, str]] = {
    Template.MARKERS: (
        N_("Discover our markers"),
        N_("Everybody proposes signs by which customers know us; then dots say which come first."),
    ),
    Template.TAGS: (
        N_("Tag the journey"),
        N_("Which markers customers feel at each touchpoint, and how it feels to be there."),
    ),
    Template.EXPRESSIONS: (
        N_("How would we show it here?"),
        N_("How each marker would show on each channel: what to do, what not, an example."),
    ),
    Template.IRRITANTS: (
        N_("What annoys our customers?"),
        N_("Everybody writes down what annoys; then dots say what should go first."),
    ),
    Template.TRUTHS: (
        N_("Choose the moments of truth"),
        N_("Dots go to the touchpoints where customers decide what they think of us."),
    ),
    Template.PRIORITIES: (
        N_("Vote the priorities"),
        N_("Whom we serve first, what makes an action come first, and what each moment takes."),
    ),
}
"""What each template is called, and what it brings."""

PRIORITIES: Mapping[str, str] = {
    "reach": N_("It concerns many customers"),
    "severity": N_("What it mends is grave"),
    "repairs": N_("It mends something for good"),
    "segments": N_("It serves the customers who come first"),
    "ease": N_("It takes little effort"),
    "signature": N_("It shows what is ours alone"),
    "basic": N_("It gives what anybody is owed"),
}
"""What makes an action come first, by its key in the charter."""


# Templates.


def rounds_of(
    templates: Iterable[Template],
    workspace: Workspace,
    journey: str,
    earlier: Sequence[Round] = (),
) -> tuple[Round, ...]:
    """Return the rounds of some templates, in order.

    What there is nothing to ask about, such as segments where the charter names none, is left out.

    Args:
        templates: In the order in which they are gone through.
        workspace: What the cards are made from.
        journey: Whose touchpoints are asked about; the first one, where there is none of that id.
        earlier: The rounds that there are already.
    """
    setting = _Setting(workspace, _journey(workspace, journey), [each.id for each in earlier])
    return tuple(each for template in templates for each in _ROUNDS[template](setting))


@dataclass
class _Setting:
    """What rounds are made from."""

    workspace: Workspace
    journey: Journey | None
    taken: list[str]

    def free_id(self) -> str:
        """Return an id that no round has, and take it."""
        number = 1
        while (found := f"r{number}") in self.taken:
            number += 1
        self.taken.append(found)
        return found

    def round(self, kind: Kind, minutes: int, *, is_of_journey: bool = False) -> Round:
        id = self.journey.id if self.journey and is_of_journey else ""
        return Round(self.free_id(), kind, minutes=minutes, journey=id)

    @property
    def touchpoints(self) -> tuple[Card, ...]:
        return touchpoint_cards(self.workspace, self.journey.id) if self.journey else ()


def _discover(setting: _Setting) -> list[Round]:
    values = value_cards(setting.workspace)
    return _with_votes(setting, replace(setting.round(Kind.PROPOSE, 10), choices=values))


def _tag(setting: _Setting) -> list[Round]:
    points, markers = setting.touchpoints, marker_cards(setting.workspace)
    rounds = []
    if points and markers:
        tags = setting.round(Kind.TAG, 15, is_of_journey=True)
        rounds.append(replace(tags, cards=points, choices=markers))
    if points:
        feelings = setting.round(Kind.EMOTION, 8, is_of_journey=True)
        rounds.append(replace(feelings, cards=points))
    return rounds


def _express(setting: _Setting) -> list[Round]:
    cards = expression_cards(setting.workspace)
    return [replace(setting.round(Kind.EXPRESS, 20), cards=cards)] if cards else []


def _annoys(setting: _Setting) -> list[Round]:
    written = setting.round(Kind.IRRITANTS, 8, is_of_journey=True)
    return _with_votes(setting, replace(written, choices=setting.touchpoints))


def _truths(setting: _Setting) -> list[Round]:
    return _dots(setting, Subject.TOUCHPOINTS, setting.touchpoints, 5, is_of_journey=True)


def _vote(setting: _Setting) -> list[Round]:
    rounds = [
        *_dots(setting, Subject.SEGMENTS, segment_cards(setting.workspace), 3),
        *_dots(setting, Subject.PRIORITIES, priority_cards(), 5),
    ]
    if points := setting.touchpoints:
        rounds.append(replace(setting.round(Kind.EFFORT, 12, is_of_journey=True), cards=points))
    return rounds


def _with_votes(setting: _Setting, ideas: Round) -> list[Round]:
    """Return a round with the dots on its ideas; their cards are dealt when it is opened."""
    votes = replace(setting.round(Kind.DOTS, 3), subject=Subject.IDEAS, of=ideas.id)
    return [ideas, votes]


def _dots(
    setting: _Setting,
    subject: Subject,
    cards: tuple[Card, ...],
    dots: int,
    *,
    is_of_journey: bool = False,
) -> list[Round]:
    if len(cards) < 2:
        return []
    round = setting.round(Kind.DOTS, 4, is_of_journey=is_of_journey)
    return [replace(round, subject=subject, cards=cards, dots=dots)]


_ROUNDS: Mapping[Template, Callable[[_Setting], list[Round]]] = {
    Template.MARKERS: _discover,
    Template.TAGS: _tag,
    Template.EXPRESSIONS: _express,
    Template.IRRITANTS: _annoys,
    Template.TRUTHS: _truths,
    Template.PRIORITIES: _vote,
}


# Cards.


def touchpoint_cards(workspace: Workspace, journey: str) -> tuple[Card, ...]:
    """Return the touchpoints of a journey by stages, each with its stage and its channels.

    Those that are retired aren't there any more.
    """
    found = next((each for each in workspace.journeys if each.id == journey), None)
    if found is None:
        return ()
    place = {stage.id: place for place, stage in enumerate(workspace.charter.stages)}
    shown = [each for each in found.touchpoints if each.status is not Status.RETIRED]
    shown.sort(key=lambda each: place[each.stage])  # stable: as declared within a stage
    return tuple(_touchpoint_card(each, workspace) for each in shown[:MOST_CARDS])


def marker_cards(workspace: Workspace, *, with_irritants: bool = False) -> tuple[Card, ...]:
    """Return the charter's markers; irritants, which the brand wants gone, only if asked for."""
    return tuple(
        Card(each.id, each.name)
        for each in workspace.charter.markers
        if with_irritants or each.role is not Role.IRRITANT
    )[:MOST_CARDS]


def value_cards(workspace: Workspace) -> tuple[Card, ...]:
    """Return the charter's values, each with its meaning."""
    return tuple(
        Card(each.id, _name(each.id, each.name), each.meaning) for each in workspace.charter.values
    )[:MOST_CARDS]


def segment_cards(workspace: Workspace) -> tuple[Card, ...]:
    """Return the segments that the charter names; none where it names none."""
    return tuple(Card(each.id, _name(each.id, each.name)) for each in workspace.charter.segments)[
        :MOST_CARDS
    ]


def channel_cards(workspace: Workspace) -> tuple[Card, ...]:
    """Return the charter's channels."""
    return tuple(Card(each.id, _name(each.id, each.name)) for each in workspace.charter.channels)


def priority_cards() -> tuple[Card, ...]:
    """Return what makes an action come first, in all languages."""
    return tuple(Card(key, _said(sentence)) for key, sentence in PRIORITIES.items())


def expression_cards(
    workspace: Workspace,
    markers: Collection[str] | None = None,
    channels: Collection[str] | None = None,
    *,
    with_said: bool = False,
) -> tuple[Card, ...]:
    """Return markers on channels, to be expressed there; each as ``marker/channel``.

    Args:
        workspace: Whose markers and channels.
        markers: Which of them; all but irritants, by default.
        channels: Which of them; all, by default.
        with_said: Also where the charter says already how it shows, or why it doesn't.
    """
    named = {each.id: _name(each.id, each.name) for each in workspace.charter.channels}
    return tuple(
        Card(f"{marker.id}/{channel}", marker.name, name)
        for marker in workspace.charter.markers
        for channel, name in named.items()
        if (marker.role is not Role.IRRITANT if markers is None else marker.id in markers)
        and (channels is None or channel in channels)
        and (with_said or channel not in marker.expressions)
    )[:MOST_CARDS]


def cards_by_stage(
    round: Round, workspace: Workspace
) -> tuple[tuple[Words | None, tuple[Card, ...]], ...]:
    """Return the cards of a round about touchpoints by stages, in order; none for other rounds.

    Behind the stages, under no name, come touchpoints that the journey hasn't any more.
    """
    journey = next((each for each in workspace.journeys if each.id == round.journey), None)
    if journey is None or not round.cards:
        return ()
    stages = {each.id: _name(each.id, each.name) for each in workspace.charter.stages}
    stage_of = {each.id: each.stage for each in journey.touchpoints}
    found = (
        (name, tuple(card for card in round.cards if stage_of.get(card.key) == stage))
        for stage, name in (*stages.items(), (None, None))
    )
    return tuple((name, cards) for name, cards in found if cards)


def dealt(round: Round, results: Results | None) -> Round:
    """Return a round with its cards as they are to be answered once it is opened.

    Dots over ideas need what the round that asked for them came to, as its ``results``; every
    idea is dealt, however few people had it.
    """
    if round.subject is not Subject.IDEAS:
        return round
    return replace(round, cards=cards_of(results) if results else ())


# Changing a round.


@dataclass(frozen=True)
class About:
    """What a round may be about, and is about.

    Attributes:
        journeys: The journeys that it may be about; none where it isn't about one.
        cards: What it may ask about, one by one; none where that isn't chosen.
        choices: What answers may choose from.
        markers: The markers that may be expressed, and ``channels`` where.
        of: The rounds whose ideas dots may be spent on.
    """

    journeys: tuple[Card, ...] = ()
    cards: tuple[Card, ...] = ()
    choices: tuple[Card, ...] = ()
    markers: tuple[Card, ...] = ()
    channels: tuple[Card, ...] = ()
    of: tuple[Round, ...] = ()


def about(round: Round, workspace: Workspace, rounds: Sequence[Round], journey: str = "") -> About:
    """Return what a round may be about.

    Args:
        round: It.
        workspace: What its cards are made from.
        rounds: The running order that it is in.
        journey: The journey that it is to be about; by default the one that it is about.
    """
    points = touchpoint_cards(workspace, journey or round.journey)
    journeys = tuple(Card(each.id, _name(each.id, each.name)) for each in workspace.journeys)
    match round.kind, round.subject:
        case Kind.PROPOSE, _:
            return About(choices=value_cards(workspace))
        case Kind.TAG, _:
            return About(journeys, points, marker_cards(workspace, with_irritants=True))
        case Kind.EXPRESS, _:
            return About(
                markers=marker_cards(workspace, with_irritants=True),
                channels=channel_cards(workspace),
            )
        case Kind.IRRITANTS, _:
            return About(journeys, choices=points)
        case Kind.DOTS, Subject.IDEAS:
            asking = (Kind.PROPOSE, Kind.IRRITANTS)
            return About(of=tuple(each for each in rounds if each.kind in asking))
        case Kind.DOTS, Subject.SEGMENTS:
            return About(cards=segment_cards(workspace))
        case Kind.DOTS, Subject.PRIORITIES:
            return About(cards=priority_cards())
    return About(journeys, points)


def with_words(round: Round, title: str, note: str, minutes: int, dots: int) -> Round:
    """Return a round with other words, another time and another number of dots, within bounds."""
    return replace(
        round,
        title=_shortened(title, LONGEST_TITLE),
        note=_shortened(note, LONGEST_NOTE),
        minutes=min(max(minutes, 1), LONGEST_ROUND),
        dots=min(max(dots, 1), MOST_DOTS) if round.stage is Stage.WAITING else round.dots,
    )


def asking(
    round: Round,
    workspace: Workspace,
    rounds: Sequence[Round],
    *,
    journey: str = "",
    cards: Collection[str] = (),
    choices: Collection[str] = (),
    markers: Collection[str] = (),
    channels: Collection[str] = (),
    with_said: bool = False,
    of: str = "",
) -> Round:
    """Return a round that asks about something else; one that was begun stays as it is.

    What isn't there any more is left out. For the arguments see `About` and `expression_cards`.
    """
    if round.stage is not Stage.WAITING:
        return round
    offered = about(round, workspace, rounds, journey)
    if offered.markers:
        found = expression_cards(workspace, markers, channels, with_said=with_said)
        return replace(round, cards=found)
    return replace(
        round,
        journey=journey if offered.journeys else round.journey,
        cards=tuple(each for each in offered.cards if each.key in cards),
        choices=tuple(each for each in offered.choices if each.key in choices),
        of=of if any(each.id == of for each in offered.of) else round.of,
    )


def _journey(workspace: Workspace, id: str) -> Journey | None:
    found = (each for each in workspace.journeys if each.id == id)
    return next(found, next(iter(workspace.journeys), None))


def _touchpoint_card(touchpoint: Touchpoint, workspace: Workspace) -> Card:
    charter = workspace.charter
    stage = next(each for each in charter.stages if each.id == touchpoint.stage)
    channels = [each for each in charter.channels if each.id in touchpoint.channel_shares]
    name = _name(touchpoint.id, touchpoint.name)
    where = [_name(stage.id, stage.name), *(_name(each.id, each.name) for each in channels)]
    return Card(touchpoint.id, name, _joined(where))


def _name(id: str, name: Words | None) -> Words:
    return name or Words.of(id)


def _joined(parts: Sequence[Words]) -> Words:
    """Return several words as one, in each language that one of them is in."""
    languages = dict.fromkeys(language for each in parts for language, _ in each.texts)
    return Words(
        tuple(
            (language, _DETAIL.join(each.in_language(language) for each in parts))
            for language in languages
        )
    )


def _said(sentence: str) -> Words:
    """Return a sentence of ours in all our languages."""
    return Words(tuple((language.value, speaker(language)(sentence)) for language in Language))


def _shortened(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest]
