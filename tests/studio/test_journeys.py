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


# Shares.


SHARED = "field-touchpoint-visit-{}"


@pytest.fixture
def two_ways_in(root: Path) -> None:
    """Paths begin at the window and in the catalogue, and may end there."""
    file = root / "journeys" / "visit.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace(
            "    channel: web\n    next: [reviews, till]",
            "    channel: web\n    entry: true\n    exit: left\n    next: [reviews, till]",
        ).replace("wanted: true}", "wanted: true}\n  - {id: left, name: They left}"),
        "utf-8",
    )


def share(app: AppTest, field: str, value: float | None) -> AppTest:
    field = SHARED.format(field)
    shown = next(each for each in app.number_input if each.key == field)
    shown.set_value(value).run()
    assert not app.exception
    return app


def by_segment(app: AppTest, field: str) -> AppTest:
    app.toggle(key=SHARED.format(f"{field}-by-segment")).set_value(True).run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("two_ways_in")
@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("arrives", "How many begin here, beside the other beginnings"),
        ("ends", "How many end here, beside the ways on"),
    ],
)
def test_how_many_begin_or_end_at_a_touchpoint_is_written_and_taken_off(
    journeys: Callable[..., AppTest], root: Path, field: str, label: str
):
    app = journeys(touchpoint="catalogue")
    key = SHARED.format(f"catalogue-{field}-share")
    assert app.number_input(key=key).label == label
    assert f"    {field}: 2.5\n" in saved(share(app, f"catalogue-{field}-share", 2.5), root)
    assert field not in saved(share(app, f"catalogue-{field}-share", None), root)


@pytest.mark.usefixtures("two_ways_in")
def test_a_share_may_go_by_segment_and_back(journeys: Callable[..., AppTest], root: Path):
    app = share(journeys(touchpoint="catalogue"), "catalogue-arrives-share", 4)
    app = by_segment(app, "catalogue-arrives")
    share(app, "catalogue-arrives-share-loyal", 1)
    assert "arrives: {newcomer: 4, loyal: 1}" in saved(app, root)
    app.toggle(key=SHARED.format("catalogue-arrives-by-segment")).set_value(False).run()
    assert "    arrives: 2.5\n" in saved(app, root)


@pytest.mark.usefixtures("two_ways_in")
def test_a_segment_whose_share_is_taken_off_counts_as_one(
    journeys: Callable[..., AppTest], root: Path
):
    app = by_segment(journeys(touchpoint="catalogue"), "catalogue-ends")
    share(app, "catalogue-ends-share-newcomer", 3)
    share(app, "catalogue-ends-share-loyal", None)
    assert "ends: {newcomer: 3}" in saved(app, root)


@pytest.mark.usefixtures("two_ways_in")
def test_a_share_of_nothing_is_refused(journeys: Callable[..., AppTest], root: Path):
    app = share(journeys(touchpoint="catalogue"), "catalogue-ends-share", 0)
    assert "A share is a number greater than 0." in texts(app)
    assert "ends" not in (root / "journeys" / "visit.yaml").read_text("utf-8")


def test_where_there_is_nothing_to_weigh_no_share_is_asked_for(journeys: Callable[..., AppTest]):
    """The window is the only beginning; nobody goes on from the till."""
    for touchpoint in ("window", "till"):
        assert not journeys(touchpoint=touchpoint).number_input


@pytest.mark.usefixtures("two_ways_in")
def test_only_segments_that_come_by_are_asked_about(journeys: Callable[..., AppTest], root: Path):
    file = root / "journeys" / "visit.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("    exit: left", "    exit: left\n    segments: [loyal]"), "utf-8"
    )
    app = journeys(touchpoint="catalogue")
    keys = {str(each.key) for each in app.toggle}
    assert SHARED.format("catalogue-ends-by-segment") not in keys
    assert SHARED.format("catalogue-entry") in keys


def test_a_ways_share_is_written(journeys: Callable[..., AppTest], root: Path):
    app, way = journeys(touchpoint="window", part="ways"), "window-way-welcome-1"

    def opened() -> AppTest:
        return unfold(app, SHARED.format(f"{way}-way"))

    share(opened(), f"{way}-share", 3)
    by_segment(opened(), way)
    share(opened(), f"{way}-share-loyal", 9)
    assert "{to: welcome, share: {newcomer: 3, loyal: 9}}" in saved(app, root)


def test_what_a_passage_itself_shows_is_written_and_what_its_tags_say_stays(
    journeys: Callable[..., AppTest], root: Path
):
    file = root / "journeys" / "visit.yaml"
    text = file.read_text("utf-8")
    tagged = "[{to: welcome, markers: [{marker: farewell, status: planned}]}, catalogue]"
    file.write_text(text.replace("[welcome, catalogue]", tagged), "utf-8")
    app, way = journeys(touchpoint="window", part="ways"), "window-way-welcome-1"
    unfold(app, SHARED.format(f"{way}-way"))
    field = next(each for each in app.multiselect if each.key == SHARED.format(f"{way}-markers"))
    assert field.value == ["farewell"]
    field.set_value(["farewell", "named-host"]).run()
    kept = "markers: [{marker: farewell, status: planned}, named-host]"
    assert kept in saved(app, root)
    unfold(app, SHARED.format(f"{way}-way"))
    field = next(each for each in app.multiselect if each.key == SHARED.format(f"{way}-markers"))
    field.set_value([]).run()
    assert "next: [welcome, catalogue]" in saved(app, root)
