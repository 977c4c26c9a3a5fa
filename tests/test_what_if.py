"""Tags tried in memory, and what they change."""

import datetime
from pathlib import Path

import pytest

from charter.findings import Answer, Report
from charter.studio.tables import effect
from charter.usecases.check import check_workspace
from charter.what_if import Try, carried_markers, tried
from charter.workspace import Workspace, read_folder

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def workspace(root: Path) -> Workspace:
    return read_folder(root)


def report(workspace: Workspace) -> Report:
    return check_workspace(workspace, TODAY).report


def test_a_tag_put_on_mends_what_it_was_missing_for(workspace: Workspace):
    """Window → Catalogue → Till never met the host; with one at the till it does."""
    before, after = (
        report(workspace),
        report(tried(workspace, [Try("visit", "till", "named-host", True)])),
    )
    changed = effect(before, after)
    assert {verdict.rule for verdict in changed.mended} == {"host-everywhere"}
    assert {verdict.segment for verdict in changed.mended} == {"newcomer", "loyal"}
    assert changed.broken == ()


def test_a_tag_taken_off_breaks_what_it_carried(workspace: Workspace):
    after = report(tried(workspace, [Try("visit", "till", "farewell", False)]))
    assert {verdict.rule for verdict in effect(report(workspace), after).broken} == {
        "farewell-everywhere"
    }


def test_the_workspace_itself_stays_as_it_is(workspace: Workspace):
    before = workspace.journeys
    tried(workspace, [Try("visit", "till", "farewell", False)])
    assert workspace.journeys is before
    assert report(workspace).count(Answer.BROKEN) == 2


def test_rules_about_the_same_marker_keep_their_own_answers(root: Path):
    """A try elsewhere changes nothing that they rest on."""
    charter = root / "charter.yaml"
    rule = "  - {id: host-never, kind: at-most, markers: [named-host], times: 0}\n"
    charter.write_text(charter.read_text(encoding="utf-8") + rule, encoding="utf-8")
    workspace = read_folder(root)
    before = report(workspace)
    after = report(tried(workspace, [Try("visit", "till", "farewell", False)]))
    asked = {"host-everywhere", "host-never"}
    assert [v for v in after.verdicts if v.rule in asked] == [
        v for v in before.verdicts if v.rule in asked
    ]


def test_a_try_there_and_back_changes_nothing(workspace: Workspace):
    tries = [Try("visit", "welcome", "farewell", True), Try("visit", "welcome", "farewell", False)]
    assert effect(report(workspace), report(tried(workspace, tries))) == effect(
        report(workspace), report(workspace)
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(Try("gone", "till", "farewell", False), id="a journey that is gone"),
        pytest.param(Try("visit", "gone", "farewell", False), id="a touchpoint that is gone"),
        pytest.param(Try("visit", "till", "gone", True), id="a marker that is gone"),
    ],
)
def test_a_try_of_what_is_gone_is_left_out(workspace: Workspace, change: Try):
    assert tried(workspace, [change]).journeys == workspace.journeys


def test_a_planned_tag_is_not_carried(workspace: Workspace):
    till = workspace.journeys[0].touchpoints[-1]
    assert carried_markers(till) == {"farewell"}
