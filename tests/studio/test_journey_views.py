"""Emotions, customers followed and stages by channel, as the pages show them."""

import datetime
import json
import re
from pathlib import Path
from xml.etree import ElementTree

from charter.emotions import emotion_curve
from charter.messages import Language, Speaker, speaker
from charter.replay import replay
from charter.reports.names import Names
from charter.stages_by_channels import crossings
from charter.studio.emotion_curve import emotion_picture, emotion_rows, stage_rows
from charter.studio.emotion_ground import LINE
from charter.studio.journey_map.picture import picture
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.replaying import map_replay, replay_rows
from charter.studio.stage_channel_map import crossing_rows, grid
from charter.usecases.check import check_folder, check_workspace
from charter.workspace import Workspace
from tests.scenarios.writing import touchpoints, workspace

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store, name: Boutique}, {id: web, name: Website}]
stages: [{id: discover, name: Discover}, {id: buy, name: Buy}]
markers: [{id: host, name: A named host}]
rules: [{id: hosted, kind: carries, markers: [host]}]
"""
VISIT = touchpoints(
    "window, name: Window, entry: true, emotion: 1, next: [{to: shelf, share: 3},"
    " {to: till, share: 1}]",
    "shelf, name: Shelf, markers: [host], next: [till]",
    "till, name: Till, stage: buy, channel: web, emotion: -2, moment-of-truth: true, exit: bought",
).replace("touchpoints:", "outcomes: [{id: bought, name: They bought}]\ntouchpoints:", 1)
SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = speaker(Language.ENGLISH)


def view(whole: Workspace | None = None, speak: Speaker = ENGLISH) -> JourneyView:
    whole = whole or workspace(VISIT, charter=CHARTER)
    return JourneyView(whole.settings[0], Names(whole, speak), speak)


def drawn(here: JourneyView) -> ElementTree.Element:
    """The curve of everyone, as it is drawn."""
    curve = emotion_curve(here.setting)
    return ElementTree.fromstring(emotion_picture(curve, here, "How people feel"))


def told(picture: ElementTree.Element) -> list[str]:
    """What is said to those who point at something."""
    return [title.text or "" for title in picture.iter(f"{SVG}title")]


def lines(picture: ElementTree.Element) -> int:
    """How many pieces the curve has."""
    return sum(path.get("stroke") == LINE for path in picture.iter(f"{SVG}path"))


def test_emotions_are_told_in_words_and_gaps_are_said_to_be_gaps():
    here = view()
    assert list(emotion_rows(emotion_curve(here.setting), here)) == [
        {
            "Stage": "Discover",
            "Touchpoint": "Window",
            "Emotion": "+1 · Content",
            "Moment of truth": "",
            "Visits for each customer": "1",
        },
        {
            "Stage": "Discover",
            "Touchpoint": "Shelf",
            "Emotion": "not written",
            "Moment of truth": "",
            "Visits for each customer": "0.75",
        },
        {
            "Stage": "Buy",
            "Touchpoint": "Till",
            "Emotion": "−2 · Very upset",
            "Moment of truth": "yes",
            "Visits for each customer": "1",
        },
    ]


def test_stages_are_told_by_what_a_visit_feels_like():
    french = view(speak=speaker(Language.FRENCH))
    rows = [list(row.values()) for row in stage_rows(emotion_curve(french.setting), french)]
    assert rows == [["Discover", "+1", "57,1\u00a0%"], ["Buy", "−2", "100\u00a0%"]]


def test_the_curve_breaks_where_nothing_is_said():
    here = view()
    picture = drawn(here)
    assert picture.get("aria-label") == "How people feel"
    marks = [words for words in told(picture) if words.count(" · ") == 3]
    assert marks == ["Window · Discover · +1 · Content", "Till · Buy · −2 · Very upset"]
    assert lines(picture) == 0
    assert "Shelf" in told(picture), "each touchpoint is named below"
    assert "★ Till" in told(picture)
    said = VISIT.replace("name: Shelf,", "name: Shelf, emotion: 0,")
    assert lines(drawn(view(workspace(said, charter=CHARTER)))) == 1


def test_what_feels_better_is_drawn_higher_and_what_is_later_further_right():
    marks = {
        group.findtext(f"{SVG}title", ""): group
        for group in drawn(view()).iter(f"{SVG}g")
        if group.find(f"{SVG}title") is not None
    }
    window = marks["Window · Discover · +1 · Content"].find(f"{SVG}circle")
    till = marks["Till · Buy · −2 · Very upset"].find(f"{SVG}path")
    assert window is not None
    assert till is not None
    across, down = re.findall(r"[\d.]+", till.get("transform", ""))
    assert float(window.get("cx", "")) < float(across)
    assert float(window.get("cy", "")) < float(down)


def test_a_large_journey_is_drawn_by_its_stages_alone():
    number = 200
    rows = [
        f"t{n}, emotion: {n % 5 - 2}, {'entry: true, ' if not n else ''}"
        + (f"next: [t{n + 1}]" if n < number - 1 else "exit: bought")
        for n in range(number)
    ]
    picture = drawn(view(workspace(touchpoints(*rows), charter=CHARTER)))
    assert lines(picture) == 0
    assert told(picture) == ["Discover · 0", "Discover · 0"], "the stage and what it feels like"


def test_customers_followed_are_told_in_words_and_drawn_where_they_are():
    here = view()
    shown = map_replay(replay(here.setting, "everyone"), here)
    assert shown.title == "200 customers: Everyone"
    assert shown.note == "Shares of customers are as the journey states them."
    assert (shown.outcomes, shown.shares) == (("They bought",), ("100%",))
    assert [step.told for step in shown.steps] == [
        "How it begins",
        "Step 1 of 3, 200 on the way",
        "Step 2 of 3, 150 on the way",
        "How it ended",
    ]
    sent = picture(here.map(Looking()).pointing_out(replay=shown))["replay"]
    stops = sent["stops"]
    assert {(stops[a], stops[b], n) for a, b, n in sent["steps"][1]["flows"]} == {
        ("window", "shelf", 150),
        ("window", "till", 50),
    }
    assert {(stops[a], n) for a, n in sent["steps"][1]["at"]} == {("shelf", 150), ("till", 50)}
    assert [step["ended"] for step in sent["steps"]] == [(0,), (0,), (50,), (200,)]


def test_walks_at_random_are_never_told_as_customers():
    assumed = VISIT.replace(", share: 3", "").replace(", share: 1", "")
    here = view(workspace(assumed, charter=CHARTER))
    shown = map_replay(replay(here.setting, "everyone"), here)
    assert shown.title == "200 walks: Everyone"
    assert "as if every choice were equally likely" in shown.note


def test_customers_on_a_part_of_the_map_are_drawn_there_alone():
    here = view()
    shown = map_replay(replay(here.setting, "everyone"), here)
    sent = picture(here.map(Looking(only={"shelf", "till"})).pointing_out(replay=shown))["replay"]
    assert sent["stops"] == ["shelf", "till"]
    assert [step["flows"] for step in sent["steps"]] == [[], [], [[0, 1, 150]], []]


def test_the_table_of_customers_says_how_many_come_by():
    here = view()
    rows = list(replay_rows(replay(here.setting, "everyone"), here))
    assert [list(row.values()) for row in rows] == [
        ["Discover", "Window", 200, "100%"],
        ["Discover", "Shelf", 150, "75%"],
        ["Buy", "Till", 200, "100%"],
    ]


def test_what_a_replay_sends_is_small():
    """On the sample's journey with the longest walks, some kilobytes."""
    sample = Path(__file__).parents[2] / "samples" / "maison-lumiere"
    whole = check_folder(sample, datetime.date(2026, 11, 23)).valid
    for setting in whole.settings:
        here = JourneyView(setting, Names(whole, ENGLISH), ENGLISH)
        shown = map_replay(replay(setting, "newcomer"), here)
        sent = picture(here.map(Looking("newcomer")).pointing_out(replay=shown))["replay"]
        assert len(json.dumps(sent)) < 25_000


def test_a_stage_on_a_channel_says_what_is_there_in_words():
    whole = workspace(VISIT, charter=CHARTER)
    here = view(whole)
    verdicts = check_workspace(whole, datetime.date(2026, 11, 23)).report.verdicts
    found = crossings(here.setting, verdicts)
    shown = grid(found, here, "buy.web")
    assert [channel["label"] for channel in shown["channels"]] == ["Boutique", "Website"]
    assert [stage["label"] for stage in shown["stages"]] == ["Discover", "Buy"]
    assert shown["cells"].keys() == {"discover.store", "buy.web"}
    assert shown["cells"]["buy.web"]["told"] == (
        "Buy, Website: 1 touchpoint, 0 with a signature, 1 to mend"
    )
    assert shown["cells"]["discover.store"]["part"] == 0.5
    assert shown["opened"] == "buy.web"
    assert [list(row.values()) for row in crossing_rows(found, here)][1] == [
        "Buy",
        "Website",
        1,
        0,
        1,
    ]


def test_only_what_is_open_is_drawn():
    drawn = view().map(Looking(only={"shelf", "till"}))
    assert [stop.id for stop in drawn.stops] == ["shelf", "till"]
    assert [(passage.source, passage.target) for passage in drawn.passages] == [("shelf", "till")]
    rows = list(view().rows(Looking(only={"shelf"})))
    assert [row["Touchpoint"] for row in rows] == ["Shelf"]
