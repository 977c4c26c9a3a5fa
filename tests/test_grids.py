"""What edited grids of a journey change in its file, and nothing else."""

import pytest

from charter.amendments import amended
from charter.grids import Edits, Unfinished, touchpoint_amendments, transition_amendments, way_rows
from charter.workspace import read_files

CHARTER = b"""\
charter: 1
brand: House
channels: [{id: store}, {id: web}, {id: app}]
segments: [{id: new}, {id: loyal}]
stages: [{id: find}, {id: buy}]
markers: [{id: host, name: Host}, {id: bye, name: Bye}]
"""
VISIT = """\
journey: visit
touchpoints:
  # The street.
  - id: window
    name: {en: Window, fr: Vitrine}
    stage: find
    channel: store
    markers: [{marker: host, how: By name}]
    entry: true
    next: [till, {to: till, share: 3}]
  - {id: till, stage: buy, channels: {web: 30, app: 70}, exit: paid}  # The end.
"""
FILES = {"charter.yaml": CHARTER, "journeys/visit.yaml": VISIT.encode()}
JOURNEY = read_files(FILES).journeys[0]


def after(made) -> str:
    """Return what the journey's file says once amended; the workspace is a valid one then."""
    changes = amended(FILES, made)
    assert read_files({**FILES, **changes}).journeys
    return changes.get("journeys/visit.yaml", VISIT.encode()).decode()


def lines_changed(now: str) -> list[str]:
    return [line for line in now.splitlines() if line not in VISIT.splitlines()]


@pytest.mark.parametrize(
    ("row", "column", "typed", "line"),
    [
        (0, "name", "Front", "    name: {en: Front, fr: Vitrine}"),
        (0, "stage", "buy", "    stage: buy"),
        (0, "channels", ["web"], "    channel: web"),
        (0, "channels", ["store", "web"], "    channels: [store, web]"),
        (0, "emotion", -2, "    emotion: -2"),
        (0, "moment-of-truth", True, "    moment-of-truth: true"),
        (0, "segments", ["loyal"], "    segments: [loyal]"),
        (0, "owner", " shops ", "    owner: shops"),
        (0, "markers", ["host", "bye"], "    markers: [{marker: host, how: By name}, bye]"),
        (
            1,
            "channels",
            ["web", "store"],
            "  - {id: till, stage: buy, channels: {web: 30, store: 1}, exit: paid}  # The end.",
        ),
    ],
)
def test_a_cell_changes_its_line_alone(row: int, column: str, typed: object, line: str):
    made = touchpoint_amendments(JOURNEY, Edits({row: {column: typed}}), "en", is_by_language=False)
    now = after(made)
    assert lines_changed(now) == [line]
    assert "# The street." in now


def test_a_line_typed_is_a_touchpoint_and_a_line_taken_off_goes_with_its_ways():
    new = {"name": "Till", "stage": "buy", "channels": ["store", "web"], "emotion": 1}
    made = touchpoint_amendments(JOURNEY, Edits(added=[new]), "fr", is_by_language=True)
    found = read_files({**FILES, **amended(FILES, made)}).journeys[0].touchpoints[-1]
    assert (found.id, found.named("fr"), found.emotion) == ("till-2", "Till", 1)
    assert list(found.channel_shares) == ["store", "web"]
    made = touchpoint_amendments(JOURNEY, Edits(removed=[1]), "en", is_by_language=False)
    assert "till" not in after(made)


def test_a_line_that_lacks_something_says_what():
    edits = Edits(added=[{"name": "Desk"}])
    with pytest.raises(Unfinished) as unfinished:
        touchpoint_amendments(JOURNEY, edits, "en", is_by_language=False)
    assert unfinished.value.columns == ("stage", "channels")
    with pytest.raises(Unfinished):
        transition_amendments(JOURNEY, Edits(added=[{"from": "till"}]))


def test_ways_to_the_same_touchpoint_are_told_apart():
    assert list(way_rows(JOURNEY)) == [("window", "till", 1), ("window", "till", 2)]
    changed = after(transition_amendments(JOURNEY, Edits({1: {"share": 4.5}})))
    assert lines_changed(changed) == ["    next: [till, {to: till, share: 4.5}]"]
    assert "next" not in after(transition_amendments(JOURNEY, Edits(removed=[0, 1])))
    added = [{"from": "till", "to": "window", "share": 2, "segments": ["loyal"]}]
    way = (
        read_files({**FILES, **amended(FILES, transition_amendments(JOURNEY, Edits(added=added)))})
        .journeys[0]
        .touchpoints[1]
        .next[0]
    )
    assert (way.to, way.share.of("loyal"), way.segments) == ("window", 2.0, ("loyal",))
