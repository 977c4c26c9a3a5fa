"""The formats of a report that other programs read: what each must be, and that all agree."""

import datetime
import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from charter.checker import Checked
from charter.findings import Answer, Severity, Status
from charter.messages import Language, Speaker
from charter.reports import FORMATS, render
from charter.reports.page import Page
from charter.usecases.adopt import write_baseline
from charter.usecases.check import check_folder, check_workspace
from tests.scenarios import transcript
from tests.scenarios.writing import touchpoints, workspace
from tests.test_report import ENGLISH, FRENCH, SAMPLES, checked, invalid

TODAY = datetime.date(2026, 11, 23)
SARIF_SCHEMA = json.loads(
    (Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")
)
SARIF = Draft7Validator(SARIF_SCHEMA, format_checker=Draft7Validator.FORMAT_CHECKER)
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
MARKDOWN = MarkdownIt("gfm-like", {"html": True})


@pytest.fixture(scope="module", params=sorted(p.name for p in SAMPLES.iterdir()))
def sample(request: pytest.FixtureRequest) -> Checked:
    return check_folder(SAMPLES / request.param, TODAY)


@pytest.fixture(scope="module")
def set_aside() -> Checked:
    """A sample of whose broken verdicts one is waived and one accepted."""
    whole = check_folder(SAMPLES / "maison-lumiere", TODAY)
    statuses = {"host-met": Status.WAIVED, "no-long-silence": Status.ACCEPTED}

    def marked(thing: Any) -> Any:
        is_broken = getattr(thing, "verdict", Answer.BROKEN) is Answer.BROKEN
        status = statuses.get(thing.rule, Status.OPEN) if is_broken else Status.OPEN
        return replace(thing, status=status)

    report = replace(
        whole.report,
        verdicts=tuple(map(marked, whole.report.verdicts)),
        findings=tuple(
            replace(marked(f), verdicts=tuple(map(marked, f.verdicts)))
            for f in whole.report.findings
        ),
    )
    return replace(whole, report=report)


def rendered(report_format: str, of: Checked, speak: Speaker = ENGLISH, **page: Any) -> str:
    return render(report_format, of, speak, Page(**page))


def run_of(of: Checked, speak: Speaker = ENGLISH, **page: Any) -> dict[str, Any]:
    log = json.loads(rendered("sarif", of, speak, **page))
    assert [error.message for error in SARIF.iter_errors(log)] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def suites_of(of: Checked, speak: Speaker = ENGLISH, **page: Any) -> ElementTree.Element:
    return ElementTree.fromstring(rendered("junit", of, speak, **page))


def commands_of(of: Checked, speak: Speaker = ENGLISH, **page: Any) -> list[dict[str, str]]:
    """The workflow commands as GitHub's runner reads them."""
    found = []
    for line in rendered("github", of, speak, **page).splitlines():
        command = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        if command:
            properties = dict(each.split("=", 1) for each in command[2].split(","))
            found.append(
                {"level": command[1], "message": unquote(command[3])}
                | {key: unquote(value) for key, value in properties.items()}
            )
    return found


# SARIF ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("speak", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_a_log_fits_the_published_schema(sample: Checked, speak: Speaker):
    run = run_of(sample, speak)
    assert len(run["results"]) == len(sample.report.findings)


def test_the_published_schema_refuses_what_isnt_sarif():
    """It is the whole schema, and it is asked."""
    assert not SARIF.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})


def test_an_invalid_workspace_is_a_log_too(tmp_path: Path):
    (result,) = run_of(invalid(tmp_path, rules="- {id: a}"))["results"]
    assert (result["ruleId"], result["level"]) == ("CH001", "error")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "rules.yaml"
    assert place["region"] == {"startLine": 1, "startColumn": 3}


def test_each_rule_has_help_and_each_result_its_rule(sample: Checked):
    run = run_of(sample)
    rules = run["tool"]["driver"]["rules"]
    assert sample.workspace is not None
    assert {rule.code for rule in sample.workspace.rules} <= {rule["id"] for rule in rules}
    for rule in rules:
        assert len(rule["help"]["markdown"]) >= len(rule["fullDescription"]["text"]) > 40
        assert rule["shortDescription"]["text"].endswith((".", "!"))
        assert "\n" not in rule["shortDescription"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_path_that_breaks_a_rule_is_a_flow_of_its_touchpoints(sample: Checked):
    assert sample.workspace is not None
    lines = {
        (journey.file, touchpoint.position.line): touchpoint.id
        for journey in sample.workspace.journeys
        for touchpoint in journey.touchpoints
    }
    results = run_of(sample)["results"]
    for finding, result in zip(sample.report.findings, results, strict=True):
        witness = finding.verdicts[0].witness if finding.verdicts else None
        assert ("codeFlows" in result) == (witness is not None)
        if witness:
            flow = result["codeFlows"][0]["threadFlows"][0]["locations"]
            places = [step["location"]["physicalLocation"] for step in flow]
            told = [
                lines[unquote(p["artifactLocation"]["uri"]), p["region"]["startLine"]]
                for p in places
            ]
            assert told == [stop.partition("@")[0] for stop in witness]
            assert all(step["location"]["message"]["text"] for step in flow)


def test_what_is_set_aside_is_suppressed(set_aside: Checked):
    results = run_of(set_aside)["results"]
    for finding, result in zip(set_aside.report.findings, results, strict=True):
        assert ("suppressions" in result) == (finding.status is not Status.OPEN)


def test_a_waiver_is_the_justification(tmp_path: Path):
    folder = tmp_path / "shop"
    transcript.copy_files(transcript.SCENARIOS / "small", folder)
    waiver = "- {rule: host-everywhere, journey: buying, reason: No staff yet., owner: retail, "
    (folder / "waivers.yaml").write_text(waiver + "expires: 2027-01-31}\n", encoding="utf-8")
    of = check_folder(folder, TODAY)
    (suppression,) = run_of(of)["results"][0]["suppressions"]
    assert (suppression["kind"], suppression["state"]) == ("external", "accepted")
    assert suppression["justification"] == "No staff yet. (retail, until 2027-01-31)"
    for report_format in ("text", "junit", "markdown", "html"):
        told = rendered(report_format, of).replace("\\", "")
        assert "No staff yet. (retail, until 2027-01-31)" in told, report_format


def test_a_baseline_tells_old_from_new(tmp_path: Path):
    folder = tmp_path / "shop"
    transcript.copy_files(transcript.SCENARIOS / "small", folder)
    assert transcript.run_here(["check", ".", "--write-baseline"], folder).status == 0
    journey = folder / "journeys" / "buying.yaml"
    told = journey.read_text(encoding="utf-8")
    journey.write_text(told.replace("segments: [loyal]", "share: 5"), encoding="utf-8")
    of = check_folder(folder, TODAY)
    states = {r["baselineState"]: "suppressions" in r for r in run_of(of)["results"]}
    assert states == {"new": False, "unchanged": True}
    for report_format in ("text", "markdown", "html", "github"):
        assert "Against the baseline: 1 new, 1 accepted, 0 fixed." in rendered(report_format, of)


def test_without_a_baseline_nothing_is_called_new(sample: Checked):
    assert not any("baselineState" in result for result in run_of(sample)["results"])


def test_places_are_told_from_where_the_report_is_read():
    of = checked()
    file = of.report.findings[0].position.file
    result = run_of(of, folder="the shop/à côté")["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == f"the%20shop/%C3%A0%20c%C3%B4t%C3%A9/{file}"
    assert commands_of(of, folder="shop, left: 50%")[0]["file"] == f"shop, left: 50%/{file}"
    assert f"shop/{file}:" in rendered("junit", of, folder="shop")
    assert f"shop/{file}:" in rendered("markdown", of, folder="shop")


def test_an_undecided_finding_is_open_and_has_no_level():
    of = undecided()
    results = [r for r in run_of(of)["results"] if r["ruleId"] == "CH110"]
    assert [(r["kind"], r["level"]) for r in results] == [("open", "none")]


def undecided() -> Checked:
    """A rule that remembers too much to be decided."""
    markers = "".join(f"  - {{id: m{n}, name: M{n}}}\n" for n in range(30))
    return check_workspace(
        workspace(
            touchpoints("a, name: A, entry: true, exit: x"),
            charter=(
                "charter: 1\nbrand: B\nchannels: [{id: store}]\n"
                "stages: [{id: discover}, {id: buy}]\n"
                f"markers:\n{markers}"
            ),
            rules="- {id: many, kind: variety, any-of: every, at-least: 12}\n",
        ),
        TODAY,
    )


# JUnit ----------------------------------------------------------------------------------------


def test_each_verdict_is_a_test_that_ends_as_it_does(set_aside: Checked):
    root = suites_of(set_aside)
    cases = [c for s in root.iter("testsuite") if s.get("name") != "defects" for c in s]
    verdicts = set_aside.report.verdicts
    assert len(cases) == len(verdicts)
    outcomes = Counter(next((child.tag for child in case), "passed") for case in cases)
    expected = Counter(
        {Answer.HOLDS: "passed", Answer.VACUOUS: "skipped", Answer.INCONCLUSIVE: "error"}.get(
            v.verdict, "failure" if v.status is Status.OPEN else "skipped"
        )
        for v in verdicts
    )
    assert outcomes == expected
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert len(set(names)) == len(names)


def test_the_counts_of_suites_are_those_of_their_tests(sample: Checked):
    root = suites_of(sample)
    for element in (root, *root):
        assert int(element.get("tests", "")) == len(list(element.iter("testcase")))
        assert int(element.get("failures", "")) == len(list(element.iter("failure")))
    failures = [f for s in root if s.get("name") == "defects" for f in s.iter("failure")]
    assert len(failures) == sum(not f.verdicts for f in sample.report.findings)


def test_a_failure_tells_its_code_its_severity_and_its_place():
    root = suites_of(checked())
    failure = next(root.iter("failure"))
    assert failure.get("type") == "CH101/error"
    assert "never meets" in str(failure.get("message"))
    assert re.fullmatch(r"\S+\.yaml:\d+:\d+", str(failure.text))


def test_an_undecided_verdict_is_an_error():
    assert [e.get("type") for e in suites_of(undecided()).iter("error")] == ["CH110/warning"]


def test_what_xml_cant_hold_is_replaced():
    of = checked(touchpoints('a, name: "<&\\u0001\\ufffe]]>\'", entry: true, exit: x'))
    message = str(next(suites_of(of).iter("failure")).get("message"))
    assert "<&\\u0001\ufffd]]>'" in message


def test_a_problem_is_a_failure(tmp_path: Path):
    root = suites_of(invalid(tmp_path, rules="- {id: a}\n- {id: b}"))
    assert [suite.get("name") for suite in root] == ["defects"]
    assert root.get("failures") == "2"


# GitHub ---------------------------------------------------------------------------------------


def test_each_open_finding_is_an_annotation(sample: Checked):
    opened = [f for f in sample.report.findings if f.status is Status.OPEN]
    shown = [c for c in commands_of(sample) if "file" in c]
    levels = Counter({"info": "notice"}.get(f.severity, str(f.severity)) for f in opened)
    for level, number in Counter(c["level"] for c in shown).items():
        assert number == min(levels[level], 9 if level == "notice" else 10)
    for command in shown:
        assert any(
            (command["file"], command["line"], command["col"])
            == (f.position.file, str(f.position.line), str(f.position.column))
            for f in opened
        )


@pytest.mark.parametrize(
    ("number", "shown", "told"),
    [(9, 9, ""), (10, 9, "1 more finding isn't shown"), (25, 9, "16 more findings aren't")],
)
def test_at_most_ten_of_a_level_are_shown_and_the_rest_is_counted(
    number: int, shown: int, told: str
):
    """GitHub drops what is more; the notice that counts the rest is one of the ten."""
    of = checked()
    notes = tuple(replace(of.report.findings[0], severity=Severity.INFO) for _ in range(number))
    commands = commands_of(replace(of, report=replace(of.report, findings=notes)))
    assert len([c for c in commands if "file" in c]) == shown
    assert len(commands) <= 10
    assert told in commands[-1]["message"]
    assert bool(told) == ("file" not in commands[-1])


def test_of_errors_ten_are_shown():
    of = checked()
    errors = of.report.findings[:1] * 25
    commands = commands_of(replace(of, report=replace(of.report, findings=errors)))
    assert Counter(c["level"] for c in commands) == {"error": 10, "notice": 1}


def test_what_is_set_aside_is_counted_and_not_annotated(set_aside: Checked):
    commands = commands_of(set_aside)
    assert not any("host-met" in c["title"] for c in commands)
    waived, accepted = map(set_aside.report.count_set_aside, (Status.WAIVED, Status.ACCEPTED))
    assert (waived, accepted) == (2, 4)
    assert "2 verdicts are waived. 4 verdicts or defects are accepted." in commands[-1]["message"]


@pytest.mark.parametrize(
    "name",
    ["a\\n::error::b", "a\\r\\n::set-output name=x::y", "%0A::error::b", "::stop-commands::x"],
)
def test_words_open_no_command(name: str):
    of = checked(touchpoints(f'a, name: "{name}", entry: true, exit: x'))
    *commands, last = rendered("github", of).split("\n")[:-1]
    starts = [re.match(r"::(error|warning|notice) (file|title)=", command) for command in commands]
    assert len(starts) == len(of.report.findings)
    assert all(starts)
    assert last.startswith("Proved over every path")
    assert not any(re.search("%0[AaDd]", command) for command in commands)


# Markdown and HTML ----------------------------------------------------------------------------


def test_markdown_lists_each_open_finding(set_aside: Checked):
    page = MARKDOWN.render(rendered("markdown", set_aside))
    rows = re.findall(r"<td>. (error|warning|info)</td>", page)
    opened = [f.severity for f in set_aside.report.findings if f.status is Status.OPEN]
    assert Counter(rows) == Counter(map(str, opened))


def test_of_very_many_findings_markdown_counts_the_rest():
    of = checked()
    findings = of.report.findings[:1] * 1000
    page = rendered("markdown", replace(of, report=replace(of.report, findings=findings)))
    assert "800 more findings aren't shown here" in page
    assert len(page) < 500_000


def test_a_page_lists_every_finding(set_aside: Checked):
    page = rendered("html", set_aside)
    kinds = re.findall(r'<article class="finding (\w+)">', page)
    expected = Counter(
        str(f.severity if f.status is Status.OPEN else f.status) for f in set_aside.report.findings
    )
    assert Counter(kinds) == expected


def test_a_page_says_when_it_was_written():
    day = datetime.date(2026, 11, 1)
    assert "1\u00a0November 2026" in rendered("html", checked(), date=day)
    assert "1er\u00a0novembre 2026" in rendered("html", checked(), FRENCH, date=day)


def test_an_invalid_workspace_is_told_in_each_format(tmp_path: Path):
    of = invalid(tmp_path, rules="- {id: a}", **{"journeys/b": "c: ["})
    for report_format in FORMATS:
        told = rendered(report_format, of)
        for finding in of.report.findings:
            assert finding.code in told
            assert finding.position.file in told


# All of them ----------------------------------------------------------------------------------


def counts_by_format(of: Checked) -> dict[str, Counter[str]]:
    """How many open findings of each severity, and findings set aside, each format tells of."""
    found: dict[str, Counter[str]] = {}
    summary = json.loads(rendered("json", of))["summary"]
    severities = ("error", "warning", "info")
    found["json"] = Counter({s: summary[s] for s in severities})
    text = rendered("text", of)
    if of.workspace is not None:
        found["text"] = Counter(re.findall(r"^  (error|warning|info) ", text, re.MULTILINE))
    found["sarif"] = Counter(
        r["properties"]["severity"] for r in run_of(of)["results"] if "suppressions" not in r
    )
    page = rendered("html", of)
    found["html"] = Counter(re.findall(r'<article class="finding (error|warning|info)">', page))
    if of.workspace is not None:
        tiles = re.findall(r'<div class="tile (\w+)">.*?<dd>([\d,]+)</dd>', page)
        found["html tiles"] = Counter(
            {kind: int(n.replace(",", "")) for kind, n in tiles if kind in severities}
        )
        markdown = MARKDOWN.render(rendered("markdown", of))
        found["markdown"] = Counter(re.findall(r"<td>. (error|warning|info)</td>", markdown))
    return {name: +counts for name, counts in found.items()}


def test_all_formats_agree_on_counts(sample: Checked):
    counts = counts_by_format(sample)
    assert len(counts) == 6
    assert len({tuple(sorted(each.items())) for each in counts.values()}) == 1, counts


def test_junit_agrees_with_json_on_verdicts(sample: Checked):
    summary = json.loads(rendered("json", sample))["summary"]
    root = suites_of(sample)
    cases = [c for s in root if s.get("name") != "defects" for c in s]
    assert sum(len(case) == 0 for case in cases) == summary["holds"]
    assert sum(case.find("failure") is not None for case in cases) == summary["broken"]
    assert sum(case.find("error") is not None for case in cases) == summary["inconclusive"]


def test_a_language_changes_no_machine_part(set_aside: Checked):
    """Codes, ids, fingerprints, keys, places and levels; only what people read."""

    def without_words(value: Any) -> Any:
        words = ("text", "markdown", "justification", "language")
        if isinstance(value, dict):
            return {k: without_words(v) for k, v in value.items() if k not in words}
        return [without_words(v) for v in value] if isinstance(value, list) else value

    english, french = run_of(set_aside), run_of(set_aside, FRENCH)
    assert english != french
    assert without_words(english) == without_words(french)
    told = []
    for speak in (ENGLISH, FRENCH):
        root = suites_of(set_aside, speak)
        for element in root.iter():
            element.attrib.pop("message", None)
        told.append(ElementTree.tostring(root))
    assert told[0] == told[1]
    annotations = [
        [{k: v for k, v in c.items() if k != "message"} for c in commands_of(set_aside, speak)[:-1]]
        for speak in (ENGLISH, FRENCH)
    ]
    assert annotations[0] == annotations[1]


@pytest.mark.parametrize("report_format", FORMATS)
def test_the_same_input_gives_the_same_bytes(report_format: str, sample: Checked):
    again = Speaker(Language.ENGLISH)
    assert rendered(report_format, sample) == rendered(report_format, sample, again)


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """A sample of which the baseline accepts all that is broken."""
    root = tmp_path_factory.mktemp("adopted") / "brand"
    shutil.copytree(SAMPLES / "maison-lumiere", root)
    write_baseline(root, TODAY)
    return check_folder(root, TODAY)


@pytest.mark.parametrize("report_format", ["markdown", "html"])
def test_a_headline_does_not_pass_over_what_was_set_aside(adopted: Checked, report_format: str):
    """Whoever reads no further must not think that all is well."""
    told = "Nothing breaks the charter on this map but what was waived or accepted."
    assert told in rendered(report_format, adopted)


@pytest.mark.parametrize("report_format", ["text", "markdown"])
def test_a_report_that_only_counts_what_is_accepted_says_where_it_is_listed(
    adopted: Checked, sample: Checked, report_format: str
):
    assert "charter check --format html" in rendered(report_format, adopted)
    assert "charter check --format html" not in rendered(report_format, sample)
