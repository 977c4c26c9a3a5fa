"""A list to choose one of, on a page of its own: whatever stands in it, and however it is used."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from playwright.sync_api import Page, expect

from charter.studio import choices
from charter.studio.choices import Choice, ChoicesView
from charter.studio.pieces import Said, Tone

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=\"window.done = 'harm'\"><b>bold</b>"
VIEW = ChoicesView(
    "Findings",
    (
        Choice("a", "Short", badges=(Said("Error", tone=Tone.RED),)),
        Choice("b", "w" * 500, "n" * 500, (Said("g" * 120, tone=Tone.ORANGE),)),
        Choice("c", MARKUP, MARKUP, (Said(MARKUP, tone=Tone.GRAY),)),
        Choice("d", "هل يلتقي العميل بالمضيف؟", "رحلة", (Said("Warning", tone=Tone.ORANGE),)),
        *(Choice(f"e{number}", f"Finding {number}") for number in range(30)),
    ),
    "e20",
    more="3 more findings",
    is_long=True,
)
# The list as Streamlit shows it: in a shadow root, told anew what holds.
SHOW = """
async ([js, css]) => {
  const { default: show } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  const root = document.querySelector("#list").attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = css;
  const parent = document.createElement("div");
  root.append(style, parent);
  window.sent = [];
  window.show = (data) => show({
    parentElement: parent, data,
    setTriggerValue: (name, value) => window.sent.push([name, value]),
  });
}
"""


@pytest.fixture
def shown(page: Page, sample_address: str) -> Page:
    """A page with the list, that says what it sends."""
    page.goto(f"{sample_address}/_stcore/health")
    page.set_content("<div id=list style='width: 300px'></div>")
    page.evaluate(SHOW, [choices._JS, choices._CSS])
    tell(page, VIEW)
    return page


def tell(page: Page, view: ChoicesView) -> None:
    page.evaluate("view => window.show(JSON.parse(view))", json.dumps(asdict(view)))


def test_texts_are_shown_as_they_are_and_none_is_wider_than_the_list(shown: Page):
    expect(shown.get_by_role("radio").nth(2)).to_contain_text(MARKUP)
    expect(shown.locator("img, b")).to_have_count(0)
    assert shown.evaluate("window.done") is None
    wide = "rows => rows.filter(row => row.scrollWidth > row.clientWidth).length"
    assert shown.get_by_role("radio").evaluate_all(wide) == 0
    title = shown.get_by_role("radio").nth(3).locator(".title")
    assert title.evaluate("title => getComputedStyle(title).direction") == "rtl"
    low = "rows => Math.min(...rows.map(row => row.getBoundingClientRect().height))"
    assert shown.get_by_role("radio").evaluate_all(low) >= 44


def test_the_one_that_is_chosen_is_in_view_and_the_list_stays_where_it_was_put(shown: Page):
    chosen = shown.get_by_role("radio", checked=True)
    expect(chosen).to_have_text("Finding 20")
    expect(chosen).to_be_in_viewport(ratio=1)
    list_ = shown.locator(".frame")
    list_.evaluate("frame => { frame.scrollTop = 0; }")
    tell(shown, VIEW)
    tell(shown, replace(VIEW, more=""))
    assert list_.evaluate("frame => frame.scrollTop") == 0
    tell(shown, replace(VIEW, chosen="e29"))
    expect(chosen).to_have_text("Finding 29")
    expect(chosen).to_be_in_viewport(ratio=1)


def test_what_was_chosen_holds_until_the_page_has_answered(shown: Page):
    """Answers to what was chosen before come late, where somebody is quick."""
    chosen = shown.get_by_role("radio", checked=True)
    chosen.focus()
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowDown")
    tell(shown, replace(VIEW, chosen="e21"))
    expect(chosen).to_have_text("Finding 22")
    tell(shown, replace(VIEW, chosen="e22"))
    tell(shown, replace(VIEW, chosen="a"))
    expect(chosen).to_contain_text("Short")
    assert shown.evaluate("window.sent") == [["chosen", "e21"], ["chosen", "e22"]]


def test_a_click_chooses_once(shown: Page):
    row = shown.get_by_role("radio", name="Finding 19")
    row.click(position={"x": 280, "y": 40})
    row.click()
    shown.get_by_role("button", name="3 more findings").click()
    assert shown.evaluate("window.sent") == [["chosen", "e19"], ["more", True]]
