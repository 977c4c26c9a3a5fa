"""A draft goes from one person's hands through another's to where all see it, in two browsers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from charter.amendments import Place, Tag, amended
from charter.history import Author
from charter.usecases.versions import start_keeping_versions
from charter.workspace import read_folder
from tests.browser.conftest import SAMPLE
from tests.browser.studio import Studio
from tests.history.test_drafts import WHEN

pytestmark = pytest.mark.browser

WORDS = "The lamp's page keeps its word"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of the sample whose versions are kept, and in which somebody saved a change."""
    folder = tmp_path / "maison-lumiere"
    shutil.copytree(SAMPLE, folder)
    author = Author("Anne Delorme", "anne@example.org")
    start_keeping_versions(folder, author=author, message="The charter as agreed", now=WHEN)
    file = "journeys/buying.yaml"
    before = {file: (folder / file).read_bytes()}
    page = Place("touchpoint", "lamp-page", "buying")
    (folder / file).write_bytes(amended(before, [Tag(page, "kept-word")])[file])
    return folder


@pytest.fixture
def people(
    page: Page, colleagues_page: Page, sample_address: str, kept: Path
) -> tuple[Studio, Studio]:
    """Two people at the app, each in a browser of their own; nothing goes wrong in either."""
    return Studio(page, sample_address, kept), Studio(colleagues_page, sample_address, kept)


def opened(studio: Studio) -> None:
    """Go to the page; the first check of the sample may take a while beside everything else."""
    studio.page.goto(studio.at("versions"))
    expect(studio.keyed("log")).to_be_visible(timeout=90_000)


@pytest.mark.at_length
def test_a_draft_is_reviewed_by_another_and_published(people: tuple[Studio, Studio], kept: Path):
    writer, reviewer = people
    # One puts what they saved in the shared charter into a draft.
    opened(writer)
    expect(writer.keyed("folder-card")).to_contain_text("Not all published")
    writer.keyed("folder-into-draft").get_by_role("button").click()
    writer.page.get_by_label("Name of the draft").fill("spring")
    writer.keyed("folder-into-draft-now").get_by_role("button").click()
    expect(writer.keyed("state")).to_contain_text("is in the draft “spring” now")
    # The other, who looks on, sees it come, and who is at it.
    opened(reviewer)
    card = reviewer.keyed("draft-spring")
    expect(card).to_contain_text("Being written")
    expect(card).to_contain_text("has it open now")
    # It is reviewed.
    writer.keyed("ask-spring").get_by_role("button").click()
    writer.page.get_by_label("What others should look at").fill("Is *this* kept?")
    writer.keyed("ask-0-spring").get_by_role("button").click()
    expect(card).to_contain_text("In review")
    expect(card).to_contain_text("Is *this* kept?")
    reviewer.keyed("compare-spring").get_by_role("button").click()
    expect(reviewer.page.get_by_text("+ kept-word")).to_be_visible()
    expect(reviewer.map.locator(".legend")).to_contain_text("Changed")
    reviewer.keyed("answer-spring").get_by_role("button").click()
    reviewer.keyed("answer-0-spring").get_by_role("button").click()
    expect(writer.keyed("draft-spring")).to_contain_text("Approved")
    # It is published, and both see that.
    writer.keyed("publish-spring").get_by_role("button").click()
    dialog = writer.page.get_by_role("dialog")
    expect(dialog).to_contain_text("+ kept-word")
    dialog.get_by_label("What this version is, in a few words").fill(WORDS)
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(dialog).not_to_be_visible()
    for person in people:
        expect(person.keyed("draft-spring")).to_contain_text("Published")
        expect(person.keyed("draft-spring")).to_contain_text(WORDS)
    (buying,) = (j for j in read_folder(kept).journeys if j.id == "buying")
    (page,) = (t for t in buying.touchpoints if t.id == "lamp-page")
    assert "kept-word" in [tag.marker for tag in page.markers]
    status = subprocess.run(
        ["git", "status", "--porcelain", "--", "journeys", "charter.yaml"],
        cwd=kept, capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert status.stdout == ""
