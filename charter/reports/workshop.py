"""A workshop as a short report: what was asked, what it came to, what becomes of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from charter.messages import N_, Speaker, visible
from charter.reports.web import document
from charter.reports.words import date
from charter.workshop.outcome import Outcome, RoundOutcome
from charter.workshop.proposals import Proposal, Standing
from charter.workshop.telling import (
    agreement_told,
    question,
    results_told,
    round_name,
    standing_told,
)
from journeys.document import Words

_KINDS = {
    Standing.OPEN: "info",
    Standing.DONE: "accepted",
    Standing.GONE: "removed",
    Standing.NOTED: "vacuous",
}
"""The sign and the colour of each standing; what is advised is green."""


@dataclass(frozen=True)
class _Proposed:
    kind: str
    word: str
    told: str
    backing: str
    detail: str


@dataclass(frozen=True)
class _Part:
    title: str
    asked: str
    facts: str
    note: str
    results: tuple[tuple[str, str], ...]
    proposals: tuple[_Proposed, ...]
    rest: tuple[str, ...]


def render(found: Outcome, brand: Words, speak: Speaker) -> str:
    """Return the report as an HTML document that needs no network; nobody is named in it."""
    workshop = found.workshop
    begun = [each for each in found.rounds if each.results.answered]
    opened = datetime.datetime.fromtimestamp(workshop.opened).astimezone().date()
    return document(
        "workshop.html",
        speak.language,
        brand=speak.words(brand),
        eyebrow=speak(N_("What a workshop came to")),
        title=visible(workshop.title) or speak(N_("Workshop")),
        day=date(opened, speak),
        headline=_headline(found, speak),
        measure=speak(_MEASURE) if any(e.results.agreement is not None for e in begun) else "",
        parts=[_part(n, each, speak) for n, each in enumerate(found.rounds, 1) if each in begun],
        words={
            "proposals": speak(N_("What becomes of it")),
            "example": speak(N_("For example")),
            "nothing": speak(N_("Nobody has answered anything yet.")),
        },
    )


_MEASURE = N_(
    "Agreement is Krippendorff's alpha: 1 is full agreement, 0 what chance would bring. From 0.8 "
    "on people agree, from 0.667 on they do on the whole. A room that disagrees is a result too."
)


def _headline(found: Outcome, speak: Speaker) -> str:
    rounds = sum(bool(each.results.answered) for each in found.rounds)
    most = max((each.results.answered for each in found.rounds), default=0)
    proposed = len(found.of(Standing.OPEN))
    return " ".join(
        [
            speak.many("{number} person,", "{number} people,", most),
            speak.many("{number} round,", "{number} rounds,", rounds),
            speak.many("{number} proposal.", "{number} proposals.", proposed),
        ]
    )


def _part(number: int, found: RoundOutcome, speak: Speaker) -> _Part:
    answered = speak.many(
        "{number} person answered", "{number} people answered", found.results.answered
    )
    facts = [answered, agreement_told(found.results.agreement, speak)]
    return _Part(
        speak(N_("Round {number}: {name}"), number=number, name=round_name(found.round, speak)),
        question(found.round, speak),
        " · ".join(filter(None, facts)),
        visible(found.round.note),
        tuple(results_told(found, speak)),
        tuple(_proposed(each, speak) for each in found.proposals if _is_told(each)),
        tuple(_rest(found, speak)),
    )


def _is_told(proposal: Proposal) -> bool:
    """Return whether a proposal is told by itself: what fewer people said stands in the results."""
    return proposal.is_advised or proposal.standing in (Standing.GONE, Standing.NOTED)


def _rest(found: RoundOutcome, speak: Speaker) -> Iterator[str]:
    """Yield how many proposals aren't told by themselves, and why."""
    standings = [each.standing for each in found.proposals if not _is_told(each)]
    if number := standings.count(Standing.OPEN):
        yield speak.many(
            "{number} more was said by fewer people.",
            "{number} more were said by fewer people.",
            number,
        )
    if number := standings.count(Standing.DONE):
        yield speak.many(
            "{number} thing that was said stands in the charter already.",
            "{number} things that were said stand in the charter already.",
            number,
        )


def _proposed(proposal: Proposal, speak: Speaker) -> _Proposed:
    return _Proposed(
        "added" if proposal.is_advised else _KINDS[proposal.standing],
        standing_told(proposal, speak),
        proposal.told.spoken(speak),
        proposal.backing.spoken(speak),
        visible(proposal.detail),
    )
