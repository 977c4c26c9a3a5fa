"""Take a picture of each page of the Studio: wide and narrow, light and dark.

``make screenshots`` writes them to docs/studio/. They are to be looked at one by one.
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

from tools.browser import find_chromium

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "maison-lumiere"
TARGET = ROOT / "docs" / "studio"
WIDTHS = (1440, 800)
HEIGHT = 900
PATIENCE = 90.0
"""Seconds that a page may take with all that is worked out beside it."""
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_COLOURS = 256
_WORKING = "[class*='-progress'], [data-testid=stSkeleton]"
"""What is only there while something is worked out."""
# What makes a page worth a picture: something chosen.
_QUERIES = {
    "journeys": "?journey=buying&touchpoint=unboxing",
    "plan": "",
}


def main() -> None:
    """Take all the pictures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder))
        with _served(workspace) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(_FLAGS))
            for name in _pages(browser, address):
                for width in WIDTHS:
                    for mode in ("light", "dark"):
                        _take(browser, address, name, width, mode)
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


def _take(browser: Browser, address: str, name: str, width: int, mode: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if mode == "dark" else "light",
    )
    page = context.new_page()
    page.goto(f"{address}/{name}{_QUERIES.get(name, '')}")
    _settle(page)
    picture = Image.open(io.BytesIO(page.screenshot()))
    file = TARGET / f"{name or 'overview'}-{width}-{mode}.png"
    picture.convert("RGB").quantize(_COLOURS).save(file, optimize=True)
    print(file.relative_to(ROOT))
    context.close()


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
