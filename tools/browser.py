"""Find a Chromium for the browser tests, and what to start it with.

Run as ``python -m tools.browser`` it prints the program's path, or exits with status 1.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The lists below the address bar are pages of their own in every window, drawn beside what
    # is looked at though nobody sees them. Said anew is what Playwright says and this replaces: ask
    # nothing of anybody, go on showing what is true.
    "--disable-features="
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,"
    "AimEnabled,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,"
    "ThirdPartyStoragePartitioning",
)
"""A browser that does what it is asked to, draws nothing else and asks nobody anything."""
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
