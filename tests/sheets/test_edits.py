"""What is changed in a workbook changes the files there, and nowhere else."""

import difflib

import openpyxl
import pytest

from charter.messages import Language
from charter.usecases.diff import compare_files
from tests.sheets.books import TODAY, changed, exported, put, taken

CHARTER = b"""\
# Kept by Anne.
charter: 1
brand: Maison
channels:
  - {id: store, name: Boutique}
  - {id: web, name: {en: Website, fr: Site}}   # the shop, too
segments:
  - {id: newcomer, weight: 60}
  - {id: loyal, weight: 40}
stages: [{id: discover}, {id: buy}]
markers:
  # The sign of the house.
  - id: named-host
    name: {en: A named host, fr: Un h\xc3\xb4te}
    expressions:
      store:
        text: {en: They say their name., fr: On dit son nom.}
        do:
          - {en: Stand up., fr: Se lever.}
          - {en: Wait., fr: Attendre.}
      web: {not-for: Nobody hosts a page.}
    adaptations: {loyal: The same as last time.}
  - id: farewell
    name: Farewell
rules:
  - {id: host, kind: carries, markers: [named-host], severity: warning}
"""
JOURNEY = b"""\
journey: visit
touchpoints:
  - id: window
    stage: discover
    channel: store
    entry: true
    next: [welcome, {to: leave, share: 40}]   # most come in
  - id: welcome
    stage: buy
    channels: {store: 70, web: 30}
    markers: [named-host, {marker: farewell, segments: [loyal], status: planned}]
    effort: {duration: 1}
    next: leave
  - id: leave
    stage: buy
    channel: store
    exit: gone
"""
PLAN = b"""\
plan: q4
actions:
  - {id: train, what: Train the hosts., marker: named-host, touchpoints: [welcome], due: 2026-12-31}
"""
FILES = {"charter.yaml": CHARTER, "journeys/visit.yaml": JOURNEY, "plans/q4.yaml": PLAN}
WELCOME, WINDOW = ("visit", "welcome"), ("visit", "window")


@pytest.fixture(scope="module")
def book() -> bytes:
    return exported(FILES)


def lines_changed(changes: dict[str, bytes]) -> list[str]:
    """Return the lines taken off and put in, over all files."""
    told = []
    for file, after in changes.items():
        before = FILES.get(file, b"").decode().splitlines()
        lines = difflib.unified_diff(before, after.decode().splitlines(), lineterm="", n=0)
        told += [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return told


CASES = [
    pytest.param(
        "Touchpoints",
        WELCOME,
        {"stage": "discover"},
        ["-    stage: buy", "+    stage: discover"],
        id="a text",
    ),
    pytest.param(
        "Touchpoints",
        WELCOME,
        {"emotion": -2, "entry": "yes"},
        ["+    entry: true", "+    emotion: -2"],
        id="keys come where the documentation has them",
    ),
    pytest.param(
        "Touchpoints", WINDOW, {"entry": "-"}, ["-    entry: true"], id="a dash takes off"
    ),
    pytest.param(
        "Touchpoints",
        WELCOME,
        {"duration": "—"},
        ["-    effort: {duration: 1}"],
        id="what held nothing else goes too",
    ),
    pytest.param(
        "Touchpoints",
        WELCOME,
        {"channel": "store"},
        ["-    channels: {store: 70, web: 30}", "+    channel: store"],
        id="one channel of several",
    ),
    pytest.param(
        "Touchpoints",
        WINDOW,
        {"channel": "store: 12,5; web: 30"},
        ["-    channel: store", "+    channels: {store: 12.5, web: 30}"],
        id="several channels of one",
    ),
    pytest.param(
        "Touchpoints",
        WELCOME,
        {
            "markers": "named-host\nfarewell | segments: loyal, newcomer | how (en): By name. "
            "| how (fr): Par le nom."
        },
        [
            "-    markers: [named-host, {marker: farewell, segments: [loyal], status: planned}]",
            "+    markers: [named-host, {marker: farewell, segments: [loyal, newcomer], "
            "how: {en: By name., fr: Par le nom.}}]",
        ],
        id="tags",
    ),
    pytest.param(
        "Transitions",
        ("visit", "window", "welcome"),
        {"share": "newcomer: 10; loyal: 30"},
        [
            "-    next: [welcome, {to: leave, share: 40}]   # most come in",
            "+    next: [{to: welcome, share: {newcomer: 10, loyal: 30}}, {to: leave, share: 40}]"
            "   # most come in",
        ],
        id="a step in short gets more",
    ),
    pytest.param(
        "Transitions",
        ("visit", "window", "leave"),
        {"remove": "x"},
        [
            "-    next: [welcome, {to: leave, share: 40}]   # most come in",
            "+    next: [welcome]   # most come in",
        ],
        id="a row removed",
    ),
    pytest.param(
        "Transitions",
        ("visit", "welcome", "window"),
        {"because (en)": "They look again."},
        [
            "-    next: leave",
            "+    next: [leave, {to: window, because: {en: They look again.}}]",
        ],
        id="a step beside one alone",
    ),
    pytest.param(
        "Expressions",
        ("named-host",),
        {"store (fr)": "On dit son prénom.\ndo: Se lever.\ndo: Attendre."},
        [
            "-        text: {en: They say their name., fr: On dit son nom.}",
            "+        text: {en: They say their name., fr: On dit son prénom.}",
        ],
        id="an expression in one language",
    ),
    pytest.param(
        "Expressions",
        ("named-host",),
        {"web": "-"},
        ["-      web: {not-for: Nobody hosts a page.}"],
        id="an expression taken off",
    ),
    pytest.param(
        "Expressions",
        ("farewell",),
        {"store (en)": "=Goodbye.", "store (fr)": "-5 minutes\nexample: @vous"},
        [
            "+    expressions:",
            "+      store:",
            "+        text: {en: =Goodbye., fr: -5 minutes}",
            '+        example: {fr: "@vous"}',
        ],
        id="an expression that isn't there yet",
    ),
    pytest.param(
        "Expressions",
        ("named-host",),
        {"for newcomer (en)": "More slowly."},
        [
            "-    adaptations: {loyal: The same as last time.}",
            "+    adaptations: {loyal: The same as last time., newcomer: {en: More slowly.}}",
        ],
        id="an adaptation",
    ),
    pytest.param(
        "Segments",
        ("friend",),
        {"name (fr)": "Ami", "weight": 10, "priority": "High"},
        ["+  - {id: friend, name: {fr: Ami}, weight: 10, priority: high}"],
        id="a segment",
    ),
    pytest.param(
        "Charter",
        ("channel", "web"),
        {"name (fr)": "-"},
        [
            "-  - {id: web, name: {en: Website, fr: Site}}   # the shop, too",
            "+  - {id: web, name: {en: Website}}   # the shop, too",
        ],
        id="a language taken off",
    ),
    pytest.param(
        "Charter",
        ("is", ""),
        {"meaning (en)": "attentive\nplain-spoken"},
        ["+posture: {is: [{en: attentive}, {en: plain-spoken}]}"],
        id="the posture",
    ),
    pytest.param(
        "Rules",
        ("host",),
        {"asks for": "markers: [farewell]\nfor-share: 95%", "severity": "-"},
        [
            "-  - {id: host, kind: carries, markers: [named-host], severity: warning}",
            "+  - {id: host, kind: carries, markers: [farewell], for-share: 95%}",
        ],
        id="what a rule asks for",
    ),
    pytest.param(
        "Plan",
        ("q4", "train"),
        {"due": "2027-01-31", "status": "decided", "cost": 2.5},
        [
            "-  - {id: train, what: Train the hosts., marker: named-host, touchpoints: [welcome], "
            "due: 2026-12-31}",
            "+  - {id: train, what: Train the hosts., marker: named-host, touchpoints: [welcome], "
            "due: 2027-01-31, status: decided, cost: 2.5}",
        ],
        id="an action",
    ),
    pytest.param(
        "Plan",
        ("spring", "sign"),
        {"action (fr)": "Signer.", "marker": "farewell"},
        [
            "+plan: spring",
            "+actions: [{id: sign, what: {fr: Signer.}, marker: farewell}]",
        ],
        id="a plan begun",
    ),
    pytest.param(
        "Markers",
        ("smile",),
        {"name (en)": "'quoted'", "role": "basic", "opening cost": 3},
        [
            "+  - id: smile",
            "+    name: {en: \"'quoted'\"}",
            "+    role: basic",
            "+    opening-cost: 3",
        ],
        id="a marker",
    ),
]


@pytest.mark.parametrize(("sheet", "key", "cells", "lines"), CASES)
def test_an_edit_changes_what_it_means_to(book, sheet, key, cells, lines):
    edited = changed(book, lambda opened: put(opened, sheet, key, cells))
    changes = dict(taken(edited, FILES).changes)
    assert lines_changed(changes) == lines


def test_blank_cells_and_missing_rows_and_columns_change_nothing(book: bytes):
    """Also sheets that are missing, rows in another order, and what people write for themselves."""

    def change(opened: openpyxl.Workbook) -> None:
        del opened["Rules"], opened["Help" if "Help" in opened else "How to"]
        sheet = opened["Touchpoints"]
        sheet.delete_rows(3)
        for row in sheet.iter_rows(min_row=2, min_col=4):
            for cell in row:
                cell.value = None
        sheet.delete_cols(5)
        sheet.insert_cols(3)
        sheet["C1"], sheet["C2"] = "# to discuss", "=1+1"
        ways = opened["Transitions"]
        rows = [[cell.value for cell in row] for row in ways.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                ways.cell(number, column).value = value
        opened.create_sheet("# our notes")["A1"] = "=NOW()"
        opened.create_sheet("Sheet1")

    assert taken(changed(book, change), FILES).changes == {}


def test_headings_are_known_in_both_languages_and_in_any_order(book: bytes):
    """A workbook may be written in French, and a heading in English."""
    french = exported(FILES, Language.FRENCH)

    def change(opened: openpyxl.Workbook) -> None:
        sheet = opened["Points de contact"]
        titles = {cell.value: cell for cell in sheet[1]}
        titles["Étape"].value = "STAGE"
        row = next(r for r in sheet.iter_rows(min_row=2) if r[1].value == "welcome")
        row[titles["Moment de vérité"].column - 1].value = "oui"
        # The first column last.
        last = sheet.max_column + 1
        for number in range(1, sheet.max_row + 1):
            sheet.cell(number, last).value = sheet.cell(number, 1).value
        sheet.delete_cols(1)

    changes = dict(taken(changed(french, change), FILES).changes)
    assert lines_changed(changes) == ["+    moment-of-truth: true"]


def test_a_touchpoint_with_its_ways_is_added_and_one_removed(book: bytes):
    """Several sheets together make a workspace that can be checked."""

    def change(opened: openpyxl.Workbook) -> None:
        put(
            opened,
            "Touchpoints",
            ("visit", "till"),
            {"name (en)": "Till", "stage": "buy", "channel": "store"},
        )
        put(opened, "Transitions", ("visit", "till", "leave"), {"share": "60%"})
        put(opened, "Transitions", ("visit", "window", "welcome"), {"remove": "x"})
        put(opened, "Transitions", ("visit", "window", "till"), {})
        put(opened, "Touchpoints", WELCOME, {"remove": "x"})
        put(opened, "Plan", ("q4", "train"), {"touchpoints": "till"})

    after = {**FILES, **taken(changed(book, change), FILES).changes}
    comparison = compare_files(FILES, after, TODAY)
    told = {(str(c.what), c.id, str(c.kind)) for c in comparison.changes}
    assert told >= {
        ("touchpoint", "till", "added"),
        ("touchpoint", "welcome", "removed"),
        ("action", "q4/train", "changed"),
    }
    assert b"share: 60}" in after["journeys/visit.yaml"]
    assert b"# most come in" in after["journeys/visit.yaml"]


def test_a_journey_is_begun_by_its_rows(book: bytes):
    def change(opened: openpyxl.Workbook) -> None:
        put(opened, "Charter", ("journey", "refund"), {"name (en)": "Money back"})
        put(
            opened,
            "Touchpoints",
            ("refund", "ask"),
            {"stage": "buy", "channel": "web", "entry": "x", "exit": "paid"},
        )

    changes = taken(changed(book, change), FILES).changes
    assert changes == {
        "journeys/refund.yaml": b"journey: refund\nname: {en: Money back}\n"
        b"touchpoints: [{id: ask, stage: buy, channel: web, entry: true, exit: paid}]\n"
    }


def test_a_channel_is_taken_off_with_all_that_names_it(book: bytes):
    """Its column of expressions is still known, so that the cells in it can say so."""

    def change(opened: openpyxl.Workbook) -> None:
        put(opened, "Charter", ("channel", "web"), {"remove": "-"})
        put(opened, "Touchpoints", WELCOME, {"channel": "store"})
        put(opened, "Expressions", ("named-host",), {"web": "-"})

    assert lines_changed(dict(taken(changed(book, change), FILES).changes)) == [
        "-  - {id: web, name: {en: Website, fr: Site}}   # the shop, too",
        "-      web: {not-for: Nobody hosts a page.}",
        "-    channels: {store: 70, web: 30}",
        "+    channel: store",
    ]
