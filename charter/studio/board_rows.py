"""What a round came to, as a table: all that the pictures on the screen of the room say."""

from __future__ import annotations

from collections.abc import Iterator

from charter.messages import N_, Speaker, visible
from charter.messages.workshop import GRADE_NAMES
from charter.reports.words import amount
from charter.workshop import Idea, Kind, Round
from charter.workshop.results import Results, Tally


def rows_of(round: Round, results: Results, speak: Speaker) -> Iterator[dict[str, object]]:
    """Yield the rows; nobody is named."""
    match round.kind:
        case Kind.PROPOSE | Kind.IRRITANTS:
            yield from _ideas(round, results, speak)
        case Kind.DOTS:
            yield from _dots(round, results, speak)
        case Kind.EXPRESS:
            yield from _texts(round, results, speak)
        case _:
            yield from _numbers(round, results, speak)


def gave_some(tally: Tally) -> int:
    """Return how many people spent dots on a card."""
    return sum(people for dots, people in tally.spread if isinstance(dots, int) and dots > 0)


def _ideas(round: Round, results: Results, speak: Speaker) -> Iterator[dict[str, object]]:
    names = {each.key: speak.words(each.name) for each in round.choices}
    for each in results.ideas:
        says = each.says
        row: dict[str, object] = {
            speak(N_("Idea")): visible(says.name),
            speak(N_("People")): each.support,
        }
        if isinstance(says, Idea):
            row[speak(N_("Value"))] = names.get(says.value, "")
            row[speak(N_("Example"))] = visible(says.example)
        else:
            row[speak(N_("Touchpoint"))] = names.get(says.touchpoint, "")
        row[speak(N_("Also said"))] = " · ".join(visible(other.name) for other in each.others)
        yield row


def _dots(round: Round, results: Results, speak: Speaker) -> Iterator[dict[str, object]]:
    names = {each.key: speak.words(each.name) for each in round.cards}
    for each in sorted(results.tallies, key=lambda each: -each.total):
        yield {
            speak(N_("Card")): names[each.key],
            speak(N_("Dots")): each.total,
            speak(N_("People")): gave_some(each),
        }


def _texts(round: Round, results: Results, speak: Speaker) -> Iterator[dict[str, object]]:
    labels = {"do": N_("Do"), "dont": N_("Don't"), "example": N_("Example")}
    cards = {each.key: each for each in round.cards}
    for each in results.tallies:
        card = cards[each.key]
        for text, people in each.spread:
            yield {
                speak(N_("Marker")): speak.words(card.name),
                speak(N_("Channel")): speak.words(card.detail) if card.detail else "",
                speak(N_("What")): speak(labels[each.choice]),
                speak(N_("Said")): visible(str(text)),
                speak(N_("People")): people,
            }


def _numbers(round: Round, results: Results, speak: Speaker) -> Iterator[dict[str, object]]:
    """Yield a row for each thing that was answered by a number, with its spread."""
    cards = {each.key: speak.words(each.name) for each in round.cards}
    choices = {each.key: speak.words(each.name) for each in round.choices}
    choices |= {key: speak(name) for key, name in GRADE_NAMES.items()}
    for each in results.tallies:
        row: dict[str, object] = {speak(N_("Touchpoint")): cards[each.key]}
        if each.choice:
            what = speak(N_("Marker")) if round.kind is Kind.TAG else speak(N_("Criterion"))
            row[what] = choices[each.choice]
        row[speak(N_("Have answered"))] = each.count
        if round.kind is Kind.TAG:
            row[speak(N_("Feel it"))] = each.total
        else:
            row[speak(N_("Middle answer"))] = (
                "" if each.middle is None else amount(each.middle, speak)
            )
            row[speak(N_("Each answer"))] = " · ".join(
                f"{str(answer).replace('-', '−')}: {people}"
                for answer, people in each.spread
                if people
            )
        yield row
