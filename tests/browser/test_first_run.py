"""From nothing to a checked charter, in a real browser."""

import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from charter.findings import Answer
from charter.usecases.check import check_folder
from tests.browser.conftest import served
from tests.browser.studio import Studio

pytestmark = [pytest.mark.browser, pytest.mark.at_length]


def test_six_questions_give_a_charter_that_is_checked(page: Page, tmp_path: Path):
    """What is typed stays while the language changes, and over a reload, as the charter does."""
    new = tmp_path / "new"
    with served(tmp_path / "none", tmp_path / "studio.log") as address:
        studio = Studio(page, address)
        studio.open()
        studio.keyed("choose-questions").get_by_role("button").click()
        page.get_by_label("Name of the brand").fill("Maison <b>Lumière</b>")
        page.get_by_label("Value 1").fill("Hospitality")
        page.get_by_role("button", name="Store").click()
        page.get_by_role("button", name="Website").click()
        page.get_by_label("Sign 1").fill("A named host")
        page.get_by_label("Sign 1").press("Tab")
        studio.choose("lang", "Français")
        expect(page.get_by_label("Nom de la marque")).to_have_value("Maison <b>Lumière</b>")
        studio.choose("lang", "English")
        expect(page.get_by_label("Name of the brand")).to_have_value("Maison <b>Lumière</b>")
        studio.settle()
        page.reload()
        studio.settle()
        expect(page.get_by_label("Name of the brand")).to_have_value("Maison <b>Lumière</b>")
        expect(page.get_by_label("Sign 1")).to_have_value("A named host")
        page.get_by_role("textbox", name="Folder that it is written to").fill(str(new))
        studio.keyed("start").get_by_role("button").click()
        expect(page.get_by_role("heading", name="Maison <b>Lumière</b>")).to_be_visible()
        expect(studio.keyed("what-next")).to_contain_text("Your charter is written")
        studio.settle()
        page.reload()
        studio.settle()
        expect(page.get_by_role("heading", name="Maison <b>Lumière</b>")).to_be_visible()
    report = check_folder(new, datetime.date.today()).report
    answers = {verdict.verdict for verdict in report.verdicts if verdict.rule == "truth-is-signed"}
    assert answers == {Answer.HOLDS, Answer.BROKEN}
