"""A workshop from its opening to a draft: one facilitator, twelve people on their phones."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from charter.private_folder import PrivateFolder
from charter.studio.phones.words import all_words
from charter.workshop import Kind, Round, Workshop, Workshops
from tests.browser.conftest import is_local, served
from tests.browser.studio import Studio
from tests.histories import begin

pytestmark = [pytest.mark.browser, pytest.mark.at_length]

WORDS = all_words()["en"]
PEOPLE = 12
CHARTER = """\
charter: 1
brand: Maison Test  # as on the sign
values:
  - {id: hospitality, name: Hospitality}
channels: [{id: store, name: Boutique}, {id: web, name: Website}]
segments: [{id: newcomer, name: First visit}, {id: loyal, name: Loyal guest}]
stages: [{id: discover, name: Discover}, {id: buy, name: Buy}]
markers:
  - id: named-host
    name: A named host
    values: [hospitality]
    expressions:
      store: The host gives their name.  # agreed in spring
rules:
  - {id: host-everywhere, kind: carries, markers: [named-host]}
"""
JOURNEY = """\
journey: visit
touchpoints:
  # What everybody sees first.
  - {id: window, name: Shop window, stage: discover, channel: store, entry: true, next: [till]}
  - {id: till, name: Till, stage: buy, channel: store, exit: true}
"""
IDEAS = {
    0: "We wave goodbye at the door",
    1: "We wave good-bye at the door",
    2: "We wave goodbye at the doors",
    3: "A card written by hand",
    4: "No music",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "brand"
    (root / "journeys").mkdir(parents=True)
    (root / "charter.yaml").write_text(CHARTER, "utf-8")
    (root / "journeys" / "visit.yaml").write_text(JOURNEY, "utf-8")
    begin(root)
    return root


@dataclass
class Phone:
    """What one participant does."""

    page: Page
    number: int

    def join(self, link: str) -> None:
        self.page.goto(link)
        self.page.get_by_label(WORDS["join.nickname"]).fill(f"Guest {self.number}")
        self.page.get_by_role("button", name=WORDS["join.button"]).click()
        expect(self.page.locator("#who")).to_contain_text(f"Guest {self.number}")

    def answer(self, round: Round) -> None:
        """Answer what one has an opinion on; where several do, most have the same one."""
        expect(self.page.locator("#main h1")).to_be_visible()
        ANSWERS[round.kind](self, round)

    def press(self, name: str, *, nth: int = 0) -> None:
        self.page.get_by_role("button", name=name, exact=True).nth(nth).click()

    def choose(self, label: str, *, nth: int = 0) -> None:
        self.page.locator("label").filter(has_text=label).nth(nth).click()

    def is_saved(self) -> None:
        expect(self.page.locator("#told")).to_contain_text(WORDS["saved"])


def propose(phone: Phone, round: Round) -> None:
    if phone.number in IDEAS:
        phone.page.get_by_label(WORDS["propose.name"]).fill(IDEAS[phone.number])
        phone.choose("Hospitality")
        phone.press(WORDS["propose.send"])
        expect(phone.page.locator(".answers")).to_contain_text(IDEAS[phone.number])
        phone.is_saved()


def tag(phone: Phone, round: Round) -> None:
    phone.choose("A named host" if phone.number < 9 else WORDS["tag.none"])
    phone.is_saved()


def express(phone: Phone, round: Round) -> None:
    if phone.number < 2:
        called = f"{WORDS['express.do']} ({WORDS['optional']})"
        phone.page.get_by_role("textbox", name=called, exact=True).fill("Sign with a first name")
        phone.press(WORDS["save"])
        phone.is_saved()


def feel(phone: Phone, round: Round) -> None:
    phone.choose(WORDS["emotion.2"] if phone.number < 10 else WORDS["emotion.-1"])
    phone.is_saved()


def annoy(phone: Phone, round: Round) -> None:
    if phone.number < 2:
        phone.page.get_by_label(WORDS["irritants.name"]).fill("Queues without a word")
        phone.choose("Till")
        phone.press(WORDS["irritants.send"])
        phone.is_saved()


def spend(phone: Phone, round: Round) -> None:
    """All on the last card, but for one person, who spends one on the first and takes it back."""
    card = round.cards[-1].name.in_language("en")
    if phone.number == 0:
        first = round.cards[0].name.in_language("en")
        phone.press(WORDS["dots.more"].format(name=first))
        phone.press(WORDS["undo"])
    for _ in range(2):
        phone.press(WORDS["dots.more"].format(name=card))
    phone.is_saved()


def grade(phone: Phone, round: Round) -> None:
    for place in range(4):
        phone.choose(WORDS["effort.3" if place == 3 else "effort.1"], nth=place)
    phone.is_saved()


ANSWERS = {
    Kind.PROPOSE: propose,
    Kind.TAG: tag,
    Kind.EXPRESS: express,
    Kind.EMOTION: feel,
    Kind.IRRITANTS: annoy,
    Kind.DOTS: spend,
    Kind.EFFORT: grade,
}


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[Phone]]:
    """Twelve phones, each with a memory of its own."""
    contexts = [browser.new_context(viewport={"width": 390, "height": 844}) for _ in range(PEOPLE)]
    pages = [context.new_page() for context in contexts]
    requests: list[str] = []
    faults: list[str] = []
    for each in pages:
        each.on("request", lambda request: requests.append(request.url))
        each.on("websocket", lambda websocket: requests.append(websocket.url))
        each.on("pageerror", lambda error: faults.append(str(error)))
    yield [Phone(each, number) for number, each in enumerate(pages)]
    for context in contexts:
        context.close()
    assert faults == []
    assert [url for url in requests if not is_local(url)] == []


def test_a_room_of_twelve_comes_to_a_draft(page: Page, phones: list[Phone], folder: Path):
    workshops = Workshops(PrivateFolder(folder))
    with served(folder, folder.parent / "studio.log") as address:
        studio = Studio(page, address)
        workshop = opened(studio, workshops)
        link = studio.keyed("workshop-joining").locator("a, code").filter(has_text="http").first
        for phone in phones:
            phone.join((link.text_content() or "").strip())
        for place in range(len(workshop.rounds)):
            kept = go_through(studio, workshops, workshop.id, place, phones)
            workshop = workshops.workshop(workshop.id)
            assert kept == workshops.answers(workshop.id, workshop.rounds[place])
        write_draft(studio)
    changes = difference(folder)
    assert changes == EXPECTED
    assert "# agreed in spring" in shown(folder, "charter.yaml")
    assert "# What everybody sees first." in shown(folder, "journeys/visit.yaml")
    assert "Guest" not in log(folder)
    assert "felt by 9 of 12" in log(folder)
    # Nothing was written to what is shared.
    assert (folder / "charter.yaml").read_text("utf-8") == CHARTER
    assert (folder / "journeys" / "visit.yaml").read_text("utf-8") == JOURNEY


EXPECTED = [
    "charter charter changed priorities",
    "expression named-host@web added",
    "marker no-music added",
    "marker queues-without-a-word added",
    "marker we-wave-goodbye-at-the-door added",
    "segment loyal changed priority",
    "touchpoint till changed markers,moment-of-truth",
    "touchpoint window changed effort,emotion,markers",
]


def opened(studio: Studio, workshops: Workshops) -> Workshop:
    """Open a workshop with a round of each sort."""
    studio.open("workshop")
    studio.keyed("workshop-title").locator("input").fill("Our markers, spring")
    for template in (
        "Discover our markers",
        "Tag the journey",
        "How would we show it here?",
        "What annoys our customers?",
        "Choose the moments of truth",
        "Vote the priorities",
    ):
        studio.keyed("workshop-templates").locator("input").click()
        studio.page.get_by_role("option").filter(has_text=template).first.click()
        studio.settle()
    studio.page.keyboard.press("Escape")
    press(studio, "workshop-open")
    expect(studio.keyed("workshop-joining")).to_be_visible()
    (workshop,) = workshops.all()
    assert {round.kind for round in workshop.rounds} == set(Kind)
    return workshop


def go_through(
    studio: Studio, workshops: Workshops, id: str, place: int, phones: list[Phone]
) -> list[object]:
    """Let the room answer a round, and show what it answered."""
    press(studio, "workshop-start")
    expect(studio.keyed("workshop-stop")).to_be_visible()
    round = workshops.workshop(id).rounds[place]
    for phone in phones:
        expect(phone.page.locator("#where")).to_contain_text(f"{place + 1}")
        phone.answer(round)
    press(studio, "workshop-stop")
    expect(studio.keyed("workshop-start")).to_be_visible()
    press(studio, "workshop-reveal")
    expect(studio.keyed("workshop-hide")).to_be_visible()
    if round.kind is Kind.PROPOSE:
        merge = studio.page.locator("[class*=st-key-workshop-merge-]").get_by_role("button").first
        merge.click()
        studio.settle()
    kept = list(workshops.answers(id, round))
    rounds = workshops.workshop(id).rounds
    if place + 1 < len(rounds):
        press(studio, "workshop-next")
        # The button of the round before may still be there, and begins nothing.
        expect(studio.keyed(f"workshop-start-{rounds[place + 1].id}")).to_be_visible()
    return kept


def press(studio: Studio, key: str) -> None:
    button: Locator = studio.keyed(key).get_by_role("button")
    expect(button).to_be_enabled()
    button.click()
    studio.settle()


def write_draft(studio: Studio) -> None:
    studio.keyed("outcome-name").locator("input").fill("workshop-spring")
    studio.keyed("outcome-name").locator("input").press("Enter")
    studio.settle()
    press(studio, "outcome-write")
    expect(studio.page.get_by_text("workshop-spring").first).to_be_visible()


def difference(folder: Path) -> list[str]:
    """Return what the draft changes of the charter's meaning, a line each."""
    command = [sys.executable, "-m", "charter", "diff", "HEAD", "draft/workshop-spring"]
    found = subprocess.run(
        [*command, "--dir", str(folder), "--format", "json"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )
    changes = json.loads(found.stdout)["changes"]
    return sorted(
        f"{each['what']} {each['id']} {each['change']} {','.join(each['fields'] or ())}".strip()
        for each in changes
    )


def shown(folder: Path, name: str) -> str:
    return git(folder, "show", f"draft/workshop-spring:{name}")


def log(folder: Path) -> str:
    return git(folder, "log", "-1", "--format=%B", "draft/workshop-spring")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode()
