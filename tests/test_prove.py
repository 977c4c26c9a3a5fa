"""Automata over letters, and the prover that asks one of them of many views at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.automata import STATE_LIMIT, Automaton, Ending, TooManyStates
from journeys.graph import OpenGraph
from journeys.prove import prove
from journeys.question import Answer, Question, repeat
from tests.scenarios.writing import open_graph, touchpoints

# Automata -------------------------------------------------------------------------------------

PLAIN, MARKED = range(2)


def times(wanted: int) -> Automaton:
    """Holds where at least so many marked letters were seen; concerned from the first letter on."""
    return Automaton.explore(
        start=None,
        step=lambda seen, letter: min((seen or 0) + letter, wanted),
        ending=lambda seen: (
            Ending.UNCONCERNED
            if seen is None
            else Ending.HOLDS
            if seen == wanted
            else Ending.BREAKS
        ),
        letters=range(2),
    )


def ending_of(automaton: Automaton, letters: tuple[int, ...]) -> Ending:
    state = 0
    for letter in letters:
        state = automaton.steps[state][letter]
    return automaton.endings[state]


def test_an_automaton_has_the_states_that_can_be_reached_the_start_first():
    automaton = times(2)
    assert automaton.steps == ((1, 2), (1, 2), (2, 3), (3, 3))
    assert automaton.endings[0] is Ending.UNCONCERNED


@given(st.lists(st.sampled_from([PLAIN, MARKED]), max_size=8).map(tuple), st.integers(1, 3))
def test_an_automaton_answers_as_its_definition_does(letters: tuple[int, ...], wanted: int):
    expected = Ending.HOLDS if sum(letters) >= wanted else Ending.BREAKS
    assert ending_of(times(wanted), letters) is (expected if letters else Ending.UNCONCERNED)


def test_states_from_which_nothing_changes_any_more_are_known():
    automaton = times(2)
    assert automaton.surely_holds == {3}
    assert automaton.can_break == {0, 1, 2}


def test_as_many_states_are_explored_as_the_limit_says_and_no_more():
    def counting(longest: int) -> Automaton:
        return Automaton.explore(
            0, lambda n, _: min(n + 1, longest), lambda _: Ending.HOLDS, range(1)
        )

    assert len(counting(STATE_LIMIT - 1).steps) == STATE_LIMIT
    with pytest.raises(TooManyStates):
        counting(STATE_LIMIT)


# One view -------------------------------------------------------------------------------------


def question(graph: OpenGraph, automaton: Automaton, *, copies: int = 1, **more: int) -> Question:
    """Ask about the marker ``host``: copy 0 as it is tagged, copy 1 the other way round."""
    width = len(graph.segments)
    everyone = (1 << width) - 1
    shown = []
    for labels in graph.labels:
        marked = labels.get("host", 0) & everyone
        all_marked = sum(
            (marked if copy == 0 else everyone & ~marked) << copy * width for copy in range(copies)
        )
        all_plain = repeat(everyone, width, copies) & ~all_marked
        shown.append(((PLAIN, all_plain), (MARKED, all_marked)))
    paths = graph.of_paths()
    return Question(
        graph=paths,
        automaton=automaton,
        width=width,
        copies=copies,
        asked=more.get("asked", everyone),
        kinds=shown,
        at_stop=range(len(shown)),
    )


def answers(graph: OpenGraph, automaton: Automaton, **more: int) -> list[str]:
    """The answer of each view: its witness as ``a b c``, or its ending."""
    return [told(graph, answer) for answer in prove(question(graph, automaton, **more))]


def told(graph: OpenGraph, answer: Answer) -> str:
    if answer.witness is None:
        return answer.ending.value
    assert answer.ending is Ending.BREAKS
    return " ".join(graph.stops[stop].name for stop in answer.witness)


@pytest.mark.parametrize(
    ("written", "wanted", "expected"),
    [
        pytest.param(
            ["a, entry: true, next: [b]", "b, markers: [host], exit: x"], 1, "holds", id="holds"
        ),
        pytest.param(
            ["a, entry: true, next: [b, c]", "b, markers: [host], next: [c]", "c, exit: x"],
            1,
            "a c",
            id="a short cut",
        ),
        pytest.param(
            ["a, entry: true, next: [b, c]", "b, next: [d]", "c, next: [d]", "d, exit: x"],
            1,
            "a b d",
            id="among equals, the first by the order of next",
        ),
        pytest.param(
            ["z, entry: true, next: [c]", "a, entry: true, next: [c]", "c, exit: x"],
            1,
            "z c",
            id="among equals, the first entry declared",
        ),
        pytest.param(
            [
                "z, entry: true, next: [b]",
                "a, entry: true, next: [c]",
                "b, next: [c]",
                "c, exit: x",
            ],
            1,
            "a c",
            id="a shorter one from a later entry",
        ),
        pytest.param(
            ["a, entry: true, exit: x, markers: [host], next: [b]", "b, exit: y, next: [a]"],
            3,
            "a",
            id="an exit may be passed through, or end the path",
        ),
        pytest.param(
            ["a, entry: true, next: [b, b]", "b, channels: [web, app], exit: x"],
            1,
            "a b@web",
            id="channels in their order, transitions side by side",
        ),
        pytest.param(
            ["a, entry: true, next: [b, c]", "b, next: [b]", "c, markers: [host], exit: x"],
            1,
            "holds",
            id="what leads nowhere is no path",
        ),
        pytest.param(["a, entry: true, exit: x"], 1, "a", id="a path of one stop"),
        pytest.param(["a, next: [b]", "b, exit: x"], 1, "unconcerned", id="no path at all"),
    ],
)
def test_the_witness_is_the_first_of_the_shortest_breaking_paths(
    written: list[str], wanted: int, expected: str
):
    found = answers(open_graph(touchpoints(*written)), times(wanted))
    assert found == [expected, expected]


def test_a_loop_is_walked_as_often_as_it_takes():
    """Here a path breaks only where the marker is met four times."""
    at_most_three = Automaton.explore(
        0,
        lambda met, letter: min(met + letter, 4),
        lambda met: Ending.BREAKS if met > 3 else Ending.HOLDS,
        range(2),
    )
    graph = open_graph(
        touchpoints("a, entry: true, next: [b]", "b, markers: [host], next: [a, c]", "c, exit: x")
    )
    assert answers(graph, at_most_three)[0] == "a b a b a b a b c"


def test_a_passage_may_show_something_of_its_own():
    """Two transitions between the same touchpoints, only one of them marked."""
    graph = open_graph(touchpoints("a, entry: true, next: [b, b]", "b, exit: x")).of_paths()
    everyone = (1 << len(graph.segments)) - 1
    plain = ((PLAIN, everyone),)
    marked = ((MARKED, everyone),)

    def ask(*on_passage: int) -> Ending:
        asked = Question(
            graph=graph,
            automaton=times(1),
            width=len(graph.segments),
            copies=1,
            asked=everyone,
            kinds=[plain, marked],
            at_stop=[PLAIN, PLAIN],
            on_passage=on_passage,
        )
        return prove(asked)[0].ending

    assert ask(MARKED, MARKED) is Ending.HOLDS
    assert ask(MARKED, PLAIN) is Ending.BREAKS


# Many views -----------------------------------------------------------------------------------


def test_each_segment_gets_its_own_answer():
    graph = open_graph(
        touchpoints(
            "a, entry: true, next: [b, {to: c, segments: [loyal]}]",
            "b, markers: [{marker: host, segments: [newcomer]}], next: [c]",
            "c, exit: x",
        )
    )
    assert answers(graph, times(1)) == ["holds", "a c"]


def test_copies_of_a_segment_are_asked_side_by_side():
    """The second copy sees the marker where it isn't: at one stop of three instead of at two."""
    graph = open_graph(
        touchpoints(
            "a, entry: true, markers: [host], next: [b]",
            "b, next: [c]",
            "c, markers: [host], exit: x",
        )
    )
    assert answers(graph, times(2), copies=2) == ["holds", "holds", "a b c", "a b c"]


def test_who_isnt_asked_gets_no_answer():
    graph = open_graph(touchpoints("a, entry: true, exit: x"))
    assert answers(graph, times(1), asked=0b10) == ["unconcerned", "a"]


def test_a_view_that_is_settled_doesnt_settle_another():
    """The first segment breaks at once; the second only by a way three times as long."""
    graph = open_graph(
        touchpoints(
            "a, entry: true, next: [{to: x, segments: newcomer}, {to: b, segments: loyal}]",
            "b, markers: [host], next: [c, y]",
            "c, next: [d]",
            "d, next: [e]",
            "e, exit: x",
            "x, exit: x",
            "y, markers: [host], exit: x",
        )
    )
    assert answers(graph, times(2)) == ["a x", "a b c d e"]


@pytest.mark.parametrize(
    ("bits", "width", "copies", "expected"),
    [(0b1, 1, 3, 0b111), (0b01, 2, 3, 0b010101), (0b10, 2, 1, 0b10), (0b11, 2, 0, 0), (0, 4, 4, 0)],
)
def test_bits_are_repeated_side_by_side(bits: int, width: int, copies: int, expected: int):
    assert repeat(bits, width, copies) == expected


@st.composite
def small_journeys(draw: st.DrawFn) -> str:
    names = "abcd"[: draw(st.integers(1, 4))]
    some = st.lists(st.sampled_from(names), max_size=3)
    markers = ["", ", markers: [host]", ", markers: [{marker: host, segments: [loyal]}]"]
    who = ["", ", segments: [newcomer]", ", segments: [loyal]"]
    return touchpoints(
        *(
            f"{name}, entry: {draw(st.sampled_from(['true', 'false']))}"
            + draw(st.sampled_from(["", ", exit: x"]))
            + draw(st.sampled_from(markers))
            + draw(st.sampled_from(who))
            + f", next: [{', '.join(draw(some))}]"
            for name in names
        )
    )


@settings(max_examples=150)
@given(small_journeys(), st.integers(1, 2))
def test_a_witness_is_a_path_that_breaks_and_no_shorter_one_does(journey: str, wanted: int):
    """Walks are tried out one by one: going round meets no fewer markers, so short ones decide."""
    graph = open_graph(journey)
    automaton = times(wanted)
    for segment, answer in enumerate(prove(question(graph, automaton))):
        broken = next(
            (
                walk
                for length in range(1, 6)
                for walk in walks(graph, segment, length)
                if ending_of(automaton, shown(graph, segment, walk)) is Ending.BREAKS
            ),
            None,
        )
        assert (answer.ending is Ending.BREAKS) == (broken is not None)
        if broken is not None:
            assert answer.witness == broken


def shown(graph: OpenGraph, segment: int, walk: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(graph.labels[stop].get("host", 0) >> segment & 1 for stop in walk)


def walks(graph: OpenGraph, segment: int, length: int) -> list[tuple[int, ...]]:
    """Each path of so many stops that is open to a segment, in the order of witnesses."""
    steps = {
        stop: [
            passage.target
            for passage in graph.passages
            if passage.source == stop and passage.open_to >> segment & 1
        ]
        for stop in range(len(graph.stops))
    }
    found = [(stop,) for stop, bits in enumerate(graph.entries) if bits >> segment & 1]
    for _ in range(length - 1):
        found = [(*walk, target) for walk in found for target in steps[walk[-1]]]
    return [walk for walk in found if graph.exits[walk[-1]] >> segment & 1]
