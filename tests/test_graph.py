"""The open graph of a journey: what each segment can walk, and what is wrong with its shape."""

import pytest

from journeys.defects import defects
from journeys.graph import OpenGraph
from tests.scenarios.writing import open_graph, touchpoints


def passages(graph: OpenGraph) -> list[str]:
    """Each passage as ``from > to``, with those it is open to where not everyone walks it."""
    found = []
    for passage in graph.passages:
        way = f"{graph.stops[passage.source].name} > {graph.stops[passage.target].name}"
        is_everyones = passage.open_to == graph.journey_segments
        found.append(way if is_everyones else f"{way} ({', '.join(graph.names(passage.open_to))})")
    return found


def who(graph: OpenGraph, bits: tuple[int, ...]) -> dict[str, tuple[str, ...]]:
    """The segments of each stop."""
    return {
        stop.name: graph.names(each) for stop, each in zip(graph.stops, bits, strict=True) if each
    }


def shape(*written: str, segments: str = "[newcomer, loyal]") -> list[str]:
    """The defects of a journey, as ``code reason where (segments)``."""
    told = []
    for problem in defects(open_graph(f"segments: {segments}\n" + touchpoints(*written))):
        parameters = problem.parameters
        where = parameters.get("touchpoint") or parameters.get("segment") or ""
        segments_told = parameters.get("segments")
        assert segments_told is None or isinstance(segments_told, tuple)
        among = f"({', '.join(segments_told)})" if segments_told else ""
        told.append(" ".join(filter(None, [problem.code, problem.reason, str(where), among])))
    return told


BOTH = ("newcomer", "loyal")

# Who walks where ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(["a, entry: true, next: [b]", "b, exit: x"], ["a > b"], id="open to everyone"),
        pytest.param(
            ["a, entry: true, next: [{to: b, segments: [loyal]}]", "b, exit: x"],
            ["a > b (loyal)"],
            id="a transition for one segment",
        ),
        pytest.param(
            ["a, entry: true, next: [b]", "b, exit: x, segments: [newcomer]"],
            ["a > b (newcomer)"],
            id="a touchpoint for one segment",
        ),
        pytest.param(
            ["a, entry: true, segments: loyal, next: [b]", "b, exit: x, segments: newcomer"],
            [],
            id="nobody can do both",
        ),
        pytest.param(
            ["a, entry: true, next: [b, b, {to: b, share: 2}]", "b, exit: x"],
            ["a > b", "a > b", "a > b"],
            id="transitions side by side are a choice each",
        ),
        pytest.param(["a, entry: true, exit: x, next: [a]"], ["a > a"], id="a loop"),
        pytest.param(
            [
                "a, entry: true, next: [b, c, d]",
                "b, status: retired, next: [d]",
                "c, status: planned, next: [d]",
                "d, exit: x",
            ],
            ["a > d"],
            id="what is retired or planned is closed, in and out",
        ),
    ],
)
def test_passages_are_open_to_whom_both_ends_and_the_transition_are(
    written: list[str], expected: list[str]
):
    assert passages(open_graph(touchpoints(*written))) == expected


def test_a_journey_for_some_segments_is_open_to_no_others():
    graph = open_graph("segments: [loyal]\n" + touchpoints("a, entry: true, next: b", "b, exit: x"))
    assert graph.names(graph.journey_segments) == ("loyal",)
    assert who(graph, graph.entries) == {"a": ("loyal",)}
    assert who(graph, graph.exits) == {"b": ("loyal",)}


def test_who_gets_where():
    """What is reached, what leads out, and what lies on a path, each for every segment at once."""
    graph = open_graph(
        touchpoints(
            "a, entry: true, next: [{to: b, segments: loyal}, c]",
            "b, next: [d]",
            "c, next: [c]",
            "d, exit: x",
            "e, next: [d]",
        )
    )
    assert who(graph, graph.reached) == {"a": BOTH, "b": ("loyal",), "c": BOTH, "d": ("loyal",)}
    assert who(graph, graph.leading_out) == {"a": ("loyal",), "b": BOTH, "d": BOTH, "e": BOTH}
    assert who(graph, graph.walked) == {"a": ("loyal",), "b": ("loyal",), "d": ("loyal",)}


def test_what_lies_on_no_path_is_left_out_and_places_stay():
    graph = open_graph(touchpoints("a, entry: true, next: [dead, b]", "dead", "b, exit: x"))
    paths = graph.of_paths()
    assert passages(paths) == ["a > b"]
    assert paths.stops == graph.stops
    assert graph.of_paths() is paths


def test_paths_may_be_narrowed_to_some_outcomes():
    graph = open_graph(
        touchpoints("a, entry: true, next: [b, c]", "b, exit: good", "c, exit: bad, next: [b]")
    )
    assert passages(graph.of_paths(frozenset(["good"]))) == ["a > b", "a > c", "c > b"]
    assert passages(graph.of_paths(frozenset(["bad"]))) == ["a > c"]
    assert who(graph, graph.of_paths(frozenset(["bad"])).exits) == {"c": BOTH}
    assert passages(graph.of_paths(frozenset(["other"]))) == []


# Several channels -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            ["a, channel: store, entry: true, next: [b]", "b, channels: [web, app], exit: x"],
            ["a > b@web", "a > b@app"],
            id="one who comes from elsewhere takes either",
        ),
        pytest.param(
            ["a, channel: app, entry: true, next: [b]", "b, channels: [web, app], exit: x"],
            ["a > b@app"],
            id="one who is on a channel stays on it",
        ),
        pytest.param(
            ["a, channels: [app, web], entry: true, next: [b]", "b, channels: [web, app], exit: x"],
            ["a@app > b@app", "a@web > b@web"],
            id="likewise from several",
        ),
        pytest.param(
            [
                "a, channels: [app, web], entry: true, next: [{to: b, cross: true}]",
                "b, channels: [web, app], exit: x",
            ],
            ["a@app > b@web", "a@app > b@app", "a@web > b@web", "a@web > b@app"],
            id="unless the transition crosses",
        ),
        pytest.param(
            ["a, channels: [web, store], entry: true, next: [b]", "b, channels: [app], exit: x"],
            ["a@web > b@app", "a@store > b@app"],
            id="who can't stay changes",
        ),
        pytest.param(
            ["a, channels: {web: 3, app: 1}, entry: true, exit: x, next: [a]"],
            ["a@web > a@web", "a@app > a@app"],
            id="a loop stays on its channel",
        ),
    ],
)
def test_a_touchpoint_on_several_channels_stands_for_one_on_each(
    written: list[str], expected: list[str]
):
    assert passages(open_graph(touchpoints(*written))) == expected


def test_a_touchpoint_with_channels_is_named_with_its_channel_even_if_it_has_one():
    graph = open_graph(touchpoints("a, channels: [web], entry: true, next: b", "b, exit: x"))
    assert [stop.name for stop in graph.stops] == ["a@web", "b"]


def test_a_graph_is_kept_for_another_version_only_while_channels_stand_in_their_order():
    """By that order witnesses are chosen among equals."""
    shares = "{web: 70, app: 30}"
    graph = open_graph(touchpoints(f"a, channels: {shares}, entry: true, exit: x"))
    same = open_graph(touchpoints(f"a, name: A, channels: {shares}, entry: true, exit: x"))
    turned = open_graph(touchpoints("a, channels: {app: 30, web: 70}, entry: true, exit: x"))
    assert graph.shown_anew(same.journey) is not None
    assert graph.shown_anew(turned.journey) is None


# Labels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        pytest.param("[host]", {"host": BOTH}, id="a tag"),
        pytest.param("[{marker: host, segments: [loyal]}]", {"host": ("loyal",)}, id="for some"),
        pytest.param("[{marker: host, status: planned}]", {}, id="not yet"),
        pytest.param(
            "[{marker: host, segments: loyal}, {marker: host, segments: newcomer}, light]",
            {"host": BOTH, "light": BOTH},
            id="tags of the same marker add up",
        ),
    ],
)
def test_a_tag_bears_its_marker_for_its_segments(tags: str, expected: dict[str, tuple[str, ...]]):
    graph = open_graph(touchpoints(f"a, entry: true, exit: x, markers: {tags}"))
    assert {label: graph.names(bits) for label, bits in graph.labels[0].items()} == expected


# Shapes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(["a, entry: true, next: [b]", "b, exit: x"], [], id="nothing is wrong"),
        pytest.param(["a, entry: true, exit: x, next: [a]"], [], id="a loop with a way out"),
        pytest.param(["a, next: [b]", "b, exit: x"], ["CH013 no-entry"], id="no entry"),
        pytest.param(["a, entry: true, next: [b]", "b"], ["CH013 no-exit"], id="no exit"),
        pytest.param(["a"], ["CH013 no-entry", "CH013 no-exit"], id="neither"),
        pytest.param(
            ["a, entry: true, status: planned", "b, exit: x"],
            ["CH013 no-entry"],
            id="an entry that isn't there yet",
        ),
        pytest.param(
            ["a, entry: true, next: [c]", "b, next: [c]", "c, exit: x"],
            ["CH010 unreached b"],
            id="nobody gets there",
        ),
        pytest.param(
            ["a, entry: true, next: [c]", "b, channels: [web, app], next: [c]", "c, exit: x"],
            ["CH010 unreached b"],
            id="reached on no channel: told once",
        ),
        pytest.param(
            ["a, channel: web, entry: true, next: [b]", "b, channels: [web, app], exit: x"],
            ["CH010 unreached b@app"],
            id="reached on one of two channels",
        ),
        pytest.param(
            ["a, entry: true, next: [b, c]", "b", "c, exit: x"],
            ["CH011 dead-end b (newcomer, loyal)"],
            id="a dead end",
        ),
        pytest.param(
            ["a, entry: true, next: [b, c]", "b, next: [{to: c, segments: loyal}]", "c, exit: x"],
            ["CH011 dead-end-for b (newcomer)"],
            id="a dead end for some",
        ),
        pytest.param(
            [
                "a, entry: true, next: [b, c]",
                "b, next: [gone]",
                "c, exit: x",
                "gone, status: retired, next: [c]",
            ],
            ["CH011 dead-end b (newcomer, loyal)"],
            id="a way that was closed",
        ),
        pytest.param(
            ["a, entry: true, next: [b, d]", "b, next: [c]", "c, next: [b]", "d, exit: x"],
            ["CH011 endless b (newcomer, loyal)"],
            id="a round without a way out: told at its first",
        ),
        pytest.param(
            ["a, entry: true, next: [b, d]", "b, next: [c]", "c, next: [c]", "d, exit: x"],
            ["CH011 endless b (newcomer, loyal)"],
            id="the way into such a round is part of it",
        ),
        pytest.param(
            ["a, entry: true, next: [b, c, d]", "b, next: [b]", "c, next: [c]", "d, exit: x"],
            ["CH011 endless b (newcomer, loyal)", "CH011 endless c (newcomer, loyal)"],
            id="two rounds",
        ),
        pytest.param(
            ["a, entry: true, next: [b, d]", "b, next: [c]", "c", "d, exit: x"],
            ["CH011 dead-end c (newcomer, loyal)"],
            id="what only leads to a dead end isn't told as well",
        ),
        pytest.param(
            ["a, entry: true, next: [{to: b, segments: loyal}]", "b, exit: x"],
            ["CH012 no-path newcomer", "CH011 dead-end-for a (newcomer)"],
            id="a segment without any path",
        ),
        pytest.param(
            ["a, entry: true, segments: loyal, next: [b]", "b, exit: x"],
            ["CH012 no-path newcomer"],
            id="a segment that can't begin",
        ),
    ],
)
def test_what_is_wrong_with_a_shape_is_told(written: list[str], expected: list[str]):
    assert shape(*written) == expected


def test_a_segment_that_the_journey_isnt_for_needs_no_path():
    assert shape("a, entry: true, exit: x, segments: loyal", segments="[loyal]") == []
