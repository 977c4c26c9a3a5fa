"""The journeys page as a visitor edits on it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.studio import Studio

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)> \N{ARABIC LETTER ALEF}\N{ARABIC LETTER BEH} " + "x" * 470


def test_a_click_an_edit_a_save_and_the_files_comments_stay(studio_on_copy: Studio, copy: Path):
    """The change is taken back with the keyboard, and saved so."""
    file = copy / "journeys" / "buying.yaml"
    before = file.read_text("utf-8")
    page = studio_on_copy.open("journeys?journey=buying")
    studio_on_copy.click_stop("one-touch")
    panel = studio_on_copy.keyed("touchpoint")
    panel.get_by_role("radio", name="What it is").click()
    name = panel.get_by_label("Name", exact=True)
    name.fill("Paid with a thumb")
    page.keyboard.press("Tab")
    expect(panel.get_by_role("heading").first).to_have_text("Paid with a thumb")
    page.keyboard.press("Control+s")
    expect(studio_on_copy.keyed("state")).to_contain_text("Saved.")
    after = file.read_text("utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] != []
    assert [x for x in before.splitlines() if x.strip().startswith("#")] == [
        x for x in after.splitlines() if x.strip().startswith("#")
    ]
    page.keyboard.press("Alt+z")
    expect(panel.get_by_role("heading").first).to_have_text("One-touch payment")
    page.keyboard.press("Control+s")
    expect(studio_on_copy.keyed("state")).to_contain_text("Saved.")
    assert file.read_text("utf-8") == before


@pytest.mark.at_length
def test_a_hostile_name_is_shown_as_it_is(studio_on_copy: Studio):
    """Nothing of it runs, and the page is no wider for it."""
    page = studio_on_copy.open("journeys?journey=buying&touchpoint=one-touch")
    panel = studio_on_copy.keyed("touchpoint")
    panel.get_by_role("radio", name="What it is").click()
    panel.get_by_label("Name", exact=True).fill(HOSTILE)
    page.keyboard.press("Tab")
    expect(panel.get_by_role("heading").first).to_contain_text("<img src=x onerror=alert(1)>")
    expect(studio_on_copy.map).to_be_visible()
    page.wait_for_function(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main.scrollWidth <= main.clientWidth; }"
    )
