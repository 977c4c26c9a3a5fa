"""Where stops and passages are drawn."""

import itertools
import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.layout import CORRIDOR_HEIGHT, Layout, Passage, Point, Stop, lay_out


def drawn(stages: str, passages: str = "") -> Layout:
    """Lay out `"ab c"`: stops a and b in the first stage, c in the second; and `"ab bc"`."""
    stops = [Stop(stop, stage) for stage, letters in enumerate(stages.split()) for stop in letters]
    return lay_out(
        stops, [Passage(f"{index}", *ends) for index, ends in enumerate(passages.split())]
    )


def row(layout: Layout, stop: str) -> float:
    return layout.places[stop].at.y


@dataclass(frozen=True)
class Sketch:
    stops: tuple[Stop, ...]
    passages: tuple[Passage, ...]


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """Journeys of up to 25 stops, loops, parallel passages and empty stages included."""
    stages = draw(st.lists(st.integers(0, 5), max_size=25))
    stops = tuple(Stop(f"s{index}", stage) for index, stage in enumerate(stages))
    if not stops:
        return Sketch((), ())
    ends = st.tuples(*[st.integers(0, len(stops) - 1)] * 2)
    passages = tuple(
        Passage(f"p{index}", stops[source].id, stops[target].id)
        for index, (source, target) in enumerate(draw(st.lists(ends, max_size=50)))
    )
    return Sketch(stops, passages)


@given(sketches())
def test_every_stop_has_a_place_of_its_own(sketch: Sketch):
    """Stops of one column are at least a row apart, so no two cards overlap."""
    places = lay_out(sketch.stops, sketch.passages).places
    assert set(places) == {stop.id for stop in sketch.stops}
    by_x: dict[float, list[float]] = {}
    for place in places.values():
        by_x.setdefault(place.at.x, []).append(place.at.y)
    for heights in by_x.values():
        heights.sort()
        assert all(b - a >= 1 - 1e-3 for a, b in itertools.pairwise(heights))


@given(sketches())
def test_columns_come_in_the_order_of_stages(sketch: Sketch):
    """A later stage lies wholly to the right, and its stops lie within its band."""
    layout = lay_out(sketch.stops, sketch.passages)
    stages = [band.stage for band in layout.bands]
    assert stages == sorted({stop.stage for stop in sketch.stops})
    for before, after in zip(layout.bands, layout.bands[1:], strict=False):
        assert before.right < after.left
    bands = {band.stage: band for band in layout.bands}
    for stop in sketch.stops:
        assert bands[stop.stage].left < layout.places[stop.id].at.x < bands[stop.stage].right


@given(sketches())
def test_the_same_journey_gives_the_same_picture(sketch: Sketch):
    assert lay_out(sketch.stops, sketch.passages) == lay_out(sketch.stops, sketch.passages)


@given(sketches())
def test_every_passage_is_routed(sketch: Sketch):
    """Through one point for each column it jumps over, in the direction of travel."""
    layout = lay_out(sketch.stops, sketch.passages)
    assert set(layout.routes) == {passage.id for passage in sketch.passages}
    for passage in sketch.passages:
        source, target = layout.places[passage.source], layout.places[passage.target]
        route = layout.routes[passage.id]
        xs = [source.at.x, *(point.x for point in route.via), target.at.x]
        if source.column < target.column:
            assert xs == sorted(xs)
            assert len(route.via) == target.column - source.column - 1
        elif source.column > target.column:
            assert xs == sorted(xs, reverse=True)
            assert route.is_return


@given(sketches())
def test_no_corridor_runs_through_a_stop(sketch: Sketch):
    """A line never looks as if it stopped where it doesn't."""
    layout = lay_out(sketch.stops, sketch.passages)
    stops = [place.at for place in layout.places.values()]
    for route in layout.routes.values():
        for point in route.via:
            assert all(
                abs(point.x - stop.x) > 0.4 or abs(point.y - stop.y) >= 0.6 for stop in stops
            )


@given(sketches())
def test_no_column_is_taller_than_it_must_be(sketch: Sketch):
    """Straightening lines never makes the picture taller than its fullest column."""
    layout = lay_out(sketch.stops, sketch.passages)
    columns: dict[float, set[Point]] = {}
    fullest: dict[float, float] = {}
    for place in layout.places.values():
        columns.setdefault(place.at.x, set()).add(place.at)
        fullest[place.at.x] = fullest.get(place.at.x, 0) + 1
    for route in layout.routes.values():
        for point in () if route.goes_around else route.via:
            if point not in columns[point.x]:
                columns[point.x].add(point)
                fullest[point.x] += CORRIDOR_HEIGHT
    heights = [point.y for points in columns.values() for point in points]
    assert max(heights, default=0) - min(heights, default=0) <= max(fullest.values(), default=0)


def test_stops_that_belong_together_are_level():
    """A chain of single stops is one straight line."""
    layout = drawn("a b c", "ab bc")
    assert row(layout, "a") == row(layout, "b") == row(layout, "c") == 0


def test_rows_are_exchanged_where_passages_would_cross():
    """Declared a, b and c, d; joined crosswise."""
    layout = drawn("ab cd", "ad bc")
    assert (row(layout, "a") < row(layout, "b")) == (row(layout, "d") < row(layout, "c"))


def test_the_order_of_declaration_decides_among_equals():
    layout = drawn("ab cdefgh")
    assert row(layout, "a") < row(layout, "b")


def test_a_full_stage_takes_several_columns():
    """Filled along the passages inside the stage."""
    layout = drawn("abcdef", "ab bc cd de ef")
    columns = [layout.places[stop].column for stop in "abcdef"]
    assert columns == sorted(columns)
    assert len(set(columns)) > 1


def test_a_loop_inside_a_stage_is_cut_where_it_closes():
    columns = {stop: place.column for stop, place in drawn("abcd", "ab bc cd da").places.items()}
    assert columns["a"] == 0
    assert columns["d"] == max(columns.values())


def test_parallel_passages_are_bowed_apart():
    routes = drawn("a b", "ab ab ba").routes
    # Right of travel is below on the way there and above on the way back.
    below = [routes["0"].bend, routes["1"].bend, -routes["2"].bend]
    assert len(set(below)) == 3


def test_a_passage_back_is_told_apart():
    layout = drawn("a b", "ab ba")
    assert not layout.routes["0"].is_return
    assert layout.routes["1"].is_return


def test_a_passage_within_a_column_goes_around_what_lies_between():
    """One that leads to the next stop below goes straight."""
    layout = lay_out(
        [Stop(stop, 0) for stop in "abc"] + [Stop(stop, 1) for stop in "defghi"],
        [Passage("0", "a", "b"), Passage("1", "b", "c"), Passage("2", "a", "c")],
    )
    assert {layout.places[stop].column for stop in "abc"} == {0}
    assert not layout.routes["0"].goes_around
    (beside,) = layout.routes["2"].via
    assert layout.routes["2"].goes_around
    assert beside.x != layout.places["a"].at.x


def test_a_passage_from_a_stop_to_itself_is_left_to_the_drawing():
    assert drawn("a", "aa").routes["0"].via == ()


def test_adding_a_stop_moves_little():
    """One more stop at the end of a stage: the others keep their columns and their order."""
    passages = "ac ad bd ce df eg fh gi hj"
    before, after = drawn("ab cd ef gh ij", passages), drawn("ab cd efk gh ij", f"{passages} dk kh")
    assert all(before.places[stop].column == after.places[stop].column for stop in "abcdefghij")
    for one, other in ["ab", "cd", "ef", "gh", "ij"]:
        assert (row(before, one) < row(before, other)) == (row(after, one) < row(after, other))


def test_nothing_to_draw_is_a_picture_too():
    assert lay_out([], []) == Layout({}, {}, ())


def test_one_stop_is_in_the_middle():
    assert drawn("a").places["a"].at == Point(0.5, 0)


@pytest.mark.parametrize(
    ("stops", "passages"),
    [
        pytest.param([Stop("a", 0), Stop("a", 1)], [], id="two stops of one id"),
        pytest.param([Stop("a", 0)], [Passage("0", "a", "z")], id="passage to nowhere"),
        pytest.param([Stop("a", 0)], [Passage("0", "a", "a")] * 2, id="two passages of one id"),
    ],
)
def test_what_cannot_be_drawn_is_refused(stops: list[Stop], passages: list[Passage]):
    with pytest.raises(ValueError, match=r"id|join"):
        lay_out(stops, passages)


def test_150_stops_take_less_than_50_milliseconds():
    """The largest map that people can read: 300 passages, most of them to a stop nearby."""
    stops = [Stop(f"s{index}", index // 25) for index in range(150)]
    ahead = [1, 1, 2, 3, -2, 7]
    passages = [
        Passage(f"p{index}", f"s{index % 150}", f"s{(index % 150 + ahead[index % 6]) % 150}")
        for index in range(300)
    ]
    times = []
    for _ in range(5):
        start = time.process_time()
        lay_out(stops, passages)
        times.append(time.process_time() - start)
    assert min(times) < 0.05
