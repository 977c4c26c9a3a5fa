"""How each marker stands on each channel."""

import datetime
from pathlib import Path

import pytest

from charter.standings import Standing, standings
from charter.usecases.adopt import write_baseline
from charter.usecases.check import check_workspace
from charter.workspace import Workspace, read_folder

TODAY = datetime.date(2026, 11, 23)


def found(workspace: Workspace, segment: str | None = None) -> dict[tuple[str, str], Standing]:
    report = check_workspace(workspace, TODAY).report
    return dict(standings(workspace, report.verdicts, segment))


def test_every_marker_has_a_standing_on_every_channel(root: Path):
    assert found(read_folder(root)) == {
        ("named-host", "store"): Standing.BROKEN,
        ("named-host", "web"): Standing.BLANK,
        ("farewell", "store"): Standing.HOLDS,
        ("farewell", "web"): Standing.ABSENT,
        ("nagging", "store"): Standing.HOLDS,
        ("nagging", "web"): Standing.HOLDS,
    }


def test_a_marker_that_no_rule_asks_for_is_only_carried(root: Path):
    charter = root / "charter.yaml"
    text = charter.read_text(encoding="utf-8")
    charter.write_text(
        text.replace("  - {id: farewell-everywhere, kind: carries, markers: [farewell]}\n", ""),
        encoding="utf-8",
    )
    assert found(read_folder(root))["farewell", "store"] is Standing.CARRIED


WAIVER = """\
- rule: host-everywhere
  journey: visit
  reason: The catalogue gets a name in spring.
  owner: retail
  expires: 2027-04-30
"""


def test_what_was_waived_is_set_aside_and_not_broken(root: Path):
    (root / "waivers.yaml").write_text(WAIVER, encoding="utf-8")
    assert found(read_folder(root))["named-host", "store"] is Standing.ASIDE


def test_what_the_baseline_accepts_is_set_aside_and_not_broken(root: Path):
    write_baseline(root, TODAY)
    assert found(read_folder(root))["named-host", "store"] is Standing.ASIDE


@pytest.mark.parametrize("segment", ["newcomer", "loyal"])
def test_a_segment_has_its_own(root: Path, segment: str):
    """The way past the welcome is closed to loyal guests."""
    visit = root / "journeys" / "visit.yaml"
    text = visit.read_text(encoding="utf-8")
    narrowed = text.replace(
        "next: [welcome, catalogue]", "next: [welcome, {to: catalogue, segments: [newcomer]}]"
    )
    assert narrowed != text
    visit.write_text(narrowed, encoding="utf-8")
    standing = found(read_folder(root), segment)["named-host", "store"]
    assert standing is (Standing.BROKEN if segment == "newcomer" else Standing.HOLDS)
    assert found(read_folder(root))["named-host", "store"] is Standing.BROKEN
