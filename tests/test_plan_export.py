"""Actions as rows for other tools: a CSV file by RFC 4180 and a workbook, in which no text acts."""

from __future__ import annotations

import csv
import datetime
import io
import json
from dataclasses import replace
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell

from charter.checker import Checked, check
from charter.findings import Answer
from charter.messages import Language, Speaker
from charter.plan_views import By, Entry, View, Viewed
from charter.reports.plan_views import TABLES, render_table
from charter.reports.plan_views.table import COLUMNS, GROUP
from charter.sheets.cells import text_of_cell
from charter.usecases.plan_views import tabulate_folder, view_plans
from charter.what_if import carried_out
from charter.workspace import read_folder
from journeys.document import Words
from tests.scenarios.transcript import run_here
from tests.scenarios.writing import touchpoints, workspace

TODAY = datetime.date(2026, 11, 25)
ENGLISH, FRENCH = Speaker(Language.ENGLISH), Speaker(Language.FRENCH)
WRITTEN = Path(__file__).parent / "scenarios/plan-by"
JOURNEY = touchpoints("a, entry: true, next: [b]", "b, channels: [web, app], exit: end")


def planned(*actions: str, more: str = "") -> Viewed:
    lines = "".join(f"  - {{{action}}}\n" for action in actions)
    found = workspace(JOURNEY, **{"plans/q4": f"plan: q4\n{more}actions:\n{lines}"})
    return view_plans(found, TODAY, By.CHANNEL, plans=found.plans)


def rows(viewed: Viewed, *, is_grouped: bool = False) -> list[dict[str, str]]:
    """Read a CSV file as any program would."""
    written = render_table("csv", viewed, ENGLISH, is_grouped=is_grouped)
    text = written.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def cells(viewed: Viewed, *, is_grouped: bool = False) -> list[dict[str, Cell]]:
    """Read a workbook as Excel would, formulas as formulas."""
    written = render_table("xlsx", viewed, ENGLISH, is_grouped=is_grouped)
    sheet = openpyxl.load_workbook(io.BytesIO(written)).worksheets[0]
    heading, *found = sheet.iter_rows()
    names = [str(cell.value) for cell in heading]
    return [dict(zip(names, row, strict=True)) for row in found]


WHOLE = (
    "id: a, what: Train the hosts., marker: host, journey: buying, touchpoints: [b, a], segments: "
    "loyal, owner: retail, due: 2026-12-24, status: doing, cost: 2.5, effect: More smiles."
)
PERIOD = "period: {from: 2026-10-01}\n"


def test_an_action_is_a_row_with_ids_and_days_that_machines_read():
    (row,) = rows(planned(WHOLE, more=PERIOD))
    description = row.pop("description")
    assert row == {
        "id": "q4/a",
        "title": "Train the hosts.",
        "status": "doing",
        "owner": "retail",
        "start": "2026-10-01",
        "due": "2026-12-24",
        "cost": "2.5",
        "effect": "More smiles.",
        "plan": "q4",
        "marker": "host",
        "removes": "",
        "journey": "buying",
        "touchpoints": "b, a",
        "channels": "store, web, app",
        "segments": "loyal",
        "repairs": "",
    }
    assert "Brings: “A named host”\n" in description


def test_a_workbook_has_days_and_amounts_of_their_own_kind():
    (row,) = cells(planned(WHOLE, more=PERIOD))
    assert row["due"].value == datetime.datetime(2026, 12, 24)
    assert row["due"].is_date
    assert row["cost"].value == 2.5
    assert row["title"].value == "Train the hosts."


def test_headings_and_ids_are_the_same_in_every_language():
    found = planned(WHOLE, "id: b, removes: light, touchpoints: a")
    tables = [
        list(csv.reader(io.StringIO(render_table("csv", found, s, is_grouped=False).decode())))
        for s in (ENGLISH, FRENCH)
    ]
    told = {COLUMNS.index(each) for each in ("title", "description")}
    machine = [[[c for i, c in enumerate(r) if i not in told] for r in table] for table in tables]
    assert machine[0] == machine[1]
    assert tables[0] != tables[1]


def test_a_csv_file_is_as_rfc_4180_says_and_marked_as_utf_8():
    """Lines end with CR LF, cells are parted by commas, and Excel is told that it is UTF-8."""
    written = render_table(
        "csv", planned('id: a, what: "Say «\\"hé\\"», twice"'), FRENCH, is_grouped=False
    )
    assert written.startswith(b"\xef\xbb\xbfid,title,")
    assert written.endswith(b"\r\n")
    assert written.split(b"\r\n")[0].decode("utf-8-sig") == ",".join(COLUMNS)
    assert '"Say «""hé""», twice"'.encode() in written


def test_with_groups_an_action_stands_under_each():
    found = planned("id: a, touchpoints: b", "id: b, owner: retail", "id: c, channels: store")
    assert [(row[GROUP], row["id"]) for row in rows(found, is_grouped=True)] == [
        ("store", "q4/c"),
        ("web", "q4/a"),
        ("app", "q4/a"),
        ("", "q4/b"),
    ]
    assert [row["id"] for row in rows(found)] == ["q4/a", "q4/b", "q4/c"]
    assert [str(row[GROUP].value) for row in cells(found, is_grouped=True)][:3] == [
        "store",
        "web",
        "app",
    ]


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    " =1",
    '=HYPERLINK("http://example.org")',
)


def with_text(text: str) -> Viewed:
    written = json.dumps(text)
    return planned(f"id: a, what: {written}, owner: {written}, effect: {written}")


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("key", ["title", "owner", "effect"])
def test_no_text_is_ever_a_formula(text: str, key: str):
    """As OWASP asks: what a program could take for one begins with an apostrophe instead."""
    found = with_text(text)
    (row,) = rows(found)
    (cell,) = (row[key] for row in cells(found))
    for written in (row[key], str(cell.value)):
        assert written[0] == "'" or written[0] not in "=+-@\t\r"
    assert cell.data_type == "s"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=25, deadline=None)
def test_whatever_people_write_no_cell_acts_and_nothing_is_lost(text: str):
    """Also what no file of a workspace could hold."""
    entry = Entry("q4/a", owner=text, what=Words.of(text), marker="host")
    whole = planned()
    found = replace(whole, view=View(By.OWNER, (entry,), ()))
    (row,) = rows(found)
    assert row["owner"][:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert text_of_cell(row["owner"]) == text
    (read,) = cells(found)
    assert {cell.data_type for cell in read.values()} <= {"s", "n"}
    assert str(read["owner"].value)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("form", TABLES)
def test_the_same_actions_are_the_same_bytes(form: str):
    found = planned(WHOLE)
    one, other = (render_table(form, found, ENGLISH, is_grouped=True) for _ in range(2))
    assert one == other


# What actions repair.


def tabulated(seconds: float = 60.0) -> Viewed:
    found = tabulate_folder(WRITTEN, TODAY, By.TARGET, seconds=seconds, clock=lambda: 0.0)
    assert isinstance(found, Viewed)
    return found


def test_what_an_action_repairs_is_what_checks_with_and_without_it_say():
    workspace = read_folder(WRITTEN)
    actions = {
        f"{plan.id}/{action.id}": action for plan in workspace.plans for action in plan.actions
    }
    counted = {key: each for key, each in actions.items() if each.status != "dropped"}

    def broken(keys: set[str]) -> set[tuple[str, object]]:
        done = carried_out(workspace, [each for key, each in counted.items() if key in keys])
        verdicts = check(done, TODAY).verdicts
        return {(v.rule, v.scope) for v in verdicts if v.verdict is Answer.BROKEN}

    today, then = broken(set()), broken({*counted})
    for entry in tabulated().view.entries:
        if entry.id not in counted:
            assert entry.repairs is None
            continue
        mended = (today - broken({entry.id})) | (broken({*counted} - {entry.id}) - then)
        assert {*(entry.repairs or ())} == {rule for rule, _ in mended}
    assert any(entry.repairs for entry in tabulated().view.entries)


def test_what_there_was_no_time_to_try_is_not_known():
    """It isn't said to repair nothing."""
    clock = count(0.0, 100.0)
    found = tabulate_folder(WRITTEN, TODAY, By.TARGET, seconds=1.0, clock=lambda: next(clock))
    assert isinstance(found, Viewed)
    assert {entry.repairs for entry in found.view.entries} == {None}


# The command.


def test_the_command_writes_a_workbook(tmp_path: Path):
    file = tmp_path / "actions.xlsx"
    run = run_here(["plan", str(WRITTEN), "--format", "xlsx", "--output", str(file)], tmp_path)
    assert (run.status, run.stdout, run.stderr) == (0, "", "")
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert [cell.value for cell in sheet["A"]] == [
        "id",
        "q4/train-hosts",
        "q4/end-the-queue",
        "q4/lamps",
        "y2/survey",
        "y2/second-lamp",
    ]


def test_the_command_prints_a_csv_file_of_one_plan(tmp_path: Path):
    run = run_here(["plan", str(WRITTEN), "--format", "csv", "--plan", "y2"], tmp_path)
    assert run.status == 0
    read = list(csv.DictReader(io.StringIO(run.stdout.removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in read] == ["y2/survey", "y2/second-lamp"]


def test_an_invalid_workspace_is_told_and_no_table_is_written(tmp_path: Path):
    (tmp_path / "charter.yaml").write_text("charter: 1\n", encoding="utf-8")
    run = run_here(["plan", "--format", "csv", "--output", "actions.csv"], tmp_path)
    assert run.status == 2
    assert "charter.yaml:1:1" in run.stdout
    assert not run.written
    assert isinstance(
        tabulate_folder(tmp_path, TODAY, By.TARGET, seconds=1.0, clock=lambda: 0.0), Checked
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--format xlsx", "A workbook isn't printed: say with --output FILE where to write it."),
        ("--format xlsx --output nowhere/a.xlsx", "can't be written to nowhere/a.xlsx"),
        ("--format csv --output plans/q4.yaml", "is a file of the workspace"),
        ("--format csv --rule host-everywhere", "--rule doesn't go with --by, --deployment, csv"),
        ("--format csv --deployment", "isn't written as csv. Known: text, json, markdown, html."),
        ("--format csv --plan q9", "There is no plan “q9”."),
        ("--format csv --what-if q4", "--what-if doesn't go with"),
    ],
)
def test_what_cant_be_written_is_told(words: str, told: str, tmp_path: Path):
    run = run_here(["plan", *words.split()], WRITTEN)
    assert run.status == 2
    assert told in run.stderr
