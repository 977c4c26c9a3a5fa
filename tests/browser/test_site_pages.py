"""The site as files, opened in Chromium offline: it finds, it fits, it runs nothing but its own."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from charter.book import Edition
from charter.checker import Checked
from charter.messages import Language, Speaker, visible
from charter.site import addresses, site_of
from charter.usecases.check import check_workspace
from charter.usecases.exporting import export_folder
from charter.workspace import read_files
from tests.browser.conftest import SAMPLE
from tests.browser.test_report_page import PAYLOADS, TODAY, Visit, hostile
from tests.browser.test_report_page import visit as visit

pytestmark = pytest.mark.browser

EDITION = Edition(TODAY, "abc1234")
TOGETHER = 5
"""So many payloads stand in one text: making a site takes longer than all else."""

KINDS = (
    addresses.INDEX,
    addresses.IDENTITY,
    addresses.MARKERS,
    addresses.marker("m"),
    addresses.journey("j"),
    addresses.rule("met"),
    addresses.BY_TARGET,
)
"""A page of each kind."""


def saying(words: str) -> Checked:
    """A workspace, plans and all, that says these words in every text it has."""
    said = json.dumps(words)
    plan = f"""
plan: p
name: {said}
actions:
  - {{id: a, what: {said}, owner: {said}, how: {said}, effect: {said}, marker: n, channels: [c]}}
"""
    return check_workspace(read_files({**hostile(words).sources, "plans/p.yaml": plan}), TODAY)


def written(site: Mapping[str, str], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in site.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a workspace with long words, words from right to left, and markup in names."""
    words = f"Lumière {'x' * 200} مرحبا ☕ ✨ <b>bold</b> &amp; {'word ' * 55}"
    site = site_of(saying(words), Speaker(Language.FRENCH), EDITION, TODAY)
    return written(site, tmp_path_factory.mktemp("site"))


def test_nothing_that_anybody_wrote_is_run_or_fetched(visit: Visit, tmp_path: Path):
    """Each payload in every text field, on pages of each kind joined into one, and in search."""
    bodies: list[str] = []
    told: list[str] = []
    first: Mapping[str, str] = {}
    for number, start in enumerate(range(0, len(PAYLOADS), TOGETHER)):
        payload = " ".join(PAYLOADS[start : start + TOGETHER])
        site = site_of(saying(payload), Speaker(Language.ENGLISH), EDITION, TODAY)
        first = first or site
        told += [re.sub(r"\s+", "", visible(each)) for each in payload.split(" ") if each]
        for kind in KINDS:
            bodies += re.findall(r"(?s)<body>(.*)</body>", site[kind])
        if number % 3 == 0:
            _search(visit, written(site, tmp_path / str(number)), payload)
    head, _, rest = first[addresses.INDEX].partition("<body>")
    whole = {**first, addresses.INDEX: f"{head}<body>{''.join(bodies)}</body></html>"}
    assert rest
    page, file = visit.page, written(whole, tmp_path / "whole") / addresses.INDEX
    visit.happened.clear()
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    page.mouse.move(300, 300)
    style = (file.parent / addresses.STYLE).as_uri()
    assert visit.happened == [f"request {file.as_uri()}", f"request {style}"]
    assert page.evaluate("window.ran") is None
    names = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name))"
    )
    assert not any(name.startswith("on") for name in names)
    elements = set(page.evaluate("[...document.querySelectorAll('*')].map(e => e.tagName)"))
    assert elements.isdisjoint({"SCRIPT", "IFRAME", "OBJECT", "EMBED", "BASE", "B", "IMG", "VIDEO"})
    shown = re.sub(r"\s+", "", page.inner_text("body"))
    for payload in told:
        assert shown.count(payload) >= 10, payload


def _search(visit: Visit, folder: Path, payload: str) -> None:
    """Find what is called like a payload, by the script of the page."""
    page = visit.page
    visit.happened.clear()
    page.goto((folder / addresses.SEARCH).as_uri())
    page.fill("#words", payload.split()[0][:40])
    found = page.locator("#results li")
    assert found.count() > 0, payload
    assert "".join(payload.split()) in re.sub(r"\s+", "", page.inner_text("#results"))
    assert page.evaluate("window.ran") is None
    assert all(re.fullmatch(r"request file:\S+", each) for each in visit.happened), payload


def test_search_finds_a_marker_by_its_name_and_leads_to_it(visit: Visit, folder: Path):
    """Asked from any page, without accents or capitals."""
    page = visit.page
    page.goto((folder / addresses.MARKERS).as_uri())
    page.fill("#find", "LUMIERE bold")
    page.press("#find", "Enter")
    page.wait_for_selector("#results a")
    assert page.url.startswith((folder / addresses.SEARCH).as_uri())
    page.locator(f'#results a[href="{addresses.marker("m")}"]').click()
    assert page.url == (folder / addresses.marker("m")).as_uri()
    assert not [each for each in visit.happened if not each.startswith("request file:")]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_their_window_and_can_be_read(width: int, scheme, visit: Visit, folder: Path):
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for kind in (*KINDS, addresses.SEARCH):
        page.goto((folder / kind).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
        assert _least_contrast(page) >= 4.5, kind


def _least_contrast(page: Page) -> float:
    """Return the least contrast of any text beside maps, which have tests of their own."""
    return float(
        page.evaluate(
            """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = parts(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("body *")].filter((e) => !e.closest("svg")
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()));
  return Math.min(...texts.map((e) => {
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }));
}"""
        )
    )


def test_the_sample_is_a_site(visit: Visit, tmp_path: Path) -> None:
    """As it is exported, opened from its folder."""
    export_folder(SAMPLE.parent / "permit-desk", tmp_path / "site", Speaker(Language.FRENCH), TODAY)
    page = visit.page
    page.goto((tmp_path / "site" / addresses.INDEX).as_uri())
    for part in page.locator(".bar nav a").all():
        address = part.get_attribute("href")
        assert address is not None
        assert (tmp_path / "site" / address).exists()
    page.locator(".story .links a").first.click()
    assert "#finding-" in page.url
    assert page.locator("article:target h3").count() == 1
