"""The cheapest change that mends one finding, as it will hold once it is written."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from charter.amendments import amended
from charter.findings import Answer, Finding, Report
from charter.plan import Reason
from charter.usecases.check import check_workspace
from charter.usecases.repair import Repair, can_be_planned, find_repair
from charter.workspace import folder_files, read_files

TODAY = datetime.date(2026, 11, 23)

SECOND = b"""\
journey: second
segments: [newcomer]
touchpoints:
  - {id: door, stage: discover, channel: store, entry: true, next: [exit]}
  - {id: exit, stage: buy, channel: store, markers: [farewell], exit: gone}
"""


@pytest.fixture
def files(root: Path) -> dict[str, bytes]:
    return {**folder_files(root)[0], "journeys/second.yaml": SECOND}


def checked(files: dict[str, bytes]) -> Report:
    return check_workspace(read_files(files), TODAY).report


def finding(files: dict[str, bytes], rule: str, journey: str) -> Finding:
    found = (f for f in checked(files).findings if (f.rule, f.journey) == (rule, journey))
    return next(found)


def repair(
    files: dict[str, bytes], rule: str, journey: str, *, is_whole_rule: bool = False
) -> Repair:
    return find_repair(
        files,
        read_files(files),
        finding(files, rule, journey),
        TODAY,
        is_whole_rule=is_whole_rule,
        seconds=30,
        clock=lambda: 0.0,
    )


def places(found: Repair) -> list[tuple[str, str]]:
    return [(action.journey, action.touchpoint) for action in found.planned.plan.actions]


def broken(report: Report, rule: str) -> set[str | None]:
    return {
        verdict.journey
        for verdict in report.verdicts
        if verdict.rule == rule and verdict.verdict is Answer.BROKEN
    }


def test_one_finding_is_mended_and_others_of_its_rule_are_left(files: dict[str, bytes]):
    found = repair(files, "host-everywhere", "second")
    assert found.is_mended
    assert found.planned.plan.is_proved
    assert found.planned.plan.beyond == ()
    assert len(places(found)) == 1
    assert places(found)[0][0] == "second"
    assert broken(found.before, "host-everywhere") == {"visit", "second"}
    assert broken(found.after, "host-everywhere") == {"visit"}


def test_the_whole_rule_is_mended_where_that_is_asked_for(files: dict[str, bytes]):
    found = repair(files, "host-everywhere", "second", is_whole_rule=True)
    assert found.is_mended
    assert {journey for journey, _ in places(found)} == {"visit", "second"}
    assert broken(found.after, "host-everywhere") == set()


def test_what_is_previewed_is_what_will_be_checked_once_it_is_written(files: dict[str, bytes]):
    found = repair(files, "host-everywhere", "visit")
    then = checked({**files, **amended(files, found.amendments)})
    assert then.verdicts == found.after.verdicts
    assert found.before.verdicts == checked(files).verdicts


def test_how_a_marker_shows_stays_as_it_is_written(files: dict[str, bytes]):
    """The till is the one place of all paths, and planned there already."""
    visit = files["journeys/visit.yaml"]
    written = b"{marker: named-host, status: planned, how: {en: By name., fr: Par son nom.}}"
    files["journeys/visit.yaml"] = visit.replace(b"{marker: named-host, status: planned}", written)
    found = repair(files, "host-everywhere", "visit")
    assert places(found) == [("visit", "till")]
    then = read_files({**files, **amended(files, found.amendments)})
    (journey,) = (each for each in then.journeys if each.id == "visit")
    (tag,) = (t for t in journey.touchpoints[-1].markers if t.marker == "named-host")
    assert tag.status == "live"
    assert tag.how is not None
    assert dict(tag.how.texts) == {"en": "By name.", "fr": "Par son nom."}


def test_what_no_marker_mends_is_told_with_what_would(files: dict[str, bytes]):
    visit = files["journeys/visit.yaml"]
    files["journeys/visit.yaml"] = visit.replace(b"[named-host]", b"[named-host, nagging]")
    found = repair(files, "no-nagging", "visit")
    assert not found.is_mended
    assert found.amendments == ()
    assert [each.reason for each in found.planned.plan.beyond] == [Reason.NO_TAG_HELPS]
    assert [len(each.steps) for each in found.planned.suggestions] == [1]


def test_where_every_touchpoint_is_locked_nothing_is_mended(files: dict[str, bytes]):
    files["journeys/second.yaml"] = SECOND.replace(b"stage:", b"locked: true, stage:")
    found = repair(files, "host-everywhere", "second")
    assert not found.is_mended
    assert places(found) == []


def test_a_defect_of_the_files_is_nothing_to_plan_for(files: dict[str, bytes]):
    visit = files["journeys/visit.yaml"]
    files["journeys/visit.yaml"] = (
        visit + b"  - {id: lost, stage: buy, channel: store, exit: bought}\n"
    )
    workspace = read_files(files)
    lost = next(f for f in checked(files).findings if f.code == "CH010")
    assert not can_be_planned(lost, workspace)
    assert can_be_planned(finding(files, "host-everywhere", "visit"), workspace)
