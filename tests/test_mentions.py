"""What names a thing, and what goes along with it when it is taken off."""

from __future__ import annotations

import pytest

from charter.amendments import NoSuchPlace, Place, amended
from charter.mentions import (
    Mention,
    in_the_way,
    mentions,
    taking_off_marker,
    taking_off_value,
)
from charter.workspace import read_files

CHARTER = b"""\
charter: 1
brand: The Lamp Shop
values: [{id: warmth}, {id: craft}]
channels: [{id: store}, {id: web}, {id: spare}]
segments: [{id: loyal}, {id: nobody}]
stages: [{id: buy}]
markers:
  - {id: host, name: A host, values: [warmth, craft], expressions: {store: A name., web: A face.}}
  - {id: hand, name: By hand, adaptations: {loyal: Their own.}}  # made here
rules:
  - {id: all, kind: carries, markers: [hand]}
"""
RULES = b"- {id: never, kind: at-most, markers: [host, hand], times: 3}\n"
WALK = b"""\
journey: walk
segments: [loyal]
touchpoints:
  - {id: a, stage: buy, channel: store, entry: true, markers: [host, hand],
     next: [{to: b, markers: [host]}]}
  # The till.
  - {id: b, stage: buy, channel: web, markers: [{marker: host, status: planned}], exit: x}
"""
PLAN = b"""\
plan: spring
name: Spring
actions:
  - {id: greet, what: Greet, touchpoints: [a], marker: host, segments: [loyal]}
"""
FILES = {
    "charter.yaml": CHARTER,
    "rules.yaml": RULES,
    "journeys/walk.yaml": WALK,
    "plans/spring.yaml": PLAN,
}


@pytest.mark.parametrize(
    ("what", "identifier", "named_by"),
    [
        pytest.param(
            "marker",
            "host",
            [
                Mention("touchpoint", "a", "walk"),
                Mention("touchpoint", "b", "walk"),
                Mention("action", "greet", "spring"),
                Mention("rule", "never"),
            ],
            id="a marker on touchpoints and passages, in a plan and a rule",
        ),
        pytest.param(
            "segment",
            "loyal",
            [
                Mention("marker", "hand"),
                Mention("journey", "walk"),
                Mention("action", "greet", "spring"),
            ],
            id="a segment of a journey as a whole",
        ),
        pytest.param(
            "channel",
            "web",
            [Mention("marker", "host"), Mention("touchpoint", "b", "walk")],
            id="a channel",
        ),
        pytest.param(
            "value", "craft", [Mention("marker", "host")], id="a value that a marker makes concrete"
        ),
        pytest.param("channel", "spare", [], id="a channel that nothing uses"),
    ],
)
def test_what_names_a_thing(what, identifier, named_by):
    read_files(FILES)
    found = mentions(FILES, Place(what, identifier))
    assert sorted(found, key=repr) == sorted(named_by, key=repr)


def test_what_isnt_there_is_said():
    with pytest.raises(NoSuchPlace):
        mentions(FILES, Place("marker", "nobody"))


def test_what_goes_along_isnt_in_the_way():
    found = mentions(FILES, Place("marker", "host"))
    left = in_the_way(found, "touchpoint")
    assert {mention.id for mention in left} == {"never", "greet"}


def test_a_marker_goes_with_its_tags_in_one_step():
    """Only what speaks of it changes; comments stay where they are."""
    files = {name: text for name, text in FILES.items() if name in ("charter.yaml",)}
    files["journeys/walk.yaml"] = WALK
    changed = {**files, **amended(files, taking_off_marker(files, "host"))}
    read = read_files(changed)
    assert list(read.charter.markers_by_id) == ["hand"]
    walk = changed["journeys/walk.yaml"].decode()
    assert "host" not in walk
    assert "# The till." in walk
    assert "# made here" in changed["charter.yaml"].decode()
    assert [tag.marker for tag in read.journeys[0].touchpoints[0].markers] == ["hand"]


def test_a_value_goes_from_the_markers_that_make_it_concrete():
    changed = {**FILES, **amended(FILES, taking_off_value(FILES, "craft"))}
    charter = read_files(changed).charter
    assert [value.id for value in charter.values] == ["warmth"]
    assert charter.markers_by_id["host"].values == ("warmth",)


def test_a_marker_in_a_file_of_its_own_is_named_by_its_id():
    """As is a waiver, by its rule's."""
    files = {
        **FILES,
        "markers/more.yaml": b"- {id: wage, name: Fair wages, values: [craft]}\n",
        "waivers.yaml": b"- {rule: all, journey: walk, segment: nobody, reason: So., owner: me,"
        b" expires: 2999-01-01}\n",
    }
    read_files(files)
    assert Mention("marker", "wage") in mentions(files, Place("value", "craft"))
    assert mentions(files, Place("segment", "nobody")) == (Mention("waiver", "all"),)
