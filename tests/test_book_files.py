"""The charter book as a PDF and as slides: whole, searchable, accessible, and nothing overflows."""

import datetime
import io
import json
import re
from dataclasses import replace
from functools import cache

import pytest
from PIL import ImageFont
from pptx import Presentation
from pypdf import PdfReader

from charter.book import Book, Edition, compose, pdf, slides
from charter.book.blocks import Grid, Picture, Table
from charter.book.logo import Kind, logo_of
from charter.messages import Language, Speaker
from charter.pictures.font import font_files
from charter.usecases.check import check_workspace
from charter.workspace import read_files
from tests.test_book import INNER, WORKSPACE, texts

TODAY = datetime.date(2026, 11, 25)
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
NASTY = (
    "Lorem ipsum dolor sit amet " * 19,
    "X" * 500,
    "#pagebreak() *b* _i_ $x$ `c` @ref <l> \\ // = [#panic()]",
    "<b>&amp;</b> {{ 7*7 }} =SUM(A1:A9)",
    "مرحبا بكم في بيت الضوء",
    "👩🔥 你好",
)


@cache
def book(language: Language = Language.ENGLISH, words: str | None = None, fonts: str = "") -> Book:
    files = dict(WORKSPACE)
    if words is not None:
        said = json.dumps(words, ensure_ascii=False)
        for text in (
            "The Lamp Shop",
            "A named host",
            "They say their name.",
            "stand up",
            "Boutique",
        ):
            files = {name: content.replace(text, said) for name, content in files.items()}
        files = {n: c.replace("name: Boutique", f"name: {said}") for n, c in files.items()}
    files["charter.yaml"] += f'look: {{accent: "#7a2e1d", paper: "#fffdf8"{fonts}}}\n'
    workspace = read_files(files)
    edition = Edition(TODAY, "abc1234")
    return compose(
        check_workspace(workspace, TODAY),
        Speaker(language),
        edition,
        TODAY,
        logo=logo_of(LOGO, Kind.SVG),
    )


def said(made: Book) -> set[str]:
    """Everything that a book says to those who read it."""
    bare = [
        replace(page, anchor="", blocks=tuple(b for b in page.blocks if not isinstance(b, Picture)))
        for page in made.pages()
    ]
    captions = {b.caption for page in bare for b in page.blocks if isinstance(b, Grid | Table)}
    kinds = {"error", "warning", "late", "action", "info", "holds"}
    return {text for page in bare for text in texts(page)} - INNER - kinds - captions


def squeezed(text: str) -> str:
    """A text without what setting it adds or takes: spaces, hyphens, upper case."""
    return re.sub(r"[\s\u200b\u2060\u00ad\u2010-]+", "", text).casefold()


# As a PDF.


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.render(book(Language.FRENCH))


def test_a_pdf_says_all_that_the_book_says_so_that_it_is_found(made: bytes):
    read = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    whole = said(book(Language.FRENCH))
    assert [text for text in whole if squeezed(text) not in read] == []


def test_a_pdf_can_be_read_by_those_who_dont_see_it(made: bytes):
    """Tagged, in a language, with a title and bookmarks; it says to be PDF/UA-1."""
    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert reader.metadata is not None
    assert reader.metadata.title == "The Lamp Shop · Charte d’expérience"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    titles = [each["/Title"] for each in reader.outline if not isinstance(each, list)]
    assert titles == [chapter.title for chapter in book(Language.FRENCH).chapters]


def test_every_font_is_inside(made: bytes):
    for page in PdfReader(io.BytesIO(made)).pages:
        for each in page["/Resources"].get("/Font", {}).values():
            held = each.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(held)


def test_the_same_book_is_the_same_file(made: bytes):
    assert pdf.render(book(Language.FRENCH)) == made


@pytest.mark.parametrize("words", NASTY, ids=lambda words: words[:12].strip())
def test_what_people_wrote_is_set_as_they_wrote_it(words: str):
    """Never as markup; and each page is as large as ever."""
    reader = PdfReader(io.BytesIO(pdf.render(book(words=words))))
    read = squeezed("".join(page.extract_text() for page in reader.pages))
    if words.isascii():
        assert squeezed(words) in read
    assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {
        (595, 842),
        (842, 595),
    }


def test_a_font_that_isnt_there_keeps_nobody_from_printing():
    assert pdf.render(book(fonts=", text-font: No Such Font")).startswith(b"%PDF")


# As slides.

EMU = 12700


@cache
def face_of(is_bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_files()[is_bold]), 100)


@cache
def deck_of(words: str | None = None) -> bytes:
    return slides.render(book(words=words))


def heights(frame, width: float) -> float:
    """How high a frame's text stands, measured with another library than the one that set it."""
    whole = 0.0
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            size = run.font.size.pt
            face = face_of(bool(run.font.bold))
            line, lines = 0.0, 1
            for word in re.split(r"(?<= )", run.text):
                wide = face.getlength(word) * size / 100
                if line and line + face.getlength(word.rstrip()) * size / 100 > width:
                    lines, line = lines + 1, 0.0
                line += wide
                while line > width + 0.01 and len(word) > 1:
                    lines, line = lines + 1, line - width
            whole += lines * size * 1.17
    return whole


@pytest.mark.parametrize("words", [None, *NASTY], ids=lambda words: str(words)[:12].strip())
def test_no_text_of_a_slide_is_higher_than_its_place(words: str | None):
    deck = Presentation(io.BytesIO(deck_of(words)))
    for number, slide in enumerate(deck.slides, start=1):
        for shape in slide.shapes:
            assert shape.left >= 0, number
            assert shape.top >= 0, number
            assert shape.left + shape.width <= deck.slide_width, number
            assert shape.top + shape.height <= deck.slide_height, number
            if shape.has_text_frame and shape.text_frame.text:
                frame = shape.text_frame
                inside = shape.width - frame.margin_left - frame.margin_right
                room = (shape.height - frame.margin_top - frame.margin_bottom) / EMU
                assert heights(frame, inside / EMU) <= room + 1, (number, frame.text)
            if shape.has_table:
                for row in shape.table.rows:
                    for at, cell in enumerate(row.cells):
                        inside = shape.table.columns[at].width - cell.margin_left * 2
                        room = (row.height - cell.margin_top * 2) / EMU
                        assert heights(cell.text_frame, inside / EMU) <= room + 1, number


def test_slides_say_all_that_the_book_says():
    deck = Presentation(io.BytesIO(deck_of()))
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    shown = squeezed(" ".join(found))
    whole = said(book())
    assert [text for text in whole if squeezed(text) not in shown] == []


def test_slides_can_be_edited_and_are_accessible():
    """Each has a title; a picture shows a logo or a map, never a text, and says what it shows."""
    deck = Presentation(io.BytesIO(deck_of()))
    described = []
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            if shape.shape_type == 13:
                described.append(shape._element.xpath(".//p:cNvPr")[0].get("descr"))
    assert described == [
        "The Lamp Shop",
        "Map of the journey “Buying”: its moments by stage, and the ways between them.",
    ]
    assert any(shape.has_table for slide in deck.slides for shape in slide.shapes)
    assert deck.core_properties.title == book().title


def test_what_goes_on_says_so():
    deck = Presentation(io.BytesIO(deck_of(NASTY[0])))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert any(title.endswith("(continued)") for title in titles)


def test_the_same_slides_are_the_same_file():
    assert slides.render(book()) == deck_of()
