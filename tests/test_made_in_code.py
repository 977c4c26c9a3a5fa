"""Journeys made in code are what reading the same from a file gives, at no file's expense."""

import copy
import pickle
import tracemalloc

import pytest

from journeys.document import Reading
from journeys.indicators import Figure
from journeys.model import (
    Effort,
    Evidence,
    Frame,
    Indicators,
    Journey,
    Outcome,
    Shares,
    Tag,
    TagStatus,
    Touchpoint,
    Transition,
    read_journey,
)
from journeys.source import Position, read

WRITTEN = """\
journey: purchase
name: Buying a lamp
segments: [newcomer, loyal]
weight: 40
outcomes: [{id: bought, wanted: true}]
touchpoints:
  - id: window
    name: Shop window
    stage: discover
    channel: store
    entry: true
    arrives: {loyal: 3}
    markers: [named-host, {marker: remembered, segments: [loyal], how: By name, status: planned}]
    moment-of-truth: true
    emotion: -1
    owner: retail
    content: [content/window.md]
    indicators: {quantitative: [{name: waiting time, target: 3, observed: 4.5}]}
    effort: {duration: 1}
    next: [till, {to: till, share: 30, segments: [newcomer], markers: [no-repeat], cross: true}]
  - {id: till, stage: buy, channels: {web: 70, app: 30}, exit: bought, ends: 20, next: desk}
  - {id: desk, stage: buy, channels: [web, app], segments: [loyal]}
"""
MADE = Journey.of(
    "purchase",
    [
        Touchpoint.of(
            "window",
            name="Shop window",
            stage="discover",
            channel="store",
            entry=True,
            arrives={"loyal": 3},
            markers=[
                "named-host",
                Tag.of(
                    "remembered",
                    segments=["loyal"],
                    how="By name",
                    status=TagStatus.PLANNED,
                    evidence=Evidence.ASSUMED,
                ),
            ],
            moment_of_truth=True,
            emotion=-1,
            owner="retail",
            content=["content/window.md"],
            indicators=Indicators.made(
                {"quantitative": (Figure.of("waiting time", target=3, observed=4.5),)}
            ),
            effort=Effort.made({"duration": 1}),
            next=[
                "till",
                Transition.of(
                    "till", share=30, segments=["newcomer"], markers=["no-repeat"], cross=True
                ),
            ],
        ),
        Touchpoint.of(
            "till",
            stage="buy",
            channels={"web": 70, "app": 30},
            exit="bought",
            ends=20,
            next=["desk"],
        ),
        Touchpoint.of("desk", stage="buy", channels=["web", "app"], segments=["loyal"]),
    ],
    name="Buying a lamp",
    segments=["newcomer", "loyal"],
    weight=40,
    outcomes=[Outcome.made({"id": "bought", "wanted": True})],
)
FRAME = Frame(
    channels=("store", "web", "app"),
    stages=("discover", "buy"),
    segments=("newcomer", "loyal"),
    labels=("named-host", "remembered", "no-repeat"),
)


def as_read() -> Journey:
    reading = Reading()
    root = read(WRITTEN.encode(), "a.yaml").root
    assert root is not None
    journey = read_journey(root, FRAME, reading)
    assert journey is not None, reading.problems
    return journey


def test_a_journey_made_in_code_equals_the_same_one_read():
    assert as_read() == MADE


@pytest.mark.parametrize("name", ["till", "desk"])
def test_shares_of_channels_are_known_to_be_written_or_not(name: str):
    """Whether customers keep to their channel depends on it, and it is no field."""
    made, read_ = (
        next(touchpoint for touchpoint in journey.touchpoints if touchpoint.id == name)
        for journey in (MADE, as_read())
    )
    assert made.are_channel_shares_written is read_.are_channel_shares_written


def test_what_is_made_in_code_stands_nowhere():
    window = MADE.touchpoints[0]
    assert (window.position, window.position_of("stage")) == (Position("", 1, 1),) * 2
    assert MADE.file == ""


@pytest.mark.parametrize(
    ("weight", "shares"),
    [
        pytest.param(30, Shares(30.0, {}), id="one number for everyone"),
        pytest.param({"loyal": 3}, Shares(None, {"loyal": 3}), id="a number by segment"),
        pytest.param(Shares(2.0, {}), Shares(2.0, {}), id="shares ready made"),
    ],
)
def test_shares_may_be_given_as_in_a_file(weight, shares: Shares):
    assert Transition.of("till", share=weight).share == shares


@pytest.mark.parametrize(
    "remade",
    [
        pytest.param(copy.copy, id="copied"),
        pytest.param(copy.deepcopy, id="copied through and through"),
        pytest.param(lambda journey: pickle.loads(pickle.dumps(journey)), id="pickled"),
        pytest.param(lambda journey: journey.model_copy(), id="copied by pydantic"),
    ],
)
def test_a_copy_says_the_same_and_knows_where_it_stands(remade):
    for journey in (MADE, as_read()):
        other = remade(journey)
        assert other == journey
        assert other.position_of("touchpoints") == journey.position_of("touchpoints")


def test_a_copy_with_another_value_leaves_the_first_as_it_was():
    """They share what they can, but nothing that one of them may change."""
    first, second = Transition.of("till"), Transition.of("till")
    changed = first.model_copy(update={"to": "desk"})
    assert (first.to, second.to, changed.to) == ("till", "till", "desk")


def test_a_transition_made_in_code_takes_little_memory():
    """Three million of them are held in one journey."""
    count = 1_000
    Transition.of("till")
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        held = [Transition.of("till") for _ in range(count)]
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / len(held) < 300
