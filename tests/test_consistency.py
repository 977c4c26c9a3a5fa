"""The matrix of rules by segments, and on which channels."""

import datetime
from pathlib import Path

import pytest

from charter.consistency import EVERYONE, Asked, Mark, Matrix, consistency
from charter.usecases.adopt import write_baseline
from charter.usecases.check import check_workspace
from charter.workspace import Workspace, read_folder

TODAY = datetime.date(2026, 11, 23)

RULES = """\
  - {id: host-by-channel, kind: carries, markers: [named-host], per: channel}
  - {id: host-at-truth, kind: everywhere, markers: [named-host], where: {moment-of-truth: true}}
  - {id: expressed, kind: has-expression, markers: [farewell]}
  - {id: for-the-loyal, kind: carries, markers: [farewell], segments: [loyal]}
  - {id: no-call, kind: precedes, markers: [farewell], before: {emotion: ">= 2"}}
"""


@pytest.fixture
def workspace(root: Path) -> Workspace:
    with (root / "charter.yaml").open("a", encoding="utf-8") as file:
        file.write(RULES)
    return read_folder(root)


def matrix(workspace: Workspace, **asked: str) -> Matrix:
    return consistency(workspace, check_workspace(workspace, TODAY).report, Asked(**asked))


def row(found: Matrix, rule: str) -> dict[str, tuple[Mark, int]]:
    cells = {segment: found.cell(rule, segment) for segment in found.segments}
    return {segment: (cell.mark, cell.count) for segment, cell in cells.items()}


def test_rules_stand_in_the_charters_order_and_segments_too(workspace: Workspace):
    found = matrix(workspace)
    assert found.rules == (
        "host-everywhere",
        "farewell-everywhere",
        "no-nagging",
        "host-by-channel",
        "host-at-truth",
        "expressed",
        "for-the-loyal",
        "no-call",
    )
    assert found.segments == ("newcomer", "loyal", EVERYONE)


@pytest.mark.parametrize(
    ("rule", "newcomer", "loyal", "everyone"),
    [
        ("host-everywhere", (Mark.BROKEN, 1), (Mark.BROKEN, 1), (Mark.UNASKED, 0)),
        ("farewell-everywhere", (Mark.HOLDS, 1), (Mark.HOLDS, 1), (Mark.UNASKED, 0)),
        ("host-at-truth", (Mark.HOLDS, 1), (Mark.HOLDS, 1), (Mark.UNASKED, 0)),
        ("expressed", (Mark.UNASKED, 0), (Mark.UNASKED, 0), (Mark.BROKEN, 1)),
        ("for-the-loyal", (Mark.UNASKED, 0), (Mark.HOLDS, 1), (Mark.UNASKED, 0)),
        ("no-call", (Mark.NOTHING, 1), (Mark.NOTHING, 1), (Mark.UNASKED, 0)),
    ],
)
def test_a_cell_says_the_gravest_and_how_often(
    workspace: Workspace,
    rule: str,
    newcomer: tuple[Mark, int],
    loyal: tuple[Mark, int],
    everyone: tuple[Mark, int],
):
    assert row(matrix(workspace), rule) == {
        "newcomer": newcomer,
        "loyal": loyal,
        EVERYONE: everyone,
    }


@pytest.mark.parametrize(
    ("rule", "channel", "mark"),
    [
        pytest.param("host-everywhere", "store", Mark.BROKEN, id="a till could carry it"),
        pytest.param("host-everywhere", "web", Mark.ELSEWHERE, id="the web is left out"),
        pytest.param("farewell-everywhere", "web", Mark.HOLDS, id="a path as a whole holds"),
        pytest.param("host-at-truth", "store", Mark.HOLDS, id="the touchpoint is there"),
        pytest.param("host-at-truth", "web", Mark.UNASKED, id="no touchpoint is there"),
        pytest.param("host-by-channel", "store", Mark.BROKEN, id="the verdict names it"),
        pytest.param("host-by-channel", "web", Mark.UNASKED, id="the verdict names another"),
    ],
)
def test_on_a_channel_what_is_about_it_or_would_be_mended_there_counts(
    workspace: Workspace, rule: str, channel: str, mark: Mark
):
    assert matrix(workspace, channel=channel).cell(rule, "newcomer").mark is mark


def test_a_journey_shows_its_own_verdicts_alone(workspace: Workspace):
    assert matrix(workspace, journey="visit").rules == matrix(workspace).rules
    assert matrix(workspace, journey="another").rules == ()


def test_what_was_accepted_is_set_aside(root: Path):
    write_baseline(root, TODAY)
    assert matrix(read_folder(root)).cell("host-everywhere", "loyal").mark is Mark.ASIDE


def test_the_cells_of_all_verdicts_hold_each_of_them_at_most_once(workspace: Workspace):
    report = check_workspace(workspace, TODAY).report
    cells = consistency(workspace, report).cells.values()
    told = [verdict.fingerprint for cell in cells for verdict in cell.verdicts]
    assert len(told) == len(set(told))
    assert {v.fingerprint for v in report.verdicts if v.verdict == "broken"} <= set(told)
