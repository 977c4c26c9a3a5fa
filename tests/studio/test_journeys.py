"""The page Journeys, run without a browser: the panel beside the map, and journeys themselves."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.studio.carded import send
from tests.studio.test_app import unfold

APP = Path(__file__).parents[2] / "charter" / "studio" / "app.py"


@pytest.fixture
def journeys(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens the page on the small workspace, with what the address says."""

    def open_page(language: str = "en", part: str = "what", **address: str) -> AppTest:
        monkeypatch.setattr(sys, "argv", [str(APP), str(root), language])
        app = AppTest.from_file(str(APP), default_timeout=30)
        for key, said in address.items():
            app.query_params[key] = said
        app.session_state["touchpoint-part"] = part
        return app.switch_page("page/journeys.py").run()

    return open_page


def texts(app: AppTest) -> str:
    """Everything that the page says, in one string, without Markdown's escapes."""
    said = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info]
    return re.sub(r"[\\\N{WORD JOINER}]", "", "\n".join(str(each.value) for each in said))


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def do(app: AppTest, deed: str) -> AppTest:
    """Do something with the touchpoint that is chosen."""
    return send(app, "bar-touchpoint-part", "done", deed)


def saved(app: AppTest, root: Path) -> str:
    press(app, "save")
    assert not app.exception
    return (root / "journeys" / "visit.yaml").read_text("utf-8")


def test_a_touchpoint_is_renamed_in_one_language_and_all_else_stays(
    journeys: Callable[..., AppTest], root: Path
):
    before = (root / "journeys" / "visit.yaml").read_text("utf-8")
    app = journeys(touchpoint="welcome")
    app.text_input(key="field-touchpoint-visit-welcome-name-en").set_value("A warm hello").run()
    assert app.header[0].value == "A warm hello"
    now = saved(app, root)
    assert [line for line in now.splitlines() if line not in before.splitlines()] == [
        "    name: {en: A warm hello, fr: Accueil}"
    ]


def test_one_is_added_behind_another_and_chosen(journeys: Callable[..., AppTest], root: Path):
    app = do(journeys(touchpoint="welcome"), "add-behind")
    press(app, "new-touchpoint-do")
    assert "A touchpoint has a name." in texts(app)
    app.text_input(key="new-touchpoint-name").set_value("A chair")
    press(app, "new-touchpoint-do")
    assert app.header[0].value == "A chair"
    now = saved(app, root)
    assert "id: a-chair" in now
    assert re.search(r"next: .*a-chair", now)
    assert app.query_params["touchpoint"] in ("a-chair", ["a-chair"])


def test_a_copy_is_made_retired_and_brought_back(journeys: Callable[..., AppTest], root: Path):
    app = do(journeys(touchpoint="welcome"), "duplicate")
    assert app.header[0].value.startswith("Welcome")
    do(app, "retire")
    assert "Retired: not there any more" in texts(app)
    assert "status: retired" in saved(app, root)
    do(app, "retire")
    assert "status: retired" not in saved(app, root)


def test_what_goes_along_is_told_before_one_is_taken_off(
    journeys: Callable[..., AppTest], root: Path
):
    app = do(journeys(touchpoint="catalogue"), "take-off")
    assert "The ways that lead here go, too: from Shop window" in texts(app)
    press(app, "taking-off-do")
    assert "Choose a touchpoint" in texts(app)
    assert "catalogue" not in saved(app, root)
    press(app, "undo")
    assert "catalogue" in saved(app, root)


def test_a_link_to_what_is_gone_says_so(journeys: Callable[..., AppTest]):
    app = journeys(touchpoint="nowhere")
    assert not app.exception
    assert "isn't there any more" in texts(app)


def test_ways_on_are_connected_and_taken_off(journeys: Callable[..., AppTest], root: Path):
    app = journeys(part="ways", touchpoint="welcome")
    app.selectbox(key="field-touchpoint-visit-welcome-connect").select("window")
    press(app, "connect-do")
    assert "“Welcome” leads to “Shop window” now" in texts(app)
    assert re.search(r"next: .*window", saved(app, root).split("id: welcome")[1])
    unfold(app, "field-touchpoint-visit-welcome-way-window-1-way")
    press(app, "field-touchpoint-visit-welcome-way-window-1-take")
    assert not re.search(r"next: .*window", saved(app, root).split("id: welcome")[1])


@pytest.mark.parametrize("part", ["markers", "what", "ways", "more"])
def test_each_part_is_shown_in_french(journeys: Callable[..., AppTest], part: str):
    app = journeys("fr", part, touchpoint="welcome")
    assert not app.exception
    assert app.header[0].value == "Accueil"


def test_a_journey_begins_with_its_first_touchpoint(journeys: Callable[..., AppTest], root: Path):
    app = unfold(journeys(), "new-journey")
    app.text_input(key="new-journey-name").set_value("Having it mended")
    app.text_input(key="new-journey-first").set_value("A call")
    press(app, "new-journey-do")
    assert not app.exception
    assert app.header[0].value == "A call"
    press(app, "save")
    assert "id: a-call" in (root / "journeys" / "having-it-mended.yaml").read_text("utf-8")
