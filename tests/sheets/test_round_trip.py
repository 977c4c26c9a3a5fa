"""A workspace written out and read back is the same, byte for byte, and nothing is missing."""

import functools
import io

import openpyxl
import pytest

from charter.messages import Language, speaker
from charter.sheets.separated import files_of, packed, read_archive, read_separated
from charter.sheets.tables import tables_of
from charter.sheets.taking import take
from charter.sheets.workbook import workbook
from charter.usecases.diff import compare_files
from charter.workspace import read_files
from tests.sheets.books import TODAY, changed, files_of_sample, taken

ENGLISH, FRENCH = speaker(Language.ENGLISH), speaker(Language.FRENCH)
ODD = {
    "charter.yaml": """\
charter: 1
brand: "=HYPERLINK(A1)"
promise: {en: "<b>& 'x'</b>", fr: "שלום 👋🏽", de: "a\\nb\\n"}
posture: {is: "-", is-not: [{en: ' padded ', fr: "—"}, {en: "two\\nlines", fr: "| bars |"}]}
channels:
  - {id: "010", name: "1e3"}
  - {id: "2026-01-01", name: "+33 1"}
segments: [{id: "1", weight: 4.0}, {id: all, weight: 0.1}]
stages: [{id: s}]
markers:
  - id: m
    name: "@home"
    expressions:
      "010": "do: nothing\\nexample: none\\n"
      "2026-01-01":
        text: "dont: this"
        do: ["- a", {en: "-", fr: ' '}]
        example: "\\a bell, \\\\u0041, _x0041_ and x005F_"
    adaptations: {all: "'quoted'"}
    reviewed: 2026-10-01
  - {id: never, name: "#REF!"}
rules:
  - {id: r, kind: carries, markers: [m], where: {moment-of-truth: yes}, why: "  "}
""",
    "journeys/j.yaml": """\
journey: j
segments: all
touchpoints:
  - id: a
    stage: s
    channels: {"010": 1.50, "2026-01-01": 2}
    entry: on
    markers:
      - {marker: m, how: "a | b\\nc", evidence: measured, segments: all}
      - never
    content: ["a;b", ' c']
    next: [{to: b, share: {all: 1e3}}, {to: b, because: "=1"}, b]
  - {id: b, stage: s, channel: "010", exit: "2", indicators: {quantitative: [x, {en: y}]}}
""",
}
ODD_FILES = {name: text.encode() for name, text in ODD.items()}


@functools.cache
def tables(name: str, language: Language):
    files = ODD_FILES if name == "odd" else files_of_sample(name)
    return tuple(tables_of(read_files(files), speaker(language), TODAY)), files


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("odd", Language.ENGLISH),
        ("odd", Language.FRENCH),
        ("maison-lumiere", Language.FRENCH),
        ("b2b-sales", Language.ENGLISH),
        ("permit-desk", Language.FRENCH),
    ],
)
def test_a_workbook_changes_nothing(name: str, language: Language):
    told, files = tables(name, language)
    assert taken(workbook(told, speaker(language)), files).changes == {}


@pytest.mark.parametrize(
    ("name", "language"), [("odd", Language.ENGLISH), ("maison-lumiere", Language.FRENCH)]
)
def test_csv_files_change_nothing(name: str, language: Language):
    told, files = tables(name, language)
    made = files_of(told, language)
    sheets = [read_separated(each, each.removesuffix(".csv"), made[each]) for each in made]
    assert take(sheets, files).changes == {}
    assert take(read_archive("all.zip", packed(made)), files).changes == {}


@pytest.mark.parametrize("name", ["maison-lumiere", "permit-desk"])
def test_nothing_that_sheets_tell_is_missing_from_them(name: str):
    """A workspace made of the sheets alone means the same, but for what they say they leave."""
    told, files = tables(name, Language.FRENCH)
    made = taken(workbook(told, FRENCH), {}).changes
    comparison = compare_files(files, made, TODAY)
    assert {change.kind.value for change in comparison.changes} == {"changed"}
    changed = {(str(c.what), field.key) for c in comparison.changes for field in c.fields}
    assert changed <= {
        ("charter", "look"),
        ("marker", "cues"),
        ("stage", "indicators"),
        ("touchpoint", "indicators"),
        ("touchpoint", "indicators.quantitative"),
        ("touchpoint", "indicators.qualitative"),
        ("plan", "brand"),
        ("plan", "name"),
        ("plan", "period"),
    }


def test_the_same_workspace_is_the_same_workbook():
    told, files = tables("odd", Language.ENGLISH)
    again = tables_of(read_files(files), ENGLISH, TODAY)
    assert workbook(told, ENGLISH) == workbook(again, ENGLISH)


def test_no_cell_acts():
    """No formula, no error, nothing that begins as a formula does."""
    told, _ = tables("odd", Language.ENGLISH)
    book = openpyxl.load_workbook(io.BytesIO(workbook(told, ENGLISH)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    texts = [cell.value for cell in cells if cell.data_type == "s"]
    assert "'=HYPERLINK(A1)" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
    for content in files_of(told, Language.ENGLISH).values():
        assert b"\n=" not in content
        assert b",=" not in content
        assert b',"=' not in content


def test_what_a_program_makes_of_it_as_it_saves_changes_nothing():
    """Whole numbers as such or not, days with a time, texts in runs: all the same."""
    told, files = tables("permit-desk", Language.FRENCH)

    def change(book: openpyxl.Workbook) -> None:
        for sheet in book:
            for row in sheet.iter_rows(min_row=2):
                for cell in row:
                    if isinstance(cell.value, int):
                        cell.value = float(cell.value)
                    if cell.data_type != "d":
                        cell.number_format = "General"
            sheet.auto_filter.ref = sheet.dimensions

    assert taken(changed(workbook(told, FRENCH), change), files).changes == {}


def test_ids_may_be_chosen_and_headings_are_explained():
    told, _ = tables("maison-lumiere", Language.FRENCH)
    book = openpyxl.load_workbook(io.BytesIO(workbook(told, FRENCH)))
    assert book.sheetnames == [
        "Charte", "Marqueurs", "Déclinaisons", "Segments", "Points de contact", "Passages",
        "Règles", "Plan", "Verdicts", "Mode d’emploi", "Listes",
    ]  # fmt: skip
    assert book["Listes"].sheet_state == "hidden"
    sheet = book["Points de contact"]
    assert sheet.freeze_panes == "C2"
    titles = {cell.value: cell for cell in sheet[1]}
    assert titles["Étape"].comment.text == "L’étape à laquelle il appartient."
    letter = titles["Étape"].column_letter
    rules = [v for v in sheet.data_validations.dataValidation if f"{letter}2" in str(v.sqref)]
    column = rules[0].formula1.split("!")[1].split("$")[1]
    offered = [cell.value for cell in book["Listes"][column] if cell.value]
    assert offered == ["inspire", "choose", "buy", "receive", "keep"]
