"""Krippendorff's alpha, held to published figures and to its definition."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.workshop.agreement import Rating, Scale, alikeness, alpha


def ratings(*rows: str, letters: str = "012345abcde") -> list[Rating]:
    """Read a table: a row for each participant, a column for each thing, a dot for no answer."""
    return [
        Rating(participant, (str(thing),), letters.index(said))
        for participant, row in enumerate(rows)
        for thing, said in enumerate(row)
        if said != "."
    ]


# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A to C; the last one is
# the example of Wikipedia's article on it.
@pytest.mark.parametrize(
    ("rows", "scale", "published"),
    [
        pytest.param(("0100000010", "1110010000"), Scale.NOMINAL, 0.095, id="yes or no"),
        pytest.param(("aabbdccceDDA".lower(), "babbbccceddd"), Scale.NOMINAL, 0.692, id="values"),
        pytest.param(
            ("123321412...", "1233224125.3", ".3332342251.", "12332441251."),
            Scale.NOMINAL,
            0.743,
            id="some left out",
        ),
        pytest.param(
            ("123321412...", "1233224125.3", ".3332342251.", "12332441251."),
            Scale.INTERVAL,
            0.849,
            id="some left out, by how far apart they are",
        ),
        pytest.param(
            (".....34121133.3", "1.213343.......", "..21344.21133.4"),
            Scale.NOMINAL,
            0.691,
            id="many left out",
        ),
        pytest.param(
            (".....34121133.3", "1.213343.......", "..21344.21133.4"),
            Scale.INTERVAL,
            0.811,
            id="many left out, by how far apart they are",
        ),
    ],
)
def test_published_figures_come_out(rows, scale, published):
    assert alpha(ratings(*rows), scale) == pytest.approx(published, abs=0.0006)


def by_definition(rated: list[Rating], scale: Scale) -> float | None:
    """Work alpha out from every pair of answers, as the chapter defines it."""

    def apart(one: int, other: int) -> float:
        return float(one != other) if scale is Scale.NOMINAL else (one - other) ** 2

    things: dict[tuple[str, ...], list[int]] = {}
    for each in rated:
        things.setdefault(each.thing, []).append(each.says)
    pairable = {thing: said for thing, said in things.items() if len(said) > 1}
    everything = [says for said in pairable.values() for says in said]
    if not everything:
        return None
    observed = sum(
        sum(apart(*pair) for pair in itertools.permutations(said, 2)) / (len(said) - 1)
        for said in pairable.values()
    ) / len(everything)
    expected = sum(apart(*pair) for pair in itertools.permutations(everything, 2)) / (
        len(everything) * (len(everything) - 1)
    )
    return 1.0 if expected == 0 else 1 - observed / expected


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 6), st.integers(1, 5)), st.integers(-2, 2), max_size=30
    ),
    st.sampled_from(Scale),
)
def test_alpha_is_what_its_definition_says(said, scale):
    rated = [Rating(who, (str(thing),), says) for (who, thing), says in said.items()]
    expected = by_definition(rated, scale)
    assert alpha(rated, scale) == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param((), None, id="nobody"),
        pytest.param(("0123",), None, id="one alone"),
        pytest.param(("01..", "..23"), None, id="nothing answered by two"),
        pytest.param(("0000", "0000", "00.."), 1, id="all the same everywhere"),
        pytest.param(("0", "0"), 1, id="one thing, the same"),
        pytest.param(("012", "012"), 1, id="each thing the same"),
        pytest.param(("01", "10"), -0.5, id="worse than chance"),
        pytest.param(("001", "00."), 1, id="what one alone said isn't compared"),
    ],
)
def test_the_ends_of_the_scale(rows, scale, told):
    assert alpha(ratings(*rows), scale) == told


@pytest.mark.parametrize(
    ("spread", "widest", "told"),
    [
        ({}, 1, None),
        ({1: 1}, 1, None),
        ({1: 5}, 1, 1),
        ({1: 1, 0: 1}, 1, 0),
        ({1: 3, 0: 1}, 1, 0.5),
        ({1: 50, 0: 50}, 1, pytest.approx(0.4949, abs=1e-4)),
        ({-2: 1, 2: 1}, 4, 0),
        ({1: 1, 2: 1}, 4, 1 - 1 / 16),
        ({-2: 1, 0: 2, 2: 1}, 4, 1 - (4 * 2 * 4 + 2 * 16) / (12 * 16)),
    ],
)
def test_how_much_alike_two_answer_about_one_thing(spread, widest, told):
    assert alikeness(spread, widest) == told
