"""Reports: the exact shape of the one for machines, and the look of the one for people."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from charter.checker import Checked
from charter.findings import Answer, Report, Severity
from charter.messages import Language, Speaker, visible
from charter.reports import render
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.telling import tell
from charter.rules.planned import PlanRule
from charter.usecases.check import check_folder, check_workspace
from charter.workspace import InvalidWorkspace, read_files
from tests.scenarios.writing import CHARTER, JOURNEY, touchpoints, workspace

TODAY = datetime.date(2026, 11, 23)
SAMPLES = Path(__file__).parent.parent / "samples"
ENGLISH, FRENCH = Speaker(Language.ENGLISH), Speaker(Language.FRENCH)

HOST = "- {id: host, kind: carries, markers: [host], why: They remember it.}\n"
SHORT_CUT = touchpoints(
    "window, name: Window, entry: true, next: [welcome, till]",
    "welcome, name: Welcome, markers: [host], next: [till]",
    "till, name: Till, exit: bought",
)


def checked(journey: str = SHORT_CUT, rules: str = HOST) -> Checked:
    return check_workspace(workspace(journey, rules=rules), TODAY)


def as_json(of: Checked, speak: Speaker = ENGLISH) -> dict[str, Any]:
    report = json.loads(render("json", of, speak, Page()))
    assert isinstance(report, dict)
    return report


def as_text(of: Checked, speak: Speaker = ENGLISH, page: Page | None = None) -> str:
    return render("text", of, speak, page or Page())


def invalid(tmp_path: Path, **files: str) -> Checked:
    """A workspace that can't be checked; its files by name, without ``.yaml``."""
    for name, text in {"charter": CHARTER, "journeys/buying": JOURNEY, **files}.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return check_folder(tmp_path, TODAY)


@pytest.fixture(scope="module", params=sorted(p.name for p in SAMPLES.iterdir()))
def sample(request: pytest.FixtureRequest) -> Checked:
    return check_folder(SAMPLES / request.param, TODAY)


# For machines ---------------------------------------------------------------------------------

# DESIGN section 6, word for word and in its order.
REPORT_KEYS = ["schema", "brand", "verdicts", "findings", "summary"]
VERDICT_KEYS = [
    *("rule", "code", "severity", "journey", "segment", "marker", "value", "channel", "stage"),
    *("touchpoint", "owner", "verdict", "share", "share-basis", "witness", "waived"),
    "fingerprint",
]
FINDING_KEYS = ["code", "severity", "rule", "message", "file", "line", "column", "fingerprint"]
SUMMARY_KEYS = [
    "error",
    "warning",
    "info",
    "waived",
    "accepted",
    "holds",
    "broken",
    "vacuous",
    "inconclusive",
]


def test_a_report_has_the_keys_of_its_contract_in_order(sample: Checked):
    report = as_json(sample)
    assert list(report) == REPORT_KEYS
    assert report["schema"] == "charter-report/1"
    for verdict in report["verdicts"]:
        # Only what is asked of action plans names an action.
        assert [key for key in verdict if key != "action"] == VERDICT_KEYS
        assert verdict.get("action", "") is not None
    assert [list(f) for f in report["findings"]] == [FINDING_KEYS] * len(report["findings"])
    assert list(report["summary"]) == SUMMARY_KEYS


def test_an_input_error_has_the_same_keys(tmp_path: Path):
    report = as_json(invalid(tmp_path, rules="- {id: a}"))
    assert list(report) == REPORT_KEYS
    assert (report["brand"], report["verdicts"]) == ("", [])
    assert [list(finding) for finding in report["findings"]] == [FINDING_KEYS]
    assert report["summary"] == dict.fromkeys(SUMMARY_KEYS, 0) | {"error": 1}


def test_the_values_of_a_report_are_those_of_its_contract(sample: Checked):
    assert sample.workspace is not None
    asks_for_shares = {rule.id for rule in sample.workspace.rules if rule.asks_for_shares}
    report = as_json(sample)
    for verdict in report["verdicts"]:
        assert re.fullmatch(r"CH[1-9]\d\d", verdict["code"])
        assert verdict["severity"] in ("error", "warning", "info")
        assert verdict["verdict"] in ("holds", "broken", "vacuous", "inconclusive")
        assert verdict["share-basis"] in (None, "observed", "stated", "assumed")
        assert verdict["share"] is None or 0 <= verdict["share"] <= 1
        # Kinds that compare shares rest on them without giving one of their own.
        has_basis = verdict["share-basis"] is not None
        assert verdict["share"] is None or has_basis
        assert verdict["share"] is not None or not has_basis or verdict["rule"] in asks_for_shares
        assert verdict["share"] is None or verdict["verdict"] != "vacuous"
        # Kinds that look at touchpoints, not at paths, have no witness.
        is_of_path = verdict["code"].startswith("CH1")
        is_broken = verdict["verdict"] == "broken"
        if verdict["rule"] in asks_for_shares and is_of_path:
            # Enough customers are, and the rest walk a path that breaks it.
            is_broken = is_broken or (verdict["share"] or 1) < 1
        assert (verdict["witness"] is not None) == (is_of_path and is_broken)
    for finding in report["findings"]:
        assert finding["line"] >= 1
        assert finding["column"] >= 1
        assert finding["message"] == visible(finding["message"])


def test_verdicts_come_in_their_fixed_order(sample: Checked):
    """Rules as declared, journeys by file name, then each scope in the charter's order.

    What is asked of action plans comes in the order of their actions.
    """
    workspace = sample.workspace
    assert workspace is not None
    of_plans = {rule.id for rule in workspace.rules if isinstance(rule, PlanRule)}
    rules = [rule.id for rule in workspace.rules]
    journeys = [None, *(journey.id for journey in workspace.journeys)]
    segments = [None, *(segment.id for segment in workspace.charter.all_segments)]
    places = [
        (rules.index(v.rule), journeys.index(v.journey), segments.index(v.segment))
        for v in sample.report.verdicts
        if v.rule not in of_plans
    ]
    assert places == sorted(places)


def test_every_verdict_and_finding_has_a_fingerprint_of_its_own(sample: Checked):
    for things in (sample.report.verdicts, sample.report.findings):
        fingerprints = [thing.fingerprint for thing in things]
        assert all(re.fullmatch(r"[0-9a-f]{16}", each) for each in fingerprints)
        assert len(set(fingerprints)) == len(fingerprints)


def test_a_fingerprint_outlives_changes_elsewhere():
    """Lines that move, and names that change, don't make it another finding."""
    before = as_json(checked())
    after = as_json(checked(f"# A comment.\n\nname: Another name\n{SHORT_CUT}"))
    assert [f["fingerprint"] for f in after["findings"]] == [
        f["fingerprint"] for f in before["findings"]
    ]
    assert after["findings"] != before["findings"]


def test_a_language_changes_only_what_people_read(sample: Checked):
    """No key, code, id, place or fingerprint."""

    def without_words(report: dict[str, Any]) -> dict[str, Any]:
        for finding in report["findings"]:
            assert finding.pop("message")
        return report | {"brand": ""}

    english, french = as_json(sample), as_json(sample, FRENCH)
    assert [f["message"] for f in english["findings"]] != [f["message"] for f in french["findings"]]
    assert without_words(english) == without_words(french)


def test_reports_agree_on_what_they_count(sample: Checked):
    report, summary = sample.report, as_json(sample)["summary"]
    assert summary["holds"] == report.count(Answer.HOLDS)
    assert sum(summary[a] for a in Answer) == len(report.verdicts)
    assert sum(summary[s] for s in ("error", "warning", "info")) == len(report.findings)
    text = re.sub(r"\s+", " ", as_text(sample))
    held = re.findall(r"([\d,]+) (?:verdicts? holds?|more holds?)\b", text)
    assert sum(int(number.replace(",", "")) for number in held) == summary["holds"]
    assert f"{summary['broken']:,} are broken" in text
    severities = re.findall(r"^  (error|warning|info) ", as_text(sample), re.MULTILINE)
    assert {s: severities.count(s) for s in ("error", "warning", "info")} == {
        s: summary[s] for s in ("error", "warning", "info")
    }


def test_every_broken_verdict_is_told_by_one_finding(sample: Checked):
    report: Report = sample.report
    told = [v.fingerprint for finding in report.findings for v in finding.verdicts]
    broken = [v.fingerprint for v in report.verdicts if v.verdict is Answer.BROKEN]
    assert sorted(told) == sorted(broken)


def test_findings_come_gravest_first(sample: Checked):
    ranks = [finding.severity.rank for finding in sample.report.findings]
    assert ranks == sorted(ranks)


# For people -----------------------------------------------------------------------------------


def test_everything_is_said_in_each_language(sample: Checked):
    """No sentence has a hole in it."""
    assert sample.workspace is not None
    for speak in (ENGLISH, FRENCH):
        for finding in sample.report.findings:
            told = tell(finding, Names(sample.workspace, speak))
            assert told.headline
            assert not re.search(r"[{}]|\bNone\b|“”|«\s*»|\(\)|  ", told.message), told.message


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("speak", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_lines_keep_to_the_width_of_the_page(width: int, speak: Speaker, sample: Checked):
    """But for places, which are kept whole to be clicked on."""
    for line in as_text(sample, speak, Page(width)).splitlines():
        assert len(line) <= width or re.search(r":\d+:\d+  CH\d{3}", line)


def test_colours_are_all_that_a_page_with_colours_adds(sample: Checked):
    coloured = as_text(sample, page=Page(is_coloured=True))
    assert "\x1b[31m" in coloured or "\x1b[33m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == as_text(sample)


def test_verdicts_that_break_alike_are_one_finding():
    """It names everybody it concerns, here both segments and both markers."""
    rules = "- {id: all, kind: carries, markers: [host, light]}\n"
    of = checked(touchpoints("a, name: A, entry: true, exit: x"), rules)
    (finding,) = (f for f in of.report.findings if f.rule)
    assert len(finding.verdicts) == 4
    assert of.workspace is not None
    assert tell(finding, Names(of.workspace, ENGLISH)).message == (
        "newcomer and loyal: A never meets “A named host” or “A lit lamp”. Add it to “A”."
    )


@pytest.mark.parametrize(
    ("charter", "status"), [(CHARTER, "2 verdicts hold"), (CHARTER + "rules: []\n", "hold")]
)
def test_the_last_line_says_what_was_proved(charter: str, status: str):
    of = check_workspace(workspace(JOURNEY, charter=charter, rules=HOST), TODAY)
    assert status in as_text(of).splitlines()[-1]


# Problems -------------------------------------------------------------------------------------


def caret(text: str, found: Checked) -> list[str]:
    """The source line and the caret under it, as shown for the one problem."""
    lines = text.splitlines()
    assert len(found.report.findings) == 1, text
    return [line.removeprefix("    ") for line in lines[1:3]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("plain", '"plain", wieght: 1}', id="latin"),
        pytest.param("été", '"été", wieght: 1}', id="accents are one letter"),
        pytest.param("e\u0301t", '"e\u0301t", wieght: 1}', id="combining accents take no column"),
        pytest.param("漢字", '"漢字", wieght: 1}', id="wide letters take two columns"),
        pytest.param("a\u202eb", '"a·b", wieght: 1}', id="what acts on a terminal is a dot"),
    ],
)
def test_the_caret_stands_under_the_place(name: str, expected: str, tmp_path: Path):
    written = CHARTER.replace("{id: newcomer}", f'{{id: newcomer, name: "{name}", wieght: 1}}')
    of = invalid(tmp_path, charter=written)
    line, pointer = caret(as_text(of), of)
    assert expected in line
    assert columns(line[: line.index("wieght")]) == len(pointer) - 1


def columns(text: str) -> int:
    """How many columns a text takes, for the letters used here."""
    return sum(2 if c in "漢字" else 0 if c == "\u0301" else 1 for c in text)


@pytest.mark.parametrize("length", [10, 95, 150, 5000])
def test_of_a_long_line_the_part_around_the_place_is_shown(length: int, tmp_path: Path):
    written = CHARTER.replace("{id: loyal}", "{id: loyal, name: " + "x" * length + ", wieght: 1}")
    of = invalid(tmp_path, charter=written)
    line, pointer = caret(as_text(of), of)
    assert len(line) <= 100
    assert line[len(pointer) - 1 :].startswith("wieght")


def test_a_file_that_isnt_text_is_told_without_its_line(tmp_path: Path):
    (tmp_path / "charter.yaml").write_bytes(b"charter: 1\nbrand: \xff\n")
    text = as_text(check_folder(tmp_path, TODAY))
    assert text.splitlines() == [
        "charter.yaml:2:8: CH001 Byte 0xff is not UTF-8 text. Save the file as UTF-8.",
        "1 problem. Nothing was checked.",
    ]


def test_problems_are_told_in_the_same_order_in_each_report(tmp_path: Path):
    of = invalid(tmp_path, **{"rules": "a", "markers/a": "b", "journeys/a": "c: ["})
    places = [f"{f['file']}:{f['line']}:{f['column']}" for f in as_json(of)["findings"]]
    told = re.findall(r"^(\S+:\d+:\d+): ", as_text(of), re.MULTILINE)
    assert places == told
    assert len(places) == 3


# What people wrote ----------------------------------------------------------------------------

HOSTILE = {
    "escape": "\x1b[31mred",
    "override": "a\u202eb",
    "isolate": "\u2066a",
    "line breaks": "a\nb\r\nc\u2028d\x85e",
    "null": "\x00",
    "braces": "{what} {0} {} {path!r}",
    "percent": "%s %(x)s %",
    "script": "<script>alert('1')</script>",
    "right to left": "שלום עולם",
    "emoji": "👩‍🚀",
    "quotes": "“a” ”b„ 'c' \"d\"",
}


@pytest.mark.parametrize("label", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("speak", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_what_people_wrote_is_shown_as_text(label: str, speak: Speaker):
    """Wherever it is shown, nothing acts on the terminal and nothing is filled in."""
    quoted = '"' + "".join(f"\\U{ord(character):08x}" for character in label) + '"'
    charter = re.sub(
        r"\{id: (\w+)[^}]*\}", lambda found: f"{{id: {found[1]}, name: {{en: {quoted}}}}}", CHARTER
    )
    of = check_workspace(
        read_files(
            {
                "charter.yaml": charter.replace("The Lamp Shop", quoted) + f"promise: {quoted}\n",
                "journeys/buying.yaml": SHORT_CUT.replace("name: Till", f"name: {quoted}"),
                "rules.yaml": HOST.replace("They remember it.", quoted),
            }
        ),
        TODAY,
    )
    shown = as_text(of, speak)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", shown)
    assert re.sub(r"\s+", "", visible(label)) in re.sub(r"\s+", "", shown)
    assert as_json(of, speak)["brand"] == label


def test_an_invalid_workspace_says_how_many_problems_it_has():
    with pytest.raises(InvalidWorkspace, match="1 problem"):
        read_files({"journeys/a.yaml": JOURNEY})


SHARES_ASKED_FOR = "- {id: host, kind: carries, markers: [host], for-share: 80%}\n"


@pytest.mark.parametrize(
    ("shares", "bar"),
    [
        pytest.param(
            "shares: {source: tills, observed: 2026-10}",
            "80% of the customers concerned; it holds for 50%",
            id="on observed shares",
        ),
        pytest.param(
            "",
            "80% of the cases concerned; it holds for 50%, if every choice were equally likely",
            id="on assumed shares",
        ),
    ],
)
def test_a_share_asked_for_is_told_with_the_share_there_is(shares: str, bar: str):
    of = checked(f"{shares}\n{SHORT_CUT}", SHARES_ASKED_FOR)
    assert of.workspace is not None
    told = tell(of.report.findings[0], Names(of.workspace, ENGLISH))
    assert told.bar == bar
    assert f"Asked for: {bar}." in told.message


@pytest.mark.parametrize("speak", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_assumed_shares_are_never_told_as_customers(speak: Speaker):
    """Wherever a share is told, in every report: the condition stands in the same sentence."""
    rules = SHARES_ASKED_FOR + (
        "- {id: alike, kind: parity, markers: [host], spread: 10%}\n"
        "- {id: spread, kind: concentration, markers: [host], at-most: 10%}\n"
        "- {id: nearer, kind: conversion-rises}\n"
    )
    journey = touchpoints(
        "window, entry: true, next: [{to: welcome, segments: [loyal]}, page, till]",
        "welcome, stage: discover, markers: [host], exit: bought",
        "page, exit: bought",
        "till, stage: buy, exit: left",
    ).replace("touchpoints:", "outcomes: [{id: bought, wanted: true}, {id: left}]\ntouchpoints:")
    of = checked(journey, rules)
    assert of.workspace is not None
    assert {v.share_basis for v in of.report.verdicts} == {"assumed"}
    condition = {"en": "f every choice were equally likely", "fr": "i tous les choix se valaient"}
    names = Names(of.workspace, speak)
    told = [tell(f, names) for f in of.report.findings if f.verdicts]
    assert len(told) >= 4
    with_shares = [
        text for each in told for text in (each.figures, each.bar, each.who) if "%" in text
    ]
    assert len(with_shares) >= 5
    for text in with_shares:
        assert condition[speak.language] in text


def test_findings_of_the_charter_come_by_the_segments_they_name():
    """What is about a small segment doesn't come before what is about more customers."""
    charter = CHARTER.replace(
        "[{id: newcomer}, {id: loyal}]",
        "[{id: newcomer, weight: 90}, {id: loyal, weight: 10, priority: high}]",
    )
    rules = "- {id: adapted, kind: adapted}\n- {id: host, kind: carries, markers: [host]}\n"
    rules = rules.replace("[host]}", "[host], severity: warning}")
    of = check_workspace(workspace(SHORT_CUT, charter=charter, rules=rules), TODAY)
    concerned = {f.rule: round(f.concerned, 3) for f in of.report.findings if f.rule}
    assert concerned == {"host": 0.5, "adapted": 0.1}
    assert [f.rule for f in of.report.findings if f.rule] == ["host", "adapted"]


def test_severities_are_ordered_by_gravity():
    assert [s.rank for s in (Severity.ERROR, Severity.WARNING, Severity.INFO)] == [0, 1, 2]


def test_no_place_is_named_where_none_can_mend_the_path():
    """One touchpoint, met once, that carries the marker already: there is nowhere to add it."""
    files = {
        "charter.yaml": "charter: 1\nbrand: B\nchannels: [{id: c}]\nstages: [{id: s}]\n"
        "markers: [{id: m, name: M}]\n"
        "rules: [{id: r, kind: carries, markers: [m], at-least: 3}]\n",
        "journeys/j.yaml": "journey: j\ntouchpoints:\n"
        "  - {id: t, stage: s, channel: c, entry: true, exit: done, markers: [m]}\n",
    }
    read = read_files(files)
    report = check_workspace(read, datetime.date(2026, 1, 1)).report
    told = tell(report.findings[0], Names(read, Speaker(Language.ENGLISH)))
    assert told.advice == ""
    assert told.message.endswith("fewer than 3 times.")
