"""The page of consistency in a real browser: from a cell to what is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import SAMPLE
from tests.browser.studio import Studio

WITHIN = 60_000
"""Milliseconds for what is worked out beside the page, on a busy machine."""
WAIVERS = "waivers.yaml"


@pytest.fixture(autouse=True)
def _as_it_was(copy: Path) -> Iterator[None]:
    """What is written here is for no other test."""
    yield
    shutil.copytree(SAMPLE, copy, dirs_exist_ok=True)
    (copy / WAIVERS).unlink(missing_ok=True)


def cell(studio: Studio, told: str) -> Locator:
    """A cell of the matrix, by all that it says."""
    return studio.keyed("matrix").get_by_role("button", name=told)


def part(studio: Studio, name: str) -> None:
    studio.keyed("bar-finding-part").get_by_role("radio", name=name).click()


def test_a_cell_leads_to_its_repair_which_is_previewed_done_and_saved(
    studio_on_copy: Studio, copy: Path
):
    page = studio_on_copy.open("consistency")
    cell(studio_on_copy, "host-met, First visit: Broken 1").click()
    expect(studio_on_copy.keyed("findings").get_by_role("radio")).to_have_count(1)
    part(studio_on_copy, "Repair")
    detail = studio_on_copy.keyed("detail")
    expect(detail).to_contain_text("1 change mends it.", timeout=WITHIN)
    expect(detail).to_contain_text("Bring “A named host” to “Opening the box”")
    buying = (copy / "journeys" / "buying.yaml").read_text(encoding="utf-8")
    studio_on_copy.keyed("repair-do").get_by_role("button").click()
    expect(cell(studio_on_copy, "host-met, First visit: Holds")).to_be_visible()
    expect(page.locator(".st-key-state")).to_contain_text("put on “Opening the box”")
    page.keyboard.press("Control+s")
    expect(page.locator(".st-key-state")).to_contain_text("Saved.")
    now = (copy / "journeys" / "buying.yaml").read_text(encoding="utf-8")
    assert now != buying
    comments = [line for line in buying.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in now.splitlines() if line.lstrip().startswith("#")] == comments


@pytest.mark.at_length
def test_what_is_accepted_is_written_with_its_reason(studio_on_copy: Studio, copy: Path):
    page = studio_on_copy.open("consistency")
    part(studio_on_copy, "Accept")
    page.get_by_label("Reason").fill("The parcels are reprinted in spring.")
    page.get_by_label("Who answers for it").fill("Anne Delorme")
    page.keyboard.press("Enter")
    studio_on_copy.keyed("accept").get_by_role("button").click()
    expect(studio_on_copy.keyed("waiver-0")).to_contain_text("Anne Delorme")
    expect(studio_on_copy.keyed("findings")).to_contain_text("Waived")
    page.keyboard.press("Control+s")
    expect(page.locator(".st-key-state")).to_contain_text("Saved.")
    written = (copy / WAIVERS).read_text(encoding="utf-8")
    assert "rule: host-met" in written
    assert "reason: The parcels are reprinted in spring." in written
    assert "owner: Anne Delorme" in written


@pytest.mark.at_length
def test_a_path_is_walked_and_the_matrix_crossed_with_the_keyboard(studio_on_copy: Studio):
    page = studio_on_copy.open("consistency")
    part(studio_on_copy, "Walk the path")
    detail = studio_on_copy.keyed("detail")
    # The arrow keys are the choice's own as long as one is in it.
    detail.get_by_text("Step 1 of 7").click()
    page.keyboard.press("ArrowRight")
    expect(detail).to_contain_text("Step 2 of 7")
    page.keyboard.press("ArrowLeft")
    expect(detail).to_contain_text("Step 1 of 7")
    cell(studio_on_copy, "never-anonymous, First visit: Holds").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    chosen = cell(studio_on_copy, "host-met, Returning client: Broken 1")
    expect(chosen).to_be_focused()
    expect(detail).to_contain_text("Step 1 of 7")
    page.keyboard.press("Enter")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_focused()


@pytest.mark.at_length
def test_findings_are_chosen_with_the_keyboard_and_all_are_listed(studio_on_copy: Studio):
    """As radio buttons are: one stop for Tab, arrow keys that choose and go round."""
    page = studio_on_copy.open("consistency")
    found = studio_on_copy.keyed("findings")
    radios, heading = found.get_by_role("radio"), studio_on_copy.keyed("detail").locator("h3")
    expect(radios).to_have_count(12)
    expect(radios.first).to_be_checked()
    radios.first.focus()
    for key, place in (("ArrowDown", 1), ("ArrowRight", 2), ("Home", 0), ("ArrowUp", 11)):
        page.keyboard.press(key)
        expect(radios.nth(place)).to_be_focused()
        expect(radios.nth(place)).to_be_checked()
    expect(found.get_by_role("radio", checked=True)).to_have_count(1)
    expect(heading).to_have_text(radios.nth(11).locator(".title").evaluate(TITLE))
    expect(radios.nth(11)).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(radios).to_have_count(21)
    expect(radios.nth(12)).to_be_focused()
    expect(radios.nth(11)).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(heading).to_have_text(radios.nth(13).locator(".title").evaluate(TITLE))


TITLE = "title => title.lastChild.textContent"
"""What a finding asks, without its badges."""
