"""The benchmark measures what it says, at sizes that take a moment."""

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmark
from benchmarks import diff, growth, plan, report
from benchmarks.generate import MIXED, RandomJourney, workspace
from benchmarks.ours import TODAY, in_memory
from benchmarks.picture import Line, draw
from benchmarks.report import Result
from benchmarks.tables import seconds, table
from benchmarks.tool import TOOLS
from charter.compare import Comparison
from charter.usecases.diff import compare_versions
from charter.workspace import read_files

ALWAYS_INSTALLED = ("ours", "networkx", "networkx-paths", "scipy")


def test_a_journey_made_in_memory_is_what_its_files_are_read_as():
    read = read_files(workspace(40)).journeys[0]
    assert in_memory(RandomJourney.of(40)) == read


def test_each_touchpoint_has_three_transitions_and_no_way_leads_on_past_a_layer():
    journey = RandomJourney.of(1000)
    assert len(journey.targets) == 3000
    onward = journey.layers[journey.targets] - journey.layers[journey.sources]
    assert onward.max() == 1
    assert 0 < (onward < 0).mean() < 0.1


def test_the_mixed_rules_are_all_the_kinds_over_paths():
    rules = read_files(workspace(40, asked=MIXED)).rules
    assert len({type(rule) for rule in rules}) == len(MIXED) == 12


def test_all_tools_that_are_installed_agree_on_every_pair():
    results = list(benchmark.results((20,), list(TOOLS)))
    answered = {r.name: r.avoided for r in results if r.is_complete}
    assert set(ALWAYS_INSTALLED) <= set(answered)
    assert len(answered["ours"]) == 96
    assert set(answered["ours"].values()) == {True, False}
    told = report.compared(results, (20,))
    assert all(TOOLS[name].name in told for name in answered)


def test_a_tool_that_answers_otherwise_fails_the_run(monkeypatch):
    def lie(name, file, size, scratch):
        avoided = [[0, 0, name == "ours"]]
        return Result(name, size, {"is-complete": True, "avoided": avoided})

    monkeypatch.setattr(benchmark, "run", lie)
    with pytest.raises(benchmark.Disagreement, match=r"scipy.* segment 0 and marker 0"):
        list(benchmark.results((40,), ("ours", "scipy")))


def test_a_tool_that_took_too_long_is_not_asked_at_larger_sizes(monkeypatch):
    asked = []

    def tire(name, file, size, scratch):
        asked.append((name, size))
        return Result(name, size, {"is-complete": name == "ours", "avoided": []})

    monkeypatch.setattr(benchmark, "run", tire)
    results = list(benchmark.results((20, 40), ("ours", "scipy")))
    assert asked == [("ours", 20), ("scipy", 20), ("ours", 40)]
    assert [r.failure for r in results if r.name == "scipy"] == ["> 60 s"]


def test_what_is_not_installed_is_said_to_be_left_out():
    missing = [
        Result("ours", 40, {"is-complete": True, "answering": 1.0, "parts": {}, "note": ""}),
        Result("spin", 40, {"missing": ["spin"]}),
    ]
    told = report.compared(missing, (40,))
    assert "SPIN was left out: spin isn't installed here" in told
    assert "apt-get install spin" in told


def test_the_page_says_that_the_machine_was_busy_with_other_work():
    found = {"is-complete": True, "answering": 3.0, "avoided": []}
    alone = [Result("ours", 40, found | {"processor": 2.9})]
    disturbed = [Result("ours", 40, found | {"processor": 1.0})]
    assert "busy" not in report.machine(alone)
    assert "answers took 3.0 times as long" in report.machine(disturbed)


def test_growth_tells_the_states_of_each_rule():
    costs = growth.costs(40)
    assert len(costs) == len(growth.RULES)
    assert all(states > 1 and took > 0 for states, took in costs.values())
    json.dumps(costs)


def test_the_picture_names_each_line_at_its_end(tmp_path):
    lines = {
        "ours": Line("ours", [(100, 0.01), (1000, 0.1)], None),
        "clingo": Line("clingo", [(100, 0.1)], 1000),
    }
    draw(tmp_path / "drawn.svg", lines, 60)
    drawn = (tmp_path / "drawn.svg").read_text(encoding="utf-8")
    assert drawn.count(">ours<") == drawn.count(">clingo<") == 1


@pytest.mark.parametrize(
    ("took", "told"),
    [
        (123.4, "123 s"),
        (1.26, "1.3 s"),
        (0.0456, "46 ms"),
        (0.00234, "2.3 ms"),
        (0.000068, "68 µs"),
    ],
)
def test_times_have_two_figures_in_the_unit_that_suits_them(took, told):
    assert seconds(took) == told


def test_tables_are_aligned_as_text_and_as_markdown():
    assert table(["tool", "s"], [["ours", "1"], ["igraph", "10"]]) == (
        "| tool   |  s |\n| :----- | -: |\n| ours   |  1 |\n| igraph | 10 |"
    )


def test_the_versions_compared_differ_by_one_tag(tmp_path: Path):
    diff.write_versions(tmp_path, 40)
    compared = compare_versions(tmp_path, "HEAD~1", None, TODAY)
    assert isinstance(compared, Comparison)
    (change,) = compared.changes
    assert (change.what, [field.key for field in change.fields]) == ("touchpoint", ["markers"])


def test_plans_of_all_tools_are_proved_and_none_is_cheaper_than_another_says():
    told = plan.section([40])
    rows = [line.split("|")[2].strip() for line in told.splitlines() if line.startswith("| 40")]
    assert rows == list(plan.TOOLS)


@pytest.mark.parametrize(
    ("tags", "bound", "words"),
    [([], 0.0, "stay broken"), (None, 10_000.0, "was said to be least")],
)
def test_a_plan_that_cannot_be_fails_the_run(monkeypatch, tags, bound, words):
    def lie(asked, journey):
        everywhere = [(m, p) for m in range(plan.MARKERS) for p in range(journey.touchpoints)]
        return plan.Answer(frozenset(everywhere if tags is None else tags), bound)

    monkeypatch.setattr(plan, "TOOLS", {"liar": lie})
    with pytest.raises(plan.Disagreement, match=words):
        plan.section([40])
