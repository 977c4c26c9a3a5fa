"""Versions in git compared: golden outputs over a history, and what is refused."""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path

import pytest

from charter.checker import Checked
from charter.compare import Comparison, Turn
from charter.history import HistoryError
from charter.messages import Language, speaker
from charter.reports.diff import FORMATS, render
from charter.reports.page import Page
from charter.usecases.check import check_folder
from charter.usecases.diff import check_since, compare_versions
from tests.histories import STEPS, git, write_history
from tests.scenarios.transcript import run_here

GOLDEN = Path(__file__).parent / "diffs"
IS_UPDATE = os.environ.get("UPDATE_DIFFS") == "1"
TODAY = datetime.date(2026, 11, 24)
ENDINGS = {"text": "txt", "json": "json", "markdown": "md", "html": "html"}
STEPS_AND_ALL = [
    *((f"v{number}", f"v{number + 1}") for number in range(len(STEPS))),
    ("v0", f"v{len(STEPS)}"),
    (f"v{len(STEPS)}", "v0"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace at the end of its history."""
    return write_history(tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="module")
def comparisons(folder: Path) -> dict[tuple[str, str], Comparison]:
    """Every step of the history, and all of it at once, there and back."""
    found = {}
    for old, new in STEPS_AND_ALL:
        compared = compare_versions(folder, old, new, TODAY)
        assert isinstance(compared, Comparison)
        found[old, new] = compared
    return found


def told(comparison: Comparison, diff_format: str, language: Language = Language.ENGLISH) -> str:
    return render(diff_format, comparison, speaker(language), Page())


def golden(name: str, text: str) -> None:
    """Compare with what is kept, or keep it."""
    file = GOLDEN / name
    if IS_UPDATE:
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text.split("\n") == file.read_text(encoding="utf-8").split("\n")


def test_the_history_is_the_same_wherever_it_is_written(folder: Path):
    """Its commits have the ids that they had when the goldens were written."""
    golden("history.txt", git(folder, "log", "--format=%s", "--reverse") + "\n")
    assert len(STEPS) >= 12


@pytest.mark.parametrize(("old", "new"), STEPS_AND_ALL)
def test_a_step_is_told_as_kept(old: str, new: str, comparisons: dict[tuple[str, str], Comparison]):
    golden(f"{old}-{new}.txt", told(comparisons[old, new], "text"))


@pytest.mark.parametrize(
    ("diff_format", "old", "new"),
    [
        *((each, "v0", f"v{len(STEPS)}") for each in FORMATS),
        *((each, "v4", "v5") for each in ("markdown", "html")),
    ],
)
def test_each_format_tells_it_as_kept(
    old: str, new: str, diff_format: str, comparisons: dict[tuple[str, str], Comparison]
):
    text = told(comparisons[old, new], diff_format)
    if diff_format == "html":
        # How pages look is the same for all of them, and told by nobody here.
        text = text[text.index("<main>") :]
    golden(f"{old}-{new}.{ENDINGS[diff_format]}", text)


@pytest.mark.parametrize(("old", "new"), [("v1", "v2"), ("v4", "v5"), ("v0", "v13")])
def test_it_is_told_in_french_as_kept(
    old: str, new: str, comparisons: dict[tuple[str, str], Comparison]
):
    golden(f"{old}-{new}.fr.txt", told(comparisons[old, new], "text", Language.FRENCH))


def test_a_language_changes_nothing_that_machines_read(
    comparisons: dict[tuple[str, str], Comparison],
):
    for comparison in comparisons.values():
        assert told(comparison, "json") == told(comparison, "json", Language.FRENCH)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("diff_format", ["text", "markdown", "html"])
def test_formats_agree_on_what_they_count(
    diff_format: str, language: Language, comparisons: dict[tuple[str, str], Comparison]
):
    """As many changes and verdicts as the one for machines lists, told in the first lines."""
    for comparison in comparisons.values():
        content = json.loads(told(comparison, "json"))
        numbers = [len(content["changes"])]
        turns = [verdict["change"] for verdict in content["verdicts"]]
        numbers += [count for turn in Turn if (count := turns.count(turn))]
        text = told(comparison, diff_format, language)
        assert sorted(numbers_told(text, diff_format)) == sorted(numbers)


def numbers_told(text: str, diff_format: str) -> list[int]:
    """The numbers of the sentence that counts."""
    if diff_format == "text":
        lead = " ".join(text.split("\n\n")[0].split("\n")[1:])
    elif diff_format == "markdown":
        lead = text.split("\n\n")[1]
    else:
        (lead,) = re.findall(r'class="lead">(.*?)<', text, re.DOTALL)
    return list(map(int, re.findall(r"\d+", lead)))


def test_what_a_step_brought_is_what_a_check_since_it_tells(folder: Path):
    """The findings of verdicts that broke or were asked anew, no others."""
    compared = compare_versions(folder, "v0", None, TODAY)
    assert isinstance(compared, Comparison)
    expected = {
        change.after.fingerprint
        for change in (*compared.of(Turn.NEWLY_BROKEN), *compared.of(Turn.NEWLY_ASKED))
        if change.after is not None and change.after.verdict == "broken"
    }
    since = check_since(folder, "v0", TODAY).report
    found = {verdict.fingerprint for finding in since.findings for verdict in finding.verdicts}
    assert found == expected != set()
    whole = check_folder(folder, TODAY).report
    assert since.verdicts == whole.verdicts
    assert since.since is not None
    assert since.since.left_out > 0


# The command ----------------------------------------------------------------------------------


def test_the_command_compares_with_the_files_as_they_are(folder: Path):
    run = run_here(["diff", "HEAD", "--dir", ".", "--format", "json"], folder)
    assert run.status == 0
    assert json.loads(run.stdout)["schema"] == "charter-diff/1"
    assert json.loads(run.stdout)["changes"] == []
    elsewhere = run_here(["diff", "HEAD", "HEAD", "--dir", folder.name], folder.parent)
    assert (elsewhere.status, elsewhere.stderr) == (0, "")


def test_the_exit_status_says_only_that_it_could_compare(folder: Path):
    """What broke is for `check --since` to fail on."""
    run = run_here(["diff", "v4", "v5"], folder)
    assert run.status == 0
    assert "What broke" in run.stdout


def test_a_check_since_fails_on_what_came_since(folder: Path):
    assert run_here(["check", "--since", "HEAD"], folder).status == 0
    report = run_here(["check", "--since", "HEAD", "--format", "json"], folder)
    assert json.loads(report.stdout)["since"]["revision"] == "HEAD"
    assert json.loads(report.stdout)["findings"] == []
    words = ["check", "--since", "v0", "--fail-on", "warning"]
    assert run_here(words, folder).status == 1
    text = " ".join(run_here(["check", "--since", "HEAD"], folder).stdout.split())
    assert "Told is only what came since HEAD; " in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["diff", "nowhere"], "There is no revision “nowhere”."),
        (["diff", "HEAD", "nowhere"], "There is no revision “nowhere”."),
        (["diff", "--", "--output=x"], "“--output=x” looks like an option"),
        (["check", "--since=--output=x"], "“--output=x” looks like an option"),
        (["check", "--since", "nowhere"], "There is no revision “nowhere”."),
    ],
)
def test_a_revision_that_isnt_one_is_told(words: list[str], said: str, folder: Path):
    run = run_here(words, folder)
    assert (run.status, run.stdout) == (2, "")
    assert said in " ".join(run.stderr.split())
    assert git(folder, "status", "--porcelain") == ""


def test_without_a_repository_nothing_but_history_fails(tmp_path: Path):
    with pytest.raises(HistoryError) as raised:
        compare_versions(tmp_path, "HEAD", None, TODAY)
    assert raised.value.reason == "no-repository"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A workspace whose first version is invalid, and whose files are, too, elsewhere."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "charter.yaml").write_text("charter: 1\nbrand: B\nchanels: []\n", encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "One")
    (folder / "charter.yaml").write_text("charter: [\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("words", [["diff", "HEAD"], ["check", "--since", "HEAD"]])
def test_a_version_that_is_invalid_is_told_by_its_revision(words: list[str], broken: Path):
    """Every problem of both versions, at its revision, file, line and column."""
    run = run_here(words, broken)
    assert run.status == 2
    assert re.search(r"^HEAD:charter\.yaml:3:1: CH001 Unknown key “chanels”", run.stdout, re.M)
    assert re.search(r"^charter\.yaml:1:\d+: CH001 ", run.stdout, re.M)
    assert run_here([*words, "--format", "json"], broken).status == 2


def test_problems_are_returned_not_raised(broken: Path):
    assert isinstance(compare_versions(broken, "HEAD", None, TODAY), Checked)
    assert check_since(broken, "HEAD", TODAY).workspace is None


# What people wrote ----------------------------------------------------------------------------


def test_what_people_wrote_becomes_no_markup(tmp_path: Path):
    """Names from the files and a revision's own name, in each format."""
    folder = tmp_path
    script = "<script>alert(1)</script>"
    charter = (
        "charter: 1\nbrand: B\nchannels: [{id: c}]\nstages: [{id: s}]\n"
        "markers: [{id: m, name: 'NAME'}]\n"
        "rules: [{id: r, kind: carries, markers: [m], why: 'NAME'}]\n"
    )
    journey = (
        "journey: j\nname: 'NAME'\ntouchpoints:\n  - {id: a, name: 'NAME', stage: s, channel: c, "
        "entry: true, markers: [m], exit: x}\n"
    )
    (folder / "journeys").mkdir()
    (folder / "charter.yaml").write_text(charter.replace("NAME", script), encoding="utf-8")
    (folder / "journeys/j.yaml").write_text(journey.replace("NAME", script), encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "One")
    git(folder, "branch", "<b>|x")
    untagged = journey.replace(", markers: [m]", "").replace("NAME", f"{script} \x1b[31m|a|")
    (folder / "journeys/j.yaml").write_text(
        untagged.replace("\x1b", "\\e").replace("'", '"'), encoding="utf-8"
    )
    compared = compare_versions(folder, "<b>|x", None, TODAY)
    assert isinstance(compared, Comparison)
    for diff_format in ("markdown", "html"):
        assert not re.search(r"(?<!\\)<(script|b>)", told(compared, diff_format))
    assert "\x1b" not in told(compared, "text")
    row = next(line for line in told(compared, "markdown").splitlines() if "touchpoint" in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 4


def test_tables_and_lines_of_markdown_are_kept_apart(
    comparisons: dict[tuple[str, str], Comparison],
):
    """A renderer shows every story as an item and every change as a row."""
    markdown = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")
    for comparison in comparisons.values():
        shown = markdown.render(told(comparison, "markdown"))
        # The heading of each table is a row, too.
        tables = shown.count("<table>")
        assert shown.count("<tr>") - tables == len(comparison.changes)
