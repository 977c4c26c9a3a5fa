"""No text in a cell acts, and each comes back as it was."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.sheets.cells import (
    REMOVE,
    cell_text,
    fits,
    neutralised,
    restored,
    text_of_cell,
)

TEXTS = st.text(
    st.one_of(st.sampled_from("'=+-@＝–—\t\r\n \u00a0\ufeff\\ux_05F"), st.characters()),
    max_size=12,
)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+33 1 02 03 04 05",
        "-5 degrees",
        "@SUM(A1)",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        "\u200b=1+1",
        "\ufeff=HYPERLINK(A1)",
        "\u00a0@x",
        "＝1+1",
        "'=1+1",
        *REMOVE,
    ],
)
def test_what_a_program_might_run_begins_with_an_apostrophe(text: str):
    assert neutralised(text) == f"'{text}"
    assert restored(neutralised(text)) == text


@pytest.mark.parametrize(
    "text", ["A = B", "’tis", "'quoted'", "— Bonjour.", "a-b", "1-2", "", "𝟙 élan", "(=1)"]
)
def test_what_no_program_runs_stays_as_it_is(text: str):
    assert neutralised(text) == text == restored(text)


@given(TEXTS)
def test_every_text_comes_back(text: str):
    assert restored(neutralised(text)) == text
    assert text_of_cell(cell_text(text)) == text


@given(TEXTS)
def test_no_cell_begins_with_what_acts(text: str):
    assert (
        not cell_text(text)
        .lstrip("\u200b\u200c\u200d\ufeff \u00a0")
        .startswith(tuple("=+-@＝＋－＠\t\r"))
    )


@given(TEXTS.filter(lambda text: cell_text(text) != ""))
def test_a_workbook_and_a_csv_file_hold_what_is_put_into_a_cell(text: str):
    written = cell_text(text)
    book = openpyxl.Workbook()
    book.active["A1"] = written
    assert book.active["A1"].data_type == "s"
    file = io.BytesIO()
    book.save(file)
    read = openpyxl.load_workbook(file).active["A1"]
    assert (read.value, read.data_type) == (written, "s")
    lines = io.StringIO(newline="")
    csv.writer(lines).writerow([written])
    assert next(csv.reader(io.StringIO(lines.getvalue(), newline=""))) == [written]


@pytest.mark.parametrize(("text", "is_told"), [("a" * 32_767, True), ("😀" * 16_384, False)])
def test_the_longest_text_is_counted_as_workbooks_count(text: str, is_told: bool):
    assert fits(text) is is_told
