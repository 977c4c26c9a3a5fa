"""What a round comes to, from what was answered in it."""

import re
import time
from dataclasses import replace

import pytest

from charter.workshop import (
    Answer,
    Card,
    Dots,
    Feeling,
    Felt,
    Grades,
    Idea,
    Irritant,
    Kind,
    Round,
    Showing,
)
from charter.workshop.results import Group, Results, cards_of, results_of
from journeys.document import Words


def cards(*keys: str) -> tuple[Card, ...]:
    return tuple(Card(key, Words.of(key.title())) for key in keys)


PROPOSE = Round("r", Kind.PROPOSE, choices=cards("hospitality"))
TAG = Round("r", Kind.TAG, cards=cards("window", "till"), choices=cards("host", "calm"))
EXPRESS = Round("r", Kind.EXPRESS, cards=cards("host/store", "host/email"))
EMOTION = Round("r", Kind.EMOTION, cards=cards("window", "till"))
IRRITANTS = Round("r", Kind.IRRITANTS, choices=cards("window"))
DOTS = Round("r", Kind.DOTS, cards=cards("window", "till"), dots=3)
EFFORT = Round("r", Kind.EFFORT, cards=cards("window"))


def said(*answers: tuple) -> list[Answer]:
    """Return answers, each told as (participant, key, what it says)."""
    return [Answer(n, "r", who, key, says) for n, (who, key, says) in enumerate(answers, start=1)]


def ideas(*told: tuple[int, str]) -> list[Answer]:
    return said(*((who, f"i{n}", Idea(name)) for n, (who, name) in enumerate(told)))


def test_each_marker_of_each_touchpoint_is_felt_or_not_by_who_answered_it():
    answers = said(
        (101, "window", Felt(("host",))),
        (102, "window", Felt(("host", "calm"))),
        (103, "window", Felt()),
        (101, "till", Felt(("calm",))),
    )
    results = results_of(TAG, answers)
    assert results.answered == 3
    assert [(t.key, t.choice, t.count, t.spread, t.total) for t in results.tallies] == [
        ("window", "host", 3, ((1, 2), (0, 1)), 2),
        ("window", "calm", 3, ((1, 1), (0, 2)), 1),
        ("till", "host", 1, ((1, 0), (0, 1)), 0),
        ("till", "calm", 1, ((1, 1), (0, 0)), 1),
    ]
    assert results.tally("window", "host").agreement == pytest.approx(1 / 3)
    assert results.tally("till", "host").agreement is None
    # Six answers that are compared, three of them yes: two apart within each thing.
    assert results.agreement == pytest.approx(1 - (4 / 6) / (18 / 30))


def test_emotions_have_their_spread_and_median():
    answers = said(
        (101, "window", Feeling(-2)),
        (102, "window", Feeling(1)),
        (103, "window", Feeling(2)),
        (101, "till", Feeling(1)),
        (102, "till", Feeling(2)),
    )
    window, till = results_of(EMOTION, answers).tallies
    assert window.spread == ((-2, 1), (-1, 0), (0, 0), (1, 1), (2, 1))
    assert (window.count, window.middle) == (3, 1)
    assert (till.count, till.middle) == (2, 1.5)


def test_grades_are_counted_each_for_itself():
    answers = said(
        (101, "window", Grades(duration=1, value=3)),
        (102, "window", Grades(duration=2)),
    )
    results = results_of(EFFORT, answers)
    assert [(t.choice, t.count, t.middle) for t in results.tallies] == [
        ("duration", 2, 1.5),
        ("frequency", 0, None),
        ("complexity", 0, None),
        ("value", 1, 3),
    ]


def test_of_the_grades_the_least_agreement_is_told():
    round = replace(EFFORT, cards=cards("window", "till"))
    answers = said(
        (101, "window", Grades(duration=1, value=1)),
        (102, "window", Grades(duration=1, value=3)),
        (101, "till", Grades(duration=3, value=3)),
        (102, "till", Grades(duration=3, value=1)),
    )
    assert results_of(round, answers).agreement == pytest.approx(-0.5)


def test_dots_are_counted_and_who_spent_none_on_a_card_too():
    answers = said((101, "dots", Dots((("till", 3),))), (102, "dots", Dots((("till", 1),))))
    window, till = results_of(DOTS, answers).tallies
    assert (window.total, window.count, window.spread) == (0, 2, ((0, 2), (1, 0), (2, 0), (3, 0)))
    assert (till.total, till.count, till.spread) == (4, 2, ((0, 0), (1, 1), (2, 0), (3, 1)))


def test_texts_are_all_there_those_most_wrote_first():
    answers = said(
        (101, "host/store", Showing(do="Smile")),
        (102, "host/store", Showing(do="Say your name", dont="Point")),
        (103, "host/store", Showing(do="Say your name")),
    )
    results = results_of(EXPRESS, answers)
    assert [(t.key, t.choice, t.count, t.spread) for t in results.tallies] == [
        ("host/store", "do", 3, (("Say your name", 2), ("Smile", 1))),
        ("host/store", "dont", 3, (("Point", 1),)),
    ]
    assert results.agreement is None


def test_an_idea_is_supported_by_different_people():
    answers = ideas((101, "A named host"), (101, "Named hosts"), (102, "A host with a name"))
    apart = results_of(PROPOSE, answers)
    assert [(g.number, g.support) for g in apart.ideas] == [(1, 1), (2, 1), (3, 1)]
    merged = results_of(replace(PROPOSE, merged=((2, 1, 3),)), answers)
    assert merged.ideas == (
        Group(
            number=2,
            says=Idea("Named hosts"),
            others=(Idea("A named host"), Idea("A host with a name")),
            numbers=(2, 1, 3),
            support=2,
        ),
    )


@pytest.mark.parametrize(
    ("merged", "groups"),
    [
        pytest.param((), [(1,), (2,), (3,), (4,)], id="none"),
        pytest.param(((1, 2), (2, 3)), [(1, 2, 3), (4,)], id="one in two groups joins them"),
        pytest.param(((9, 3, 4),), [(9, 3, 4), (1,), (2,)], id="the first was taken back"),
        pytest.param(((9, 8),), [(1,), (2,), (3,), (4,)], id="all were taken back"),
        pytest.param(((4, 4),), [(1,), (2,), (3,), (4,)], id="with itself"),
    ],
)
def test_merging_loses_no_idea(merged, groups):
    answers = ideas((101, "a"), (102, "b"), (103, "c"), (104, "d"))
    results = results_of(replace(PROPOSE, merged=merged), answers)
    assert [each.numbers for each in results.ideas] == groups
    assert sum(each.support for each in results.ideas) == 4
    assert {results.idea(number).number for number in (1, 2, 3, 4)} == {
        each.number for each in results.ideas
    }


def test_near_duplicates_are_proposed_until_they_are_merged():
    answers = ideas((101, "A named host"), (102, "Calm"), (103, "Named hosts"))
    apart = results_of(PROPOSE, answers)
    assert apart.likely_same == ((1, 3),)
    assert len(apart.ideas) == 3
    assert results_of(replace(PROPOSE, merged=((1, 3),)), answers).likely_same == ()


def test_what_most_people_said_comes_first_and_is_a_card_in_the_order_it_came_in():
    answers = said(
        (101, "a", Irritant("Queues")),
        (102, "b", Irritant("Noise", "window")),
        (103, "c", Irritant("Noise")),
    )
    results = results_of(replace(IRRITANTS, merged=((2, 3),)), answers)
    assert [each.says.name for each in results.ideas] == ["Noise", "Queues"]
    assert results.ideas[0].others == (Irritant("Noise"),)
    assert [(each.key, each.name) for each in cards_of(results)] == [
        ("1", Words.of("Queues")),
        ("2", Words.of("Noise")),
    ]


@pytest.mark.parametrize("round", [PROPOSE, TAG, EXPRESS, EMOTION, IRRITANTS, DOTS, EFFORT])
def test_a_round_that_nobody_answered_comes_to_nothing(round):
    results = results_of(round, [])
    assert (results.answered, results.ideas, results.agreement) == (0, (), None)
    assert all(each.count == 0 and each.middle is None for each in results.tallies)


def test_results_name_no_participant():
    answers = [
        *ideas((101, "A named host"), (102, "Calm")),
    ]
    told = repr(results_of(PROPOSE, answers))
    assert isinstance(results_of(PROPOSE, answers), Results)
    assert not re.search(r"\b10[12]\b", told)


def test_a_full_room_is_told_fast():
    """60 people who tag 40 touchpoints with 15 markers, after nltk is loaded once."""
    round = Round(
        "r",
        Kind.TAG,
        cards=cards(*(f"t{n}" for n in range(40))),
        choices=cards(*(f"m{n}" for n in range(15))),
    )
    keys = [each.key for each in round.choices]
    answers = said(
        *(
            (who, card.key, Felt(tuple(keys[: (who * n) % 15])))
            for who in range(100, 160)
            for n, card in enumerate(round.cards)
        )
    )
    results_of(TAG, said((1, "till", Felt()), (2, "till", Felt(("host",)))))
    begun = time.process_time()
    results_of(round, answers)
    assert time.process_time() - begun < 2
