"""The app while the files of its workspace change, and whatever they hold."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.studio import Studio

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(autouse=True)
def as_it_was(copy: Path):
    """The files are put back after each test."""
    before = {path: path.read_bytes() for path in copy.rglob("*.yaml")}
    yield
    for path, content in before.items():
        path.write_bytes(content)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_change_on_disk_is_shown_by_itself(studio_on_copy: Studio, copy: Path):
    page = studio_on_copy.open()
    replace(copy / "charter.yaml", "brand: Maison Lumière", "brand: Casa Luce")
    heading = page.get_by_role("heading", name="Casa Luce", level=1)
    expect(heading).to_be_visible(timeout=10_000)


@pytest.mark.at_length
def test_an_invalid_file_is_told_and_mended(studio_on_copy: Studio, copy: Path):
    """As the terminal tells it, never as a traceback; mended, the page comes back."""
    page = studio_on_copy.open()
    replace(copy / "charter.yaml", "brand: Maison Lumière", "brnad: Maison Lumière")
    code = page.locator("[data-testid=stCode]")
    expect(code).to_contain_text("charter.yaml:", timeout=10_000)
    expect(code).to_contain_text("brnad")
    expect(page.get_by_text("Traceback")).to_have_count(0)
    replace(copy / "charter.yaml", "brnad: Maison Lumière", "brand: Maison Lumière")
    heading = page.get_by_role("heading", name="Maison Lumière", level=1)
    expect(heading).to_be_visible(timeout=10_000)


@pytest.mark.at_length
def test_markup_in_texts_is_shown_and_never_run(studio_on_copy: Studio, copy: Path):
    """In the brand, a marker, a channel, a touchpoint, a rule's reason: everywhere as written."""
    charter, buying = copy / "charter.yaml", copy / "journeys" / "buying.yaml"
    replace(charter, "brand: Maison Lumière", f"brand: '{HOSTILE}'")
    replace(charter, "name: {en: A named host,", f"name: {{en: '{HOSTILE}',")
    replace(charter, "name: {en: App,", f"name: {{en: '{HOSTILE}',")
    replace(buying, "name: {en: One-touch payment,", f"name: {{en: '{HOSTILE}',")
    page = studio_on_copy.open()
    expect(page.get_by_role("heading", name=HOSTILE, level=1)).to_be_visible()
    studio_on_copy.open("journeys?journey=buying&touchpoint=one-touch")
    expect(studio_on_copy.map).to_be_visible()
    studio_on_copy.click_stop("app-receipt")
    expect(studio_on_copy.keyed("touchpoint")).to_contain_text("<script>")
    at = studio_on_copy.map.evaluate("frame => frame.stopPosition('one-touch')")
    page.mouse.move(at["x"], at["y"])
    page.wait_for_timeout(600)
    expect(studio_on_copy.map.locator(".vis-tooltip")).to_contain_text("<script>")
    studio_on_copy.open("consistency")
    expect(studio_on_copy.keyed("detail")).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
