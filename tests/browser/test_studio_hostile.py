"""Whatever people write: the app shows it as it is written, and runs none of it."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.conftest import SAMPLE, served
from tests.browser.studio import Studio
from tests.browser.test_report_page import PAYLOADS

pytestmark = [pytest.mark.browser, pytest.mark.at_length]

ALL = " ".join(PAYLOADS)
"""Every payload in one text: whatever shows a text shows each of them."""
LONG, RIGHT_TO_LEFT = "ä" * 500, "\u202eمرحبا بالضيوف\u202c"
FIELDS = (
    "[class*='st-key-field-'] input:not([role=combobox], [type=checkbox], [type=number]),"
    " [class*='st-key-field-'] textarea"
)
OPENED = {
    "journeys": "?journey=buying&touchpoint=unboxing",
    "plan": "?action=q4/sign-the-box",
}
"""What is opened on a page, so that its fields are there."""
PARTS = {"journeys": ("Markers", "What it is"), "plan": ()}
"""The parts of a panel that are gone through."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a copy of the sample, to be written into."""
    folder = tmp_path_factory.mktemp("hostile")
    copy = folder / "maison-lumiere"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns(".charter-studio"))
    with served(copy, folder / "studio.log") as address:
        yield address


@pytest.fixture
def studio(page: Page, hostile: str) -> Iterator[Studio]:
    """The app, watched: it asks for nothing but itself, and nothing that was written ran."""
    asked: list[str] = []
    home = re.compile(r"(https?|wss?)://localhost:\d+/|data:|blob:")

    def note(request: Request) -> None:
        if not home.match(request.url):
            asked.append(request.url)

    page.on("request", note)
    studio = Studio(page, hostile)
    yield studio
    assert asked == []
    assert page.evaluate("window.ran") is None


def pages(studio: Studio) -> list[str]:
    """The pages, as the navigation lists them."""
    links = studio.page.get_by_role("navigation", name="App pages").get_by_role("link").all()
    return [str(link.get_attribute("href")).rsplit("/", 1)[-1].partition("?")[0] for link in links]


def fields(studio: Studio) -> list[Locator]:
    """The fields for texts on the page, each by its key, which stays when the page runs again."""
    found = studio.page.locator(FIELDS)
    expect(found.first).to_be_visible()
    keys = found.evaluate_all(
        "all => all.map(each => [...each.closest('[class*=st-key-field-]').classList]"
        ".find(name => name.startsWith('st-key-field-')))"
    )
    return [studio.page.locator(f".{key}").locator("input, textarea").first for key in keys]


def unfold(studio: Studio) -> None:
    """Open what is folded in the panel: its fields are made only then."""
    for folded in studio.keyed("touchpoint").locator("details:not([open]) > summary").all()[::-1]:
        folded.click()
        studio.settle()


@pytest.mark.parametrize("name", sorted(OPENED))
def test_nothing_that_is_typed_into_a_field_runs(studio: Studio, name: str):
    """Each payload through each field that a text is typed into, shown on every page after it."""
    page = studio.open(f"{name}{OPENED[name]}")
    typed = 0
    for part in PARTS[name] or ("",):
        if part:
            studio.keyed("touchpoint").get_by_role("radio", name=part, exact=True).click()
            studio.settle()
            unfold(studio)
        for field in fields(studio):
            if field.is_visible() and field.is_enabled():
                field.fill(ALL)
                field.press("Tab")
                studio.settle()
                typed += 1
    assert typed >= 4
    expect(page.locator("[data-testid=stMain]")).to_contain_text("window.ran=1")
    for each in pages(studio):
        studio.page.get_by_role(
            "link", name=re.compile(each or "overview", re.IGNORECASE)
        ).first.click()
        studio.settle()
        assert page.evaluate("window.ran") is None, each


def test_whatever_a_thing_is_called_the_page_keeps_its_width(studio: Studio):
    page = studio.open(f"plan{OPENED['plan']}")
    field = fields(studio)[0]
    field.fill(f"{LONG} {RIGHT_TO_LEFT}")
    field.press("Tab")
    for each in pages(studio):
        studio.page.get_by_role(
            "link", name=re.compile(each or "overview", re.IGNORECASE)
        ).first.click()
        studio.settle()
        wide = page.evaluate(
            "() => { const main = document.querySelector('[data-testid=stMain]');"
            " return main.scrollWidth - main.clientWidth; }"
        )
        assert wide <= 0, each
