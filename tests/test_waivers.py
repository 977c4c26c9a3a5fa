"""Waivers: when they count, what they cover in each kind of rule, and what of them is told."""

import datetime

import pytest

from charter.checker import check
from charter.findings import Report, Severity, Status
from charter.usecases.check import check_workspace, exit_status
from charter.waivers import Waiver
from charter.what_if import Try, tried
from charter.workspace import Workspace, read_files
from journeys.document import Words

DAY = datetime.date(2026, 11, 1)
CHARTER = """\
charter: 1
brand: The Lamp Shop
reviewed: 2020-01-01
channels: [{id: store}, {id: web}]
segments: [{id: newcomer}, {id: loyal}]
stages: [{id: buy}]
markers: [{id: host, name: A host}]
rules:
  - {id: met, kind: carries, markers: [host]}
  - {id: shown, kind: everywhere, markers: [host], segments: [loyal]}
  - {id: alike, kind: indicators}
  - {id: read, kind: reviewed, days: 90}
"""
JOURNEY = """\
journey: buying
touchpoints:
  - {id: window, stage: buy, channel: store, entry: true, next: [{to: basket, cross: true}, till]}
  - {id: basket, stage: buy, channels: [store, web], next: [till]}
  - {id: till, stage: buy, channel: store, exit: bought}
"""


def workspace(*waivers: str, journey: str = JOURNEY) -> Workspace:
    common = "reason: Agreed., owner: retail, expires: 2026-12-31"
    listed = "".join(f"- {{{waiver}, {common}}}\n" for waiver in waivers)
    files = {"charter.yaml": CHARTER, "journeys/buying.yaml": journey}
    return read_files(files | ({"waivers.yaml": listed} if waivers else {}))


def waived(report: Report) -> set[str]:
    """Rule and scope of each waived verdict, as short as they can be told apart."""
    return {
        ".".join(filter(None, (v.rule, v.segment, v.touchpoint)))
        for v in report.verdicts
        if v.status is Status.WAIVED
    }


def idle(report: Report) -> list[int]:
    return [f.position.line for f in report.findings if f.code == "CH902"]


@pytest.mark.parametrize(
    ("waiver", "covered"),
    [
        pytest.param("rule: met, journey: buying", {"met.newcomer", "met.loyal"}, id="whole"),
        pytest.param("rule: met, journey: buying, segment: loyal", {"met.loyal"}, id="one segment"),
        pytest.param(
            "rule: met, journey: buying, through: till",
            {"met.newcomer", "met.loyal"},
            id="a touchpoint on each path",
        ),
        pytest.param("rule: met, journey: buying, through: basket", set(), id="not all paths"),
        pytest.param(
            "rule: shown, journey: buying",
            {f"shown.loyal.{stop}" for stop in ("window", "basket@store", "basket@web", "till")},
            id="a kind of touchpoints, whole",
        ),
        pytest.param(
            "rule: shown, journey: buying, through: basket",
            {"shown.loyal.basket@store", "shown.loyal.basket@web"},
            id="a touchpoint stands for each of its stops",
        ),
        pytest.param("rule: alike, journey: buying", {"alike"}, id="a kind of stages"),
        pytest.param("rule: read", {"read"}, id="a kind of the charter"),
    ],
)
def test_what_a_waiver_covers_is_waived(waiver: str, covered: set[str]):
    report = check(workspace(waiver), DAY)
    assert waived(report) == covered
    assert idle(report) == []


@pytest.mark.parametrize(
    "waiver",
    [
        pytest.param("rule: shown, journey: buying, segment: newcomer", id="a segment not asked"),
        pytest.param("rule: alike, journey: buying, segment: loyal", id="a kind without segments"),
        pytest.param("rule: alike, journey: buying, through: till", id="or without touchpoints"),
    ],
)
def test_a_waiver_that_covers_nothing_is_told(waiver: str):
    report = check(workspace(waiver), DAY)
    assert (waived(report), idle(report)) == (set(), [1])


def test_what_is_asked_of_journeys_and_told_of_the_charter_is_waived_without_one():
    """Who meets a marker depends on journeys, how it is adapted is the charter's to say."""
    charter = CHARTER.replace("{id: loyal}", "{id: loyal, priority: high}") + (
        "  - {id: suited, kind: adapted, severity: error}\n"
    )
    journey = JOURNEY.replace("exit: bought", "exit: bought, markers: [host]")
    files = {"charter.yaml": charter, "journeys/buying.yaml": journey}
    waiver = "- {rule: suited, segment: loyal, reason: r, owner: o, expires: 2026-12-31}"
    report = check(read_files(files | {"waivers.yaml": waiver}), DAY)
    assert (waived(report), idle(report)) == ({"suited.loyal"}, [])


def test_several_waivers_may_cover_a_verdict_together():
    """Neither touchpoint lies on each path; the two together do."""
    both = JOURNEY.replace("cross: true}, till]", "cross: true}, phone]")
    both += "  - {id: phone, stage: buy, channel: web, next: [till]}\n"
    through = [f"rule: met, journey: buying, through: {name}" for name in ("basket", "phone")]
    assert waived(check(workspace(through[0], journey=both), DAY)) == set()
    report = check(workspace(*through, journey=both), DAY)
    assert waived(report) == {"met.newcomer", "met.loyal"}
    (finding,) = (f for f in report.findings if f.rule == "met")
    assert [waiver.through for waiver in finding.waivers] == ["basket", "phone"]


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        pytest.param(0, True, id="before"),
        pytest.param(60, True, id="the expiry day itself is still covered"),
        pytest.param(61, False, id="the day after"),
        pytest.param(-1, False, id="the day before it begins"),
    ],
)
def test_a_waiver_counts_from_its_first_to_its_last_day(days: int, counts: bool):
    read = workspace("rule: met, journey: buying, since: 2026-11-01")
    report = check(read, DAY + datetime.timedelta(days))
    assert bool(waived(report)) is counts
    has_expired = days > 60
    assert [f.position.line for f in report.findings if f.code == "CH901"] == [1] * has_expired
    assert idle(report) == []


def test_expiry_is_asked_for_a_day():
    waiver = Waiver.made({"rule": "met", "reason": Words.of("x"), "owner": "o", "expires": DAY})
    assert not waiver.has_expired(DAY)
    assert waiver.has_expired(DAY + datetime.timedelta(1))


def test_only_what_is_open_counts_for_the_exit_status():
    rules = ("rule: met, journey: buying", "rule: shown, journey: buying")
    assert exit_status(check_workspace(workspace(), DAY), Severity.ERROR) == 1
    assert exit_status(check_workspace(workspace(*rules), DAY), Severity.ERROR) == 0


def test_waivers_hold_in_a_what_if_as_well():
    """Proofs are taken over from the workspace as it is; what is waived is asked anew."""
    read = workspace("rule: met, journey: buying, through: basket")
    check(read, DAY)
    then = check(tried(read, [Try("buying", "window", "host", is_carried=True)]), DAY)
    assert not waived(then)
    assert idle(then) == [1]
    again = check(tried(read, [Try("buying", "basket", "host", is_carried=True)]), DAY)
    assert idle(again) == [1]


def test_the_house_rules_may_be_waived():
    charter = CHARTER.partition("rules:")[0]
    waiver = (
        "- {rule: signature-everywhere, journey: buying, reason: New., owner: retail, "
        "expires: 2026-12-31}\n"
    )
    files = {"charter.yaml": charter, "journeys/buying.yaml": JOURNEY, "waivers.yaml": waiver}
    assert waived(check(read_files(files), DAY)) == {
        "signature-everywhere.newcomer",
        "signature-everywhere.loyal",
    }
