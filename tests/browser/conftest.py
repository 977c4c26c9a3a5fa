"""A real Chromium, and the app as `charter studio` starts it.

These tests fail where there is no browser; they are never left out. CHROMIUM names another one.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.studio import Studio
from tools.browser import FLAGS, find_chromium

# What is waited for comes at once on a quiet machine, and in seconds on a busy one.
expect.set_options(timeout=20_000)

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "maison-lumiere"
STARTS_WITHIN = 60


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


@contextmanager
def served(folder: Path, log: Path) -> Iterator[str]:
    """Run `charter studio` on a folder, and yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "charter", "studio", str(folder), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--lang", "en"], stdout=output, stderr=subprocess.STDOUT, cwd=ROOT
        )
        try:
            address = f"http://localhost:{port}"
            _wait_until_it_answers(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The app didn't start:\n{log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="session")
def sample_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on the sample: on a copy, as the app keeps files of its own beside it."""
    folder = tmp_path_factory.mktemp("sample") / "maison-lumiere"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".charter-studio"))
    with served(folder, folder.parent / "studio.log") as address:
        yield address


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample, for tests that change its files."""
    folder = tmp_path_factory.mktemp("copy") / "maison-lumiere"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".charter-studio"))
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for all tests, so that what never changes is fetched once.

    Of somebody who wants things to keep still: a page that waits has nothing to draw meanwhile.
    """
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="session")
def colleagues(browser: Browser) -> Iterator[BrowserContext]:
    """Another profile, of somebody on another machine as it were."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="session")
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A profile for what is opened as a file, without a network."""
    context = browser.new_context(offline=True)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of its own; in the end, nothing has gone wrong on it or left this machine."""
    with _watched(context) as tab:
        yield tab


@pytest.fixture
def colleagues_page(colleagues: BrowserContext) -> Iterator[Page]:
    """A page of somebody else's, of which the same holds."""
    with _watched(colleagues) as tab:
        yield tab


@contextmanager
def _watched(context: BrowserContext) -> Iterator[Page]:
    tab = context.new_page()
    tab.set_viewport_size({"width": 1440, "height": 900})
    requests: list[str] = []
    faults: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("websocket", lambda websocket: requests.append(websocket.url))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    yield tab
    tab.close()
    assert faults == []
    assert requests
    assert [url for url in requests if not is_local(url)] == []


def is_local(url: str) -> bool:
    """Return whether a request stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname in ("localhost", "127.0.0.1")


@pytest.fixture
def studio(page: Page, sample_address: str) -> Studio:
    """The app on the sample, as a visitor uses it."""
    return Studio(page, sample_address)


@pytest.fixture
def studio_on_copy(page: Page, sample_address: str, copy: Path) -> Studio:
    """The app on the copy of the sample, as a visitor uses it."""
    return Studio(page, sample_address, copy)
