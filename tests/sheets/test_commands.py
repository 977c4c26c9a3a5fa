"""``charter export`` and ``charter import`` of sheets, as they are used."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from charter.cli import commands
from charter.messages import Language, speaker
from tests.sheets.books import changed, put
from tests.sheets.test_edits import FILES, WELCOME


def run(*words: object, language: Language = Language.ENGLISH) -> Result:
    command = commands(speaker(language))
    return CliRunner().invoke(command, [str(word) for word in words], prog_name="charter")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "brand"
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in root.rglob("*.yaml")}


@pytest.mark.parametrize("name", ["brand.xlsx", "brand.zip", "sheets", "touchpoints.csv"])
def test_what_is_exported_is_imported_without_a_change(folder: Path, tmp_path: Path, name: str):
    # A folder is a site where nothing else is said.
    manner = () if "." in name else ("--as", "csv")
    told = run("export", folder, "--to", tmp_path / name, *manner)
    assert (told.exit_code, told.output) == (0, f"{tmp_path / name} written.\n")
    told = run("import", tmp_path / name, folder, "--write")
    assert told.exit_code == 0
    assert told.output.endswith("Nothing changes: the workspace says all of it.\n")
    assert contents(folder) == FILES


def test_an_import_shows_what_changes_and_writes_it_when_told_to(folder: Path, tmp_path: Path):
    book = tmp_path / "brand.xlsx"
    run("export", folder, "--to", book)

    def change(opened: openpyxl.Workbook) -> None:
        put(opened, "Touchpoints", ("visit", "window"), {"markers": "named-host"})

    book.write_bytes(changed(book.read_bytes(), change))
    told = run("import", book, folder)
    assert told.exit_code == 0
    assert told.output.startswith("Maison · the files as they are →")
    assert f"{book}\n1 change, " in told.output
    assert "2 verdicts repaired" in told.output
    assert told.output.endswith("Nothing was written. “--write” writes it.\n")
    assert contents(folder) == FILES
    told = run("import", book, folder, "--write", language=Language.FRENCH)
    assert told.exit_code == 0
    assert f"{folder / 'journeys/visit.yaml'} écrit." in told.output
    channel = b"    channel: store\n    entry: true\n"
    assert (folder / "journeys/visit.yaml").read_bytes() == FILES["journeys/visit.yaml"].replace(
        channel, channel + b"    markers: [named-host]\n"
    )


def test_what_is_wrong_stops_an_import(folder: Path, tmp_path: Path):
    """Everything is listed, the exit status is 2, and nothing is written."""
    book = tmp_path / "brand.xlsx"
    run("export", folder, "--to", book)

    def change(opened: openpyxl.Workbook) -> None:
        put(opened, "Touchpoints", WELCOME, {"stage": "byu", "owner": "retail"})
        opened["Segments"]["D3"] = "=40*2"

    book.write_bytes(changed(book.read_bytes(), change))
    told = run("import", book, folder, "--write", language=Language.FRENCH)
    assert told.exit_code == 2
    assert told.output.splitlines() == [
        f"{book}: Segments!D3: CH001 =40*2 est une formule, et les formules ne sont pas "
        "calculées. Mettez plutôt sa valeur.",
        f"{book}: Touchpoints!E3: CH002 Rien ne déclare l’étape «\u00a0byu\u00a0». "
        "Vouliez-vous dire «\u00a0buy\u00a0»\u202f?",
        "Rien n’a été importé.",
    ]
    assert contents(folder) == FILES


def test_a_workspace_is_begun_by_a_workbook(folder: Path, tmp_path: Path):
    run("export", folder, "--to", tmp_path / "brand.xlsx")
    told = run("import", tmp_path / "brand.xlsx", tmp_path / "new", "--write")
    assert told.exit_code == 0
    assert set(contents(tmp_path / "new")) == set(FILES)
    again = run("import", tmp_path / "brand.xlsx", tmp_path / "new")
    assert "Nothing changes" in again.output


def test_a_csv_file_is_named_for_its_sheet(folder: Path, tmp_path: Path):
    told = run("export", folder, "--to", tmp_path / "touchpoint.csv")
    assert told.exit_code == 2
    assert "there is none “touchpoint”. Did you mean “touchpoints”?" in told.output
    run("export", folder, "--to", tmp_path / "points de contact.csv", language=Language.FRENCH)
    text = (tmp_path / "points de contact.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("Parcours;Identifiant;Nom (en);Nom (fr);Étape;Canal;")


def test_an_archive_holds_a_file_for_each_sheet(folder: Path, tmp_path: Path):
    run("export", folder, "--to", tmp_path / "brand.zip")
    names = set(zipfile.ZipFile(tmp_path / "brand.zip").namelist())
    run("export", folder, "--to", tmp_path / "sheets", "--as", "csv")
    assert names == {file.name for file in (tmp_path / "sheets").iterdir()}
    assert {"markers.csv", "plan.csv", "verdicts.csv", "help.csv"} <= names


@pytest.mark.parametrize("is_there", [True, False])
def test_the_grid_of_a_workshop_is_blank(folder: Path, tmp_path: Path, is_there: bool):
    """With the charter's stages, channels and markers; or for a charter to come."""
    root = folder if is_there else tmp_path
    told = run("export", root, "--template", "--to", tmp_path / "grid.xlsx")
    assert told.exit_code == 0
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "grid.xlsx").read_bytes()))
    sheet = book["Workshop"]
    titles = [cell.value for cell in sheet[1]]
    assert titles[:2] == ["Stage", "Touchpoint"]
    emotions = [f"Emotion {told}" for told in ("−2", "−1", "0", "+1", "+2")]
    assert titles[-7:-1] == ["Moment of truth", *emotions]
    assert titles[-1] == "Notes"
    assert ("Boutique" in titles, "A named host" in titles) == (is_there, is_there)
    filled = {row[0].value for row in sheet.iter_rows(min_row=2)} - {None}
    assert filled == ({"discover", "buy"} if is_there else set())
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", 1, 1)
    assert str(setup.paperSize) == "8"
    told = run("export", root, "--template", "--to", tmp_path / "grid.csv")
    assert told.exit_code == 2


@pytest.mark.parametrize("words", [["--help"], ["export", "--help"], ["import", "--help"]])
def test_openpyxl_is_loaded_only_where_it_is_needed(words: list[str]):
    code = "import sys; from charter.cli import commands; from charter.messages import *; "
    code += f"commands(speaker(Language.FRENCH))({words!r}, standalone_mode=False); "
    code += "sys.exit('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
