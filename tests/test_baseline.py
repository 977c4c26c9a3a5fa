"""The baseline: an entry a verdict and a defect; new and fixed are told apart."""

import datetime
import json
import re
from pathlib import Path

import pytest

from charter.baseline import Baseline, compared
from charter.checker import check, report_of
from charter.findings import Report, Severity, Status
from charter.usecases.adopt import write_baseline
from charter.usecases.check import check_folder, exit_status
from charter.workspace import InvalidWorkspace, Workspace, read_files

TODAY = datetime.date(2026, 11, 1)
CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}]
segments: [{id: newcomer}, {id: loyal}]
stages: [{id: buy}]
markers: [{id: host, name: A host}, {id: light, name: A light}]
rules:
  - {id: host, kind: carries, markers: [host]}
"""
JOURNEY = """\
journey: buying
touchpoints:
  - {id: window, stage: buy, channel: store, entry: true, exit: bought}
  - {id: attic, stage: buy, channel: store, exit: bought}
"""


def workspace(journey: str = JOURNEY, baseline: str = "", **more: str) -> Workspace:
    files = {"charter.yaml": CHARTER, "journeys/buying.yaml": journey, **more}
    return read_files(files | ({"baseline.json": baseline} if baseline else {}))


def adopted(journey: str = JOURNEY) -> str:
    return Baseline.of(check(workspace(journey), TODAY)).text()


def statuses(report: Report) -> list[tuple[str, str]]:
    return [(f.code, f.status) for f in report.findings]


def test_what_was_accepted_counts_no_more():
    """Every broken verdict and every defect, of any severity."""
    before = check(workspace(), TODAY)
    assert {code for code, _ in statuses(before)} == {"CH101", "CH010", "CH014", "CH016"}
    after = check(workspace(baseline=adopted()), TODAY)
    assert {status for _, status in statuses(after)} == {Status.ACCEPTED}
    assert [v.status for v in after.verdicts] == [Status.ACCEPTED] * 2
    assert [after.count_findings(s) for s in (Severity.ERROR, Severity.WARNING)] == [0, 0]
    assert compared(after)[:] == (0, 2 + 4, 0)


def test_mending_one_segment_leaves_the_other_accepted():
    """They were one finding; their entries are apart."""
    journey = JOURNEY.replace(
        "entry: true", "markers: [{marker: host, segments: [loyal]}], entry: true"
    )
    report = check(workspace(journey, adopted()), TODAY)
    assert [(v.segment, v.status) for v in report.verdicts] == [
        ("newcomer", Status.ACCEPTED),
        ("loyal", Status.OPEN),
    ]
    assert ("CH903", Status.OPEN) in statuses(report)
    # And the marker is tagged somewhere.
    assert compared(report).fixed == 2


def test_moving_lines_changes_nothing():
    moved = "# A comment.\n\n" + JOURNEY.replace("touchpoints:", "weight: 1\n\ntouchpoints:")
    report = check(workspace(moved, adopted()), TODAY)
    assert compared(report).new == compared(report).fixed == 0


@pytest.mark.parametrize("index", [0, 1])
def test_equal_defects_of_a_file_are_accepted_one_by_one(index: int):
    """Two tags of an irritant for a segment each: the same words, in two places."""
    charter = CHARTER.replace("name: A light}", "name: A light, role: irritant}")
    tags = ["{marker: light, segments: [loyal]}", "{marker: light, segments: [newcomer]}"]

    def of(tags: list[str], baseline: str = "") -> Report:
        journey = JOURNEY.replace("entry: true", f"markers: [{', '.join(tags)}], entry: true")
        return check(workspace(journey, baseline, **{"charter.yaml": charter}), TODAY)

    both = of(tags)
    irritants = [f for f in both.findings if f.code == "CH019"]
    assert len({f.fingerprint for f in irritants}) == len(irritants) == 2
    baseline = Baseline.of(both).text()
    assert compared(of(tags, baseline)).new == 0
    mended = of([tags[index]], baseline)
    assert (compared(mended).new, compared(mended).fixed) == (0, 1)
    only_one = Baseline.of(of([tags[index]])).text()
    assert compared(of(tags, only_one)).new == 1


def test_fingerprints_tell_everything_apart_in_a_file_of_problems():
    with pytest.raises(InvalidWorkspace) as invalid:
        workspace("journey: buying\ntouchpoints: [{id: a}, {id: b}, {id: a}, {id: a}]\n")
    findings = report_of(invalid.value).findings
    assert len({f.fingerprint for f in findings}) == len(findings) > 5


def test_waived_wins_over_accepted():
    """It is neither an entry to be pruned nor one to be written."""
    waivers = "- {rule: host, journey: buying, reason: Agreed., owner: me, expires: 2026-12-31}\n"
    report = check(workspace(baseline=adopted(), **{"waivers.yaml": waivers}), TODAY)
    assert {v.status for v in report.verdicts} == {Status.WAIVED}
    assert compared(report).fixed == 0
    assert Baseline.of(report).verdicts == ()


def test_what_is_wrong_with_waivers_and_the_baseline_is_never_accepted():
    waivers = "- {rule: host, journey: buying, reason: Old., owner: me, expires: 2026-01-01}\n"
    report = check(workspace(baseline=adopted(), **{"waivers.yaml": waivers}), TODAY)
    (expired,) = (f for f in report.findings if f.code == "CH901")
    text = adopted().replace(
        '"findings": [',
        f'"findings": [{{"code": "CH901", "reason": "expired-waiver", "file": "waivers.yaml", '
        f'"fingerprint": "{expired.fingerprint}"}},',
    )
    report = check(workspace(baseline=text, **{"waivers.yaml": waivers}), TODAY)
    assert ("CH901", Status.OPEN) in statuses(report)
    assert ("CH903", Status.OPEN) in statuses(report)
    assert not [e for e in Baseline.of(report).findings if e.code.startswith("CH9")]


def test_entries_are_in_order_one_a_line_and_end_with_a_line():
    text = adopted()
    lines = re.findall(r"^    (\{.*\}),?$", text, re.MULTILINE)
    content = json.loads(text)
    assert [json.loads(line) for line in lines] == [*content["verdicts"], *content["findings"]]
    verdicts = lines[: len(content["verdicts"])]
    assert verdicts == sorted(verdicts)
    assert text.endswith("}\n")
    assert text == Baseline.of(check(workspace(baseline=text), TODAY)).text()


def test_an_entry_says_in_ids_what_it_accepts():
    (_, newcomer) = json.loads(adopted())["verdicts"]
    del newcomer["fingerprint"]
    assert newcomer == {
        "code": "CH101",
        "rule": "host",
        "journey": "buying",
        "segment": "newcomer",
        "marker": "host",
    }


def test_an_entry_that_stands_twice_is_told_at_the_second():
    entry = '{"code": "CH101", "rule": "host", "fingerprint": "0123456789abcdef"}'
    text = f'{{"schema": "charter-baseline/1", "verdicts": [\n{entry},\n{entry}]}}'
    with pytest.raises(InvalidWorkspace) as invalid:
        workspace(baseline=text)
    (problem,) = invalid.value.problems
    assert (problem.code, problem.reason) == ("CH001", "repeated")
    assert (problem.position.line, problem.position.column) == (3, entry.index('"0123') + 1)


def test_a_byte_order_mark_is_no_change_of_somebody_else(tmp_path: Path):
    (tmp_path / "journeys").mkdir()
    (tmp_path / "charter.yaml").write_text(CHARTER)
    (tmp_path / "journeys/buying.yaml").write_text(JOURNEY)
    (tmp_path / "baseline.json").write_bytes(b'\xef\xbb\xbf{"schema": "charter-baseline/1"}')
    assert exit_status(check_folder(tmp_path, TODAY), Severity.ERROR) == 1
    done = write_baseline(tmp_path, TODAY)
    assert done.entries == 2 + 4
    assert exit_status(check_folder(tmp_path, TODAY), Severity.INFO) == 0
