"""What the browser is given to draw a journey."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pyvis

from charter.arrangement import Spot
from charter.pictures.channel_looks import COLOURS, PATHS, channel_looks
from charter.studio.journey_map import (
    MapChannel,
    MapMove,
    MapPassage,
    MapStage,
    MapStop,
    MapView,
)
from charter.studio.journey_map.picture import COLUMN_WIDTH, ROW_HEIGHT, move_of, picture

ASSETS = Path(__file__).parents[2] / "charter" / "studio" / "journey_map" / "assets"

VIEW = MapView(
    title="A visit",
    stages=(MapStage("discover", "Discover"), MapStage("pay", "Pay"), MapStage("keep", "Keep")),
    channels=(MapChannel("store", "Boutique"), MapChannel("web", "Website")),
    stops=(
        MapStop("window", "Window", "discover", "store", is_entry=True),
        MapStop("till", "Till", "pay", "store", tags=("A farewell",)),
        MapStop("home", "At home", "keep", "web", is_exit=True, exit_label="Bought"),
    ),
    passages=(
        MapPassage("0", "window", "till"),
        MapPassage("1", "till", "home"),
        MapPassage("2", "window", "home"),
        MapPassage("3", "till", "window"),
    ),
)


def drawn(view: MapView = VIEW, **changes: Any) -> dict[str, Any]:
    return picture(replace(view, **changes))


def edges_of(passage: str, drawing: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge for edge in drawing["edges"] if edge["passage"] == passage]


def test_every_stop_is_a_node_with_a_card():
    drawing = drawn()
    nodes = {node["id"]: node for node in drawing["nodes"]}
    assert {"window", "till", "home"} <= nodes.keys()
    assert nodes["window"]["x"] < nodes["till"]["x"] < nodes["home"]["x"]
    assert drawing["cards"]["till"]["tags"] == ("A farewell",)
    assert drawing["cards"]["till"]["stage"] == "Pay"
    assert drawing["cards"]["home"]["exit_label"] == "Bought"


def test_a_passage_over_a_stage_is_drawn_through_its_corridor():
    """In two stretches, of which only the last has an arrow."""
    first, last = edges_of("2", drawn())
    assert first["from"] == "window"
    assert first["to"] == last["from"]
    assert last["to"] == "home"
    assert [edge["arrows"]["to"]["enabled"] for edge in (first, last)] == [False, True]


def test_passages_there_and_back_are_bowed_apart():
    there, back = edges_of("0", drawn())[0], edges_of("3", drawn())[0]
    assert there["smooth"]["type"] == back["smooth"]["type"]
    assert there["smooth"]["roundness"] == back["smooth"]["roundness"] > 0


def test_only_stages_and_channels_in_use_are_named():
    drawing = drawn(stops=VIEW.stops[:2], passages=VIEW.passages[:1])
    assert [band["label"] for band in drawing["bands"]] == ["Discover", "Pay"]
    assert [channel["label"] for channel in drawing["channels"]] == ["Boutique"]


def test_colours_stay_the_same_on_every_map():
    """They go by the charter's channels, not by those that a journey happens to use."""
    web = [stop for stop in VIEW.stops if stop.channel == "web"]
    (channel,) = drawn(stops=tuple(web), passages=())["channels"]
    assert channel["colour"] == COLOURS[1]


def test_a_witness_names_its_steps_and_its_passages():
    witness = drawn(witness=("window", "till", "window", "home"), step=1)["witness"]
    assert witness == {
        "steps": {"window": [1, 3], "till": [2], "home": [4]},
        "passages": ["0", "3", "2"],
        "length": 4,
        "step": 1,
        "stop": "till",
        "passage": "0",
    }


def test_no_witness_by_default():
    assert drawn()["witness"] is None


def test_texts_are_data_and_nothing_else():
    """Markup in a label goes through as it is; the browser draws it on a canvas."""
    label = "<img src=x onerror=alert(1)>"
    stop = MapStop("a", label, "pay", "web", tags=("<script>",))
    drawing = drawn(stops=(stop,), passages=())
    assert drawing["cards"]["a"]["label"] == label
    assert json.loads(json.dumps(drawing))["cards"]["a"]["tags"] == ["<script>"]


def test_a_map_of_thirty_stops_is_small():
    """What one answer sends, as measured for the page: tens of kilobytes, not hundreds."""
    stops = tuple(
        MapStop(f"s{index}", f"Touchpoint {index}", "pay", "web", tags=("A", "B"))
        for index in range(30)
    )
    passages = tuple(
        MapPassage(str(index), f"s{index % 30}", f"s{(index + 1) % 30}") for index in range(60)
    )
    assert len(json.dumps(drawn(stops=stops, passages=passages))) < 60_000


def test_channels_are_told_apart_by_colour_and_by_icon():
    channels = ["store", "web", "email", "phone", "app", "desk", "x", "y", "z"]
    looks = channel_looks(channels)
    assert len({look.colour for look in looks.values()}) == len(channels)
    assert len({look.icon for look in looks.values()}) == len(channels)
    assert {look.icon for look in looks.values()} <= PATHS.keys()
    assert looks["store"].icon == "store"
    assert looks["email"].icon == "email"


def test_more_channels_than_colours_still_have_a_look():
    channels = [f"c{index}" for index in range(25)]
    assert channel_looks(channels).keys() == set(channels)


@pytest.mark.parametrize("colour", COLOURS)
def test_white_icons_are_readable_on_every_colour(colour: str):
    """At least 4.5 to 1, by the formula of WCAG 2."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_the_copy_of_vis_network_is_the_one_that_pyvis_ships():
    shipped = Path(pyvis.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
    assert (ASSETS / "vis-network.min.js").read_bytes() == shipped.read_bytes()


def test_nothing_is_fetched_from_outside():
    """The page's own files name no other site."""
    own = [path for path in ASSETS.glob("*.*s") if path.name != "vis-network.min.js"]
    assert len(own) == 7
    for path in own:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text
        assert "innerHTML" not in text


def at(stop: str, drawing: dict[str, Any]) -> tuple[float, float]:
    (node,) = (node for node in drawing["nodes"] if node["id"] == stop)
    return node["x"], node["y"]


def put(stop: str, spot: Spot, view: MapView = VIEW) -> MapView:
    stops = tuple(replace(s, spot=spot) if s.id == stop else s for s in view.stops)
    return replace(view, stops=stops, is_arrangeable=True)


def moved(stop: str, x: object, y: object, view: MapView | None = None) -> MapMove | None:
    return move_of({"id": stop, "x": x, "y": y}, view or replace(VIEW, is_arrangeable=True))


def test_a_card_is_drawn_where_it_was_dropped_and_all_else_stays():
    before = drawn(is_arrangeable=True)
    x, y = at("till", before)
    move = moved("till", x + 30, y + 200)
    assert move is not None
    after = picture(put("till", move.spot))
    assert at("till", after) == pytest.approx((x + 30, y + 200), abs=0.2)
    for other in ("window", "home"):
        assert at(other, after) == at(other, before)
    assert (before["moved"], after["moved"]) == ([], ["till"])


def test_passages_of_a_moved_card_go_straight():
    """Their corridors led elsewhere; those of other cards stay."""
    after = picture(put("home", Spot(0.5, 1)))
    assert len(edges_of("2", drawn())) == 2
    (edge,) = edges_of("2", after)
    assert (edge["from"], edge["to"]) == ("window", "home")
    assert edge["smooth"]["type"] == "cubicBezier"
    assert edges_of("0", after) == edges_of("0", drawn())


@pytest.mark.parametrize("by", [-10_000, 10_000])
def test_a_card_never_leaves_its_stage(by: float):
    band = drawn()["bands"][1]
    move = moved("till", by, 0)
    assert move is not None
    x, _ = at("till", picture(put("till", move.spot)))
    assert band["left"] < x < band["right"]


def test_a_moved_card_keeps_its_place_in_its_stage_when_an_earlier_stage_grows():
    more = (MapStop("call", "Call", "discover", "web"), MapStop("chat", "Chat", "discover", "web"))
    ways = (MapPassage("4", "window", "call"), MapPassage("5", "call", "chat"))
    grown = replace(VIEW, stops=(*VIEW.stops, *more), passages=(*VIEW.passages, *ways))
    spot = Spot(0.3, 2)
    for view in (VIEW, grown):
        drawing = picture(put("till", spot, view))
        x, y = at("till", drawing)
        assert x - drawing["bands"][1]["left"] == pytest.approx(0.3 * COLUMN_WIDTH, abs=0.2)
        assert y == 2 * ROW_HEIGHT
    wider = drawn(stops=grown.stops, passages=grown.passages)["bands"][1]["left"]
    assert wider > drawn()["bands"][1]["left"]


@pytest.mark.parametrize(
    "said",
    [
        None,
        "till",
        [],
        {},
        {"id": "nowhere", "x": 1, "y": 1},
        {"id": ["till"], "x": 1, "y": 1},
        {"id": "till", "x": None, "y": 1},
        {"id": "till", "x": "1", "y": 1},
        {"id": "till", "x": float("nan"), "y": 1},
        {"id": "till", "x": True, "y": 1},
    ],
)
def test_what_isnt_a_move_moves_nothing(said: object):
    assert move_of(said, replace(VIEW, is_arrangeable=True)) is None


def test_nothing_is_moved_on_a_map_that_isnt_arrangeable():
    assert moved("till", 1, 1, VIEW) is None
    assert drawn()["options"]["interaction"]["dragNodes"] is False
    assert drawn(is_arrangeable=True)["options"]["interaction"]["dragNodes"] is True


def test_changes_are_told_of_stops_and_of_passages():
    stops = (VIEW.stops[0], replace(VIEW.stops[1], change="added"), VIEW.stops[2])
    ways = (replace(VIEW.passages[0], change="removed"), *VIEW.passages[1:])
    drawing = drawn(stops=stops, passages=ways)
    assert drawing["cards"]["till"]["change"] == "added"
    assert "change" not in drawing["cards"]["window"]
    assert {edge["change"] for edge in edges_of("0", drawing)} == {"removed"}
    assert [edge["bears_sign"] for edge in edges_of("2", drawing)].count(True) == 1
