"""Take a picture of each page of the Studio: wide and narrow, light and dark.

Of a workshop, the screen of the room and a phone too. ``make screenshots`` writes them to
docs/studio/. They are to be looked at one by one.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from charter.workshop import Kind
from tools.browser import FLAGS, find_chromium
from tools.room import Room

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "maison-lumiere"
TARGET = ROOT / "docs" / "studio"
WIDTHS = (1440, 800)
HEIGHT = 900
BOARD = (1920, 1080)
"""What a projector shows."""
PHONE = (390, 844)
MODES = ("light", "dark")
_LATECOMERS = {"light": "Anouk", "dark": "Malik"}
"""Who joins with the phone that a picture is taken of."""
PATIENCE = 90.0
"""Seconds that a page may take with all that is worked out beside it."""
_COLOURS = 256
_WORKING = "[class*='-progress'], [data-testid=stSkeleton]"
"""What is only there while something is worked out."""
# What makes a page worth a picture: something chosen.
_QUERIES = {
    "journeys": "?journey=buying&touchpoint=unboxing",
    "plan": "",
}
_WORKSHOP = "workshop"
"""The page that is worth a picture only with a room of people."""


def main() -> None:
    """Take all the pictures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder))
        with _served(workspace) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
            for name in _pages(browser, address):
                if name != _WORKSHOP:
                    _take_page(browser, address, name, _QUERIES.get(name, ""))
            _take_workshop(browser, address, workspace)
            browser.close()


def _workspace(folder: Path) -> Path:
    """Return a copy of the sample with two published versions and a draft."""
    workspace = folder / "maison-lumiere"
    shutil.copytree(SAMPLE, workspace, ignore=shutil.ignore_patterns(".charter-studio"))
    buying = workspace / "journeys" / "buying.yaml"
    text = buying.read_text("utf-8")
    for number, (old, new) in enumerate(
        (("", ""), ("markers: [kept-word, clear-price]", "markers: [kept-word]"), ("", ""))
    ):
        if number == 0:
            _git(workspace, "init", "--quiet", "--initial-branch=main")
            # Whoever is at the app is called so: a picture names nobody real.
            _git(workspace, "config", "user.name", "Anne Delorme")
            _git(workspace, "config", "user.email", "anne@maison.example")
        buying.write_text(text.replace(old, new) if old else text, "utf-8")
        _git(workspace, "add", "--all")
        told = ("The charter as it stands", "The receipt is shorter", "The price is whole again")
        _git(workspace, "commit", "--quiet", "--message", told[number])
    _git(workspace, "branch", "draft/spring")
    return workspace


def _git(folder: Path, *words: str) -> None:
    identity = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Anne Delorme"), ("EMAIL", "anne@maison.example"))
    }
    subprocess.run(["git", *words], cwd=folder, check=True, env={**os.environ, **identity})


@contextmanager
def _served(workspace: Path) -> Iterator[str]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
    command = [sys.executable, "-m", "charter", "studio", str(workspace), "--port", str(port)]
    process = subprocess.Popen([*command, "--lang", "en"], cwd=ROOT)
    address = f"http://localhost:{port}"
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
                break
            except (URLError, OSError):
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _pages(browser: Browser, address: str) -> list[str]:
    """Return the names of the pages, as the navigation lists them."""
    page = browser.new_page(viewport={"width": WIDTHS[0], "height": HEIGHT})
    page.goto(address)
    _settle(page)
    links = page.get_by_role("navigation", name="App pages").get_by_role("link").all()
    names = [str(link.get_attribute("href")).rsplit("/", 1)[-1].partition("?")[0] for link in links]
    page.close()
    return names


def _take_page(browser: Browser, address: str, name: str, query: str = "") -> None:
    for width in WIDTHS:
        for mode in MODES:
            _take(browser, f"{address}/{name}{query}", name or "overview", (width, HEIGHT), mode)


def _take_workshop(browser: Browser, address: str, workspace: Path) -> None:
    """Take a workshop as people join, as they answer, and once it is revealed what they said."""
    room = Room(workspace)
    query = f"?workshop={room.workshop.id}"
    places = {round.kind: place for place, round in reversed([*enumerate(room.workshop.rounds)])}

    def take_board(name: str) -> None:
        for mode in MODES:
            _take(browser, f"{address}/board{query}", name, BOARD, mode)

    room.gather()
    take_board("board-joining")
    room.begin(places[Kind.PROPOSE])
    room.reveal()
    _take_page(browser, address, _WORKSHOP, query)
    room.begin(places[Kind.TAG], missing=3)
    for mode in MODES:
        _take_phone(browser, address, query, mode)
    room.reveal()
    take_board("board-tags")
    room.begin(places[Kind.EMOTION], missing=2)
    room.reveal()
    take_board("board-emotions")


def _take(browser: Browser, url: str, name: str, size: tuple[int, int], mode: str) -> None:
    page = _new_page(browser, size, mode)
    page.goto(url)
    _settle(page)
    _keep(page, f"{name}-{size[0]}-{mode}")
    page.context.close()


def _take_phone(browser: Browser, address: str, query: str, mode: str) -> None:
    """Join with a phone, and answer a little."""
    page = _new_page(browser, PHONE, mode)
    page.goto(f"{address}/{_WORKSHOP}{query}")
    _settle(page)
    link = page.locator(".st-key-workshop-joining code").first.text_content()
    page.goto(str(link).strip())
    page.locator("#nickname").fill(_LATECOMERS[mode])
    page.get_by_role("button", name="Join", exact=True).click()
    options = page.locator("main .option")
    for place in (0, 3):
        options.nth(place).click()
    page.wait_for_timeout(1500)
    _keep(page, f"phone-{PHONE[0]}-{mode}")
    page.context.close()


def _new_page(browser: Browser, size: tuple[int, int], mode: str) -> Page:
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if mode == "dark" else "light",
        locale="en-GB",
    ).new_page()


def _keep(page: Page, name: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot()))
    file = TARGET / f"{name}.png"
    picture.convert("RGB").quantize(_COLOURS).save(file, optimize=True)
    print(file.relative_to(ROOT))


def _settle(page: Page) -> None:
    """Wait until the page has answered, and all that is worked out beside it."""
    done = "[data-testid=stApp][data-test-script-state=notRunning]"
    page.locator(done).wait_for(timeout=PATIENCE * 1000)
    deadline = time.monotonic() + PATIENCE
    while page.locator(_WORKING).count() and time.monotonic() < deadline:
        page.wait_for_timeout(500)
    page.locator(done).wait_for(timeout=PATIENCE * 1000)
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
