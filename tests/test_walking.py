"""A witness told step by step: what was missing at each, by each kind of rule over paths."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from charter.findings import Answer, Verdict
from charter.messages import Language, speaker
from charter.reports.names import Names
from charter.reports.walking import StepTold, first_lacking, steps_told
from charter.rules import KINDS
from charter.rules.path import PathRule
from charter.usecases.check import check_workspace
from charter.workspace import read_files, read_folder

TODAY = datetime.date(2026, 11, 23)
SAMPLES = Path(__file__).parents[1] / "samples"

CHARTER = """\
charter: 1
brand: B
channels: [{id: web, name: Website}, {id: shop, name: Shop}]
stages: [{id: before, name: Before}, {id: after, name: After}]
segments: [{id: new, name: New}, {id: loyal, name: Loyal}]
markers:
  - {id: host, name: Host, expressions: {web: {not-for: Nobody hosts a page.}}}
  - {id: bye, name: Bye}
rules:
  - {id: asked, segments: [new], %s}
"""

STEP = "  - {id: %s, stage: before, channel: shop%s}"
"""A touchpoint by its name, and what else it says."""


def journey(*stops: str) -> str:
    """One path: ``a`` or ``a: markers: [host]`` for each of its touchpoints."""
    lines = []
    for index, written in enumerate(stops):
        name, _, more = written.partition(": ")
        says = [more] if more else []
        says += ["entry: true"] if index == 0 else []
        following = stops[index + 1].partition(":")[0] if index + 1 < len(stops) else ""
        says.append(f"next: [{following}]" if following else "exit: done")
        base = "" if "stage:" in more else "stage: before, "
        channel = "" if "channel:" in more else "channel: shop, "
        lines.append(f"  - {{id: {name}, {base}{channel}{', '.join(says)}}}")
    return "journey: j\nsegments: [new, loyal]\ntouchpoints:\n" + "\n".join(lines) + "\n"


def walked(rule: str, *stops: str, language: Language = Language.ENGLISH) -> list[StepTold]:
    files = {"charter.yaml": (CHARTER % rule).encode(), "journeys/j.yaml": journey(*stops).encode()}
    workspace = read_files(files)
    report = check_workspace(workspace, TODAY).report
    (broken,) = (v for v in report.verdicts if v.rule == "asked" and v.verdict is Answer.BROKEN)
    return list(steps_told(broken, Names(workspace, speaker(language))))


def said(steps: list[StepTold]) -> list[str]:
    """Each step's remarks, those that tell why it breaks with an exclamation mark before them."""
    return [
        " ".join(("! " if each.is_lacking else "") + each.text for each in step.remarks)
        for step in steps
    ]


HOST, BYE, BOTH = "markers: [host]", "markers: [bye]", "markers: [host, bye]"


@pytest.mark.parametrize(
    ("rule", "stops", "remarks"),
    [
        pytest.param(
            "kind: carries, markers: [host]",
            ["a", "b: control: customer", "c: channel: web"],
            [
                "! Doesn't carry “Host”.",
                "Run by customers, so it isn't counted.",
                "! Doesn't carry “Host”. The charter leaves it out on “Website”.",
            ],
            id="carries",
        ),
        pytest.param(
            "kind: carries, markers: [host], at-least: 2",
            ["a: markers: [{marker: host, status: planned}]", f"b: {HOST}"],
            [
                "! Doesn't carry “Host”. It is planned here already.",
                "Carries “Host”: 1 of 2 times.",
            ],
            id="carries twice",
        ),
        pytest.param(
            "kind: carries, markers: [host], per: stage",
            ["a", f"b: stage: after, {HOST}"],
            [
                "! Doesn't carry “Host” at the stage Before.",
                "Not looked at: only “Before” counts here.",
            ],
            id="carries by stage",
        ),
        pytest.param(
            "kind: carries, markers: [host]",
            ["a: markers: [{marker: host, segments: [loyal]}]", "b: locked: true"],
            [
                "! Doesn't carry “Host”. It is carried here for other segments only.",
                "! Doesn't carry “Host”. This touchpoint is locked: plans leave it as it is.",
            ],
            id="carries for others",
        ),
        pytest.param(
            "kind: at-most, markers: [host], times: 0",
            ["a", f"b: {HOST}"],
            ["", "! Carries “Host”, which is never to be met."],
            id="at-most never",
        ),
        pytest.param(
            "kind: at-most, markers: [host], times: 1",
            [f"a: {HOST}", "b", f"c: {HOST}"],
            [
                "Carries “Host”: 1 of 1 allowed.",
                "",
                "! Carries “Host” once too often: 2 by now, 1 allowed.",
            ],
            id="at-most",
        ),
        pytest.param(
            "kind: opens-with, markers: [host]",
            ["a", f"b: {HOST}", "c"],
            [
                "! The first step, and it doesn't carry “Host”.",
                "Carries “Host”, but too late.",
                "",
            ],
            id="opens-with",
        ),
        pytest.param(
            "kind: opens-with, markers: [host], within: 2",
            ["a: control: customer", "b", "c", f"d: {HOST}"],
            [
                "Run by customers, so it isn't counted.",
                "! Step 1 of the first 2: it doesn't carry “Host”.",
                "! Step 2 of the first 2: it doesn't carry “Host”.",
                "Carries “Host”, but too late.",
            ],
            id="opens-with within",
        ),
        pytest.param(
            "kind: closes-with, markers: [host]",
            ["a", f"b: {HOST}", "c"],
            [
                "",
                "Carries “Host”, but too early.",
                "! The last step, and it doesn't carry “Host”.",
            ],
            id="closes-with",
        ),
        pytest.param(
            "kind: closes-with, markers: [host], within: 2",
            [f"a: {HOST}", "b", "c"],
            [
                "Carries “Host”, but too early.",
                "! One of the last 2 steps: it doesn't carry “Host”.",
                "! One of the last 2 steps: it doesn't carry “Host”.",
            ],
            id="closes-with within",
        ),
        pytest.param(
            "kind: no-gap, markers: [host], longest: 1",
            [f"a: {HOST}", "b", "c: control: customer", "d"],
            [
                "Carries “Host”.",
                "! Step 1 in a row without “Host”; 1 may go without.",
                "Run by customers, so it isn't counted.",
                "! Step 2 in a row without “Host”, more than the 1 allowed.",
            ],
            id="no-gap",
        ),
        pytest.param(
            "kind: no-gap, markers: [host], longest: 0",
            [f"a: {HOST}", "b"],
            ["Carries “Host”.", "! Doesn't carry “Host”; no step may go without it."],
            id="no-gap never",
        ),
        pytest.param(
            'kind: follows, markers: [host], after: {emotion: "<= -1"}',
            ["a: emotion: -1", "b: control: customer", "c"],
            [
                "! This is a moment with an emotion ≤ −1: from here on, “Host” is waited for.",
                "Run by customers, so it isn't counted.",
                "! Still without “Host”: step 1 since.",
            ],
            id="follows",
        ),
        pytest.param(
            'kind: follows, markers: [host], within: 1, after: {emotion: "<= -1"}',
            [f"a: emotion: -1, {HOST}", "b: emotion: -1", "c", f"d: {HOST}", "e"],
            [
                "This is a moment with an emotion ≤ −1, and it carries “Host” at once.",
                "! This is a moment with an emotion ≤ −1: from here on, “Host” is waited for.",
                "! Still without “Host”: step 1 of 1.",
                "Carries “Host”, but too late.",
                "Too late by now for “Host”.",
            ],
            id="follows within",
        ),
        pytest.param(
            "kind: precedes, markers: [host], before: {stage: after}",
            ["a", "b: stage: after", f"c: {HOST}", "d: stage: after"],
            [
                "! Doesn't carry “Host” yet.",
                "! This is a moment at the stage After, and “Host” wasn't met yet.",
                "Carries “Host”, but too late.",
                "",
            ],
            id="precedes",
        ),
        pytest.param(
            "kind: excludes, one: host, other: bye",
            [f"a: {HOST}", "b", f"c: {BYE}", f"d: {HOST}"],
            [
                "! Here comes “Host”.",
                "",
                "! Here comes “Bye”, and “Host” came before.",
                "Here comes “Host”.",
            ],
            id="excludes",
        ),
        pytest.param(
            "kind: excludes, one: host, other: bye, on: touchpoint",
            [f"a: {HOST}", f"b: {BOTH}"],
            ["Here comes “Host”.", "! Here “Host” and “Bye” meet."],
            id="excludes at a touchpoint",
        ),
        pytest.param(
            "kind: hand-off, markers: [bye]",
            ["a", "b: channel: web", f"c: {BYE}"],
            [
                "! From here, the customer changes channel: “Bye” isn't carried before it.",
                "! The customer comes from another channel: “Bye” isn't carried after it. "
                "! From here, the customer changes channel: “Bye” isn't carried before it.",
                "",
            ],
            id="hand-off",
        ),
        pytest.param(
            "kind: hand-off, markers: [bye], side: after, across: stage",
            [f"a: {BYE}", f"b: stage: after, {BYE}", "c"],
            [
                "",
                "The customer enters another stage with “Bye”.",
                "! The customer enters another stage: “Bye” isn't carried after it.",
            ],
            id="hand-off after",
        ),
        pytest.param(
            "kind: hand-off, markers: [bye], side: passage, across: owner",
            [f"a: owner: x, {BYE}", "b: owner: y"],
            [
                "",
                "! Another team takes over: “Bye” isn't carried after it. "
                "The passage itself doesn't carry it either.",
            ],
            id="hand-off passage",
        ),
        pytest.param(
            "kind: variety, any-of: [host, bye]",
            [f"a: {BYE}", f"b: {BYE}", "c"],
            [
                "Carries “Bye”: 1 of 2 different ones.",
                "! Carries only what was met before: still 1 of 2.",
                "! Carries none of “Host” and “Bye”.",
            ],
            id="variety",
        ),
        pytest.param(
            "kind: peak, markers: [host]",
            [f"a: emotion: -1, {HOST}", "b: emotion: 2", "c"],
            [
                "Carries “Host”, but isn't the best moment: emotion −1.",
                "! The best moment, with an emotion of 2: it doesn't carry “Host”.",
                "An emotion of 0.",
            ],
            id="peak",
        ),
        pytest.param(
            "kind: no-low-end",
            ["a: emotion: -2", "b: emotion: -1"],
            ["", "! The last step, with an emotion of −1: below 0."],
            id="no-low-end",
        ),
    ],
)
def test_each_step_says_what_was_missing_there(rule: str, stops: list[str], remarks: list[str]):
    assert said(walked(rule, *stops)) == remarks


def test_every_kind_over_paths_is_walked_above():
    (table,) = (mark.args[1] for mark in test_each_step_says_what_was_missing_there.pytestmark)
    walked_kinds = {case.values[0].split(",")[0].removeprefix("kind: ") for case in table}
    assert walked_kinds == {kind.name() for kind in KINDS if issubclass(kind, PathRule)}


def test_a_step_says_where_it_is_what_it_carries_and_whether_it_can_be_mended():
    first, last = walked("kind: opens-with, markers: [host]", f"a: name: Door, {BYE}", "b")
    assert (first.name, first.channel, first.stage) == ("Door", "Shop", "Before")
    assert first.carried == ("Bye",)
    assert (first.is_place, last.is_place) == (True, False)


def test_the_walk_begins_where_something_was_missing():
    steps = walked("kind: closes-with, markers: [host]", "a", "b", "c")
    assert first_lacking(tuple(steps)) == 2


def test_it_is_told_in_french():
    (step,) = walked("kind: carries, markers: [host]", "a", language=Language.FRENCH)
    assert step.remarks[0].text == "Ne porte pas «\N{NO-BREAK SPACE}Host\N{NO-BREAK SPACE}»."


def broken_on_paths(folder: Path) -> list[tuple[Names, Verdict]]:
    workspace = read_folder(folder)
    names = Names(workspace, speaker(Language.FRENCH))
    verdicts = check_workspace(workspace, TODAY).report.verdicts
    return [(names, verdict) for verdict in verdicts if verdict.witness]


@pytest.mark.parametrize("sample", sorted(p.parent.name for p in SAMPLES.glob("*/charter.yaml")))
def test_every_witness_of_the_samples_says_somewhere_what_was_missing(sample: str):
    """As many steps as the path has; where one can be mended, something is said."""
    for names, verdict in broken_on_paths(SAMPLES / sample):
        steps = steps_told(verdict, names)
        assert len(steps) == len(verdict.witness or ())
        assert any(each.is_lacking for step in steps for each in step.remarks)
        assert all(step.remarks for step in steps if step.is_place)
