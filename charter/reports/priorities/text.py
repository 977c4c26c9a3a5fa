"""What to do first, for a terminal: the matrix field by field, in it each action by rank."""

from __future__ import annotations

from collections.abc import Iterator

from charter.messages import N_
from charter.priorities import Quarter, RankedAction, Ranking
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.priorities.telling import QUARTERS, in_short, sentence
from charter.reports.text import wrap

_BOLD, _DIM = "1", "2"
_ALTERNATIVES_TOLD = 3
"""More of them don't help to choose one."""


def lines(ranking: Ranking, names: Names, page: Page) -> Iterator[str]:
    """Yield the lines that tell people what to do first."""
    speak = names.speak
    if not ranking.actions:
        yield from wrap(speak(N_("No marker that could be added helps what is broken.")), page, "")
    for quarter in Quarter:
        found = [a for a in ranking.actions if a.quarter is quarter and _is_first_choice(a)]
        if found:
            yield page.paint(speak(QUARTERS[quarter]), _BOLD)
            for action in found:
                yield from ["", *_action(action, ranking, names, page)]
            yield ""
    for line in _notes(ranking, names):
        yield from (page.paint(part, _DIM) for part in wrap(line, page, ""))


def _is_first_choice(action: RankedAction) -> bool:
    return action.instead_of is None and action.covered_by is None


def _action(action: RankedAction, ranking: Ranking, names: Names, page: Page) -> Iterator[str]:
    speak = names.speak
    yield from wrap(sentence(action, names), page, "  ")
    instead = [other for other in ranking.actions if other.instead_of == action.rank]
    if instead:
        told = [in_short(other, names) for other in instead[:_ALTERNATIVES_TOLD]]
        if more := len(instead) - len(told):
            told.append(speak.many("one more", "{number} more", more))
        yield from wrap(
            speak(N_("Or instead: {actions}."), actions=speak.any_of(told)), page, "    "
        )


def _notes(ranking: Ranking, names: Names) -> Iterator[str]:
    """Yield what the order rests on, and what it leaves out."""
    speak = names.speak
    if covered := sum(action.covered_by is not None for action in ranking.actions):
        yield speak.many(
            "One more action helps only what one of these puts right; the JSON format lists it.",
            "{number} more actions help only what one of these puts right; the JSON format lists "
            "them.",
            covered,
        )
    if ranking.untried:
        yield speak.many(
            "There was no time to try one more action.",
            "There was no time to try {number} more actions.",
            ranking.untried,
        )
    if ranking.actions:
        weights = ", ".join(f"{name} {weight:g}" for name, weight in ranking.weights.items())
        yield speak(
            N_("Weights: {weights}. Change them under “priorities” in charter.yaml."),
            weights=weights,
        )
