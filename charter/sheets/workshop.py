"""A workshop told as tables: its rounds, what was answered, what it came to, what it proposes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from charter.messages import N_, Speaker
from charter.sheets.table import Column, Table, Value
from charter.sheets.workbook import workbook
from charter.workshop import Answer, Round
from charter.workshop.outcome import Outcome, RoundOutcome
from charter.workshop.telling import (
    answer_told,
    card_name,
    choice_names,
    question,
    round_name,
    spread_told,
    standing_told,
)


def workshop_workbook(
    found: Outcome, answers: Mapping[str, Sequence[Answer]], speak: Speaker
) -> bytes:
    """Return the workbook of a workshop; the same one, the same bytes.

    Who answered is told by a number alone.
    """
    return workbook(list(_tables(found, answers, speak)), speak)


def _tables(
    found: Outcome, answers: Mapping[str, Sequence[Answer]], speak: Speaker
) -> Iterator[Table]:
    numbered = list(enumerate(found.rounds, start=1))
    number = Column(speak(N_("Round")))
    about, of = Column(speak(N_("About"))), Column(speak(N_("What of it")))
    yield _table(
        speak(N_("Rounds")),
        "rounds",
        [
            number,
            Column(speak(N_("Name"))),
            Column(speak(N_("Question"))),
            Column(speak(N_("Note"))),
            Column(speak(N_("Answered")), speak(N_("How many different people answered."))),
            Column(speak(N_("Agreement")), speak(_ALPHA)),
        ],
        [
            (
                n,
                round_name(each.round, speak),
                question(each.round, speak),
                each.round.note or None,
                each.results.answered,
                _decimal(each.results.agreement),
            )
            for n, each in numbered
        ],
    )
    yield _table(
        speak(N_("Answers")),
        "answers",
        [
            number,
            Column(speak(N_("Participant")), speak(N_("A number that says nothing of them."))),
            about,
            of,
            Column(speak(N_("Answer"))),
        ],
        [
            (n, f"P{answer.participant}", *_cells(told))
            for n, each in numbered
            for answer in answers.get(each.round.id, ())
            for told in answer_told(each.round, answer, speak)
        ],
    )
    yield _table(
        speak(N_("Results")),
        "results",
        [
            number,
            about,
            of,
            Column(speak(N_("Answered"))),
            Column(speak(N_("Sum")), speak(N_("Who felt it, said it, or spent dots on it."))),
            Column(speak(N_("Median"))),
            Column(speak(N_("Alike")), speak(_ALIKE)),
            Column(speak(N_("Each answer"))),
        ],
        [row for n, each in numbered for row in _results(n, each, speak)],
    )
    yield _table(
        speak(N_("Proposals")),
        "proposals",
        [
            number,
            Column(speak(N_("Proposal"))),
            Column(speak(N_("Said besides"))),
            Column(speak(N_("Support"))),
            Column(speak(N_("Answered"))),
            Column(speak(N_("Why"))),
            Column(speak(N_("State"))),
        ],
        [
            (
                n,
                proposal.told.spoken(speak),
                proposal.detail or None,
                proposal.support,
                proposal.asked,
                proposal.backing.spoken(speak),
                standing_told(proposal, speak),
            )
            for n, each in numbered
            for proposal in each.proposals
        ],
    )


_ALPHA = N_(
    "Krippendorff's alpha: 1 is full agreement, 0 what chance would bring. From 0.8 on people "
    "agree, from 0.667 on they do on the whole. Of the grades of effort it is the lowest."
)
_ALIKE = N_("How much alike two people answered it, from 0 to 1; one half is a room split in two.")


def _table(
    name: str, file: str, columns: Sequence[Column], rows: Sequence[tuple[Value, ...]]
) -> Table:
    return Table(name, file, tuple(columns), tuple(rows), spare_rows=0)


def _cells(told: tuple[str, str, str | int]) -> tuple[Value, Value, Value]:
    about, of, says = told
    return about or None, of or None, says


def _results(number: int, found: RoundOutcome, speak: Speaker) -> Iterator[tuple[Value, ...]]:
    round, results = found.round, found.results
    for group in results.ideas:
        others = "; ".join(dict.fromkeys(each.name for each in group.others))
        yield (
            number,
            group.says.name,
            None,
            results.answered,
            group.support,
            None,
            None,
            others or None,
        )
    names = choice_names(round, speak)
    for tally in results.tallies:
        is_text = any(isinstance(says, str) for says, _ in tally.spread)
        yield (
            number,
            card_name(round.card(tally.key), tally.key, speak),
            names.get(tally.choice) or None,
            tally.count,
            None if is_text or not _adds_up(round) else tally.total,
            tally.middle,
            _decimal(tally.agreement),
            spread_told(round, tally, speak),
        )


def _adds_up(round: Round) -> bool:
    """Return whether what was answered in a round is counted together."""
    return round.kind in ("tag", "dots")


def _decimal(measure: float | None) -> float | None:
    return None if measure is None else round(measure, 3)
