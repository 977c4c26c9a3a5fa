"""The trend over published versions, and what changed since the latest."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from charter.checker import Checked
from charter.compare import Comparison, Turn
from charter.findings import Severity
from charter.history import HistoryError
from charter.usecases import trend as use_case
from charter.usecases.check import check_folder
from charter.usecases.trend import (
    PublishedVersion,
    Trend,
    latest_published,
    trend,
    what_changed_since_published,
)
from tests.histories import git
from tests.scenarios.writing import touchpoints

TODAY = datetime.date(2026, 11, 26)
CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}]
stages: [{id: discover}]
values: [{id: warmth}, {id: craft}]
markers:
  - {id: host, name: A named host, values: [warmth]}
  - {id: hand, name: Made by hand, values: [craft]}
rules:
  - {id: host-met, kind: carries, markers: [host], why: Everybody is welcomed.}
"""
NOBODY = touchpoints("window, entry: true, next: [till]", "till, markers: [hand], exit: x")
SOMEBODY = NOBODY.replace("[hand]", "[hand, host]")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in a folder of a repository, published once."""
    folder = tmp_path / "shop"
    (folder / "journeys").mkdir(parents=True)
    (folder / "charter.yaml").write_text(CHARTER)
    (folder / "journeys" / "buying.yaml").write_text(NOBODY)
    git(tmp_path, "init", "--quiet", "--initial-branch=main", ".")
    publish(folder, "Begin")
    return folder


def publish(folder: Path, subject: str, **files: str) -> None:
    for name, text in files.items():
        (folder / "journeys" / f"{name}.yaml").write_text(text)
    git(folder, "add", "--all", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", subject)


def whole(folder: Path, most: int = 12) -> Trend:
    *_, last = trend(folder, most=most)
    return last


def subjects(told: Trend) -> list[str]:
    return [version.commit.subject for version in told.versions]


def test_versions_are_told_oldest_first(root: Path):
    publish(root, "Welcome everybody", buying=SOMEBODY)
    told = whole(root)
    assert subjects(told) == ["Begin", "Welcome everybody"]
    carried = [version.carried for version in told.versions if version.carried]
    assert [each.least for each in carried] == [0.5, 1.0]
    assert [each.average for each in carried] == [0.5, 1.0]
    assert [each.broken[Severity.ERROR] for each in carried] == [1, 0]


def test_each_version_is_a_step_of_the_work(root: Path):
    """Whoever waits sees how far it is; whoever doesn't ask on ends it."""
    publish(root, "Welcome everybody", buying=SOMEBODY)
    steps = [(len(told.versions), told.number, told.is_whole) for told in trend(root)]
    assert steps == [(0, 2, False), (1, 2, False), (2, 2, True)]


def test_a_version_is_checked_once(root: Path, monkeypatch: pytest.MonkeyPatch):
    first = whole(root)
    monkeypatch.setattr(use_case, "check_workspace", None)
    assert whole(root) == first


@pytest.mark.parametrize(
    "spoiled",
    [
        pytest.param(b"\xff{", id="no text"),
        pytest.param(b"[]", id="no record"),
        pytest.param(b'{"format": "charter-trend/0", "problems": 0, "carried": null}', id="old"),
        pytest.param(b"[" * 5_000, id="too deep"),
        pytest.param(b" " * 100_000, id="too long"),
        pytest.param(None, id="a share that is none"),
    ],
)
def test_what_is_remembered_is_not_relied_on_blindly(root: Path, spoiled: bytes | None):
    first = whole(root)
    (file,) = (root / ".charter-studio" / "trend").iterdir()
    said = json.loads(file.read_text())
    said["carried"]["least"] = 7
    file.write_bytes(json.dumps(said).encode() if spoiled is None else spoiled)
    assert whole(root) == first


def test_what_is_remembered_is_no_part_of_the_history(root: Path):
    whole(root)
    assert git(root, "status", "--short") == ""


def test_a_version_is_judged_by_its_own_day(root: Path):
    """A waiver that has expired since was in force then."""
    (root / "waivers.yaml").write_text(
        "- {rule: host-met, journey: buying, reason: Being hired., owner: shop,"
        " expires: 2026-10-15}\n"
    )
    publish(root, "Until October")
    assert [
        version.carried.broken[Severity.ERROR]
        for version in whole(root).versions
        if version.carried
    ] == [1, 0]


def test_what_changes_no_file_of_the_workspace_is_no_version(root: Path):
    (root / "readme.md").write_text("Our lamps.\n")
    publish(root, "Say what this is")
    publish(root, "Welcome everybody", buying=SOMEBODY)
    (root.parent / "elsewhere").write_text("Nothing of ours.\n")
    git(root.parent, "add", "--all")
    git(root.parent, "commit", "--quiet", "--message", "Elsewhere")
    assert subjects(whole(root)) == ["Begin", "Welcome everybody"]


def test_the_latest_versions_are_told(root: Path):
    for number in range(4):
        publish(
            root,
            f"Round {number}",
            buying=NOBODY.replace("till,", f"till, emotion: {-number % 3},"),
        )
    assert subjects(whole(root, most=2)) == ["Round 2", "Round 3"]


def test_a_version_that_is_invalid_is_told_as_such(root: Path):
    publish(root, "A slip", buying=NOBODY.replace("hand", "hnad").replace("entry", "enter"))
    publish(root, "Mended", buying=SOMEBODY)
    versions = whole(root).versions
    assert [(version.problems, version.carried is None) for version in versions] == [
        (0, False),
        (2, True),
        (0, False),
    ]
    assert whole(root).versions == versions


def test_a_version_that_git_lost_is_told_as_such(root: Path):
    publish(root, "Welcome everybody", buying=SOMEBODY)
    blob = git(root, "rev-parse", "HEAD~1:./journeys/buying.yaml")
    lost = root.parent / ".git" / "objects" / blob[:2] / blob[2:]
    lost.chmod(0o600)
    lost.unlink()
    first, second = whole(root).versions
    assert first.error is not None
    assert first.error.reason == "incomplete"
    assert second.carried is not None


def test_without_history_there_is_no_trend(tmp_path: Path):
    with pytest.raises(HistoryError) as error:
        next(trend(tmp_path))
    assert error.value.reason == "no-repository"


def test_a_trend_is_told_where_nothing_can_be_remembered(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(use_case.PrivateFolder, "write", full)
    (version,) = whole(root).versions
    assert isinstance(version, PublishedVersion)
    assert version.carried is not None


def test_what_is_unsaved_is_compared_with_the_latest_version(root: Path):
    (root / "journeys" / "buying.yaml").write_text(SOMEBODY)
    found = what_changed_since_published(root, check_folder(root, TODAY), TODAY)
    assert isinstance(found, Comparison)
    assert [(each.turn, each.latest.rule) for each in found.verdicts] == [
        (Turn.REPAIRED, "host-met")
    ]


def test_nothing_changed_since_it_was_published(root: Path):
    found = what_changed_since_published(root, check_folder(root, TODAY), TODAY)
    assert isinstance(found, Comparison)
    assert (found.changes, found.of(Turn.REPAIRED), found.of(Turn.NEWLY_BROKEN)) == ((), (), ())


def test_with_an_invalid_version_nothing_is_compared(root: Path):
    publish(root, "A slip", buying=NOBODY.replace("entry", "enter"))
    (root / "journeys" / "buying.yaml").write_text(SOMEBODY)
    found = what_changed_since_published(root, check_folder(root, TODAY), TODAY)
    assert isinstance(found, Checked)
    assert [finding.code for finding in found.report.findings] == ["CH001"]


def test_nothing_was_published_yet(tmp_path: Path):
    (tmp_path / "charter.yaml").write_text(CHARTER)
    git(tmp_path, "init", "--quiet", ".")
    with pytest.raises(HistoryError) as error:
        what_changed_since_published(tmp_path, check_folder(tmp_path, TODAY), TODAY)
    assert error.value.reason == "no-commits"


def test_the_latest_published_version_is_of_the_workspace(root: Path):
    """What else is committed in the repository publishes nothing."""
    (root.parent / "elsewhere").write_text("Nothing of ours.\n")
    git(root.parent, "add", "--all")
    git(root.parent, "commit", "--quiet", "--message", "Elsewhere")
    assert latest_published(root).subject == "Begin"


def test_a_folder_that_was_never_committed_is_not_published(root: Path):
    """Its repository has a history, but not of it."""
    other = root.parent / "other"
    other.mkdir()
    with pytest.raises(HistoryError) as error:
        latest_published(other)
    assert error.value.reason == "no-commits"
