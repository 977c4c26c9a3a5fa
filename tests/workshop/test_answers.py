"""What phones send is held to what the round asks."""

import pytest

from charter.messages.workshop import refusals
from charter.workshop import (
    Card,
    Dots,
    Feeling,
    Felt,
    Grades,
    Idea,
    Irritant,
    Kind,
    Refused,
    Round,
    Showing,
    read_answer,
)
from charter.workshop.answers import plain
from journeys.document import Words


def cards(*keys: str) -> tuple[Card, ...]:
    return tuple(Card(key, Words.of(key.title())) for key in keys)


PROPOSE = Round("r", Kind.PROPOSE, choices=cards("hospitality"))
TAG = Round("r", Kind.TAG, cards=cards("window"), choices=cards("named-host", "no-repeat"))
EXPRESS = Round("r", Kind.EXPRESS, cards=cards("named-host/store"))
EMOTION = Round("r", Kind.EMOTION, cards=cards("window"))
IRRITANTS = Round("r", Kind.IRRITANTS, choices=cards("window"))
DOTS = Round("r", Kind.DOTS, cards=cards("window", "till"), dots=3)
EFFORT = Round("r", Kind.EFFORT, cards=cards("window"))


@pytest.mark.parametrize(
    ("round", "key", "said", "read"),
    [
        (PROPOSE, "i1", {"name": " A  host "}, Idea("A host")),
        (PROPOSE, "i1", {"name": "A", "value": "hospitality"}, Idea("A", "hospitality")),
        (TAG, "window", {"markers": ["no-repeat", "no-repeat"]}, Felt(("no-repeat",))),
        (TAG, "window", {"markers": []}, Felt()),
        (EXPRESS, "named-host/store", {"dont": "point"}, Showing(dont="point")),
        (EMOTION, "window", {"emotion": -2}, Feeling(-2)),
        (IRRITANTS, "i1", {"name": "Queues", "touchpoint": "window"}, Irritant("Queues", "window")),
        (DOTS, "dots", {"dots": {"till": 2, "window": 0}}, Dots((("till", 2),))),
        (EFFORT, "window", {"value": 3, "duration": None}, Grades(value=3)),
    ],
)
def test_an_answer_is_read_as_its_round_asks(round, key, said, read):
    assert read_answer(round, key, said) == read
    assert read_answer(round, key, plain(read)) == read


@pytest.mark.parametrize(
    ("round", "key", "said", "reason"),
    [
        (PROPOSE, "i1", {"name": "\u202e \x00"}, "says-nothing"),
        (PROPOSE, "i1", {"name": "x" * 81}, "too-long"),
        (PROPOSE, "i1", {"name": "x" * 1_000_000}, "too-long"),
        (PROPOSE, "i1", {"name": "A", "value": "pride"}, "no-such-choice"),
        (PROPOSE, "<i>", {"name": "A"}, "not-an-answer"),
        (PROPOSE, "i1", "A", "not-an-answer"),
        (PROPOSE, 1, {"name": "A"}, "not-an-answer"),
        (TAG, "till", {"markers": []}, "no-such-card"),
        (TAG, "window", {"markers": [["named-host"]]}, "no-such-choice"),
        (TAG, "window", {"markers": ["named-host"] * 3}, "not-an-answer"),
        (EXPRESS, "named-host/store", {"do": " "}, "says-nothing"),
        (EMOTION, "window", {"emotion": 3}, "not-in-range"),
        (EMOTION, "window", {"emotion": True}, "not-in-range"),
        (EMOTION, "window", {"emotion": 0.5}, "not-in-range"),
        (EMOTION, "window", {}, "not-in-range"),
        (DOTS, "dots", {"dots": {"till": 2, "window": 2}}, "too-many-dots"),
        (DOTS, "dots", {"dots": {"till": -1}}, "not-in-range"),
        (DOTS, "dots", {"dots": {"shop": 1}}, "no-such-card"),
        (DOTS, "dots", {"dots": [1]}, "not-an-answer"),
        (DOTS, "more-dots", {"dots": {"till": 1}}, "not-an-answer"),
        (EFFORT, "window", {}, "says-nothing"),
        (EFFORT, "window", {"value": 0}, "not-in-range"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_reason_people_are_told(round, key, said, reason):
    with pytest.raises(Refused) as refused:
        read_answer(round, key, said)
    assert refused.value.reason == reason
    assert reason in refusals()


def test_letters_that_only_steer_how_a_text_is_shown_are_left_out():
    assert read_answer(PROPOSE, "i", {"name": "\u202eevil\u2066 text\x07"}) == Idea("evil text")
    assert read_answer(PROPOSE, "i", {"name": "👩\u200d🍳"}) == Idea("👩\u200d🍳")
