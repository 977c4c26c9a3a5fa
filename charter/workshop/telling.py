"""A workshop in words: what its rounds are called, what was answered, how far people agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from charter.messages import N_, Speaker, visible
from charter.messages.workshop import FEELINGS, GRADE_NAMES, LEVELS, QUESTIONS, round_title
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
from charter.workshop.outcome import RoundOutcome
from charter.workshop.proposals import Proposal, Standing
from charter.workshop.results import Group, Tally
from charter.workshop.rounds import GRADES, Card, Kind, Round

AGREED, NEARLY = 0.8, 0.667
"""From which alpha on people agree, and from which on they do tentatively (Krippendorff)."""

PARTS = {"do": N_("To do"), "dont": N_("Not to do"), "example": N_("For example")}
STANDINGS = {
    Standing.OPEN: N_("Proposed"),
    Standing.DONE: N_("Said already"),
    Standing.GONE: N_("Can't be done any more"),
    Standing.NOTED: N_("To know"),
}
ADVISED = N_("Advised")


def round_name(round: Round, speak: Speaker) -> str:
    """Return what a round is called."""
    return round_title(round.title, round.kind, round.subject, speak)


def question(round: Round, speak: Speaker) -> str:
    """Return what a round asked."""
    return speak(QUESTIONS[round.kind])


def agreement_told(alpha: float | None, speak: Speaker) -> str:
    """Return how far people agree, with the measure and what it means."""
    if alpha is None:
        return ""
    if alpha >= AGREED:
        message = N_("agreement {alpha}: people agree")
    elif alpha >= NEARLY:
        message = N_("agreement {alpha}: people agree on the whole")
    elif alpha > 0:
        message = N_("agreement {alpha}: people see it differently")
    else:
        message = N_("agreement {alpha}: no more than by chance")
    return speak(message, alpha=figure(alpha, speak))


def figure(number: float, speak: Speaker) -> str:
    """Return a measure with two decimals, or a median with as many as it has."""
    told = f"{number:.2f}" if number % 0.5 else f"{number:g}"
    is_french = speak.language == "fr"
    return told.replace("-", "−").replace(".", "," if is_french else ".")


def standing_told(proposal: Proposal, speak: Speaker) -> str:
    """Return in a word what stands about a proposal."""
    return speak(ADVISED if proposal.is_advised else STANDINGS[proposal.standing])


def card_name(card: Card | None, key: str, speak: Speaker) -> str:
    """Return what a card is called; its key where it is gone."""
    return speak.words(card.name) if card else visible(key)


def choice_names(round: Round, speak: Speaker) -> Mapping[str, str]:
    """Return what is asked of each card: markers, grades, fields."""
    if round.kind is Kind.EFFORT:
        return {grade: speak(GRADE_NAMES[grade]) for grade in GRADES}
    if round.kind is Kind.EXPRESS:
        return {part: speak(name) for part, name in PARTS.items()}
    return {each.key: speak.words(each.name) for each in round.choices}


def results_told(found: RoundOutcome, speak: Speaker) -> Iterator[tuple[str, str]]:
    """Yield what a round came to, each thing with how it was answered."""
    round, results = found.round, found.results
    if results.ideas:
        for group in results.ideas:
            yield _idea_name(group), _idea_told(group, results.answered, round, speak)
    by_card: dict[str, list[Tally]] = {}
    for tally in results.tallies:
        if tally.count:
            by_card.setdefault(tally.key, []).append(tally)
    for key, tallies in by_card.items():
        yield card_name(round.card(key), key, speak), _card_told(round, tallies, speak)


def _idea_name(group: Group) -> str:
    return visible(group.says.name)


def _idea_told(group: Group, answered: int, round: Round, speak: Speaker) -> str:
    told = [
        speak(
            N_("said by {support} of {asked}"),
            support=speak.count(group.support),
            asked=speak.count(answered),
        )
    ]
    others = dict.fromkeys(
        visible(each.name) for each in group.others if each.name != group.says.name
    )
    if others:
        told.append(speak(N_("also said: {others}"), others=_quoted(others, speak)))
    names = choice_names(round, speak)
    ideas = (group.says, *group.others)
    chosen = dict.fromkeys(
        each.value if isinstance(each, Idea) else each.touchpoint for each in ideas
    )
    where = [names.get(key, visible(key)) for key in chosen if key]
    if where:
        told.append(speak.all_of(where))
    examples = dict.fromkeys(
        each.example for each in ideas if isinstance(each, Idea) and each.example
    )
    if examples:
        told.append(speak(N_("for example: {examples}"), examples=_quoted(examples, speak)))
    return " · ".join(told)


def _quoted(texts: Iterable[str], speak: Speaker) -> str:
    return ", ".join(speak.quote(visible(each)) for each in texts)


def _card_told(round: Round, tallies: list[Tally], speak: Speaker) -> str:
    names = choice_names(round, speak)
    match round.kind:
        case Kind.TAG:
            felt = sorted((t for t in tallies if t.total), key=lambda t: -t.total)
            unfelt = [names[t.choice] for t in tallies if not t.total]
            told = [
                speak(
                    N_("{name} {support} of {asked}"),
                    name=names[t.choice],
                    support=speak.count(t.total),
                    asked=speak.count(t.count),
                )
                for t in felt
            ]
            if unfelt:
                told.append(speak(N_("felt by nobody: {names}"), names=", ".join(unfelt)))
            return " · ".join(told)
        case Kind.EMOTION:
            return _spread_told(tallies[0], FEELINGS, speak)
        case Kind.EFFORT:
            return " · ".join(
                f"{names[t.choice]}: {_spread_told(t, LEVELS, speak)}" for t in tallies
            )
        case Kind.DOTS:
            people = sum(count for spent, count in tallies[0].spread if spent)
            return speak(
                N_("dots: {dots} · people: {asked}"),
                dots=speak.count(tallies[0].total),
                asked=speak.count(people),
            )
    return " · ".join(
        f"{names[t.choice]}: "
        + ", ".join(
            f"{speak.quote(visible(str(text)))} ({speak.count(count)})" for text, count in t.spread
        )
        for t in tallies
    )


def _spread_told(tally: Tally, words: Mapping[int, str], speak: Speaker) -> str:
    told = ", ".join(
        f"{speak(words[answer])} {speak.count(count)}"
        for answer, count in reversed(tally.spread)
        if count and isinstance(answer, int)
    )
    middle = figure(tally.middle or 0.0, speak)
    return speak(N_("{spread} (median {middle})"), spread=told, middle=middle)


def spread_told(round: Round, tally: Tally, speak: Speaker) -> str:
    """Return each answer with how many gave it."""
    words: Mapping[str | int, str] = {}
    if round.kind is Kind.TAG:
        words = {1: speak(N_("felt")), 0: speak(N_("not felt"))}
    elif round.kind in (Kind.EMOTION, Kind.EFFORT):
        of = FEELINGS if round.kind is Kind.EMOTION else LEVELS
        words = {grade: speak(word) for grade, word in of.items()}
    return "; ".join(
        f"{words.get(answer, visible(str(answer)))}: {speak.count(count)}"
        for answer, count in tally.spread
    )


def answer_told(
    round: Round, answer: Answer, speak: Speaker
) -> Iterator[tuple[str, str, str | int]]:
    """Yield what an answer says: about which card, what of it, and the answer."""
    names, says = choice_names(round, speak), answer.says
    card = card_name(round.card(answer.key), answer.key, speak)
    match says:
        case Idea():
            yield "", speak(N_("Marker")), says.name
            if says.value:
                yield "", speak(N_("Value")), names.get(says.value, says.value)
            if says.example:
                yield "", speak(PARTS["example"]), says.example
        case Irritant():
            yield "", speak(N_("Irritant")), says.name
            if says.touchpoint:
                yield "", speak(N_("Touchpoint")), names.get(says.touchpoint, says.touchpoint)
        case Felt():
            felt = [names[each] for each in says.markers]
            yield card, "", ", ".join(felt) if felt else speak(N_("none"))
        case Showing():
            for part in PARTS:
                if text := getattr(says, part):
                    yield card, names[part], text
        case Feeling():
            yield card, "", says.emotion
        case Grades():
            for grade in GRADES:
                level: int | None = getattr(says, grade)
                if level is not None:
                    yield card, names[grade], level
        case Dots():
            for key, spent in says.dots:
                yield card_name(round.card(key), key, speak), speak(N_("Dots")), spent
