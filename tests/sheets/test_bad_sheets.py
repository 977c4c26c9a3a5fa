"""Sheets that anybody may send: what can't be read is told, each at its cell, and nothing else."""

import datetime
import io
import time
import zipfile

import openpyxl
import pytest
from openpyxl.styles import numbers

from charter.messages import Language, speaker
from charter.messages.problems import sentence
from charter.sheets.opening import read_workbook
from charter.sheets.raw import CannotRead
from charter.sheets.separated import read_archive, read_separated
from charter.sheets.taking import CannotTake, take
from tests.sheets.books import changed, column_of, exported, put, row_of, taken
from tests.sheets.test_edits import FILES, WELCOME, lines_changed

ENGLISH = speaker(Language.ENGLISH)


@pytest.fixture(scope="module")
def book() -> bytes:
    return exported(FILES)


def problems_of(book: bytes) -> list[str]:
    """Return what is told of a workbook, as it is printed."""
    with pytest.raises((CannotRead, CannotTake)) as refused:
        taken(book, FILES)
    return [f"{p.position}: {sentence(p, ENGLISH)}" for p in refused.value.problems]


# The file as a whole.


def with_part(book: bytes, name: str, content: bytes, mode: str = "a") -> bytes:
    """Return a workbook with a part put in, or in place of another."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


def bomb(book: bytes) -> bytes:
    return with_part(book, "xl/media/image.bin", bytes(101 * 1024 * 1024))


def entities(book: bytes) -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    return with_part(book, "xl/sharedStrings.xml", b'<?xml version="1.0"?>' + declared)


def deep(book: bytes) -> bytes:
    return with_part(book, "xl/sharedStrings.xml", b"<a>" * 70 + b"</a>" * 70)


def many_parts(book: bytes) -> bytes:
    made = io.BytesIO(book)
    with zipfile.ZipFile(made, "a") as archive:
        for number in range(2001):
            archive.writestr(f"x{number}", b"")
    return made.getvalue()


def encrypted_zip(book: bytes) -> bytes:
    """Say in each entry that it is encrypted, as programs that lock archives do."""
    locked = bytearray(book)
    at = 0
    while (at := locked.find(b"PK\x01\x02", at)) >= 0:
        locked[at + 8] |= 1
        at += 4
    return bytes(locked)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        pytest.param(lambda _: b"id,name\r\na,b\r\n", "is no workbook", id="a renamed CSV file"),
        pytest.param(lambda _: b"", "is no workbook", id="nothing"),
        pytest.param(lambda _: b"PK\x03\x04 nonsense", "is no workbook", id="hardly an archive"),
        pytest.param(
            lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
            "encrypted, or of an old kind",
            id="a password, or .xls",
        ),
        pytest.param(encrypted_zip, "encrypted", id="locked entries"),
        pytest.param(bomb, "more than 100 MiB unpacked", id="a bomb"),
        pytest.param(entities, "document type", id="entities"),
        pytest.param(deep, "More than 64 levels", id="depth"),
        pytest.param(many_parts, "More than 2,000 parts", id="parts"),
        pytest.param(
            lambda book: with_part(book, "xl/vbaProject.bin", b"x"), "holds macros", id="macros"
        ),
        pytest.param(
            lambda book: with_part(book, "xl/workbook.xml", b"<a>"), "damaged", id="half an XML"
        ),
        pytest.param(
            lambda book: with_part(book, "xl/workbook.xml", b"<a/>"), "damaged", id="another XML"
        ),
        pytest.param(lambda book: book[: len(book) // 2], "is no workbook", id="half a file"),
    ],
)
def test_a_file_that_is_no_honest_workbook_is_refused(book: bytes, spoil, told: str):
    problems = problems_of(spoil(book))
    assert len(problems) == 1
    assert problems[0].startswith("brand.xlsx:1:1: ")
    assert told in problems[0]


def test_a_million_empty_rows_take_seconds(book: bytes):
    """What says nothing is passed over. (A tenth of them here; it takes as long as it is long.)"""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet4.xml")
    rows = b"".join(b'<row r="%d"/>' % number for number in range(1000, 100_000))
    long = with_part(
        book, "xl/worksheets/sheet4.xml", sheet.replace(b"</sheetData>", rows + b"</sheetData>")
    )
    began = time.process_time()
    assert taken(long, FILES).changes == {}
    assert time.process_time() - began < 10


# Cells.


def told_of(book: bytes, change) -> list[str]:
    return problems_of(changed(book, change))


def test_everything_is_told_at_once_each_at_its_cell(book: bytes):
    def change(opened: openpyxl.Workbook) -> None:
        put(opened, "Touchpoints", WELCOME, {"stage": "byu", "emotion": 7, "entry": "maybe"})
        put(opened, "Segments", ("My Friend",), {"weight": "many"})
        put(opened, "Markers", ("farewell",), {"reviewed": 46_296})
        put(opened, "Transitions", ("visit", "windwo", "leave"), {"share": 1})
        put(opened, "Plan", ("q4", "train"), {"due": "soon", "touchpoints": "nowhere"})
        put(opened, "Rules", ("host",), {"asks for": "markers: [x"})

    assert sorted(told_of(book, change)) == [
        "brand.xlsx: Markers!I3: 46296 is a number, not a date. Did you mean 2026-10-01? Write it "
        "as 2026-10-31.",
        "brand.xlsx: Plan!I2: Unknown touchpoint “nowhere”. Known: window, welcome, leave.",
        "brand.xlsx: Plan!O2: “soon” is not a date. Write it as 2026-10-31.",
        "brand.xlsx: Rules!C2: This can't be read: A bracket opened here or before is not closed. "
        "Add “]” or “}”.",
        "brand.xlsx: Segments!A4: “My Friend” can't be an id: small letters, digits and hyphens "
        "only, beginning with a letter or digit. Did you mean “my-friend”?",
        "brand.xlsx: Segments!D4: “many” is not a number. Write one such as 40 or 0.5.",
        "brand.xlsx: Touchpoints!E3: Unknown stage “byu”. Did you mean “buy”?",
        "brand.xlsx: Touchpoints!I3: “emotion” must be at most 2; it is 7. Write 2 or less.",
        "brand.xlsx: Touchpoints!J3: “maybe” is neither yes nor no. Write one of them.",
        "brand.xlsx: Transitions!A5: Unknown touchpoint “windwo”. Did you mean “window”?",
    ]


def set_cell(name: str, cell: str, value: object):
    def change(book: openpyxl.Workbook) -> None:
        book[name][cell].value = value

    return change


def merge(book: openpyxl.Workbook) -> None:
    book["Touchpoints"].merge_cells("E2:F3")


def error(book: openpyxl.Workbook) -> None:
    cell = book["Markers"]["B2"]
    cell.value, cell.data_type = "#REF!", "e"


def same_twice(book: openpyxl.Workbook) -> None:
    book.create_sheet("Marqueurs")["A1"] = "id"


def row_twice(book: openpyxl.Workbook) -> None:
    book["Segments"].append(["loyal"])


def column_twice(book: openpyxl.Workbook) -> None:
    sheet = book["Segments"]
    sheet.cell(1, sheet.max_column + 1).value = "Poids"


def remove_marker(book: openpyxl.Workbook) -> None:
    put(book, "Markers", ("farewell",), {"remove": "x"})


def shift(book: openpyxl.Workbook) -> None:
    sheet = book["Touchpoints"]
    sheet.cell(3, column_of(sheet, "id")).value = None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            set_cell("Markers", "B2", "=1+1"), "Markers!B2: =1+1 is a formula", id="a formula"
        ),
        pytest.param(error, "Markers!B2: This cell holds the error #REF!", id="an error"),
        pytest.param(merge, "Touchpoints!E2: Cells are merged here", id="merged cells"),
        pytest.param(
            lambda book: book.create_sheet("Markrs").append(["id"]),
            "Markrs!A1: There is no sheet “Markrs”. Did you mean “Markers”?",
            id="a misspelt sheet",
        ),
        pytest.param(same_twice, "“Marqueurs” is the same sheet as “Markers”", id="a sheet twice"),
        pytest.param(
            set_cell("Touchpoints", "E1", "Stgae"),
            "Touchpoints!E1: There is no column “Stgae” here. Did you mean “Stage”?",
            id="a misspelt heading",
        ),
        pytest.param(
            set_cell("Touchpoints", "E1", None),
            "Touchpoints!E2: This column has no heading",
            id="no heading",
        ),
        pytest.param(
            set_cell("Segments", "A1", "# id"),
            "Segments!A1: The column “Id” is missing",
            id="no ids at all",
        ),
        pytest.param(column_twice, "“Poids” is a column already", id="a column twice"),
        pytest.param(row_twice, "Segments!A4: Row 3 tells of the same", id="a row twice"),
        pytest.param(shift, "Touchpoints!B3: “Id” is blank", id="a row without its id"),
        pytest.param(
            remove_marker,
            "The marker “farewell” is to be removed, but journeys/visit.yaml:11 still names it",
            id="what is removed is still named",
        ),
        pytest.param(
            lambda book: put(book, "Markers", ("nobody",), {"remove": "x"}),
            "There is no “nobody” to be removed",
            id="what isn't there is removed",
        ),
        pytest.param(
            lambda book: put(book, "Charter", ("journey", "visit"), {"remove": "x"}),
            "This isn't removed by a sheet",
            id="a journey is removed",
        ),
        pytest.param(
            lambda book: put(book, "Charter", ("channel", "web"), {"wanted": "yes"}),
            "This column says nothing of a row like this",
            id="a column of other rows",
        ),
        pytest.param(
            lambda book: put(book, "Charter", ("chanel", "sms"), {}),
            "“chanel” is not a choice for “what”. Did you mean “channel”?",
            id="another kind of row",
        ),
        pytest.param(
            lambda book: put(
                book, "Expressions", ("named-host",), {"store (fr)": "Bonjour.\ndo: Se lever."}
            ),
            "There are 1 lines here, and 2 in another language",
            id="lines that don't pair up",
        ),
        pytest.param(
            lambda book: put(book, "Charter", ("channel", "web"), {"name": "Shop"}),
            "This text has a language in one column, and none in another",
            id="a language and none",
        ),
        pytest.param(
            lambda book: put(book, "Touchpoints", WELCOME, {"markers": "farewell | four: loyal"}),
            "“four” isn't said of a marker here. Known: segments, how, status, evidence.",
            id="a strange word behind a marker",
        ),
        pytest.param(
            lambda book: put(book, "Touchpoints", WELCOME, {"markers": "farewel"}),
            "Unknown marker “farewel”. Did you mean “farewell”?",
            id="a misspelt marker",
        ),
        pytest.param(
            lambda book: put(book, "Touchpoints", WELCOME, {"stage": "-"}),
            "“stage” is missing here",
            id="what is needed is taken off",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(book: bytes, change, told: str):
    problems = told_of(book, change)
    assert told in "\n".join(problems)
    assert len(problems) == 1


def test_values_are_read_as_they_are_meant(book: bytes):
    """Numbers as ids, days with a time, percentages, and what a program made of yes."""

    def change(opened: openpyxl.Workbook) -> None:
        sheet = opened["Segments"]
        sheet.append([2026, "Année", None, 5.0])
        put(opened, "Markers", ("farewell",), {"reviewed": datetime.datetime(2026, 10, 1)})
        put(opened, "Touchpoints", WELCOME, {"entry": True, "moment of truth": "VRAI"})
        ways = opened["Transitions"]
        cell = ways.cell(row_of(ways, "visit", "window", "leave"), column_of(ways, "share"))
        cell.value, cell.number_format = 0.35, numbers.FORMAT_PERCENTAGE

    lines = lines_changed(dict(taken(changed(book, change), FILES).changes))
    assert [line for line in lines if line.startswith("+")] == [
        "+  - {id: 2026, name: {en: Année}, weight: 5}",
        "+    reviewed: 2026-10-01",
        "+    next: [welcome, {to: leave, share: 35}]   # most come in",
        "+    entry: true",
        "+    moment-of-truth: true",
    ]


# CSV files.

SEGMENTS = "id;nom (fr);poids\nloyal;Fidèle — “=1+1”;40,5\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SEGMENTS.encode(), id="UTF-8"),
        pytest.param(SEGMENTS.encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param(SEGMENTS.encode("utf-16"), id="UTF-16"),
        pytest.param(SEGMENTS.encode("utf-16-be"), id="UTF-16 without a mark"),
        pytest.param(SEGMENTS.encode("cp1252"), id="Windows"),
        pytest.param(SEGMENTS.replace(";", "\t").encode(), id="tabs"),
        pytest.param(SEGMENTS.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(
            SEGMENTS.replace("40,5", "40.5").replace(";", ",").encode(), id="English commas"
        ),
        pytest.param(("sep=;\n" + SEGMENTS).encode(), id="the separator told"),
    ],
)
def test_csv_files_are_read_however_they_were_saved(content: bytes):
    sheet = read_separated("segments.csv", "segments", content)
    assert lines_changed(dict(take([sheet], FILES).changes)) == [
        "-  - {id: loyal, weight: 40}",
        "+  - {id: loyal, name: {fr: Fidèle — “=1+1”}, weight: 40.5}",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\x00", "segments.csv:1:1: This is no text"),
        (b"id\0\0,name\x01\n" * 9, "segments.csv:1:1: This is no text"),
        (b'id,name\na,"b\n', "segments.csv: A"),
        (b'id,name\na,"b"c\n', "Quotation marks don't pair up"),
        (b"nom,poids\na,1\n", "segments.csv: A1: The column “Id” is missing"),
    ],
)
def test_csv_files_that_are_none_are_told(content: bytes, told: str):
    with pytest.raises((CannotRead, CannotTake)) as refused:
        take([read_separated("segments.csv", "segments", content)], FILES)
    problems = [f"{p.position}: {sentence(p, ENGLISH)}" for p in refused.value.problems]
    assert told in problems[0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", bytes(50)])
def test_archives_that_are_none_are_told(content: bytes):
    with pytest.raises(CannotRead) as refused:
        read_archive("all.zip", content)
    assert [p.reason for p in refused.value.problems] == ["not-an-archive"]


def test_sheets_whose_names_say_nothing_are_told(book: bytes):
    def rename(opened: openpyxl.Workbook) -> None:
        for sheet in list(opened):
            if sheet.title != "Verdicts":
                del opened[sheet.title]

    assert problems_of(changed(book, rename))[0].startswith("brand.xlsx: Verdicts!A1: None of")
    assert [sheet.name for sheet in read_workbook("brand.xlsx", book)][:2] == ["Charter", "Markers"]
