"""The map of two versions marks what was added, removed and changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from charter.amendments import (
    Add,
    Amendment,
    Connect,
    Disconnect,
    Lead,
    Place,
    Put,
    Tag,
    Take,
    amended,
)
from charter.compare import Comparison
from charter.messages import Language, speaker
from charter.reports.names import Names
from charter.studio.changed_map import changed_map
from charter.studio.journey_map import MapView
from charter.studio.journey_view import JourneyView
from charter.studio.meaning_diff import changed_journeys
from charter.usecases.diff import compare_files
from charter.workspace import folder_files

ENGLISH = speaker(Language.ENGLISH)


def at(touchpoint: str) -> Place:
    return Place("touchpoint", touchpoint, "visit")


def compared(root: Path, before: Sequence[Amendment], after: Sequence[Amendment]) -> Comparison:
    files, _ = folder_files(root)
    was = {**files, **amended(files, before)}
    return compare_files(was, {**files, **amended(files, after)}, date(2026, 11, 24))


def view(comparison: Comparison, *, is_before: bool, journey: str = "visit") -> JourneyView | None:
    version = comparison.before if is_before else comparison.after
    names = Names(version.valid, ENGLISH)
    setting = names.settings.get(journey)
    return JourneyView(setting, names, ENGLISH) if setting else None


def drawn(comparison: Comparison) -> MapView:
    before, after = (view(comparison, is_before=is_before) for is_before in (True, False))
    return changed_map(before, after, comparison.changes)


def marks(found: MapView) -> dict[str, str]:
    """Return the marks, of stops by id and of passages by their ends."""
    stops = {stop.id: stop.change for stop in found.stops}
    passages = {f"{each.source} → {each.target}": each.change for each in found.passages}
    return {name: mark for name, mark in {**stops, **passages}.items() if mark}


HALL = {"name": "Hall", "stage": "discover", "channel": "store"}
CASES = [
    pytest.param([], [], {}, id="nothing"),
    pytest.param([], [Put(at("till"), ("owner",), "us")], {"till": "changed"}, id="a field"),
    pytest.param([], [Tag(at("till"), "nagging")], {"till": "changed"}, id="a tag"),
    pytest.param(
        [], [Add(at("hall"), HALL), Connect(at("window"), "hall"), Connect(at("hall"), "till")],
        {"hall": "added", "window → hall": "added", "hall → till": "added"}, id="added",
    ),
    pytest.param(
        [], [Take(at("reviews"))],
        {
            "reviews": "removed",
            "catalogue → reviews": "removed",
            "reviews → catalogue": "removed",
        },
        id="removed",
    ),
    pytest.param(
        [], [Disconnect(at("catalogue"), "reviews")], {"catalogue → reviews": "removed"},
        id="a way removed",
    ),
    pytest.param(
        [], [Lead(at("catalogue"), "till", ("because",), "They know.")],
        {"catalogue → till": "changed"}, id="a way changed",
    ),
    pytest.param(
        [], [Put(at("reviews"), ("channel",), "store")], {"reviews": "changed"},
        id="another channel",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "wanted"), CASES)
def test_what_became_of_each_part_is_marked(
    before: list[Amendment], after: list[Amendment], wanted: dict[str, str], root: Path
):
    assert marks(drawn(compared(root, before, after))) == wanted


def test_what_is_marked_turns_around_with_the_versions(root: Path):
    forth = marks(drawn(compared(root, [], [Take(at("reviews"))])))
    back = marks(drawn(compared(root, [Take(at("reviews"))], [])))
    assert back == dict.fromkeys(forth, "added")


def test_nothing_is_drawn_twice_and_every_passage_has_its_ends(root: Path):
    found = drawn(compared(root, [Take(at("reviews"))], [Take(at("catalogue"))]))
    ids = [stop.id for stop in found.stops]
    assert len(ids) == len(set(ids))
    assert {each.source for each in found.passages} | {
        each.target for each in found.passages
    } <= set(ids)
    passages = [each.id for each in found.passages]
    assert len(passages) == len(set(passages))


@pytest.mark.parametrize(("is_before", "mark"), [(True, "removed"), (False, "added")])
def test_a_journey_of_one_version_alone_is_all_new_or_all_gone(
    is_before: bool, mark: str, root: Path
):
    comparison = compared(root, [], [])
    only = view(comparison, is_before=is_before)
    found = changed_map(only, None, ()) if is_before else changed_map(None, only, ())
    assert {each.change for each in (*found.stops, *found.passages)} == {mark}


def test_a_journey_of_neither_version_is_none():
    with pytest.raises(ValueError, match="neither"):
        changed_map(None, None, ())


def test_the_journeys_that_changed_are_known_with_the_ids_that_they_had(root: Path):
    assert changed_journeys(compared(root, [], [])) == {}
    found = compared(root, [], [Put(Place("charter"), ("promise",), "Words")])
    assert changed_journeys(found) == {}
    found = compared(root, [], [Disconnect(at("catalogue"), "reviews")])
    assert changed_journeys(found) == {"visit": "visit"}


def test_a_touchpoint_that_was_renamed_is_not_gone(root: Path):
    files, _ = folder_files(root)
    renamed = {
        **files,
        "journeys/visit.yaml": files["journeys/visit.yaml"].replace(b"reviews", b"opinions"),
    }
    comparison = compare_files(files, renamed, date(2026, 11, 24))
    found = marks(drawn(comparison))
    assert found["opinions"] == "changed"
    assert "removed" not in found.values()
