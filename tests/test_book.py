"""What is in the charter book, and for whom."""

import datetime
import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from charter.book import Audience, Book, Edition, compose
from charter.book.audience import UnknownChannels
from charter.book.blocks import Grid, Heading, Mark, Picture, Table, Told, Tone
from charter.book.html import render
from charter.messages import Language, Speaker
from charter.usecases.book import edition_of
from charter.usecases.check import check_workspace
from charter.workspace import Workspace, read_files, read_folder
from tests.conftest import CHARTER
from tests.histories import git
from tests.scenarios.transcript import run_here

ROOT = Path(__file__).parent.parent
TODAY = datetime.date(2026, 11, 25)

MARKERS = """
markers:
  - id: host
    name: A named host
    values: [hospitality]
    borne-by: person
    owner: retail
    expressions:
      store: {text: They say their name., do: [stand up], dont: [point], example: I am Anne.}
      email: Signed by hand.
      web: {not-for: Nobody hosts a page.}
    adaptations: {loyal: The same host.}
    cues:
      email: [{forbids: [do not reply, "dear .*"], say: Dear Anne}]
      any: [{swap: {utilise: use}}]
  - {id: price, name: The whole price, role: basic, expressions: {web: One figure.}}
  - {id: nagging, name: Nagging, role: irritant}
"""
WORKSPACE = {
    "charter.yaml": """
charter: 1
brand: The Lamp Shop
promise: {en: Everybody is a guest., fr: Chacun est un invité.}
values: [{id: hospitality, name: Hospitality, meaning: We receive.}]
posture: {is: [attentive], is-not: [pushy]}
channels: [{id: store, name: Boutique}, {id: web, name: Website}, {id: email, name: Email},
  {id: phone, name: Phone}]
segments: [{id: newcomer, name: First visit, weight: 60},
  {id: loyal, name: Loyal guest, weight: 40, priority: high}]
stages: [{id: discover, name: Discover}, {id: buy, name: Buy}]
rules:
  - {id: hosted, kind: carries, markers: [host], why: The host is remembered.}
  - {id: gone, kind: at-most, markers: [nagging], times: 0, why: No guest is chased.}
"""
    + MARKERS,
    "journeys/buying.yaml": """
journey: buying
name: Buying
outcomes: [{id: bought, name: They bought}]
touchpoints:
  - {id: window, name: Window, stage: discover, channel: store, entry: true, next: [door, page]}
  - {id: door, name: Door, stage: discover, channel: store, moment-of-truth: true, next: [till],
     markers: [{marker: host, how: With a smile., segments: [loyal]}]}
  - {id: page, name: Page, stage: discover, channel: web, markers: [price], next: [note, call]}
  - {id: note, name: Note, stage: buy, channel: email, markers: [host], next: [till]}
  - {id: call, name: Call, stage: buy, channel: phone, markers: [host], next: [till]}
  - {id: till, name: Till, stage: buy, channel: store, exit: bought, markers: [nagging]}
  - {id: fax, name: Fax, stage: buy, channel: phone, status: retired}
""",
    "plans/spring.yaml": """
plan: spring
name: Spring
actions:
  - {id: greet, what: Greet at the till, marker: host, journey: buying, touchpoints: [till],
     segments: [loyal], owner: retail, due: 2026-11-20, status: doing}
  - {id: call, what: Call back, channels: [phone], status: idea}
  - {id: never, what: Given up, channels: [phone], status: dropped}
""",
}


def book(
    workspace: Workspace | None = None,
    *channels: str,
    language: Language = Language.ENGLISH,
    edition: Edition | None = None,
) -> Book:
    workspace = workspace or read_files(WORKSPACE)
    audience = Audience.of(workspace.charter, channels)
    checked = check_workspace(workspace, TODAY)
    return compose(checked, Speaker(language), edition or Edition(TODAY), TODAY, audience=audience)


def texts(value: object) -> Iterator[str]:
    """Yield every text of a book, or of a part of it; a map shows its whole journey to all."""
    if isinstance(value, Picture):
        yield from (value.text, value.caption)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name))


def anchors(made: Book) -> list[str]:
    return [page.anchor for page in made.pages()]


def page(made: Book, anchor: str) -> list[str]:
    """Return what a page says, block by block."""
    (found,) = (each for each in made.pages() if each.anchor == anchor)
    return [
        " | ".join(filter(None, texts(block))) for block in (found.facts, *found.blocks) if block
    ]


# The whole of it.


def test_the_book_has_a_page_for_each_thing_a_brand_hands_on():
    assert anchors(book()) == [
        *("promise", "values", "posture", "people"),
        *("overview", "marker-host", "marker-price", "marker-nagging"),
        "journey-buying",
        *("holds", "not-yet"),
        *("by-target", "by-channel"),
        "glossary",
    ]


def test_anchors_are_each_of_their_own():
    made = book()
    found = [*anchors(made), *(chapter.anchor for chapter in made.chapters)]
    assert len(set(found)) == len(found)


def test_what_the_charter_doesnt_say_has_no_page():
    bare = read_files(
        {
            "charter.yaml": "charter: 1\nbrand: B\nchannels: [{id: c}]\nstages: [{id: s}]\n"
            "markers: [{id: m, name: M}]\n"
        }
    )
    made = book(bare)
    assert anchors(made) == ["people", "overview", "marker-m", "holds", "glossary"]
    assert [chapter.anchor for chapter in made.chapters] == [
        "identity",
        "markers",
        "proof",
        "words",
    ]


def test_a_marker_says_what_it_is_why_and_how_it_shows_everywhere():
    assert page(book(), "marker-host") == [
        "Values | Hospitality | Borne by | a person | Answers for it | retail",
        "A sign by which people know that it is us.",
        "Why | We receive. | The host is remembered. | plain",
        "How it shows",
        "Boutique | They say their name. | Do | stand up | yes | Don't | point | no | I am Anne.",
        "Email | Signed by hand. | Do | yes | Don't | no",
        "Asked for too, and still to be written: Phone.",
        "In writing",
        "Email | Don't write “do not reply”. Write “Dear Anne”. | Everywhere | "
        "Write “use”, not “utilise”.",
        "For some, more",
        "Loyal guest | The same host. | They come first for us.",
        "Never here",
        "Website | Nobody hosts a page.",
        "Where customers meet it",
        "Buying | Door, Note, Call",
    ]


def test_markers_by_channel_at_a_glance():
    (found,) = (each for each in book().pages() if each.anchor == "overview")
    (grid,) = (block for block in found.blocks if isinstance(block, Grid))
    assert grid.columns == ("Boutique", "Website", "Email", "Phone")
    assert grid.rows == (
        ("A named host", (Mark.SHOWN, Mark.NOT_FOR, Mark.SHOWN, Mark.UNWRITTEN)),
        ("The whole price", (Mark.NOTHING, Mark.SHOWN, Mark.NOTHING, Mark.NOTHING)),
    )


def test_a_journey_says_what_people_meet_moment_by_moment():
    (found,) = (each for each in book().pages() if each.anchor == "journey-buying")
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [
        *("Window", "Door (moment of truth)", "Page", "Note", "Call", "Till"),
    ]
    assert table.rows[1] == (
        "Door (moment of truth)",
        "Discover",
        "Boutique",
        "A named host (Loyal guest): With a smile",
    )
    assert table.rows[5][3] == "Nagging (irritant)"


def test_what_is_proved_is_told_in_the_words_of_the_brand():
    (found,) = (each for each in book().pages() if each.anchor == "holds")
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    assert table.rows[:2] == (
        (
            "Can a customer get through without meeting “A named host”?",
            "The host is remembered.",
            "Broken in 1 of 2",
        ),
        ("Can a customer meet “Nagging” (irritant)?", "No guest is chased.", "Broken in 2 of 2"),
    )


def test_what_isnt_so_yet_is_told_with_its_path():
    (found,) = (each for each in book().pages() if each.anchor == "not-yet")
    told = [block for block in found.blocks if isinstance(block, Told)]
    assert [(each.kind, each.headline) for each in told[:2]] == [
        ("error", "Can a customer get through without meeting “A named host”?"),
        ("warning", "Can a customer meet “Nagging” (irritant)?"),
    ]
    stops = [stop for each in told[0].rounds for stop in each.stops]
    assert stops == ["Window", "Door", "Till"]
    assert ("Who", "First visit (50% of cases, if every choice were equally likely)") in [
        (fact.name, fact.text) for fact in told[0].facts
    ]


def test_plans_are_told_by_target_and_by_channel():
    made = book()
    (by_target,) = (each for each in made.pages() if each.anchor == "by-target")
    (by_channel,) = (each for each in made.pages() if each.anchor == "by-channel")
    assert [block.text for block in by_target.blocks if isinstance(block, Heading)] == [
        *("First visit", "Loyal guest"),
    ]
    told = [block for block in by_target.blocks if isinstance(block, Told)]
    assert [(each.kind, each.headline) for each in told] == [
        ("action", "Call back"),
        ("late", "Greet at the till"),
        ("action", "Call back"),
    ]
    tables = [block for block in by_channel.blocks if isinstance(block, Table)]
    assert [(table.caption, [row[0] for row in table.rows]) for table in tables] == [
        ("Boutique", ["Greet at the till"]),
        ("Phone", ["Call back"]),
    ]
    assert tables[0].rows[0][1:3] == ("Loyal guest", "retail")
    assert tables[1].rows[0][1] == "everybody"


def test_what_was_given_up_is_in_no_book():
    assert "Given up" not in " ".join(texts(book()))


# For whom.


@pytest.mark.parametrize(
    ("channels", "has", "hasnt"),
    [
        pytest.param(
            ["email"],
            ["Signed by hand.", "do not reply", "The same host.", "Note"],
            ["They say their name.", "Nobody hosts a page.", "Greet at the till", "Call back"],
            id="the people who write",
        ),
        pytest.param(
            ["web"],
            ["Nobody hosts a page.", "One figure.", "Write “use”", "Page"],
            ["They say their name.", "Signed by hand.", "do not reply", "Door"],
            id="the people of the site",
        ),
        pytest.param(
            ["phone"],
            ["still to be written: Phone", "Call back", "Nagging"],
            ["They say their name.", "One figure.", "Fax", "The whole price", "Greet at the till"],
            id="the call centre",
        ),
        pytest.param(
            ["store", "web"],
            ["They say their name.", "One figure.", "Nobody hosts a page.", "Greet at the till"],
            ["Signed by hand.", "Call back", "Note"],
            id="two channels",
        ),
    ],
)  # fmt: skip
def test_an_audience_gets_what_concerns_it_and_no_more(channels, has, hasnt):
    made = book(None, *channels)
    # The path of what isn't so yet is told whole: their channel is a part of it.
    said = "\n".join(
        text for each in made.pages() if each.anchor != "not-yet" for text in texts(each)
    )
    assert [text for text in has if text not in said] == []
    assert [text for text in hasnt if text in said] == []


def test_everybody_gets_the_identity_and_the_words():
    for channels in ([], ["phone"], ["web", "email"]):
        found = anchors(book(None, *channels))
        assert {"promise", "values", "posture", "marker-nagging", "glossary"} <= set(found)


def test_an_audience_is_told_what_breaks_on_its_channels():
    def broken(*channels: str) -> list[str]:
        return [
            block.headline
            for each in book(None, *channels).pages()
            if each.anchor == "not-yet"
            for block in each.blocks
            if isinstance(block, Told)
        ]

    assert broken("web") == []
    assert broken("store") == broken()[:2]


def test_the_cover_says_for_whom_it_is():
    assert book().audience == ""
    assert book(None, "web", "store").audience == "For everybody at: Boutique, Website"


def test_a_channel_that_isnt_there_is_told_with_what_was_meant():
    with pytest.raises(UnknownChannels) as told:
        book(None, "emial", "store", "x")
    assert told.value.ids == (("emial", "email"), ("x", None))


def test_nothing_is_lost_on_the_way_to_an_audience():
    """Each expression of each marker is in the book of its channel, and in that of everybody."""
    workspace = read_folder(ROOT / "samples" / "maison-lumiere")
    speak = Speaker(Language.FRENCH)
    whole = set(texts(book(workspace, language=Language.FRENCH)))
    for channel in workspace.charter.channels:
        own = set(texts(book(workspace, channel.id, language=Language.FRENCH)))
        for marker in workspace.charter.markers:
            expression = marker.expressions.get(channel.id)
            if expression is None:
                continue
            said = [expression.text, *expression.do, *expression.dont, expression.example]
            for words in [*said, expression.not_for]:
                assert words is None or {speak.words(words)} <= own & whole


# In which language, of which version.


def test_a_book_speaks_one_language():
    """Where a text is written in two, none of the other is left in it."""
    sample = read_folder(ROOT / "samples" / "maison-lumiere")
    english, french = (
        {text for text in texts(book(sample, language=each)) if len(text.split()) > 3}
        for each in (Language.ENGLISH, Language.FRENCH)
    )
    assert english & french == set()


def test_the_edition_is_told():
    day = datetime.date(2026, 10, 1)
    speak = Speaker(Language.FRENCH)
    assert Edition(day).told(speak) == "1er\u00a0octobre 2026"
    assert Edition(day, "abc1234").told(speak) == "Version abc1234 du 1er\u00a0octobre 2026"
    changed = Edition(day, "abc1234", is_changed=True).told(Speaker(Language.ENGLISH))
    assert changed == "Version abc1234 of 1\u00a0October 2026, with changes not recorded yet"


def test_without_history_the_edition_is_of_today(root: Path):
    assert edition_of(root, TODAY) == Edition(TODAY)
    git(root, "init", "-q")
    assert edition_of(root, TODAY) == Edition(TODAY), "nothing is committed yet"


def test_the_edition_is_the_last_version_that_was_recorded(root: Path):
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The charter")
    version = git(root, "rev-parse", "HEAD")[:7]
    assert edition_of(root, TODAY) == Edition(datetime.date(2026, 10, 1), version)
    (root / "notes.txt").write_text("No part of the charter.", encoding="utf-8")
    assert not edition_of(root, TODAY).is_changed
    (root / "charter.yaml").write_text(f"{CHARTER}# reread\n", encoding="utf-8")
    assert edition_of(root, TODAY) == Edition(TODAY, version, is_changed=True)


# As a web page.

INNER = {*map(str, Tone), *map(str, Mark), *Language}
"""What a book says to who prints it."""


def test_the_page_says_all_that_the_book_says():
    made = book(language=Language.FRENCH)
    shown = html.unescape(render(made).decode())
    said = {text for part in (made.brand, made.chapters) for text in texts(part)} - INNER
    assert [text for text in said if text not in shown] == []


def test_the_page_asks_nothing_of_anybody_else():
    markup = render(book()).decode()
    assert "http:" not in markup
    assert "https:" not in markup
    assert "<script" not in markup
    assert "default-src 'none'" in markup


def test_headings_are_in_order_and_anchors_lead_somewhere():
    markup = render(book()).decode()
    levels = [int(level) for level in re.findall(r"<h(\d)", markup)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = re.findall(r'id="([^"]+)"', markup)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', markup)) <= set(ids)


# As a command.


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for name, text in WORKSPACE.items():
        (tmp_path / "shop" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "shop" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_book_is_written_and_said_to_be(shop: Path):
    done = run_here(["book", "shop", "--to", "book.html"], shop)
    assert (done.status, done.stdout, done.stderr) == (0, "book.html written.\n", "")
    assert (shop / "book.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_book_is_in_the_language_asked_for_and_for_whom_it_was(shop: Path):
    words = ["book", "shop", "--to", "livre.html", "--channel", "web", "--channel", "email"]
    assert run_here([*words, "--lang", "fr"], shop).stdout == "livre.html écrit.\n"
    text = (shop / "livre.html").read_text("utf-8")
    assert '<html lang="fr">' in text
    assert "Pour les équipes\u00a0: Website, Email" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "book.doc"], "No book is printed into files that end with “.doc”."),
        (["--to", "book"], "The ending of the file's name says how the book is printed."),
        (["--to", "a.html", "--channel", "emial"], "There is no channel “emial”. Did you mean “em"),
        (
            ["--to", "nowhere/a.html"],
            "nowhere/a.html can't be written (No such file or directory).",
        ),
        ([], "Missing option '--to'."),
    ],
)
def test_a_mistake_is_told_and_nothing_written(words: list[str], told: str, shop: Path):
    before = sorted(shop.rglob("*"))
    done = run_here(["book", "shop", *words], shop)
    assert done.status == 2
    assert told in done.stderr
    assert sorted(shop.rglob("*")) == before


def test_an_invalid_workspace_is_told_as_a_check_tells_it(shop: Path):
    (shop / "shop" / "rules.yaml").write_text("- {id: a}\n", encoding="utf-8")
    done = run_here(["book", "shop", "--to", "book.html"], shop)
    assert done.status == 2
    assert done.stdout == run_here(["check", "shop"], shop).stdout
    assert not (shop / "book.html").exists()


def test_a_logo_that_isnt_shown_is_told_with_its_line(shop: Path):
    charter = shop / "shop" / "charter.yaml"
    charter.write_text("look: {logo: a.svg}\n" + charter.read_text("utf-8"), encoding="utf-8")
    done = run_here(["book", "shop", "--to", "book.html"], shop)
    assert done.status == 2
    assert "charter.yaml:1:14: CH001 There is no file a.svg." in done.stdout
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n  <script/>\n</svg>\n'
    (shop / "shop" / "a.svg").write_text(svg, encoding="utf-8")
    done = run_here(["book", "shop", "--to", "book.html"], shop)
    assert "a.svg:2:3: CH001" in done.stdout
    (shop / "shop" / "a.svg").write_text(svg.replace("<script/>", ""), encoding="utf-8")
    assert run_here(["book", "shop", "--to", "book.html"], shop).status == 0
    assert "data:image/svg+xml;base64," in (shop / "book.html").read_text("utf-8")


def test_no_book_is_written_over_what_it_is_made_of(shop: Path):
    charter = shop / "shop" / "charter.yaml"
    charter.write_text("look: {logo: logo.svg}\n" + charter.read_text("utf-8"), encoding="utf-8")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    (shop / "shop" / "logo.svg").write_text(svg, encoding="utf-8")
    (shop / "book.html").symlink_to("shop/logo.svg")
    done = run_here(["book", "shop", "--to", "book.html"], shop)
    assert done.status == 2
    assert "is a file of the workspace" in done.stderr
    assert (shop / "shop" / "logo.svg").read_text("utf-8") == svg
