"""The page Identity, run without a browser."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charter.amendments import amended
from charter.expressing import adapted, expressed
from charter.studio.cells import Edit, cell_edits, marker_amendments
from charter.workspace import read_files
from tests.studio.carded import given, send
from tests.studio.test_app import texts

APP = Path(__file__).parents[2] / "charter" / "studio" / "app.py"
OPENED = 30


@pytest.fixture
def identity(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens the page on the small workspace, with what the address says."""

    def open_page(language: str = "en", **address: str) -> AppTest:
        monkeypatch.setattr(sys, "argv", [str(APP), str(root), language])
        app = AppTest.from_file(str(APP), default_timeout=OPENED)
        for key, said in address.items():
            app.query_params[key] = said
        return app.switch_page("page/identity.py").run()

    return open_page


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def edit(app: AppTest, block: str) -> AppTest:
    """Open the fields of a block by the pencil beside its title."""
    return send(app, f"title-{block}", "turned", "edit")


def save(app: AppTest) -> None:
    press(app, "save")
    assert "Saved." in texts(app)


def field(app: AppTest, kind: str, key: str):
    (found,) = [each for each in app.get(kind) if each.key == key]
    return found


def test_one_reads_who_the_brand_is(identity: Callable[..., AppTest]):
    app = identity()
    assert not app.exception
    said = texts(app)
    assert "“Every customer is received as a guest.”" in said
    assert "Hospitality" in said
    assert "2 markers make it concrete" in said
    assert "60% of customers" in said
    assert not app.text_area


def test_in_french_too(identity: Callable[..., AppTest]):
    app = identity("fr", part="markers")
    assert not app.exception
    assert app.title[0].value == "Identité"
    said = texts(app)
    assert "Chaque client est reçu comme un invité" in said
    assert "Vit sur 1 point de contact" in said


def test_the_promise_is_said_otherwise_and_the_french_stays(
    identity: Callable[..., AppTest], root: Path
):
    app = press(identity(), "edit-promise")
    before = (root / "charter.yaml").read_text("utf-8")
    field(app, "text_area", "field-charter-promise-en").set_value("You are at home.").run()
    assert "The promise said otherwise" in texts(app)
    save(app)
    now = "promise: {en: You are at home., fr: Chaque client est reçu comme un invité.}"
    after = (root / "charter.yaml").read_text("utf-8")
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [now]
    press(app, "undo")
    save(app)
    assert (root / "charter.yaml").read_text("utf-8") == before


def test_a_name_that_is_missing_is_asked_for(identity: Callable[..., AppTest], root: Path):
    app = press(identity(), "edit-promise")
    field(app, "text_input", "field-charter-brand-en").set_value("  ").run()
    assert "A brand has a name." in texts(app)
    assert app.button(key="save").disabled


@pytest.mark.parametrize(
    "typed", ["x" * 500, "مرحبا بكم", "<img src=x onerror=alert(1)>", ":red[*A*] [b](c)"]
)
def test_odd_names_are_taken_as_they_are(identity: Callable[..., AppTest], root: Path, typed: str):
    app = press(identity(), "edit-promise")
    field(app, "text_input", "field-charter-brand-en").set_value(typed).run()
    press(app, "done-promise")
    assert not app.exception
    assert typed in texts(app)
    save(app)
    files = {"charter.yaml": (root / "charter.yaml").read_bytes()}
    assert read_files(files).charter.brand.in_language("en") == typed


def test_a_text_in_the_other_language_alone_is_to_be_translated(
    identity: Callable[..., AppTest], root: Path
):
    charter = root / "charter.yaml"
    charter.write_text(
        charter.read_text("utf-8").replace(", fr: Chaque client est reçu comme un invité.}", "}"),
        "utf-8",
    )
    app = identity("fr")
    assert "Seulement en anglais pour l’instant." in texts(app)
    press(app, "edit-promise")
    area = field(app, "text_area", "field-charter-promise-fr")
    assert (area.value, area.placeholder) == ("", "Every customer is received as a guest.")
    area.set_value("Vous êtes chez vous.").run()
    press(app, "save")
    said = "promise: {en: Every customer is received as a guest., fr: Vous êtes chez vous.}"
    assert said in charter.read_text("utf-8")


def test_the_posture_is_edited_as_chips(identity: Callable[..., AppTest], root: Path):
    app = edit(identity(), "posture")
    app.multiselect(key="posture-is-en").set_value(["attentive", "plain-spoken"]).run()
    assert "Posture said otherwise" in texts(app)
    save(app)
    posture = read_files({"charter.yaml": (root / "charter.yaml").read_bytes()}).charter.posture
    assert posture is not None
    assert [word.texts for word in posture.is_] == [
        (("en", "attentive"),),
        (("en", "plain-spoken"),),
    ]


def test_values_are_added_and_moved(identity: Callable[..., AppTest], root: Path):
    app = edit(identity(), "values")
    app.text_input(key="new-value").set_value("Hospitality").run()
    press(app, "add-value")
    assert "“Hospitality” added" in texts(app)
    press(app, "move-value-hospitality-2-up")
    save(app)
    values = read_files({"charter.yaml": (root / "charter.yaml").read_bytes()}).charter.values
    assert [value.id for value in values] == ["hospitality-2", "hospitality"]


def test_a_value_goes_from_its_markers_too(identity: Callable[..., AppTest], root: Path):
    app = edit(identity(), "values")
    press(app, "take-value-hospitality")
    assert "It goes from the marker “A named host” and the marker “A farewell”, too." in texts(app)
    press(app, "taking-off-do")
    save(app)
    charter = read_files({"charter.yaml": (root / "charter.yaml").read_bytes()}).charter
    assert charter.values == ()
    assert charter.markers_by_id["named-host"].values == ()


def test_a_channel_that_is_used_stays_and_what_names_it_is_told(
    identity: Callable[..., AppTest], root: Path
):
    app = edit(identity(), "channel")
    press(app, "take-channel-web")
    told = texts(app)
    assert "“Website” can't be taken off yet" in told
    assert "the touchpoint “Catalogue” of “A visit”" in told
    assert app.button(key="save").disabled


def test_segments_have_a_weight_and_a_priority(identity: Callable[..., AppTest], root: Path):
    app = edit(identity(), "segment")
    app.number_input(key="field-segment-loyal-weight").set_value(20.5).run()
    app.selectbox(key="field-segment-loyal-priority").set_value("high").run()
    app.number_input(key="field-segment-loyal-weight").set_value(0.0).run()
    assert "A weight is a number greater than 0." in texts(app)
    save(app)
    text = (root / "charter.yaml").read_text("utf-8")
    assert "{id: loyal, name: {en: Loyal guest, fr: Fidèle}, weight: 20.5, priority: high}" in text


def test_markers_are_cards_that_say_where_they_live(identity: Callable[..., AppTest]):
    app = identity(part="markers")
    said = texts(app)
    assert "Lives on 1 touchpoint" in said
    assert "planned on 1 more" in said
    assert "Gone: on no touchpoint" in said
    assert "Met in 50% of cases, if every choice were equally likely." in said
    assert "% of customers" not in said


def test_a_marker_is_added_behind_those_of_its_role(identity: Callable[..., AppTest], root: Path):
    app = identity(part="markers")
    press(app, "add-marker")
    assert "A marker has a name" in texts(app)
    app.text_input(key="new-marker-name").set_value("A named host").run()
    press(app, "add-marker")
    assert "Marker “A named host” added" in texts(app)
    assert app.query_params["marker"] in ("a-named-host", ["a-named-host"])
    assert "On no touchpoint yet." in texts(app)
    save(app)
    charter = read_files({"charter.yaml": (root / "charter.yaml").read_bytes()}).charter
    assert list(charter.markers_by_id) == ["named-host", "farewell", "a-named-host", "nagging"]


def test_a_marker_that_rules_name_stays(identity: Callable[..., AppTest]):
    app = press(identity(marker="named-host"), "take-marker")
    assert "can't be taken off yet. First change what names it: the rule “host-everywhere”." in (
        texts(app)
    )


def test_a_marker_that_only_tags_name_goes_with_them(identity: Callable[..., AppTest], root: Path):
    charter = root / "charter.yaml"
    rule = "  - {id: farewell-everywhere, kind: carries, markers: [farewell]}\n"
    charter.write_text(charter.read_text("utf-8").replace(rule, ""), "utf-8")
    app = press(identity(marker="farewell"), "take-marker")
    assert "It goes from the touchpoint “Till” of “A visit”, too." in texts(app)
    press(app, "taking-off-do")
    assert "“A farewell” taken off" in texts(app)
    save(app)
    assert "farewell" not in charter.read_text("utf-8")
    assert "farewell" not in (root / "journeys" / "visit.yaml").read_text("utf-8")


def test_a_marker_is_read_through_today(identity: Callable[..., AppTest]):
    app = press(identity(marker="named-host"), "reviewed-named-host")
    assert "“A named host” read through today" in texts(app)
    assert "reviewed-named-host" not in {button.key for button in app.button}


def test_an_expression_is_edited_with_what_to_do(identity: Callable[..., AppTest], root: Path):
    app = press(identity(marker="named-host"), "edit-expression-named-host-store")
    before = (root / "charter.yaml").read_text("utf-8")
    areas = [each for each in app.text_area if each.key and each.key.startswith("expression-")]
    by_part = {str(each.key).rsplit("-", 1)[-1]: each for each in areas}
    assert by_part["text"].value == "The host gives their first name."
    by_part["do"].set_value("Stand up.\nSmile.").run()
    save(app)
    after = (root / "charter.yaml").read_text("utf-8")
    expression = read_files({"charter.yaml": after.encode()}).charter.markers[0].expressions
    assert [words.in_language("en") for words in expression["store"].do] == ["Stand up.", "Smile."]
    assert expression["store"].text is not None
    assert expression["store"].text.in_language("en") == "The host gives their first name."
    assert before != after


def test_a_link_to_a_marker_that_isnt_there_shows_all(identity: Callable[..., AppTest]):
    app = identity(marker="nobody", part="markers")
    assert not app.exception
    assert "Signature markers" in texts(app)


def test_gaps_are_told_in_words(identity: Callable[..., AppTest]):
    app = identity(part="expressions")
    assert not app.exception
    assert "1 expression is still to be written" in texts(app)


@pytest.mark.parametrize("part", ["who", "markers", "expressions", "adaptations"])
def test_a_charter_without_values_segments_or_journeys_is_shown(
    identity: Callable[..., AppTest], root: Path, part: str
):
    (root / "journeys" / "visit.yaml").unlink()
    (root / "charter.yaml").write_text(
        "charter: 1\nbrand: B\nchannels: [{id: store}]\nstages: [{id: buy}]\n"
        "markers: [{id: host, name: A host}]\n",
        "utf-8",
    )
    assert not identity(part=part).exception


FILES = {
    "charter.yaml": b"charter: 1\nbrand: B\nchannels: [{id: store}, {id: web}]\n"
    b"segments: [{id: loyal}]\nstages: [{id: buy}]\nmarkers: [{id: hand, name: By hand}]\n",
    "markers/host.yaml": b"# Ours.\nid: host\nname: {en: A host}\n"
    b"expressions: {store: A name.}  # so\n",
    "rules.yaml": b"- {id: all, kind: carries, markers: [host]}\n",
}


def test_what_was_typed_where():
    state = {
        "edited_rows": {1: {"web": None, "gone": "x"}, 0: {"store": "A name."}, 9: {"web": "x"}}
    }
    assert list(cell_edits(state, ["host", "hand"], ["store", "web"])) == [
        Edit("host", "store", "A name."),
        Edit("hand", "web", ""),
    ]
    assert list(cell_edits({}, ["host"], ["store"])) == []


def test_cells_change_the_file_that_holds_the_marker_alone():
    """Of a charter in parts, too; a new text is said by language where the name is."""
    read_files(FILES)
    edits = [Edit("host", "store", "Two names."), Edit("host", "web", "Une page.")]
    assert amended(FILES, marker_amendments(FILES, edits, "fr", expressed)) == {
        "markers/host.yaml": b"# Ours.\nid: host\nname: {en: A host}\n"
        b"expressions: {store: Two names., web: {fr: Une page.}}  # so\n"
    }
    theirs = marker_amendments(FILES, [Edit("hand", "loyal", "Theirs.")], "en", adapted)
    changed = amended(FILES, theirs)
    assert list(changed) == ["charter.yaml"]
    assert b"{id: hand, name: By hand, adaptations: {loyal: Theirs.}}" in changed["charter.yaml"]
    assert marker_amendments(FILES, [Edit("host", "store", "A name.")], "en", expressed) == []


def test_what_a_colleague_says_otherwise_meanwhile_is_asked_about(
    identity: Callable[..., AppTest], root: Path
):
    app = press(identity(), "edit-promise")
    charter = root / "charter.yaml"
    field(app, "text_area", "field-charter-promise-en").set_value("You are at home.").run()
    theirs = charter.read_text("utf-8").replace("Every customer", "Everybody")
    charter.write_text(theirs, "utf-8")
    app.run()
    assert "Somebody else changed the same thing otherwise." in texts(app)
    assert app.button(key="save").disabled
    assert charter.read_text("utf-8") == theirs


def test_a_pencil_opens_a_block_and_puts_it_away_again(identity: Callable[..., AppTest]):
    def deeds(app: AppTest) -> list[str]:
        return [each["name"] for each in given(app, "title-values")["deeds"]]

    app = identity()
    assert deeds(app) == ["edit"]
    edit(app, "values")
    assert deeds(app) == ["done"]
    send(app, "title-values", "turned", "done")
    assert deeds(app) == ["edit"]
    send(app, "title-values", "turned", {"edit": True})
    assert deeds(app) == ["edit"]
