"""Nothing on any page of the app keeps anybody out, as far as axe-core can tell."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import barriers
from tests.browser.studio import Studio

pytestmark = [pytest.mark.browser, pytest.mark.at_length]


def pages(studio: Studio) -> list[str]:
    """Return the addresses of all pages, as the navigation lists them."""
    page = studio.open()
    links = page.locator("[data-testid=stTopNavLink]")
    expect(links.first).to_be_visible()
    found = links.evaluate_all("links => links.map(link => new URL(link.href).pathname.slice(1))")
    return [str(path) for path in found]


def drawn(studio: Studio) -> Page:
    """Wait until what a page draws later is there too."""
    page = studio.page
    studio.settle()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[data-testid=stSkeleton]:visible")).to_have_count(0, timeout=60_000)
    if page.locator(".frame").count():
        expect(studio.map).to_be_visible()
    page.wait_for_timeout(300)
    return page


def test_no_page_keeps_anybody_out(studio: Studio):
    """Each page that the navigation leads to, in light and dark."""
    found: dict[str, list[str]] = {}
    colours = set()
    for path in pages(studio):
        for scheme in ("light", "dark"):
            studio.page.emulate_media(color_scheme=scheme)
            if scheme == "light":
                studio.open(path)
            page = drawn(studio)
            found[f"/{path} {scheme}"] = barriers(page)
            app = page.locator("[data-testid=stApp]")
            colours.add(app.evaluate("app => getComputedStyle(app).backgroundColor"))
    assert len(found) > 4
    assert len(colours) == 2, "light and dark were looked at"
    assert {path: told for path, told in found.items() if told} == {}


def test_a_narrow_window_keeps_nobody_out(studio: Studio):
    """Where the navigation is folded away, and columns stand below each other."""
    studio.page.set_viewport_size({"width": 800, "height": 900})
    studio.open("journeys")
    assert barriers(drawn(studio)) == []


def test_what_keeps_people_out_is_found(page: Page, sample_address: str):
    """Else nothing would be proved."""
    page.goto(f"{sample_address}/_stcore/health")
    page.set_content(
        "<html lang=en><title>t</title><main><button></button>"
        "<p style='color:#aaa;background:#fff'>pale</p><img src='data:,'></main></html>"
    )
    assert [told.split(" ", 1)[0] for told in barriers(page)] == [
        "button-name",
        "color-contrast",
        "image-alt",
    ]
