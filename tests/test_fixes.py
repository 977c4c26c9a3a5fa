"""What `charter fix` repairs, and what it leaves to people."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from charter.checker import check
from charter.fixes import find_fixes, sure
from charter.workspace import InvalidWorkspace, read_files
from tests.scenarios.writing import CHARTER, JOURNEY

TODAY = datetime.date(2026, 10, 1)
SAMPLES = Path(__file__).parents[1] / "samples"


def files(journey: str = JOURNEY, *, charter: str = CHARTER, **more: str) -> dict[str, bytes]:
    written = {"charter.yaml": charter, "journeys/buying.yaml": journey, **more}
    return {file: text.encode() for file, text in written.items()}


def told(found) -> list[str]:
    return [
        f"{fix.position} {fix.reason} {' '.join(map(str, fix.parameters.values()))}"
        for fix in found.fixes
    ]


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        pytest.param("hots", ["host", "light"], "host", id="letters changed places"),
        pytest.param("named-hosts", ["named-host", "light"], "named-host", id="a letter more"),
        pytest.param("Host", ["host"], "host", id="a capital"),
        pytest.param("guest", ["host", "light"], None, id="another word"),
        pytest.param("lampe", ["lamp", "lamps"], None, id="two it may be"),
        pytest.param("step-2", ["step-1"], None, id="another number"),
        pytest.param("step-1a", ["step-1"], "step-1", id="the same number"),
        pytest.param("host", [], None, id="nothing is declared"),
    ],
)
def test_only_what_is_certainly_meant_is_taken_for_a_slip(
    written: str, known: list[str], meant: str | None
):
    assert sure(written, known) == meant


def test_an_id_and_a_key_that_are_misspelt_are_mended_where_they_stand():
    journey = JOURNEY.replace("host", "hots").replace("entry", "entyr")
    found = find_fixes(files(journey), TODAY)
    assert told(found) == [
        "journeys/buying.yaml:3:51 misspelt-key entyr entry",
        "journeys/buying.yaml:4:54 misspelt-id marker hots host",
    ]
    assert found.changes == {"journeys/buying.yaml": JOURNEY.encode()}
    assert found.left == ()


def test_what_was_misspelt_beside_the_right_one_is_left():
    """Whether a marker was to be there twice, or another one, isn't for us to say."""
    found = find_fixes(files(JOURNEY.replace("[host]", "[host, hots]")), TODAY)
    assert told(found) == []
    assert len(found.left) == 1


def test_a_half_renamed_workspace_is_repaired_where_the_new_name_is_like_the_old():
    charter = CHARTER.replace("id: host", "id: hosts")
    found = find_fixes(files(charter=charter), TODAY)
    assert told(found) == ["journeys/buying.yaml:4:54 misspelt-id marker host hosts"]
    assert found.left == ()


def test_a_half_renamed_workspace_is_left_where_it_is_not():
    found = find_fixes(files(charter=CHARTER.replace("id: host", "id: guide")), TODAY)
    assert told(found) == []
    assert [problem.code for problem in found.left] == ["CH002"]


@pytest.mark.parametrize(
    "markers",
    [
        pytest.param({"markers/more.yaml": "- {id: hot, name: [}\n"}, id="isn't YAML"),
        pytest.param({}, id="can't be read"),
    ],
)
def test_nothing_is_guessed_while_what_is_declared_is_not_all_known(markers: dict[str, str]):
    """“hots” may be declared in the file that can't be read."""
    broken = files(JOURNEY.replace("[host]", "[hots]"), **markers)
    lost = () if markers else ("markers/more.yaml",)
    found = find_fixes(broken, TODAY, lost=lost)
    assert told(found) == []


RETIRED = """\
journey: buying
touchpoints:
  - id: window
    stage: discover
    channel: store
    entry: true
    next:
      # not any more
      - {to: desk, share: 20}
      - {to: till, share: 40}
  - {id: lane, stage: discover, channel: store, entry: true, next: desk, exit: bought}
  - {id: desk, stage: buy, channel: store, status: retired, next: [till]}
  - {id: till, stage: buy, channel: store, markers: [host], next: [desk, window], exit: bought}
"""


def test_transitions_to_a_retired_touchpoint_are_taken_off():
    found = find_fixes(files(RETIRED), TODAY)
    assert told(found) == [
        "journeys/buying.yaml:9:9 retired desk",
        "journeys/buying.yaml:11:68 retired desk",
        "journeys/buying.yaml:13:68 retired desk",
    ]
    after = RETIRED.replace("      # not any more\n      - {to: desk, share: 20}\n", "")
    after = after.replace("next: desk, ", "").replace("[desk, window]", "[window]")
    assert found.changes == {"journeys/buying.yaml": after.encode()}


def test_verdicts_stay_when_transitions_to_retired_touchpoints_go():
    before = files(RETIRED)
    after = before | find_fixes(before, TODAY).changes
    reports = [check(read_files(each), TODAY) for each in (before, after)]
    assert reports[0].verdicts == reports[1].verdicts


def test_an_expression_is_begun_only_when_asked_for():
    charter = CHARTER + "rules: [{id: spelt-out, kind: has-expression}]\n"
    assert find_fixes(files(charter=charter), TODAY).fixes == ()
    found = find_fixes(files(charter=charter), TODAY, todo=lambda m, c: f"{m} on {c}?")
    assert told(found) == ["charter.yaml:6:11 no-expression host store host on store?"]
    workspace = read_files(files(charter=charter) | found.changes)
    assert workspace.charter.markers[0].is_expressed_on("store")


def test_expressions_aren_t_begun_in_a_workspace_that_is_invalid():
    charter = CHARTER + "rules: [{id: spelt-out, kind: has-expression}]\nunheard-of: 1\n"
    found = find_fixes(files(charter=charter), TODAY, todo=lambda m, c: "?")
    assert found.fixes == ()


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
def test_each_misspelt_reference_of_a_sample_is_mended_to_the_same_bytes(sample: str):
    """One letter too many in a marker's tags, and all is as it was."""
    root = SAMPLES / sample
    whole = {f.relative_to(root).as_posix(): f.read_bytes() for f in root.rglob("*.yaml")}
    marker = next(t for j in read_files(whole).journeys for t in j.tags()).marker
    broken = {
        file: re.sub(rb"\b%s\b(?=[,\]])" % marker.encode(), marker.encode() + b"x", content)
        if file.startswith("journeys/")
        else content
        for file, content in whole.items()
    }
    with pytest.raises(InvalidWorkspace):
        read_files(broken)
    assert broken | find_fixes(broken, TODAY).changes == whole
