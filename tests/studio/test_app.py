"""The pages, run without a browser."""

import re
import sys
from pathlib import Path
from typing import Any

import pandas
import pytest
from streamlit.testing.v1 import AppTest

from tests.studio.carded import figures, given, options, select, send, words_of
from tests.studio.listed import findings_listed

APP = Path(__file__).parents[2] / "charter" / "studio" / "app.py"


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on the small workspace, before its first answer."""
    monkeypatch.setattr(sys, "argv", [str(APP), str(root), "en"])
    return AppTest.from_file(str(APP), default_timeout=30)


def page(app: AppTest, name: str) -> AppTest:
    app.run()
    return app.switch_page(f"page/{name}.py").run()


def chosen(app: AppTest, key: str) -> str:
    """What the address says."""
    said = app.query_params[key]
    return said if isinstance(said, str) else ",".join(said)


def table_with(app: AppTest, column: str) -> pandas.DataFrame:
    """The first table that has a column of this name."""
    return next(table.value for table in app.dataframe if column in table.value.columns)


def unfold(app: AppTest, key: str) -> AppTest:
    """Unfold what is made only then."""
    app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def stops(app: AppTest) -> pandas.DataFrame:
    """The touchpoints of the journey, as the table below the map lists them once it is unfolded."""
    return table_with(unfold(app, "unfold-stops"), "Leads to")


def texts(app: AppTest) -> str:
    """Everything that the page says, in one string, without Markdown's escapes."""
    said = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.code]
    alerts = [*app.info, *app.success, *app.error]
    written = "\n".join(str(each.value) for each in [*said, *alerts])
    return "\n".join((re.sub(r"[\\\N{WORD JOINER}]", "", written), *words_of(app)))


def test_the_overview_shows_brand_promise_and_counts(app: AppTest):
    app.run()
    assert not app.exception
    assert app.title[0].value == "Maison Lumière"
    assert "Every customer is received as a guest" in app.header[0].value
    assert figures(app) == {
        "Verdicts broken": "2",
        "Verdicts that hold": "4",
        "Concern nothing": "0",
        "Undecided": "0",
    }
    assert "without meeting “A named host”?" in texts(app)


def test_a_journey_is_shown_as_a_table_too(app: AppTest):
    page(app, "journeys")
    assert not app.exception
    table = stops(app)
    assert list(table["Touchpoint"]) == ["Shop window", "Welcome", "Catalogue", "Reviews", "Till"]
    assert list(table["Markers"][1]) == ["A named host"]


def test_filters_narrow_the_table(app: AppTest):
    page(app, "journeys")
    app.multiselect(key="channels").select("web").run()
    assert list(stops(app)["Touchpoint"]) == ["Catalogue", "Reviews"]
    assert chosen(app, "channels") == "web"


def test_a_click_shows_the_details(app: AppTest):
    page(app, "journeys")
    app.session_state["touchpoint"] = "till"
    app.run()
    assert app.header[0].value == "Till"
    assert any("planned" in each.label for each in app.expander)
    assert "`journeys/visit.yaml:30:5`" in texts(app)


def test_a_path_is_walked_step_by_step(app: AppTest):
    page(app, "journeys")
    select(app, "witness", list(options(app, "witness"))[1])
    assert "Step 1 of 3" in texts(app)
    assert app.button(key="step-back").disabled
    app.button(key="step-next").click().run()
    assert "Step 2 of 3: **Catalogue**" in texts(app)
    app.button(key="step-next").click().run()
    assert app.button(key="step-next").disabled


def at_the_till(app: AppTest) -> AppTest:
    page(app, "journeys")
    app.session_state["touchpoint"] = "till"
    return app.run()


def markers(app: AppTest) -> list[dict[str, Any]]:
    """The markers to put on a touchpoint and to take off it."""
    return [each for group in given(app, "tags")["offered"] for each in group["toggles"]]


def put_on(app: AppTest, marker: str) -> AppTest:
    return send(app, "tags", "pressed", [marker, True])


def test_a_tag_answers_at_once_and_is_undone(app: AppTest, root: Path):
    before = (root / "journeys" / "visit.yaml").read_bytes()
    at_the_till(app)
    put_on(app, "named-host")
    assert "“A named host” put on “Till”" in texts(app)
    assert "2 mended" in texts(app)
    app.button(key="undo").click().run()
    assert "Undone: “A named host” put on “Till”" in texts(app)
    assert "2 newly broken" in texts(app)
    app.button(key="redo").click().run()
    assert "2 mended" in texts(app)
    assert (root / "journeys" / "visit.yaml").read_bytes() == before


def test_a_save_changes_the_file_there_alone(app: AppTest, root: Path):
    file = root / "journeys" / "visit.yaml"
    before = file.read_text("utf-8")
    at_the_till(app)
    put_on(app, "named-host")
    app.button(key="save").click().run()
    assert "Saved." in texts(app)
    after = file.read_text("utf-8")
    assert after != before
    assert [line for line in before.splitlines() if line not in after.splitlines()] == [
        "    markers: [farewell, {marker: named-host, status: planned}]"
    ]
    app.button(key="undo").click().run()
    app.button(key="save").click().run()
    assert file.read_text("utf-8") == before


def test_every_page_answers_with_what_is_unsaved(app: AppTest):
    at_the_till(app)
    put_on(app, "named-host")
    app.switch_page("page/overview.py").run()
    assert figures(app)["Verdicts broken"] == "0"


def test_what_is_unsaved_outlives_a_reload(app: AppTest):
    at_the_till(app)
    put_on(app, "named-host")
    visitor = AppTest.from_file(str(APP), default_timeout=30)
    visitor.query_params["work"] = chosen(app, "work")
    visitor.run()
    assert not visitor.button(key="undo").disabled
    visitor.button(key="save").click().run()
    assert "Saved." in texts(visitor)


def test_unsaved_work_that_nobody_has_before_them_is_offered(app: AppTest, root: Path):
    at_the_till(app)
    put_on(app, "named-host")
    visitor = AppTest.from_file(str(APP), default_timeout=30)
    visitor.run()
    assert "was left here" not in texts(visitor)
    for sign in (root / ".charter-studio" / "presence").iterdir():
        sign.unlink()
    visitor.run()
    assert "was left here" in texts(visitor)
    next(b for b in visitor.button if str(b.key).startswith("take-")).click().run()
    visitor.button(key="save").click().run()
    assert "named-host]" in (root / "journeys" / "visit.yaml").read_text("utf-8")


def test_what_a_colleague_saves_is_brought_together_with_what_is_unsaved(app: AppTest, root: Path):
    file = root / "journeys" / "visit.yaml"
    at_the_till(app)
    put_on(app, "named-host")
    file.write_text(file.read_text("utf-8").replace("owner: retail", "owner: sales"), "utf-8")
    app.run()
    app.button(key="save").click().run()
    saved = file.read_text("utf-8")
    assert "owner: sales" in saved
    assert "status: planned" not in saved


def test_what_a_colleague_took_off_meanwhile_is_asked_about(app: AppTest, root: Path):
    at_the_till(app)
    file = root / "journeys" / "visit.yaml"
    theirs = file.read_text("utf-8").replace("till", "desk")
    file.write_text(theirs, "utf-8")
    put_on(app, "named-host")
    assert "Somebody else changed the same thing otherwise." in texts(app)
    assert app.button(key="save").disabled
    assert file.read_text("utf-8") == theirs


def test_what_one_is_asked_about_stays_in_view_while_the_page_is_made_anew(
    app: AppTest, root: Path
):
    at_the_till(app)
    file = root / "journeys" / "visit.yaml"
    file.write_text(file.read_text("utf-8").replace("till", "desk"), "utf-8")
    put_on(app, "named-host")
    assert "Say for each what it is to be" not in texts(app)
    app.button(key="settle-open").click().run()
    app.run()
    assert "Say for each what it is to be" in texts(app)
    app.radio[0].set_value("theirs").run()
    app.button(key="settle-all").click().run()
    assert "The differences were settled." in texts(app)
    assert "Say for each what it is to be" not in texts(app)


def test_where_unsaved_work_cant_be_kept_people_are_told_and_can_save(app: AppTest, root: Path):
    """A file stands where the app would keep its own, which is refused as a full disk is."""
    (root / ".charter-studio").write_text("in the way")
    at_the_till(app)
    put_on(app, "named-host")
    assert not app.exception
    assert "save them before you close or reload this page" in "".join(w.value for w in app.warning)
    app.button(key="save").click().run()
    assert "Saved." in texts(app)
    assert "named-host]" in (root / "journeys" / "visit.yaml").read_text("utf-8")


def test_a_marker_that_is_not_for_a_channel_cannot_be_put_there(app: AppTest):
    page(app, "journeys")
    app.session_state["touchpoint"] = "catalogue"
    app.run()
    assert [each["id"] for each in markers(app) if each["is_disabled"]] == ["named-host"]


def test_french_is_spoken_where_the_address_says_so(app: AppTest):
    app.query_params["lang"] = "fr"
    app.run()
    assert "Chaque client est reçu comme un invité" in app.header[0].value
    assert given(app, "drop-down-lang")["chosen"] == "fr"
    assert "(50\N{NO-BREAK SPACE}% des cas" in texts(app)
    assert re.search(r"\d%", texts(app)) is None, "French parts the percent sign"


def test_an_invalid_workspace_is_told_as_the_terminal_does(app: AppTest, root: Path):
    visit = root / "journeys" / "visit.yaml"
    visit.write_text(visit.read_text("utf-8").replace("to: ", "").replace("[till]", "[tilll]"))
    app.run()
    assert not app.exception
    assert "journeys/visit.yaml:" in app.code[0].value
    assert "CH002" in app.code[0].value
    assert "“till”" in app.code[0].value


def test_a_workspace_without_its_charter_is_told(app: AppTest, root: Path):
    """Its journeys are there, so nobody is offered to begin."""
    (root / "charter.yaml").unlink()
    app.run()
    assert not app.exception
    assert "CH001" in app.code[0].value


def test_a_change_on_disk_is_seen(app: AppTest, root: Path):
    app.run()
    charter = root / "charter.yaml"
    charter.write_text(charter.read_text("utf-8").replace("Maison Lumière", "Casa Luce"), "utf-8")
    app.run()
    assert app.title[0].value == "Casa Luce"


def test_a_charter_without_journeys_is_shown(app: AppTest, root: Path):
    (root / "journeys" / "visit.yaml").unlink()
    for name in ("overview", "journeys", "consistency"):
        page(app, name)
        assert not app.exception


def test_texts_are_never_read_as_markup(app: AppTest, root: Path):
    charter = root / "charter.yaml"
    text = charter.read_text("utf-8")
    charter.write_text(text.replace("Maison Lumière", "'*A* [b](c) :red[d]'"), "utf-8")
    app.run()
    assert app.title[0].value.startswith("\\*A\\* \\[b\\]")


def test_what_is_waived_is_marked_and_asks_for_nothing(app: AppTest, root: Path):
    """It is listed with its reason, and isn't among what is to be mended first."""
    waivers = (
        "- {rule: host-everywhere, journey: visit, through: till, reason: Till to be moved.,"
        " owner: retail, expires: 2999-12-31}\n"
    )
    (root / "waivers.yaml").write_text(waivers, encoding="utf-8")
    app.run()
    assert "without meeting “A named host”?" not in texts(app)
    consistency = page(app, "consistency")
    assert not consistency.exception
    shown = texts(consistency)
    assert "what goes through “Till”: Till to be moved. (retail, until 2999-12-31)" in shown
    assert any("Waived" in told for told in findings_listed(consistency).values())
    answers = [
        str(answer) for answer in table_with(unfold(app, "unfold-verdicts"), "Answer")["Answer"]
    ]
    assert "Broken · Waived" in answers
