"""The picture of a journey holds all of it, each thing once, nothing over anything else."""

import itertools
import json
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.messages import Language, speaker
from charter.pictures import DARK, LIGHT, journey_picture
from charter.pictures.font import font
from charter.pictures.scene import MOST_TOUCHPOINTS
from charter.pictures.stage_map import MOST_FLOWS
from charter.workspace import Workspace, read_folder

from ..oracle import generate
from .reading import SVG, Box, Picture, box_of, points, spoken, workspace

ROOT = Path(__file__).parents[2]
ENGLISH, FRENCH = speaker(Language.ENGLISH), speaker(Language.FRENCH)
NASTY = (
    '<img src=x onerror="alert(1)">',
    "</text></svg><script>alert(1)</script>",
    "&lt;b&gt; & \"quoted\" 'words'",
    "مرحبا بكم في المتجر",
    "👩‍👩‍👧‍👦 Famille 🎉",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "A very long name that goes on and on " * 14,
    "]]> --> <?xml?> <!DOCTYPE x> ${x} {y}",
)
SAMPLES = [
    pytest.param(path.parents[1], path.stem, id=f"{path.parents[1].name}: {path.stem}")
    for path in sorted(ROOT.glob("samples/*/journeys/*.yaml"))
]


@pytest.fixture
def visit(root: Path) -> Workspace:
    """The small workspace that most tests look at."""
    return read_folder(root)


def drawn(of: Workspace, journey: str = "visit", **asked: object) -> Picture:
    return Picture(journey_picture(of, journey, ENGLISH, **asked))


def holds_all_of(picture: Picture, of: Workspace, journey: str) -> None:
    """Compare a picture with the journey's own graph, and with itself."""
    (setting,) = [s for s in of.settings if s.journey.id == journey]
    graph = setting.graph
    stops = Counter(stop.name for stop in graph.stops)
    marked = picture.marked("touchpoint")
    assert {id: len(groups) for id, groups in marked.items()} == stops
    expected = Counter(
        f"{graph.stops[passage.source].name} {graph.stops[passage.target].name}"
        for passage in graph.passages
    )
    passages = picture.marked("passage")
    assert {ends: len(groups) for ends, groups in passages.items()} == expected
    cards = picture.cards()
    for one, other in itertools.combinations(cards.values(), 2):
        assert not one.overlaps(other)
    for ends, groups in passages.items():
        for group in groups:
            source, target = ends.split(" ")
            line = points(group)
            assert touches(line[0], cards[source], 0.2), ends
            assert touches(line[-1], cards[target], 9), ends
    for card, groups in marked.items():
        for text in groups[0].iter(SVG + "text"):
            assert_within(text, cards[card], card)


def touches(point: tuple[float, float], card: Box, slack: float) -> bool:
    """Return whether a point lies on a card's edge, or before it, where the arrow's head is."""
    x, y = point
    near = Box(card.left - slack, card.top - slack, card.right + slack, card.bottom + slack)
    deep = card.left + 0.2 < x < card.right - 0.2 and card.top + 0.2 < y < card.bottom - 0.2
    return near.holds(Box(x, y, x, y)) and not deep


def assert_within(text: ElementTree.Element, card: Box, name: str) -> None:
    """Measure a text by the font itself: it doesn't reach over the edge of its card."""
    words = spoken(text)
    is_bold = text.attrib.get("font-weight") == "700"
    width = font(is_bold=is_bold).width(words, float(text.attrib["font-size"]))
    x = float(text.attrib["x"])
    anchor = text.attrib.get("text-anchor", "start")
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    if re.fullmatch("[0-9 ·…]+", words):
        return  # The numbers of steps sit on the corner.
    assert card.left - 0.2 <= left, (name, words)
    assert left + width <= card.right + 0.2, (name, words)
    assert card.top <= float(text.attrib["y"]) <= card.bottom, (name, words)


@pytest.mark.parametrize(("folder", "journey"), SAMPLES)
def test_a_sample_is_drawn_whole(folder: Path, journey: str):
    of = read_folder(folder)
    picture = drawn(of, journey)
    holds_all_of(picture, of, journey)
    for card in picture.cards().values():
        assert picture.size.holds(card)


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from(["carries", "hand-off", "parity"]))
def test_a_journey_at_random_is_drawn_whole(tmp_path_factory, seed: int, kind: str):
    """Loops, parallel passages and touchpoints on several channels too."""
    folder = tmp_path_factory.mktemp("random")
    of = workspace(folder, generate.files(generate.workspace(kind, seed)))
    for journey in of.journeys:
        holds_all_of(drawn(of, journey.id), of, journey.id)


def nasty_files(names: tuple[str, ...], touchpoints: int = 16) -> dict[str, str]:
    """Return a workspace whose every name is one of ``names``, with loops and parallel ways."""

    def name(number: int) -> str:
        return names[number % len(names)]

    charter = {
        "charter": 1,
        "brand": name(0),
        "channels": [{"id": f"c{n}", "name": name(n)} for n in range(8)],
        "stages": [{"id": f"s{n}", "name": name(n)} for n in range(3)],
        "markers": [
            {"id": f"m{n}", "name": name(n), "role": ["signature", "basic", "irritant"][n % 3]}
            for n in range(9)
        ],
    }
    journey = {
        "journey": "nasty",
        "name": name(6),
        "outcomes": [{"id": "o", "name": name(1), "wanted": True}],
        "touchpoints": [
            {
                "id": f"t{n}",
                "name": name(n),
                "stage": f"s{n * 3 // touchpoints}",
                "channel": f"c{n % 8}",
                "entry": n == 0,
                "emotion": n % 5 - 2,
                "moment-of-truth": n % 4 == 0,
                "control": ["owned", "partner", "customer"][n % 3],
                "markers": [f"m{m}" for m in range(n % 10)],
                **({"exit": "o"} if n >= touchpoints - 2 else {}),
                "next": [
                    {"to": f"t{target}", "because": name(n + copy)}
                    for copy, target in enumerate([n, n + 1, n + 1, n + 5, n - 4])
                    if 0 <= target < touchpoints
                ],
            }
            for n in range(touchpoints)
        ],
    }
    return {
        "charter.yaml": json.dumps(charter, ensure_ascii=False),
        "journeys/nasty.yaml": json.dumps(journey, ensure_ascii=False),
    }


@pytest.mark.parametrize("language", [ENGLISH, FRENCH])
def test_names_are_text_whatever_they_hold(tmp_path: Path, language):
    """No name becomes an element, an attribute or a reference, and none leaves its card."""
    of = workspace(tmp_path, nasty_files(NASTY))
    svg = journey_picture(of, "nasty", language)
    picture = Picture(svg)
    holds_all_of(picture, of, "nasty")
    kinds = {element.tag.removeprefix(SVG) for element in picture.root.iter()}
    assert kinds <= {"svg", "title", "desc", "g", "rect", "path", "circle", "text"}
    assert not [
        key
        for element in picture.root.iter()
        for key in element.attrib
        if key.startswith("on") or "href" in key or key in ("style", "class", "id")
    ]
    assert not re.search(r"url\(|<!|<\?|javascript:|data:", re.sub(">[^<]*<", "><", svg))
    drawn_words = "\n".join(picture.words())
    assert "<img src=x" in drawn_words
    assert "</text></svg>" in drawn_words.replace("\n", "")


def test_characters_that_xml_cannot_hold_are_replaced(visit: Workspace):
    svg = journey_picture(visit, "visit", ENGLISH, version="a\ufffeb\x07c")
    assert "a\ufffdb" in svg
    ElementTree.fromstring(svg)


@pytest.mark.parametrize(("folder", "journey"), SAMPLES[:2])
def test_the_same_journey_gives_the_same_bytes(folder: Path, journey: str):
    once, again = (journey_picture(read_folder(folder), journey, FRENCH) for _ in range(2))
    assert once == again


def test_a_picture_is_told_in_words(visit: Workspace):
    """What people see in shapes and colours, others hear."""
    picture = drawn(visit)
    assert picture.root.attrib["role"] == "img"
    title, description = picture.root[0], picture.root[1]
    assert title.text == "Maison Lumière: Map of the journey “A visit”"
    assert description.text.splitlines() == [
        "Discover:",
        "Shop window (Boutique): entry → Welcome, Catalogue.",
        "Welcome (Boutique): moment of truth, A named host → Till.",
        "Catalogue (Website) → Reviews, Till.",
        "Reviews (Website, run by customers) → Catalogue.",
        "Buy:",
        "Till (Boutique): exit: They bought, A farewell.",
    ]


def test_it_speaks_french(visit: Workspace):
    words = Picture(journey_picture(visit, "visit", FRENCH)).words()
    assert {"Une visite", "Vitrine", "Découvrir", "Légende", "Entrée", "Achat"} <= set(words)
    assert not {"Entry", "Legend", "Shop window"} & set(words)


def test_a_path_is_pointed_out_and_all_else_is_faint(visit: Workspace):
    """Each card on it has the numbers of its steps; a loop, several."""
    path = ("window", "catalogue", "reviews", "catalogue", "till")
    picture = drawn(visit, witness=path)
    faint = {id for id, (group,) in picture.marked("touchpoint").items() if group[2].get("opacity")}
    assert faint == {"welcome"}
    steps = {
        id: [spoken(text) for text in group.iter(SVG + "text")][-1]
        for id, (group,) in picture.marked("touchpoint").items()
        if id not in faint
    }
    assert steps == {"window": "1", "catalogue": "2 · 4", "reviews": "3", "till": "5"}
    walked = {
        ends for ends, (group,) in picture.marked("passage").items() if not group.get("opacity")
    }
    assert walked == {
        "window catalogue",
        "catalogue reviews",
        "reviews catalogue",
        "catalogue till",
    }
    red = {
        ends
        for ends, (group,) in picture.marked("passage").items()
        if next(group.iter(SVG + "path")).get("stroke") == LIGHT.walked
    }
    assert red == walked
    assert "The path that breaks the rule" in picture.words()
    assert not [e for e in drawn(visit).all("g") if e.get("opacity")]


SHARED = """\
journey: visit
segments: [newcomer, loyal]
outcomes: [{id: bought}]
touchpoints:
  - id: window
    stage: discover
    channel: store
    entry: true
    next:
      - {to: welcome, share: {newcomer: 10, loyal: 30}}
      - {to: till, share: {newcomer: 90, loyal: 70}}
  - {id: welcome, stage: discover, channel: store, segments: [loyal, newcomer], next: [till]}
  - {id: till, stage: buy, channel: store, exit: bought}
"""


@pytest.mark.parametrize(
    ("segment", "shares"),
    [
        pytest.param(None, {"10–30%", "70–90%"}, id="a range over the segments"),
        pytest.param("loyal", {"30%", "70%"}, id="those of one segment"),
    ],
)
def test_shares_that_are_stated_stand_on_their_passage(
    root: Path, segment: str | None, shares: set[str]
):
    """Not where there is one way on only."""
    (root / "journeys" / "visit.yaml").write_text(SHARED, encoding="utf-8")
    words = drawn(read_folder(root), segment=segment).words()
    assert {each for each in words if re.search(r"\d", each)} == shares


def test_shares_that_nobody_stated_are_not_drawn(root: Path):
    stated = SHARED.replace("{newcomer: 10, loyal: 30}", "{newcomer: 10}")
    (root / "journeys" / "visit.yaml").write_text(stated, encoding="utf-8")
    of = read_folder(root)
    assert not [each for each in drawn(of).words() if "%" in each]
    assert not [each for each in drawn(of, segment="loyal").words() if "%" in each]
    assert "10%" in drawn(of, segment="newcomer").words()


def test_roles_are_told_apart_without_colour(visit: Workspace, root: Path):
    """Each has an outline of its own beside its colour."""
    text = (root / "journeys" / "visit.yaml").read_text(encoding="utf-8")
    charter = (root / "charter.yaml").read_text(encoding="utf-8")
    (root / "charter.yaml").write_text(
        charter.replace("{id: farewell,", "{id: farewell, role: basic,"), encoding="utf-8"
    )
    (root / "journeys" / "visit.yaml").write_text(
        text.replace("[farewell,", "[farewell, nagging, named-host,").replace(
            ", {marker: named-host, status: planned}", ""
        ),
        encoding="utf-8",
    )
    (till,) = drawn(read_folder(root)).marked("touchpoint")["till"]
    chips = [
        rect
        for rect in till.iter(SVG + "rect")
        if rect.get("height") == "20" and rect.get("width") != "204"
    ]
    shapes = [(chip.get("rx"), chip.get("stroke-dasharray")) for chip in chips]
    assert len(set(shapes)) == len(shapes) == 3


def test_a_journey_too_large_is_counted_by_stage_and_channel(tmp_path: Path):
    of = workspace(tmp_path, nasty_files(("Name",), MOST_TOUCHPOINTS + 1))
    picture = drawn(of, "nasty")
    assert not picture.marked("touchpoint")
    cells = picture.marked("cell")
    counted = sum(int(spoken(next(group.iter(SVG + "text")))) for (group,) in cells.values())
    assert counted == MOST_TOUCHPOINTS + 1
    assert any("151 touchpoints" in words for words in picture.words())
    flows = picture.marked("flow")
    assert 0 < len(flows) <= MOST_FLOWS
    # Each passage is in a line, inside a cell, or said to be left out.
    lines = sum(int(group[0].text.rpartition(": ")[2]) for (group,) in flows.values())
    words = "\n".join(picture.words())
    inside = sum(map(int, re.findall(r"(\d+) passages? inside", words)))
    left_out = sum(map(int, re.findall(r"smallest flows, (\d+) ", words)))
    assert lines + inside + left_out == len(list(of.settings[0].graph.passages))
    places = [box_of(group) for (group,) in cells.values()]
    assert not any(a.overlaps(b) for a, b in itertools.combinations(places, 2))


def test_the_largest_readable_journey_is_drawn_whole(tmp_path: Path):
    of = workspace(tmp_path, nasty_files(NASTY, MOST_TOUCHPOINTS))
    holds_all_of(drawn(of, "nasty"), of, "nasty")


def test_a_journey_of_which_nothing_is_live_is_said_to_be_so(root: Path):
    file = root / "journeys" / "visit.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub("(    channel: .*)", r"\1\n    status: planned", text), encoding="utf-8")
    words = drawn(read_folder(root)).words()
    assert "Nothing of this journey is there for customers today." in words


def test_colours_are_those_asked_for(visit: Workspace):
    svg = journey_picture(visit, "visit", ENGLISH, look=DARK)
    assert f'fill="{DARK.paper}"' in svg
    assert "#ffffff" not in svg.replace('stroke="#ffffff"', "")


def test_colours_are_the_brand_s_by_default(root: Path):
    file = root / "charter.yaml"
    written = file.read_text(encoding="utf-8")
    file.write_text(written + 'look: {accent: "#7a2e1d"}\n', encoding="utf-8")
    svg = journey_picture(read_folder(root), "visit", ENGLISH)
    assert 'fill="#7a2e1d"' in svg
    assert LIGHT.accent not in svg


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"journey": "nowhere"}, "no journey 'nowhere'"),
        ({"journey": "visit", "segment": "nobody"}, "not for 'nobody'"),
        ({"journey": "visit", "witness": ["window", "cellar"]}, "doesn't visit .*cellar"),
    ],
)
def test_what_is_not_there_is_refused(visit: Workspace, asked: dict[str, object], told: str):
    with pytest.raises(ValueError, match=told):
        journey_picture(visit, speak=ENGLISH, **asked)
