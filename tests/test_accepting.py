"""What is accepted for a while: the waivers that a finding asks for, and those that are listed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from charter.amendments import Unwaive, Waive, amended
from charter.findings import Finding, Status
from charter.usecases.accept import (
    Terms,
    can_be_accepted,
    listed_waivers,
    owners_of,
    segments_of,
    touchpoints_of,
    waivers_for,
)
from charter.usecases.check import check_workspace
from charter.workspace import folder_files, read_files

TODAY = datetime.date(2026, 11, 23)
LAST = datetime.date(2027, 2, 1)


@pytest.fixture
def files(root: Path) -> dict[str, bytes]:
    return dict(folder_files(root)[0])


def findings(files: dict[str, bytes]) -> list[Finding]:
    report = check_workspace(read_files(files), TODAY).report
    return [finding for finding in report.findings if finding.rule == "host-everywhere"]


def accepted(files: dict[str, bytes], terms: Terms) -> dict[str, bytes]:
    (finding,) = findings(files)
    return {**files, **amended(files, [Waive(item) for item in waivers_for(finding, terms)])}


def test_a_finding_is_accepted_for_everyone(files: dict[str, bytes]):
    then = accepted(files, Terms(" In spring. ", " retail ", LAST))
    (finding,) = findings(then)
    assert finding.status is Status.WAIVED
    assert not can_be_accepted(finding)
    (listed,) = listed_waivers(then, read_files(then))
    assert dict(listed.item) == {
        "rule": "host-everywhere",
        "journey": "visit",
        "reason": "In spring.",
        "owner": "retail",
        "expires": "2027-02-01",
    }


def test_for_one_segment_the_others_are_left_broken(files: dict[str, bytes]):
    then = accepted(files, Terms("In spring.", "retail", LAST, segments=["loyal"]))
    by_segment = {segments_of(finding): finding.status for finding in findings(then)}
    assert by_segment == {("newcomer",): Status.OPEN, ("loyal",): Status.WAIVED}


@pytest.mark.parametrize(
    ("through", "status"),
    [("catalogue", Status.WAIVED), ("welcome", Status.OPEN)],
)
def test_through_a_touchpoint_only_paths_that_go_there_are_accepted(
    files: dict[str, bytes], through: str, status: Status
):
    then = accepted(files, Terms("In spring.", "retail", LAST, through=through))
    (finding,) = findings(then)
    assert finding.status is status


def test_the_touchpoints_offered_are_those_of_the_path(files: dict[str, bytes]):
    (finding,) = findings(files)
    assert touchpoints_of(finding) == ("window", "catalogue", "till")
    assert segments_of(finding) == ("newcomer", "loyal")


def test_what_is_listed_is_taken_back_by_its_place(files: dict[str, bytes]):
    once = accepted(files, Terms("A", "retail", LAST, segments=["loyal"]))
    (left,) = [f for f in findings(once) if f.status is Status.OPEN]
    items = waivers_for(left, Terms("B", "retail", LAST, segments=["newcomer"]))
    twice = {**once, **amended(once, map(Waive, items))}
    listed = listed_waivers(twice, read_files(twice))
    assert [each.waiver.segment for each in listed] == ["loyal", "newcomer"]
    then = {**twice, **amended(twice, [Unwaive(listed[0].number, listed[0].item)])}
    assert [each.waiver.segment for each in listed_waivers(then, read_files(then))] == ["newcomer"]


def test_an_action_that_a_plan_is_broken_by_is_named(files: dict[str, bytes]):
    late = (
        b"plan: q4\n"
        b"actions: [{id: a, what: Do, marker: farewell, touchpoints: [till], due: 2026-01-01}]\n"
    )
    planned = {**files, "plans/q4.yaml": late}
    report = check_workspace(read_files(planned), TODAY).report
    finding = next(f for f in report.findings if any(v.action for v in f.verdicts))
    (item,) = waivers_for(finding, Terms("R", "O", LAST))
    assert item["action"] == "q4/a"
    then = {**planned, **amended(planned, [Waive(item)])}
    found = check_workspace(read_files(then), TODAY).report.findings
    assert {f.status for f in found if f.fingerprint == finding.fingerprint} == {Status.WAIVED}


def test_who_answers_for_something_is_suggested(files: dict[str, bytes]):
    then = accepted(files, Terms("In spring.", "Anne", LAST))
    assert owners_of(read_files(then)) == ("Anne", "retail")
