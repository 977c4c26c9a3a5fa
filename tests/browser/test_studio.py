"""The app in a real browser, on the sample."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.studio import Studio

pytestmark = pytest.mark.browser

WITNESS_RED = (0xC6, 0x28, 0x1C)
IRRITANT_CHIP = (0xFB, 0xE5, 0xD2)


def test_something_is_seen_before_anything_is_fetched(page: Page, sample_address: str):
    """Streamlit's own page is empty until its scripts have come."""
    page.route("**/*.js", lambda route: route.abort())
    page.goto(sample_address, wait_until="domcontentloaded")
    sign = page.get_by_role("status")
    expect(sign).to_have_text("Charter studio")
    expect(sign.locator("svg")).to_be_visible()
    page.unroute("**/*.js")


def test_the_overview_opens_first(studio: Studio):
    page = studio.open()
    expect(page.get_by_role("heading", name="Maison Lumière", level=1)).to_be_visible()
    expect(page.get_by_text("Every customer is received as a guest")).to_be_visible()
    expect(page.get_by_text("Verdicts broken")).to_be_visible()
    expect(page.get_by_text("✕ Broken").first).to_be_visible()


def test_the_pages_are_one_click_apart(studio: Studio):
    page = studio.open()
    page.get_by_role("link", name="Journeys").click()
    expect(page.get_by_role("heading", name="Journeys", level=1)).to_be_visible()
    assert studio.map.get_attribute("data-stops") != "0"
    page.get_by_role("link", name="Consistency").click()
    expect(page.get_by_role("heading", name="Consistency", level=1)).to_be_visible()
    expect(studio.keyed("detail")).to_be_visible()


def test_a_click_on_a_touchpoint_shows_its_details(studio: Studio):
    studio.open("journeys?journey=buying")
    studio.click_stop("one-touch")
    expect(studio.keyed("touchpoint").get_by_role("heading").first).to_have_text(
        "One-touch payment"
    )
    assert "touchpoint=one-touch" in studio.page.url


@pytest.mark.at_length
def test_a_touchpoint_is_reached_with_the_keyboard_too(studio: Studio):
    page = studio.open("journeys?journey=buying")
    studio.map.locator(".canvas").focus()
    page.keyboard.press("ArrowRight")
    heard = studio.map.locator("[aria-live]")
    expect(heard).not_to_be_empty()
    first = heard.text_content()
    page.keyboard.press("ArrowDown")
    expect(heard).not_to_have_text(first or "")
    page.keyboard.press("Enter")
    expect(studio.keyed("touchpoint")).to_be_visible()


def test_the_path_that_breaks_a_rule_is_drawn_and_walked(studio: Studio):
    studio.open("journeys?journey=buying")
    assert studio.pixels(*WITNESS_RED) == 0
    studio.choose("witness", "A named host")
    expect(studio.keyed("walk")).to_contain_text("Step 1 of")
    expect(studio.map.locator(".legend")).to_contain_text("The path that breaks the rule")
    assert studio.pixels(*WITNESS_RED) > 500
    studio.page.get_by_role("button", name="Next step").click()
    expect(studio.keyed("walk")).to_contain_text("Step 2 of")
    assert "witness=" in studio.page.url


@pytest.mark.at_length
def test_irritants_have_a_sign_and_a_word_on_the_map(studio: Studio):
    """Where there are some; the legend says what the sign means."""
    meaning = "Irritant: a practice that the brand wants gone"
    studio.open("journeys?journey=after-sales")
    assert studio.pixels(*IRRITANT_CHIP) == 0
    expect(studio.map.locator(".legend")).not_to_contain_text(meaning)
    studio.open("journeys?journey=buying&touchpoint=reminder")
    expect(studio.map.locator(".legend")).to_contain_text(meaning)
    assert studio.pixels(*IRRITANT_CHIP) > 200
    expect(studio.keyed("touchpoint")).to_contain_text("irritant")


@pytest.mark.at_length
def test_a_finding_leads_to_its_path_on_the_map(studio: Studio):
    page = studio.open("consistency")
    studio.keyed("detail").get_by_role("radio", name="Walk the path").click()
    page.get_by_role("link", name="Walk this path on the map").click()
    expect(studio.keyed("walk")).to_contain_text("Step 1 of")
    assert studio.pixels(*WITNESS_RED) > 500


@pytest.mark.at_length
def test_a_finding_has_an_address(studio: Studio):
    """Opened in another tab, it shows the same finding."""
    page = studio.open("consistency")
    heading = studio.keyed("detail").get_by_role("heading").first
    first, address = heading.text_content() or "", page.url
    studio.keyed("findings").get_by_role("radio").nth(2).click()
    # The page answers a moment after the click: what stood there before must have gone.
    expect(heading).not_to_have_text(first)
    expect(page).not_to_have_url(address)
    expect(page).to_have_url(re.compile("finding="))
    studio.settle()
    told = heading.text_content()
    studio.open(page.url.removeprefix(f"{studio.address}/"))
    expect(heading).to_have_text(told or "")


def test_french_is_one_click_away(studio: Studio):
    page = studio.open()
    studio.choose("lang", "Français")
    expect(page.get_by_text("Chaque client est reçu comme un invité")).to_be_visible()
    journeys = page.get_by_role("navigation").get_by_role("link", name="Parcours", exact=True)
    expect(journeys).to_be_visible()
    assert "lang=fr" in page.url
    journeys.click()
    expect(studio.map.locator(".legend")).to_contain_text("Moment de vérité")


@pytest.mark.at_length
def test_the_map_is_named_and_its_buttons_too(studio: Studio):
    studio.open("journeys?journey=buying")
    canvas = studio.map.locator(".canvas")
    expect(canvas).to_have_attribute("aria-label", re.compile("Buying"))
    expect(studio.map.get_by_role("button")).to_have_count(3)
    before = studio.map.evaluate("frame => frame.stopPosition('one-touch')")
    studio.map.get_by_role("button", name="Zoom in").click()
    assert studio.map.evaluate("frame => frame.stopPosition('one-touch')") != before


@pytest.mark.at_length
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("overview", ""),
        ("journeys", "journeys?journey=buying"),
        ("consistency", "consistency"),
    ],
)
def test_no_page_is_wider_than_the_window(studio: Studio, name: str, path: str, scheme: str):
    """SCREENSHOTS names a folder to keep pictures of them in."""
    studio.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page = studio.open(path)
    for width in (1440, 800):
        page.set_viewport_size({"width": width, "height": 900})
        if name == "journeys":
            expect(studio.map).to_be_visible()
        if folder := os.environ.get("SCREENSHOTS"):
            page.wait_for_timeout(1500)
            page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png")
        # Charts follow the window a moment later.
        page.wait_for_function(
            "() => { const main = document.querySelector('[data-testid=stMain]');"
            " return main.scrollWidth <= main.clientWidth; }"
        )
