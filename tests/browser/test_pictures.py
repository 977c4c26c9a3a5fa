"""Pictures of journeys in Chromium: they run nothing, ask for nothing, and fit as measured."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from charter.messages import Language, speaker
from charter.pictures import as_png, journey_picture
from charter.workspace import read_folder
from tests.browser.studio import Studio
from tests.pictures.reading import Picture, workspace
from tests.pictures.test_journey_picture import NASTY, nasty_files

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</text></svg><script>{RUN}</script>",
    f"<image href=x onerror={RUN}>",
    f"<animate onbegin={RUN} attributeName=x dur=1s>",
    f'" onload="{RUN}',
    f"<foreignObject><body onload={RUN}></foreignObject>",
    f"<a href='javascript:{RUN}'>a</a>",
    f"]]><script>{RUN}</script>",
)
WIDER_THAN_ITS_CARD = """() => {
    const found = [];
    for (const group of document.querySelectorAll("[data-touchpoint]")) {
        const card = group.querySelector("rect").getBBox();
        for (const text of group.querySelectorAll("text")) {
            const box = text.getBBox();
            const isStep = /^[0-9 ·…]+$/.test(text.textContent);
            const isCutOff = text.parentNode.nodeName === "svg";
            const isOver = box.x < card.x - 1 || box.x + box.width > card.x + card.width + 1;
            if (isOver && !isStep && !isCutOff) found.push(text.textContent);
        }
    }
    return found;
}"""


def opened(browser: Browser, svg: str, folder: Path) -> dict[str, Any]:
    """Open a picture by itself, and tell what became of it."""
    file = folder / "picture.svg"
    file.write_text(svg, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda message: seen.append(message.text))
    page.goto(file.as_uri())
    told = {
        "ran": page.evaluate("window.ran === undefined ? 0 : 1"),
        "asked": [each for each in seen if each != file.as_uri()],
        "root": page.evaluate("document.documentElement.nodeName"),
        "wider": page.evaluate(WIDER_THAN_ITS_CARD),
        "cards": page.evaluate("document.querySelectorAll('[data-touchpoint]').length"),
    }
    context.close()
    return told


@pytest.mark.parametrize("names", [NASTY, PAYLOADS], ids=["odd names", "attacks"])
def test_a_picture_runs_nothing_and_keeps_its_texts_on_their_cards(
    browser: Browser, tmp_path: Path, names: tuple[str, ...]
):
    """Whichever font Chromium finds here: text is as wide as it was measured."""
    of = workspace(tmp_path / "charter", nasty_files(names))
    svg = journey_picture(of, "nasty", speaker(Language.FRENCH), witness=["t0", "t1", "t5"])
    told = opened(browser, svg, tmp_path)
    assert told == {"ran": 0, "asked": [], "root": "svg", "wider": [], "cards": 16}


def test_a_sample_looks_the_same(browser: Browser, tmp_path: Path):
    of = read_folder(ROOT / "samples" / "maison-lumiere")
    svg = journey_picture(of, "buying", speaker(Language.ENGLISH))
    told = opened(browser, svg, tmp_path)
    assert (told["ran"], told["asked"], told["wider"]) == (0, [], [])


@pytest.mark.at_length
def test_the_studio_gives_the_map_as_a_picture(studio: Studio, tmp_path: Path):
    """For whom it is looked at, with the path that breaks a rule; both formats are the same one."""
    page = studio.open("journeys?journey=buying&segment=newcomer")
    studio.choose("witness", "A named host")
    expect(studio.keyed("walk")).to_contain_text("Step 1 of")
    studio.settle()
    studio.keyed("picture").get_by_role("button").click()
    expect(studio.keyed("picture-png")).to_be_visible()
    studio.settle()
    files = {}
    for key in ("picture-svg", "picture-png"):
        with page.expect_download() as waited:
            studio.keyed(key).get_by_role("button").click()
        files[waited.value.suggested_filename] = tmp_path / key
        waited.value.save_as(tmp_path / key)
    assert files.keys() == {"buying.svg", "buying.png"}
    svg = files["buying.svg"].read_text(encoding="utf-8")
    picture = Picture(svg)
    assert "For First visit" in picture.words()
    assert "The path that breaks the rule" in picture.words()
    assert files["buying.png"].read_bytes() == as_png(svg)
