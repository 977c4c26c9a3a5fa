"""Nothing on any page of the app keeps anybody out, as far as axe-core can tell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from charter.workshop import Kind
from tests.browser.accessibility import barriers
from tests.browser.conftest import SAMPLE, served
from tests.browser.studio import Studio
from tests.histories import begin
from tools.room import Room

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


# A workshop: what is projected, and the page of whoever facilitates it.

BOARD: ViewportSize = {"width": 1920, "height": 1080}
FACILITATORS: tuple[ViewportSize, ...] = (
    {"width": 1440, "height": 900},
    {"width": 800, "height": 900},
)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A workshop on a copy of the sample, of which drafts can be made; nobody has joined yet."""
    folder = tmp_path / "maison-lumiere"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".charter-studio"))
    begin(folder)
    return Room(folder)


class Looker:
    """Looks at screens in light and dark, and keeps what keeps anybody out of one."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.found: dict[str, list[str]] = {}

    def look(self, what: str, path: str, size: ViewportSize, expected: str) -> None:
        """Look at a page as it is, once it shows what is expected of it."""
        page = self.studio.page
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            self.studio.open(path)
            expect(page.locator(expected).first).to_be_visible()
            drawn(self.studio)
            self.found[f"{what} {scheme}"] = barriers(page)

    def barriers(self) -> dict[str, list[str]]:
        """Return what was found where, for each screen where anything was."""
        return {what: told for what, told in self.found.items() if told}


def test_the_screen_of_the_room_keeps_nobody_out(page: Page, room: Room, tmp_path: Path):
    """While people join, while they answer, and what came of each kind of round; and its end."""
    with served(room.folder, tmp_path / "studio.log") as address:
        looker = Looker(Studio(page, address))
        board = f"board?workshop={room.workshop.id}"
        looker.look("nobody", board, BOARD, ".st-key-board-here")
        room.gather()
        looker.look("gathering", board, BOARD, ".st-key-board-here")
        seen: set[Kind] = set()
        for place, round in enumerate(room.workshop.rounds):
            if round.kind in seen:
                continue
            seen.add(round.kind)
            room.begin(place, missing=3)
            # The others show while people answer what the first one does.
            if round.kind in (Kind.PROPOSE, Kind.TAG):
                looker.look(f"{round.kind} open", board, BOARD, ".st-key-board-progress")
            room.reveal()
            looker.look(f"{round.kind} revealed", board, BOARD, _SHOWN.get(round.kind, _CHART))
        room.end()
        looker.look("end", board, BOARD, ".st-key-board-saying")
    assert seen == set(Kind)
    assert looker.barriers() == {}


_SHOWN = {
    Kind.EMOTION: ".st-key-board-emotion svg",
    Kind.PROPOSE: ".st-key-board-ideas",
    Kind.IRRITANTS: ".st-key-board-ideas",
    Kind.EXPRESS: ".st-key-board-expressions",
}
_CHART = ".st-key-board [data-testid=stVegaLiteChart] :is(svg, canvas)"


def test_the_facilitators_page_keeps_nobody_out(page: Page, room: Room, tmp_path: Path):
    """With nothing yet, while people join, a round open, what came of it, and the proposals."""
    with served(room.folder, tmp_path / "studio.log") as address:
        looker = Looker(Studio(page, address))
        workshop = f"workshop?workshop={room.workshop.id}"

        def look(what: str, path: str, expected: str) -> None:
            for size in FACILITATORS:
                looker.look(f"{what} {size['width']}", path, size, expected)

        look("list", "workshop", ".st-key-workshop-open")
        look("nobody", workshop, ".st-key-workshop-start")
        room.gather()
        look("gathering", workshop, ".st-key-workshop-start")
        room.begin(0, missing=3)
        look("open", workshop, ".st-key-workshop-stop")
        room.reveal()
        look("revealed", workshop, ".st-key-workshop-hide")
        for place in range(1, len(room.workshop.rounds)):
            room.begin(place)
            room.reveal()
        room.end()
        look("end", workshop, ".st-key-outcome-write")
        room.kept.delete(room.workshop.id)
        look("nothing yet", "workshop", ".st-key-workshop-open")
    assert looker.barriers() == {}
