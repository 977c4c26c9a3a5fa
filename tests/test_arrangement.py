"""Where people put the cards of a map."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from charter import arrangement
from charter.arrangement import MOST_PLACES, Arrangement, Spot, parse, serialise, spot_of
from charter.private_folder import PrivateFolder
from charter.usecases.arrangement import FILE, arranged, move_card, put_in_order
from charter.workspace import Workspace, read_files

CHARTER = """
charter: 1
brand: B
channels: [{id: web}, {id: app}]
stages: [{id: s}]
markers: [{id: m, name: M}]
"""


def workspace(*stops: str, journey: str = "buying") -> Workspace:
    """A workspace with one journey whose touchpoints follow each other."""
    rows = "\n".join(
        f"  - {{id: {stop}, stage: s, channel: web, "
        + (f"next: [{stops[place + 1]}]}}" if place + 1 < len(stops) else "exit: done}")
        for place, stop in enumerate(stops)
    )
    text = f"journey: {journey}\ntouchpoints:\n{rows.replace('{id', '{entry: true, id', 1)}\n"
    return read_files({"charter.yaml": CHARTER, f"journeys/{journey}.yaml": text})


BUYING = workspace("window", "till", "home")


def test_a_card_stays_where_it_was_put(tmp_path: Path):
    move_card(tmp_path, BUYING, "buying", "till", Spot(0.5, -1.25))
    assert arranged(tmp_path, "buying") == {"till": Spot(0.5, -1.25)}
    assert arranged(tmp_path, "leaving") == {}


def test_the_last_move_of_a_card_counts(tmp_path: Path):
    for y in (1.0, 2.0):
        move_card(tmp_path, BUYING, "buying", "till", Spot(0.5, y))
    assert arranged(tmp_path, "buying") == {"till": Spot(0.5, 2.0)}


def test_many_who_move_different_cards_at_once_all_keep_theirs(tmp_path: Path):
    stops = [f"stop-{number}" for number in range(24)]
    many = workspace(*stops)
    with ThreadPoolExecutor(8) as people:
        for done in [
            people.submit(move_card, tmp_path, many, "buying", stop, Spot(0.5, number))
            for number, stop in enumerate(stops)
        ]:
            done.result()
    assert arranged(tmp_path, "buying") == {s: Spot(0.5, n) for n, s in enumerate(stops)}


def test_one_journey_is_put_back_in_order_and_no_other(tmp_path: Path):
    first, second = BUYING, workspace("call", "end", journey="leaving")
    both = read_files({**first.sources, **second.sources})
    move_card(tmp_path, both, "buying", "till", Spot(1, 1))
    move_card(tmp_path, both, "leaving", "call", Spot(2, 2))
    put_in_order(tmp_path, "buying")
    assert arranged(tmp_path, "buying") == {}
    assert arranged(tmp_path, "leaving") == {"call": Spot(2, 2)}


def test_nothing_is_written_where_nothing_was_moved(tmp_path: Path):
    put_in_order(tmp_path, "buying")
    assert list(tmp_path.iterdir()) == []


def test_what_is_gone_is_forgotten_at_the_next_move(tmp_path: Path):
    for stop in ("window", "till"):
        move_card(tmp_path, BUYING, "buying", stop, Spot(1, 1))
    fewer = workspace("window", "home")
    move_card(tmp_path, fewer, "buying", "home", Spot(2, 2))
    assert arranged(tmp_path, "buying").keys() == {"window", "home"}
    move_card(tmp_path, workspace("call", journey="leaving"), "leaving", "call", Spot(3, 3))
    assert arranged(tmp_path, "buying") == {}


def test_nothing_is_kept_of_a_stop_that_isnt_there(tmp_path: Path):
    move_card(tmp_path, BUYING, "buying", "nowhere", Spot(1, 1))
    assert arranged(tmp_path, "buying") == {}


def test_stops_on_several_channels_are_put_apart(tmp_path: Path):
    text = BUYING.sources["journeys/buying.yaml"].replace(
        "id: till, stage: s, channel: web", "id: till, stage: s, channels: [web, app]"
    )
    several = read_files({**BUYING.sources, "journeys/buying.yaml": text})
    move_card(tmp_path, several, "buying", "till@app", Spot(1, 1))
    move_card(tmp_path, several, "buying", "till", Spot(2, 2))
    assert arranged(tmp_path, "buying") == {"till@app": Spot(1, 1)}


def said(journeys: object, version: str = "charter-arrangement/1") -> bytes:
    return json.dumps({"format": version, "journeys": journeys}).encode()


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"[" * 100_000,
        said([]),
        said({"buying": {"till": [1, 1]}}, version="charter-arrangement/2"),
        said({"buying": {"till": {"x": 1}}}),
        said({"buying": {"till": [1]}}),
        said({"buying": {"till": ["1", "1"]}}),
        said({"buying": {"till": [True, False]}}),
        said({"buying": {"till": [float("nan"), 1]}}),
        said({"buying": {"till": [float("inf"), 1]}}),
        said({"buying": []}),
    ],
)
def test_what_cant_be_understood_is_no_arrangement(content: bytes | None, tmp_path: Path):
    if content is not None:
        PrivateFolder(tmp_path).write(FILE, content)
    assert arranged(tmp_path, "buying") == {}
    move_card(tmp_path, BUYING, "buying", "till", Spot(1, 2))
    assert arranged(tmp_path, "buying") == {"till": Spot(1, 2)}


def test_one_bad_place_costs_no_other():
    read = parse(said({"buying": {"till": [1, 2], "window": "here"}, "x": 1}))
    assert read == Arrangement({"buying": {"till": Spot(1, 2)}})


def test_what_is_written_is_read_again():
    put = Arrangement({"buying": {"till": Spot(1.5, -2), "élan": Spot(0, 0)}})
    assert parse(serialise(put)) == put


def test_no_more_is_kept_than_has_room_and_the_last_moved_is():
    full = {f"stop-{n}": [0, n] for n in range(MOST_PLACES)}
    read = parse(said({"first": {"a": [0, 0], "b": [0, 0]}, "second": full}))
    assert sum(map(len, read.journeys.values())) == MOST_PLACES
    assert read.of("first") == {}
    moved = read.with_card("third", "new", Spot(1, 1))
    assert moved.of("third") == {"new": Spot(1, 1)}
    assert "stop-0" not in moved.of("second")
    assert len(moved.of("second")) == MOST_PLACES - 1


def test_no_card_is_farther_than_can_be_found():
    farthest = arrangement.FARTHEST
    assert spot_of(1e300, -1e300) == Spot(farthest, -farthest)
