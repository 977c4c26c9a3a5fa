"""Find a Chromium for the browser tests.

Run as ``python -m tools.browser`` it prints the program's path, or exits with status 1.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class NoBrowser(Exception):
    """There is no Chromium here; the message says what to do."""


def find_chromium() -> str:
    """Return the path of a Chromium: the one CHROMIUM names, else installed, else Playwright's.

    Raises:
        NoBrowser: there is none, or CHROMIUM names something that can't be run.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if found := shutil.which(named):
            return found
        raise NoBrowser(f"CHROMIUM is set to {named}, which is not a program that can be run.")
    for name in NAMES:
        if found := shutil.which(name):
            return found
    if own := _playwrights_own():
        return own
    raise NoBrowser(
        "No Chromium was found. Install one (on Debian: sudo apt install chromium) or set "
        "CHROMIUM to the path of yours."
    )


def _playwrights_own() -> str | None:
    """Return the path of the browser that `playwright install chromium` fetched, if it did."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    try:
        print(find_chromium())
    except NoBrowser as reason:
        sys.exit(str(reason))
