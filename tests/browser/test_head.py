"""The bar above each page is whole at any width, whatever things are called."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SAMPLE
from tests.browser.studio import Studio
from tests.histories import git

pytestmark = pytest.mark.browser

LONGEST = ("Atelier & Fils, maison de luminaires, " * 14)[:500].strip()
DRAFT = "spring-campaign-of-the-year-after-the-next-one"
ACTION = "plan?action=q4/sign-the-box&lang=fr"
OWNER = "field-action-q4-sign-the-box-owner"

# What the bar holds and how it stands: what is cut, covered, or over something else.
_FAULTS = """
() => {
  const head = document.querySelector("[data-testid=stLayoutWrapper]:has(> .st-key-head)");
  const box = head.getBoundingClientRect();
  const faults = [];
  const shown = [...head.querySelectorAll("h1, button, [class*='st-key-drop-down-'], p")]
    .filter((each) => each.getClientRects().length && each.getBoundingClientRect().width > 1)
    .filter((each) => !each.closest("h1, button") || each.matches("h1, button"));
  if (shown.length < 6) faults.push(`only ${shown.length} are shown`);
  for (const each of shown) {
    const at = each.getBoundingClientRect();
    const named = each.textContent || each.value;
    if (at.left < box.left || at.right > box.right + 0.5 || at.right > innerWidth
      || at.top < box.top || at.bottom > box.bottom + 0.5) {
      faults.push(`${named}: out of the bar`);
    }
    for (const y of [at.top + 3, at.bottom - 3]) {
      const top = document.elementFromPoint(at.left + at.width / 2, y);
      if (!head.contains(top)) faults.push(`${named}: covered`);
      else if (top.closest("button, h1, p") && !each.parentElement.contains(top)
        && !top.contains(each)) {
        faults.push(`${named}: under ${top.textContent}`);
      }
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is too wide");
  return faults;
}
"""
_SCROLL = "(far) => { document.querySelector('[data-testid=stMain]').scrollTop = far; }"
# What is measured stands still from the next frame but one on.
_WAIT = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))"
_NAME = "(name) => { document.querySelector('.st-key-head h1 span').textContent = name; }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample, whose brand and draft have names that are as long as can be."""
    copy = tmp_path / "maison"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns(".charter-studio"))
    charter = copy / "charter.yaml"
    text = charter.read_text("utf-8")
    assert "brand: Maison Lumière" in text
    charter.write_text(text.replace("brand: Maison Lumière", f'brand: "{LONGEST}"'), "utf-8")
    git(copy, "init", "--quiet", "--initial-branch=main", ".")
    git(copy, "add", "--all", ".")
    git(copy, "commit", "--quiet", "--message", "Begin")
    git(copy, "branch", f"draft/{DRAFT}")
    return copy


def faults(page: Page, width: int, far: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(_SCROLL, far)
    page.evaluate(_WAIT)
    found: list[str] = page.evaluate(_FAULTS)
    return [f"{width} px, scrolled {far}: {each}" for each in found]


def height(studio: Studio) -> float:
    box = studio.keyed("head-row").bounding_box()
    assert box
    return box["height"]


@pytest.mark.at_length
def test_the_bar_is_whole_at_any_width(page: Page, sample_address: str, folder: Path):
    """In French, whose words are longer, in a draft, scrolled and not, below it what is told."""
    studio = Studio(page, sample_address, folder)
    studio.open("?lang=fr")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(LONGEST)
    studio.choose("version-chosen", DRAFT)
    version = studio.drop_down("version-chosen").locator("option:checked")
    expect(version).to_have_text(f"Brouillon «\u00a0{DRAFT}\u00a0»")
    studio.settle()

    # What is cut short says itself in whole; what isn't says nothing twice.
    title.hover()
    expect(title).to_have_attribute("title", LONGEST)

    for name in (LONGEST, "B"):
        page.evaluate(_NAME, name)
        for width, lines in ((1920, 1), (1440, 1), (1150, 1), (860, 1), (360, 2)):
            assert faults(page, width, 0) + faults(page, width, 700) == []
            assert height(studio) <= lines * 50
    page.set_viewport_size({"width": 1440, "height": 800})
    page.mouse.move(0, 400)
    title.hover()
    expect(title).not_to_have_attribute("title", LONGEST)

    # What was done last, and what others did meanwhile, stand below its line.
    studio.open(ACTION)
    field = studio.keyed(OWNER).locator("input")
    field.fill("the packers, whoever of them is there on the day")
    field.press("Enter")
    expect(studio.keyed("state")).to_contain_text("a été modifiée")
    assert [each for width in (1440, 860, 360) for each in faults(page, width, 300)] == []
    plan = folder / "plans" / "q4.yaml"
    text = plan.read_text("utf-8")
    assert text.count("owner: workshop\n    due: 2026-12-05") == 1
    theirs = text.replace("owner: workshop\n    due: 2026-12-05", "owner: us\n    due: 2026-12-05")
    plan.write_text(theirs, "utf-8")
    expect(studio.keyed("settle")).to_be_visible()
    assert [each for width in (1440, 860, 360) for each in faults(page, width, 300)] == []
