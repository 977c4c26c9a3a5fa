"""The page Identity in a real browser: what is typed reaches the charter, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.studio import Studio

HEADER, ROW = 35, 92
"""How high the header of the table is, and each of its rows."""
MARKERS, MISSING, CELL = 190, 160, 250
"""How wide its columns are."""


@pytest.fixture
def charter(copy: Path) -> Iterator[Path]:
    """The charter of the copy, as it was once the test is done."""
    file = copy / "charter.yaml"
    before = file.read_bytes()
    yield file
    file.write_bytes(before)


def save(studio: Studio) -> None:
    studio.keyed("save").get_by_role("button").click()
    expect(studio.keyed("state")).to_contain_text("Saved.")


@pytest.mark.at_length
def test_the_promise_is_edited_in_french_and_the_english_stays(
    studio_on_copy: Studio, charter: Path
):
    before = charter.read_text("utf-8")
    page = studio_on_copy.open("identity?lang=fr")
    expect(page.get_by_role("heading", name="Identité")).to_be_visible()
    studio_on_copy.keyed("edit-promise").get_by_role("button").click()
    field = studio_on_copy.keyed("field-charter-promise-fr").get_by_role("textbox")
    field.fill("Vous êtes ici chez vous.")
    field.press("Control+Enter")
    expect(studio_on_copy.keyed("state")).to_contain_text("Promesse reformulée")
    studio_on_copy.keyed("save").get_by_role("button").click()
    expect(studio_on_copy.keyed("state")).to_contain_text("Enregistré")
    was = "Chaque client est reçu comme un invité et rentre chez lui avec la bonne lumière."
    assert charter.read_text("utf-8") == before.replace(was, "Vous êtes ici chez vous.")


def test_a_cell_of_the_table_is_edited_in_place(studio_on_copy: Studio, charter: Path):
    """Only its span of the file changes: comments, French and what to do stay."""
    before = charter.read_text("utf-8")
    page = studio_on_copy.open("identity?part=expressions")
    table = page.locator("[class*=st-key-expressions-] canvas").first
    expect(table).to_be_visible()
    box = table.bounding_box()
    assert box is not None
    x, y = box["x"] + MARKERS + MISSING + CELL / 2, box["y"] + HEADER + ROW / 2
    page.mouse.click(x, y)
    page.mouse.dblclick(x, y)
    page.locator("#portal textarea").fill("The host gives their first name: first of all.")
    page.keyboard.press("Enter")
    told = "How “A named host” shows on “Boutique” said otherwise"
    expect(studio_on_copy.keyed("state")).to_contain_text(told)
    save(studio_on_copy)
    was = "The host comes towards the door and gives their first name before any question."
    now = '"The host gives their first name: first of all."'
    assert charter.read_text("utf-8") == before.replace(f"en: {was}", f"en: {now}")


@pytest.mark.at_length
def test_a_new_marker_can_be_put_on_a_touchpoint_at_once(studio_on_copy: Studio):
    page = studio_on_copy.open("identity?part=markers")
    studio_on_copy.keyed("new-marker").get_by_role("button").click()
    name = studio_on_copy.keyed("new-marker-name").get_by_role("textbox")
    name.fill("A hand-written card")
    name.press("Enter")
    studio_on_copy.settle()
    studio_on_copy.keyed("add-marker").get_by_role("button").click()
    expect(page.get_by_role("heading", name="A hand-written card")).to_be_visible()
    page.get_by_role("link", name="To the journeys").click()
    studio_on_copy.settle()
    studio_on_copy.choose("journey", "Choosing a lamp")
    studio_on_copy.settle()
    studio_on_copy.click_stop("window")
    expect(page.get_by_text("A hand-written card").first).to_be_visible()
    studio_on_copy.keyed("undo").get_by_role("button").click()
    expect(studio_on_copy.keyed("state")).to_contain_text("Undone")
