"""The overview in a real browser: what only a browser shows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SAMPLE, served
from tests.histories import git

pytestmark = [pytest.mark.browser, pytest.mark.at_length]

WITHIN = 60_000
"""Milliseconds for what is worked out beside the page, on a busy machine."""
PARTS = ("answer", "where-not", "since-published", "next-actions")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a sample that was published twice and changed since."""
    folder = tmp_path_factory.mktemp("published") / "maison-lumiere"
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns(".charter-studio"))
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    for subject, journey in (("Begin", ""), ("Name the complaint", "# Read through.\n")):
        with (folder / "journeys" / "complaint.yaml").open("a", encoding="utf-8") as file:
            file.write(journey)
        git(folder, "add", "--all", ".")
        git(folder, "commit", "--quiet", "--message", subject)
    _let_people_slip_by(folder / "journeys" / "choosing.yaml")
    with served(folder, tmp_path_factory.mktemp("log") / "studio.log") as address:
        yield address


def _let_people_slip_by(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    way = "      - {to: threshold, share: {"
    assert way in text
    file.write_text(text.replace(way, f"      - {{to: dark-room, share: 5}}\n{way}", 1), "utf-8")


def test_one_screen_says_it_all_and_leads_to_the_path(page: Page, published: str):
    """Whoever directs the brand sees the answer, what changed, what to do, and where it fails."""
    page.goto(published)
    answer = page.locator(".st-key-answer")
    expect(answer).to_contain_text("Is our identity carried?", timeout=WITHIN)
    expect(answer.locator("svg")).to_have_accessible_name(
        re.compile(r"Poorest path 1 of 4, average 3\.[1-9] of 4"), timeout=WITHIN
    )
    expect(page.locator(".st-key-since-published")).to_contain_text(
        "verdicts newly broken", timeout=WITHIN
    )
    expect(page.locator(".st-key-next-actions")).to_contain_text("1. “", timeout=WITHIN)
    charts = page.locator("[data-testid=stVegaLiteChart] svg")
    # The trend, in two.
    expect(charts).to_have_count(2, timeout=WITHIN)
    page.set_viewport_size({"width": 800, "height": 900})
    parts = [page.locator(f".st-key-{part}") for part in PARTS]
    for part in (*parts, *charts.all()):
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 800
    where_not = page.locator(".st-key-where-not")
    where_not.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/journeys\?.*journey=.*segment="))
