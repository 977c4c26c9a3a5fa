"""The kind `hand-off`: what passages show that look alike."""

import datetime

import pytest

from charter.checker import check
from tests.scenarios.writing import touchpoints, workspace

CHARTER = (
    "charter: 1\nbrand: B\nchannels: [{id: store}, {id: web}]\n"
    "segments: [{id: newcomer}, {id: loyal}]\nstages: [{id: discover}]\n"
    "markers: [{id: host, name: Host}]\n"
)


def answers(*written: str, **options: str) -> list[tuple[str, tuple[str, ...] | None]]:
    """Return the verdict and witness of each segment."""
    told = "".join(f", {key}: {value}" for key, value in options.items())
    rule = f"\n- {{id: r, kind: hand-off, markers: [host]{told}}}\n"
    asked = workspace(touchpoints(*written), charter=CHARTER, rules=rule)
    report = check(asked, datetime.date(2026, 11, 2))
    return [(verdict.verdict.value, verdict.witness) for verdict in report.verdicts]


@pytest.mark.parametrize(
    ("ways", "witness"),
    [
        pytest.param("{to: b, markers: [host]}, c", ("a", "c"), id="the second without"),
        pytest.param("b, {to: c, markers: [host]}", ("a", "b"), id="the first without"),
        pytest.param("{to: b, markers: [host]}, {to: c, markers: [host]}", None, id="both"),
    ],
)
def test_a_passage_has_tags_of_its_own_though_its_ends_be_like_those_of_another(
    ways: str, witness: tuple[str, ...] | None
):
    answer = ("broken" if witness else "holds", witness)
    told = answers(
        f"a, entry: true, next: [{ways}]",
        "b, channel: web, exit: x",
        "c, channel: web, exit: x",
        side="passage",
    )
    assert told == [answer, answer]


def test_both_ends_stand_in_for_the_passage_also_where_its_tags_are_for_others():
    told = answers(
        "a, entry: true, markers: [host], "
        "next: [{to: b, markers: [{marker: host, segments: loyal}]}]",
        "b, channel: web, markers: [host], exit: x",
        side="passage",
    )
    assert told == [("holds", None), ("holds", None)]


def test_only_paths_that_end_as_asked_are_looked_at():
    told = answers(
        "a, entry: true, markers: [host], next: [b, c]",
        "b, channel: web, exit: bad",
        "c, channel: web, markers: [host], exit: good",
        outcomes="good",
    )
    assert told == [("holds", None), ("holds", None)]
