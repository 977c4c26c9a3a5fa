"""A workshop on phones, in a real browser: every kind of round, dropping off, two languages."""

import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from charter.private_folder import PrivateFolder
from charter.workshop import (
    Card,
    Dots,
    Feeling,
    Felt,
    Grades,
    Idea,
    Irritant,
    Kind,
    Round,
    Showing,
    Workshop,
    Workshops,
)
from journeys.document import Words
from tests.browser.accessibility import barriers
from tests.browser.conftest import free_port, is_local
from tests.studio.phones import Server

HOSTILE = "<img src=x onerror=alert(1)>"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PLACES = (
    Card("window", Words((("en", "Shop window"), ("fr", "Vitrine"))), Words.of("Boutique")),
    Card("odd", Words.of(HOSTILE)),
    Card("long", Words.of(UNBROKEN)),
    Card("arabic", Words.of("مرحبا بكم في المتجر، كيف يمكننا مساعدتك؟")),
)
MARKERS = (Card("host", Words.of("A named host")), Card("gift", Words.of(f"A gift {HOSTILE}")))
ROUNDS = (
    Round("r0", Kind.PROPOSE, choices=(Card("care", Words.of("Care")),)),
    Round("r1", Kind.TAG, cards=PLACES, choices=MARKERS),
    Round("r2", Kind.EXPRESS, cards=(Card("host/store", Words.of("A named host")),)),
    Round("r3", Kind.EMOTION, cards=PLACES),
    Round("r4", Kind.IRRITANTS, choices=PLACES),
    Round("r5", Kind.DOTS, cards=PLACES, dots=3),
    Round("r6", Kind.EFFORT, cards=PLACES),
)


class House:
    """A workspace whose phones are served, and the facilitator's moves."""

    def __init__(self, root: Path) -> None:
        self.workshops = Workshops(PrivateFolder(root))
        self.id = self.workshops.open(f"Our markers {HOSTILE}", "Anne", time.time(), ROUNDS).id
        self.server = Server(root, free_port())

    @property
    def workshop(self) -> Workshop:
        return self.workshops.workshop(self.id)

    @property
    def link(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/#{self.workshop.code}"

    def move(self, move: Callable[[Workshop], Workshop]) -> None:
        self.workshops.move(self.workshop, move)

    def begin(self, place: int) -> None:
        self.move(lambda workshop: workshop.at(place, time.time()).started(time.time()))

    def said(self, place: int) -> list[object]:
        return [each.says for each in self.workshops.answers(self.id, ROUNDS[place])]


class Phone:
    """A page of 390 x 844, and what somebody does on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.locator("main")
        self.told = page.locator("#told")

    def join(self, link: str, nickname: str, button: str = "Join") -> None:
        self.page.goto(link)
        self.page.locator("#nickname").fill(nickname)
        self.page.get_by_role("button", name=button).click()

    def sees_round(self, number: int, of: str = "of") -> None:
        expect(self.page.locator("#where")).to_contain_text(f" {number} {of} ")

    def choose(self, name: str, within: Locator | None = None) -> None:
        # What is touched is the label around it.
        (within or self.main).locator(".option", has_text=name).first.click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def is_told(self, sentence: str) -> None:
        expect(self.told).to_contain_text(sentence)

    def check(self) -> None:
        """Nothing keeps anybody out, and nothing runs over the edge."""
        assert barriers(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.server.kill()


@contextmanager
def phone_of(context: BrowserContext) -> Iterator[Phone]:
    """Open a page; in the end nothing has gone wrong on it, been run, or left this machine."""
    page = context.new_page()
    requests: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda websocket: requests.append(websocket.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    yield Phone(page)
    assert faults == []
    assert requests
    assert [url for url in requests if not is_local(url)] == []


@pytest.fixture(scope="module")
def chloe(browser: Browser) -> Iterator[Phone]:
    """A phone by day, in English."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, locale="en-GB"
    )
    with phone_of(context) as phone:
        yield phone
    context.close()


@pytest.fixture(scope="module")
def paul(browser: Browser) -> Iterator[Phone]:
    """A phone by night, in French."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        locale="fr-FR",
        color_scheme="dark",
    )
    with phone_of(context) as phone:
        yield phone
    context.close()


pytestmark = pytest.mark.browser


def test_every_kind_of_round_is_answered(house: House, chloe: Phone):
    """One thing at a time, by a touch or a few words; each is in the database."""
    chloe.page.goto(house.link)
    expect(chloe.page.get_by_label("Code")).to_have_value(re.compile(r"^\w{4}-\w{4}$"))
    chloe.check()
    chloe.page.get_by_label("Code").fill("2222-2222")
    chloe.page.get_by_label("Your nickname").fill("Chloé")
    chloe.press("Join")
    expect(chloe.page.get_by_role("alert")).to_contain_text("No workshop with this code is open.")
    chloe.page.get_by_label("Code").fill(house.workshop.code.lower())
    chloe.press("Join")
    expect(chloe.main.get_by_role("heading")).to_have_text("Our markers")
    expect(chloe.main).to_contain_text("Keep this page open")
    chloe.check()

    house.begin(0)
    chloe.page.get_by_label("What is it called?").fill(f"A host {HOSTILE}")
    chloe.choose("Care")
    chloe.page.get_by_label("What would a customer see or hear?").fill("“I'm Anne.”")
    chloe.press("Propose")
    chloe.is_told("Saved")
    chloe.page.get_by_label("What is it called?").fill(UNBROKEN)
    chloe.press("Propose")
    expect(chloe.main.get_by_role("listitem")).to_have_count(2)
    expect(chloe.main.locator(".mark", has_text="Saved")).to_have_count(2)
    chloe.check()
    chloe.press("Undo")
    expect(chloe.main.get_by_role("listitem")).to_have_count(1)
    chloe.main.get_by_role("listitem").get_by_role("button").click()
    chloe.page.get_by_label("What is it called?").fill("A host with a name")
    chloe.press("Save")
    expect(chloe.main.get_by_role("listitem")).to_contain_text("A host with a name (Care)")
    chloe.is_told("Saved")
    assert house.said(0) == [Idea("A host with a name", "care", "“I'm Anne.”")]

    house.begin(1)
    chloe.sees_round(2)
    chloe.choose("A named host")
    chloe.choose("A gift")
    chloe.press("Next")
    # Whoever reads or listens is brought to the next card.
    expect(chloe.main.get_by_role("heading", name=HOSTILE)).to_be_focused()
    expect(chloe.main).to_contain_text("2 of 4")
    chloe.choose("None of these")
    chloe.is_told("Saved")
    chloe.check()
    chloe.press("See all")
    expect(chloe.main).to_contain_text("2 of 4 answered.")
    chloe.check()
    assert house.said(1) == [Felt(("host", "gift")), Felt()]

    house.begin(2)
    chloe.sees_round(3)
    chloe.page.get_by_label("What we do", exact=False).first.fill("Give a first name.")
    chloe.page.get_by_label("What we don't do").fill("Point.")
    chloe.press("Save")
    chloe.is_told("Saved")
    chloe.check()
    assert house.said(2) == [Showing("Give a first name.", "Point.")]

    house.begin(3)
    chloe.sees_round(4)
    chloe.choose("Rather good")
    chloe.is_told("Saved")
    chloe.choose("Very bad")
    chloe.is_told("Saved")
    chloe.check()
    chloe.press("Next")
    chloe.press("Undo")
    # One is brought to what was taken back, and sees what counts instead.
    expect(chloe.main.get_by_role("heading", name="Shop window")).to_be_visible()
    expect(chloe.page.get_by_label("Rather good")).to_be_checked()
    assert house.said(3) == [Feeling(1)]

    house.begin(4)
    chloe.sees_round(5)
    chloe.page.get_by_label("What annoys customers?").fill("Waiting")
    chloe.choose("Shop window")
    chloe.press("Add")
    expect(chloe.main.get_by_role("listitem")).to_contain_text("Waiting (Shop window)")
    chloe.is_told("Saved")
    chloe.check()
    assert house.said(4) == [Irritant("Waiting", "window")]

    house.begin(5)
    chloe.sees_round(6)
    more = chloe.page.get_by_role("button", name="One dot more for Shop window")
    for left in (2, 1, 0):
        more.click()
        expect(chloe.main).to_contain_text(f"Dots left: {left} of 3")
    expect(more).to_have_attribute("aria-disabled", "true")
    more.click(force=True)
    chloe.page.get_by_role("button", name="One dot less for Shop window").click()
    chloe.page.get_by_role("button", name=f"One dot more for {UNBROKEN}").click()
    chloe.is_told("Saved")
    chloe.check()
    assert house.said(5) == [Dots((("window", 2), ("long", 1)))]

    house.begin(6)
    chloe.sees_round(7)
    chloe.choose("A lot", chloe.page.get_by_role("group", name="How long does it take?"))
    chloe.choose("Medium", chloe.page.get_by_role("group", name="How hard is it?"))
    chloe.is_told("Saved")
    chloe.check()
    assert house.said(6) == [Grades(duration=3, complexity=2)]

    house.move(lambda workshop: workshop.stopped(time.time()))
    expect(chloe.main.get_by_role("heading", name="This round is closed")).to_be_focused()
    expect(chloe.main).to_contain_text("2 of 4 answered.")
    house.move(lambda workshop: workshop.revealed())
    expect(chloe.main.get_by_role("heading", name="What the room answered")).to_be_visible()
    expect(chloe.main).to_contain_text("People: 1")
    chloe.check()


def test_a_phone_that_drops_off_keeps_what_is_said_and_comes_back(
    house: House, chloe: Phone, paul: Phone
):
    """The server is killed and begun again; whoever reloads then is still the same participant."""
    house.begin(3)
    paul.join(house.link, "Paul", "Entrer")
    paul.sees_round(4, "sur")
    expect(paul.main.get_by_role("heading", name="Vitrine")).to_be_visible()
    chloe.sees_round(4)
    house.server.kill()
    expect(paul.page.locator("#offline")).to_contain_text("Pas de connexion")
    paul.choose("Plutôt bien")
    paul.is_told("Gardé sur ce téléphone")
    paul.check()
    paul.press("Suivant")
    paul.choose("Très mal")
    paul.press("Annuler")
    paul.choose("Ni bien ni mal")
    assert house.said(3) == [Feeling(1)]
    house.server.begin()
    paul.is_told("Enregistré")
    expect(paul.page.locator("#offline")).to_have_text("")
    assert house.said(3) == [Feeling(1), Feeling(1), Feeling(0)]
    # The code needn't be in the address.
    paul.page.goto(house.link.partition("#")[0])
    expect(paul.page.locator("#who")).to_have_text("Paul")
    expect(paul.page.get_by_label("Plutôt bien")).to_be_checked()
    # The other one came back too, and is told of what comes next.
    house.move(lambda workshop: workshop.ended(time.time()))
    expect(chloe.main.get_by_role("heading", name="The workshop is over")).to_be_visible()
    assert len(house.workshops.participants(house.id)) == 2


def test_the_language_is_that_of_the_browser_until_another_is_chosen(house: House, paul: Phone):
    expect(paul.main.get_by_role("heading", name="L’atelier est terminé")).to_be_visible()
    assert paul.page.locator("html").get_attribute("lang") == "fr"
    paul.check()
    english = paul.page.get_by_role("button", name="English")
    english.click()
    expect(paul.main.get_by_role("heading", name="The workshop is over")).to_be_visible()
    expect(english).to_be_focused()
    paul.page.reload()
    expect(paul.main.get_by_role("heading", name="The workshop is over")).to_be_visible()
    assert paul.page.locator("html").get_attribute("lang") == "en"


def test_a_disk_that_refuses_is_told_and_asked_again(house: House, chloe: Phone):
    house.move(lambda workshop: workshop.reopened())
    house.begin(3)
    expect(chloe.page.get_by_label("Rather good")).to_be_checked()
    with refusing_disk(house.server.process.pid):
        chloe.choose("Very good")
        chloe.is_told("This can't be kept at the moment")
        assert house.said(3)[0] == Feeling(1)
    chloe.is_told("Saved")
    assert house.said(3)[0] == Feeling(2)


@contextmanager
def refusing_disk(process: int) -> Iterator[None]:
    """Let a process write nothing more, as on a full disk."""
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)
