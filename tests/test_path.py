"""Paths are told with their rounds folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.path import Round, fold


def folded(path: str) -> str:
    """A path of one-letter stops, its rounds as ``(ab)3``."""
    return "".join(
        "".join(stops) if times == 1 else f"({''.join(stops)}){times}"
        for stops, times in fold(tuple(path))
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("a", "a", id="one stop"),
        pytest.param("abc", "abc", id="no round"),
        pytest.param("aba", "aba", id="back once is no round"),
        pytest.param("aa", "(a)2", id="the same twice"),
        pytest.param("aaaa", "(a)4", id="the shortest round, not the longest"),
        pytest.param("abab", "(ab)2", id="a round of two"),
        pytest.param("xababy", "x(ab)2y", id="between others"),
        pytest.param("ababa", "(ab)2a", id="half a round is left over"),
        pytest.param("aabaab", "(aab)2", id="what covers most comes first"),
        pytest.param("abcabcbcbc", "(abc)2(bc)2", id="one round after another"),
    ],
)
def test_rounds_in_a_row_are_told_once(path: str, expected: str):
    assert folded(path) == expected


@given(st.text("abc", max_size=30))
def test_unrolling_gives_the_path_back(path: str):
    rounds = fold(tuple(path))
    assert "".join("".join(stops) * times for stops, times in rounds) == path
    assert all(times >= 1 and stops for stops, times in rounds)


def test_a_round_is_a_plain_value():
    assert fold(("home", "list", "list")) == (Round(("home",), 1), Round(("list",), 2))


def test_a_path_without_rounds_is_told_in_no_time():
    """Ten thousand stops, as a chain of touchpoints gives them."""
    stops = [f"t{number}" for number in range(10_000)]
    assert len(fold(stops)) == 10_000
