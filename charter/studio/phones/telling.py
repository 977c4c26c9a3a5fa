"""What a phone is told of its workshop: the round as it stands, and one's own answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from charter.messages import Speaker, visible
from charter.messages.workshop import QUESTIONS, round_title
from charter.workshop import Answer, Card, Dots, Round, Stage, Workshop
from charter.workshop.answers import plain

Told = Mapping[str, Any]


def state(
    workshop: Workshop,
    mine: Sequence[Answer],
    revealed: Told | None,
    speak: Speaker,
    now: float,
) -> dict[str, Any]:
    """Return the state of a workshop, as one participant may know it.

    Args:
        workshop: Their workshop.
        mine: What they answered in its round, as it stands.
        revealed: What `counts` tells of the round; None while it isn't for all to see.
        speak: The language that their phone speaks.
        now: In seconds since 1970.
    """
    round = workshop.round
    return {
        "type": "state",
        "title": visible(workshop.title),
        "is_over": workshop.is_ended,
        "place": workshop.current + 1,
        "places": len(workshop.rounds),
        "round": _round(round, speak, now) if round else None,
        "mine": [{"key": each.key, "says": plain(each.says)} for each in mine],
        "revealed": revealed,
    }


def counts(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return what all may know of a round that is revealed: how much was said of which card.

    Nobody is named, and nothing says who said what.
    """
    spoken = Counter[str]()
    for each in answers:
        if isinstance(each.says, Dots):
            spoken.update(dict(each.says.dots))
        else:
            spoken[each.key] += 1
    return {
        "answered": len({each.participant for each in answers}),
        "answers": len(answers),
        "cards": dict(spoken),
    }


def _round(round: Round, speak: Speaker, now: float) -> dict[str, Any]:
    is_begun = round.stage is not Stage.WAITING
    return {
        "id": round.id,
        "kind": round.kind,
        "title": round_title(round.title, round.kind, round.subject, speak),
        "question": speak(QUESTIONS[round.kind]),
        "note": visible(round.note),
        "stage": round.stage,
        "is_revealed": round.is_revealed,
        "dots": round.dots,
        "remaining": round.remaining(now),
        # What comes is told when it comes.
        "cards": [_card(each, speak) for each in round.cards] if is_begun else [],
        "choices": [_card(each, speak) for each in round.choices] if is_begun else [],
    }


def _card(card: Card, speak: Speaker) -> dict[str, str]:
    told = {"key": card.key, "name": speak.words(card.name)}
    if card.detail:
        told["detail"] = speak.words(card.detail)
    return told
