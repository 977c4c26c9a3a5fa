"""What a visitor meets where there is no workspace yet."""

import re
import shutil
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charter.studio import session
from charter.usecases.guided import Moment
from charter.usecases.new import all_samples
from charter.workspace import read_folder
from tests.studio.carded import given, select, send

APP = Path(__file__).parents[2] / "charter" / "studio" / "app.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the app is started: a folder that isn't there yet."""
    return tmp_path / "there"


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(sys, "argv", [str(APP), str(folder), "en"])
    return AppTest.from_file(str(APP), default_timeout=30)


def way(app: AppTest, name: str) -> AppTest:
    app.run()
    return app.button(key=f"choose-{name}").click().run()


def texts(app: AppTest) -> str:
    said = [*app.title, *app.header, *app.markdown, *app.caption, *app.error]
    return re.sub(r"[\\\N{WORD JOINER}]", "", "\n".join(str(each.value) for each in said))


def answer(app: AppTest) -> AppTest:
    """Answer what is needed."""
    app.text_input(key="guided-brand").input("Maison Lumière")
    app.text_input(key="guided-value-0").input("Hospitality")
    app.text_input(key="guided-channels-others").input("Store, Bus")
    return app.text_input(key="guided-sign-0").input("A named host").run()


def start(app: AppTest) -> AppTest:
    app.button(key="start").click().run()
    assert not app.exception
    return app


def test_six_questions_give_a_charter_that_is_shown_at_once(app: AppTest, folder: Path):
    way(app, "questions")
    answer(app)
    app.button(key="add-sign").click().run()
    app.text_input(key="guided-sign-1").input("Signed by hand")
    app.multiselect(key="guided-sign-1-channels").select("Bus").run()
    app.selectbox(key="guided-sign-1-value").select(0).run()
    start(app)
    assert app.title[0].value == "Maison Lumière"
    assert "Your charter is written" in texts(app)
    charter = read_folder(folder).charter
    assert [channel.named("en") for channel in charter.channels] == ["Store", "Bus"]
    second = charter.markers[1]
    assert (second.named("en"), list(second.values)) == ("Signed by hand", ["hospitality"])
    app.button(key="what-next-done").click().run()
    assert "Your charter is written" not in texts(app)


def kept(app: AppTest) -> dict[str, object]:
    """What the tab is given to keep."""
    return given(app, "memory-answers")["entered"]


def test_a_tab_keeps_the_answers_until_the_charter_is_made(app: AppTest):
    way(app, "questions")
    assert kept(app) == {}
    answer(app)
    app.button(key="add-sign").click().run()
    app.pills(key="guided-channels").select("web").run()
    app.text_input(key="guided-sign-1").input("Signed by hand")
    app.selectbox(key="guided-sign-1-value").select(0).run()
    app.segmented_control(key="guided-decides").set_value(Moment.BUY).run()
    assert kept(app) == {
        "brand": "Maison Lumière",
        "value-0": "Hospitality",
        "channels": ["web"],
        "channels-others": "Store, Bus",
        "sign-0": "A named host",
        "sign-1": "Signed by hand",
        "sign-1-value": "0",
        "decides": "buy",
    }


def test_what_a_tab_kept_is_answered_again_after_a_reload(app: AppTest, folder: Path):
    way(app, "questions")
    answer(app)
    app.button(key="add-sign").click().run()
    app.text_input(key="guided-sign-1").input("Signed by hand").run()
    app.selectbox(key="guided-sign-1-value").select(0).run()
    before = kept(app)
    reloaded = way(AppTest.from_file(str(APP), default_timeout=30), "questions")
    assert kept(reloaded) == {}
    send(reloaded, "memory-answers", "recalled", before)
    assert not reloaded.exception
    assert kept(reloaded) == before
    start(reloaded)
    assert [each.named("en") for each in read_folder(folder).charter.markers][1] == "Signed by hand"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(None, id="nothing"),
        pytest.param(["brand"], id="no mapping"),
        pytest.param({"brand": 7, "channels": "web", "decides": ["buy"]}, id="of other kinds"),
        pytest.param({"channels": ["moon"], "decides": "never", "sign-0-value": "9"}, id="unknown"),
        pytest.param({"sign-9": "Far", "": "x", "start": "true"}, id="of no field"),
    ],
)
def test_a_tab_may_say_anything(app: AppTest, said: object):
    way(app, "questions")
    send(app, "memory-answers", "recalled", said)
    assert not app.exception
    assert kept(app) == {}


def test_what_a_tab_says_is_no_longer_than_what_can_be_typed(app: AppTest):
    way(app, "questions")
    send(app, "memory-answers", "recalled", {"brand": "M" * 10_000})
    assert kept(app) == {"brand": "M" * 120}


def test_what_is_missing_is_told_and_what_was_typed_stays(app: AppTest, folder: Path):
    """Neither an error nor another language nor another way takes an answer away."""
    way(app, "questions")
    app.text_input(key="guided-value-0").input("Hospitality")
    app.pills(key="guided-customers").select("loyal").run()
    start(app)
    assert "the name of the brand, a channel and a sign" in texts(app)
    assert not folder.exists()
    select(app, "lang", "fr")
    assert "le nom de la marque, un canal et un signe" in texts(app)
    way(app, "copy")
    way(app, "questions")
    assert app.text_input(key="guided-value-0").value == "Hospitality"
    assert app.pills(key="guided-customers").value == ["loyal"]


def test_a_value_that_is_worded_anew_is_still_the_sign_s(app: AppTest, folder: Path):
    way(app, "questions")
    answer(app)
    app.selectbox(key="guided-sign-0-value").select(0).run()
    app.text_input(key="guided-value-0").input("Welcome").run()
    start(app)
    charter = read_folder(folder).charter
    assert list(charter.markers[0].values) == ["welcome"]


def test_nothing_is_written_over(app: AppTest, tmp_path: Path, folder: Path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "notes.txt").write_text("mine")
    way(app, "questions")
    answer(app)
    app.text_input(key="start-folder").input(str(taken)).run()
    start(app)
    assert "already holds something" in texts(app)
    assert [each.name for each in taken.iterdir()] == ["notes.txt"]
    assert app.text_input(key="guided-brand").value == "Maison Lumière"


def test_a_folder_with_other_things_gets_one_inside(app: AppTest, folder: Path):
    """What lies there stays, and the address shows the same charter after a reload."""
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    way(app, "questions")
    answer(app)
    start(app)
    new = folder / "maison-lumiere"
    assert read_folder(new).charter.brand.in_language("en") == "Maison Lumière"
    assert app.query_params["folder"] == [str(new)] or app.query_params["folder"] == str(new)
    assert app.title[0].value == "Maison Lumière"


def test_a_sample_is_copied_and_shown(app: AppTest, folder: Path):
    way(app, "copy")
    samples = [sample.name for sample in all_samples()]
    app.radio(key="sample").set_value(samples[-1]).run()
    start(app)
    shown = read_folder(folder).charter.brand.in_language("en")
    assert app.title[0].value.replace("\\", "") == shown
    assert shown == next(s for s in all_samples() if s.name == samples[-1]).brand.in_language("en")


@pytest.fixture
def other(root: Path, tmp_path: Path) -> Path:
    """A workspace elsewhere."""
    elsewhere = tmp_path / "elsewhere" / "lumiere"
    shutil.copytree(root, elsewhere)
    return elsewhere


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("", "Type the folder", id="nothing"),
        pytest.param("nowhere/at-all", "There is no folder", id="no such folder"),
        pytest.param("elsewhere", "no charter.yaml in it", id="a folder without one"),
        pytest.param("elsewhere/lumiere/journeys/visit.yaml", "is a file", id="a file"),
        pytest.param("a\0b", "can't be reached", id="no name of a folder"),
    ],
)
def test_why_a_folder_cannot_be_opened_is_told_kindly(
    app: AppTest, tmp_path: Path, other: Path, typed: str, told: str
):
    way(app, "open")
    named = str(tmp_path / typed) if "/" in typed or typed == "elsewhere" else typed
    app.text_input(key="open-typed").input(named).run()
    app.button(key="open").click().run()
    assert not app.exception
    assert told in texts(app)
    assert app.text_input(key="open-typed").value == named


@pytest.mark.parametrize("typed", ["", "/charter.yaml"])
def test_a_folder_is_opened_by_its_name_or_its_charter_s(app: AppTest, other: Path, typed: str):
    way(app, "open")
    app.text_input(key="open-typed").input(f"{other}{typed}").run()
    app.button(key="open").click().run()
    assert app.title[0].value == "Maison Lumière"


def test_what_lies_in_the_folder_typed_is_offered(app: AppTest, other: Path):
    way(app, "open")
    app.text_input(key="open-typed").input(str(other.parent)).run()
    app.button(key="open").click().run()
    app.button(key="nearby-0").click().run()
    assert app.title[0].value == "Maison Lumière"


def test_a_link_shows_the_folder_that_was_opened(app: AppTest, other: Path):
    app.query_params["folder"] = str(other)
    app.run()
    assert app.title[0].value == "Maison Lumière"


def test_one_can_go_back_from_a_folder_that_holds_nothing(app: AppTest, other: Path, root: Path):
    app.query_params["folder"] = str(other.parent)
    app.run()
    assert app.title[0].value == "Welcome"
    app.button(key="back-to-own").click().run()
    assert "folder" not in app.query_params


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """People sign in, so they are elsewhere than at this machine."""
    monkeypatch.setattr(session, "is_sign_in_configured", lambda: True)


def test_who_signs_in_sees_no_other_folder_of_the_server(
    app: AppTest, signed_in: None, other: Path, folder: Path
):
    app.query_params["folder"] = str(other)
    way(app, "questions")
    assert app.title[0].value == "Welcome"
    assert not [each for each in app.button if each.key == "choose-open"]
    assert not [each for each in app.text_input if each.key == "start-folder"]
    answer(app)
    start(app)
    assert (folder / "charter.yaml").is_file()


def test_an_address_makes_this_machine_ask_no_other(app: AppTest):
    app.query_params["folder"] = "//machine.example/share"
    app.run()
    assert "machine.example" not in texts(app)
