"""Journeys are answered alike whether plain Python or NumPy walks through them.

Which of the two does is a matter of size alone, so here both are given the same small workspaces,
with every feature that they may have. The plain one is what the oracle is held against.
"""

from __future__ import annotations

import random

import pytest

from benchmarks.generate import workspace as generated
from journeys import columns, customers, measure, visits, ways

from . import generate
from .comparison import SEEDS, engine_on
from .verdicts import Verdict

pytestmark = pytest.mark.oracle

CASES = SEEDS[: len(SEEDS) // 4]


@pytest.fixture
def in_numpy(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every journey counts as a large one, until this is undone."""
    monkeypatch.setattr(ways, "LARGE", -1)
    for module in (customers, measure, visits):
        monkeypatch.setattr(module, "PLAIN_LIMIT", -1)
    # Nothing is given back to plain Python, which would hide what is wrong.
    monkeypatch.setattr(columns.Breadth, "note", lambda breadth, places: None)
    return monkeypatch


def told_by_both(
    files: list[dict[str, str]], in_numpy: pytest.MonkeyPatch
) -> list[tuple[Verdict, Verdict]]:
    """Return each verdict as both tell it, plain Python first."""
    in_arrays = [engine_on(each, measure=True) for each in files]
    in_numpy.undo()
    plain = [engine_on(each, measure=True) for each in files]
    return [
        pair
        for expected, found in zip(plain, in_arrays, strict=True)
        for pair in zip(expected, found, strict=True)
    ]


@pytest.mark.parametrize("kind", generate.KINDS_WITH_SHARES)
def test_verdicts_witnesses_and_shares_are_those_of_plain_python(
    kind: str, in_numpy: pytest.MonkeyPatch
) -> None:
    files = [generate.files(generate.workspace(kind, seed)) for seed in CASES]
    for expected, found in told_by_both(files, in_numpy):
        assert expected.agrees_with(found), f"\n{expected}\n{found}"


MANY = 70
"""More segments, or markers, than there are bits in a machine word."""


def test_more_segments_than_a_machine_word_has_bits_are_answered_alike(
    in_numpy: pytest.MonkeyPatch,
) -> None:
    told = told_by_both([with_many_segments(seed) for seed in range(20)], in_numpy)
    for expected, found in told:
        assert expected.agrees_with(found), f"\n{expected}\n{found}"
    assert {expected.verdict for expected, _ in told} >= {"holds", "broken"}


def test_more_views_of_few_segments_than_a_machine_word_has_bits_are_answered_alike(
    in_numpy: pytest.MonkeyPatch,
) -> None:
    told = told_by_both([with_many_markers(seed) for seed in range(10)], in_numpy)
    assert len(told) == 10 * 3 * MANY
    for expected, found in told:
        assert expected.agrees_with(found), f"\n{expected}\n{found}"
    assert {expected.verdict for expected, _ in told} == {"holds", "broken"}


def with_many_markers(seed: int) -> dict[str, str]:
    """Return a journey of six touchpoints that carry some of very many markers."""
    dice = random.Random(seed)
    markers = [f"marker-{number}" for number in range(MANY)]
    touchpoints = [
        f"  - {{id: t{number}, stage: buy, channel: store, entry: {number == 0}, "
        f"markers: [{', '.join(dice.sample(markers, MANY // 2))}], "
        f"next: [t{dice.randrange(6)}, {{to: t{dice.randrange(6)}, segments: [one, two]}}, t5]"
        + (", exit: done}" if number == 5 else "}")
        for number in range(6)
    ]
    return {
        "charter.yaml": "charter: 1\nbrand: Maison\nchannels: [{id: store}]\nstages: [{id: buy}]\n"
        "segments: [{id: one}, {id: two}, {id: three}]\n"
        f"markers: [{', '.join(f'{{id: {marker}, name: {marker}}}' for marker in markers)}]\n"
        "rules: [{id: met, kind: carries, markers: every}]\n",
        "journeys/a.yaml": "journey: a\ntouchpoints:\n" + "\n".join(touchpoints) + "\n",
    }


def with_many_segments(seed: int) -> dict[str, str]:
    """Return a journey of eight touchpoints, each open to some of very many segments."""
    dice = random.Random(seed)
    segments = [f"segment-{number}" for number in range(MANY)]

    def some() -> str:
        return f"[{', '.join(dice.sample(segments, MANY // 2))}]"

    touchpoints = []
    for number in range(8):
        ways_on = ", ".join(
            f"{{to: t{dice.randrange(number, 8)}, segments: {some()}}}" for _ in range(3)
        )
        touchpoints.append(
            f"  - {{id: t{number}, stage: buy, channel: store, entry: {number < 2}, "
            f"markers: [{{marker: host, segments: {some()}}}], next: [{ways_on}]"
            + (", exit: done}" if number > 4 else "}")
        )
    return {
        "charter.yaml": "charter: 1\nbrand: Maison\nchannels: [{id: store}]\nstages: [{id: buy}]\n"
        f"segments: [{', '.join(f'{{id: {segment}}}' for segment in segments)}]\n"
        "markers: [{id: host, name: Host}]\n"
        "rules:\n  - {id: met, kind: carries, markers: [host]}\n"
        "  - {id: twice, kind: at-most, markers: [host], times: 2}\n",
        "journeys/a.yaml": "journey: a\ntouchpoints:\n" + "\n".join(touchpoints) + "\n",
    }


# ── Journeys that are large ──────────────────────────────────────────────────────────────────


def test_a_large_journey_is_answered_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty layers with loops, eight segments, twelve rules."""
    files = generated(2_000)
    monkeypatch.setattr(ways, "LARGE", 5_000)
    in_arrays = engine_on(files, measure=True)
    monkeypatch.setattr(ways, "LARGE", 1_000_000)
    plain = engine_on(files, measure=True)
    assert len(plain) == 96
    for expected, found in zip(plain, in_arrays, strict=True):
        assert expected.agrees_with(found), f"\n{expected}\n{found}"


def test_a_journey_that_is_one_long_way_is_walked_to_its_end() -> None:
    length = ways.LARGE + 2
    touchpoints = "\n".join(
        f"  - {{id: t{number}, stage: buy, channel: store, entry: {number == 0}, next: [t{after}]}}"
        for number, after in enumerate(range(1, length))
    )
    files = {
        "charter.yaml": "charter: 1\nbrand: Maison\nchannels: [{id: store}]\nstages: [{id: buy}]\n"
        "markers: [{id: host, name: Host}]\n"
        "rules: [{id: met, kind: carries, markers: [host]}]\n",
        "journeys/a.yaml": f"journey: a\ntouchpoints:\n{touchpoints}\n"
        f"  - {{id: t{length - 1}, stage: buy, channel: store, exit: done}}\n",
    }
    (said,) = engine_on(files)
    assert said.witness == tuple(f"t{number}" for number in range(length))
