"""What a facilitator does with a workshop."""

from dataclasses import replace

import pytest

from charter.workshop import Card, Kind, NotNow, Round, Stage, Workshop
from journeys.document import Words

CARDS = (Card("window", Words.of("Window")),)
FIRST = Round("r1", Kind.EMOTION, minutes=2, cards=CARDS)
SECOND = Round("r2", Kind.PROPOSE)
WORKSHOP = Workshop("w", "CODE2345", "Our journey", "Anne", 0.0, (FIRST, SECOND))


def test_a_round_is_opened_and_closed():
    opened = WORKSHOP.started(100.0)
    assert opened.round.stage is Stage.OPEN
    assert opened.stopped(130.0).round.stage is Stage.CLOSED


def test_the_time_of_a_round_goes_on_where_it_stopped():
    stopped = WORKSHOP.started(100.0).stopped(130.0)
    assert stopped.round.remaining(999.0) == 90.0
    assert stopped.started(1000.0).round.remaining(1010.0) == 80.0


def test_a_clock_that_is_changed_opens_and_closes_nothing():
    opened = WORKSHOP.started(1000.0)
    put_back = opened.round.remaining(10.0)
    put_on = opened.round.remaining(1_000_000.0)
    assert (put_back, put_on) == (120.0, 0.0)
    assert opened.round.is_open
    assert opened.stopped(10.0).round.spent == 0.0


def test_going_on_closes_what_was_open():
    there = WORKSHOP.started(0.0).at(1, 5.0)
    assert (there.current, there.rounds[0].stage) == (1, Stage.CLOSED)


def test_cards_are_dealt_when_a_round_is_opened_first_and_stay_then():
    other = (Card("till", Words.of("Till")),)
    dealt = WORKSHOP.started(0.0, replace(FIRST, cards=other))
    assert dealt.round.cards == other
    again = dealt.stopped(1.0).started(2.0, replace(FIRST, cards=CARDS))
    assert again.round.cards == other


@pytest.mark.parametrize(
    ("move", "reason"),
    [
        (lambda w: replace(w, rounds=()).started(0.0), "no-round"),
        (lambda w: w.amended(replace(FIRST, cards=())).started(0.0), "no-cards"),
        (lambda w: w.ended(0.0).started(0.0), "ended"),
        (lambda w: w.at(2, 0.0), "no-such-round"),
        (lambda w: w.arranged(lambda rounds: rounds * 16), "too-many-rounds"),
        (lambda w: w.started(0.0).arranged(lambda rounds: rounds[1:]), "round-begun"),
    ],
)
def test_what_cannot_be_done_as_it_stands_is_refused(move, reason):
    with pytest.raises(NotNow) as refused:
        move(WORKSHOP)
    assert refused.value.reason == reason


def test_arranging_rounds_stays_at_the_same_round():
    arranged = WORKSHOP.at(1, 0.0).arranged(lambda rounds: rounds[::-1])
    assert (arranged.current, arranged.round.id) == (0, "r2")


def test_a_workshop_that_is_over_can_go_on():
    over = WORKSHOP.started(0.0).ended(9.0)
    assert (over.is_ended, over.round.stage) == (True, Stage.CLOSED)
    assert over.reopened().started(10.0).round.is_open
