"""What is taken away: made on request, from what is shown, and offered with its size."""

import io
import sys
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from charter.desk import Desk
from charter.messages import Language, speaker
from charter.studio import background, downloads
from charter.studio.downloads import size
from charter.studio.progress import GivenUp
from charter.workspace import folder_files

APP = Path(__file__).parents[2] / "charter" / "studio" / "app.py"


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page, before anything is asked of it."""
    monkeypatch.setattr(sys, "argv", [str(APP), str(root), "en"])
    background._jobs.clear()
    return AppTest.from_file(str(APP), default_timeout=60).run().switch_page("page/book.py").run()


def make(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    return finished(app)


def finished(app: AppTest) -> AppTest:
    jobs, _ = background._jobs()
    for job in jobs.values():
        job.wait(60)
    app.run()
    assert not app.exception
    return app


def content(key: str) -> bytes:
    """What the only file made so far holds, whose work has this name in it."""
    jobs, _ = background._jobs()
    (found,) = [job.result for name, job in jobs.items() if key in repr(name)]
    assert isinstance(found, bytes)
    return found


def offered(app: AppTest, key: str) -> str:
    (button,) = [each for each in app.get("download_button") if each.key == f"{key}-download"]
    return button.proto.label


@pytest.mark.parametrize(
    ("kind", "ending", "start"),
    [
        pytest.param("book", "html", b"<!DOCTYPE html>", id="book as a page"),
        pytest.param("report", "html", b"<!DOCTYPE html>", id="report"),
        pytest.param("picture", "svg", b"<svg", id="picture"),
    ],
)
def test_a_file_is_made_and_offered_with_its_size(
    app: AppTest, kind: str, ending: str, start: bytes
):
    key = f"make-{kind}-{ending}"
    make(app, key)
    label = offered(app, key)
    made = content(f"Kind.{kind.upper()}")
    assert made.lstrip()[:15].lower().startswith(start.lower())
    assert label.endswith(f" · {size(len(made), speaker(Language.ENGLISH))}")
    assert not [each for each in app.button if each.key == key]


def cells(content: bytes) -> set[object]:
    book = load_workbook(io.BytesIO(content))
    return {cell.value for sheet in book for row in sheet for cell in row}


def test_what_is_not_saved_yet_is_in_it_and_nothing_old_is_offered(app: AppTest, root: Path):
    make(app, "make-workbook-xlsx")
    assert "Boutique" in cells(content("Kind.WORKBOOK"))
    files, _ = folder_files(root)
    said = files["charter.yaml"].replace(b"Boutique", b"Atelier")
    app.session_state["desks"] = {"": Desk().amended(files, {"charter.yaml": said}, "Renamed")}
    app.run()
    assert any("haven't saved yet" in each.value for each in app.caption)
    make(app, "make-workbook-xlsx")
    jobs, _ = background._jobs()
    assert "Atelier" in cells(list(jobs.values())[-1].result)


def test_the_site_is_an_archive_of_pages(app: AppTest):
    make(app, "make-site-zip")
    with zipfile.ZipFile(io.BytesIO(content("Kind.SITE"))) as archive:
        assert "index.html" in archive.namelist()


def test_a_book_is_for_the_people_of_a_channel(app: AppTest):
    app.multiselect(key="book-channels").select("web").run()
    make(app, "make-book-html")
    said = content("Kind.BOOK").decode()
    assert "Website" in said
    jobs, _ = background._jobs()
    assert "channels=('web',)" in repr(list(jobs))
    app.multiselect(key="book-channels").unselect("web").run()
    assert app.button(key="make-book-html").label == "Web page (HTML)"


def test_without_a_plan_there_is_no_table_of_actions(app: AppTest):
    assert not [each for each in app.button if str(each.key).startswith("make-actions")]
    assert any("no action plan yet" in each.value for each in app.markdown)


def test_a_logo_that_cannot_be_shown_is_told(app: AppTest, root: Path):
    charter = root / "charter.yaml"
    charter.write_text(charter.read_text("utf-8") + "\nlook: {logo: nowhere.svg}\n", "utf-8")
    app.run()
    make(app, "make-book-html")
    assert any("nowhere" in each.value.replace("\\", "") for each in app.error)


def test_a_fault_is_told_and_can_be_tried_again(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    def fails(*asked: object) -> bytes:
        raise ChildProcessError

    monkeypatch.setattr(downloads, "elsewhere", fails)
    make(app, "make-report-html")
    app.button(key="make-report-html-again").click().run()
    assert app.button(key="make-report-html").label == "Web page (HTML)"


def test_making_a_file_can_be_cancelled(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    def takes_long(progress: background.Progress, *asked: object) -> bytes:
        while not progress.is_given_up:
            time.sleep(0.01)
        raise GivenUp

    monkeypatch.setattr(downloads, "elsewhere", takes_long)
    app.button(key="make-report-html").click().run()
    app.button(key="make-report-html-cancel").click().run()
    finished(app)
    assert any("cancelled" in each.value for each in app.markdown)


@pytest.mark.parametrize(
    ("length", "english", "french"),
    [
        (1, "1 KB", "1\u00a0Ko"),
        (240_400, "240 KB", "240\u00a0Ko"),
        (1_250_000, "1.2 MB", "1,2\u00a0Mo"),
    ],
)
def test_sizes_are_told_in_either_language(length: int, english: str, french: str):
    assert size(length, speaker(Language.ENGLISH)) == english
    assert size(length, speaker(Language.FRENCH)).replace(" ", "\u00a0") == french
