"""The charter as a static site: every page is reached, every link leads somewhere, all is told."""

import datetime
import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from charter.checker import Checked
from charter.messages import Language, Speaker, visible
from charter.pictures.channel_looks import COLOURS
from charter.site import addresses, look, site_of
from charter.usecases.book import Edition, source_of
from charter.usecases.check import check_workspace
from charter.usecases.exporting import IsOfWorkspace, export_folder
from charter.usecases.sites import SIGN, HoldsOthers, replace_site
from charter.workspace import read_files

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "permit-desk"
TODAY = datetime.date(2026, 11, 25)
EDITION = Edition(TODAY, "abc1234")
ENGLISH, FRENCH = Speaker(Language.ENGLISH), Speaker(Language.FRENCH)


class Document(HTMLParser):
    """What a page links to, what can be linked to in it, and which headings it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        self.links += [given[name] for name in ("href", "src", "action") if name in given]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def small(name: str = "Host", **more: str) -> Checked:
    """A workspace of one journey that breaks a rule on one of its ways."""
    charter = f"""
charter: 1
brand: House
channels: [{{id: store, name: Shop}}, {{id: web}}]
segments: [{{id: one, name: First}}, {{id: two, name: Second}}]
stages: [{{id: stage}}]
markers:
  - {{id: host, name: {name}, expressions: {{store: {{text: A name is given, do: [stand]}}}}}}
  - {{id: push, name: Nudge, role: irritant}}
rules:
  - {{id: met, kind: carries, markers: [host]}}
  - {{id: gone, kind: at-most, markers: [push], times: 0}}
"""
    journey = """
journey: visit
name: The visit
touchpoints:
  - {id: door, name: Door, stage: stage, channel: store, entry: true, next: [talk, page]}
  - {id: talk, name: Talk, stage: stage, channel: store, markers: [host], exit: out}
  - {id: page, name: Page, stage: stage, channel: web, exit: out, segments: [one]}
"""
    files = {"charter.yaml": charter, "journeys/visit.yaml": journey, **more}
    workspace = read_files(files)
    return check_workspace(workspace, TODAY)


@pytest.fixture(scope="module")
def sample() -> Mapping[str, str]:
    """The site of the sample, in French."""
    source = source_of(SAMPLE, TODAY)
    return site_of(source.checked, FRENCH, EDITION, TODAY, logo=source.logo)


@pytest.fixture(scope="module")
def pages(sample: Mapping[str, str]) -> dict[str, Document]:
    """Its pages, read."""
    return {name: Document(text) for name, text in sample.items() if name.endswith(".html")}


def test_every_link_leads_to_a_page_and_a_place_in_it(sample, pages):
    for name, page in pages.items():
        for address in page.links:
            if address.startswith("data:"):
                continue
            file, _, place = address.partition("#")
            assert (file or name) in sample, f"{name}: {address}"
            if place:
                assert place in pages[file or name].ids, f"{name}: {address}"


def test_every_page_is_reached_from_the_first(pages):
    reached, left = set(), [addresses.INDEX]
    while left:
        name = left.pop()
        if name not in reached:
            reached.add(name)
            found = (link.partition("#")[0] for link in pages[name].links)
            left += [file for file in found if file in pages]
    assert reached == set(pages)


def test_there_is_a_page_for_each_marker_journey_segment_and_rule(sample):
    source = source_of(SAMPLE, TODAY)
    workspace = source.checked.valid
    for marker in workspace.charter.markers:
        assert addresses.marker(marker.id) in sample
    for journey in workspace.journeys:
        segments = [each.id for each in workspace.charter.all_segments]
        for segment in (None, *(segments if len(segments) > 1 else ())):
            assert addresses.journey(journey.id, segment) in sample
    for rule in {verdict.rule for verdict in source.checked.report.verdicts}:
        assert addresses.rule(rule) in sample


def test_nothing_comes_from_elsewhere(sample):
    """No address of another place in any file, but the names of SVG and what a logo holds."""
    for name, text in sample.items():
        bare = text.replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//[a-z]|@import|url\(", bare), name


def test_each_page_has_one_title_and_no_heading_leaves_out_a_level(pages):
    for name, page in pages.items():
        assert page.headings[0] == 1, name
        assert page.headings.count(1) == 1, name
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), f"{name}: {page.headings}"
        assert len(page.ids) == len(set(page.ids)), name


def test_pages_are_in_the_language_asked_for(sample):
    for name, text in sample.items():
        if name.endswith(".html"):
            assert '<html lang="fr">' in text
    assert "Que faire ensuite" in sample[addresses.INDEX]


def test_the_same_workspace_gives_the_same_bytes():
    assert site_of(small(), ENGLISH, EDITION, TODAY) == site_of(small(), ENGLISH, EDITION, TODAY)


def test_a_witness_is_a_path_of_links_and_is_pointed_out_on_the_map():
    text = site_of(small(), ENGLISH, EDITION, TODAY)[addresses.rule("met")]
    chain = re.search(r'<ol class="chain">.*?</ol>', text, re.DOTALL)
    assert chain is not None
    assert re.findall(r'href="([^"]+)"', chain[0]) == [
        "journey-visit.html#touchpoint-door",
        "journey-visit.html#touchpoint-page",
    ]
    walked = look.of_pictures(small().valid.charter.look).walked
    assert f'stroke="{walked}"' in text


def test_a_rule_says_over_what_it_was_proved_and_for_whom_it_holds():
    """Second can't take the way that breaks it."""
    text = site_of(small(), ENGLISH, EDITION, TODAY)[addresses.rule("met")]
    assert "Every path through “The visit” was followed, for First and Second." in text
    table = re.search(r"<tbody>.*?</tbody>", text, re.DOTALL)
    assert table is not None
    cells = re.findall(r'class="badge (\w+)"', table[0])
    assert cells == ["broken", "holds"]
    assert "50% of cases" in html.unescape(table[0])


def test_a_segment_sees_only_where_it_comes_by():
    site = site_of(small(), ENGLISH, EDITION, TODAY)
    assert 'id="touchpoint-page"' in site[addresses.journey("visit")]
    assert 'id="touchpoint-page"' in site[addresses.journey("visit", "one")]
    assert 'id="touchpoint-page"' not in site[addresses.journey("visit", "two")]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("x" * 500, id="long"),
        pytest.param("مضيف يذكر اسمه", id="right to left"),
        pytest.param("👩‍👩‍👧 🏳️‍🌈", id="emoji"),
        pytest.param("'<script>alert(1)</script>'", id="markup"),
        pytest.param('"\\u202e\\u2028</script>"', id="signs that turn and end lines"),
    ],
)
def test_a_name_is_never_markup(name: str):
    site = site_of(small(name), ENGLISH, EDITION, TODAY)
    told = visible(small(name).valid.charter.markers[0].named("en"))
    assert told in html.unescape(site[addresses.marker("host")])
    for text in site.values():
        assert "<script>" not in text
        assert "</script>" not in re.sub(r'<script src="search.js" defer></script>', "", text)


def test_files_are_called_by_ids_safely_and_each_by_its_own():
    long = "a" * 200
    names = [
        addresses.journey("a"),
        addresses.journey("a", "b"),
        addresses.journey("a-b"),
        addresses.journey(long),
        addresses.journey(long[:-1]),
        addresses.journey(long, long),
        addresses.marker("a"),
        addresses.rule("a"),
    ]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9.-]{1,160}", name) for name in names)


def test_every_colour_of_a_map_has_one_for_the_night(sample):
    """But those of channels and of the star, which are the same on any paper."""
    night = sample[addresses.STYLE]
    drawn = set()
    for name, text in sample.items():
        if name.startswith(("journey-", "rule-")):
            drawn |= set(re.findall(r'(?:fill|stroke)="(#\w+)"', text))
    unknown = {each for each in drawn if f'[fill="{each}"]' not in night}
    assert unknown <= {*COLOURS, "#ffffff", "#3b2600"}


class TestFolders:
    """A folder is replaced as a whole where it is a site of ours, and never otherwise."""

    FILES: Mapping[str, bytes] = {"index.html": b"new"}

    @pytest.mark.parametrize("is_there", [False, True])
    def test_a_new_or_empty_folder_is_filled(self, tmp_path: Path, is_there):
        target = tmp_path / "site"
        if is_there:
            target.mkdir()
        replace_site(target, self.FILES)
        assert sorted(each.name for each in target.iterdir()) == [SIGN, "index.html"]
        assert list(tmp_path.iterdir()) == [target], "nothing is left beside"

    def test_a_former_site_is_replaced_whole(self, tmp_path: Path):
        replace_site(tmp_path / "site", {"gone.html": b"old", "index.html": b"old"})
        replace_site(tmp_path / "site", self.FILES)
        assert not (tmp_path / "site" / "gone.html").exists()
        assert (tmp_path / "site" / "index.html").read_bytes() == b"new"

    @pytest.mark.parametrize("other", ["mine.txt", ".git/config", "index.html/a"])
    @pytest.mark.parametrize("is_site", [False, True])
    def test_what_is_anything_else_is_left_alone(self, tmp_path: Path, other: str, is_site):
        target = tmp_path / "site"
        if is_site:
            replace_site(target, {"page.html": b"old", "index.html": b"old"})
            if other.startswith("index.html"):
                (target / "index.html").unlink()
        (target / other).parent.mkdir(parents=True, exist_ok=True)
        (target / other).write_text("mine")
        before = sorted(target.rglob("*"))
        with pytest.raises(HoldsOthers):
            replace_site(target, self.FILES)
        assert sorted(target.rglob("*")) == before
        assert list(tmp_path.iterdir()) == [target]

    def test_what_stood_there_still_does_where_the_new_one_cannot_take_its_place(
        self, tmp_path: Path, monkeypatch
    ):
        target = tmp_path / "site"
        replace_site(target, {"index.html": b"old"})
        rename = Path.rename

        def fails(self, to):
            if self.name == "made":
                raise PermissionError("no")
            return rename(self, to)

        monkeypatch.setattr(Path, "rename", fails)
        with pytest.raises(PermissionError):
            replace_site(target, self.FILES)
        assert (target / "index.html").read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [target]

    @pytest.mark.parametrize("place", ["journeys", "content/site", ".", "..", ".git/site"])
    def test_no_site_is_written_where_the_workspace_lies(self, tmp_path: Path, place: str):
        root = tmp_path / "brand"
        root.mkdir()
        for name in ("charter.yaml", "journeys/visit.yaml"):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(small().sources[name], encoding="utf-8")
        with pytest.raises(IsOfWorkspace):
            export_folder(root, root / place, ENGLISH, TODAY)
        assert not list(tmp_path.rglob("*.html"))

    def test_a_folder_of_csv_files_is_asked_for(self, tmp_path: Path):
        desk = ROOT / "samples" / "permit-desk"
        export_folder(desk, tmp_path / "sheets", ENGLISH, TODAY, manner="csv")
        assert (tmp_path / "sheets" / "touchpoints.csv").exists()
