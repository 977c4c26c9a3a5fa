"""The charter book as a page, opened in Chromium offline: it runs nothing anybody wrote into it."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from charter.book import Book, Edition, compose
from charter.book.html import render
from charter.book.logo import Kind, logo_of
from charter.checker import Checked
from charter.messages import Language, Speaker, visible
from charter.usecases.book import source_of
from charter.workspace import read_files
from tests.browser.conftest import SAMPLE
from tests.browser.test_report_page import ELEMENTS, PAYLOADS, TODAY, Visit, hostile
from tests.browser.test_report_page import visit as visit

pytestmark = pytest.mark.browser

TOGETHER = 9
OF_BOOKS = ELEMENTS | {
    *("A", "NAV", "IMG", "H4", "H5", "SMALL", "UL", "FIGURE", "FIGCAPTION", "BLOCKQUOTE"),
    *("CAPTION", "COLGROUP", "COL"),
}
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def book_of(words: str) -> Book:
    """The book of a workspace that says these words in every text it has."""
    said = json.dumps(words)
    plan = f"""
plan: p
name: {said}
actions:
  - {{id: a, what: {said}, owner: {said}, how: {said}, effect: {said}, marker: n, channels: [c]}}
"""
    plain = hostile(words)
    workspace = read_files({**plain.sources, "plans/p.yaml": plan})
    checked = Checked(plain.report, workspace, workspace.sources)
    edition = Edition(TODAY, "abc1234")
    return compose(checked, Speaker(Language.ENGLISH), edition, TODAY, logo=logo_of(LOGO, Kind.SVG))


def page(payloads: Sequence[str]) -> str:
    """One page of several such books: opening a page takes longer than all else."""
    books = [book_of(payload) for payload in payloads]
    chapters = [
        replace(
            chapter,
            anchor=f"{chapter.anchor}-{number}",
            pages=tuple(replace(p, anchor=f"{p.anchor}-{number}") for p in chapter.pages),
        )
        for number, book in enumerate(books)
        for chapter in book.chapters
        if chapter.anchor != "words"
    ]
    joined = " ".join(payloads)
    whole = replace(books[0], brand=joined, promise=joined, chapters=tuple(chapters))
    return render(whole).decode()


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), TOGETHER))
def test_nothing_that_anybody_wrote_is_run_or_fetched(start: int, visit: Visit, tmp_path: Path):
    """Each payload in every text field: no dialog, no request, no complaint, no variable set."""
    payloads = PAYLOADS[start : start + TOGETHER]
    file = tmp_path / "book.html"
    address = file.as_uri()
    file.write_text(page(payloads), encoding="utf-8")
    visit.page.goto(address)
    visit.page.keyboard.press("Tab")
    visit.page.mouse.move(300, 300)
    requests = [each for each in visit.happened if not each.startswith("request data:")]
    assert requests == [f"request {address}"]
    assert visit.page.evaluate("window.ran") is None
    elements = visit.page.evaluate("[...document.querySelectorAll('*')].map(e => e.tagName)")
    assert set(elements) <= OF_BOOKS
    names = visit.page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name))"
    )
    assert not any(name.startswith("on") for name in names)
    shown = re.sub(r"\s+", "", visit.page.inner_text("body"))
    for payload in payloads:
        assert shown.count(re.sub(r"\s+", "", visible(payload))) >= 20, payload


def test_there_are_payloads_enough():
    assert len(set(PAYLOADS)) >= 50


def test_nothing_stands_out_of_the_page(visit: Visit, tmp_path: Path):
    """On a phone and on a desk; tables scroll by themselves."""
    source = source_of(SAMPLE, TODAY)
    speak = Speaker(Language.FRENCH)
    book = compose(source.checked, speak, source.edition, TODAY, logo=source.logo)
    file = tmp_path / "book.html"
    file.write_bytes(render(book))
    for width in (360, 1280):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.goto(file.as_uri())
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.page.evaluate("document.images[0].naturalWidth") > 0, "the logo is drawn"
