"""Working on a charter in the app: alone, beside colleagues, and when things go wrong."""

import shutil
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from charter.studio.news import ADDRESS
from tests.browser.conftest import SAMPLE
from tests.browser.studio import Studio

pytestmark = pytest.mark.browser

ACTION = "plan?action=q4/sign-the-box"
OWNER = "field-action-q4-sign-the-box-owner"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample, each test its own; without rules, whose repairs take long to rank."""
    copy = tmp_path / "maison-lumiere"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns(".charter-studio"))
    charter = copy / "charter.yaml"
    charter.write_text(charter.read_text("utf-8").partition("\nrules:\n")[0] + "\n", "utf-8")
    return copy


@pytest.fixture
def anne(page: Page, sample_address: str, folder: Path) -> Studio:
    """Somebody at work."""
    return Studio(page, sample_address, folder)


@pytest.fixture
def paul(colleagues_page: Page, sample_address: str, folder: Path) -> Studio:
    """A colleague of hers, on another machine as it were."""
    return Studio(colleagues_page, sample_address, folder)


def plan(folder: Path) -> Path:
    return folder / "plans" / "q4.yaml"


def is_news(response: Response) -> bool:
    return urlsplit(response.url).path == f"/{ADDRESS}"


def type_owner(studio: Studio, text: str, key: str = "Enter") -> None:
    field = studio.keyed(OWNER).locator("input")
    field.fill(text)
    field.press(key)


def drag(page: Page, what: Locator, to: Locator) -> None:
    """Carry something with the mouse, as a hand does: by way of what lies between."""
    what.hover()
    page.mouse.down()
    place = to.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 60, place["y"] + 60, steps=10)
    page.mouse.up()


@pytest.mark.at_length
def test_ctrl_s_saves_what_is_being_typed(anne: Studio, folder: Path):
    """The field that one is in counts too, and nothing but its span of the file changes."""
    before = plan(folder).read_text("utf-8")
    anne.open(ACTION)
    type_owner(anne, "the packers", key="Control+s")
    expect(anne.keyed("state")).to_contain_text("Saved.")
    assert plan(folder).read_text("utf-8") == before.replace(
        "    owner: workshop\n    due: 2026-12-05", "    owner: the packers\n    due: 2026-12-05"
    )


def test_an_action_is_moved_by_dragging_its_card_or_by_its_button(anne: Studio, folder: Path):
    """Whoever goes by the keyboard is still at that card, and can go on."""
    before = plan(folder).read_text("utf-8")
    page = anne.open("plan")
    board = anne.keyed("plan-board")
    columns = {name: board.get_by_role("region", name=name) for name in ("Idea", "Decided", "Done")}
    card = board.get_by_role("listitem").filter(has_text="signs the card")
    drag(page, card, columns["Idea"])
    expect(anne.keyed("state")).to_contain_text("is now: idea")
    expect(columns["Idea"]).to_contain_text("signs the card")
    button = card.get_by_role("button", name="Decided")
    button.focus()
    page.keyboard.press("Enter")
    expect(columns["Decided"]).to_contain_text("signs the card")
    expect(card.get_by_role("button", name="Idea")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(anne.keyed("state")).to_contain_text("Saved.")
    assert plan(folder).read_text("utf-8") == before.replace("status: doing", "status: decided")


def test_what_is_unsaved_outlives_a_reload(anne: Studio, folder: Path):
    before = plan(folder).read_text("utf-8")
    page = anne.open(ACTION)
    type_owner(anne, "the packers")
    expect(anne.keyed("state")).to_contain_text("was changed")
    page.reload()
    anne.settle()
    expect(anne.keyed(OWNER).locator("input")).to_have_value("the packers")
    assert plan(folder).read_text("utf-8") == before
    page.keyboard.press("Alt+z")
    expect(anne.keyed(OWNER).locator("input")).to_have_value("workshop")


def test_a_colleagues_save_is_here_within_three_seconds(anne: Studio, paul: Studio, folder: Path):
    anne.open(ACTION)
    paul.open(ACTION)
    type_owner(paul, "the packers")
    expect(paul.keyed("state")).to_contain_text("was changed")
    paul.page.keyboard.press("Control+s")
    expect(paul.keyed("state")).to_contain_text("Saved.")
    saved = time.monotonic()
    expect(anne.keyed(OWNER).locator("input")).to_have_value("the packers", timeout=15_000)
    # 3 s on a quiet machine; tests share theirs.
    assert time.monotonic() - saved < 10


def test_where_nothing_but_streamlit_is_served_a_save_is_seen_as_well(anne: Studio, folder: Path):
    """`streamlit run app.py` answers with a page of its own where news are asked for."""
    anne.page.route(
        f"**/{ADDRESS}*", lambda asked: asked.fulfill(body="<html>", content_type="text/html")
    )
    anne.open("identity")
    file = folder / "charter.yaml"
    file.write_text(file.read_text("utf-8").replace("received as a guest", "a guest"), "utf-8")
    expect(anne.page.get_by_test_id("stToast")).to_contain_text("Somebody saved", timeout=15_000)
    expect(anne.page.get_by_text("Every customer is a guest")).to_be_visible()


def test_a_page_to_which_nothing_happens_leaves_streamlit_alone(anne: Studio):
    sent: list[str | bytes] = []
    anne.page.on("websocket", lambda socket: socket.on("framesent", lambda said: sent.append(said)))
    anne.open("identity")
    news = [anne.page.wait_for_event("response", is_news).text() for _ in range(2)]
    before = len(sent)
    news.append(anne.page.wait_for_event("response", is_news).text())
    assert news == ["none"] * 3
    assert before > 0
    assert len(sent) == before


@pytest.mark.at_length
def test_two_people_in_one_field_lose_nothing(anne: Studio, paul: Studio, folder: Path):
    anne.open(ACTION)
    paul.open(ACTION)
    type_owner(anne, "Anne's people")
    expect(anne.keyed("state")).to_contain_text("was changed")
    type_owner(paul, "Paul's people", key="Control+s")
    expect(paul.keyed("state")).to_contain_text("Saved.")
    expect(anne.keyed("settle")).to_contain_text("changed the same thing", timeout=15_000)
    expect(anne.keyed("save").locator("button")).to_be_disabled()
    anne.keyed("settle-open").locator("button").click()
    dialog = anne.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Anne's people")
    expect(dialog).to_contain_text("Paul's people")
    assert "Paul's people" in plan(folder).read_text("utf-8")


@pytest.mark.at_length
def test_a_workspace_that_becomes_invalid_keeps_what_is_unsaved(anne: Studio, folder: Path):
    page = anne.open(ACTION)
    type_owner(anne, "the packers")
    expect(anne.keyed("state")).to_contain_text("was changed")
    charter = folder / "charter.yaml"
    text = charter.read_text("utf-8")
    charter.write_text(text.replace("brand:", "brnad:"), "utf-8")
    expect(page.get_by_text("Your unsaved changes are kept")).to_be_visible(timeout=15_000)
    charter.write_text(text, "utf-8")
    expect(anne.keyed(OWNER).locator("input")).to_have_value("the packers", timeout=15_000)


@pytest.mark.at_length
def test_a_folder_that_cant_be_written_is_told_and_nothing_is_lost(anne: Studio, folder: Path):
    page = anne.open(ACTION)
    type_owner(anne, "the packers")
    expect(anne.keyed("state")).to_contain_text("was changed")
    # What stands in the way of root too: a folder where the file is to be.
    file = plan(folder)
    content = file.read_bytes()
    file.unlink()
    file.mkdir()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Your unsaved changes are kept")).to_be_visible(timeout=15_000)
    file.rmdir()
    file.write_bytes(content)
    expect(anne.keyed(OWNER).locator("input")).to_have_value("the packers", timeout=15_000)
    # The page is shown from above: keys are heard once all of it is there again. (The first key
    # may have been, too: it saves what it finds within some seconds.)
    expect(anne.keyed("save").locator("button")).to_be_visible()
    anne.settle()
    page.keyboard.press("Control+s")
    expect(anne.keyed("state")).to_contain_text("Saved.")
    assert "the packers" in file.read_text("utf-8")
