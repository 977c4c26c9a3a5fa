"""The look of a brand: how it is written, whether text can be read in it, and its logo."""

import contextlib
import datetime
import itertools
import random
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.book import logo
from charter.book.logo import Kind, Refused, logo_of, read_logo
from charter.brand import Look
from charter.checker import check
from charter.colours import LEAST_CONTRAST, contrast, mixed, on, readable
from charter.messages import Language, Speaker
from charter.messages.problems import sentence
from charter.palette import Palette
from charter.workspace import InvalidWorkspace, Workspace, read_files
from tests.conftest import CHARTER, VISIT

TODAY = datetime.date(2026, 11, 25)
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def workspace(look: str) -> Workspace:
    files = {"charter.yaml": f"look: {look}\n{CHARTER}", "journeys/visit.yaml": VISIT}
    return read_files(files)


def problems(look: str) -> list[str]:
    with pytest.raises(InvalidWorkspace) as invalid:
        workspace(look)
    for problem in invalid.value.problems:
        for language in Language:
            assert sentence(problem, Speaker(language))
    return [f"{problem.position} {problem.reason}" for problem in invalid.value.problems]


def findings(look: str) -> list[str]:
    told = check(workspace(look), TODAY).findings
    return [f"{each.position} {each.code}" for each in told if each.code in ("CH029", "CH030")]


# As it is written.


def test_a_look_is_read():
    text = (
        '{accent: "#7A2E1D", ink: "#123", paper: "#fffdf8", logo: look/logo.svg, '
        "heading-font: Marianne, text-font: Source Sans 3}"
    )
    look = workspace(text).charter.look
    assert (look.accent, look.ink, look.paper) == ("#7a2e1d", "#112233", "#fffdf8")
    assert (look.logo, look.heading_font, look.text_font) == (
        "look/logo.svg",
        "Marianne",
        "Source Sans 3",
    )


def test_without_a_look_nothing_is_asked_for():
    files = {"charter.yaml": CHARTER, "journeys/visit.yaml": VISIT}
    assert read_files(files).charter.look == Look.made({})


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ("{accent: red}", ["charter.yaml:1:16 expected-colour"]),
        ('{accent: "#12345"}', ["charter.yaml:1:16 expected-colour"]),
        ('{accent: "#1234567"}', ["charter.yaml:1:16 expected-colour"]),
        ('{accent: "#12345g"}', ["charter.yaml:1:16 expected-colour"]),
        ('{accent: "#123456;}"}', ["charter.yaml:1:16 expected-colour"]),
        ("{accent: [a]}", ["charter.yaml:1:16 expected-one"]),
        ("\n  accent: #7a2e1d\n  ink: # none", [
            "charter.yaml:2:3 colour-unquoted",
            "charter.yaml:3:3 colour-unquoted",
        ]),
        ('{acent: "#123"}', ["charter.yaml:1:8 unknown-key"]),
        ("red", ["charter.yaml:1:7 expected-mapping"]),
        ("{logo: ../logo.svg}", ["charter.yaml:1:14 expected-logo"]),
        ("{logo: /etc/logo.svg}", ["charter.yaml:1:14 expected-logo"]),
        ("{logo: a//logo.svg}", ["charter.yaml:1:14 expected-logo"]),
        ("{logo: .git/logo.svg}", ["charter.yaml:1:14 expected-logo"]),
        ("{logo: 'C:\\logo.svg'}", ["charter.yaml:1:14 expected-logo"]),
        ("{logo: 'https://a.example/logo.svg'}", ["charter.yaml:1:14 expected-logo"]),
        ("{logo: logo.gif}", ["charter.yaml:1:14 expected-logo"]),
        ("{logo: [a.svg]}", ["charter.yaml:1:14 expected-one"]),
        ("{text-font: 'a\"; } body {'}", ["charter.yaml:1:19 expected-font"]),
        ("{text-font: '</style>'}", ["charter.yaml:1:19 expected-font"]),
        (f"{{text-font: {'a' * 81}}}", ["charter.yaml:1:19 expected-font"]),
        ('{ink: x, text-font: "'"'"'", logo: y}', [
            "charter.yaml:1:13 expected-colour",
            "charter.yaml:1:27 expected-font",
            "charter.yaml:1:38 expected-logo",
        ]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_look_is_told_where_it_is(look: str, expected: list[str]):
    assert problems(look) == expected


# Whether it can be read.


def test_contrast_is_that_of_the_guidelines():
    """Figures from the guidelines' own examples."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(4.0, abs=0.01)
    assert contrast("#abcdef", "#abcdef") == 1


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ("{}", []),
        ('{accent: "#7a2e1d", ink: "#2a211c", paper: "#fffdf8"}', []),
        ('{ink: "#777777"}', ["charter.yaml:1:13 CH029"]),
        ('{ink: "#767676"}', []),
        ('{ink: "#000000", paper: "#000"}', ["charter.yaml:1:13 CH029"]),
        ('{paper: "#000000"}', []),
        ('{accent: "#ffd400"}', ["charter.yaml:1:16 CH030"]),
        ('{accent: "#ffd400", paper: "#000"}', []),
        ('{accent: "#ffd400", ink: "#ffffff"}', [
            "charter.yaml:1:32 CH029",
            "charter.yaml:1:16 CH030",
        ]),
    ],
)  # fmt: skip
def test_text_that_could_not_be_read_is_told(look: str, expected: list[str]):
    assert findings(look) == expected


@given(COLOURS, COLOURS, COLOURS)
def test_whatever_a_brand_asks_for_text_can_be_read(accent: str, ink: str, paper: str):
    palette = Palette.of(Look.made({"accent": accent, "ink": ink, "paper": paper}))
    for behind in (palette.paper, palette.ground):
        for text in (palette.ink, palette.soft, palette.accent_text, palette.yes, palette.no):
            assert contrast(text, behind) >= LEAST_CONTRAST, (text, behind)
        assert contrast(palette.hint, behind) >= LEAST_CONTRAST
    assert contrast(palette.on_accent, palette.accent) >= LEAST_CONTRAST
    assert (palette.accent, palette.paper) == (accent, paper)


@given(COLOURS, COLOURS)
def test_colours_are_mixed_from_one_to_the_other(one: str, other: str):
    assert mixed(one, other, 0) == one
    assert mixed(one, other, 1) == other
    assert contrast(on(one), one) >= LEAST_CONTRAST
    assert readable(other, [one], on(one)) in (
        other,
        *(mixed(other, on(one), t / 10) for t in range(11)),
    )


# Its logo.

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'
XLINK = "http://www.w3.org/1999/xlink"
GOOD = SVG.format('<path d="M0 0h40v20z" fill="#7a2e1d"/>')


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    width: int = 4, height: int = 2, *, lines: bytes | None = None, interlace: int = 0
) -> bytes:
    whole = b"".join(b"\0" + b"\x7a\x2e\x1d" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, interlace)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(whole if lines is None else lines)),
            chunk(b"IEND", b""),
        )
    )


def refused(content: bytes | str, kind: Kind = Kind.SVG) -> str:
    with pytest.raises(Refused) as told:
        logo_of(content.encode() if isinstance(content, str) else content, kind)
    return f"{told.value.line}:{told.value.column} {told.value.reason}"


def test_a_logo_knows_its_size():
    made = logo_of(GOOD.encode(), Kind.SVG)
    assert (made.width, made.height, made.proportion) == (40, 20, 2)
    made = logo_of(png(), Kind.PNG)
    assert (made.width, made.height) == (4, 2)


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><rect width="1" height="1"/></g><use href="#a" x="3"/>',
        '<defs><linearGradient id="l"><stop offset="0"/></linearGradient></defs>'
        '<rect width="9" height="9" fill="url(#l)"/>',
        "<style>.a{fill:url(#l);stroke:#fff}</style><path class='a' d='M0 0'/>",
        '<defs><clipPath id="c"><circle r="3"/></clipPath></defs><g clip-path="url(#c)"/>',
        "<title>Logo</title><desc>It says onload= and javascript: in words.</desc>",
        '<sodipodi:namedview xmlns:sodipodi="http://a.example/s" pagecolor="#fff"/>',
        '<text x="1" y="9">M &amp; L</text>',
    ],
)
def test_what_drawing_programs_write_is_taken(inside: str):
    assert logo_of(SVG.format(inside).encode(), Kind.SVG).width == 40


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<script>alert(1)</script>", "1:61 logo-element"),
        ("\n  <script href='x.js'/>", "2:3 logo-element"),
        ("<foreignObject><p xmlns='x'/></foreignObject>", "1:61 logo-element"),
        ("<p xmlns='http://www.w3.org/1999/xhtml'>a</p>", "1:61 logo-element"),
        ("<image href='data:image/png;base64,AA=='/>", "1:61 logo-element"),
        ("<image href='http://a.example/x.png'/>", "1:61 logo-element"),
        ("<a href='javascript:alert(1)'><path/></a>", "1:61 logo-element"),
        ("<animate attributeName='x'/>", "1:61 logo-element"),
        ("<set attributeName='onload'/>", "1:61 logo-element"),
        ("<iframe/>", "1:61 logo-element"),
        ("<filter id='f'/>", "1:61 logo-element"),
        ("<pattern id='p'/>", "1:61 logo-element"),
        ("<path onload='alert(1)'/>", "1:61 logo-attribute"),
        ("<path ONCLICK='alert(1)'/>", "1:61 logo-attribute"),
        ("<g xml:base='http://a.example/'/>", "1:61 logo-attribute"),
        ("<use href='other.svg#a'/>", "1:61 logo-reference"),
        (f"<use xmlns:x='{XLINK}' x:href='//a.example/x.svg#a'/>", "1:61 logo-reference"),
        ("<path fill='url(http://a.example/f)'/>", "1:61 logo-reference"),
        ("<path fill='URL( \"//a.example\" )'/>", "1:61 logo-reference"),
        ("<path style='fill:url(x.svg#a)'/>", "1:61 logo-reference"),
        ("<path style='fill:u\\72l(x)'/>", "1:61 logo-reference"),
        ("<style>@import 'http://a.example/a.css';</style>", "1:101 logo-reference"),
        ("<style>path{fill:url(//a.example)}</style>", "1:95 logo-reference"),
        ("<style>path{clip-path:url(#a)}</style>", "1:91 logo-nested-use"),
        ("<?xml-stylesheet href='http://a.example/a.css'?>", "1:61 logo-element"),
        ("<g id='a'><use href='#b'/></g><g id='b'/><use href='#a'/>", "1:102 logo-nested-use"),
        ("<use id='u' href='#u'/>", "1:61 logo-nested-use"),
        ("<clipPath><use href='#b'/></clipPath>", "1:71 logo-nested-use"),
        ("<mask><g mask='url(#m)'/></mask>", "1:67 logo-nested-use"),
        ("<g>" * 70 + "</g>" * 70, "1:250 logo-too-complex"),
        ("<path/>" * 5001, "1:35054 logo-too-complex"),
        ("<use href='#a'/>" * 65, "1:1085 logo-too-complex"),
        ("<path", "1:66 logo-not-svg"),
    ],
)  # fmt: skip
def test_what_could_do_more_than_be_seen_is_refused_where_it_stands(inside: str, reason: str):
    assert refused(SVG.format(inside)) == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "1:1 logo-not-svg"),
        ("no drawing", "1:1 logo-not-svg"),
        ("<html/>", "1:1 logo-not-svg"),
        ("<svg/>", "1:1 logo-not-svg"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "1:1 logo-sizeless"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>', "1:1 logo-sizeless"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 99"/>', "1:1 logo-sizeless"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan inf"/>', "1:1 logo-sizeless"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="9"/>', "1:1 logo-sizeless"),
        ('<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + GOOD, "1:16 logo-entity"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + GOOD, "1:16 logo-entity"),
        ('<?xml version="1.0" encoding="klingon"?>' + GOOD, "1:31 logo-not-svg"),
        (GOOD.encode("utf-16")[:40], "1:18 logo-not-svg"),
    ],
)
def test_what_is_no_drawing_is_refused(content: str | bytes, reason: str):
    assert refused(content).split()[1] == reason.split()[1]


def test_a_drawing_without_a_view_says_its_size():
    text = GOOD.replace('viewBox="0 0 40 20"', 'width="40px" height="20"')
    assert logo_of(text.encode(), Kind.SVG).proportion == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "1:1 logo-not-png", id="empty"),
        pytest.param(GOOD.encode(), "1:1 logo-not-png", id="a drawing"),
        pytest.param(png()[:-20], "1:1 logo-not-png", id="cut off"),
        pytest.param(png().replace(b"IDAT", b"IDAX"), "1:1 logo-not-png", id="a chunk changed"),
        pytest.param(png(lines=b"\0" * 3), "1:1 logo-not-png", id="too little in it"),
        pytest.param(png(lines=b"\0" * 10**7), "1:1 logo-not-png", id="more in it than it says"),
        pytest.param(png(4097, 1, lines=b""), "1:1 logo-too-wide", id="too wide"),
        pytest.param(png(1, 70000, lines=b""), "1:1 logo-too-wide", id="too high"),
        pytest.param(png(0, 2, lines=b""), "1:1 logo-too-wide", id="no width"),
        pytest.param(png(interlace=7), "1:1 logo-not-png", id="an unknown order of lines"),
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes, reason: str):
    assert refused(content, Kind.PNG) == reason


def test_no_byte_of_a_picture_may_be_missing_or_changed():
    """Whatever is changed, it is told; never anything but a refusal."""
    whole = png(3, 3)
    chance = random.Random(7)
    for cut in range(len(whole)):
        assert "logo-" in refused(whole[:cut], Kind.PNG)
    for at, _ in itertools.product(range(len(whole)), range(3)):
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        assert "logo-" in refused(bytes(changed), Kind.PNG)


@given(st.binary(max_size=200))
def test_anything_at_all_is_taken_or_refused(content: bytes):
    for kind, begun in ((Kind.SVG, b"<svg>"), (Kind.PNG, b"\x89PNG\r\n\x1a\n")):
        for each in (content, begun + content):
            with contextlib.suppress(Refused):
                logo_of(each, kind)


# In its folder.

LOOK = Look.made({"logo": "look/logo.svg"})


def told(root: Path, look: Look) -> list[str]:
    with pytest.raises(InvalidWorkspace) as invalid:
        read_logo(root, look)
    (problem,) = invalid.value.problems
    assert sentence(problem, Speaker(Language.FRENCH))
    return [problem.position.file, problem.reason]


def test_a_logo_is_read_from_the_workspace(tmp_path: Path):
    (tmp_path / "look").mkdir()
    (tmp_path / "look" / "logo.svg").write_text(GOOD, encoding="utf-8")
    assert read_logo(tmp_path, LOOK) == logo_of(GOOD.encode(), Kind.SVG)
    assert read_logo(tmp_path, Look.made({})) is None


def test_a_logo_that_cant_be_read_is_told_at_the_look(tmp_path: Path):
    assert told(tmp_path, LOOK) == ["", "logo-missing"]
    (tmp_path / "look").mkdir()
    file = tmp_path / "look" / "logo.svg"
    file.mkdir()
    assert told(tmp_path, LOOK) == ["", "logo-not-a-file"]
    file.rmdir()
    file.write_bytes(b" " * (logo.SIZE_LIMIT + 1))
    assert told(tmp_path, LOOK) == ["", "logo-too-large"]
    file.unlink()
    outside = tmp_path.parent / "outside.svg"
    outside.write_text(GOOD, encoding="utf-8")
    file.symlink_to(outside)
    assert told(tmp_path, LOOK) == ["", "logo-outside"]
    file.unlink()
    file.symlink_to("logo.svg")
    assert told(tmp_path, LOOK) == ["", "logo-unreadable"]


def test_a_logo_that_isnt_shown_is_told_in_its_own_file(tmp_path: Path):
    (tmp_path / "look").mkdir()
    text = SVG.format("\n  <script/>")
    (tmp_path / "look" / "logo.svg").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidWorkspace) as invalid:
        read_logo(tmp_path, LOOK)
    (problem,) = invalid.value.problems
    assert f"{problem.position} {problem.reason}" == "look/logo.svg:2:3 logo-element"
    assert invalid.value.sources["look/logo.svg"] == text
