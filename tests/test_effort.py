"""What the effort grid of a touchpoint says, and what follows from it."""

import datetime

import pytest

from charter.brand import Levers
from charter.candidates import candidates, costs
from charter.checker import check
from charter.effort import Lever, cost_of_a_marker, lever
from charter.findings import Severity
from journeys.model import Effort
from tests.scenarios.writing import CHARTER, told, touchpoints, workspace

TODAY = datetime.date(2026, 11, 24)
BORNE_BY_PERSON = CHARTER.replace("name: A named host", "name: A named host, borne-by: person")


def grid(duration: int, frequency: int, complexity: int, value: int) -> Effort:
    grades = {"duration": duration, "frequency": frequency, "complexity": complexity}
    return Effort.made({**grades, "value": value})


@pytest.mark.parametrize(
    ("grades", "proposed"),
    [
        pytest.param((3, 3, 1, 3), Lever.KEEP_HUMAN, id="easy and often, but a person counts"),
        pytest.param((1, 1, 3, 3), Lever.KEEP_HUMAN, id="rare, and a person counts"),
        pytest.param((1, 2, 1, 1), Lever.REORGANISE, id="too little to gain"),
        pytest.param((2, 2, 1, 1), Lever.AUTOMATE, id="enough to gain, easiest"),
        pytest.param((3, 3, 1, 1), Lever.AUTOMATE, id="most to gain, easiest"),
        pytest.param((2, 2, 1, 2), Lever.OUTSOURCE, id="some value of a person"),
        pytest.param((3, 1, 3, 1), Lever.OUTSOURCE, id="complex, nobody in particular"),
        pytest.param((3, 3, 3, 2), Lever.REORGANISE, id="too hard to hand over"),
    ],
)
def test_the_grid_proposes_a_lever(grades: tuple[int, int, int, int], proposed: Lever):
    assert lever(grid(*grades), Levers.made({})) is proposed


@pytest.mark.parametrize(
    ("thresholds", "proposed"),
    [
        pytest.param({}, Lever.OUTSOURCE, id="as they stand"),
        pytest.param({"keep_human_from": 2}, Lever.KEEP_HUMAN, id="people are kept sooner"),
        pytest.param({"worth_from": 5}, Lever.REORGANISE, id="more must be gained"),
        pytest.param({"automate_up_to": 3}, Lever.AUTOMATE, id="machines may do more"),
        pytest.param({"outsource_up_to": 2}, Lever.REORGANISE, id="others may do less"),
    ],
)
def test_the_thresholds_are_the_charters(thresholds: dict[str, int], proposed: Lever):
    assert lever(grid(2, 2, 1, 2), Levers.made(thresholds)) is proposed


@pytest.mark.parametrize("missing", ["duration", "frequency", "complexity", "value"])
def test_a_grid_with_a_gap_proposes_nothing(missing: str):
    grades = dict.fromkeys({"duration", "frequency", "complexity", "value"} - {missing}, 2)
    assert lever(Effort.made(grades), Levers.made({})) is None


@pytest.mark.parametrize(
    ("effort", "cost"),
    [
        pytest.param(None, 1, id="no grid"),
        pytest.param(grid(1, 1, 1, 1), 1, id="the easiest costs no more than one without a grid"),
        pytest.param(grid(3, 3, 1, 1), 1, id="how long and how often is no part of it"),
        pytest.param(grid(1, 1, 2, 3), 4, id="complexity and value"),
        pytest.param(grid(1, 1, 3, 3), 5, id="the hardest"),
        pytest.param(Effort.made({"complexity": 3}), 3, id="what isn't graded is low"),
    ],
)
def test_a_marker_costs_what_the_touchpoint_is_hard(effort: Effort | None, cost: int):
    assert cost_of_a_marker(effort) == cost


def test_the_planner_is_told_the_cost():
    journey = touchpoints(
        "window, entry: true, next: [till], effort: {complexity: 2, value: 3}", "till, exit: done"
    )
    read = workspace(journey)
    tries = candidates(read)
    by_touchpoint = {
        each.touchpoint: cost for each, cost in zip(tries, costs(read, tries).costs, strict=True)
    }
    assert by_touchpoint == {"window": 4, "till": 1}


def automated(window: str, charter: str = BORNE_BY_PERSON) -> list[str]:
    """Return where a person's marker is on a touchpoint to automate."""
    journey = touchpoints(f"window, entry: true, next: [till], {window}", "till, exit: done")
    findings = check(workspace(journey, charter=charter), TODAY).findings
    found = [finding for finding in findings if finding.code == "CH021"]
    assert all(finding.severity is Severity.WARNING for finding in found)
    return [str(finding.position) for finding in found]


TO_AUTOMATE = "effort: {duration: 3, frequency: 3, complexity: 1, value: 1}"


def test_taking_a_person_out_of_a_persons_marker_is_told_at_the_grid():
    assert automated(f"markers: [host], {TO_AUTOMATE}") == ["journeys/buying.yaml:3:70"]


@pytest.mark.parametrize(
    ("window", "charter"),
    [
        pytest.param(TO_AUTOMATE, BORNE_BY_PERSON, id="no marker"),
        pytest.param(f"markers: [light], {TO_AUTOMATE}", BORNE_BY_PERSON, id="another's marker"),
        pytest.param(f"markers: [host], {TO_AUTOMATE}", CHARTER, id="nobody said who bears it"),
        pytest.param(
            f"markers: [{{marker: host, status: planned}}], {TO_AUTOMATE}",
            BORNE_BY_PERSON,
            id="not carried yet",
        ),
        pytest.param(
            "markers: [host], effort: {duration: 3, frequency: 3, complexity: 1, value: 2}",
            BORNE_BY_PERSON,
            id="outsourced, a person still does it",
        ),
        pytest.param(
            f"markers: [host], {TO_AUTOMATE}",
            f"{BORNE_BY_PERSON}levers: {{keep-human-from: 1}}\n",
            id="kept human by the charter's thresholds",
        ),
        pytest.param(
            f"status: planned, markers: [host], {TO_AUTOMATE}", BORNE_BY_PERSON, id="not there yet"
        ),
    ],
)
def test_nothing_is_told_where_no_person_goes(window: str, charter: str):
    assert automated(window, charter) == []


@pytest.mark.parametrize(
    ("written", "problems"),
    [
        ("levers: {worth-from: 7}", ["charter.yaml:7:22 too-great"]),
        ("levers: {keep-human-from: 0}", ["charter.yaml:7:27 too-small"]),
        ("levers: {automate-up-to: some}", ["charter.yaml:7:26 expected-whole"]),
        ("levers: {automat-up-to: 3}", ["charter.yaml:7:10 unknown-key"]),
        ("levers: 3", ["charter.yaml:7:9 expected-mapping"]),
        ("priorities: {reach: -1}", ["charter.yaml:7:21 too-small"]),
        ("priorities: {reach: much}", ["charter.yaml:7:21 expected-number"]),
        ("priorities: {raech: 1}", ["charter.yaml:7:14 unknown-key"]),
        (
            "priorities: {reach: 0, severity: 0.0, repairs: 0, segments: 0, ease: 0, "
            "signature: 0, basic: 0}",
            ["charter.yaml:7:13 weighs-nothing"],
        ),
    ],
)
def test_wrong_thresholds_and_weights_are_told(written: str, problems: list[str]):
    assert told(charter=f"{CHARTER}{written}\n") == problems


def test_one_weight_above_0_is_enough():
    zeros = "severity: 0, repairs: 0, segments: 0, ease: 0, signature: 0, basic: 0"
    assert told(charter=f"{CHARTER}priorities: {{reach: 1, {zeros}}}\n") == []
