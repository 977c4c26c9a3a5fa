"""The pictures on the screen of the room: nothing that the room said is left out of them."""

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pytest

from charter.messages import Language, speaker
from charter.studio.board_charts import (
    dots_chart,
    effort_chart,
    feelings_picture,
    tags_chart,
    without_dots,
)
from charter.studio.emotion_ground import LINE
from charter.workshop import Answer, Card, Dots, Feeling, Felt, Grades, Kind, Round, results
from charter.workshop.answers import LONGEST_NAME
from charter.workshop.results import results_of
from journeys.document import Words

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = speaker(Language.ENGLISH)


@pytest.fixture(autouse=True)
def no_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """It isn't drawn; loading what it is worked out with takes seconds."""
    monkeypatch.setattr(results, "alpha", lambda *_: None)


def cards(count: int, called: str = "Place {}") -> tuple[Card, ...]:
    return tuple(Card(f"c{n}", Words.of(called.format(n))) for n in range(count))


def said(round: Round, *answers: tuple[str, Any]) -> list[Answer]:
    return [Answer(n, round.id, n, key, says) for n, (key, says) in enumerate(answers, start=1)]


def told(chart: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Return what the texts of a picture say, each with the line where it stands."""
    (texts,) = (each for each in chart["layer"] if each["mark"]["type"] == "text")
    return [(each["row"], each["told"]) for each in texts["data"]["values"]]


def names(chart: Mapping[str, Any]) -> str:
    return str(chart["layer"][0]["encoding"]["y"]["axis"]["labelExpr"])


@pytest.mark.parametrize("is_dark", [False, True])
def test_each_marker_has_its_number_at_each_touchpoint_on_a_long_journey_too(is_dark: bool):
    round = Round("r", Kind.TAG, cards=cards(29), choices=cards(12, "Marker {}"))
    answers = said(round, ("c0", Felt(("c1",))), ("c0", Felt(("c1", "c2"))), ("c28", Felt()))
    stages = [("Buy", round.cards[:15]), ("Keep", round.cards[15:])]
    chart = tags_chart(round, results_of(round, answers), ENGLISH, stages, is_dark=is_dark)
    assert told(chart)[:12] == [(1, each) for each in ("0", "2", "1", *["0"] * 9)]
    assert {each for _, each in told(chart)[12:]} == {"0"}
    # Each stage's name has a line of its own.
    assert sorted({row for row, _ in told(chart)}) == [*range(1, 16), *range(17, 31)]
    assert len(told(chart)) == 29 * 12
    strongest = max(chart["layer"][1]["data"]["values"], key=lambda cell: cell["share"])
    assert (strongest["row"], strongest["start"], strongest["share"]) == (1, 1, 1.0)


def test_grades_have_three_numbers_and_a_frame_around_the_middle():
    round = Round("r", Kind.EFFORT, cards=cards(1))
    answers = said(round, *(("c0", Grades(duration=grade)) for grade in (1, 2, 2, 3, 1, 2)))
    chart = effort_chart(
        round, results_of(round, answers), ENGLISH, [("", round.cards)], is_dark=False
    )
    assert told(chart)[:3] == [(0, "2"), (0, "3"), (0, "1")]
    cells = chart["layer"][1]["data"]["values"]
    (frame,) = chart["layer"][-1]["data"]["values"]
    assert (frame["start"], frame["full"]) == (cells[1]["start"], cells[1]["full"])
    between = said(round, ("c0", Grades(duration=1)), ("c0", Grades(duration=2)))
    chart = effort_chart(
        round, results_of(round, between), ENGLISH, [("", round.cards)], is_dark=False
    )
    (frame,) = chart["layer"][-1]["data"]["values"]
    assert cells[0]["start"] < frame["start"] < cells[1]["start"]


def test_each_feeling_has_a_circle_with_how_many_people_have_it():
    round = Round("r", Kind.EMOTION, cards=cards(3))
    answers = said(
        round, *((c, Feeling(felt)) for c, felt in (("c0", -2), ("c0", 1), ("c0", 1), ("c2", 2)))
    )
    stages = [("Buy", round.cards[:2]), ("Keep", round.cards[2:])]
    svg = feelings_picture(results_of(round, answers), ENGLISH, stages, "How it feels")
    picture = ElementTree.fromstring(svg)
    circles = [
        (each[0], each[1].text) for each in picture.iter(f"{SVG}g") if each[0].tag == f"{SVG}circle"
    ]
    assert [people for _, people in circles] == ["1", "2", "1"]
    few, many, all_of_them = (float(circle.get("r", "")) for circle, _ in circles)
    assert few < many < all_of_them, "the larger the more people"
    low, high = (float(circle.get("cy", "")) for circle, _ in circles[:2])
    assert high < low
    assert sum(path.get("stroke") == LINE for path in picture.iter(f"{SVG}path")) == 1
    assert {"Place 0", "Place 1", "Place 2", "Buy", "Keep"} <= {
        title.text for title in picture.iter(f"{SVG}title")
    }


@pytest.mark.parametrize(("count", "left_out"), [(16, 0), (29, 27)])
def test_what_got_no_dots_is_drawn_or_named(count: int, left_out: int):
    round = Round("r", Kind.DOTS, cards=cards(count), dots=3)
    answers = said(round, ("dots", Dots((("c3", 2), ("c9", 1)))), ("dots", Dots((("c3", 1),))))
    found = results_of(round, answers)
    chart = dots_chart(round, found, ENGLISH, [], is_dark=False)
    drawn = told(chart)
    assert drawn[:2] == [(0, "3 dots · 2 people"), (1, "1 dot · 1 person")]
    beside = without_dots(round, found)
    assert len(beside) == left_out
    assert len(drawn) + len(beside) == count
    for each in round.cards:
        name = ENGLISH.words(each.name)
        assert (f'"{name}"' in names(chart)) != (each in beside)


@pytest.mark.parametrize("count", [3, 16])
def test_the_longest_names_stand_whole_in_two_lines(count: int):
    longest = "Whoever welcomes a customer stays with them to the door, whatever is going on {}"
    assert len(longest) == LONGEST_NAME
    round = Round("r", Kind.DOTS, cards=cards(count, longest), dots=count)
    answers = said(round, ("dots", Dots(tuple((each.key, 1) for each in round.cards))))
    chart = dots_chart(round, results_of(round, answers), ENGLISH, [], is_dark=False)
    shown = json.loads(names(chart).removesuffix("[datum.value]"))
    assert {len(lines) for lines in shown} == {2}
    assert [" ".join(lines) for lines in shown] == [longest.format(n) for n in range(count)]
