"""The map in a real browser: cards put elsewhere, customers followed, large and odd journeys."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from charter.private_folder import PrivateFolder
from charter.usecases.arrangement import FILE
from tests.browser.conftest import served
from tests.browser.studio import Studio

pytestmark = [pytest.mark.browser, pytest.mark.at_length]

LONG = "Lumière " * 62
ARABIC = "مرحبا بكم في المتجر " * 20
MARKUP = "<img src=x onerror=alert(1)>"
CHARTER = f"""\
charter: 1
brand: B
channels: [{{id: web, name: Website}}, {{id: app, name: {json.dumps(LONG)}}}]
segments: [{{id: newcomer, name: First visit}}, {{id: loyal, name: Loyal guest}}]
stages: [{{id: a, name: Before}}, {{id: b, name: {json.dumps(ARABIC)}}}, {{id: c, name: After}}]
markers: [{{id: host, name: {json.dumps(MARKUP)}}}]
rules: [{{id: hosted, kind: carries, markers: [host]}}]
"""
SMALL = f"""\
journey: small
outcomes: [{{id: won, name: They stay, wanted: true}}, {{id: lost, name: They leave}}]
touchpoints:
  - id: window
    name: Window
    stage: a
    channel: web
    entry: true
    emotion: 1
    next: [{{to: till, share: 75}}, {{to: home, share: 25}}]
  - {{id: till, name: {json.dumps(LONG)}, stage: b, channel: web, markers: [host], next: [home]}}
  - {{id: arabic, name: {json.dumps(ARABIC)}, stage: b, channel: app, next: [home]}}
  - {{id: markup, name: {json.dumps(MARKUP)}, stage: b, channel: app, next: [home]}}
  - id: home
    name: "👩‍👩‍👧‍👦 🎉"
    stage: c
    channel: app
    moment-of-truth: true
    emotion: -2
    exit: won
    ends: 60
    next: [{{to: door, share: 40}}]
  - {{id: door, stage: c, channel: web, exit: lost}}
"""


def large() -> str:
    rows = [
        f"  - {{id: t{n}, stage: {'abc'[n * 3 // 180]}, channel: {('web', 'app')[n % 2]}, "
        + ("entry: true, " if not n else "")
        + (f"next: [t{n + 1}]}}" if n < 179 else "exit: done}")
        for n in range(180)
    ]
    return "journey: large\nweight: 0.01\ntouchpoints:\n" + "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("map")
    (root / "journeys").mkdir()
    (root / "charter.yaml").write_text(CHARTER, encoding="utf-8")
    (root / "journeys" / "small.yaml").write_text(SMALL, encoding="utf-8")
    (root / "journeys" / "large.yaml").write_text(large(), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(folder, tmp_path_factory.mktemp("log") / "studio.log") as where:
        yield where


@pytest.fixture
def studio(page: Page, address: str) -> Studio:
    return Studio(page, address)


def position(studio: Studio, stop: str) -> tuple[float, float]:
    at = studio.map.evaluate("(frame, stop) => frame.stopPosition(stop)", stop)
    return round(at["x"]), round(at["y"])


def drag(studio: Studio, stop: str, right: int, down: int) -> None:
    x, y = position(studio, stop)
    mouse = studio.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right / 2, y + down / 2, steps=4)
    mouse.move(x + right, y + down, steps=4)
    mouse.up()


def kept(folder: Path) -> dict[str, list[float]]:
    said = json.loads(PrivateFolder(folder).read(FILE) or b"{}")
    spots: dict[str, list[float]] = said.get("journeys", {}).get("small", {})
    return spots


def test_a_card_stays_where_it_is_dropped_for_everybody(studio: Studio, folder: Path):
    """Two people move different cards; both stay, until somebody puts them back in order."""
    studio.open("journeys?journey=small")
    x, y = position(studio, "markup")
    home = position(studio, "home")
    drag(studio, "markup", 0, 90)
    in_order = studio.map.get_by_role("button", name="Put it back in order")
    expect(in_order).to_be_visible()
    assert position(studio, "markup") == (pytest.approx(x, abs=2), pytest.approx(y + 90, abs=2))
    assert position(studio, "home") == home
    assert kept(folder).keys() == {"markup"}

    colleague = studio.page.context.new_page()
    try:
        other = Studio(colleague, studio.address)
        other.open("journeys?journey=small")
        drag(other, "door", 0, 60)
        expect(other.map.locator(".heard[aria-live]")).to_be_attached()
        colleague.wait_for_timeout(300)
        other.settle()
    finally:
        colleague.close()
    studio.open("journeys?journey=small")
    assert kept(folder).keys() == {"markup", "door"}
    studio.map.get_by_role("button", name="Put it back in order").click()
    expect(in_order).to_have_count(0)
    assert kept(folder) == {}
    studio.open("journeys?journey=small")
    assert position(studio, "markup")[0] == pytest.approx(x, abs=2)


def test_the_chosen_card_is_moved_with_the_keyboard(studio: Studio, folder: Path):
    page = studio.open("journeys?journey=small")
    studio.map.locator(".canvas").focus()
    page.keyboard.press("ArrowRight")
    _, y = position(studio, "window")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowDown")
    expect(studio.map.locator("[aria-live]").first).to_have_text("Window was moved.")
    expect(studio.map.get_by_role("button", name="Put it back in order")).to_be_visible()
    assert kept(folder).keys() == {"window"}
    assert position(studio, "window")[1] > y + 20
    studio.map.get_by_role("button", name="Put it back in order").click()
    expect(studio.map.get_by_role("button", name="Put it back in order")).to_have_count(0)


def test_customers_are_followed_step_by_step(studio: Studio):
    studio.page.emulate_media(reduced_motion="no-preference")
    page = studio.open("journeys?journey=small&segment=newcomer")
    studio.keyed("replay").locator("label").click()
    replay = studio.map.locator(".replay")
    expect(replay).to_contain_text("200 customers: First visit")
    back = replay.get_by_role("button", name="One step back")
    expect(back).to_be_disabled()
    on = replay.get_by_role("button", name="One step on")
    on.focus()
    page.keyboard.press("Enter")
    expect(replay).to_contain_text("Step 1 of")
    expect(back).to_be_enabled()
    replay.get_by_role("button", name="Play").click()
    expect(replay).to_contain_text("How it ended")
    expect(replay.get_by_role("listitem").first).to_contain_text("60%")
    expect(on).to_be_disabled()
    expect(page.get_by_text("The customers followed, as a table")).to_be_visible()


def test_who_wants_no_motion_is_shown_none(studio: Studio):
    studio.page.emulate_media(reduced_motion="reduce")
    studio.open("journeys?journey=small&segment=newcomer")
    studio.keyed("replay").locator("label").click()
    replay = studio.map.locator(".replay")
    expect(replay.get_by_role("button", name="One step on")).to_be_visible()
    expect(replay.get_by_role("button", name="Play")).to_have_count(0)


def test_a_large_journey_opens_on_a_click(studio: Studio):
    page = studio.open("journeys?journey=large")
    grid = page.locator(".crossings[data-ready=true]")
    expect(grid).to_be_visible()
    expect(page.locator(".frame")).to_have_count(0)
    cell = grid.get_by_role("button", name="Before, Website: 30 touchpoints")
    cell.click()
    expect(cell).to_have_attribute("aria-pressed", "true")
    assert studio.map.get_attribute("data-stops") == "30"
    assert "crossing=a.web" in page.url
    cell.click()
    expect(page.locator(".frame")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 800])
def test_long_and_foreign_names_are_clipped_and_run_nothing(studio: Studio, width: int):
    """What went wrong on the page, the fixture tells; a tooltip stays on its map."""
    page = studio.page
    page.set_viewport_size({"width": width, "height": 900})
    studio.open("journeys?journey=small")
    assert studio.map.locator("img").count() == 0
    for stop in ("till", "arabic", "markup"):
        x, y = position(studio, stop)
        page.mouse.move(x, y)
        tooltip = studio.map.locator(".vis-tooltip")
        expect(tooltip).to_be_visible()
        box = tooltip.bounding_box()
        assert box is not None
        assert box["width"] <= 310
        page.mouse.move(5, 5)
        expect(tooltip).to_be_hidden()
    frame = studio.map.evaluate("frame => [frame.scrollWidth, frame.clientWidth]")
    assert frame[0] <= frame[1]


def test_emotions_are_drawn_below_the_map(studio: Studio):
    page = studio.open("journeys?journey=small")
    expect(studio.keyed("emotions").locator("canvas, svg").first).to_be_visible()
    expect(page.get_by_text("Emotions as a table")).to_be_visible()
