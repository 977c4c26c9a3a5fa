"""Changes of a workspace by what they mean, made in its files."""

import pytest

from charter.amendments import (
    CHARTER,
    Add,
    Amendment,
    Connect,
    Disconnect,
    Duplicate,
    Express,
    Introduce,
    Lead,
    Move,
    NoSuchPlace,
    Place,
    Put,
    Say,
    Tag,
    Take,
    Unwaive,
    Waive,
    amended,
    free_id,
    in_language,
    written_item,
)
from charter.workspace import read_files

CHARTER_TEXT = """\
charter: 1
brand: Maison Lumière  # as on the door
promise: Every customer is received as a guest.
channels: [{id: store}, {id: web, name: Website}]
stages: [{id: buy}]
markers:
  # What people remember.
  - id: named-host
    name: A named host
    expressions:
      store: The host gives their name.  # and a chair
"""
JOURNEY_TEXT = """\
journey: purchase
touchpoints:
  - id: window
    stage: buy
    channel: store
    entry: true
    next: [welcome, till]   # some go straight to the till
  # The heart of it.
  - id: welcome
    name: Welcome
    stage: buy
    channel: store
    markers: [named-host]
    next: till
  - id: till
    stage: buy
    channel: store
    exit: bought
"""
FILES = {"charter.yaml": CHARTER_TEXT.encode(), "journeys/purchase.yaml": JOURNEY_TEXT.encode()}
HOST = Place("marker", "named-host")


def test_what_is_introduced_twice_is_declared_once_with_all_that_its_lists_hold():
    card = Place("marker", "card")
    first = Introduce(card, {"name": "Card", "values": ["craft"]})
    second = Introduce(card, {"name": "A card", "values": ["craft", "candour"]})
    changes = amended(FILES, [first, second, Introduce(card, {"name": "x"})])
    assert written_item({**FILES, **changes}, card) == {
        "id": "card",
        "name": "Card",
        "values": ["craft", "candour"],
    }


@pytest.mark.parametrize(
    ("part", "there", "text", "then"),
    [
        ("do", "[Smile]", "Wave", ["Smile", "Wave"]),
        ("do", "Smile", "Wave", ["Smile", "Wave"]),
        ("do", "[Smile]", "Smile", ["Smile"]),
        ("dont", "{en: Point}", {"en": "Shout"}, [{"en": "Point"}, {"en": "Shout"}]),
        ("example", "Good day", "Hello", "Good day / Hello"),
        ("example", "Good day", "Good day", "Good day"),
        ("example", "Good day", {"fr": "Bonjour"}, "Good day / Bonjour"),
        ("example", "{en: Good day}", "Hello", {"en": "Good day / Hello"}),
        ("example", "{en: Good day}", {"fr": "Bonjour"}, {"en": "Good day", "fr": "Bonjour"}),
        ("example", "{fr: Salut}", {"fr": "Bonjour"}, {"fr": "Salut / Bonjour"}),
    ],
)
def test_a_text_is_added_to_what_an_expression_says(part, there, text, then):
    was = "store: The host gives their name."
    files = {
        **FILES,
        "charter.yaml": CHARTER_TEXT.replace(was, f"store: {{{part}: {there}}}").encode(),
    }
    changes = amended(files, [Express(HOST, "store", part, text)])
    now = written_item({**files, **changes}, HOST)["expressions"]["store"]
    assert now[part] == then
    read_files({**files, **changes})


def point(identifier: str) -> Place:
    return Place("touchpoint", identifier, "purchase")


@pytest.mark.parametrize(
    ("amendment", "old", "new"),
    [
        pytest.param(
            Put(CHARTER, ("brand",), "Casa Luce"),
            "brand: Maison Lumière  # as on the door",
            "brand: Casa Luce  # as on the door",
            id="a field",
        ),
        pytest.param(
            Put(HOST, ("expressions", "store"), None),
            "    expressions:\n      store: The host gives their name.  # and a chair\n",
            "",
            id="what held nothing else goes with it",
        ),
        pytest.param(
            Express(HOST, "store", "do", "Smile"),
            "      store: The host gives their name.  # and a chair\n",
            "      store: {text: The host gives their name., do: [Smile]}  # and a chair\n",
            id="a text to an expression of one text",
        ),
        pytest.param(
            Express(HOST, "web", "example", {"fr": "Je suis Anne"}),
            "their name.  # and a chair\n",
            "their name.  # and a chair\n      web: {example: {fr: Je suis Anne}}\n",
            id="a text for another channel",
        ),
        pytest.param(
            Put(HOST, ("expressions", "web"), {"not-for": "Nobody hosts a page."}),
            "their name.  # and a chair\n",
            "their name.  # and a chair\n      web: {not-for: Nobody hosts a page.}\n",
            id="an expression for another channel",
        ),
        pytest.param(
            Say(CHARTER, ("promise",), "fr", "Reçu comme un invité.", spoken="en"),
            "promise: Every customer is received as a guest.",
            "promise: {en: Every customer is received as a guest., fr: Reçu comme un invité.}",
            id="the same in another language",
        ),
        pytest.param(
            Put(point("welcome"), ("emotion",), "2"),
            "    markers: [named-host]\n",
            "    markers: [named-host]\n    emotion: 2\n",
            id="a key stands where it usually does",
        ),
        pytest.param(
            Tag(point("till"), "named-host"),
            "    exit: bought\n",
            "    exit: bought\n    markers: [named-host]\n",
            id="a tag",
        ),
        pytest.param(
            Tag(point("welcome"), "named-host", {"status": "planned"}),
            "markers: [named-host]",
            "markers: [{marker: named-host, status: planned}]",
            id="what a tag says",
        ),
        pytest.param(
            Tag(point("welcome"), "named-host", None),
            "    markers: [named-host]\n",
            "",
            id="a tag taken off",
        ),
        pytest.param(
            Connect(point("welcome"), "window", {"share": "10"}),
            "next: till",
            "next: [till, {to: window, share: 10}]",
            id="a transition",
        ),
        pytest.param(
            Lead(point("window"), "till", ("share",), "40"),
            "next: [welcome, till]   # some",
            "next: [welcome, {to: till, share: 40}]   # some",
            id="a share",
        ),
        pytest.param(
            Disconnect(point("window"), "till"),
            "next: [welcome, till]",
            "next: [welcome]",
            id="a transition taken off",
        ),
    ],
)
def test_only_what_is_meant_changes(amendment: Amendment, old: str, new: str):
    (content,) = amended(FILES, [amendment]).values()
    before = CHARTER_TEXT if old in CHARTER_TEXT else JOURNEY_TEXT
    assert before.count(old) == 1
    assert content.decode() == before.replace(old, new)


def test_a_touchpoint_taken_off_takes_the_ways_to_it_along():
    workspace = read_files({**FILES, **amended(FILES, [Take(point("welcome"))])})
    (journey,) = workspace.journeys
    assert [each.id for each in journey.touchpoints] == ["window", "till"]
    assert [step.to for step in journey.touchpoints[0].next] == ["till"]


def test_amendments_are_made_one_after_another():
    workspace = read_files(
        {
            **FILES,
            **amended(
                FILES,
                [
                    Add(point("chair"), {"stage": "buy", "channel": "store"}, after="welcome"),
                    Connect(point("welcome"), "chair"),
                    Connect(point("chair"), "till"),
                    Tag(point("chair"), "named-host"),
                    Put(point("chair"), ("name",), "A chair"),
                ],
            ),
        }
    )
    (journey,) = workspace.journeys
    assert [each.id for each in journey.touchpoints] == ["window", "welcome", "chair", "till"]
    assert [step.to for step in journey.touchpoints[2].next] == ["till"]


def test_a_duplicate_is_met_by_nobody_yet():
    changed = amended(FILES, [Duplicate(point("window"), "window-2", "Second window")])
    (journey,) = read_files({**FILES, **changed}).journeys
    copy = journey.touchpoints[1]
    assert (copy.id, copy.named("en"), copy.entry) == ("window-2", "Second window", False)
    assert [step.to for step in copy.next] == ["welcome", "till"]


def test_what_is_moved_keeps_its_comments():
    changed = amended(FILES, [Move(point("welcome"), after="till")])
    text = changed["journeys/purchase.yaml"].decode()
    assert text.index("id: till") < text.index("# The heart of it.") < text.index("id: welcome")


def test_a_journey_and_a_plan_are_files_of_their_own():
    files = {**FILES}
    files |= amended(files, [Add(Place("journey", "repair"), {"name": "Repair"})])
    files |= amended(files, [Add(Place("plan", "q4"))])
    files |= amended(files, [Add(Place("action", "train", "q4"), {"marker": "named-host"})])
    assert files["journeys/repair.yaml"] == b"journey: repair\nname: Repair\n"
    assert b"train" in files["plans/q4.yaml"]


def test_waivers_are_listed_and_taken_off():
    waiver = {"rule": "host", "reason": "Till spring.", "owner": "Anne", "expires": "2030-01-01"}
    files = {**FILES, **amended(FILES, [Waive(waiver)])}
    files |= amended(files, [Waive({**waiver, "owner": "Paul"})])
    assert files["waivers.yaml"].count(b"- {rule: host") == 2
    files |= amended(files, [Unwaive(0, waiver)])
    assert b"Anne" not in files["waivers.yaml"]
    with pytest.raises(NoSuchPlace):
        amended(files, [Unwaive(0, waiver)])


@pytest.mark.parametrize(
    "amendment",
    [
        Put(point("gone"), ("emotion",), "1"),
        Tag(point("gone"), "named-host"),
        Connect(point("window"), "gone"),
        Disconnect(point("window"), "gone"),
        Add(Place("touchpoint", "new", "gone")),
        Put(Place("journey", "gone"), ("name",), "x"),
    ],
)
def test_what_is_gone_cant_be_amended(amendment: Amendment):
    with pytest.raises(NoSuchPlace):
        amended(FILES, [amendment])


@pytest.mark.parametrize(
    ("was", "language", "text", "spoken", "says"),
    [
        pytest.param(None, "en", "Hello", "", "Hello", id="a first text"),
        pytest.param("Hello", "fr", "Bonjour", "", "Bonjour", id="one text for all languages"),
        pytest.param(
            "Hello", "fr", "Bonjour", "en", {"en": "Hello", "fr": "Bonjour"}, id="translated"
        ),
        pytest.param(
            {"en": "Hello", "fr": "Salut"},
            "fr",
            "Bonjour",
            "",
            {"en": "Hello", "fr": "Bonjour"},
            id="in one of its languages",
        ),
        pytest.param(
            {"en": "Hello", "fr": "Salut"}, "fr", " ", "", {"en": "Hello"}, id="taken off"
        ),
        pytest.param("Hello", "en", "", "", None, id="nothing left"),
        pytest.param({"en": "Hello"}, "en", "", "", None, id="nothing left in any language"),
    ],
)
def test_words_in_one_language(was: object, language: str, text: str, spoken: str, says: object):
    assert in_language(was, language, text, spoken) == says


def test_a_free_id_is_like_what_is_wanted():
    assert free_id("Été à Paris", []) == "ete-a-paris"
    assert free_id("Été à Paris", ["ete-a-paris"]) == "ete-a-paris-2"
    assert free_id("日本", ["new"]) == "new-2"
